"""What several coders said of the same units → how far they agree, and how sure that is.

A unit that fewer than two coders rated tells nothing of agreement: no pair, no figure. Where all
ratings are of one category nothing tells agreement from habit: figures corrected for chance are NaN
there, never 1.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verbatims.language import decimal
from verbatims.measures.intervals import Floats

RESAMPLES = 2_000
SEED = 20_261_123
_AT_ONCE = 2_000_000  # weights held in memory together

SOLID, TENTATIVE = 0.80, 0.667  # Krippendorff (2004), p. 241


def printed(value: float) -> str:
    """A coefficient as it is read, "—" when there is none; cut, and not rounded.

    >>> printed(0.7996)  # under SOLID, and must not read otherwise
    '0,799'
    """
    if math.isnan(value):
        return "—"
    cut = math.floor(value * 1000 + 1e-6) / 1000  # 0.57 * 1000 is a little less than 570
    return decimal(cut, 3).replace("-", "\u2212")


# -- two coders -------------------------------------------------------------------------


def crosstab(first: ArrayLike, second: ArrayLike, categories: int = 2) -> Floats:
    """How often the first coder said q while the second said k: a table categories × categories.

    Ratings are 0 … categories - 1, NaN where there is none; the last axis goes over the units.
    """
    a, b = np.broadcast_arrays(np.asarray(first, float), np.asarray(second, float))
    values = np.arange(categories)
    rows = (a[..., None, :] == values[:, None]).astype(float)
    columns = (b[..., None, :] == values[:, None]).astype(float)
    return np.asarray(np.einsum("...qn,...kn->...qk", rows, columns), dtype=float)


def percent_agreement(table: ArrayLike) -> Floats:
    """The share of units on which two coders say the same.

    Examples
    --------
    >>> f"{percent_agreement([[20, 5], [10, 15]]):.2f}"
    '0.70'
    """
    counts = np.asarray(table, dtype=float)
    return _ratio(np.trace(counts, axis1=-2, axis2=-1), counts.sum(axis=(-2, -1)))


def cohen_kappa(table: ArrayLike) -> Floats:
    """Agreement beyond what the two coders' own habits would give by chance.

    Parameters
    ----------
    table : array_like
        The last two axes are a square table of counts, the first coder in rows (see `crosstab`).

    References
    ----------
    J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and
    Psychological Measurement 20, 37-46. It falls where one category is rare, however often coders
    agree: Feinstein and Cicchetti (1990), Journal of Clinical Epidemiology 43, 543-549.

    Examples
    --------
    >>> f"{cohen_kappa([[20, 5], [10, 15]]):.2f}"
    '0.40'
    """
    shares = _shares(table)
    by_chance = (shares.sum(axis=-1) * shares.sum(axis=-2)).sum(axis=-1)
    return _beyond(percent_agreement(table), by_chance, one=_one_category(table))


def gwet_ac1(table: ArrayLike) -> Floats:
    """Agreement beyond that of ratings made at random, which rare categories do not upset.

    Parameters
    ----------
    table : array_like
        As for `cohen_kappa`. For more coders or missing ratings, see `gwet_ac1_of_many`.

    References
    ----------
    K. L. Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high
    agreement", British Journal of Mathematical and Statistical Psychology 61, 29-48.

    Examples
    --------
    >>> f"{gwet_ac1([[118, 5], [2, 0]]):.4f}"
    '0.9408'
    """
    shares = _shares(table)
    habits = (shares.sum(axis=-1) + shares.sum(axis=-2)) / 2
    return _beyond(percent_agreement(table), _at_random(habits), one=_one_category(table))


def pabak(table: ArrayLike) -> Floats:
    """Kappa adjusted for prevalence and bias: chance is 1 / categories, 2 × agreement - 1 for two.

    References
    ----------
    T. Byrt, J. Bishop and J. B. Carlin (1993), "Bias, prevalence and kappa", Journal of Clinical
    Epidemiology 46, 423-429; for any number of categories, R. L. Brennan and D. J. Prediger
    (1981), Educational and Psychological Measurement 41, 687-699.

    Examples
    --------
    >>> f"{pabak([[118, 5], [2, 0]]):.3f}"
    '0.888'
    """
    by_chance = 1 / np.asarray(table).shape[-1]
    return _beyond(percent_agreement(table), by_chance, one=_one_category(table))


# -- any number of coders ---------------------------------------------------------------


def counted(ratings: ArrayLike, categories: int) -> Floats:
    """From ratings coders × units (NaN where missing): how many coders say each category, by unit.

    Ratings are 0 … categories - 1.
    """
    given = np.asarray(ratings, dtype=float)
    return np.asarray((given[..., None] == np.arange(categories)).sum(axis=0), dtype=float)


def agreement_of_many(counts: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """The share of pairs of coders who say the same of a unit, on average over the units.

    `counts` as in `counted`; `weights` (resamples × units) as in `bootstrap`.
    """
    said = np.asarray(counts, dtype=float)
    paired = said.sum(axis=1) >= 2
    weighing = _weights(weights, len(said))
    return _ratio(weighing @ _pairs_alike(said), weighing @ paired.astype(float))


def gwet_ac1_of_many(counts: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Gwet's AC1 for two coders or more, where some ratings may be missing.

    Parameters
    ----------
    counts : array_like
        Units × categories: how many coders say each (see `counted`). Units that one coder rated
        tell how often categories are used, and nothing of agreement.
    weights : array_like, optional
        Resamples × units, how often each unit is drawn (see `bootstrap`); each once by default.

    Returns
    -------
    ac1 : array of floats
        One per resample, or one alone.

    References
    ----------
    Gwet (2008), as for `gwet_ac1`; with missing ratings, K. L. Gwet (2014), "Handbook of
    Inter-Rater Reliability", 4th edition, chapter 2.
    """
    said = np.asarray(counts, dtype=float)
    weighing = _weights(weights, len(said))
    coders = said.sum(axis=1)
    shares = said / np.where(coders > 0, coders, 1)[:, None]
    rated = (weighing @ (coders > 0).astype(float))[..., None]
    habits = _ratio(weighing @ shares, rated)
    one = (habits > 0).sum(axis=-1) < 2
    return _beyond(agreement_of_many(said, weights), _at_random(habits), one=one)


