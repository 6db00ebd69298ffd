"""Members' scores → one probability: a logistic regression shared by all (answer, theme) pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from verbatims.tagging.learned import Member, Rows, Scores
from verbatims.tagging.thresholds import thresholds

Floats = NDArray[np.float64]

_STRENGTH = 0.3  # of the coefficients: scikit-learn's C
_NEVER = -6.0  # log odds while no answer has any theme


@dataclass(frozen=True)
class Stack:
    """Log odds that an answer has a theme, from what each member says of all its themes."""

    members: tuple[Member, ...]
    scales: tuple[tuple[float, float], ...]  # mean and spread of each member, on unseen answers
    length: Scores  # of every answer
    prior: Floats  # log odds of each theme
    weights: Floats  # the constant first
    threshold: Floats  # log odds from which each theme is suggested

    def score(self, rows: Rows) -> Floats:
        """Log odds of the rows, answers × themes."""
        said = [member.of(rows) for member in self.members]
        return self._odds(said, rows)

    def _odds(self, said: Sequence[Scores], rows: Rows) -> Floats:
        columns = pairs(self._standard(said), self.length[rows], self.prior)
        odds: Floats = self.weights[0] + sum(
            weight * column for weight, column in zip(self.weights[1:], columns, strict=True)
        )
        return odds

    def _standard(self, said: Sequence[Scores]) -> list[Floats]:
        each = zip(said, self.members, self.scales, strict=True)
        return [
            np.where(member.speaks, (values - mean) / spread, 0)
            for values, member, (mean, spread) in each
        ]


def fit(members: tuple[Member, ...], labels: Floats, rows: Rows, length: Scores) -> Stack:
    """Learn what each member is worth from what it says of answers that it never saw."""
    sought = ~np.isnan(labels)
    scales = tuple(_scale(member, sought) for member in members)
    count, total = sought.sum(axis=0), np.nansum(labels, axis=0)
    usual = (total.sum() + 0.5) / (count.sum() + 1)
    prior = np.log((total + usual) / (count - total + 1 - usual))
    blank = Stack(members, scales, length, prior, weights=np.zeros(0), threshold=np.zeros(0))
    columns = pairs(blank._standard([m.own for m in members]), length[rows], prior)
    weights = _weights(np.stack([column[sought] for column in columns], axis=1), labels[sought])
    fitted = replace(blank, weights=weights)
    own = fitted._odds([member.own for member in members], rows)
    return replace(fitted, threshold=thresholds(own, labels))


def pairs(said: Sequence[Floats], length: Scores, prior: Floats) -> list[Floats]:
    """What is known of each pair: what members say, the strongest other theme, length, prior."""
    shape = len(length), len(prior)
    others = _others(np.sum(said, axis=0)) / len(said)
    return [
        *said,
        others,
        np.broadcast_to(length[:, None], shape),
        np.broadcast_to(prior, shape),
    ]


def _others(total: Floats) -> Floats:
    """For each theme, the highest total of the other themes."""
    if total.shape[1] < 2:
        return np.zeros(total.shape)
    first, second = np.sort(total, axis=1)[:, :-3:-1].T
    highest: Floats = np.where(total == first[:, None], second[:, None], first[:, None])
    return highest


def _scale(member: Member, sought: NDArray[np.bool_]) -> tuple[float, float]:
    said = member.own[sought & member.speaks]
    return (float(said.mean()), float(said.std()) or 1.0) if len(said) else (0.0, 1.0)


def _weights(columns: Floats, present: Floats) -> Floats:
    if present.min(initial=1) == present.max(initial=0):
        return np.concatenate([[_NEVER], np.zeros(columns.shape[1])])
    model = LogisticRegression(C=_STRENGTH, max_iter=1_000).fit(columns, present)
    return np.concatenate([model.intercept_, model.coef_[0]])
