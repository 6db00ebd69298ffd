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
