"""Lemmas + Codebook → the passages where a term of a theme stands, each with its rule and span."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims.frames import TAGS
from verbatims.model import Codebook
from verbatims.tagging.lexicon.spelling import Piece, Spelling, spellings
from verbatims.tagging.lexicon.words import Ints, Strings, Words, codes, meant, read

NAME = "lexicon"
SCORE = 1.0  # a term stands there or does not

Flags = npt.NDArray[np.bool_]


def tag(lemmas: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per passage; where terms of one theme overlap, the longest stays, then the first.

    The rows of `lemmas` follow the text, verbatim after verbatim.
    """
    rules = [
        _Rule(number, theme.id, term.written, spellings(term))
        for number, theme in enumerate(codebook)
        for term in theme.terms
    ]
    if lemmas.empty or not any(rule.spellings for rule in rules):
        return TAGS.empty()
    text = _text(lemmas)
    found = _all(text, rules)
    themes = np.array([rule.number for rule in rules])[found.rule]
    kept = _longest(found, themes, _lengths(found, text))
    in_order = np.lexsort((themes[kept], found.first[kept]))
    return _tags(found.take(kept[in_order]), text, rules)


@dataclass(frozen=True)
class _Rule:
    """A term, and the theme it stands for with its place in the codebook."""

    number: int
    theme: str
    written: str
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True)
class _Text:
    """The tokens one after the other; `tokens` and `verbatims` are numbers in `words` and `ids`."""

    words: Words
    tokens: Ints
    verbatims: Ints
    ids: Strings
    start: Ints
    end: Ints


@dataclass(frozen=True)
class _Found:
    """Passages: numbers of the rule, of the first token and of the last."""

    rule: Ints
    first: Ints
    last: Ints

    def take(self, rows: Ints) -> "_Found":
        return _Found(self.rule[rows], self.first[rows], self.last[rows])


def _text(lemmas: pd.DataFrame) -> _Text:
    words, tokens = read(lemmas)
    verbatims, ids = codes(lemmas["verbatim_id"])
    return _Text(
        words, tokens, verbatims, ids, lemmas["start"].to_numpy(), lemmas["end"].to_numpy()
    )


def _all(text: _Text, rules: Sequence[_Rule]) -> _Found:
    each = [(number, spelling) for number, rule in enumerate(rules) for spelling in rule.spellings]
    words = meant(text.words, {piece: None for _, spelling in each for piece in spelling.pieces})
    seeker = _Seeker.of(text, words, [spelling.pieces[0] for _, spelling in each])
    found = [(number, *seeker.find(spelling)) for number, spelling in each]
    return _Found(
        np.concatenate([np.full(len(first), number) for number, first, _ in found]),
        np.concatenate([first for _, first, _ in found]),
        np.concatenate([last for _, _, last in found]),
    )


@dataclass(frozen=True)
class _Stream:
    """The tokens that count: `places` of those kept, and the `rank` of each token among them."""

    places: Ints
    rank: Ints

    @classmethod
    def of(cls, kept: Flags) -> "_Stream":
        return cls(np.append(np.flatnonzero(kept), -1), np.cumsum(kept, dtype=np.int32))

    def after(self, tokens: Ints) -> Ints:
        """The token kept after each of these, -1 where the corpus ends."""
        following: Ints = self.places[self.rank[tokens]]
        return following


@dataclass(frozen=True)
class _Seeker:
    """Looks for spellings, starting from the few tokens with which one may begin."""

    text: _Text
    words: Mapping[Piece, Ints]
    begins: Ints  # tokens with which a spelling may begin, those of a same word together
    bounds: Ints  # where the tokens of each word begin in `begins`
    next: _Stream  # hyphens and apostrophes inside words left out
    next_full: _Stream  # small words left out too

    @classmethod
    def of(cls, text: _Text, words: Mapping[Piece, Ints], starters: Sequence[Piece]) -> "_Seeker":
        begin = _among(np.concatenate([words[piece] for piece in starters]), text)
        counted = ~_joiners(text)
        full = ~_among(text.words.loose, text)[text.tokens]
        begins = np.flatnonzero(begin[text.tokens] & counted)
        begins = begins[np.argsort(text.tokens[begins], kind="stable")]
        bounds = np.searchsorted(text.tokens[begins], np.arange(len(begin) + 1))
        return cls(text, words, begins, bounds, _Stream.of(counted), _Stream.of(counted & full))

    def find(self, spelling: Spelling) -> tuple[Ints, Ints]:
        """First and last tokens of the passages so spelled."""
        if not all(len(self.words[piece]) for piece in spelling.pieces):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        last = first = self._beginning(spelling.pieces[0])
        for number, piece in enumerate(spelling.pieces[1:], start=1):
            stream = self.next_full if number in spelling.gaps else self.next
            following = stream.after(last)
            fits = (following >= 0) & self._are(following, piece)
            fits &= self.text.verbatims[following] == self.text.verbatims[last]
            first, last = first[fits], following[fits]
        return first, last

    def _beginning(self, piece: Piece) -> Ints:
        bounds = self.bounds
        return np.concatenate([self.begins[bounds[w] : bounds[w + 1]] for w in self.words[piece]])

    def _are(self, tokens: Ints, piece: Piece) -> Flags:
        return _among(self.words[piece], self.text)[self.text.tokens[tokens]]


