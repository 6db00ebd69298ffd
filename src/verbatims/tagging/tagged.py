"""What a tagger gives, and the coded answers that it learns from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.model import Codebook
from verbatims.tagging.features import Features, Strings

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]

HALF = 0.5  # the threshold of scores that are no probabilities


@dataclass(frozen=True)
class Tagged:
    """Suggestions, with the score of every (answer, theme) pair behind them.

    `scores` and `crossfit` are verbatims × themes; a row of `crossfit` is what a model that never
    saw that coded answer gives it, and it has no row when nothing is learned.
    """

    tags: pd.DataFrame  # TAGS: a row per passage or reason
    scores: pd.DataFrame
    crossfit: pd.DataFrame
    threshold: Mapping[str, float]  # by theme, the score from which it is suggested
    note: str  # what the suggestions stand on
    calibrated: bool  # whether the scores read as probabilities


@dataclass(frozen=True)
class Coded:
    """The coded answers: their rows among the features, and labels of rows × themes."""

    rows: Ints
    labels: Floats  # 1.0 present, 0.0 absent, NaN where the theme was not sought

    @classmethod
    def of(cls, features: Features, codebook: Codebook, labels: pd.DataFrame | None) -> "Coded":
        """In the order of the answers; without those where no theme of the codebook was sought."""
        themes = ids(codebook)
        if labels is None:
            return cls(np.empty(0, dtype=np.intp), np.empty((0, len(themes))))
        known = labels.reindex(columns=themes).dropna(how="all")
        at = places(features.ids, known.index)
        kept = np.flatnonzero(at >= 0)
        kept = kept[np.argsort(at[kept], kind="stable")]
        return cls(at[kept], known.to_numpy(dtype=np.float64)[kept])

    def take(self, kept: NDArray[np.bool_] | Ints) -> "Coded":
        return Coded(self.rows[kept], self.labels[kept])


def places(among: Sequence[str] | Strings, values: Iterable[str]) -> Ints:
    """Where each value is among others, -1 where it is not."""
    return pd.Index(among).get_indexer(pd.Index(values))


def ids(codebook: Codebook) -> list[str]:
    return [theme.id for theme in codebook]


def wide(
    features: Features,
    codebook: Codebook,
    scores: NDArray[np.floating],
    rows: Ints | None = None,
) -> pd.DataFrame:
    """The scores as a frame, of these rows or of all."""
    index = features.ids if rows is None else features.ids[rows]
    named = pd.Index(index, name="verbatim_id")
    return pd.DataFrame(scores.astype(np.float32), index=named, columns=ids(codebook))
