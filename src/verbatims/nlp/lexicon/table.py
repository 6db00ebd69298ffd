"""The data files → what is known of each form: its frequency, parts of speech and lemmas."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from verbatims.nlp.lexicon.endings import Endings
from verbatims.nlp.lexicon.index import Index, Ints, normal

PARTS_OF_SPEECH = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN"),
    *("PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X"),
)
PLACES = {part: place for place, part in enumerate(PARTS_OF_SPEECH)}
_AS_WRITTEN = frozenset({"PROPN", "PUNCT", "SPACE", "SYM"})

# A part of speech, and those whose lemma is taken when the form has none for it.
_TRIED = {
    "ADJ": ("ADJ", "NOUN", "VERB"),
    "ADV": ("ADV", "ADJ"),
    "AUX": ("AUX", "VERB"),
    "INTJ": ("INTJ", "NOUN", "VERB"),
    "NOUN": ("NOUN", "ADJ", "VERB", "ADV"),
    "VERB": ("VERB", "AUX", "ADJ", "NOUN"),
    "X": ("NOUN", "ADJ", "VERB"),
}
_MOST_TRIED = 4

_ACCENTED = {"a": "àâ", "c": "ç", "e": "éèêë", "i": "îï", "o": "ô", "u": "ùûü"}
_SISTERS = {
    letter: sisters.replace(letter, "") + plain
    for plain, sisters in _ACCENTED.items()
    for letter in plain + sisters
}
_COMPOUND = "^[^-']+-[^']*[^-']$"
_LEFTOVER = re.compile("^-(?:t-)?(?=.)")  # « -t-il », « -là »

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Masks = NDArray[np.uint32]
Lemmas = tuple[NDArray[np.int32], pa.StringArray]  # number of each lemma; the lemmas


@dataclass(frozen=True)
class Lexicon:
    """Every known form, in lower case, composed, with straight apostrophes; and what it may be."""

    forms: pa.StringArray  # distinct
    frequencies: Floats  # per million words; 0 when unheard of
    parts: Masks  # a bit for each of PARTS_OF_SPEECH that the form may be
    _index: Index
    _heard: tuple[Index, Floats]
    _keys: Ints  # row and part of speech in one number, sorted
    _lemmas: Lemmas  # of each key
    _endings: Endings

    def rows(self, words: Sequence[str]) -> Ints:
        """The row of each word in `forms`, -1 when unknown."""
        return self._index.rows(words)

    def known(self, words: Sequence[str]) -> Flags:
        """Whether each word is in `forms`."""
        return self.rows(words) >= 0

    def frequency(self, words: Sequence[str]) -> Floats:
        """How often each is met per million words, names and new words included; 0 if never."""
        index, often = self._heard
        return _frequencies(index.rows(words), often)

    def is_compound(self, word: str) -> bool:
        """Whether it is a word of several known in one piece: « rond-point », not « dis-moi »."""
        return normal(word) in self._compounds

    @cached_property
    def _compounds(self) -> frozenset[str]:
        return frozenset(
            self.forms.filter(pc.match_substring_regex(self.forms, _COMPOUND)).to_pylist()
        )

    def nearest(self, words: Sequence[str]) -> list[str]:
        """The known spelling of each word, which may lack an accent or a ligature; else itself."""
        nearest = [normal(word) for word in words]
        unknown = np.flatnonzero(~self.known(nearest)).tolist()
        spelt = [(number, other) for number in unknown for other in _spellings(nearest[number])]
        others = [other for _, other in spelt]
        often = np.where(self.known(others), self.frequency(others), -1).tolist()
        best = dict.fromkeys(unknown, -1.0)
        for (number, other), frequency in zip(spelt, often, strict=True):
            if frequency > best[number]:
                nearest[number], best[number] = other, frequency
        return nearest

    def lemmas(self, words: Sequence[str], pos: Sequence[str]) -> list[str]:
        """The lemma of each word for its part of speech, or for one near it.

        Of an unknown word: that of its known spelling, of what follows its last hyphen, of words
        with the same ending; else the word itself.
        """
        lemmas = list(words)
        asked = [number for number, part in enumerate(pos) if part not in _AS_WRITTEN]
        spelt = self.nearest([words[number] for number in asked])
        parts = [pos[number] for number in asked]
        cut = []
        found = self._found(self.rows(spelt), parts)
        for number, word, part, lemma in zip(asked, spelt, parts, found, strict=True):
            head, _, tail = word.rpartition("-")
            if lemma is None and head and tail:
                cut.append((number, head, tail))
            lemmas[number] = self._endings.lemma(word, part) if lemma is None else lemma or word
        if cut:
            last = self.lemmas([tail for *_, tail in cut], [pos[number] for number, *_ in cut])
            for (number, head, _), lemma in zip(cut, last, strict=True):
                lemmas[number] = f"{head}-{lemma}"
        return lemmas

    def _found(self, rows: Ints, pos: Sequence[str]) -> list[str | None]:
        """The lemma of the form in each row; "" if it has none, None if there is no row."""
        tried = _trials()[[PLACES[part] for part in pos]]
        keys = np.where(tried >= 0, rows[:, None] * len(PARTS_OF_SPEECH) + tried, -1)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        hits = (self._keys[place] == keys) & (rows >= 0)[:, None]
        first = place[np.arange(len(rows)), hits.argmax(axis=1)] if len(rows) else rows
        codes, strings = self._lemmas
        lemmas = strings.take(pa.array(codes[first])).to_pylist()
        said = zip(lemmas, hits.any(axis=1).tolist(), (rows >= 0).tolist(), strict=True)
        return [lemma if hit else "" if known else None for lemma, hit, known in said]


def mask(parts: Iterable[str]) -> int:
    """Parts of speech as the bits of a number,"""
    return sum(1 << PLACES[part] for part in parts)


def parts_in(mask: int) -> list[str]:
    """and back."""
    return [part for part, place in PLACES.items() if mask >> place & 1]


@cache
def lexicon() -> Lexicon:
    """The lexicon, loaded once per process."""
    with frugal():
        return _loaded()


@contextmanager
def frugal() -> Iterator[None]:
    """Where Arrow gives back the memory that loading took; its usual pool keeps it."""
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.default_memory_pool().release_unused()
        pa.set_memory_pool(usual)


def file(name: str) -> pa.Table:
    """One of the data files beside this script."""
    return pq.read_table(Path(__file__).parent / f"{name}.parquet", use_threads=False)


def _loaded() -> Lexicon:
    words, heard = file("words"), file("frequencies")
    treebanks = file("treebanks").sort_by([("form", "ascending"), ("count", "descending")])
    written = words["form"].combine_chunks()
    new = np.append(True, pc.not_equal(written[1:], written[:-1]).to_numpy(zero_copy_only=False))
    forms = _joined(written.filter(pa.array(new)), treebanks["form"].combine_chunks())
    index = Index(forms)
    heard_index, often = Index(heard["form"].combine_chunks()), heard["frequency"].to_numpy()
    keys, lemmas = _merged(
        (_keys(np.cumsum(new) - 1, words), words),
        (_keys(index.rows(treebanks["form"].combine_chunks()), treebanks), treebanks),
    )
    rows, place = np.divmod(keys, len(PARTS_OF_SPEECH))
    starts = np.flatnonzero(np.diff(rows, prepend=-1) > 0)
    return Lexicon(
        forms=forms,
        frequencies=_frequencies(heard_index.rows_of(index), often),
        parts=np.bitwise_or.reduceat(np.left_shift(1, place).astype(np.uint32), starts),
        _index=index,
        _heard=(heard_index, often),
        _keys=keys,
        _lemmas=lemmas,
        _endings=Endings.of(file("endings")),
    )


def _joined(strings: pa.StringArray, others: pa.StringArray) -> pa.StringArray:
    """Distinct strings, and after them the others that are not among them."""
    among = strings.filter(pc.is_in(strings, value_set=others))
    missing = pc.invert(pc.is_in(others, value_set=among))
    return pa.concat_arrays([strings, pc.unique(others.filter(missing))])


def _keys(rows: Ints, words: pa.Table) -> Ints:
    pos = words["pos"].combine_chunks()
    places = np.array([PLACES[part] for part in pos.dictionary.to_pylist()])
    keys: Ints = rows * len(PARTS_OF_SPEECH) + places[pos.indices.to_numpy()]
    return keys


def _merged(known: tuple[Ints, pa.Table], met: tuple[Ints, pa.Table]) -> tuple[Ints, Lemmas]:
    """The keys of both in order, and the lemma of each: the one met most often."""
    (keys, words), (others, treebanks) = known, met
    lemmas, more = (table["lemma"].combine_chunks() for table in (words, treebanks))
    codes = lemmas.indices.to_numpy().copy()
    order = np.argsort(others, kind="stable")  # the lemma met most comes first
    order = order[np.diff(others[order], prepend=-1) > 0]
    others, spelt = others[order], more.indices.to_numpy()[order] + len(lemmas.dictionary)
    place = np.searchsorted(keys, others)
    same = keys[np.minimum(place, len(keys) - 1)] == others
    count = words["count"].to_numpy()
    better = same.copy()
    better[same] = treebanks["count"].to_numpy()[order][same] > count[place[same]]
    codes[place[better]] = spelt[better]
    codes = np.insert(codes, place[~same], spelt[~same])
    dictionary = pa.concat_arrays([lemmas.dictionary, more.dictionary])
    return np.insert(keys, place[~same], others[~same]), (codes, dictionary)


def _frequencies(rows: Ints, often: Floats) -> Floats:
    return np.where(rows >= 0, often[rows], np.float32(0))


_LONGEST = 60  # letters: a longer word is an address, or a hand left on the keyboard


@cache
def _trials() -> Ints:
    """For each part of speech, the places of those to try, -1 after the last."""
    trials = np.full((len(PARTS_OF_SPEECH), _MOST_TRIED), -1)
    for part, place in PLACES.items():
        tried = _TRIED.get(part, (part,))
        trials[place, : len(tried)] = [PLACES[other] for other in tried]
    return trials


def _spellings(word: str) -> Iterator[str]:
    """How an unknown word may be meant: « coeur », « probleme », « -là »."""
    if len(word) > _LONGEST:
        return
    yield _LEFTOVER.sub("", word)
    yield word.replace("oe", "œ")
    yield word.replace("œ", "oe")
    for place, letter in enumerate(word):
        for sister in _SISTERS.get(letter, ""):
            yield word[:place] + sister + word[place + 1 :]
