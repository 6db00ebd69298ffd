"""Text → a key that is blind to case, accents, hyphens and kinds of apostrophe."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})
_HYPHENS = re.compile(r"[-‐‑‒–—]+")


def fold(text: str) -> str:
    """Lower case, without accents, with ligatures opened: « Cœur d’Été » → "coeur d'ete"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def fold_word(word: str) -> str:
    """A word's key for matching: folded, without hyphens: « Co-construction » → "coconstruction"."""
    return _HYPHENS.sub("", fold(word))


def squeeze(text: str) -> str:
    """How closed answers are compared: composed accents, single plain spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
