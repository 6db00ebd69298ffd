"""Scores and labels → the score from which each theme is suggested."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# As good as the best: any threshold whose F1 is so near, for the best of few answers is luck.
_AS_GOOD = 0.02
# Answers with a theme that weigh as much as what is expected without looking at them.
_HALF_TRUST = 40
# What is expected: by the theme's own probabilities, for the rest by the pairs of all themes.
_OWN = 0.7


def thresholds(scores: Floats, labels: Floats) -> Floats:
    """For each column, where F1 is best, drawn to what is expected when few answers have it.

    `scores` are log odds of answers × themes; `labels` are 1.0, 0.0 or NaN where not sought.
    """
    sought = ~np.isnan(labels)
    common = best(scores[sought], labels[sought])
    return np.array(
        [
            _threshold(scores[rows, theme], labels[rows, theme], common)
            for theme, rows in enumerate(sought.T)
        ]
    )


def best(scores: Floats, worth: Floats) -> float:
    """The middle of the thresholds that give about the best F1, each pair counting for its worth.

    With probabilities as worth, this is the F1 to expect.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, right = scores[order], np.cumsum(worth[order])
    if not len(ranked) or right[-1] <= 0:
        return float(ranked[0]) + 1 if len(ranked) else 0.0
    f1 = 2 * right / (np.arange(1, len(ranked) + 1) + right[-1])
    below = np.append(ranked[1:], ranked[-1])
    apart = np.append(ranked[1:] < ranked[:-1], True)  # equal scores go together
    good = apart & (f1 >= f1[apart].max() - _AS_GOOD)
    return float(((ranked + below) / 2)[good].mean())


def _threshold(scores: Floats, labels: Floats, common: float) -> float:
    positives = labels.sum()
    if not positives:
        return common
    expected = _OWN * best(scores, 1 / (1 + np.exp(-scores))) + (1 - _OWN) * common
    trust = positives / (positives + _HALF_TRUST)
    return float(trust * best(scores, labels) + (1 - trust) * expected)
