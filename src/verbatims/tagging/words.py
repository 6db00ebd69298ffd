"""Lemmas → the distinct words of the corpus, and those that a piece of a term means."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims.folding import fold_word, fold_words
from verbatims.model import TermKind
from verbatims.tagging.spelling import SMALL, Piece

Ints = npt.NDArray[np.integer]
Strings = npt.NDArray[np.object_]
Index = dict[str, list[int]]

# The part of a word's uses from which a lemma counts as one of its meanings.
_USUAL = 0.25
# Shorter words are grammar, on which a dictionary without context errs.
_LONG = 4
_LAST_PART = re.compile(r"(\w.*)[-‐‑‒–—](\w+)")
_JOINERS = ("", "'")
_SMALL_AS_WRITTEN = (SMALL - {"a"}) | {"à"}


@dataclass(frozen=True)
class Words:
    """The distinct (form, lemma) of a corpus, their keys, and how often each is met."""

    forms: Strings
    lemmas: Strings
    form_keys: Strings
    lemma_keys: Strings
    dictionary_keys: Strings  # of the lemma that a dictionary gives to the lemma
    counts: Ints

    @cached_property
    def by_form(self) -> Index:
        return _index(self.form_keys)

    @cached_property
    def by_lemma(self) -> Index:
        """By lemma; « valorise », when taken for a noun, is also found under « valoriser »."""
        index = _index(self.lemma_keys)
        for number in np.flatnonzero(self.dictionary_keys != self.lemma_keys):
            index.setdefault(self.dictionary_keys[number], []).append(int(number))
        return index

    @cached_property
    def hyphenated(self) -> dict[str, list[tuple[int, str]]]:
        """The words with a hyphen inside, by what stands before the last one."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, form in enumerate(self.forms):
            cut = _LAST_PART.fullmatch(form)
            if cut:
                found[fold_word(cut[1])].append((number, cut[2].lower()))
        return dict(found)

    @cached_property
    def joiners(self) -> Ints:
        """Hyphens and apostrophes that stand alone."""
        return np.array(_held(self.by_form, _JOINERS), dtype=np.intp)

    @cached_property
    def small(self) -> Ints:
        """The words that an expression skips; « a » only where it is « à » without its accent."""
        written = (form.casefold().replace("’", "'") for form in self.forms)
        is_small = np.fromiter((form in _SMALL_AS_WRITTEN for form in written), dtype=np.bool_)
        return np.flatnonzero(is_small | (self.lemmas == "à"))


def read(lemmas: pd.DataFrame) -> tuple[Words, Ints]:
    """The words, and for each token the number of its word."""
    form_codes, forms = codes(lemmas["form"])
    lemma_codes, all_lemmas = codes(lemmas["lemma"])
    pairs = form_codes.astype(np.int64) * len(all_lemmas) + lemma_codes
    tokens, distinct = pd.factorize(pairs)
    form_of, lemma_of = np.divmod(distinct, len(all_lemmas))
    words = Words(
        forms=forms[form_of],
        lemmas=all_lemmas[lemma_of],
        form_keys=_keys(forms)[form_of],
        lemma_keys=_keys(all_lemmas)[lemma_of],
        dictionary_keys=_keys(_dictionary_lemmas(all_lemmas))[lemma_of],
        counts=np.bincount(tokens, minlength=len(distinct)),
    )
    return words, tokens


def codes(column: "pd.Series[str]") -> tuple[Ints, Strings]:
    """The number of each value, and the values; free where the column is categorical."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories.to_numpy(dtype=object)
    numbers, values = pd.factorize(column)
    return numbers, np.asarray(values, dtype=object)


def meant(words: Words, pieces: Collection[Piece]) -> dict[Piece, Ints]:
    """The numbers of the words that each piece may be."""
    prefixes = {piece.key for piece in pieces if piece.kind is TermKind.PREFIX}
    begun = _begun(words, tuple(prefixes))
    found: dict[Piece, Ints] = {}
    for piece in pieces:
        match piece.kind:
            case TermKind.EXACT:
                numbers = words.by_form.get(piece.key, [])
            case TermKind.PREFIX:
                numbers = [n for key, n in begun if key.startswith(piece.key)]
            case _:
                numbers = [*_inflected(words, piece.word), *_compounds(words, piece)]
        found[piece] = np.unique(np.array(numbers, dtype=np.intp))
    return found


def _keys(values: Strings) -> Strings:
    return np.array(fold_words(values.tolist()), dtype=object)


def _dictionary_lemmas(lemmas: Strings) -> Strings:
    return np.array(
        [_dictionary_lemma(lemma) if len(lemma) >= _LONG else lemma for lemma in lemmas],
        dtype=object,
    )


@cache
def _dictionary_lemma(word: str) -> str:
    from simplemma import lemmatize

    return str(lemmatize(word, lang="fr"))


def _index(keys: Iterable[str]) -> Index:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        index[key].append(number)
    return dict(index)


def _held(index: Index, keys: Iterable[str]) -> list[int]:
    return [number for key in keys for number in index.get(key, ())]


def _begun(words: Words, prefixes: tuple[str, ...]) -> list[tuple[str, int]]:
    """Key and number of the words whose form or lemma begins with one of the prefixes."""
    indexes = (words.by_form, words.by_lemma)
    keys = ((index, key) for index in indexes for key in index if key.startswith(prefixes))
    return [(key, number) for index, key in keys for number in index[key]] if prefixes else []


def _inflected(words: Words, word: str) -> list[int]:
    """The words whose form or lemma is this one or one of its lemmas."""
    keys = {fold_word(word), *_lemmas(words, word)}
    return [*_held(words.by_form, keys), *_held(words.by_lemma, keys)]


def _lemmas(words: Words, word: str) -> set[str]:
    """Keys of the lemmas of a word, from its uses in the corpus, else from a dictionary.

    A word met as its own lemma has no other: « rencontre » is not « rencontrer ».
    """
    key, written = fold_word(word), word.casefold()
    uses = words.by_form.get(key, [])
    uses = [use for use in uses if words.forms[use].casefold() == written] or uses
    if not uses:
        return set() if key in words.by_lemma else {fold_word(_dictionary_lemma(word))}
    counts: Counter[str] = Counter()
    for use in uses:
        counts[words.lemmas[use].casefold()] += int(words.counts[use])
    usual = {lemma for lemma, count in counts.items() if count >= _USUAL * counts.total()}
    return {key} if written in usual else {fold_word(lemma) for lemma in usual}


def _compounds(words: Words, piece: Piece) -> list[int]:
    """« co-construisons » for « co-construire »: lemmatisers know only the last part."""
    if not piece.tail:
        return []
    head = piece.key.removesuffix(fold_word(piece.tail))
    tails = {words.form_keys[number] for number in _inflected(words, piece.tail)}
    lemmas = {fold_word(piece.tail), *_lemmas(words, piece.tail)}
    hyphenated = [
        number
        for number, last in words.hyphenated.get(head, ())
        if fold_word(_dictionary_lemma(last)) in lemmas
    ]
    return [*_held(words.by_form, (head + tail for tail in tails)), *hyphenated]
