"""What was found and what was to be found → precision, recall, F1."""

import numpy as np
from numpy.typing import ArrayLike

from verbatims.measures.intervals import Floats


def precision(hits: ArrayLike, found: ArrayLike) -> Floats:
    """The share of what was found that was to be found; NaN where nothing was found.

    Examples
    --------
    >>> f"{precision(3, 4):.2f}"
    '0.75'
    """
    return _ratio(hits, found)


def recall(hits: ArrayLike, wanted: ArrayLike) -> Floats:
    """The share of what was to be found that was found; NaN where nothing was to be found.

    Examples
    --------
    >>> f"{recall(3, 6):.2f}"
    '0.50'
    """
    return _ratio(hits, wanted)


def f1(hits: ArrayLike, found: ArrayLike, wanted: ArrayLike) -> Floats:
    """The harmonic mean of precision and recall.

    Parameters
    ----------
    hits, found, wanted : array_like
        How many were rightly found, found, and to be found.

    Returns
    -------
    f1 : array of floats
        2 hits / (found + wanted); NaN where nothing was found nor to be found.

    References
    ----------
    C. J. van Rijsbergen (1979), "Information Retrieval", 2nd edition, chapter 7.

    Examples
    --------
    >>> f"{f1(3, 4, 6):.2f}"
    '0.60'
    """
    return _ratio(2 * np.asarray(hits), np.asarray(found) + np.asarray(wanted))


def _ratio(part: ArrayLike, whole: ArrayLike) -> Floats:
    a, b = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(b > 0, a / b, np.nan), dtype=float)
