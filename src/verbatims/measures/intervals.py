"""Counts and their bases → intervals for proportions."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

from verbatims.language import N_

Floats = NDArray[np.float64]

# what a table or a drawing says of the intervals it shows; `_` says it
NOTE = N_("Intervalles à 95 % (Wilson), comme si les répondants avaient été tirés au hasard.")


def wilson(
    successes: ArrayLike, n: ArrayLike, *, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """The score interval of a proportion.

    Parameters
    ----------
    successes : array_like
        How many of each base hold the property; may be fractional when `n` is an effective size.
    n : array_like
        The bases; a base of zero gives no interval (NaN).
    confidence : float
        The confidence level, 0.95 by default.

    Returns
    -------
    low, high : arrays of floats
        The bounds, between 0 and 1, in the shape that `successes` and `n` share.

    References
    ----------
    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 209-212. Preferred to the normal
    interval at small n by Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133.

    Examples
    --------
    >>> low, high = wilson(18, 52)
    >>> f"{low:.4f} {high:.4f}"
    '0.2315 0.4820'
    """
    k, m = _counts(successes, n)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = k / m
    centre = p + z**2 / (2 * m)
    reach = z * np.sqrt(p * (1 - p) / m + z**2 / (4 * m**2))
    scale = 1 + z**2 / m
    # rounding would leave 1e-17 where the bound is exactly 0 or 1
    low = np.where(k == 0, 0 * p, (centre - reach) / scale)
    high = np.where(k == m, 1 + 0 * p, (centre + reach) / scale)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def clopper_pearson(
    successes: ArrayLike, n: ArrayLike, *, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """The exact interval of a proportion: it never holds the truth less often than it says.

    Each bound alone is a one-sided bound at (1 + confidence) / 2.

    Parameters
    ----------
    successes : array_like
        How many of each base hold the property.
    n : array_like
        The bases; a base of zero gives no interval (NaN).
    confidence : float
        The confidence level, 0.95 by default.

    Returns
    -------
    low, high : arrays of floats
        The bounds, between 0 and 1, in the shape that `successes` and `n` share.

    References
    ----------
    C. J. Clopper and E. S. Pearson (1934), "The use of confidence or fiducial limits illustrated
    in the case of the binomial", Biometrika 26, 404-413; here by the quantiles of the beta.

    Examples
    --------
    >>> low, high = clopper_pearson(18, 52)
    >>> f"{low:.4f} {high:.4f}"
    '0.2197 0.4909'
    """
    k, m = _counts(successes, n)
    tail = (1 - confidence) / 2
    # the beta has no quantile where one of its parameters would be 0: the bound is 0 or 1
    low = betaincinv(np.where(k > 0, k, 1), m - k + 1, tail)
    high = betaincinv(k + 1, np.where(k < m, m - k, 1), 1 - tail)
    return np.where(k == 0, 0 * m, low), np.where(k == m, 1 + 0 * m, high + 0 * m)


def finite(n: ArrayLike, population: int) -> Floats:
    """What a sample of a small population is worth, as one of a population without end.

    Parameters
    ----------
    n : array_like
        How many people were drawn, or answered; no more than `population`.
    population : int
        How many people there are in all.

    Returns
    -------
    worth : array of floats
        n (N - 1) / (N - n), for `wilson` in place of n; infinite once everyone answered.

    References
    ----------
    L. Kish (1965), Survey Sampling, Wiley, section 2.2: the variance of a share is multiplied by
    (N - n) / (N - 1).

    Examples
    --------
    >>> f"{finite(52, 200):.2f}"
    '69.92'
    """
    m = np.asarray(n, dtype=float)
    if np.any(m > population):
        raise ValueError("a sample cannot exceed its population")
    with np.errstate(divide="ignore", invalid="ignore"):
        left = m * (population - 1) / (population - m)
        return np.asarray(np.where(m < population, left, np.inf), dtype=float)


def _counts(successes: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    k, m = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(n, dtype=float))
    if np.any((k < 0) | (k > m)):
        raise ValueError("successes must lie between 0 and n")
    return k, np.where(m > 0, m, np.nan)
