"""A table → its drawing: horizontal bars, with the base and the notes always in sight."""

import re
import textwrap
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from verbatims.language import FRENCH, N_, THIN, _, decimal, number, percent, spoken
from verbatims.measures import intervals
from verbatims.model import Kind, Question, Table

PRIMARY = "#1f4e79"
PALETTE = (
    *("#1f4e79", "#c8553d", "#2e7d5b", "#8a6d1d"),
    *("#6a4c93", "#3a7ca5", "#9c3848", "#5b6770"),
)
INK, FAINT, RULE, PAPER, BLACK = "#1b2430", "#4a5560", "#e1e5ea", "#ffffff", "#000000"
LIGHT = "#c9dcec"  # scales go from LIGHT to PRIMARY: they stay in order when printed in grey
ASIDE = {N_("Hors tranches"): "#cfc8ba", N_("Ne sais pas"): "#ece7dd"}  # answers off the scale

WIDTH = 640
BAR, LINE = 20, 14  # the height of a bar, of a line of text
SMALLEST = 0.055  # a thinner piece of a bar has no room for its figure
LINES = "split(datum.label, '\\n')"
# Vega sets the first line of a label against its bar: lift it so that all its lines are centred
CENTRED = {
    "condition": [
        {"test": f"length({LINES}) == {lines}", "value": -LINE * (lines - 1) / 2}
        for lines in (2, 3, 4)
    ],
    "value": 0,
}


def closed(question: Question, table: Table, *, width: int = WIDTH) -> alt.LayerChart:
    """The drawing that suits a closed question."""
    if question.kind is not Kind.GRID:
        return bars(table, ranked=question.kind in (Kind.SINGLE, Kind.MULTI), width=width)
    if question.of is Kind.RATING:
        return bands(table, width=width)
    if question.of is Kind.MULTI:
        return matrix(table, width=width)
    return stacked(table, ordered=question.of is Kind.ORDINAL, width=width)


def bars(table: Table, *, ranked: bool = True, width: int = WIDTH) -> alt.LayerChart:
    """One bar per answer or theme: its share with its interval, or its count where none is due."""
    rows = _lengths(_said(_translated(table.rows)))
    is_share = bool(rows["share"].notna().any())
    weighted = "weighted_share" in rows and is_share
    order = _ranking(rows) if ranked else rows["name"].tolist()
    title = _("Part des répondants") if is_share else _("Nombre de répondants")
    top = max(rows["end"].max(), 0.01 if is_share else 1) if len(rows) else 1
    # what is left at the right of the longest bar is for its figures
    scale = alt.Scale(domain=[0, top * 1.25], nice=False)
    x = alt.X("value:Q", scale=scale, axis=_axis(title, percents=is_share))
    base = alt.Chart(rows).encode(y=_names(order), tooltip="said:N")
    text = base.mark_text(align="left", dx=6, fontSize=12, color=INK)
    layers = [
        base.mark_bar(height=BAR, color=PRIMARY).encode(x=x),
        *(_whiskers(base) if is_share else []),
        *(_diamonds(base) if weighted else []),
        text.encode(x="end:Q", text="printed:N"),
    ]
    notes = [*table.notes, *([_("Losange : part redressée.")] if weighted else [])]
    return _framed(layers, table.title, notes, width=width, height=_height(rows["name"]))


def stacked(table: Table, *, ordered: bool = True, width: int = WIDTH) -> alt.LayerChart:
    """One bar of 100 % per row of a grid, cut by answer, in the order of the questionnaire."""
    table = replace(table, rows=_translated(table.rows))
    bases = table.rows.drop_duplicates("item").set_index("item")["base"]
    beside = {item: f"n = {n}" for item, n in bases.items()} if bases.nunique() > 1 else {}
    return _cut_bars(table, list(bases.index), beside, ordered=ordered, width=width)