def krippendorff_alpha(
    counts: ArrayLike, distances: ArrayLike, weights: ArrayLike | None = None
) -> Floats:
    """One less the ratio of the disagreement observed to that expected by chance.

    Parameters
    ----------
    counts : array_like
        Units × values: how many coders gave each value (see `counted`). Units with one rating do
        not count.
    distances : array_like
        Values × values: how far apart two values are, 0 on the diagonal; `nominal`, `jaccard`
        and `masi` make some.
    weights : array_like, optional
        Resamples × units, how often each unit is drawn (see `bootstrap`); each once by default.

    Returns
    -------
    alpha : array of floats
        One per resample, or one alone.

    References
    ----------
    K. Krippendorff (2011), "Computing Krippendorff's alpha-reliability", University of
    Pennsylvania, scholarly commons, and (2004) "Content Analysis", 2nd edition, chapter 11.
    """
    said = np.asarray(counts, dtype=float)
    apart = np.asarray(distances, dtype=float)
    coders = said.sum(axis=1)
    said = said * (coders >= 2)[:, None]
    weighing = _weights(weights, len(said))
    per_unit = ((said @ apart) * said).sum(axis=1) / np.where(coders >= 2, coders - 1, 1)
    totals = weighing @ said
    n = totals.sum(axis=-1)
    observed = _ratio(weighing @ per_unit, n)
    expected = _ratio(((totals @ apart) * totals).sum(axis=-1), n * (n - 1))
    return np.asarray(1 - _ratio(observed, expected), dtype=float)


# -- how far apart two values are -------------------------------------------------------


def nominal(n: int) -> Floats:
    """Distances between `n` names: 1 unless they are the same."""
    return np.asarray(1 - np.eye(n), dtype=float)


def jaccard(sets: ArrayLike) -> Floats:
    """Distances between sets, given as sets × members of 0 and 1: one less the Jaccard index.

    Two empty sets are alike.

    References
    ----------
    P. Jaccard (1912), "The distribution of the flora in the alpine zone", New Phytologist 11,
    37-50.
    """
    common, sizes = _common(sets)
    union = sizes[:, None] + sizes[None, :] - common
    return np.asarray(1 - np.where(union > 0, common / np.where(union > 0, union, 1), 1.0))


def masi(sets: ArrayLike) -> Floats:
    """Distances between sets that forgive a set held in another more than two that only overlap.

    One less Jaccard × 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0
    where they have nothing in common; exact thirds.

    References
    ----------
    R. Passonneau (2006), "Measuring agreement on set-valued items (MASI) for semantic and
    pragmatic annotation", Proceedings of LREC 2006, 831-836.

    Examples
    --------
    >>> f"{masi([[1, 1, 1], [1, 1, 0]])[0, 1]:.6f}"
    '0.555556'
    """
    common, sizes = _common(sets)
    within = common == np.minimum(sizes[:, None], sizes[None, :])
    equal = within & (sizes[:, None] == sizes[None, :])
    kind = np.select([equal, within, common > 0], [1.0, 2 / 3, 1 / 3], 0.0)
    return np.asarray(1 - (1 - jaccard(sets)) * kind, dtype=float)


