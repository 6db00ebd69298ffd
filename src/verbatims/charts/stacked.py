"""Bars of 100 % cut by answer: a row per item of a grid."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from verbatims.charts import frame
from verbatims.charts.frame import ASIDE, BAR, SMALLEST, WIDTH
from verbatims.charts.ink import (
    AGAINST,
    AGAINST_LIGHT,
    BLACK,
    FAINT,
    INK,
    LIGHT,
    NEUTRAL,
    PALETTE,
    PAPER,
    PRIMARY,
    between,
    ink_on,
)
from verbatims.language import N_, _, decimal, percent
from verbatims.model import Table

DONT_KNOW = N_("Ne sais pas")


def stacked(
    table: Table, *, ordered: bool = True, width: int = WIDTH, live: bool = False
) -> alt.LayerChart:
    """One bar per row of a grid, cut by answer, in the order of the questionnaire."""
    items = table.rows["item"].drop_duplicates().tolist()
    colours = _colours(_answers(table), ordered=ordered)
    return _drawn(table, (items, colours, _bases(table)), width=width, live=live)


def bands(table: Table, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """The same for ratings cut in bands: most in the top band first, the mean beside."""
    rows = table.rows
    highest = [answer for answer in _answers(table) if answer not in ASIDE][-1:]
    top = rows[rows["answer"].isin(highest)].sort_values("share", ascending=False, kind="stable")
    means = top.set_index("item")["mean"].dropna()
    beside = {item: _("moy. {mean}", mean=decimal(mean)) for item, mean in means.items()}
    colours = _colours(_answers(table), ordered=True)
    return _drawn(table, (top["item"].tolist(), colours, beside), width=width, live=live)


def centred(table: Table, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """The same for levels that have two sides: the lower ones left of zero, the others right.

    A level in the middle lies on both sides; who does not know is said beside.
    """
    levels = [answer for answer in _answers(table) if answer not in ASIDE]
    beside = _unknowing(table.rows, _bases(table))
    items = table.rows["item"].drop_duplicates().tolist()
    placed = (items, _two_sided(levels), beside)
    return _drawn(table, placed, width=width, live=live, middle=True)


def _drawn(
    table: Table,
    placed: tuple[Sequence[str], Mapping[str, str], Mapping[Any, str]],
    *,
    width: int,
    live: bool,
    middle: bool = False,
) -> alt.LayerChart:
    """Bars of these items, in these colours, with what stands beside each."""
    items, colours, beside = placed
    names = [frame.wrapped(item) for item in items]
    pieces = _pieces(table.rows[table.rows["answer"].isin(list(colours))], items)
    pieces = _centred(pieces, list(colours)) if middle else pieces
    low, high = (pieces["left"].min(), pieces["right"].max()) if middle and len(pieces) else (0, 1)
    is_thin = pieces["share"] < SMALLEST * (high - low)
    pieces = pieces.assign(printed=pieces["share"].map(percent).mask(is_thin, ""))
    scale = alt.Scale(domain=[low, high + (0.16 * (high - low) if beside else 0)], nice=False)
    axis = frame.axis(_("Part des répondants"), percents=True, both_sides=middle)
    bar = alt.Chart(pieces).encode(y=frame.names(names))
    drawn = bar.mark_bar(
        height=BAR + 2, stroke=PAPER, strokeWidth=1, cursor="pointer" if live else "default"
    ).encode(x=alt.X("left:Q", scale=scale, axis=axis), x2="right:Q", color=_legend(colours, width))
    sides = pd.DataFrame({"name": names, "beside": [beside.get(item, "") for item in items]})
    layers = [
        frame.pickable(drawn, ("item", "answer"), live=live),
        bar.mark_text(fontSize=11).encode(x="middle:Q", text="printed:N", color=_ink(colours)),
        alt.Chart(sides)
        .mark_text(align="left", dx=8, fontSize=11, color=INK)
        .encode(y=frame.names(names), x=alt.datum(high), text="beside:N"),
    ]
    if middle:
        layers.append(alt.Chart().mark_rule(color=FAINT).encode(x=alt.datum(0)))
    shown = frame.without_intervals(table)
    height = frame.height(sides["name"])
    return frame.framed(layers, shown, pieces, width=width, height=height)


def _answers(table: Table) -> list[str]:
    return table.rows["answer"].unique().tolist()


def _bases(table: Table) -> dict[Any, str]:
    """« n = 34 » beside each row, where they differ."""
    bases = table.rows.drop_duplicates("item").set_index("item")["base"]
    return {item: f"n = {n}" for item, n in bases.items()} if bases.nunique() > 1 else {}


def _unknowing(rows: pd.DataFrame, bases: Mapping[Any, str]) -> dict[Any, str]:
    """How many do not know, beside each row, with its base where they differ."""
    unknowing = rows[(rows["answer"] == DONT_KNOW) & (rows["share"] > 0)]
    shares = unknowing.set_index("item")["share"]
    told = {item: _("NSP {share}", share=percent(share)) for item, share in shares.items()}
    both = {item: (told.get(item, ""), bases.get(item, "")) for item in {**bases, **told}}
    return {item: " · ".join(filter(None, each)) for item, each in both.items()}


def _pieces(rows: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """Where each piece of a bar begins and ends; a row whose shares are withheld has no piece."""
    place = {item: at for at, item in enumerate(items)}
    shown = frame.said(frame.translated(rows[rows["share"].notna()]))
    shown = shown.assign(place=shown["item"].map(place)).sort_values("place", kind="stable")
    right = shown.groupby("item", sort=False)["share"].cumsum()
    left = right - shown["share"]
    return shown.assign(
        name=shown["item"].map(frame.wrapped),
        left=left,
        right=right,
        middle=(left + right) / 2,
    ).drop(columns="place")


def _centred(pieces: pd.DataFrame, levels: Sequence[str]) -> pd.DataFrame:
    """The same, each bar moved so that its middle level, or the border of its sides, is at 0."""
    rank = pieces["answer"].map({level: at for at, level in enumerate(levels)})
    half = len(levels) / 2
    # a level wholly under the middle counts whole, the middle one of an odd number by half
    part = (half - rank).clip(0, 1)
    moved = (pieces["share"] * part).groupby(pieces["item"]).transform("sum")
    return pieces.assign(**{name: pieces[name] - moved for name in ("left", "right", "middle")})


def _colours(answers: Sequence[str], *, ordered: bool) -> dict[str, str]:
    scale = [answer for answer in answers if answer not in ASIDE]
    if ordered:
        steps = max(len(scale) - 1, 1)
        colours = [between(LIGHT, PRIMARY, step / steps) for step in range(len(scale))]
    else:
        colours = [PALETTE[step % len(PALETTE)] for step in range(len(scale))]
    chosen = {**dict(zip(scale, colours, strict=True)), **ASIDE}
    return {answer: chosen[answer] for answer in answers}


def _two_sided(levels: Sequence[str]) -> dict[str, str]:
    """The darker, the further from the middle; one colour on each side."""
    half = len(levels) // 2
    steps = [(step + 1) / half for step in range(half)]
    above = [between(LIGHT, PRIMARY, step) if step < 1 else PRIMARY for step in steps]
    under = [between(AGAINST_LIGHT, AGAINST, step) if step < 1 else AGAINST for step in steps]
    if half > 1:
        above[0], under[0] = LIGHT, AGAINST_LIGHT
    middle = [NEUTRAL] if len(levels) % 2 else []
    return dict(zip(levels, [*reversed(under), *middle, *above], strict=True))


def _ink(colours: Mapping[str, str]) -> Any:
    """White on dark pieces, black on the others."""
    dark = [answer for answer, colour in colours.items() if ink_on(colour) == PAPER]
    on_dark = alt.FieldOneOfPredicate(field="answer", oneOf=dark)
    return alt.condition(on_dark, alt.value(PAPER), alt.value(BLACK))


def _legend(colours: Mapping[str, str], width: int) -> alt.Color:
    shown = {answer: _(answer) if answer in ASIDE else answer for answer in colours}
    room = int(width * 0.65)  # the names of the rows take the rest
    widths = [6 * len(answer) + 24 for answer in shown.values()]
    fits = sum(widths) <= room
    legend = alt.Legend(
        orient="top",
        title=None,
        columns=len(widths) if fits else max(1, room // max(widths, default=1)),
        rowPadding=1,
        symbolType="square",
        offset=8,
        labelColor=INK,
        labelFontSize=12,
        labelLimit=0,
    )
    scale = alt.Scale(domain=list(shown.values()), range=list(colours.values()))
    return alt.Color("shown:N", sort=list(shown.values()), scale=scale, legend=legend)
