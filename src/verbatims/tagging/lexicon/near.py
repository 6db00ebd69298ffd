"""Passages of two terms → those of `a … b`; passages of a term → those that `sauf` lets stand."""

from dataclasses import dataclass

import numpy as np

from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.words import Flags, Ints


@dataclass(frozen=True)
class Passages:
    """Numbers of the first and last tokens.

    What stands between `pause` and `resume` is not part of a passage of `a … b`; elsewhere both
    are its last token.
    """

    first: Ints
    last: Ints
    pause: Ints
    resume: Ints

    @classmethod
    def whole(cls, first: Ints, last: Ints) -> "Passages":
        return cls(first, last, last, last)

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: "Ints | Flags") -> "Passages":
        return Passages(self.first[rows], self.last[rows], self.pause[rows], self.resume[rows])


def joined(parts: list[Passages]) -> Passages:
    """All these passages, one list after the other."""
    if not parts:
        return Passages.whole(*np.empty((2, 0), dtype=np.intp))
    return Passages(
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.last for part in parts]),
        np.concatenate([part.pause for part in parts]),
        np.concatenate([part.resume for part in parts]),
    )


def pairs(text: Text, one: Passages, other: Passages, window: int) -> Passages:
    """Where `other` follows `one` in its sentence, with at most `window` words between.

    Only the closest are paired: « a a b » has one passage, which begins at the second a.
    """
    if not len(one) or not len(other):
        return joined([])
    one = one.take(np.lexsort((one.first, one.last)))
    other = other.take(np.lexsort((other.last, other.first)))
    following = np.searchsorted(other.first, one.last, side="right")
    has = np.flatnonzero(following < len(other))
    begin = other.first[following[has]]
    closest = np.searchsorted(one.last, begin, side="left") - 1 == has
    end = one.last[has]
    between = text.words_so_far[begin - 1] - text.words_so_far[end]
    fits = closest & (between <= window) & (text.sentences[begin] == text.sentences[end])
    a, b = one.take(has[fits]), other.take(following[has[fits]])
    return Passages(a.first, b.last, a.last, b.first)


def stand(passages: Passages, reach: Ints, excepted: Passages, excepted_reach: Ints) -> Flags:
    """Which passages no exception overlaps or touches.

    `reach` is the token up to which each passage touches what follows it.
    """
    order = np.argsort(excepted.first, kind="stable")
    furthest = np.maximum.accumulate(np.append(-1, excepted_reach[order]))
    met = furthest[np.searchsorted(excepted.first[order], reach, side="right")]
    free: Flags = met < passages.first
    return free
