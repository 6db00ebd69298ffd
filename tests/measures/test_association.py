import doctest

import numpy as np
import pytest

from verbatims.measures import association
from verbatims.measures.association import adjusted_residual, cramer_v, log_likelihood, pem_local

TABLE = np.array([[9, 2, 1], [3, 7, 2], [40, 45, 60]])


def test_residuals_are_those_of_r():
    rows, columns = TABLE.sum(axis=1, keepdims=True), TABLE.sum(axis=0)
    expected = [
        [3.4443, -1.1782, -2.1514],
        [-0.4493, 2.0333, -1.5320],
        [-2.2037, -0.6292, 2.7102],
    ]
    residuals = adjusted_residual(TABLE, rows, columns, TABLE.sum())
    assert residuals == pytest.approx(np.array(expected), abs=5e-5)


def test_local_attractions_are_those_published():
    """A published table, in percent of the largest deviation that the margins allow."""
    rows, columns = TABLE.sum(axis=1, keepdims=True), TABLE.sum(axis=0)
    expected = [
        [63.8889, -47.8395, -77.6455],
        [-18.75, 38.7681, -55.2910],
        [-27.7778, -8.1522, 66.4683],
    ]
    attractions = pem_local(TABLE, rows, columns, TABLE.sum())
    assert attractions == pytest.approx(np.array(expected), abs=5e-5)


def test_cramer_is_one_when_each_row_has_its_column_and_none_when_rows_are_alike():
    assert cramer_v([[5, 0], [0, 9]]) == pytest.approx(1)
    assert cramer_v([[2, 4, 6], [3, 6, 9]]) == pytest.approx(0)


def test_a_margin_that_holds_everything_says_nothing():
    assert np.isnan(adjusted_residual(5, 5, 10, 10))


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        ((110, 2442, 111, 29114), 270.72),  # « the swiss »
        ((29, 13, 123, 31612), 263.90),  # « can be »
        ((31, 23, 139, 31584), 256.84),  # « previous year »
        ((10, 0, 3, 31764), 167.23),  # « mineral water »
        ((9, 0, 5, 31763), 146.80),  # « natural gas »
    ],
)
def test_log_likelihoods_are_those_of_dunning(cells, published):
    both, first, second, neither = cells
    found = log_likelihood(both, both + first, both + second, sum(cells))
    assert float(found) == pytest.approx(published, abs=5e-3)


def test_independent_words_have_no_log_likelihood():
    assert log_likelihood([2, 0], [4, 0], [50, 5], [100, 10]).tolist() == [0, 0]


def test_a_table_that_cannot_be_has_no_log_likelihood():
    assert np.isnan(log_likelihood([5, 1], [4, 1], [50, 1], [100, 0])).all()


def test_the_examples_of_the_docstring_hold():
    assert doctest.testmod(association).failed == 0
