"""Cells in rows and columns: a grid of multiple choices, two questions crossed."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from verbatims.charts import frame
from verbatims.charts.frame import WIDTH
from verbatims.charts.ink import LIGHT, PAPER, PRIMARY, as_is, between, ink_on
from verbatims.language import _, decimal, number, percent
from verbatims.model import Cross, Table

MARKS = {"+": " ▲", "-": " ▼"}  # more, or less, than in the rest
NOTHING = "–"
CERTAIN = 0.001  # under which a p is not written out
NAMES, LETTER = 200, 6.2  # the width of the names of rows, of a letter
MOST_LINES, SLANTED = 4, 26  # lines of a heading, letters of one that is slanted
OVER = 70  # what the last slanted heading needs beyond its column


def matrix(table: Table, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """A cell per row and answer of a grid of multiple choices, the darker the more frequent."""
    rows = frame.said(frame.translated(table.rows))
    rows = rows.assign(
        name=rows["item"].map(lambda item: frame.wrapped(item, 30)),
        heading=_headings(rows["shown"], [""] * len(rows), _room(rows["answer"], width)),
        printed=rows["share"].map(percent).mask(rows["share"].isna(), NOTHING),
        fill=[between(LIGHT, PRIMARY, share) for share in rows["share"].fillna(0)],
    )
    return _cells(frame.without_intervals(table), rows, ("item", "answer"), width=width, live=live)


def heatmap(cross: Cross, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """A cell per pair of categories: its share of the group, and a mark where it stands out.

    The darker, the larger the share; counts where no share is due.
    """
    rows = _named(cross.rows)
    top = rows["share"].max()
    part = rows["share"] / top if top and top > 0 else rows["share"] * 0
    sizes = [f"\n(n = {number(n)})" for n in rows["base"]]
    rows = rows.assign(
        heading=_headings(rows["column_label"], sizes, _room(rows["column"], width)),
        printed=[_printed(row) for row in rows.to_dict("records")],
        fill=[_fill(one) for one in part],
    )
    return _cells(cross, rows, ("row", "column"), width=width, live=live)


def cooccurrence(cross: Cross, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """How many hold both of each pair, once a pair, and a mark where they come together."""
    order = cross.rows["row"].drop_duplicates().tolist()
    place = {name: at for at, name in enumerate(order)}
    under = cross.rows["row"].map(place) >= cross.rows["column"].map(place)
    rows = _named(cross.rows[under])
    top = max(rows.loc[rows["row"] != rows["column"], "n"].max(), 1) if len(rows) > 1 else 1
    part = (rows["n"] / top).clip(0, 1).mask(rows["row"] == rows["column"])
    rows = rows.assign(
        heading=_headings(rows["column_label"], [""] * len(rows), _room(rows["column"], width)),
        printed=rows["n"].map(number) + rows["sign"].map(MARKS).fillna(""),
        fill=[_fill(one) for one in part],
    )
    return _cells(cross, rows, ("row", "column"), width=width, live=live)


def _cells(
    table: Table, rows: pd.DataFrame, fields: tuple[str, str], *, width: int, live: bool
) -> alt.LayerChart:
    # on a dark page, white would be black
    fill = rows["fill"].where(rows["fill"] != PAPER, "transparent")
    rows = rows.assign(ink=rows["fill"].map(ink_on), fill=fill)
    x = frame.above(rows["heading"].drop_duplicates().tolist(), _room(rows[fields[1]], width))
    y = frame.names(rows["name"].drop_duplicates().tolist())
    base = alt.Chart(rows).encode(x=x, y=y)
    cell = base.mark_rect(
        stroke=PAPER, strokeWidth=2, cursor="pointer" if live else "default"
    ).encode(color=as_is("fill"))
    layers = [
        frame.pickable(cell, fields, live=live),
        base.mark_text(fontSize=12).encode(text="printed:N", color=as_is("ink")),
    ]
    height = frame.height(rows["name"].drop_duplicates())
    first = rows.sort_values("n", ascending=False, kind="stable")
    chart = frame.framed(layers, table, first, width=width, height=height)
    if not frame.is_slanted(rows["heading"], _room(rows[fields[1]], width)):
        return chart
    return chart.properties(padding={**frame.PADDING, "right": OVER})


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        name=rows["row_label"].map(lambda label: frame.wrapped(label, 30)),
        said=[_sentence(row) for row in rows.to_dict("records")],
    )


def _fill(part: float) -> str:
    """The darker, the larger; white where there is nothing to compare."""
    return PAPER if pd.isna(part) else between(LIGHT, PRIMARY, part)


def _room(columns: pd.Series, width: int) -> int:
    """How many letters fit in the heading of a column."""
    return int((width - NAMES) / max(columns.nunique(), 1) / LETTER)


def _headings(names: pd.Series, sizes: Sequence[str], room: int) -> list[str]:
    """Names in as many lines as it takes; on one, cut short, when a word alone does not fit."""
    lines = [frame.wrapped(name, room, whole=True) for name in names]
    if any(
        len(word) > room or text.count("\n") >= MOST_LINES
        for text in lines
        for word in text.split("\n")
    ):
        lines = [
            frame.shortened(name, SLANTED - len(size))
            for name, size in zip(names, sizes, strict=True)
        ]
    return [f"{line}{size}" for line, size in zip(lines, sizes, strict=True)]


def _printed(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["share"]):
        return number(row["n"]) if row["n"] else NOTHING
    return percent(row["share"]) + MARKS.get(row["sign"], "")


def _sentence(row: Mapping[Hashable, Any]) -> str:
    """« Coordination, Association : 44 % (8 sur 18), intervalle 25 à 66 %, PEM 32, p = 0,02 »."""
    counts = _("{n} sur {base}", n=number(row["n"]), base=number(row["base"]))
    what = f"{row['row_label']}, {row['column_label']}"
    if pd.isna(row["share"]):
        return _("{what} : {counts}", what=what, counts=counts)
    bounds = {name: percent(row[name]) for name in ("share", "low", "high")}
    said = _(
        "{what} : {share} ({counts}), intervalle {low} à {high}", what=what, counts=counts, **bounds
    )
    if pd.isna(row["p_adjusted"]):
        return said
    p = row["p_adjusted"]
    told = _("p < 0,001") if p < CERTAIN else _("p = {p}", p=decimal(p, 3))
    return _("{said}, PEM {pem}, {p}", said=said, pem=decimal(row["pem"], 0), p=told)
