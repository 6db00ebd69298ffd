"""Text → a key that is blind to case, accents, hyphens and kinds of apostrophe."""

import re
import unicodedata
from collections.abc import Sequence

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})
_HYPHENS = re.compile(r"[-‐‑‒–—]+")
_SEPARATOR = "\x1f"


def fold(text: str) -> str:
    """Lower case, without accents, with ligatures opened: « Cœur d’Été » → "coeur d'ete"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def fold_word(word: str) -> str:
    """A word's key for matching, without hyphens: « Co-Élaborer » → "coelaborer"."""
    return _HYPHENS.sub("", fold(word))


def fold_words(words: Sequence[str]) -> list[str]:
    """`fold_word` of each, in one go: a call for each is several times slower."""
    keys = fold_word(_SEPARATOR.join(words)).split(_SEPARATOR)
    return keys if len(keys) == len(words) else [fold_word(word) for word in words]


def squeeze(text: str) -> str:
    """How closed answers are compared: composed accents, single plain spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
