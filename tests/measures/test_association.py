import doctest

import numpy as np
import pytest

from verbatims.measures import association
from verbatims.measures.association import adjusted_residual

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


def test_a_margin_that_holds_everything_says_nothing():
    assert np.isnan(adjusted_residual(5, 5, 10, 10))


def test_the_examples_of_the_docstring_hold():
    assert doctest.testmod(association).failed == 0
