"""Tests of tables and marks: what R and scipy give, and what no order changes."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from verbatims.measures import independence as module
from verbatims.measures.independence import (
    CHI2,
    FISHER,
    KRUSKAL,
    MANN_WHITNEY,
    MONTE_CARLO,
    independence,
    ordinal,
    two_by_two,
)

JOBS = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]  # R's help of fisher.test

tables = arrays.arrays(
    int, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(0, 30)
)
marks = st.lists(st.integers(0, 6), min_size=1, max_size=25)


def test_the_lady_tasting_tea_has_the_p_of_r():
    found = independence([[3, 1], [1, 3]])
    assert (found.test, found.p) == (FISHER, pytest.approx(0.4857142857, abs=1e-9))


def test_a_large_table_with_small_counts_is_drawn_near_the_exact_p():
    """R: exact p 0.782684939, chi² 5.965514589."""
    found = independence(JOBS)
    assert found.test == MONTE_CARLO
    assert found.statistic == pytest.approx(5.965514589, abs=1e-9)
    simulated = 0.0042 * 4  # four times the standard error of 9,999 draws
    assert found.p == pytest.approx(stats.chi2_contingency(JOBS).pvalue, abs=0.05)
    assert abs(found.p - 0.782684939) < 0.03 + simulated


def test_what_is_drawn_is_the_same_twice():
    assert independence(JOBS) == independence(JOBS)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_chi2_is_that_of_scipy_wherever_counts_are_large(table):
    kept = table[table.sum(axis=1) > 0][:, table[table.sum(axis=1) > 0].sum(axis=0) > 0]
    if min(kept.shape, default=0) < 2:
        with pytest.raises(ValueError, match="two rows"):
            independence(table)
        return
    found, expected = independence(table), stats.chi2_contingency(kept, correction=False)
    assert 0 <= found.p <= 1
    assert found.effect == pytest.approx(stats.contingency.association(kept), abs=1e-9)
    if expected.expected_freq.min() >= 5:
        assert found.test == CHI2
        assert found.p == pytest.approx(expected.pvalue, abs=1e-12)
        assert found.statistic == pytest.approx(expected.statistic)


@settings(max_examples=30, deadline=None)
@given(tables, st.randoms())
def test_the_order_of_rows_and_columns_changes_no_chi2(table, chance):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(columns)
    large = table + 6
    assert independence(large[rows][:, columns]).p == pytest.approx(independence(large).p)


def test_empty_rows_and_columns_are_left_out():
    with_gaps = [[10, 0, 20], [0, 0, 0], [20, 0, 10]]
    assert independence(with_gaps) == independence([[10, 20], [20, 10]])


@settings(max_examples=80, deadline=None)
@given(arrays.arrays(int, (5, 4), elements=st.integers(0, 25)))
def test_many_small_tables_have_the_p_of_each(cells):
    p, exact = two_by_two(*cells.T)
    for (a, b, c, d), own, by_fisher in zip(cells, p, exact, strict=True):
        table = [[a, b], [c, d]]
        if 0 in np.sum(table, axis=0) or 0 in np.sum(table, axis=1):
            assert np.isnan(own)
            continue
        expected = stats.contingency.expected_freq(table)
        assert by_fisher == (expected.min() < 5)
        if by_fisher:
            assert own == pytest.approx(stats.fisher_exact(table)[1], abs=1e-9)
        else:
            assert own == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


@settings(max_examples=60, deadline=None)
@given(marks, marks)
def test_two_groups_of_marks_are_compared_as_scipy_does(first, second):
    if len({*first, *second}) < 2:
        with pytest.raises(ValueError, match="the same"):
            ordinal([first, second])
        return
    found = ordinal([first, second])
    assert found.test == MANN_WHITNEY
    assert found.p == pytest.approx(stats.mannwhitneyu(first, second).pvalue)
    pairs = np.sign(np.subtract.outer(first, second))
    assert found.effect == pytest.approx(pairs.mean())
    assert ordinal([second, first]).effect == pytest.approx(-pairs.mean())


@settings(max_examples=40, deadline=None)
@given(marks, marks, marks)
def test_more_groups_are_compared_as_scipy_does_whatever_their_order(a, b, c):
    if len({*a, *b, *c}) < 2:
        return
    found = ordinal([a, b, [], c])
    assert found.test == KRUSKAL
    assert found.p == pytest.approx(stats.kruskal(a, b, c).pvalue)
    assert found.effect == pytest.approx(found.statistic / (len(a) + len(b) + len(c) - 1))
    assert ordinal([c, a, b]).p == pytest.approx(found.p)


def test_one_group_cannot_be_compared():
    with pytest.raises(ValueError, match="two groups"):
        ordinal([[1, 2], []])


def test_the_examples_hold():
    assert doctest.testmod(module).failed == 0
