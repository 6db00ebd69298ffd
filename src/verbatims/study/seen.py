"""What a figure shows → kept as JSON, printed, compared with what it shows later."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from verbatims.language import _, decimal, ngettext, number, percent, rounded
from verbatims.model import Base, Figure, Table

Picked = Mapping[str, str]  # the columns that choose rows of a table, as charts name them
Row = Mapping[Hashable, Any]

_KEYS = (("row", "column"), ("theme",), ("item", "answer"))
_LABELS = {"row": "row_label", "column": "column_label", "theme": "label"}
_COUNTS = ("n", "base")
_FIGURES = ("share", "low", "high", "weighted_share")
_MARKS = ("mean", "median")  # the same on each row of an item
_PLACES = 9  # beyond, two figures are the same
_TOLD = 3  # rows named when there are many

PLAIN, CROSSED, TOGETHER, ESTIMATED = "plain", "crossed", "together", "estimated"

MORE, LESS = "+", "-"
ARROWS = {MORE: "▲", LESS: "▼", "": ""}


@dataclass(frozen=True)
class Line:
    """A row of a table: what it counts, and its figures; those that are not due are not there."""

    key: tuple[str, ...]
    labels: tuple[str, ...]
    figures: Mapping[str, float]
    sign: str = ""  # MORE or LESS than the others, where a test says so

    @property
    def n(self) -> int:
        return int(self.figures.get("n", 0))

    @property
    def base(self) -> int:
        return int(self.figures.get("base", 0))

    @property
    def share(self) -> float | None:
        return self.figures.get("share")

    @property
    def label(self) -> str:
        return " × ".join(filter(None, self.labels))


@dataclass(frozen=True)
class Seen:
    """What a table showed, or the row of it that was picked."""

    title: str
    base: int
    lines: tuple[Line, ...]
    kind: str = PLAIN
    one: bool = False  # whether a row was picked
    tested: bool = False

    @property
    def estimated(self) -> bool:
        return self.kind == ESTIMATED


def look(table: Table, figure: Figure, picked: Picked | None = None) -> Seen:
    """What a figure's table shows in the rows picked, or in all; none when they are not there."""
    keys = next(names for names in _KEYS if set(names) <= set(table.rows.columns))
    rows = table.rows
    for name, value in chosen(picked).items():
        rows = rows[rows[name] == value] if name in rows else rows
    one = bool(picked) and len(rows) < 2
    names = _FIGURES if one else (*_FIGURES, *_MARKS)
    lines = tuple(_line(row, keys, names, table.base) for row in rows.to_dict("records"))
    tested = "p_adjusted" in rows and bool(rows["p_adjusted"].notna().any())
    return Seen(table.title, table.base.answered, lines, _kind(figure), one, tested)


def _kind(figure: Figure) -> str:
    if figure.estimated:
        return ESTIMATED
    if not figure.by:
        return PLAIN
    same = (figure.by, figure.by_item) == (figure.question, figure.item)
    return TOGETHER if same else CROSSED


def chosen(picked: Picked | None) -> dict[str, str]:
    """What says which rows were picked; a click may say more."""
    known = {name for names in _KEYS for name in names}
    return {name: str(value) for name, value in sorted((picked or {}).items()) if name in known}


def _line(row: Row, keys: tuple[str, ...], names: Iterable[str], base: Base) -> Line:
    counts = {"n": row.get("n", 0), "base": row.get("base", base.answered)}
    figures = {name: row.get(name) for name in names}
    due = {name: value for name, value in {**counts, **figures}.items() if not pd.isna(value)}
    return Line(
        tuple(str(row[name]) for name in keys),
        tuple(str(row[_LABELS.get(name, name)]) for name in keys),
        {name: round(float(value), _PLACES) for name, value in due.items()},
        str(row.get("sign", "")),
    )


# -- kept ----------------------------------------------------------------------------------


def packed(seen: Seen) -> dict[str, Any]:
    """As JSON holds it."""
    lines = [[line.key, line.labels, dict(line.figures), line.sign] for line in seen.lines]
    about = {"title": seen.title, "base": seen.base, "kind": seen.kind}
    return {**about, "one": seen.one, "tested": seen.tested, "lines": lines}


def unpacked(kept: Mapping[str, Any]) -> Seen:
    """What `packed` kept."""
    lines = tuple(
        Line(tuple(key), tuple(labels), dict(figures), sign)
        for key, labels, figures, sign in kept.get("lines", [])
    )
    about = (str(kept.get("title", "")), int(kept.get("base", 0)))
    one, tested = (bool(kept.get(name)) for name in ("one", "tested"))
    return Seen(*about, lines, str(kept.get("kind", PLAIN)), one, tested)


# -- printed -------------------------------------------------------------------------------


def printed(seen: Seen) -> str:
    """« 44 % (18 sur 41) », or the rows of a table that say most."""
    if seen.one and seen.lines:
        return figured(seen.lines[0], estimated=seen.estimated)
    return overview(seen)


