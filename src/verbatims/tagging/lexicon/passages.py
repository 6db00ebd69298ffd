"""Lemmas + Codebook → the passages where a term of a theme stands, each with its rule and span."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from verbatims.frames import TAGS
from verbatims.model import KEEP, Codebook, Term
from verbatims.tagging.lexicon.labels import sought
from verbatims.tagging.lexicon.near import Passages, joined
from verbatims.tagging.lexicon.negation import negated
from verbatims.tagging.lexicon.seeking import seek
from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.words import Flags, Ints, Strings

NAME = "lexicon"
SCORE = 1.0  # a term stands there or does not

_NONE = -1


def tag(lemmas: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per passage; where terms of one theme overlap, the longest stays, then the first.

    The rows of `lemmas` follow the text, verbatim after verbatim. A theme without terms is looked
    for by the words of its label. What is negated goes where its theme's `negation` says.
    """
    return find(Text.of(lemmas), codebook) if len(lemmas) else TAGS.empty()


def find(text: Text, codebook: Codebook) -> pd.DataFrame:
    """The same in a text that is not empty, for those who look in it again and again."""
    own = _own(codebook)
    if not own:
        return TAGS.empty()
    each = seek(text, [rule.term for rule in own])
    numbers = np.repeat(np.arange(len(own)), [len(passages) for passages in each])
    found = _longest(_Found(numbers, joined(each)), own, text)
    if any(rule.negation != KEEP for rule in own):
        rules, denied = _denied(own, codebook)
        found = _longest(_heard(found, denied, text), rules, text)
    else:
        rules = own
    in_order = np.lexsort((_places(rules)[found.rule], found.passages.first))
    return _tags(found.take(in_order), text, rules)


@dataclass(frozen=True)
class _Rule:
    """A term, and the theme it stands for with its place in the codebook."""

    place: int
    theme: str
    written: str
    term: Term
    negation: str


def _own(codebook: Codebook) -> list[_Rule]:
    return [
        _Rule(place, theme.id, wanted.rule, wanted.term, theme.negation)
        for place, theme in enumerate(codebook)
        for wanted in sought(theme)
    ]


def _denied(own: list[_Rule], codebook: Codebook) -> tuple[list[_Rule], Ints]:
    """The rules with those that speak for another theme, and which one each has when negated.

    The latter come last, so that a theme's own terms are named first.
    """
    places = {theme.id: place for place, theme in enumerate(codebook)}
    rules, denied = list(own), np.full(len(own), _NONE)
    for number, rule in enumerate(own):
        if rule.negation == KEEP:
            denied[number] = number
        elif rule.negation in places:
            denied[number] = len(rules)
            place, written = places[rule.negation], f"{rule.written} (nié)"
            rules.append(_Rule(place, rule.negation, written, rule.term, KEEP))
    return rules, denied


@dataclass(frozen=True)
class _Found:
    """Passages, each with the number of its rule."""

    rule: Ints
    passages: Passages

    def take(self, rows: Ints | Flags) -> "_Found":
        return _Found(self.rule[rows], self.passages.take(rows))


def _heard(found: _Found, denied: Ints, text: Text) -> _Found:
    """The passages once negated ones are dropped, or widened to their cue for another theme."""
    asked = np.flatnonzero(denied[found.rule] != found.rule)
    cues = negated(text, found.passages.take(asked))
    rows, rule = asked[cues.rows], denied[found.rule[asked[cues.rows]]]
    plain = np.ones(len(found.rule), dtype=np.bool_)
    plain[rows] = False
    meant = rule != _NONE
    passages, kept = found.passages.take(rows[meant]), found.take(plain)
    widened = Passages.whole(
        np.minimum(passages.first, cues.first[meant]), np.maximum(passages.last, cues.last[meant])
    )
    return _Found(np.append(kept.rule, rule[meant]), joined([kept.passages, widened]))


def _places(rules: Sequence[_Rule]) -> Ints:
    return np.array([rule.place for rule in rules], dtype=np.int64)


def _longest(found: _Found, rules: Sequence[_Rule], text: Text) -> _Found:
    """Where passages of a theme overlap, the longest, then the first.

    Nearly all passages stand alone; only the others are compared one by one.
    """
    spans = found.passages
    lengths = text.end[spans.last] - text.start[spans.first]
    place = _places(rules)[found.rule] * (spans.last.max(initial=0) + 1)
    rows = _distinct(place + spans.first, place + spans.last, found.rule)
    crowded = _crowded((place + spans.first)[rows], (place + spans.last)[rows])
    taken: set[int] = set()
    kept = []
    doubtful = rows[crowded]
    ranked = np.lexsort((spans.first[doubtful], -lengths[doubtful]))
    for row in doubtful[ranked]:
        tokens = range(place[row] + spans.first[row], place[row] + spans.last[row] + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(row)
    return found.take(np.concatenate([rows[~crowded], np.array(kept, dtype=np.intp)]))


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


def _tags(found: _Found, text: Text, rules: Sequence[_Rule]) -> pd.DataFrame:
    spans = found.passages
    start, end = text.start[spans.first], text.end[spans.last]
    themes = np.array([rule.theme for rule in rules], dtype=object)
    written = np.array([rule.written for rule in rules], dtype=object)
    columns = {
        "verbatim_id": text.ids[text.verbatims[spans.first]],
        "theme": themes[found.rule],
        "tagger": np.full(len(start), NAME, dtype=object),
        "start": start.astype(np.int32),
        "end": end.astype(np.int32),
        "score": np.full(len(start), SCORE),
        "rule": written[found.rule],
        "evidence": _evidence(spans, text),
    }
    return pd.DataFrame(columns, columns=list(TAGS.columns))


def _evidence(spans: Passages, text: Text) -> Strings:
    """The words of each passage, spaced as in the text; « … » for those between two sides."""
    evidence = text.words.forms[text.tokens[spans.first]]
    for row in np.flatnonzero(spans.last > spans.first):
        first, last = spans.first[row], spans.last[row]
        pause, resume = spans.pause[row], spans.resume[row]
        if resume > pause + 1:
            evidence[row] = f"{_said(text, first, pause)} … {_said(text, resume, last)}"
        else:
            evidence[row] = _said(text, first, last)
    return evidence


def _said(text: Text, first: int, last: int) -> str:
    tokens = range(first, last + 1)
    gaps = ["", *(" " if text.start[n] > text.end[n - 1] else "" for n in tokens[1:])]
    forms = text.words.forms[text.tokens[first : last + 1]]
    return "".join(f"{gap}{form}" for gap, form in zip(gaps, forms, strict=True))
