"""A term of the codebook → the rows of words that spell it, joined, hyphenated or apart."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from verbatims.folding import fold, fold_word
from verbatims.model import Term, TermKind

# Words that may stand between those of an expression: « réseau (d'/des/de l') entreprises ».
SMALL = frozenset(
    ("a", "au", "aux", "d'", "de", "des", "du", "en", "l'", "la", "le", "les", "un", "une")
)

# « coconstruction » may be written « co construction »; « enjeu » is never « en jeu ».
_COMBINING = frozenset(
    ("anti", "auto", "co", "eco", "extra", "inter", "intra", "macro", "micro", "multi")
    + ("pluri", "post", "pre", "socio", "supra", "trans", "ultra")
)
_COMBINED = re.compile(f"({'|'.join(sorted(_COMBINING))})\\w{{4,}}")
_ATOM = re.compile(r"\w+['’ʼ]?|[^\w\s]")
_MANY = 5


@dataclass(frozen=True)
class Piece:
    """What one word of the text must be; `tail` is the last part of a compound, "" elsewhere."""

    word: str
    kind: TermKind
    tail: str = ""

    @property
    def key(self) -> str:
        return fold_word(self.word)

    @property
    def small(self) -> bool:
        return self.key in SMALL


@dataclass(frozen=True)
class Spelling:
    """Words in a row; where `loose`, small words may stand between them."""

    pieces: tuple[Piece, ...]
    loose: bool = False


def spellings(term: Term) -> tuple[Spelling, ...]:
    """Every way to write a term: « co-construction » is also « co construction »."""
    atoms = _atoms(term)
    rows = dict.fromkeys(_rows(atoms, joined=_may_join(atoms))) if atoms else {}
    return tuple(dict.fromkeys(_spelling(row, term.kind) for row in rows))


@dataclass(frozen=True)
class _Atom:
    text: str
    inner: bool  # follows the atom before without a space


def _atoms(term: Term) -> list[_Atom]:
    atoms: list[_Atom] = []
    for word in term.words:
        letters = [part for part in _ATOM.findall(_composed(word)) if fold_word(part)]
        for number, part in enumerate(letters):
            after_combining = bool(atoms) and fold(atoms[-1].text) in _COMBINING
            first, *rest = [part] if after_combining else _uncombined(part)
            atoms += [_Atom(first, number > 0), *(_Atom(other, inner=True) for other in rest)]
    return atoms


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _uncombined(part: str) -> list[str]:
    """« coconstruction » → « co », « construction »."""
    found = _COMBINED.match(fold(part))
    cut = found.end(1) if found else 0
    return [part[:cut], part[cut:]] if cut else [part]


def _may_join(atoms: list[_Atom]) -> bool:
    """« agir ensemble » may be met as « agir-ensemble », but « en jeu » is not « enjeu »."""
    return len(atoms) > 2 or not any(fold_word(atom.text) in SMALL for atom in atoms)


def _rows(atoms: list[_Atom], *, joined: bool) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Ways to group atoms into words: cut or not where no space was typed, or all in one."""
    inner = [number for number, atom in enumerate(atoms) if atom.inner]
    free = inner if len(inner) <= _MANY else inner[:_MANY]
    for kept in product((False, True), repeat=len(free)):
        glued = {number for number, keep in zip(free, kept, strict=True) if keep}
        cuts = [0, *(n for n in range(1, len(atoms)) if n not in glued), len(atoms)]
        yield tuple(tuple(atom.text for atom in atoms[a:b]) for a, b in pairwise(cuts))
    if joined:
        yield (tuple(atom.text for atom in atoms),)


def _spelling(row: tuple[tuple[str, ...], ...], kind: TermKind) -> Spelling:
    each = TermKind.EXACT if kind is TermKind.EXACT else TermKind.LEMMA
    pieces = [Piece("".join(group), each, group[-1] if len(group) > 1 else "") for group in row]
    if kind is TermKind.PREFIX:
        pieces[-1] = Piece(pieces[-1].word, kind)
    full = [piece for piece in pieces if not piece.small]
    if kind is TermKind.EXPRESSION and len(full) > 1:
        return Spelling(tuple(full), loose=True)
    if len(pieces) > 1:
        pieces = [replace(p, kind=TermKind.EXACT) if p.small else p for p in pieces]
    return Spelling(tuple(pieces))
