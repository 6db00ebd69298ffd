"""A bar per answer, theme or word."""

from collections.abc import Sequence
from dataclasses import replace

import altair as alt
import pandas as pd

from verbatims.charts import frame
from verbatims.charts.frame import BAR, WIDTH
from verbatims.charts.ink import INK, PAPER, PRIMARY
from verbatims.language import _, number, percent
from verbatims.model import Base, Table

FIGURES = 46  # the room for those of the longest bar


def bars(
    table: Table, *, ranked: bool = True, width: int = WIDTH, live: bool = False
) -> alt.LayerChart:
    """One bar per answer or theme: its share with its interval, or its count where none is due."""
    rows = _lengths(frame.said(frame.translated(table.rows)))
    is_share = bool(rows["share"].notna().any())
    weighted = "weighted_share" in rows and is_share
    rows = _ranked(rows) if ranked else rows
    title = _("Part des répondants") if is_share else _("Nombre de répondants")
    top = max(rows["end"].max(), 0.01 if is_share else 1) if len(rows) else 1
    # what is left at the right of the longest bar is for its figures
    scale = alt.Scale(domain=[0, top * 1.25], nice=False)
    x = alt.X("value:Q", scale=scale, axis=frame.axis(title, percents=is_share))
    base = alt.Chart(rows).encode(y=frame.names(rows["name"].tolist()))
    text = base.mark_text(align="left", dx=6, fontSize=12, color=INK)
    bar = base.mark_bar(height=BAR, color=PRIMARY, cursor="pointer" if live else "default")
    fields = ("theme",) if "theme" in rows else ("item", "answer")
    layers = [
        frame.pickable(bar.encode(x=x), fields, live=live),
        *(_whiskers(base) if is_share else []),
        *(_diamonds(base) if weighted else []),
        text.encode(x="end:Q", text="printed:N"),
    ]
    notes = (*table.notes, *([_("Losange : part redressée.")] if weighted else []))
    height = frame.height(rows["name"])
    chart = frame.framed(layers, replace(table, notes=notes), rows, width=width, height=height)
    if not live:
        return chart
    # on a page, a card may be half as wide as the drawing is thought for
    return chart.properties(padding={**frame.PADDING, "right": FIGURES})


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
    base = alt.Chart(rows).encode(x=x, y=frame.names(rows["name"].tolist()))
    layers = [
        base.mark_bar(height=14, color=PRIMARY),
        base.mark_text(align="left", dx=6, fontSize=12, color=INK).encode(text="printed:N"),
    ]
    table = Table(title or _("Mots les plus fréquents"), rows, Base(0, 0), tuple(notes))
    return frame.framed(layers, table, rows, width=width, height=max(len(rows), 1) * 20)


def _lengths(rows: pd.DataFrame) -> pd.DataFrame:
    """What each bar measures, where its figures begin, and what they say."""
    name = rows["label" if "label" in rows else "shown"].map(frame.wrapped)
    counts = rows["n"].map(number)
    if rows["share"].isna().all():
        return rows.assign(name=name, value=rows["n"], end=rows["n"], printed=counts)
    printed = rows["share"].map(percent) + "  (" + counts + ")"
    return rows.assign(name=name, value=rows["share"], end=rows["high"], printed=printed)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """The largest first, the answers off the scale last."""
    apart = rows["answer"].isin(list(frame.ASIDE)) if "answer" in rows else False
    rows = rows.assign(aside=apart)
    ranked = rows.sort_values(["aside", "value"], ascending=[True, False], kind="stable")
    return ranked.drop(columns="aside")


def _whiskers(base: alt.Chart) -> list[alt.Chart]:
    """The interval, dark past the end of the bar and light within, so as to show on both."""
    return [
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x="value:Q", x2="high:Q"),
        base.mark_rule(color=PAPER, strokeWidth=1.5).encode(x="low:Q", x2="value:Q"),
    ]


def _diamonds(base: alt.Chart) -> list[alt.Chart]:
    mark = base.mark_point(shape="diamond", size=70, fill=PAPER, stroke=INK, opacity=1)
    return [mark.encode(x="weighted_share:Q")]
