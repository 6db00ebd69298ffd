"""What all drawings share: the frame with its question, base and notes; axes; what is said."""

import re
import textwrap
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from verbatims.charts.ink import FAINT, INK, PAPER, RULE
from verbatims.language import FRENCH, N_, THIN, _, number, percent, spoken
from verbatims.measures import intervals
from verbatims.model import Table

ASIDE = {N_("Hors tranches"): "#cfc8ba", N_("Ne sais pas"): "#ece7dd"}  # answers off the scale

WIDTH = 640
BAR, LINE = 20, 14  # the height of a bar, of a line of text
SMALLEST = 0.055  # a thinner piece of a bar has no room for its figure
TOLD = 3  # figures that the text in place of a drawing says
PICKED = "picked"  # the selection of a drawing that can be clicked
PADDING = {"left": 10, "right": 10, "top": 10, "bottom": 10}
LINES = "split(datum.label, '\\n')"
# Vega sets the first line of a label against its bar: lift it so that all its lines are centred
CENTRED = {
    "condition": [
        {"test": f"length({LINES}) == {lines}", "value": -LINE * (lines - 1) / 2}
        for lines in range(2, 10)
    ],
    "value": 0,
}


def framed(
    layers: Sequence[alt.Chart], table: Table, said: pd.DataFrame, *, width: int, height: int
) -> alt.LayerChart:
    """The layers under the question and what they rest on; the first figures are read aloud.

    `said` are the rows drawn, in order, with their sentence in `said`.
    """
    notes = " ".join(table.notes)
    heading = alt.TitleParams(
        text=textwrap.wrap(tied(table.title), int(width / 7.8)) or [""],
        subtitle=textwrap.wrap(tied(notes), int(width / 6.1)),
        anchor="start",
        frame="bounds",
        color=INK,
        fontSize=15,
        lineHeight=19,
        subtitleColor=FAINT,
        subtitleFontSize=11.5,
        subtitleLineHeight=LINE + 1,
        subtitlePadding=6,
        offset=14,
    )
    first = " ; ".join(said["said"].head(TOLD)) if "said" in said else ""
    told = [table.title, f"{first}." if first else "", notes]
    return alt.LayerChart(layer=list(layers)).properties(
        width=width,
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        background=PAPER,
        padding=PADDING,
        title=heading,
        view=alt.ViewBackground(stroke=None),
        description=" ".join(filter(None, told)),
    )


def pickable(layer: alt.Chart, fields: Sequence[str], *, live: bool) -> alt.Chart:
    """The layer, its marks named for who hears them; on a live one a click chooses them."""
    named = layer.encode(tooltip="said:N", description="said:N")
    if not live:
        return named
    chosen = alt.selection_point(name=PICKED, fields=list(fields), on="click", clear="dblclick")
    dimmed = alt.condition(chosen, alt.value(1), alt.value(0.35))
    return named.encode(opacity=dimmed).add_params(chosen)


def translated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `shown`: the answers, those that are the tool's own words as the reader's."""
    if "answer" not in rows:
        return rows
    return rows.assign(shown=rows["answer"].map(lambda text: _(text) if text in ASIDE else text))


def said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the sentence that the mouse shows: « Santé – 8 à 10 : 44 % (18 sur 41) »."""
    return rows.assign(said=[sentence(row) for row in rows.to_dict("records")])


def sentence(row: Mapping[Hashable, Any]) -> str:
    what = " – ".join(str(row[name]) for name in ("item", "shown", "label") if row.get(name))
    counts = number(row["n"])
    if "base" in row:
        counts = _("{n} sur {base}", n=counts, base=number(row["base"]))
    if pd.isna(row["share"]):
        return _("{what} : {counts}", what=what, counts=counts)
    figures = {name: percent(row[name]) for name in ("share", "low", "high")}
    said = _(
        "{what} : {share} ({counts}), intervalle {low} à {high}",
        what=what,
        counts=counts,
        **figures,
    )
    weighted = row.get("weighted_share")
    if weighted is None:
        return said
    return _("{said}, part redressée {weighted}", said=said, weighted=percent(weighted))


def wrapped(text: str, width: int = 38, *, whole: bool = False) -> str:
    """The text on lines no longer than `width`; words are not cut when they must stay `whole`."""
    lines = textwrap.wrap(tied(text), width, break_long_words=not whole)
    return "\n".join(lines) or text


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def tied(text: str) -> str:
    """The text with the spaces of French typography that no line may begin or end with."""
    return re.sub(" (?=[%:;!?»])|(?<=«) ", "\u00a0", text)


def names(order: Sequence[str]) -> alt.Y:
    """The rows, in this order, their names on several lines where they are long."""
    axis = alt.Axis(labelExpr=LINES, labelPadding=8, labelOffset=CENTRED, **labels())
    return alt.Y("name:N", sort=list(order), title=None, axis=axis)


def above(headings: Sequence[str], room: int) -> alt.X:
    """The columns, in this order, named at the top; slanted where a name has no room in its own."""
    small = labels() | {"labelFontSize": 11}
    lines = max((heading.count("\n") + 1 for heading in headings), default=1)
    if is_slanted(headings, room):
        slanted = {"labelAngle": -38, "labelAlign": "left", "labelOffset": -4, "labelPadding": 4}
        axis = alt.Axis(
            orient="top", labelExpr="replace(datum.label, '\\n', ' ')", **small | slanted
        )
    else:
        # Vega writes downwards from the first line: leave room for the others
        padding = 4 + (lines - 1) * LINE
        axis = alt.Axis(orient="top", labelAngle=0, labelExpr=LINES, labelPadding=padding, **small)
    return alt.X("heading:N", sort=list(headings), title=None, axis=axis)


def is_slanted(headings: Iterable[str], room: int) -> bool:
    """Whether some column's name is wider than the column."""
    return any(len(line) > room for heading in headings for line in heading.split("\n"))


def labels() -> dict[str, Any]:
    return {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 0,
        "labelFlush": False,
        "labelOverlap": False,
        "labelLineHeight": LINE,
        "domain": False,
        "ticks": False,
    }


def axis(title: str, *, percents: bool, both_sides: bool = False) -> alt.Axis:
    return alt.Axis(
        title=title,
        titleColor=FAINT,
        titleFontSize=11,
        titleFontWeight="normal",
        labelColor=FAINT,
        labelFontSize=11,
        labelExpr=_percents(both_sides=both_sides) if percents else _counts(),
        tickCount=5,
        tickMinStep=0.01 if percents else 1,
        gridColor=RULE,
        domain=False,
        ticks=False,
    )


def _percents(*, both_sides: bool) -> str:
    """How Vega writes the shares of an axis; without their sign on both sides of a zero."""
    value = "abs(datum.value)" if both_sides else "datum.value"
    written = f"format({value}, '.0%')"
    shown = f"replace({written}, '%', '{THIN}%')" if spoken() == FRENCH else written
    return f"datum.value > 1 ? '' : {shown}"  # an axis goes on, past the whole, for the figures


def _counts() -> str:
    """How Vega writes the counts of an axis."""
    written = "format(datum.value, ',d')"
    return f"replace({written}, regexp(',', 'g'), '{THIN}')" if spoken() == FRENCH else written


def without_intervals(table: Table) -> Table:
    """The same with the notes of a drawing that has no room for intervals."""
    kept = tuple(note for note in table.notes if note not in (intervals.NOTE, _(intervals.NOTE)))
    return replace(table, notes=kept)


def height(names: pd.Series) -> int:
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return max(len(names), 1) * max(BAR + 10, lines * LINE + 8)
