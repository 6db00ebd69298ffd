"""Which part of speech each word of a text has, from what it and its neighbours may be.

A log-linear model: it adds up what is said by the class of a word (the word itself if annotated
texts have it twice, else the parts of speech that the lexicon gives it, else its ending), by the
classes of its two neighbours, by its capital, and by the tagger when there is one. `learn.py`
finds the weights.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from verbatims.nlp.lexicon.index import Index, Ints, normal
from verbatims.nlp.lexicon.table import (
    PARTS_OF_SPEECH,
    PLACES,
    Flags,
    Floats,
    file,
    frugal,
    lexicon,
    mask,
    parts_in,
)

ROLES = OWN, BEFORE, AFTER, CAPITAL = "mot", "avant", "après", "majuscule"
CAPITALS = ("aucune", "au début", "au milieu")
KINDS = FORM, PARTS, ENDING, SHAPE = "forme", "parties du discours", "fin", "allure"
SHAPES = ("inconnu", "nombre", "signe", "rien")
_UNKNOWN, _NUMBER, _SIGN, _NOTHING = range(len(SHAPES))
LAST = 2  # letters of an ending
_GOING_ON = frozenset(",'’/&+%€$£°@#*")  # signs that end neither a sentence nor an item

# Both tuned on UD dev: the tagger and the weights say much of the same thing twice, and what the
# tagger never says may be right all the same.
_TRUST = np.float32(0.5)
_DOUBT = np.float32(1e-4)


@dataclass(frozen=True)
class Words:
    """The words of some texts in order, line breaks included."""

    forms: Sequence[str]  # distinct
    which: Ints  # the form of each word
    begins: Flags  # whether the word is the first of a text, line, sentence or item
    first: Flags  # whether it is the first of its text


class Classes:
    """A number for each form, shared by those that behave alike."""

    def __init__(self, frequent: Sequence[str], masks: Sequence[int], endings: Sequence[str]):
        self._frequent = Index(pa.array(frequent, pa.string()))
        self._masks = np.array(sorted(masks), dtype=np.uint32)
        self._endings = Index(pa.array(endings, pa.string()))
        parts = [" ".join(parts_in(mask)) for mask in self._masks.tolist()]
        named = zip(KINDS, (frequent, parts, endings, SHAPES), strict=True)
        self.names = [(kind, name) for kind, names in named for name in names]
        self._starts = np.cumsum([len(frequent), len(parts), len(endings)])
        self.nothing = int(self._starts[-1]) + _NOTHING

    def of(self, forms: Sequence[str], ignored: Collection[str] = ()) -> Ints:
        """The class of each form; those `ignored` are taken for unknown words."""
        plain = [normal(form) for form in forms]
        heeded = np.array([form not in ignored for form in plain], dtype=bool)
        frequent, rows = self._frequent.rows(plain), lexicon().rows(plain)
        parts = lexicon().parts[rows]
        like = np.minimum(np.searchsorted(self._masks, parts), len(self._masks) - 1)
        known = heeded & (rows >= 0) & (self._masks[like] == parts)
        ending = self._endings.rows([form[-LAST:] if form.isalpha() else "" for form in plain])
        shape = np.array([_shape(form) for form in plain], dtype=np.int64)
        of_parts, of_ending, of_shape = self._starts
        return np.select(
            [heeded & (frequent >= 0), known, ending >= 0],
            [frequent, of_parts + like, of_ending + ending],
            of_shape + shape,
        )


@dataclass(frozen=True)
class Weights:
    """What each class and capital adds to the score of each of PARTS_OF_SPEECH."""

    classes: Classes
    own: Floats
    before: Floats
    after: Floats
    capital: Floats


def choose(words: Words, said: Floats | None = None) -> Ints:
    """The part of speech of each word, as its place in PARTS_OF_SPEECH.

    `said` is how probable the tagger finds each of them for each word.
    """
    weights = _weights()
    own, before, after, capital = features(words, weights.classes.of(words.forms), weights.classes)
    scores = weights.own[own] + weights.before[before] + weights.after[after]
    scores += weights.capital[capital]
    if said is not None:
        scores += _TRUST * np.log(said + _DOUBT)
    blank = np.array([form.isspace() for form in words.forms], dtype=bool)[words.which]
    return np.where(blank, PLACES["SPACE"], scores.argmax(axis=1))


def features(words: Words, of_forms: Ints, classes: Classes) -> tuple[Ints, Ints, Ints, Ints]:
    """Of each word: its class, the classes of the words before and after, and its capital."""
    own = of_forms[words.which]
    before, after = np.roll(own, 1), np.roll(own, -1)
    before[words.first] = after[np.roll(words.first, -1)] = classes.nothing
    capital = np.array([form[:1].isupper() for form in words.forms], dtype=bool)[words.which]
    return own, before, after, np.where(capital, np.where(words.begins, 1, 2), 0)


def ends(form: str) -> bool:
    """Whether the word after this one is the first of a line, a sentence or an item."""
    return form not in _GOING_ON and not any(map(str.isalnum, form))


def _shape(form: str) -> int:
    if form.isspace():
        return _NOTHING
    if any(map(str.isalpha, form)):
        return _UNKNOWN
    return _NUMBER if any(map(str.isdecimal, form)) else _SIGN


@cache
def _weights() -> Weights:
    """From the file: a row for each class in each of its roles, and one for each capital."""
    with frugal():
        table = file("choice")
    values = np.column_stack([table[part].to_numpy() for part in PARTS_OF_SPEECH])
    role, kind, name = (np.array(table[column].to_pylist()) for column in table.column_names[:3])
    own = role == OWN
    form, parts, ending = (name[own & (kind == one)].tolist() for one in (FORM, PARTS, ENDING))
    classes = Classes(form, [mask(one.split()) for one in parts], ending)
    return Weights(classes, *(values[role == one] for one in ROLES))
