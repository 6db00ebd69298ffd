"""Two variables → a test for each row, or one for the whole, or why there is none."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from verbatims.analysis.pairs import CONSTANT, FEW, OVERLAP, UNREAD, Pair
from verbatims.analysis.shares import TINY
from verbatims.analysis.variables import Flags
from verbatims.language import N_, _
from verbatims.measures import independence
from verbatims.measures.independence import Tested
from verbatims.measures.intervals import Floats
from verbatims.model import Kind

CRAMER, CLIFF, EPSILON = N_("V de Cramér"), N_("δ de Cliff"), "ε²"
EFFECTS = {
    independence.MANN_WHITNEY: CLIFF,
    independence.KRUSKAL: EPSILON,
}

FEW_GROUPS = N_("Moins de deux groupes d'au moins {n} répondants : pas de test.")
FEW_MARKS = N_("Moins de {n} notes avec la ligne, ou sans elle : pas de test.")

TEST = (
    *("row", "row_label", "test", "statistic", "p", "p_adjusted"),
    *("effect", "effect_name", "n", "note"),
)


def row_tests(pair: Pair, corrected: Callable[[Any], Floats]) -> pd.DataFrame:
    """A test for each row of a multiple question, for the whole table of another."""
    if pair.rows.kind is Kind.MULTI:
        found = [
            (category, label, *_tested(pair, at, why))
            for at, (category, label, why) in enumerate(
                zip(pair.rows.categories, pair.rows.labels, pair.rows.withheld, strict=True)
            )
        ]
    else:
        found = [("", "", *_tested(pair, None, ""))]
    lines = [
        {
            "row": row,
            "row_label": label,
            "test": test.test if test else "",
            "statistic": test.statistic if test else np.nan,
            "p": test.p if test else np.nan,
            "effect": test.effect if test else np.nan,
            "effect_name": EFFECTS.get(test.test, CRAMER) if test else "",
            "n": n,
            "note": note,
        }
        for row, label, test, n, note in found
    ]
    frame = pd.DataFrame(lines, columns=[name for name in TEST if name != "p_adjusted"])
    return frame.assign(p_adjusted=corrected(frame["p"]))[list(TEST)]


def no_tests() -> pd.DataFrame:
    """The columns of tests, for a table that has none."""
    return pd.DataFrame({name: pd.Series(dtype="object") for name in TEST})


def _tested(pair: Pair, at: int | None, why: str) -> tuple[Tested | None, int, str]:
    """The test of one row, or of all, and on how many people; else None and the reason."""
    why = why or _refused(pair)
    if why:
        return None, pair.total, why
    marked = _marked(pair, at)
    return _counted(pair, at) if marked is None else _ranked(*marked)


def _refused(pair: Pair) -> str:
    if pair.total < TINY:
        return _(FEW, n=TINY)
    if not pair.is_read:
        return _(UNREAD)
    if any(pair.columns.withheld):
        return next(why for why in pair.columns.withheld if why)
    return "" if pair.is_partition else _(OVERLAP)


class _Samples(NamedTuple):
    """Marks, whose they are, and what those groups are called; "" for who is without the row."""

    marks: Floats
    members: list[Flags]
    labels: Sequence[str]


def _marked(pair: Pair, at: int | None) -> _Samples | None:
    """The marks to compare, where one of the two has some: a theme's or an answer's, or a group's.

    Those of the rows when both have some.
    """
    rows, columns = pair.rows, pair.columns
    if at is None and rows.is_marked:
        return _Samples(rows.marks, list(pair.groups.T.astype(bool)), columns.labels)
    if not columns.is_marked:
        return None
    if at is None:
        return _Samples(columns.marks, list(pair.held.T.astype(bool)), rows.labels)
    own = pair.held[:, at].astype(bool)
    return _Samples(columns.marks, [own, ~own & pair.based], ("", ""))


def _ranked(marks: Floats, members: list[Flags], labels: Sequence[str]) -> Any:
    """Mann-Whitney's or Kruskal-Wallis's, between the groups with enough marks."""
    of = [marks[own & ~np.isnan(marks)] for own in members]
    enough = [len(group) >= TINY for group in of]
    n = sum(len(group) for group, kept in zip(of, enough, strict=True) if kept)
    if sum(enough) < 2:
        return None, n, _(FEW_GROUPS if any(labels) else FEW_MARKS, n=TINY)
    out = [
        label
        for label, group, kept in zip(labels, of, enough, strict=True)
        if len(group) and not kept
    ]
    try:
        found = independence.ordinal(
            [group for group, kept in zip(of, enough, strict=True) if kept]
        )
    except ValueError:
        return None, n, _(CONSTANT)
    return found, n, _left_out(out)


def _counted(pair: Pair, at: int | None) -> tuple[Tested | None, int, str]:
    """Of the counts: a row and its absence, or all rows, by the groups that are large enough."""
    kept = pair.sizes >= TINY
    if kept.sum() < 2:
        return None, pair.total, _(FEW_GROUPS, n=TINY)
    n, sizes = pair.n[:, kept], pair.sizes[kept]
    table = n if at is None else np.stack([n[at], sizes - n[at]])
    people = int(sizes.sum())
    try:
        found = independence.independence(table)
    except ValueError:
        return None, people, _(CONSTANT)
    small = np.flatnonzero((pair.sizes > 0) & ~kept)
    return found, people, _left_out([pair.columns.labels[place] for place in small])


def _left_out(groups: Sequence[str]) -> str:
    """Which groups are too small to be in the test."""
    if not groups:
        return ""
    names = ", ".join(_("« {text} »", text=name) for name in groups)
    return _("Sans {groups}, de moins de {n} répondants.", groups=names, n=TINY)
