"""Who answered, and known margins → weights, and what they cost in precision."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verbatims.measures.intervals import Floats

Ints = NDArray[np.integer]

UNKNOWN = -1  # the category of someone who did not say


class Raked(NamedTuple):
    """Weights whose margins are those known, as near as they could be brought.

    `gap` is the largest difference left between a margin and its target, as a share of the whole;
    `trimmed`, how many people stand on a bound.
    """

    weights: Floats
    iterations: int
    converged: bool
    gap: float
    trimmed: int


def design_effect(weights: ArrayLike) -> float:
    """By how much unequal weights swell the variance of a share.

    Parameters
    ----------
    weights : array_like of shape (people,)
        Their weights, none negative, one at least above 0.

    Returns
    -------
    effect : float
        n Σw² / (Σw)², 1 when the weights are equal.

    References
    ----------
    L. Kish (1965), Survey Sampling, Wiley, section 11.7.

    Examples
    --------
    >>> design_effect([1, 1, 2])
    1.125
    """
    w = np.asarray(weights, dtype=float)
    return float(len(w) * (w @ w) / w.sum() ** 2)


def effective(weights: ArrayLike) -> float:
    """How many people of equal weights would say as much.

    Parameters
    ----------
    weights : array_like of shape (people,)
        Their weights, none negative; 0 people are worth 0.

    Returns
    -------
    n : float
        (Σw)² / Σw²: n divided by the design effect.

    References
    ----------
    L. Kish (1965), Survey Sampling, Wiley, section 11.7.

    Examples
    --------
    >>> round(effective([1, 1, 2]), 4)
    2.6667
    """
    w = np.asarray(weights, dtype=float)
    squares = float(w @ w)
    return float(w.sum() ** 2 / squares) if squares > 0 else 0.0


def rake(
    weights: ArrayLike,
    memberships: Sequence[Ints],
    margins: Sequence[ArrayLike],
    *,
    bounds: tuple[float, float] | None = None,
    tolerance: float = 1e-6,
    most: int = 200,
) -> Raked:
    """Weights brought to known margins, one margin after the other, until all hold.

    Parameters
    ----------
    weights : array_like of shape (people,)
        The weights to start from, all above 0.
    memberships : sequence of int arrays of shape (people,)
        For each margin, the category of each person, from 0; -1 for those who did not say, whose
        weight no step of that margin changes and who count in none of its shares.
    margins : sequence of array_like of shape (categories,)
        The known totals or shares of each; only their proportions matter.
    bounds : (low, high), optional
        Between which each weight is held, as parts of the mean weight.
    tolerance : float
        The largest difference, as a share, at which a margin holds.
    most : int
        The rounds after which it is given up.

    Returns
    -------
    raked : Raked
        The weights sum to what they started from.

    Raises
    ------
    ValueError
        When a category that should hold someone holds nobody.

    References
    ----------
    W. E. Deming and F. F. Stephan (1940), "On a least squares adjustment of a sampled frequency
    table when the expected marginal totals are known", Annals of Mathematical Statistics 11,
    427-444. Bounds: F. J. Potter (1990), Proceedings of the Survey Research Methods Section, ASA.

    Examples
    --------
    >>> raked = rake([1, 1, 1], [np.array([0, 0, 1])], [[0.5, 0.5]])
    >>> raked.weights.tolist(), raked.converged
    ([0.75, 0.75, 1.5], True)
    """
    w = np.array(weights, dtype=float)
    targets = [_shares(margin) for margin in margins]
    _refuse_empty(memberships, targets)
    total = w.sum()
    gap, done = _gap(w, memberships, targets), 0
    while done < most and (gap > tolerance or _outside(w, bounds)):
        w = _bounded(w, bounds)
        for codes, target in zip(memberships, targets, strict=True):
            w = _met(w, codes, target)
        w *= total / w.sum()
        gap, done = _gap(w, memberships, targets), done + 1
    held = _bounded(w, bounds)
    gap = _gap(held, memberships, targets)
    return Raked(held * total / held.sum(), done, gap <= tolerance, gap, _trimmed(held, bounds))


def _shares(margin: ArrayLike) -> Floats:
    totals = np.asarray(margin, dtype=float)
    return np.asarray(totals / totals.sum(), dtype=float)


def _refuse_empty(memberships: Sequence[Ints], targets: Sequence[Floats]) -> None:
    for codes, target in zip(memberships, targets, strict=True):
        held = np.bincount(codes[codes >= 0], minlength=len(target))
        if np.any((held == 0) & (target > 0)):
            raise ValueError("a category that should hold someone holds nobody")


def _sums(w: Floats, codes: Ints, categories: int) -> Floats:
    known = codes >= 0
    return np.bincount(codes[known], weights=w[known], minlength=categories).astype(float)


def _met(w: Floats, codes: Ints, target: Floats) -> Floats:
    """The weights with this margin met among those who said."""
    sums = _sums(w, codes, len(target))
    factors = np.divide(target * sums.sum(), sums, out=np.ones_like(sums), where=sums > 0)
    return np.asarray(w * np.where(codes >= 0, factors[codes], 1), dtype=float)


def _gap(w: Floats, memberships: Sequence[Ints], targets: Sequence[Floats]) -> float:
    gaps = [0.0]
    for codes, target in zip(memberships, targets, strict=True):
        sums = _sums(w, codes, len(target))
        gaps.append(float(np.abs(sums / sums.sum() - target).max()))
    return max(gaps)


_SLACK = 1e-9  # by which rounding may leave a weight past its bound


def _outside(w: Floats, bounds: tuple[float, float] | None) -> bool:
    if bounds is None:
        return False
    low, high = bounds
    return bool(np.any((w < (low - _SLACK) * w.mean()) | (w > (high + _SLACK) * w.mean())))


def _bounded(w: Floats, bounds: tuple[float, float] | None) -> Floats:
    """The weights between their bounds; what that takes from some is shared among the others."""
    if bounds is None:
        return w
    total, (low, high) = w.sum(), (bound * w.mean() for bound in bounds)
    held = np.clip(w, low, high)
    for _ in range(len(w)):
        left = total - held.sum()
        free = held < high if left > 0 else held > low
        if abs(left) <= _SLACK * total or not held[free].any():
            break
        held = np.clip(np.where(free, held * (1 + left / held[free].sum()), held), low, high)
    return np.asarray(held, dtype=float)


def _trimmed(w: Floats, bounds: tuple[float, float] | None) -> int:
    if bounds is None:
        return 0
    low, high = (bound * w.mean() for bound in bounds)
    return int(np.count_nonzero((w <= low * (1 + 1e-6)) | (w >= high * (1 - 1e-6))))
