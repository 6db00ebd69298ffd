"""What is known of every (answer, theme) pair before any answer is coded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.model import Codebook
from verbatims.tagging import learned, reasons
from verbatims.tagging.features import Features
from verbatims.tagging.learned import Member, Rows, Scores
from verbatims.tagging.similarity import Similarity

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.integer]


@dataclass(frozen=True)
class Known:
    """Answers, themes, and what the themes say of themselves."""

    features: Features
    codebook: Codebook
    described: bool = True  # whether names, definitions and terms are looked at

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.features.ids), len(self.codebook)

    @cached_property
    def similarity(self) -> Similarity:
        return Similarity.of(self.features, self.codebook)

    @cached_property
    def ruled(self) -> Flags:
        """The themes that have terms, or for which the negated terms of another speak."""
        spoken_for = {theme.negation for theme in self.codebook if theme.terms}
        ruled = [bool(theme.terms) or theme.id in spoken_for for theme in self.codebook]
        return np.array(ruled, dtype=bool) & self.described

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The passages of the terms, as reasons."""
        tags = self.features.passages(self.codebook)
        found = reasons.passages(tags, self.features, self.codebook)
        ruled: pd.DataFrame = found[self.ruled[found["theme"].to_numpy(dtype=np.intp)]]
        return ruled

    @cached_property
    def times(self) -> Floats:
        """How many passages of its terms each theme has in each answer."""
        times = np.zeros(self.shape)
        if self.ruled.any():
            pair = (self.passages[name].to_numpy(dtype=np.intp) for name in ("row", "theme"))
            np.add.at(times, tuple(pair), 1)
        return times

    @property
    def near(self) -> Flags:
        """The pairs where an answer resembles what the theme says of itself."""
        return np.asarray(self.similarity.nearness >= 1, dtype=bool)

    def members(self, rows: Ints) -> Iterator[Member]:
        """What needs no coded answer, as members of the stack."""
        if not self.described:
            return
        everyone = np.ones(len(self.codebook), dtype=bool)
        for near in self.similarity.members:
            yield Member(near[rows], _taken(near), everyone)
        if self.ruled.any():
            yield learned.rules(self.times, rows, self.ruled)

    def words(self, suggested: Flags) -> list[pd.DataFrame]:
        """The passages of terms, and the words of labels and definitions, as reasons."""
        found = []
        if self.ruled.any():
            row, theme = (self.passages[name].to_numpy(np.intp) for name in ("row", "theme"))
            found.append(self.passages[suggested[row, theme]])
        if self.described:
            said = reasons.said_words(self.features, self.codebook)
            found.append(said.found(self.features, suggested))
        return found

    def close(self, pairs: Flags) -> pd.DataFrame:
        """For pairs that share no word, the word nearest in meaning, as a reason."""
        return reasons.near_words(self.features, self.similarity.closeness, pairs)


def _taken(scores: Scores) -> Callable[[Rows], Scores]:
    return lambda rows: scores[rows]
