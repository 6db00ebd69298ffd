"""Precision, recall and F1, from counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from verbatims.measures.retrieval import f1, precision, recall


def test_three_right_of_four_found_of_six_wanted():
    assert precision(3, 4) == 0.75
    assert recall(3, 6) == 0.5
    assert f1(3, 4, 6) == 0.6


def test_nothing_found_has_no_precision_and_nothing_wanted_no_recall():
    assert np.isnan(precision(0, 0))
    assert np.isnan(recall(0, 0))
    assert np.isnan(f1(0, 0, 0))
    assert f1(0, 0, 5) == 0


def test_each_theme_has_its_own():
    assert precision([1, 0, 2], [2, 0, 2]) == pytest.approx([0.5, np.nan, 1], nan_ok=True)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_they_are_those_of_scikit_learn(pairs):
    said, true = (np.array(side) for side in zip(*pairs, strict=True))
    hits, found, wanted = (said & true).sum(), said.sum(), true.sum()

    p, r, f, _ = precision_recall_fscore_support(true, said, average="binary", zero_division=0)
    measured = [precision(hits, found), recall(hits, wanted), f1(hits, found, wanted)]

    assert np.nan_to_num(measured) == pytest.approx([p, r, f])
