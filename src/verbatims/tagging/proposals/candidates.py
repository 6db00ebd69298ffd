"""Answers → what could be a term: their lemmas, expressions of two or three words, long stems."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from verbatims.content import content
from verbatims.folding import fold_word, fold_words
from verbatims.model import Term, TermKind
from verbatims.tagging.lexicon.spelling import LOOSE

Ints = NDArray[np.int64]
Strings = NDArray[np.object_]

_TIMES = 2  # in fewer answers a word says nothing
_WRITABLE = re.compile(r"\w[\w'’‐-]*\w")  # what a term may be, without a sign that means something
_UNLESS = "sauf"  # the language of terms has this word
_STEM, _SHARE = 6, 0.6  # letters of a stem, and its share of the longest word that begins so
_SAMPLE = 50  # how many occurrences tell how an expression is mostly written
_AFTER = "\U0010ffff"


@dataclass(frozen=True)
class Candidates:
    """Numbered candidates, the simplest first; `present` has a row per answer."""

    present: csr_matrix
    lemmas: Strings  # the first candidates, as they are written
    expressions: "_Expressions"
    stems: Strings  # the last candidates

    def term(self, number: int) -> Term:
        if number < len(self.lemmas):
            return term(self.lemmas[number], TermKind.LEMMA)
        number -= len(self.lemmas)
        if number < len(self.expressions.numbers):
            return term(self.expressions.written(number), TermKind.EXPRESSION)
        return term(self.stems[number - len(self.expressions.numbers)], TermKind.PREFIX)


def term(written: str, kind: TermKind) -> Term:
    """A term as the codebook would read it."""
    return Term(written, kind, tuple(written.removesuffix("*").split()))


def candidates(lemmas: pd.DataFrame, ids: pd.Index) -> Candidates:
    """Those met in two answers or more; the `lemmas` are all of answers of `ids`.

    Lemmas are those of content words; an expression begins and ends with one, and only small
    words stand inside; a stem is of two words or more.
    """
    lemmas = lemmas.reset_index(drop=True)
    words = _Words.of(lemmas, ids)
    one = _counted(words.row, words.word, (len(ids), len(words.written)))
    stems, of_stem = _stems(words)
    expressions, spoken = _expressions(lemmas, words, len(ids))
    kept, families = _often(one), one @ of_stem
    present = hstack([one[:, kept], spoken, families.sign()], format="csr")
    return Candidates(present, words.written[kept], expressions, stems)


@dataclass(frozen=True)
class _Words:
    """The content words: their rows in the lemmas, the rows of their answers, their numbers."""

    place: Ints
    row: Ints
    word: Ints
    keys: Strings  # of each word, in alphabetical order
    written: Strings  # how each word is mostly written
    vocabulary: list[str]  # the keys of all lemmas of the corpus, in order

    @classmethod
    def of(cls, lemmas: pd.DataFrame, ids: pd.Index) -> "_Words":
        category = lemmas["lemma"].astype("category").cat
        spellings = category.categories.to_numpy(dtype=object)
        folded = np.array(fold_words(spellings.tolist()), dtype=object)
        writable = np.array([bool(_WRITABLE.fullmatch(word)) for word in spellings], dtype=bool)
        place = content(lemmas).index.to_numpy()
        place = place[writable[category.codes.to_numpy()[place]]]
        spelling = category.codes.to_numpy()[place]
        keys, number = np.unique(folded[np.unique(spelling)].astype(str), return_inverse=True)
        word_of = np.zeros(len(spellings), dtype=np.int64)
        word_of[np.unique(spelling)] = number
        often = np.bincount(spelling, minlength=len(spellings))
        rarest_first = np.lexsort((-np.arange(len(spellings)), often))
        met = rarest_first[often[rarest_first] > 0]
        written = np.empty(len(keys), dtype=object)
        written[word_of[met]] = spellings[met]  # of two spellings, the last one stays
        row = ids.get_indexer(lemmas["verbatim_id"].array[place])
        vocabulary = sorted(set(folded))
        return cls(place, row, word_of[spelling], keys.astype(object), written, vocabulary)


def _counted(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    """0 and 1, whether each stands in each answer."""
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape).sign()


def _often(present: csr_matrix) -> Ints:
    return np.flatnonzero(np.asarray(present.sum(axis=0)).ravel() >= _TIMES)


@dataclass(frozen=True)
class _Expressions:
    """Where each stands; `numbers` are those of the kept ones, in order."""

    lemmas: pd.DataFrame
    numbers: Ints
    number: Ints  # of each occurrence, in order
    first: Ints
    last: Ints

    def written(self, kept: int) -> str:
        """As it is mostly written, in small letters but for names and acronyms."""
        at = np.searchsorted(self.number, self.numbers[kept] + np.arange(2))
        seen = range(at[0], min(at[1], at[0] + _SAMPLE))
        counts = Counter(self._surface(self.first[n], self.last[n]) for n in seen)
        return max(counts, key=lambda written: (counts[written], written))

    def _surface(self, first: int, last: int) -> str:
        rows = self.lemmas.iloc[first : last + 1]
        forms: list[str] = [
            form if pos == "PROPN" or (form.isupper() and len(form) > len("L'")) else form.lower()
            for form, pos in zip(rows["form"], rows["pos"], strict=True)
        ]
        apart = rows["start"].to_numpy()[1:] > rows["end"].to_numpy()[:-1]
        return forms[0] + "".join(
            f" {form}" if space else form for form, space in zip(forms[1:], apart, strict=True)
        )


def _expressions(
    lemmas: pd.DataFrame, words: _Words, answers: int
) -> tuple[_Expressions, csr_matrix]:
    link = _links(lemmas, words)
    joined = link >= 0
    pair = _numbered(words.word[:-1], link, words.word[1:])
    triple = _numbered(pair[:-1], pair[1:])
    threes = joined[:-1] & joined[1:]
    at_two, at_three = np.flatnonzero(joined), np.flatnonzero(threes)
    begins = np.concatenate([at_two, at_three])
    ends = np.concatenate([at_two + 1, at_three + 2])
    number = np.concatenate([pair[at_two], triple[at_three] + pair.max(initial=-1) + 1])
    order = np.lexsort((begins, number))
    begins, ends, number = begins[order], ends[order], number[order]
    present = _counted(words.row[begins], number, (answers, int(number.max(initial=-1)) + 1))
    kept = _often(present)
    places = words.place[begins], words.place[ends]
    return _Expressions(lemmas, kept, number, *places), present[:, kept]


def _links(lemmas: pd.DataFrame, words: _Words) -> Ints:
    """What joins each content word to the next: 0, or the number of a small word; -1 if parted.

    Articles and « de » are free, as for the tagger; one other preposition may stand inside.
    """
    category = lemmas["lemma"].astype("category").cat
    codes = category.codes.to_numpy().astype(np.int64) + 1
    forms = lemmas["form"].astype("category").cat
    keys, form = fold_words(forms.categories.tolist()), forms.codes.to_numpy()
    loose = np.isin(keys, list(LOOSE))[form]
    plain = np.array([key.isalpha() and key != _UNLESS for key in keys], dtype=bool)[form]
    small = (lemmas["pos"] == "ADP").to_numpy() & plain & ~loose
    before, after = words.place[:-1] + 1, words.place[1:]
    walls = _between(~loose & ~small, before, after)
    several = _between(small, before, after) > 1
    apart = np.diff(words.row) != 0
    link = _between(np.where(small, codes, 0), before, after)
    return np.where((walls > 0) | several | apart, -1, link)


def _between(values: NDArray[Any], start: Ints, end: Ints) -> Ints:
    sums = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    between: Ints = sums[end] - sums[start]
    return between


def _numbered(*columns: Ints) -> Ints:
    """The number of each row of values, in their order."""
    if not len(columns[0]):
        return np.empty(0, dtype=np.int64)
    numbers = np.unique(np.column_stack(columns), axis=0, return_inverse=True)[1]
    return np.asarray(numbers, dtype=np.int64).ravel()


def _stems(words: _Words) -> tuple[Strings, csr_matrix]:
    """The long stems that words share, and the words of each: words × stems.

    A stem that begins much longer words of the corpus is left out: « commun » is of too many.
    So is one that is not written alike in all: « supprimer » and « supprimé ».
    """
    keys = words.keys.tolist()
    shared = {commonprefix(two) for two in pairwise(keys)}
    families = {}
    for stem in sorted(stem for stem in shared if len(stem) >= _STEM and stem.isalpha()):
        family = _begun(keys, stem)
        longest = max(len(words.vocabulary[number]) for number in _begun(words.vocabulary, stem))
        written = commonprefix([words.written[word].lower() for word in family])
        if len(stem) >= _SHARE * longest and fold_word(written) == stem:
            families[f"{written}*"] = family
    rows = np.array([word for family in families.values() for word in family], dtype=np.int64)
    columns = np.repeat(np.arange(len(families)), [len(family) for family in families.values()])
    present = _counted(rows, columns, (len(keys), len(families)))
    return np.array(list(families), dtype=object), present


def _begun(keys: list[str], stem: str) -> range:
    """The numbers of those that begin so, in a list in order."""
    return range(bisect_left(keys, stem), bisect_left(keys, stem + _AFTER))
