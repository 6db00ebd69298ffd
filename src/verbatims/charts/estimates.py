"""Shares estimated from the answers that chance chose: a point and its interval per theme."""

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from verbatims.charts import frame
from verbatims.charts.frame import WIDTH
from verbatims.charts.ink import INK, PAPER, PRIMARY
from verbatims.language import _, number, percent
from verbatims.model import Table


def estimates(table: Table, *, width: int = WIDTH, live: bool = False) -> alt.LayerChart:
    """A full point where the share is firm, a hollow one for an order of magnitude.

    A theme that nobody found has no point: only how high its share may be.
    """
    rows = table.rows.assign(
        name=table.rows["label"].map(frame.wrapped),
        printed=[_printed(row) for row in table.rows.to_dict("records")],
        said=[_sentence(row) for row in table.rows.to_dict("records")],
        fill=[PAPER if doubtful else PRIMARY for doubtful in table.rows["caution"]],
        end=table.rows["high"].fillna(0.0),
    )
    rows = rows.sort_values("share", ascending=False, kind="stable")
    top = max(rows["end"].max(), 0.05) if len(rows) else 1
    scale = alt.Scale(domain=[0, min(top * 1.3, 1.3)], nice=False)
    axis = frame.axis(_("Part des réponses"), percents=True)
    y = frame.names(rows["name"].tolist())
    base = alt.Chart(rows).encode(y=y)
    point = base.mark_point(
        size=90, filled=True, opacity=1, stroke=PRIMARY, cursor="pointer" if live else "default"
    ).encode(x=alt.X("share:Q", scale=scale, axis=axis), fill=alt.Fill("fill:N", scale=None))
    layers = [
        base.mark_rule(color=PRIMARY, strokeWidth=2).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
        ),
        frame.pickable(point, ("theme",), live=live),
        base.mark_text(align="left", dx=8, fontSize=12, color=INK).encode(
            x="end:Q", text="printed:N"
        ),
    ]
    return frame.framed(layers, table, rows, width=width, height=frame.height(rows["name"]))


def _printed(row: Mapping[Hashable, Any]) -> str:
    """« 18 %  (12 à 26 %) », « au plus 3 % », or nothing."""
    if pd.isna(row["high"]):
        return ""
    if pd.isna(row["share"]):
        return _("au plus {high}", high=percent(row["high"]))
    figures = {name: percent(row[name]) for name in ("share", "low", "high")}
    if row["low"] == row["high"]:
        return figures["share"]
    return _("{share}  ({low} à {high})", **figures)


def _sentence(row: Mapping[Hashable, Any]) -> str:
    told = _printed(row) or str(row["note"])
    counts = _("{n} sur {base}", n=number(row["n"]), base=number(row["drawn"]))
    return _("{label} : {told} ({counts} lues)", label=row["label"], told=told, counts=counts)