# -- how sure a figure is ---------------------------------------------------------------


class Interval(NamedTuple):
    """The bounds of figures, in their shape; NaN where there is none."""

    low: Floats
    high: Floats


def bootstrap(
    statistic: Callable[[Floats], Floats],
    clusters: ArrayLike,
    *,
    times: int = RESAMPLES,
    confidence: float = 0.95,
) -> Interval:
    """The percentile interval of figures, drawing whole clusters with replacement.

    Parameters
    ----------
    statistic : callable
        From weights (resamples × units: how often each unit is drawn) to a figure per resample,
        or an array of them.
    clusters : array_like
        The cluster of each unit, its respondent for an answer: what one person writes is drawn
        together.
    times : int
        How many resamples; the seed is fixed, so that the same data give the same bounds.
    confidence : float
        The confidence level, 0.95 by default.

    Returns
    -------
    Interval
        Resamples where the figure is undefined are left out; no bound where all are.

    References
    ----------
    B. Efron and R. J. Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13; drawing
    clusters, A. C. Davison and D. V. Hinkley (1997), "Bootstrap Methods", section 3.8.
    """
    names, member = np.unique(np.asarray(clusters), return_inverse=True)
    rng = np.random.default_rng(SEED)
    step = max(1, _AT_ONCE // max(len(member), 1))
    drawn = [
        statistic(_drawn(rng, min(step, times - start), len(names))[:, member])
        for start in range(0, times, step)
        if len(names)
    ]
    if not drawn:
        nothing = statistic(np.zeros((1, 0)))[0] * np.nan
        return Interval(nothing, nothing)
    tail = (1 - confidence) / 2
    return Interval(*_quantiles(np.concatenate(drawn), np.array([tail, 1 - tail])))


def _drawn(rng: np.random.Generator, times: int, n: int) -> Floats:
    """How often each of `n` clusters comes up in each of some draws of `n`."""
    picked = rng.integers(0, n, size=(times, n)) + n * np.arange(times)[:, None]
    return np.bincount(picked.ravel(), minlength=times * n).reshape(times, n).astype(float)


def _quantiles(values: Floats, at: Floats) -> Floats:
    """Quantiles over the first axis of what is not NaN; NaN where nothing is left."""
    known = np.sort(values, axis=0)  # NaN come last
    n = (~np.isnan(known)).sum(axis=0)
    place = at.reshape(-1, *[1] * n.ndim) * np.maximum(n - 1, 0)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    low = np.take_along_axis(known, below, axis=0)
    high = np.take_along_axis(known, above, axis=0)
    return np.asarray(low + (place - below) * (high - low), dtype=float)


def _weights(weights: ArrayLike | None, n: int) -> Floats:
    return np.ones(n) if weights is None else np.asarray(weights, dtype=float)


def _pairs_alike(said: Floats) -> Floats:
    """For each unit, the share of its pairs of ratings that are the same; 0 without a pair."""
    coders = said.sum(axis=1)
    pairs = coders * (coders - 1)
    return np.asarray((said * (said - 1)).sum(axis=1) / np.where(pairs > 0, pairs, 1))


def _common(sets: ArrayLike) -> tuple[Floats, Floats]:
    """How many members each two sets share, and how many each has."""
    members = np.asarray(sets, dtype=float)
    return members @ members.T, members.sum(axis=1)


def _shares(table: ArrayLike) -> Floats:
    counts = np.asarray(table, dtype=float)
    return _ratio(counts, counts.sum(axis=(-2, -1), keepdims=True))


def _one_category(table: ArrayLike) -> NDArray[np.bool_]:
    counts = np.asarray(table, dtype=float)
    used = counts.sum(axis=-1) + counts.sum(axis=-2) > 0
    return np.asarray(used.sum(axis=-1) < 2)


def _at_random(habits: Floats) -> Floats:
    """How often raters who answer at random agree, for Gwet; NaN with a single category to use."""
    others = habits.shape[-1] - 1
    return _ratio((habits * (1 - habits)).sum(axis=-1), float(others))


def _beyond(observed: Floats, by_chance: Floats | float, *, one: NDArray[np.bool_]) -> Floats:
    above = _ratio(observed - by_chance, 1 - np.asarray(by_chance))
    return np.asarray(np.where(one, np.nan, above), dtype=float)


def _ratio(part: ArrayLike, whole: ArrayLike) -> Floats:
    a, b = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(b > 0, a / b, np.nan), dtype=float)
