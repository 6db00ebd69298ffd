"""A random part of a corpus, coded, and what a machine says of the rest → shares of the whole."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verbatims.measures.intervals import finite, wilson

Floats = NDArray[np.float64]

_PSEUDO = 2.0  # squared errors added on both sides of a ratio: about half of the squared quantile


class Estimate(NamedTuple):
    """Shares, their bounds, and how much of the variance of coded answers alone is left.

    `ratio` is 1 when only coded answers speak; n coded answers are worth n / ratio.
    """

    share: Floats
    low: Floats
    high: Floats
    ratio: Floats


def human(coded: ArrayLike, population: int) -> Estimate:
    """The share of each theme in a corpus, from coded answers that chance chose.

    Parameters
    ----------
    coded : array_like of shape (answers, themes)
        1 where coders found the theme, else 0.
    population : int
        How many answers the corpus has, those coded included.

    Returns
    -------
    found : Estimate
        Arrays of shape (themes,). The interval is Wilson's at 95 % on n (N - 1) / (N - n), within
        what coded answers make certain; no wider than a point once all are coded.

    Raises
    ------
    ValueError
        Without a coded answer, or with more of them than the corpus has.

    References
    ----------
    See `intervals.wilson` and `intervals.finite`.

    Examples
    --------
    >>> found = human([[1]] * 5 + [[0]] * 15, population=100)
    >>> [f"{part[0]:.4f}" for part in found]
    ['0.2500', '0.1214', '0.4458', '1.0000']
    """
    y = _checked(coded, population)
    share = y.mean(axis=0)
    return _bounded(y, share, np.ones_like(share), population)


def assisted(coded: ArrayLike, predicted: ArrayLike, rest: ArrayLike, population: int) -> Estimate:
    """The same, corrected by what a machine that never saw them says of the answers.

    The share is that of the machine over the answers not coded, plus its mean error on those that
    are, which makes it unbiased whatever the machine is worth. It only is so when no prediction
    comes from a model that was shown the answer: predictions in sample are wrong by too little,
    and their intervals hold the truth far less often than they say.

    Parameters
    ----------
    coded : array_like of shape (answers, themes)
        1 where coders found the theme, else 0, in answers that chance chose.
    predicted : array_like of shape (answers, themes)
        The probability given to each by models that never saw the answer (cross-fitted).
    rest : array_like of shape (themes,)
        The mean probability over the answers not coded; any number once there are none.
    population : int
        How many answers the corpus has, those coded included.

    Returns
    -------
    found : Estimate
        Arrays of shape (themes,). The interval is Wilson's at 95 %, on the coded answers that the
        estimate is worth: finite(n, N) / ratio, where ratio is (SSe + 2) / (SSy + 2), 1 at most,
        of the squared errors around their mean and of the squared deviations of the codes; within
        what coded answers make certain.

    Raises
    ------
    ValueError
        As `human`.

    References
    ----------
    The difference estimator: C.-E. Särndal, B. Swensson and J. Wretman (1992), Model Assisted
    Survey Sampling, Springer, section 6.3; cross-fitted: A. N. Angelopoulos et al. (2023),
    "Prediction-powered inference", Science 382, 669-674, and T. Zrnic and E. J. Candès (2024),
    "Cross-prediction-powered inference", PNAS 121.

    Examples
    --------
    >>> y, q = [[1]] * 5 + [[0]] * 15, [[0.8]] * 5 + [[0.1]] * 15
    >>> [f"{part[0]:.4f}" for part in assisted(y, q, [0.2], population=100)]
    ['0.1900', '0.1111', '0.3057', '0.4065']
    """
    y, q = _checked(coded, population), np.asarray(predicted, dtype=float)
    n, error = len(y), y - q
    found = y.sum(axis=0)
    others = (population - n) * (np.asarray(rest, dtype=float) + error.mean(axis=0))
    share = np.clip((found + (others if population > n else 0)) / population, 0, 1)
    left, whole = _squares(error), _squares(y)
    ratio = np.minimum(1, (left + _PSEUDO) / (whole + _PSEUDO))
    return _bounded(y, share, ratio, population)


def needed(share: float, ratio: float, drawn: int, population: int, *, reach: float = 0.05) -> int:
    """How many more answers chance must choose, for an interval no further from its middle.

    Parameters
    ----------
    share, ratio : float
        As estimated so far; both are taken as they are.
    drawn, population : int
        How many answers are coded, and how many there are.
    reach : float
        Half the width of the interval that is wanted, 0.05 by default.

    Returns
    -------
    more : int
        0 once it is narrow enough, population - drawn at most.

    Examples
    --------
    >>> needed(0.25, 1.0, 100, 1000)
    123
    """
    low, high = drawn, population
    while low < high:
        middle = (low + high) // 2
        if _reach(share, float(finite(middle, population)) / ratio) <= reach:
            high = middle
        else:
            low = middle + 1
    return low - drawn


def _reach(share: float, worth: float) -> float:
    if np.isinf(worth):
        return 0.0
    low, high = wilson(share * worth, worth)
    return float(high - low) / 2


def _checked(coded: ArrayLike, population: int) -> Floats:
    y = np.asarray(coded, dtype=float)
    if y.ndim != 2 or not 0 < len(y) <= population:
        raise ValueError("coded answers are rows, one at least and no more than the corpus has")
    return y


def _squares(values: Floats) -> Floats:
    return np.asarray(((values - values.mean(axis=0)) ** 2).sum(axis=0))


def _bounded(coded: Floats, share: Floats, ratio: Floats, population: int) -> Estimate:
    n, found = len(coded), coded.sum(axis=0)
    if n == population:
        return Estimate(share, share, share, ratio)
    worth = finite(n, population) / ratio
    low, high = wilson(share * worth, worth)
    certain, possible = found / population, 1 - (n - found) / population
    return Estimate(share, np.maximum(low, certain), np.minimum(high, possible), ratio)
