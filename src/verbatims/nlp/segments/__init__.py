"""Texts → their idea units: the items of a list, else the sentences, as spans of the text."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from verbatims.nlp.segments.commas import items
from verbatims.nlp.segments.signs import parts
from verbatims.nlp.segments.trimming import announces, trim
from verbatims.nlp.segments.wording import flatten

__all__ = ["split"]

Span = tuple[int, int]


def split(texts: Sequence[str]) -> list[list[Span]]:
    """The idea units of each text, in order and apart, without the signs that separate them.

    What only announces a list is in no unit; a text of signs alone has none.
    """
    return [_units(text) for text in texts]


def _units(text: str) -> list[Span]:
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return _read(text)
    composed, places = _composed(text)
    return [(places[start], places[end]) for start, end in _read(composed)]


def _composed(text: str) -> tuple[str, list[int]]:
    """The text in composed accents, and where each of its characters, and its end, was."""
    starts = [at for at, sign in enumerate(text) if at == 0 or not unicodedata.combining(sign)]
    composed: list[str] = []
    places: list[int] = []
    for start, end in pairwise([*starts, len(text)]):
        composed.append(unicodedata.normalize("NFC", text[start:end]))
        places += [start] * len(composed[-1])
    return "".join(composed), [*places, len(text)]


def _read(text: str) -> list[Span]:
    flat = flatten(text)
    found = [item for part in parts(flat) for item in items(flat, *part)]
    kept = (trim(flat, *item) for item in found if not announces(flat, item, found[-1]))
    return [(start, end) for start, end in kept if any(map(str.isalnum, text[start:end]))]