def figured(line: Line, *, estimated: bool = False) -> str:
    """A share with its counts, its bounds where it is estimated, a count where none is due."""
    if estimated and line.share is not None:
        return _("entre {low} et {high}", **bounds(line))
    if line.share is None:
        return count(line)
    told = _("{share} ({n} sur {base})", share=percent(line.share), n=line.n, base=line.base)
    return f"{told} {ARROWS[line.sign]}".rstrip()


def count(line: Line) -> str:
    """How many, out of how many where they are too few for a share."""
    if is_tiny(line):
        return _("{n} sur {base}", n=line.n, base=line.base)
    return held(line)


def held(line: Line) -> str:
    """« 18 répondants »."""
    return ngettext("{n} répondant", "{n} répondants", line.n)


def bounds(line: Line) -> dict[str, str]:
    """The interval of a share: « 30 » and « 59 % »."""
    low, high = (line.figures.get(name, float("nan")) for name in ("low", "high"))
    return {"low": "" if pd.isna(low) else str(rounded(100 * low)), "high": percent(high)}


def is_tiny(line: Line) -> bool:
    """Whether the base is too small for a share."""
    from verbatims.analysis.shares import TINY

    return line.base < TINY


def is_small(line: Line) -> bool:
    """Whether the base calls for care."""
    from verbatims.analysis.shares import SMALL

    return line.base < SMALL


def overview(seen: Seen) -> str:
    """What a table says most: what a test sets apart, else means, else the highest rows."""
    say = _met if seen.kind == TOGETHER else partial(figured, estimated=seen.estimated)
    lines = [line for line in seen.lines if seen.kind != TOGETHER or line.key[0] < line.key[1]]
    if seen.tested:
        apart = [line for line in lines if line.sign]
        return _listed(apart, say) if apart else _("aucun écart net")
    marked = {line.key[0]: line for line in lines if "mean" in line.figures}
    if marked:
        return _listed([replace(line, labels=line.labels[:1]) for line in marked.values()], mean)
    highest = sorted(lines, key=lambda line: (line.share or 0, line.n), reverse=True)
    return _listed(highest, say)


def mean(line: Line) -> str:
    """« moyenne 7,5, médiane 8 »."""
    median = line.figures["median"]
    told = decimal(median) if median % 1 else number(int(median))
    return _("moyenne {mean}, médiane {median}", mean=decimal(line.figures["mean"]), median=told)


def _met(line: Line) -> str:
    """How many hold both; the share of one among the other is not that of the other."""
    return f"{held(line)} {ARROWS[line.sign]}".rstrip()


def _listed(lines: Sequence[Line], say: Callable[[Line], str]) -> str:
    told = [
        _("« {label} » {figure}", label=line.label, figure=say(line)) if line.label else say(line)
        for line in lines[:_TOLD]
    ]
    others = len(lines) - _TOLD
    if others > 0:
        told.append(ngettext("et {n} autre ligne", "et {n} autres lignes", others))
    return ", ".join(told)


# -- compared ------------------------------------------------------------------------------


def changes(before: Seen, now: Seen) -> str:
    """What is no longer as it was, in one sentence; "" when all is."""
    if not before.lines or not now.lines:
        return "" if before.lines == now.lines else _("ces lignes ne sont plus dans le tableau")
    if before.one:
        return _change(before, before.lines[0], now.lines[0])
    return _changes(before, now)


def _change(before: Seen, was: Line, is_: Line) -> str:
    if was.figures == is_.figures and was.sign == is_.sign:
        return ""
    for say in (figured, _at_length):
        told = [say(line, estimated=before.estimated) for line in (was, is_)]
        if told[0] != told[1]:
            return _("{then} quand retenu, {now} maintenant", then=told[0], now=told[1])
    return _("les données ont changé, mais rien de ce qui s'imprime")


def _at_length(line: Line, *, estimated: bool) -> str:
    told = [figured(line, estimated=estimated)]
    if not estimated and line.share is not None:
        told.append(_("intervalle de {low} à {high}", **bounds(line)))
    if "weighted_share" in line.figures:
        told.append(_("redressé : {share}", share=percent(line.figures["weighted_share"])))
    return ", ".join(told)


def _changes(before: Seen, now: Seen) -> str:
    was, is_ = ({line.key: line for line in seen.lines} for seen in (before, now))
    said = [(was[key], _change(before, was[key], is_[key])) for key in was if key in is_]
    told = [_("« {label} » : {change}", label=line.label, change=say) for line, say in said if say]
    counts = (
        (len(told), _changed),
        (len(was.keys() - is_.keys()), _gone),
        (len(is_.keys() - was.keys()), _new),
    )
    parts = [say(n) for n, say in counts if n]
    return _(" ; ").join([", ".join(parts), *told[:1]]) if parts else ""


def _changed(n: int) -> str:
    return ngettext("{n} ligne a changé", "{n} lignes ont changé", n)


def _gone(n: int) -> str:
    return ngettext("{n} ligne n'y est plus", "{n} lignes n'y sont plus", n)


def _new(n: int) -> str:
    return ngettext("{n} ligne est nouvelle", "{n} lignes sont nouvelles", n)
