"""An expression → the words that spell it, joined, hyphenated or apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from verbatims.folding import bare, fold_case, fold_word

# Inside an expression these may be missing, or stand for one another.
TO = frozenset(("de", "d'", "d", "du", "des", "à", "a", "au", "aux"))
ARTICLES = frozenset(("le", "la", "l'", "l", "les"))
SMALL = TO | ARTICLES | {"un", "une"}
_UNJOINED = SMALL | {"en", "et"}

# « coconstruction » may be written « co construction »; « enjeu » is never « en jeu ».
_COMBINING = re.compile(
    "(anti|auto|co|eco|extra|inter|intra|macro|micro|multi|pluri|post|pre|socio|supra|trans|ultra)"
    r"(\w{4,})"
)
_ATOM = re.compile(r"[^\W_]+['’ʼ]?")
_MANY = 5  # atoms, beyond which they are not tried joined two by two
_LONG = 4  # an « s » at the end of a shorter word is no plural: « ESS »

Piece = tuple[str, ...]  # atoms that are written as one word


@dataclass(frozen=True)
class Spelling:
    """Words in a row; small ones may stand before those whose number is in `gaps`."""

    expression: int
    pieces: tuple[Piece, ...]
    gaps: frozenset[int]


def spellings(expressions: Sequence[str]) -> list[Spelling]:
    """Every way to write each of them: « co-construction » is also « co construction »."""
    found = []
    for number, expression in enumerate(expressions):
        atoms = _atoms(expression)
        found += [_spelling(number, groups) for groups in _groupings(atoms)]
    return list(dict.fromkeys(found))


def _atoms(expression: str) -> list[str]:
    """« Co-construction d’un réseau » → « Co », « construction », « d' », « un », « réseau »."""
    atoms = []
    for part in _ATOM.findall(bare(re.sub(r"[-‐-—]", " ", expression))):
        combined = _COMBINING.fullmatch(fold_word(part))
        cut = combined.end(1) if combined and len(fold_word(part)) == len(part) else 0
        atoms += [part[:cut], part[cut:]] if cut else [part]
    return atoms


def _groupings(atoms: list[str]) -> Iterator[list[Piece]]:
    """Ways to write some of them as one word: « mise-à-jour », but « en jeu » is not « enjeu »."""
    between = len(atoms) - 1
    if not atoms:
        return
    some = product((True, False), repeat=between) if between < _MANY else ()
    for cuts in (*some, (True,) * between, (False,) * between):
        places = [0, *(n for n, cut in enumerate(cuts, 1) if cut), len(atoms)]
        groups = [tuple(atoms[a:b]) for a, b in pairwise(places)]
        if not any(
            len(group) == 2 and not _UNJOINED.isdisjoint(map(fold_case, group)) for group in groups
        ):
            yield groups


def is_small(piece: Piece) -> bool:
    """Whether it is one of the words that an expression may skip."""
    return len(piece) == 1 and fold_case(piece[0]) in SMALL


def _spelling(number: int, groups: list[Piece]) -> Spelling:
    """Small words leave a gap, unless no two others remain: « à vélo », « le Havre »."""
    kept = [group for group in groups if not is_small(group)]
    if len(kept) < min(2, len(groups)):
        return Spelling(number, tuple(groups), frozenset())
    gaps, place = set(), 0
    for group in groups:
        if is_small(group):
            gaps.add(place)
        else:
            place += 1
    return Spelling(number, tuple(kept), frozenset(gaps - {0, place}))


def key(piece: Piece) -> str:
    """What its forms and lemmas are matched with."""
    return fold_word("".join(piece))


def writings(piece: Piece) -> set[str]:
    """« Politique-publique » is also « politiques-publiques »."""
    return {"".join(atoms) for atoms in product(*(_in_number(fold_word(atom)) for atom in piece))}


def _in_number(word: str) -> set[str]:
    """Its singular and its plural: the lemma does not always know them as one."""
    one = singular(word)
    many = {f"{one}s", f"{one}x"} if one.endswith(("au", "eu", "ou")) else {f"{one}s"}
    return {word, one, *many, *([f"{one[:-2]}aux"] if one.endswith("al") else [])}


def singular(word: str) -> str:
    """« reseaux » → "reseau", « sociaux » → "social": enough to tell two expressions alike."""
    if len(word) < _LONG or not word.endswith(("s", "x")):
        return word
    return f"{word[:-3]}al" if word.endswith("aux") and not word.endswith("eaux") else word[:-1]


def loose(expression: str) -> tuple[str, ...]:
    """What two expressions share if only small words and the plural tell them apart."""
    words = [atom for atom in _atoms(expression) if not is_small((atom,))]
    return tuple(singular(fold_word(word)) for word in words)
