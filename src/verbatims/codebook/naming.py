"""Labels → ids, and labels that no two themes share."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from verbatims.folding import fold

_RESERVED = ("source", "keep", "drop")  # a column of codages.csv; what negation does
_ID = re.compile(r"[a-z0-9_-]+")
_LONGEST = 40
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)'")
_WORD = re.compile(r"[a-z0-9]+")


def is_id(written: str) -> bool:
    return bool(_ID.fullmatch(written)) and written not in _RESERVED


def identifier(label: str, taken: Collection[str]) -> str:
    """An id that is not taken: « Tri sélectif, compost » → "tri_selectif_compost", then "…_2"."""
    words = _WORD.findall(_ELIDED.sub("", fold(label)))
    name, number = _cut(words, _LONGEST), 1
    while name in taken or name in _RESERVED:
        number += 1
        name = f"{_cut(words, _LONGEST - len(f'_{number}'))}_{number}"
    return name


def distinct(labels: Sequence[str], parents: Sequence[str]) -> list[str]:
    """The labels, blind to case and accents; those met twice carry their parent's, or a number.

    `parents` has the label of the parent of each, "" at the top: « Autre » → « Autre (Énergie) ».
    """
    times = Counter(map(fold, labels))
    taken = {key for key, n in times.items() if n == 1}
    told = []
    for label, parent in zip(labels, parents, strict=True):
        own = label
        if times[fold(label)] > 1:
            own = _free(f"{label} ({parent})" if parent else label, taken)
            taken.add(fold(own))
        told.append(own)
    return told


def _cut(words: Sequence[str], longest: int) -> str:
    """As many whole words as there is room for; the first is cut when it alone is too long."""
    name = "_".join(words) or "theme"
    if len(name) <= longest:
        return name
    whole, _, _ = name[: longest + 1].rpartition("_")
    return whole or name[:longest]


def _free(label: str, taken: Collection[str]) -> str:
    free, number = label, 1
    while fold(free) in taken:
        number += 1
        free = f"{label} ({number})"
    return free
