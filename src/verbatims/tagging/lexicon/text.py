"""Lemmas → the tokens one after the other, as numbers, with what separates them."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from verbatims.tagging.lexicon.words import Flags, Ints, Strings, Words, codes, read

_END = re.compile(r"[.!?;…]+|\s+")  # of a sentence; line breaks are the only spaces kept


@dataclass(frozen=True)
class Text:
    """`tokens` and `verbatims` are numbers in `words` and `ids`, `pos` in `parts`."""

    words: Words
    tokens: Ints
    verbatims: Ints
    ids: Strings
    pos: Ints
    parts: Strings
    start: Ints
    end: Ints

    @classmethod
    def of(cls, lemmas: pd.DataFrame) -> "Text":
        words, tokens = read(lemmas)
        verbatims, ids = codes(lemmas["verbatim_id"])
        pos, parts = codes(lemmas["pos"])
        start, end = lemmas["start"].to_numpy(), lemmas["end"].to_numpy()
        return cls(words, tokens, verbatims, ids, pos, parts, start, end)

    def among(self, numbers: Ints) -> Flags:
        """Which of the distinct words are these."""
        flags = np.zeros(len(self.words.forms), dtype=np.bool_)
        flags[numbers] = True
        return flags

    @cached_property
    def joiners(self) -> Flags:
        """Hyphens and apostrophes that touch the word before; others separate, as a bullet does."""
        flags = self.among(self.words.joiners)[self.tokens]
        alone = np.flatnonzero(flags)
        before = np.maximum(alone - 1, 0)
        flags[alone] = (self.verbatims[before] == self.verbatims[alone]) & (
            self.end[before] == self.start[alone]
        )
        return flags

    @cached_property
    def sentences(self) -> Ints:
        """The number of the sentence of each token; the sign that ends one belongs to it."""
        ends = np.array([bool(_END.fullmatch(form)) for form in self.words.forms], dtype=np.bool_)
        begins = np.zeros(len(self.tokens), dtype=np.int32)
        begins[1:] = ends[self.tokens[:-1]] | (np.diff(self.verbatims) != 0)
        numbers: Ints = np.cumsum(begins, dtype=np.int32)
        return numbers

    @cached_property
    def words_so_far(self) -> Ints:
        """How many words, signs left out, stand up to each token, this one included."""
        said = np.array([any(map(str.isalnum, form)) for form in self.words.forms], dtype=np.bool_)
        counts: Ints = np.cumsum(said[self.tokens], dtype=np.int32)
        return counts
