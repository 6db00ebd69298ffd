"""Corrected p-values: those of statsmodels, whatever was not tested."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from verbatims.measures import multiplicity
from verbatims.measures.multiplicity import benjamini_hochberg, holm

family = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(family)
def test_both_corrections_are_those_of_statsmodels(p):
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


@given(family)
def test_holm_is_the_stricter_and_neither_beyond_bonferroni(p):
    kind, strict = benjamini_hochberg(p), holm(p)
    assert (np.asarray(p) <= kind + 1e-12).all()
    assert (kind <= strict + 1e-12).all()
    assert (strict <= np.minimum(1, np.asarray(p) * len(p)) + 1e-12).all()


@given(family, st.integers(0, 5))
def test_what_was_not_tested_does_not_count_in_the_family(p, missing):
    with_gaps = np.array([*p, *[np.nan] * missing])
    for correct in (benjamini_hochberg, holm):
        found = correct(with_gaps)
        assert found[: len(p)] == pytest.approx(correct(p))
        assert np.isnan(found[len(p) :]).all()


def test_a_table_keeps_its_shape():
    assert holm([[0.01, np.nan], [0.2, 0.3]]).shape == (2, 2)
    assert np.isnan(holm([np.nan])).all()


def test_the_examples_hold():
    assert doctest.testmod(multiplicity).failed == 0
