"""How likely it is that one word was written for another: slips of the fingers, and by ear."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, product
from math import inf
from os.path import commonprefix
from unicodedata import normalize

# What a slip costs: it happens to one word in 10 ** cost.
DOUBLED, _SWAPPED, _ADDED, _MISSING, _LIKE, _OTHER = 1.7, 1.8, 2.5, 1.7, 2.3, 3.0
_FIRST = 0.7  # more for the first letter
_NO_ACCENT, _LEFT_OUT, _WRONG_ACCENT, _TYPED = 0.1, 0.6, 0.3, 1.0

_KEYBOARD = ("azertyuiop", "qsdfghjklm", "wxcvbn", "aq", "zs", "ed", "rf", "tg", "yh", "uj", "ik")
_NEAR = [row[place : place + 2] for row in _KEYBOARD for place in range(len(row) - 1)]
_ALIKE = ["cs", "sz", "ck", "cq", "kq", "fv", "gj", "mn"]  # to the ear
_VOWELS = [one + other for one in "aeiouy" for other in "aeiouy"]
_LIKELY = frozenset(chain(_VOWELS, *((pair, pair[::-1]) for pair in _NEAR + _ALIKE)))


def cost(wrong: str, right: str) -> float:
    """What it costs to write the one for the other, both in lower case without accents."""
    return 0.0 if wrong == right else _slips(wrong, right)


def accents(word: str, other: str) -> float:
    """What it costs to write the accents of the one for those of the other.

    Nobody types an accent by chance: one that the other word has not is the dearest.
    """
    here, there = _accented(word), _accented(other)
    typed, missing = list((here - there).elements()), list((there - here).elements())
    wrong = sum((Counter(map(_bare, typed)) & Counter(map(_bare, missing))).values())
    left_out = _NO_ACCENT if word.isascii() else _LEFT_OUT  # who forgets one forgets them all
    return _WRONG_ACCENT * wrong + _TYPED * (len(typed) - wrong) + left_out * (len(missing) - wrong)


def _accented(word: str) -> Counter[str]:
    return Counter(letter for letter in word if not letter.isascii())


def _slips(wrong: str, right: str) -> float:
    """The cheapest way from the one to the other: optimal string alignment, each slip weighed."""
    first = len(commonprefix((wrong, right)))
    last = len(commonprefix((wrong[first:][::-1], right[first:][::-1])))
    ends = range(first, len(wrong) - last + 1), range(first, len(right) - last + 1)
    found = {(first, first): 0.0 if first else _FIRST}
    for i, j in product(*ends):
        if (i, j) not in found:
            steps = _steps(wrong, i, right, j)
            found[i, j] = min(found.get((i - a, j - b), inf) + price for a, b, price in steps)
    return found[ends[0][-1], ends[1][-1]]


def _steps(wrong: str, i: int, right: str, j: int) -> Iterator[tuple[int, int, float]]:
    """The slips that may end there: how many letters of each they take, and what they cost."""
    if i:
        yield 1, 0, DOUBLED if i > 1 and wrong[i - 1] == wrong[i - 2] else _ADDED
    if j:
        yield 0, 1, DOUBLED if j > 1 and right[j - 1] == right[j - 2] else _MISSING
    if i and j:
        yield 1, 1, _exchange(wrong[i - 1], right[j - 1])
    if i > 1 and j > 1 and wrong[i - 1] == right[j - 2] and wrong[i - 2] == right[j - 1]:
        yield 2, 2, _SWAPPED


def _bare(letter: str) -> str:
    return normalize("NFD", letter)[0]


def _exchange(wrong: str, right: str) -> float:
    if wrong == right:
        return 0.0
    return _LIKE if wrong + right in _LIKELY else _OTHER