def bands(table: Table, *, width: int = WIDTH) -> alt.LayerChart:
    """The same for ratings cut in bands: most in the top band first, the mean beside."""
    rows, aside = _translated(table.rows), _aside()
    highest = [answer for answer in rows["answer"].unique() if answer not in aside][-1:]
    top = rows[rows["answer"].isin(highest)].sort_values("share", ascending=False, kind="stable")
    means = top.set_index("item")["mean"].dropna()
    beside = {item: _("moy. {mean}", mean=decimal(mean)) for item, mean in means.items()}
    table = replace(table, rows=rows)
    return _cut_bars(table, top["item"].tolist(), beside, ordered=True, width=width)


def matrix(table: Table, *, width: int = WIDTH) -> alt.LayerChart:
    """A cell per row and answer of a grid of multiple choices, the darker the more frequent."""
    rows = _said(_translated(table.rows))
    rows = rows.assign(
        name=rows["item"].map(lambda item: _wrapped(item, 30)),
        answer=rows["answer"].map(lambda answer: _wrapped(answer, 14)),
        printed=rows["share"].map(percent).mask(rows["share"].isna(), "–"),
        fill=[_between(LIGHT, PRIMARY, share) for share in rows["share"].fillna(0)],
    )
    rows = rows.assign(ink=rows["fill"].map(_ink_on))
    columns = alt.X(
        "answer:N",
        sort=rows["answer"].unique().tolist(),
        title=None,
        axis=alt.Axis(
            orient="top", labelAngle=0, labelExpr=LINES, **(_labels() | {"labelFontSize": 11})
        ),
    )
    y = _names(rows["name"].unique().tolist())
    base = alt.Chart(rows).encode(x=columns, y=y, tooltip="said:N")
    layers = [
        base.mark_rect(stroke=PAPER, strokeWidth=2).encode(color=_as_is("fill")),
        base.mark_text(fontSize=12).encode(text="printed:N", color=_as_is("ink")),
    ]
    height = _height(rows["name"].drop_duplicates())
    return _framed(layers, table.title, _without_intervals(table), width=width, height=height)


def lemmas(
    counts: pd.DataFrame,
    *,
    title: str = "",
    notes: Sequence[str] = (),
    width: int = WIDTH,
) -> alt.LayerChart:
    """One bar per word: `counts` holds `lemma` and `n`, in any order."""
    rows = counts.sort_values(["n", "lemma"], ascending=[False, True])
    rows = rows.assign(name=rows["lemma"], printed=rows["n"].map(number))
    top = max(rows["n"].max(), 1) if len(rows) else 1
    x = alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.15], nice=False))
    base = alt.Chart(rows).encode(x=x, y=_names(rows["name"].tolist()))
    layers = [
        base.mark_bar(height=14, color=PRIMARY),
        base.mark_text(align="left", dx=6, fontSize=12, color=INK).encode(text="printed:N"),
    ]
    title = title or _("Mots les plus fréquents")
    return _framed(layers, title, notes, width=width, height=max(len(rows), 1) * 20)


def _translated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, with the answers that are the tool's own words in the reader's language."""
    if "answer" not in rows:
        return rows
    return rows.assign(
        answer=rows["answer"].map(lambda answer: _(answer) if answer in ASIDE else answer)
    )


def _aside() -> dict[str, str]:
    """The colours of the answers off the scale, as they are shown."""
    return {_(answer): colour for answer, colour in ASIDE.items()}


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the sentence that the mouse shows: « Santé – 8 à 10 : 44 % (18 sur 41) »."""
    return rows.assign(said=[_sentence(row) for row in rows.to_dict("records")])


def _sentence(row: Mapping[Hashable, Any]) -> str:
    what = " – ".join(str(row[name]) for name in ("item", "answer", "label") if row.get(name))
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


