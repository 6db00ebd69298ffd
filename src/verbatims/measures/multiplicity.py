"""p-values of a family of tests → the same, corrected for how many there are."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from verbatims.measures.intervals import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """p-values under which the share of false discoveries is held.

    Parameters
    ----------
    p : array_like
        The p-values of the family, of any shape; NaN for a test that was not made, which does not
        count in the family.

    Returns
    -------
    adjusted : array of floats
        In the shape of `p`, NaN where it is NaN.

    References
    ----------
    Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the
    Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    return _stepped(p, lambda ranks: ranks.max() / ranks, upwards=True)


def holm(p: ArrayLike) -> Floats:
    """p-values under which the risk of a single false discovery in the family is held.

    Parameters
    ----------
    p : array_like
        The p-values of the family, of any shape; NaN for a test that was not made, which does not
        count in the family.

    Returns
    -------
    adjusted : array of floats
        In the shape of `p`, NaN where it is NaN.

    References
    ----------
    S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal
    of Statistics 6, 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.09, 0.09, 0.5]
    """
    return _stepped(p, lambda ranks: ranks.max() - ranks + 1, upwards=False)


def _stepped(p: ArrayLike, factors: Callable[[Floats], Floats], *, upwards: bool) -> Floats:
    """Each p-value times the factor of its rank, kept in order from the largest or the smallest."""
    given = np.asarray(p, dtype=float)
    adjusted = np.full(given.shape, np.nan)
    made = ~np.isnan(given)
    if not made.any():
        return adjusted
    values = given[made]
    order = np.argsort(values, kind="stable")
    scaled = values[order] * factors(np.arange(1.0, len(values) + 1))
    least, most = np.minimum.accumulate(scaled[::-1])[::-1], np.maximum.accumulate(scaled)
    back = np.empty_like(values)
    back[order] = np.minimum(least if upwards else most, 1)
    adjusted[made] = back
    return adjusted
