"""What a table or another program says of a theme → what a codebook holds."""

import re
from collections.abc import Collection, Hashable, Iterable

from verbatims.codebook import terms
from verbatims.folding import fold, squeeze
from verbatims.model import DROP, KEEP, Term, ThemeStatus

STATUSES = {
    ThemeStatus.CANDIDATE: "candidat",
    ThemeStatus.ACTIVE: "actif",
    ThemeStatus.RETIRED: "retiré",
}
DROPPED = "écarter"  # has an accent: no id is written so

_STATUS_OF = {fold(word): status for status, word in STATUSES.items()}
_STATUS_OF |= {status.value: status for status in ThemeStatus}
_NEGATION_OF = {fold(DROPPED): DROP, DROP: DROP, "garder": KEEP, KEEP: KEEP}

# What neither XML nor YAML can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{4}|[0-9a-f]{3})")
_LEVELS = re.compile(r"(?:rgba?)?\(?\s*([\d.]+%?(?:[\s,;]+[\d.]+%?){2})(?:[\s,;/]+[\d.]+%?)?\s*\)?")
_NAMED = {  # the colours that HTML has names for, and those which programs offer beside them
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "magenta": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "cyan": "#00ffff",
    "orange": "#ffa500",
    "pink": "#ffc0cb",
    "brown": "#a52a2a",
}


def text(written: str) -> str:
    """On one line, single spaces, without what cannot be written in a codebook."""
    return squeeze(_UNWRITABLE.sub("", written))


def status(written: str) -> ThemeStatus | None:
    return _STATUS_OF.get(fold(text(written)))


def negation(written: str, ids: Collection[str]) -> str | None:
    """KEEP, DROP or one of the ids; None for anything else."""
    said = text(written)
    return said if said in ids else _NEGATION_OF.get(fold(said))


def colour(written: str) -> str | None:
    """ "#rrggbb" from #rgb, rgb(), a name…, what is transparent made opaque; None if unread."""
    said = written.strip().lower()
    if found := _HEX.fullmatch(said):
        return "#" + _opaque(found[1])
    if found := _LEVELS.fullmatch(said):
        levels = [_level(level) for level in re.split(r"[\s,;]+", found[1])]
        known = [level for level in levels if level is not None]
        return "#{:02x}{:02x}{:02x}".format(*known) if len(known) == 3 else None
    return _NAMED.get(said)


def sought(written: Iterable[str], line: int) -> tuple[tuple[Term, ...], list[str]]:
    """The terms that can be sought, each once; and what is wrong with the others."""
    kept: dict[Hashable, Term] = {}
    faults = []
    for one in filter(None, map(text, written)):
        if fault := terms.fault(one):
            faults.append(fault)
        else:
            term = terms.term(one, line)
            kept.setdefault(terms.alike(term), term)
    return tuple(kept.values()), faults


def _opaque(digits: str) -> str:
    """Six digits; of eight, the transparency is left out, which Windows programs put first."""
    if len(digits) <= 4:
        digits = "".join(2 * digit for digit in digits)
    first = len(digits) == 8 and digits.startswith("ff") and not digits.endswith("ff")
    return digits[2:] if first else digits[:6]


def _level(written: str) -> int | None:
    try:
        level = float(written.removesuffix("%")) * (2.55 if written.endswith("%") else 1)
    except ValueError:
        return None
    return round(level) if level <= 255 else None
