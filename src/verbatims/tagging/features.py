"""Lemmas → what taggers read of the answers, whatever the themes: made once, then kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, issparse
from sklearn.feature_extraction.text import CountVectorizer

from verbatims.content import STOP_VERBS, STOP_WORDS, content
from verbatims.folding import fold_word, fold_words
from verbatims.frames import TAGS
from verbatims.model import Codebook
from verbatims.tagging import lexicon
from verbatims.tagging.lexicon.dictionary import lemma_of

Floats = NDArray[np.float32]
Ints = NDArray[np.integer]
Strings = NDArray[np.object_]
Vectors = Callable[[Sequence[str]], Floats]  # words → a row each, of zeros when unknown

_LETTERS = (3, 5)  # how many make an n-gram
_CHUNK = 4_000  # answers whose n-grams are counted together
_STOPPED = frozenset(map(fold_word, STOP_WORDS | STOP_VERBS))


@dataclass(frozen=True)
class Features:
    """What is read of some answers; one row of every matrix for each of `ids`, in their order.

    A word is a lemma whatever its case and accents, and a column is its number.
    """

    lemmas: pd.DataFrame
    vectors: Vectors

    @classmethod
    def of(cls, lemmas: pd.DataFrame, vectors: Vectors) -> "Features":
        """The rows of `lemmas` follow the text, verbatim after verbatim."""
        return cls(lemmas, vectors)

    def passages(self, codebook: Codebook) -> pd.DataFrame:
        """Where the terms of a codebook stand, as TAGS; see lexicon.tag."""
        return lexicon.find(self._text, codebook) if len(self.lemmas) else TAGS.empty()

    @cached_property
    def _text(self) -> lexicon.Text:
        return lexicon.Text.of(self.lemmas)

    @cached_property
    def ids(self) -> Strings:
        """Every verbatim of the lemmas, in their order."""
        return self._numbered[1]

    @cached_property
    def counts(self) -> csr_matrix:
        """How often each content word stands in each answer."""
        tokens, rows = self._content
        return _counted(rows, self._tokens.word[tokens], self._shape)

    @cached_property
    def present(self) -> csr_matrix:
        """1 where a content word stands in an answer."""
        present = self.counts.copy()
        present.data[:] = 1
        return present

    @cached_property
    def first(self) -> csr_matrix:
        """Beside each count, the row of `lemmas` where the word first stands, plus one."""
        tokens, rows = self._content
        word = self._tokens.word[tokens]
        place = rows.astype(np.int64) * self._shape[1] + word
        found, earliest = np.unique(place, return_index=True)
        rows, columns = np.divmod(found, self._shape[1])
        at = self._tokens.at[tokens[earliest]] + 1
        return csr_matrix((at, (rows, columns)), shape=self._shape)

    @cached_property
    def rarity(self) -> Floats:
        """What each content word weighs: 1 + log((1 + answers) / (1 + answers that hold it))."""
        return _rarity(self.counts)

    @cached_property
    def content(self) -> csr_matrix:
        """TF-IDF of content words."""
        return _tfidf(self.counts)

    @cached_property
    def words(self) -> csr_matrix:
        """TF-IDF of all words."""
        tokens = self._tokens
        return _tfidf(_counted(tokens.row, tokens.word, self._shape))

    @cached_property
    def pairs(self) -> csr_matrix:
        """TF-IDF of the pairs of neighbours met more than once."""
        row, word = self._tokens.row, self._tokens.word.astype(np.int64)
        follows = np.flatnonzero(row[1:] == row[:-1])
        pair = word[follows] * self._shape[1] + word[follows + 1]
        number, _ = pd.factorize(pair)
        again = np.bincount(number) > 1
        column = np.cumsum(again) - 1
        kept = again[number]
        shape = len(self.ids), int(again.sum())
        return _tfidf(_counted(row[follows[kept]], column[number[kept]], shape))

    @cached_property
    def letters(self) -> "Letters":
        tokens = self._tokens
        counts = _counted(tokens.row, tokens.form, (len(self.ids), len(tokens.forms)))
        return Letters.of(counts, tokens.forms.tolist())

    @property
    def meaning(self) -> Floats:
        """The mean vector of the content words of each answer, less that of all answers."""
        return self._meaning[0]

    @cached_property
    def word_vectors(self) -> Floats:
        """A vector of length one for each word, of zeros when unknown or empty."""
        used = np.flatnonzero(np.bincount(self.counts.indices, minlength=self._shape[1]))
        found = self.vectors(self.written[used].tolist())
        vectors = np.zeros((self._shape[1], max(found.shape[1], 1)), dtype=np.float32)
        if len(used):
            vectors[used] = unit(found)
        return vectors

    @cached_property
    def length(self) -> Floats:
        """How long each answer is beside the others: log of its words, standardised."""
        size = np.log1p(np.bincount(self._tokens.row, minlength=len(self.ids)))
        gap = size - size.sum() / max(1, len(size))
        return np.asarray(gap / (size.std() or 1) if len(size) else gap, dtype=np.float32)

    @cached_property
    def word_of(self) -> dict[str, int]:
        """For each content word as folded when written, the word that it most often is."""
        tokens, _ = self._content
        forms, words = self._tokens.form[tokens], self._tokens.word[tokens]
        place = forms.astype(np.int64) * self._shape[1] + words
        found, times = np.unique(place, return_counts=True)
        form, word = np.divmod(found, self._shape[1])
        order = np.lexsort((-word, times))  # the commonest last, and so the one that stays
        written = self._tokens.forms[form[order]].tolist()
        return dict(zip(written, word[order].tolist(), strict=True))

    def number(self, word: str) -> int | None:
        """The number of a word written elsewhere; None if no answer has it."""
        key = fold_word(word)
        lemma = fold_word(lemma_of(word.lower()))
        return self.word_of.get(key, self._numbers.get(key, self._numbers.get(lemma)))

    def meant(self, vectors: Floats) -> Floats:
        """Sums of word vectors, to be compared with `meaning`."""
        return _centred(unit(vectors), self._meaning[1])

    @property
    def written(self) -> Strings:
        """Each word as it is most often written."""
        return self._tokens.written

    @cached_property
    def _meaning(self) -> tuple[Floats, Floats]:
        """The vectors of all answers, and the middle taken away from them."""
        directions = unit(self.counts @ self.word_vectors)
        total = directions.sum(axis=0, dtype=np.float64)
        middle = (total / max(1, len(directions))).astype(np.float32)
        return _centred(directions, middle), middle

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The content words by their key."""
        used = np.unique(self.counts.indices)
        return dict(zip(self._tokens.words[used].tolist(), used.tolist(), strict=True))

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.ids), len(self._tokens.words)

    @cached_property
    def _numbered(self) -> tuple[Ints, Strings]:
        """The row of each token among the ids, and the ids."""
        codes, values = _codes(self.lemmas["verbatim_id"])
        begins = np.diff(codes, prepend=-1) != 0
        return np.cumsum(begins, dtype=np.int32) - 1, values[codes[begins]]

    @cached_property
    def _tokens(self) -> "_Tokens":
        return _Tokens.of(self.lemmas, self._numbered[0])

    @cached_property
    def _content(self) -> tuple[Ints, Ints]:
        """Which tokens are content words, and in which answers."""
        at = self._tokens.at
        told = {name: self.lemmas[name].array[at] for name in ("lemma", "pos")}
        kept = content(pd.DataFrame(told)).index.to_numpy().astype(np.int32)
        return kept, self._tokens.row[kept]