def _lengths(rows: pd.DataFrame) -> pd.DataFrame:
    """What each bar measures, where its figures begin, and what they say."""
    name = rows["label" if "label" in rows else "answer"].map(_wrapped)
    counts = rows["n"].map(number)
    if rows["share"].isna().all():
        return rows.assign(name=name, value=rows["n"], end=rows["n"], printed=counts)
    printed = rows["share"].map(percent) + "  (" + counts + ")"
    return rows.assign(name=name, value=rows["share"], end=rows["high"], printed=printed)


def _wrapped(text: str, width: int = 38) -> str:
    return "\n".join(textwrap.wrap(_tied(text), width)) or text


def _ranking(rows: pd.DataFrame) -> list[str]:
    ranked = rows.assign(aside=rows["name"].isin(list(_aside()))).sort_values(
        ["aside", "value"], ascending=[True, False], kind="stable"
    )
    return ranked["name"].tolist()


def _names(order: Sequence[str]) -> alt.Y:
    axis = alt.Axis(labelExpr=LINES, labelPadding=8, labelOffset=CENTRED, **_labels())
    return alt.Y("name:N", sort=list(order), title=None, axis=axis)


def _labels() -> dict[str, Any]:
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


def _axis(title: str, *, percents: bool) -> alt.Axis:
    return alt.Axis(
        title=title,
        titleColor=FAINT,
        titleFontSize=11,
        titleFontWeight="normal",
        labelColor=FAINT,
        labelFontSize=11,
        labelExpr=_percents() if percents else _counts(),
        tickCount=5,
        tickMinStep=0.01 if percents else 1,
        gridColor=RULE,
        domain=False,
        ticks=False,
    )


def _percents() -> str:
    """How Vega writes the shares of an axis."""
    written = "format(datum.value, '.0%')"
    return f"replace({written}, '%', '{THIN}%')" if spoken() == FRENCH else written


def _counts() -> str:
    """How Vega writes the counts of an axis."""
    written = "format(datum.value, ',d')"
    return f"replace({written}, regexp(',', 'g'), '{THIN}')" if spoken() == FRENCH else written


def _whiskers(base: alt.Chart) -> list[alt.Chart]:
    """The interval, dark past the end of the bar and light within, so as to show on both."""
    return [
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x="value:Q", x2="high:Q"),
        base.mark_rule(color=PAPER, strokeWidth=1.5).encode(x="low:Q", x2="value:Q"),
    ]


def _diamonds(base: alt.Chart) -> list[alt.Chart]:
    mark = base.mark_point(shape="diamond", size=70, fill=PAPER, stroke=INK, opacity=1)
    return [mark.encode(x="weighted_share:Q")]


def _cut_bars(
    table: Table,
    items: Sequence[str],
    beside: Mapping[Any, str],
    *,
    ordered: bool,
    width: int,
) -> alt.LayerChart:
    answers = table.rows["answer"].unique().tolist()
    colours = _colours(answers, ordered=ordered)
    names = [_wrapped(item) for item in items]
    sides = pd.DataFrame({"name": names, "beside": [beside.get(item, "") for item in items]})
    pieces = alt.Chart(_pieces(table.rows)).encode(y=_names(names), tooltip="said:N")
    scale = alt.Scale(domain=[0, 1.16 if beside else 1], nice=False)
    x = alt.X("left:Q", scale=scale, axis=_axis(_("Part des répondants"), percents=True))
    dark = [answer for answer in answers if _ink_on(colours[answer]) == PAPER]
    on_dark = alt.FieldOneOfPredicate(field="answer", oneOf=dark)
    ink = alt.condition(on_dark, alt.value(PAPER), alt.value(BLACK))
    layers = [
        pieces.mark_bar(height=BAR + 2, stroke=PAPER, strokeWidth=1).encode(
            x=x, x2="right:Q", color=_legend(colours, width)
        ),
        pieces.mark_text(fontSize=11).encode(x="middle:Q", text="printed:N", color=ink),
        alt.Chart(sides)
        .mark_text(align="left", dx=8, fontSize=11, color=INK)
        .encode(y=_names(names), x=alt.datum(1), text="beside:N"),
    ]
    return _framed(
        layers, table.title, _without_intervals(table), width=width, height=_height(sides["name"])
    )


