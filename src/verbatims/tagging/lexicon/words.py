"""Lemmas → the distinct words of the corpus, and those that a piece of a term means."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims.folding import bare, fold, fold_case, fold_word, fold_words, plain
from verbatims.tagging.lexicon.dictionary import inflections, is_known, lemma_of
from verbatims.tagging.lexicon.spelling import LOOSE, TO, How, Piece

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.object_]
Index = dict[str, list[int]]

# The part of a word's uses from which a lemma counts as one of its meanings.
_USUAL = 0.25
# Shorter words are grammar, on which a dictionary without context errs.
_LONG = 4
_PARTICIPLE = re.compile("ée?s?$")
_LAST_PART = re.compile(r"(\w.*)[-‐‑‒–—](\w+)")
_JOINERS = ("", "'")
_GRAMMAR = ("ADP", "CCONJ", "DET", "PRON", "SCONJ")


@dataclass(frozen=True)
class Words:
    """The distinct (form, lemma, grammatical or not) of a corpus, their keys, how often met."""

    forms: Strings
    lemmas: Strings
    form_keys: Strings
    lemma_keys: Strings
    dictionary_keys: Strings  # of the lemma that a dictionary gives to the lemma
    grammatical: Flags
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
    def loose(self) -> Ints:
        """The small words that an expression may skip; « dès » and « là » are not among them."""
        return np.array(self._written(LOOSE), dtype=np.intp)

    @cached_property
    def to(self) -> list[int]:
        """« à », « au », « aux », with or without their accents."""
        return self._written(TO | {"à"})

    def _written(self, small: Collection[str]) -> list[int]:
        candidates = _held(self.by_form, {fold_word(word) for word in small})
        return [number for number in candidates if fold_case(self.forms[number]) in small]


def read(lemmas: pd.DataFrame) -> tuple[Words, Ints]:
    """The words, and for each token the number of its word."""
    form_codes, forms = codes(lemmas["form"])
    lemma_codes, all_lemmas = codes(lemmas["lemma"])
    grammatical = lemmas["pos"].isin(_GRAMMAR).to_numpy()
    pairs = form_codes.astype(np.int64) * len(all_lemmas) + lemma_codes
    tokens, distinct = pd.factorize(pairs * 2 + grammatical)
    form_of, lemma_of = np.divmod(distinct // 2, len(all_lemmas))
    words = Words(
        forms=forms[form_of],
        lemmas=all_lemmas[lemma_of],
        form_keys=_keys(forms)[form_of],
        lemma_keys=_keys(all_lemmas)[lemma_of],
        dictionary_keys=_keys(_dictionary_lemmas(all_lemmas))[lemma_of],
        grammatical=distinct % 2 == 1,
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
    prefixes = tuple({piece.key for piece in pieces if piece.how is How.BEGUN})
    begun = {key: words.by_form[key] for key in words.by_form if key.startswith(prefixes)}
    found: dict[Piece, Ints] = {}
    for piece in pieces:
        match piece.how:
            case How.WRITTEN:
                numbers = _as_written(words, piece)
            case How.TO:
                numbers = words.to
            case How.BEGUN:
                numbers = _beginning(words, begun, piece)
            case How.INFLECTED:
                numbers = [*_inflected(words, piece.word), *_compounds(words, piece)]
        found[piece] = np.unique(np.array(numbers, dtype=np.intp))
    return found


def _keys(values: Strings) -> Strings:
    return np.array(fold_words(values.tolist()), dtype=object)


def _dictionary_lemmas(lemmas: Strings) -> Strings:
    return np.array(
        [lemma_of(lemma) if len(lemma) >= _LONG else lemma for lemma in lemmas], dtype=object
    )


def _index(keys: Iterable[str]) -> Index:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        index[key].append(number)
    return dict(index)


def _held(index: Index, keys: Iterable[str]) -> list[int]:
    return [number for key in keys for number in index.get(key, ())]


def _as_written(words: Words, piece: Piece) -> list[int]:
    """The words of these letters; a capital without accent may stand for one that has it."""
    wanted = bare(piece.word)
    return [
        number
        for number in words.by_form.get(piece.key, ())
        if _same_letters(wanted, bare(words.forms[number]))
    ]


def _same_letters(wanted: str, met: str) -> bool:
    return len(wanted) == len(met) and all(
        a.casefold() == b.casefold() or (b.isupper() and fold(a) == b.casefold())
        for a, b in zip(wanted, met, strict=True)
    )


def _beginning(words: Words, begun: Index, piece: Piece) -> list[int]:
    prefix = fold_case(piece.word)
    numbers = [number for key in begun if key.startswith(piece.key) for number in begun[key]]
    return list(_spelled(words, numbers, lambda written: written.startswith(prefix)))


def _inflected(words: Words, word: str) -> list[int]:
    """The words whose form or lemma is this one or one of its lemmas, and its other forms."""
    known = {word, *_lemmas(words, word)}
    keys = {fold_word(form) for form in known}
    numbers = [*_held(words.by_form, keys), *_held(words.by_lemma, keys)]
    found = _spelled(words, numbers, {fold_case(form) for form in known}.__contains__)
    return [*found, *_regular(words, word)]


def _spelled(words: Words, numbers: Iterable[int], wanted: Callable[[str], bool]) -> Iterator[int]:
    """Accents do not count for words with a meaning; « du » and « mais » are not « dû », « maïs ».

    A sign is no word: « + » is not « plus », though that is its lemma.
    """
    for number in numbers:
        form, lemma = words.forms[number], words.lemmas[number]
        if any(map(str.isalnum, form)) and (
            wanted(fold_case(form)) or wanted(fold_case(lemma)) or not _is_grammar(words, number)
        ):
            yield number


def _is_grammar(words: Words, number: int) -> bool:
    """Most of the time, for the tagger errs in capitals, and unless no dictionary knows it.

    « creer » is taken for a pronoun only because it lacks its accent.
    """
    form = fold_case(words.forms[number])
    if len(form) >= _LONG and not is_known(form):
        return False
    alike = words.by_form[words.form_keys[number]]
    same = [other for other in alike if fold_case(words.forms[other]) == form]
    uses = words.counts[same]
    return bool(uses[words.grammatical[same]].sum() >= uses.sum() / 2)


def _lemmas(words: Words, word: str) -> set[str]:
    """The lemmas of a word, from its uses in the corpus, else from a dictionary.

    A word met as its own lemma has no other: « rencontre » is not « rencontrer ».
    """
    key, written = fold_word(word), fold_case(word)
    uses = list(_spelled(words, words.by_form.get(key, ()), written.__eq__))
    uses = [use for use in uses if fold_case(words.forms[use]) == written] or uses
    if not uses:
        return set() if key in words.by_lemma else _dictionary_lemma(word)
    counts: Counter[str] = Counter()
    for use in uses:
        counts[words.lemmas[use].casefold()] += int(words.counts[use])
    usual = {lemma for lemma, count in counts.items() if count >= _USUAL * counts.total()}
    return set() if word.casefold() in usual else usual


def _dictionary_lemma(word: str) -> set[str]:
    """Not « donner » for « donnée », which may be a noun."""
    lemma = lemma_of(word)
    return set() if _PARTICIPLE.search(word.casefold()) and lemma.endswith("er") else {lemma}


def _regular(words: Words, word: str) -> Iterator[int]:
    """Its plural and feminine where they have another lemma: « partagées », from « partager ».

    Accents may be missing, not added: « mal » has no form « mâle ».
    """
    for form in inflections(word):
        for number in words.by_form.get(fold_word(form), ()):
            if fold_case(plain(words.forms[number])) in (fold_case(form), fold_word(form)):
                yield number


def _compounds(words: Words, piece: Piece) -> list[int]:
    """« co-construisons » for « co-construire »: lemmatisers know only the last part."""
    if not piece.tail:
        return []
    head = piece.key.removesuffix(fold_word(piece.tail))
    tails = {words.form_keys[number] for number in _inflected(words, piece.tail)}
    lemmas = {fold_word(form) for form in (piece.tail, *_lemmas(words, piece.tail))}
    hyphenated = [
        number
        for number, last in words.hyphenated.get(head, ())
        if fold_word(lemma_of(last)) in lemmas
    ]
    return [*_held(words.by_form, (head + tail for tail in tails)), *hyphenated]