@dataclass(frozen=True)
class _Tokens:
    """The tokens that are words, by their numbers."""

    at: Ints  # row in the lemmas
    row: Ints  # number of the answer
    word: Ints
    form: Ints
    words: Strings  # keys of the lemmas
    forms: Strings  # keys of the words as read
    written: Strings  # the commonest spelling of each of `words`

    @classmethod
    def of(cls, lemmas: pd.DataFrame, rows: Ints) -> "_Tokens":
        words = ~lemmas["pos"].isin(["PUNCT", "SPACE"]).to_numpy()
        at = np.flatnonzero(words).astype(np.int32)
        lemma, spellings = _codes(lemmas["lemma"])
        word, keys = _folded(spellings)
        times = np.bincount(lemma[at], minlength=len(spellings))
        written = np.empty(len(keys), dtype=object)
        order = np.lexsort((-np.arange(len(spellings)), times))
        written[word[order]] = spellings[order]
        read, readings = _read(lemmas)
        form, forms = _folded(readings)
        return cls(at, rows[at], word[lemma[at]], form[read[at]], keys, forms, written)


@dataclass(frozen=True)
class Letters:
    """Answers × n-grams of letters, of length one, kept as (answers × forms) · (forms × n-grams).

    The product, fifty times larger, is never made: scores go through the forms.
    """

    forms: csr_matrix
    grams: csr_matrix
    counter: Any  # the n-grams of a word, as numbers
    weights: Floats  # of the n-grams
    rarity: dict[str, float]  # of the forms, 0 for empty words

    @classmethod
    def of(cls, counts: csr_matrix, forms: list[str]) -> "Letters":
        counter = CountVectorizer(analyzer="char_wb", ngram_range=_LETTERS, dtype=np.float32)
        counter.fit([*forms, "mot"])  # one word at least, or it refuses
        found = counter.transform(forms)
        often = np.bincount(counts.indices, minlength=len(forms))
        held = np.minimum((found > 0).T @ often, counts.shape[0])
        weights = _weight(held, counts.shape[0])
        grams = unit(found @ diags(weights))
        empty = np.array([form in _STOPPED or not _is_word(form) for form in forms], dtype=bool)
        rarity = np.where(empty, 0, _rarity(counts)).astype(np.float32)
        weighted = (counts @ diags(rarity)).astype(np.float32).tocsr()
        weighted.eliminate_zeros()
        by_form = dict(zip(forms, rarity.tolist(), strict=True))
        return cls(_unit_product(weighted, grams), grams, counter, weights, by_form)

    def rows(self, rows: Ints) -> csr_matrix:
        return self.forms[rows] @ self.grams

    def scores(self, weights: NDArray[np.floating], rows: "Ints | slice") -> NDArray[np.floating]:
        """What the rows score, from a weight for each n-gram in each column."""
        return np.asarray(self.forms[rows] @ (self.grams @ weights))

    def of_words(self, words: Sequence[str]) -> Floats:
        """The n-grams of some words together, as those of an answer."""
        keys = list(dict.fromkeys(fold_words(list(words))))
        unknown = 1 + float(np.log(1 + self.forms.shape[0]))
        rarity = np.array([self.rarity.get(key, unknown) for key in keys], dtype=np.float32)
        if not keys:
            return np.zeros(len(self.weights), dtype=np.float32)
        grams = unit(self.counter.transform(keys) @ diags(self.weights))
        return np.asarray(unit((rarity @ grams)[None])[0], dtype=np.float32)


