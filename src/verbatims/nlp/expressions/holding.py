"""Lemmas + expressions → the lemmas where each occurrence of an expression is one row."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.nlp.expressions.spellings import (
    SMALL,
    Piece,
    Spelling,
    is_small,
    key,
    spellings,
    writings,
)
from verbatims.nlp.expressions.text import Codes, Flags, Ints, Text, coded

_USUAL = 0.25  # the part of a form's uses from which a lemma is one of its own
_NONE = np.empty((0, 3), dtype=np.int64)  # first and last place, number of the expression


def held(lemmas: pd.DataFrame, expressions: Sequence[str]) -> pd.DataFrame:
    """LEMMAS, where each occurrence of an expression is one row, in the place of its first word.

    Its lemma is the expression as given, its part of speech NOUN, its `start` that of the first
    word and its `end` that of the last. Its form holds their forms, with one space where the text
    has white space: it may differ from the text in that only. Words are matched by form or lemma,
    without case, accents, hyphens; small words inside (« de », « des », « à la »…) are free. The
    longest occurrence wins, then the first; none runs across punctuation or a line break. Words of
    a text must be in order.
    """
    wanted = spellings(expressions)
    if not wanted or lemmas.empty:
        return lemmas
    text = Text(lemmas)
    spans = _apart(_found(text, wanted))
    return _merged(text, spans, expressions) if len(spans) else lemmas


def _found(text: Text, wanted: Sequence[Spelling]) -> Ints:
    """All occurrences, as places in `text.row`, even those that overlap."""
    words = _Words(text, {piece for spelling in wanted for piece in spelling.pieces})
    found = [_NONE]
    for spelling in wanted:
        first = last = words.all(spelling.pieces[0])
        for number, piece in enumerate(spelling.pieces[1:], 1):
            after = words.other[last + 1] if number in spelling.gaps else last + 1
            right = words.may_be(piece, after)
            first, last = first[right], after[right]
        right = text.owner[first] == text.owner[last]
        first, last = first[right], last[right]
        found.append(np.column_stack([first, last, np.full(len(first), spelling.expression)]))
    return np.concatenate(found)


class _Words:
    """Which words of the corpus each piece may be, and where they stand in `text.row`."""

    def __init__(self, text: Text, pieces: Collection[Piece]) -> None:
        # Barriers, and what comes after the last row, are a form and a lemma that no piece may be.
        wall = np.append(text.barrier(), True)
        self.form = np.append(text.form[text.row], np.int32(0))
        self.lemma = np.append(text.lemma[text.row], np.int32(0))
        self.form[wall], self.lemma[wall] = len(text.forms), len(text.all_lemmas)
        self.verb = np.append(text.lemmas["pos"].eq("VERB").to_numpy()[text.row], False)
        place = np.arange(len(wall), dtype=np.int32)
        small = np.append(text.small(SMALL), False)
        self.other = np.minimum.accumulate(np.where(small, place[-1], place)[::-1])[::-1]
        forms, lemmas = _index(text.form_keys), _index(text.lemma_keys)
        self.forms = {piece: _numbers(forms, writings(piece)) for piece in pieces}
        exact = {piece: _numbers(forms, {key(piece)}) or self.forms[piece] for piece in pieces}
        own = self._own_lemmas({number for numbers in exact.values() for number in numbers})
        self.lemmas = {
            piece: _numbers(lemmas, {key(piece)})
            + [lemma for number in exact[piece] for lemma in own.get(number, ())]
            for piece in pieces
        }
        self.lemmas |= {piece: [] for piece in pieces if is_small(piece)}
        self.places = np.flatnonzero(
            _flags(self.forms.values(), len(text.forms))[self.form]
            | _flags(self.lemmas.values(), len(text.all_lemmas))[self.lemma]
        )

    def all(self, piece: Piece) -> Ints:
        return self.places[self.may_be(piece, self.places)]

    def may_be(self, piece: Piece, places: Ints) -> Flags:
        if not self.forms[piece] and not self.lemmas[piece]:
            return np.zeros(len(places), dtype=bool)
        forms = _flags([self.forms[piece]], int(self.form[-1]))
        lemmas = _flags([self.lemmas[piece]], int(self.lemma[-1]))
        return np.asarray(forms[self.form[places]] | lemmas[self.lemma[places]])

    def _own_lemmas(self, forms: Collection[int]) -> dict[int, list[int]]:
        """The usual lemmas of the forms; « marche à pied » is not « marcher à pied »."""
        uses = _flags([list(forms)], int(self.form[-1]))[self.form]
        columns = {"form": self.form[uses], "lemma": self.lemma[uses], "verb": self.verb[uses]}
        counts = pd.DataFrame(columns).value_counts().rename("n").reset_index()
        total = counts.groupby("form")["n"].transform("sum")
        usual = counts[(counts["n"] >= _USUAL * total) & ~counts["verb"]]
        own: defaultdict[int, list[int]] = defaultdict(list)
        for form, lemma in zip(usual["form"], usual["lemma"], strict=True):
            own[form].append(lemma)
        return own


def _flags(numbers: Iterable[Sequence[int]], size: int) -> Flags:
    """Which of the numbers up to `size`, included, are listed."""
    flags = np.zeros(size + 1, dtype=bool)
    for listed in numbers:
        flags[np.array(listed, dtype=np.int64)] = True
    return flags


def _index(keys: NDArray[np.object_]) -> dict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, folded in enumerate(keys):
        index[folded].append(number)
    return index


def _numbers(index: dict[str, list[int]], keys: Collection[str]) -> list[int]:
    return [number for folded in sorted(keys) for number in index.get(folded, ())]


def _apart(found: Ints) -> Ints:
    """Those that stay when none may overlap: the longest, then the first, then as given."""
    first, last, number = found.T
    found = found[np.lexsort((number, last, first))]
    found = found[np.append(True, (np.diff(found[:, :2], axis=0) != 0).any(axis=1))[: len(found)]]
    first, last, _ = found.T
    reached = np.append(-1, np.maximum.accumulate(last))[: len(found)]
    free = (first > reached) & (last < np.append(first[1:], np.iinfo(np.int64).max))
    rest = found[~free]
    kept, taken = [], set[int]()
    for span in rest[np.lexsort((rest[:, 0], rest[:, 0] - rest[:, 1]))].tolist():
        places = range(span[0], span[1] + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    apart = np.concatenate([_NONE, found[free], np.array(kept, dtype=np.int64).reshape(-1, 3)])
    return apart[np.argsort(apart[:, 0])]


def _merged(text: Text, spans: Ints, expressions: Sequence[str]) -> pd.DataFrame:
    first, last, expression = text.row[spans[:, 0]], text.row[spans[:, 1]], spans[:, 2]
    edges = np.zeros(len(text.lemmas) + 1, dtype=np.int8)
    np.add.at(edges, first + 1, 1)
    np.add.at(edges, last + 1, -1)
    kept = np.cumsum(edges[:-1], dtype=np.int8) == 0
    number, written = text.writings(first, last)
    end = text.lemmas["end"].to_numpy().copy()
    end[first] = end[last]
    pos, tags = coded(text.lemmas["pos"])
    form, lemma = text.form.copy(), text.lemma.copy()
    form[first] = len(text.forms) + number
    lemma[first] = len(text.all_lemmas) + expression
    pos[first] = len(tags)
    changed = {
        "form": _categories(form[kept], [*text.forms, *written]),
        "lemma": _categories(lemma[kept], [*text.all_lemmas, *expressions]),
        "pos": _categories(pos[kept], [*tags, "NOUN"]),
        "end": end[kept],
    }
    names = text.lemmas.columns
    columns = {n: changed[n] if n in changed else text.lemmas[n].array[kept] for n in names}
    return pd.DataFrame(columns, copy=False)


def _categories(codes: Codes, names: Sequence[str]) -> pd.Categorical:
    """Those that are met, once each, in alphabetical order, as `nlp.lemmas` gives them."""
    met = np.bincount(codes, minlength=len(names)) > 0
    values = sorted({name for name, used in zip(names, met, strict=True) if used})
    place = {name: number for number, name in enumerate(values)}
    rank = np.array([place.get(name, -1) for name in names], dtype=np.int32)
    return pd.Categorical.from_codes(
        cast(Sequence[int], rank[codes]), pd.Index(values, dtype=object)
    )
