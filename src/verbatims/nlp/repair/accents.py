"""Words written without their accents → the words with accents that they may stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from verbatims.folding import fold
from verbatims.nlp.lexicon import lexicon
from verbatims.nlp.lexicon.index import Index

# The frequencies count what people write, and this share of them leaves the accents out.
_CARELESS = 0.05
_RARE = 0.02  # what a known word is met per million when nobody has counted it
_SEPARATOR = "\n"

Floats = NDArray[np.float32]


class Twin(NamedTuple):
    """A word with accents, beside what is the same without them."""

    word: str  # "" when there is none
    odds: float  # how much more frequent than the word without accents, where accents are written
    known: bool  # whether the word without accents is one too

    @property
    def share(self) -> float:
        """How often who writes accents would leave this word without any."""
        return 1.0 if not self.word or (self.known and self.odds == inf) else 1 / (1 + self.odds)


KNOWN = Twin("", 0.0, known=True)


@dataclass(frozen=True)
class Accents:
    """The words of French that have accents, found by what they are without."""

    _keys: Index
    _words: pa.StringArray
    _frequencies: Floats

    def twins(self, words: Sequence[str]) -> list[Twin]:
        """The most frequent twin of each of these words, which are in lower case."""
        rows = self._keys.rows(words)
        found = rows >= 0
        twins = self._words.take(pa.array(np.maximum(rows, 0)))
        theirs = np.where(found, self._frequencies[rows], 0)
        known, heard = lexicon().known(words), lexicon().frequency(words)
        own = np.maximum(heard - _CARELESS * theirs, 0.2 * heard) + _RARE
        own[~known & (heard <= theirs)] = 0
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.where(found, theirs / own, 0)
        return [
            Twin("", 0.0, known=bool(k)) if not f else Twin(t, _odds(w, t, o), known=bool(k))
            for w, t, o, k, f in zip(
                words, twins.to_pylist(), odds.tolist(), known, found, strict=True
            )
        ]


def _odds(word: str, twin: str, odds: float) -> float:
    """« coeur » is « cœur » whatever the frequencies."""
    return inf if twin.replace("œ", "oe").replace("æ", "ae") == word else odds


@cache
def accents() -> Accents:
    """What the lexicon knows of accents, ready once per process."""
    known = lexicon()
    plain = pc.string_is_ascii(known.forms).to_numpy(zero_copy_only=False)
    compound = pc.match_substring_regex(known.forms, "['-]").to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(~plain & (compound | (known.frequencies > 0)))
    rows = rows[np.argsort(-known.frequencies[rows], kind="stable")]
    words = known.forms.take(pa.array(rows))
    keys = pa.array(fold(_SEPARATOR.join(words.to_pylist())).split(_SEPARATOR), pa.string())
    distinct = keys.unique()  # in order: the most frequent word of each key comes first
    first = np.unique(pc.index_in(keys, distinct).to_numpy(), return_index=True)[1]
    return Accents(
        Index(distinct), words.take(pa.array(first)), known.frequencies[rows][first] + _RARE
    )
