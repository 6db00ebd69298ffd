"""A codebook → the key, the letter and the sign of each of its themes, the same on every page."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from verbatims.folding import fold
from verbatims.model import Codebook

COLOURS = 12
DIGITS = 9
SHORT = 3  # letters of a word that says little: « de », « les »

_WORDS = re.compile("[a-z]+")


@dataclass(frozen=True)
class Key:
    """What stands for a theme: its place in the codebook, and the keys that toggle it, or ""."""

    number: int
    digit: str
    letter: str

    @property
    def sign(self) -> str:
        """What marks the theme in a text and before its label."""
        return self.digit or self.letter or str(self.number)

    @property
    def colour(self) -> str:
        """The class that gives the theme its colour."""
        return f"v-t{(self.number - 1) % COLOURS + 1}"


def keys(codebook: Codebook) -> dict[str, Key]:
    """The key of each theme of the codebook, by its id: digits for the first nine, and letters.

    A theme's letter is the first free one of those that begin its words (« de » and « la » after
    the others), then of all those of its label, then of the alphabet; 26 themes have one. Themes
    without a digit, which are signed by their letter, choose first.
    """
    letters: dict[str, str] = {}
    themes = list(codebook)
    for theme in [*themes[DIGITS:], *themes[:DIGITS]]:
        letters[theme.id] = next(_free(theme.label, letters.values()), "")
    return {
        theme.id: Key(number, str(number) if number <= DIGITS else "", letters[theme.id])
        for number, theme in enumerate(themes, start=1)
    }


def _free(label: str, taken: Collection[str]) -> Iterator[str]:
    return (letter for letter in _wanted(label) if letter not in taken)


def _wanted(label: str) -> Iterable[str]:
    words = _WORDS.findall(fold(label))
    yield from (word[0] for word in sorted(words, key=lambda word: len(word) <= SHORT))
    yield from "".join(words)
    yield from ascii_lowercase
