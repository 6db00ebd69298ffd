"""Cross-counts and their margins → how far they are from independence."""

import numpy as np
from numpy.typing import ArrayLike

from verbatims.measures.intervals import Floats


def adjusted_residual(
    observed: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike
) -> Floats:
    """The adjusted standardised residual of a cell: about a standard normal when independent.

    Parameters
    ----------
    observed : array_like
        The counts of the cells.
    row, column : array_like
        The totals of their rows and of their columns.
    total : array_like
        The total of the table.

    Returns
    -------
    residual : array of floats
        (O - E) / sqrt(E (1 - row / total) (1 - column / total)), where E = row * column / total;
        NaN where a margin is empty or holds everything.

    References
    ----------
    S. J. Haberman (1973), "The analysis of residuals in cross-classified tables",
    Biometrics 29, 205-220.

    Examples
    --------
    >>> f"{adjusted_residual(9, 12, 52, 169):.4f}"
    '3.4443'
    """
    o, r, c, n = (np.asarray(part, dtype=float) for part in (observed, row, column, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = r * c / n
        spread = np.sqrt(expected * (1 - r / n) * (1 - c / n))
        return np.asarray(np.where(spread > 0, (o - expected) / spread, np.nan), dtype=float)


def log_likelihood(
    observed: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike
) -> Floats:
    """G² of the two-by-two tables that these cells and margins make: 0 when independent.

    Parameters
    ----------
    observed : array_like
        The counts of the cells, such as how often two words stand side by side.
    row, column : array_like
        The totals of their rows and of their columns: how often each word is met.
    total : array_like
        The totals of the tables.

    Returns
    -------
    likelihood : array of floats
        2 Σ O log(O / E) over the four cells, whichever way they lean; about a chi-squared with one
        degree of freedom when independent. NaN where no such table exists.

    References
    ----------
    T. Dunning (1993), "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19(1), 61-74.

    Examples
    --------
    >>> f"{log_likelihood(110, 2552, 221, 31777):.2f}"
    '270.72'
    """
    o, r, c, n = (np.asarray(part, dtype=float) for part in (observed, row, column, total))
    cells = ((o, r, c), (r - o, r, n - c), (c - o, n - r, c), (n - r - c + o, n - r, n - c))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(cell > 0, cell * np.log(cell * n / (a * b)), 0) for cell, a, b in cells]
        likelihood = 2 * np.sum(parts, axis=0)
    exists = np.all([cell >= 0 for cell, _, _ in cells], axis=0) & (n > 0)
    return np.asarray(np.where(exists, np.maximum(likelihood, 0), np.nan), dtype=float)


def pem_local(observed: ArrayLike, row: ArrayLike, column: ArrayLike, total: ArrayLike) -> Floats:
    """How far a cell goes towards the strongest link that its margins allow, in percent.

    Parameters
    ----------
    observed : array_like
        The counts of the cells.
    row, column : array_like
        The totals of their rows and of their columns.
    total : array_like
        The total of the table.

    Returns
    -------
    pem : array of floats
        100 (O - E) / (min(row, column) - E) above independence, 100 (O - E) / (E - max(0, row +
        column - total)) under it: from -100 to 100; NaN where the margins leave no choice.

    References
    ----------
    P. Cibois (1993), "Le PEM, pourcentage de l'écart maximum : un indice de liaison entre
    modalités d'un tableau de contingence", Bulletin de méthodologie sociologique 40, 43-63.

    Examples
    --------
    >>> f"{pem_local(9, 12, 52, 169):.4f}"
    '63.8889'
    """
    o, r, c, n = (np.asarray(part, dtype=float) for part in (observed, row, column, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = r * c / n
        most = np.where(
            o > expected, np.minimum(r, c) - expected, expected - np.maximum(0, r + c - n)
        )
        return np.asarray(np.where(most > 0, 100 * (o - expected) / most, np.nan), dtype=float)


def cramer_v(table: ArrayLike) -> float:
    """How strong the link between the rows and the columns of a table is: from 0 to 1.

    Parameters
    ----------
    table : array_like of shape (rows, columns)
        The counts; empty rows and columns are left out.

    Returns
    -------
    v : float
        sqrt(chi² / (n (min(rows, columns) - 1))); NaN when fewer than two rows or columns are left.

    References
    ----------
    H. Cramér (1946), Mathematical Methods of Statistics, Princeton University Press, p. 282.

    Examples
    --------
    >>> f"{cramer_v([[9, 2, 1], [3, 7, 2], [40, 45, 60]]):.4f}"
    '0.2208'
    """
    counts = np.asarray(table, dtype=float)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape, default=0) < 2:
        return float("nan")
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    chi2 = ((counts - expected) ** 2 / expected).sum()
    return float(np.sqrt(chi2 / (counts.sum() * (min(counts.shape) - 1))))