def unit(rows: Any) -> Any:
    """The rows of a matrix, sparse or not, each of length one; those of zeros stay so."""
    if issparse(rows):
        squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    else:
        squares = np.einsum("ij,ij->i", rows, rows)
    scale = (1 / np.sqrt(np.where(squares > 0, squares, 1))).astype(np.float32)
    return (diags(scale) @ rows).tocsr() if issparse(rows) else rows * scale[:, None]


def _centred(vectors: Floats, middle: Floats) -> Floats:
    """Their directions once the middle is taken away; those that say nothing stay at zero.

    The vectors are written over: those of 100,000 answers weigh 120 MB.
    """
    empty = ~vectors.any(axis=1)
    vectors -= middle
    vectors[empty] = 0
    return np.asarray(unit(vectors), dtype=np.float32)


def _unit_product(forms: csr_matrix, grams: csr_matrix) -> csr_matrix:
    """`forms` scaled so that every row of forms · grams is of length one."""
    starts = range(0, forms.shape[0], _CHUNK)
    parts = (forms[start : start + _CHUNK] @ grams for start in starts)
    squares = [np.asarray(part.multiply(part).sum(axis=1)).ravel() for part in parts]
    lengths = np.sqrt(np.concatenate([np.zeros(0), *squares]))
    lengths[lengths == 0] = 1
    return (diags((1 / lengths).astype(np.float32)) @ forms).tocsr()


def _read(lemmas: pd.DataFrame) -> tuple[Ints, Strings]:
    """The number of the word read for each token, repaired or as written, and those words."""
    form, forms = _codes(lemmas["form"])
    repaired, repairs = _codes(lemmas["repaired"])
    said = np.array([bool(word) for word in repairs], dtype=bool)
    number = np.where(said[repaired], repaired + len(forms), form).astype(np.int32)
    return number, np.concatenate([forms, repairs])


def _folded(values: Strings) -> tuple[Ints, Strings]:
    """The number of the key of each value, and the keys in alphabetical order."""
    keys = np.array(fold_words(values.tolist()), dtype=object)
    distinct, number = np.unique(keys, return_inverse=True)
    return number.astype(np.int32), distinct


def _codes(column: pd.Series) -> tuple[Ints, Strings]:
    values = column.astype("category").cat
    return values.codes.to_numpy().astype(np.int32), values.categories.to_numpy(dtype=object)


def _counted(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_matrix((ones, (rows, columns)), shape=shape)  # adds up what is repeated


def _tfidf(counts: csr_matrix) -> csr_matrix:
    logged = counts.copy()
    logged.data = 1 + np.log(logged.data)
    return unit(logged @ diags(_rarity(counts)))


def _rarity(counts: csr_matrix) -> Floats:
    return _weight(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])


def _weight(often: NDArray[Any], n: int) -> Floats:
    return np.asarray(1 + np.log((1 + n) / (1 + often)), dtype=np.float32)


def _is_word(key: str) -> bool:
    return len(key) > 1 and any(map(str.isalpha, key))