def _among(numbers: Ints, text: _Text) -> Flags:
    flags = np.zeros(len(text.words.forms), dtype=np.bool_)
    flags[numbers] = True
    return flags


def _joiners(text: _Text) -> Flags:
    """Hyphens and apostrophes that touch the word before; others separate, as a bullet does."""
    flags = _among(text.words.joiners, text)[text.tokens]
    alone = np.flatnonzero(flags)
    before = np.maximum(alone - 1, 0)
    flags[alone] = (text.verbatims[before] == text.verbatims[alone]) & (
        text.end[before] == text.start[alone]
    )
    return flags


def _lengths(found: _Found, text: _Text) -> Ints:
    return text.end[found.last] - text.start[found.first]


def _longest(found: _Found, themes: Ints, lengths: Ints) -> Ints:
    """The rows to keep: where passages of a theme overlap, the longest, then the first.

    Nearly all passages stand alone; only the others are compared one by one.
    """
    place = themes.astype(np.int64) * (found.last.max(initial=0) + 1)
    rows = _distinct(place + found.first, place + found.last, found.rule)
    crowded = _crowded((place + found.first)[rows], (place + found.last)[rows])
    taken: set[int] = set()
    kept = []
    doubtful = rows[crowded]
    ranked = np.lexsort((found.first[doubtful], -lengths[doubtful]))
    for row in doubtful[ranked]:
        tokens = range(place[row] + found.first[row], place[row] + found.last[row] + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(row)
    return np.concatenate([rows[~crowded], np.array(kept, dtype=np.intp)])


def _distinct(first: Ints, last: Ints, rule: Ints) -> Ints:
    """One row per passage, by place: the first rule that found it."""
    rows = np.lexsort((rule, last, first))
    again = (np.diff(first[rows]) == 0) & (np.diff(last[rows]) == 0)
    kept: Ints = rows[np.append(True, ~again)[: len(rows)]]
    return kept


def _crowded(first: Ints, last: Ints) -> Flags:
    """Which passages, in the order of `first`, overlap the one before or after."""
    meets_earlier = np.zeros(len(first), dtype=np.bool_)
    meets_earlier[1:] = first[1:] <= np.maximum.accumulate(last)[:-1]
    meets_later = np.append(meets_earlier[1:], False)[: len(first)]
    crowded: Flags = meets_earlier | meets_later
    return crowded


def _tags(found: _Found, text: _Text, rules: Sequence[_Rule]) -> pd.DataFrame:
    start, end = text.start[found.first], text.end[found.last]
    themes = np.array([rule.theme for rule in rules], dtype=object)
    written = np.array([rule.written for rule in rules], dtype=object)
    columns = {
        "verbatim_id": text.ids[text.verbatims[found.first]],
        "theme": themes[found.rule],
        "tagger": np.full(len(start), NAME, dtype=object),
        "start": start.astype(np.int32),
        "end": end.astype(np.int32),
        "score": np.full(len(start), SCORE),
        "rule": written[found.rule],
        "evidence": _evidence(found, text),
    }
    return pd.DataFrame(columns, columns=list(TAGS.columns))


def _evidence(found: _Found, text: _Text) -> Strings:
    """The words of each passage, spaced as in the text."""
    evidence = text.words.forms[text.tokens[found.first]]
    for row in np.flatnonzero(found.last > found.first):
        tokens = range(found.first[row], found.last[row] + 1)
        gaps = ["", *(" " if text.start[n] > text.end[n - 1] else "" for n in tokens[1:])]
        forms = text.words.forms[text.tokens[tokens.start : tokens.stop]]
        evidence[row] = "".join(f"{a}{b}" for a, b in zip(gaps, forms, strict=True))
    return evidence
