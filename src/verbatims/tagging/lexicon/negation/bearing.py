"""Passages → those that their sentence negates: « pas de moyens », « les moyens manquent »."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from verbatims.tagging.lexicon.near import Passages
from verbatims.tagging.lexicon.negation.cues import CUES
from verbatims.tagging.lexicon.negation.sentence import Cue, Sentence
from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.words import Ints


@dataclass(frozen=True)
class Negated:
    """Which passages (`rows`) are negated, and the first and last tokens of what negates each."""

    rows: Ints
    first: Ints
    last: Ints


def negated(text: Text, passages: Passages) -> Negated:
    """Only the sentences of these passages that hold a cue are read."""
    found = list(_found(text, passages)) if len(passages) else []
    rows, first, last = np.array(found, dtype=np.intp).reshape(-1, 3).T
    return Negated(rows, first, last)


def bearing(sentence: Sentence, places: Sequence[int]) -> list[Cue]:
    """Those of the words at these places that negate something.

    A lack that is itself negated says nothing: « pas d'absence de contacts ».
    """
    cues = [cue for at in places for cue in _read(sentence, at)]
    denied = {at for cue in cues if not cue.lack for at in cue.scope}
    return [cue for cue in cues if not (cue.lack and cue.main in denied)]


def _found(text: Text, passages: Passages) -> Iterator[tuple[int, int, int]]:
    """Each negated passage, and the first and last tokens of the nearest cue that bears on it."""
    cues = _cues(text)
    begins, ends = _sentences(text, passages)
    from_, to = np.searchsorted(cues, begins), np.searchsorted(cues, ends)
    doubtful = np.flatnonzero(from_ < to)
    doubtful = doubtful[np.argsort(begins[doubtful], kind="stable")]
    known, own = -1, list[Cue]()
    for row, begin, end in zip(*_lists(doubtful, begins[doubtful], ends[doubtful]), strict=True):
        if begin != known:
            places = (cues[from_[row] : to[row]] - begin).tolist()
            known, own = begin, bearing(_sentence(text, begin, end), places)
        words = _words(passages, row, begin) if own else set()
        heard = [cue for cue in own if cue.main not in words and cue.scope & words]
        if heard:
            cue = min(heard, key=lambda cue: min(abs(cue.main - at) for at in words))
            yield row, begin + cue.first, begin + cue.last


def _lists(*columns: Ints) -> list[list[int]]:
    return [column.tolist() for column in columns]


def _cues(text: Text) -> Ints:
    """The tokens that may negate."""
    words = text.words
    keyed = [(words.by_form.get(key, []), words.by_lemma.get(key, [])) for key in CUES]
    numbers = [number for found in keyed for numbers in found for number in numbers]
    return np.flatnonzero(text.among(np.array(numbers, dtype=np.intp))[text.tokens])


def _sentences(text: Text, passages: Passages) -> tuple[Ints, Ints]:
    """Where the sentence of each passage begins and ends."""
    numbers = text.sentences[passages.first]
    starts = np.flatnonzero(np.diff(text.sentences, prepend=-1, append=text.sentences[-1] + 1))
    return starts[numbers], starts[numbers + 1]


def _sentence(text: Text, begin: int, end: int) -> Sentence:
    numbers, words = text.tokens[begin:end], text.words
    forms = words.form_keys[numbers].tolist()
    if "/" in forms:
        forms = [_slash(text, begin, at) if form == "/" else form for at, form in enumerate(forms)]
    return Sentence(
        words.forms[numbers].tolist(),
        forms,
        words.lemma_keys[numbers].tolist(),
        text.parts[text.pos[begin:end]].tolist(),
    )


def _slash(text: Text, begin: int, at: int) -> str:
    """A slash joins the words it touches, as in « temps/moyens »; apart, it ends a phrase."""
    place = begin + at
    touches = place > begin and text.end[place - 1] == text.start[place]
    return "/" if touches else "|"


def _words(passages: Passages, row: int, begin: int) -> set[int]:
    """The places in the sentence of the words of a passage."""
    first, last = int(passages.first[row]), int(passages.last[row])
    hole = range(int(passages.pause[row]) + 1, int(passages.resume[row]))
    return {token - begin for token in range(first, last + 1) if token not in hole}


def _read(sentence: Sentence, at: int) -> Iterator[Cue]:
    read = CUES.get(sentence.form(at)) or CUES.get(sentence.lemma(at))
    cue = read(sentence, at) if read else None
    if cue and cue.scope:
        yield cue
