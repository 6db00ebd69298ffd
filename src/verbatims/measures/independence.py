"""Counts or marks in groups → the test that suits them, its p-value and how strong the link is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from verbatims.measures.association import cramer_v
from verbatims.measures.intervals import Floats

FISHER, MONTE_CARLO, CHI2 = "fisher", "monte carlo", "chi2"
MANN_WHITNEY, KRUSKAL = "mann-whitney", "kruskal"

FEWEST_EXPECTED = 5  # in a cell, under which chi-squared is not trusted (Cochran 1954)
DRAWS, SEED = 9_999, 20_140  # tables drawn by chance, always the same
_SAME = 1 + 1e-7  # tables as probable as the one observed, but for rounding


class Tested(NamedTuple):
    """What a test found; `effect` is 0 without any link, 1 (or -1) with the strongest."""

    test: str
    statistic: float
    p: float
    effect: float


def independence(table: ArrayLike) -> Tested:
    """Whether the rows of a table of counts depend on its columns.

    Parameters
    ----------
    table : array_like of shape (rows, columns)
        Counts of people, each in one cell; empty rows and columns are left out.

    Returns
    -------
    found : Tested
        Pearson's chi-squared without correction where all expected counts reach 5; else Fisher's
        exact test for two rows and two columns, whose statistic is the odds ratio, and beyond, the
        share of 9,999 tables drawn with the same margins (fixed seed) whose chi-squared is as high.
        `effect` is Cramér's V.

    Raises
    ------
    ValueError
        When fewer than two rows or two columns hold anyone.

    References
    ----------
    W. G. Cochran (1954), "Some methods for strengthening the common chi-squared tests",
    Biometrics 10, 417-451. W. M. Patefield (1981), Applied Statistics 30, 91-97, for the draws;
    A. C. A. Hope (1968), Journal of the Royal Statistical Society B 30, 582-598, for their p.

    Examples
    --------
    >>> independence([[3, 1], [1, 3]]).test, round(independence([[3, 1], [1, 3]]).p, 7)
    ('fisher', 0.4857143)
    """
    counts = _without_empty(np.asarray(table, dtype=float))
    if min(counts.shape) < 2:
        raise ValueError("a table needs two rows and two columns that hold someone")
    found = stats.chi2_contingency(counts, correction=False)
    effect = cramer_v(counts)
    if found.expected_freq.min() >= FEWEST_EXPECTED:
        return Tested(CHI2, float(found.statistic), float(found.pvalue), effect)
    if counts.shape == (2, 2):
        odds, p = stats.fisher_exact(counts.astype(int))
        return Tested(FISHER, float(odds), float(p), effect)
    p = _drawn(counts, found.expected_freq, float(found.statistic))
    return Tested(MONTE_CARLO, float(found.statistic), p, effect)


def two_by_two(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike
) -> tuple[Floats, NDArray[np.bool_]]:
    """The two-sided p-values of many tables of two rows and two columns.

    Parameters
    ----------
    a, b, c, d : array_like
        The counts [[a, b], [c, d]], in any shape that they share.

    Returns
    -------
    p : array of floats
        Fisher's where an expected count is under 5 (the tables no more probable than the one
        observed, as R does), Pearson's chi-squared without correction elsewhere. NaN where a
        margin is empty: nothing varies.
    exact : array of bool
        Where it is Fisher's.

    Examples
    --------
    >>> p, exact = two_by_two([3, 40], [1, 60], [1, 70], [3, 30])
    >>> p.round(6).tolist(), exact.tolist()
    ([0.485714, 2e-05], [True, False])
    """
    cells = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (a, b, c, d)))
    w, x, y, z = (part.ravel() for part in cells)
    n, row, column = w + x + y + z, w + x, w + y
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = row * (n - row) * column * (n - column)
        chi2 = n * (w * z - x * y) ** 2 / np.where(spread > 0, spread, np.nan)
        least = np.minimum(row, n - row) * np.minimum(column, n - column) / n
    p = stats.chi2.sf(chi2, 1)
    exact = (spread > 0) & (least < FEWEST_EXPECTED)
    for at in np.flatnonzero(exact):
        p[at] = _fisher(int(w[at]), int(row[at]), int(column[at]), int(n[at]))
    shape = cells[0].shape
    return p.reshape(shape), exact.reshape(shape)


def ordinal(groups: Sequence[ArrayLike]) -> Tested:
    """Whether marks, or answers by rank, are higher in one group than in another.

    Parameters
    ----------
    groups : sequence of array_like
        The marks of each group; empty groups are left out.

    Returns
    -------
    found : Tested
        Mann-Whitney's for two groups, with Cliff's delta (positive when the first is higher);
        Kruskal-Wallis's for more, with epsilon squared. Both corrected for ties; Mann-Whitney's is
        exact up to eight marks without ties.

    Raises
    ------
    ValueError
        With fewer than two groups, or when all marks are the same.

    References
    ----------
    N. Cliff (1993), "Dominance statistics", Psychological Bulletin 114, 494-509. M. Tomczak and
    E. Tomczak (2014), Trends in Sport Sciences 1(21), 19-25, for epsilon squared = H / (n - 1).

    Examples
    --------
    >>> found = ordinal([[1, 2, 2, 3], [2, 3, 4, 4]])
    >>> found.test, round(found.effect, 4)
    ('mann-whitney', -0.6875)
    """
    marks = [np.asarray(group, dtype=float) for group in groups]
    marks = [group for group in marks if len(group)]
    if len(marks) < 2:
        raise ValueError("marks of two groups are needed")
    every = np.concatenate(marks)
    if every.min() == every.max():
        raise ValueError("all marks are the same")
    if len(marks) == 2:
        u, p = stats.mannwhitneyu(*marks, alternative="two-sided")
        return Tested(MANN_WHITNEY, float(u), float(p), _delta(float(u), *map(len, marks)))
    h, p = stats.kruskal(*marks)
    return Tested(KRUSKAL, float(h), float(p), float(h / (len(every) - 1)))


def _delta(u: float, first: int, second: int) -> float:
    return 2 * u / (first * second) - 1


def _without_empty(counts: Floats) -> Floats:
    kept: Floats = counts[counts.sum(axis=1) > 0]
    return kept[:, kept.sum(axis=0) > 0]


def _drawn(counts: Floats, expected: Floats, observed: float) -> float:
    """The share of tables with these margins whose chi-squared is as high as the one observed."""
    margins = counts.sum(axis=1).astype(int), counts.sum(axis=0).astype(int)
    drawn = stats.random_table(*margins).rvs(DRAWS, random_state=np.random.default_rng(SEED))
    chi2 = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((1 + np.count_nonzero(chi2 * _SAME >= observed)) / (DRAWS + 1))


def _fisher(a: int, row: int, column: int, n: int) -> float:
    support = np.arange(max(0, row + column - n), min(row, column) + 1)
    probable = stats.hypergeom.pmf(support, n, row, column)
    own = probable[a - support[0]]
    return float(min(probable[probable <= own * _SAME].sum(), 1))
