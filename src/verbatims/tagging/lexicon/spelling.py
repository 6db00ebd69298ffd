"""A term of the codebook → the rows of words that spell it, joined, hyphenated or apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise, product

from verbatims.folding import fold, fold_word, plain
from verbatims.model import Term, TermKind

# Inside an expression these may be missing, or stand for one another: « réseau (d'/des) acteurs ».
LOOSE = frozenset(("de", "d'", "des", "du", "le", "la", "les", "l'", "un", "une"))
# « appel à projets » is « appel aux projets », not « appel de projets ».
TO = frozenset(("a", "au", "aux"))
_SMALL = LOOSE | TO | {"en"}

# « coconstruction » may be written « co construction »; « enjeu » is never « en jeu ».
_COMBINING = frozenset(
    ("anti", "auto", "co", "eco", "extra", "inter", "intra", "macro", "micro", "multi")
    + ("pluri", "post", "pre", "socio", "supra", "trans", "ultra")
)
_COMBINED = re.compile(f"({'|'.join(sorted(_COMBINING))})\\w{{4,}}")
_ATOM = re.compile(r"\w+['’ʼ]?|[^\w\s]")
_ELISION = re.compile(r"(?<=['’ʼ])")
_MANY = 5


class How(Enum):
    """How a word of the text answers to a word of a term."""

    INFLECTED = auto()
    BEGUN = auto()
    WRITTEN = auto()
    TO = auto()  # à, au, aux


@dataclass(frozen=True)
class Piece:
    """What one word of the text must be; `tail` is the last part of a compound, "" elsewhere."""

    word: str
    how: How
    tail: str = ""

    @property
    def key(self) -> str:
        return fold_word(self.word)


@dataclass(frozen=True)
class Spelling:
    """Words in a row; small words may stand before those whose number is in `gaps`."""

    pieces: tuple[Piece, ...]
    gaps: frozenset[int] = frozenset()


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
        read = _composed(word) if term.kind is TermKind.EXACT else _plain(word)
        letters = [part for part in _ATOM.findall(read) if fold_word(part)]
        for number, part in enumerate(letters):
            after_combining = bool(atoms) and fold(atoms[-1].text) in _COMBINING
            first, *rest = [part] if after_combining else _uncombined(part)
            atoms += [_Atom(first, number > 0), *(_Atom(other, inner=True) for other in rest)]
    return atoms


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _plain(word: str) -> str:
    """« d'élu·e·s » → « d'élus »."""
    return "".join(plain(part) for part in _ELISION.split(word))


def _uncombined(part: str) -> list[str]:
    """« coconstruction » → « co », « construction »."""
    found = _COMBINED.match(fold(part))
    cut = found.end(1) if found else 0
    return [part[:cut], part[cut:]] if cut else [part]


def _may_join(atoms: list[_Atom]) -> bool:
    """« agir ensemble » may be met as « agir-ensemble », but « en jeu » is not « enjeu »."""
    return len(atoms) > 2 or not any(fold_word(atom.text) in _SMALL for atom in atoms)


_Group = tuple[str, ...]  # atoms written as one word


def _rows(atoms: list[_Atom], *, joined: bool) -> Iterator[tuple[_Group, ...]]:
    """Ways to group atoms into words: cut or not where no space was typed, or all in one."""
    inner = [number for number, atom in enumerate(atoms) if atom.inner]
    free = inner if len(inner) <= _MANY else inner[:_MANY]
    for kept in product((False, True), repeat=len(free)):
        glued = {number for number, keep in zip(free, kept, strict=True) if keep}
        cuts = [0, *(n for n in range(1, len(atoms)) if n not in glued), len(atoms)]
        yield tuple(tuple(atom.text for atom in atoms[a:b]) for a, b in pairwise(cuts))
    if joined:
        yield (tuple(atom.text for atom in atoms),)


def _spelling(row: Sequence[_Group], kind: TermKind) -> Spelling:
    if kind is TermKind.EXACT:
        return Spelling(tuple(Piece("".join(group), How.WRITTEN) for group in row))
    if kind is TermKind.EXPRESSION and sum(not _small(group) for group in row) > 1:
        return _expression(row)
    pieces = [_piece(group, alone=len(row) == 1) for group in row]
    if kind is TermKind.PREFIX:
        pieces[-1] = Piece(pieces[-1].word, How.BEGUN)
    return Spelling(tuple(pieces))


def _expression(row: Sequence[_Group]) -> Spelling:
    """Small words that may be missing leave a gap; « en » and « à » are words like others."""
    pieces: list[Piece] = []
    gaps: set[int] = set()
    for group in row:
        key = _small(group)
        if key in LOOSE:
            gaps.add(len(pieces))
        elif key in TO:
            pieces.append(Piece("à", How.TO))
            gaps.add(len(pieces))  # « au » holds an article
        else:
            pieces.append(_piece(group))
    return Spelling(tuple(pieces), frozenset(gaps & set(range(1, len(pieces)))))


def _small(group: _Group) -> str:
    """The key of a small word, "" for another."""
    key = fold_word(group[0])
    return key if len(group) == 1 and key in _SMALL else ""


def _piece(group: _Group, *, alone: bool = False) -> Piece:
    """Beside other words, signs and small words are as written; « à » may lack its accent."""
    word, small = "".join(group), _small(group)
    if small == "a":
        return Piece("à", How.INFLECTED)
    sign = not any(map(str.isalnum, word))
    as_written = sign or (small and not alone)
    return Piece(word, How.WRITTEN if as_written else How.INFLECTED, group[-1] if group[1:] else "")