def _pieces(rows: pd.DataFrame) -> pd.DataFrame:
    """Where each piece of a bar begins and ends; a row whose shares are withheld has no piece."""
    shown = _said(rows[rows["share"].notna()])
    right = shown.groupby("item", sort=False)["share"].cumsum()
    left = right - shown["share"]
    return shown.assign(
        name=shown["item"].map(_wrapped),
        left=left,
        right=right,
        middle=(left + right) / 2,
        printed=shown["share"].map(percent).where(shown["share"] >= SMALLEST, ""),
    )


def _colours(answers: Sequence[str], *, ordered: bool) -> dict[str, str]:
    aside = _aside()
    scale = [answer for answer in answers if answer not in aside]
    if ordered:
        steps = max(len(scale) - 1, 1)
        colours = [_between(LIGHT, PRIMARY, step / steps) for step in range(len(scale))]
    else:
        colours = [PALETTE[step % len(PALETTE)] for step in range(len(scale))]
    chosen = {**dict(zip(scale, colours, strict=True)), **aside}
    return {answer: chosen[answer] for answer in answers}


def _legend(colours: Mapping[str, str], width: int) -> alt.Color:
    room = int(width * 0.65)  # the names of the rows take the rest
    widths = [6 * len(answer) + 24 for answer in colours]
    fits = sum(widths) <= room
    legend = alt.Legend(
        orient="top",
        title=None,
        columns=len(widths) if fits else max(1, room // max(widths)),
        rowPadding=1,
        symbolType="square",
        offset=8,
        labelColor=INK,
        labelFontSize=12,
        labelLimit=0,
    )
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color("answer:N", sort=list(colours), scale=scale, legend=legend)


def _between(first: str, last: str, part: float) -> str:
    """The colour at `part` of the way from one to the other."""
    mixed = (round(a + (b - a) * part) for a, b in zip(_rgb(first), _rgb(last), strict=True))
    return "#" + "".join(f"{level:02x}" for level in mixed)


def _ink_on(colour: str) -> str:
    """White or black: the better of the two has a contrast of at least 4.5 on any colour."""
    light = _luminance(colour) + 0.05
    return PAPER if 1.05 / light > light / 0.05 else BLACK


def _luminance(colour: str) -> float:
    parts = (level / 255 for level in _rgb(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _as_is(field: str) -> alt.Color:
    return alt.Color(f"{field}:N", scale=None)


def _without_intervals(table: Table) -> list[str]:
    """The notes of a drawing that has no room for intervals."""
    return [note for note in table.notes if note not in (intervals.NOTE, _(intervals.NOTE))]


def _height(names: pd.Series) -> int:
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return max(len(names), 1) * max(BAR + 10, lines * LINE + 8)


def _framed(
    layers: Sequence[alt.Chart], title: str, notes: Sequence[str], *, width: int, height: int
) -> alt.LayerChart:
    """The layers under the question and what the figures rest on; both read aloud as well."""
    said = " ".join(notes)
    heading = alt.TitleParams(
        text=textwrap.wrap(_tied(title), int(width / 7.8)) or [""],
        subtitle=textwrap.wrap(_tied(said), int(width / 5.8)),
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
    return alt.LayerChart(layer=list(layers)).properties(
        width=width,
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        background=PAPER,
        padding={"left": 10, "right": 10, "top": 10, "bottom": 10},
        title=heading,
        view=alt.ViewBackground(stroke=None),
        description=f"{title} {said}".strip(),
    )


def _tied(text: str) -> str:
    """The text with the spaces of French typography that no line may begin or end with."""
    return re.sub(" (?=[%:;!?»])|(?<=«) ", "\u00a0", text)
