"""How far coders agree on each theme → a drawing: alpha and AC1 with their intervals."""

import altair as alt
import numpy as np
import pandas as pd

from verbatims import charts
from verbatims.language import FRENCH, N_, _, spoken
from verbatims.measures.agreement import SOLID, TENTATIVE, printed
from verbatims.model import Table

WIDTH, ROW = 640, 42
ALPHA, AC1 = N_("α de Krippendorff"), N_("AC1 de Gwet")
_COLOURS = {ALPHA: charts.PRIMARY, AC1: "#c8553d"}
_SHAPES = {ALPHA: "circle", AC1: "diamond"}
_THRESHOLDS = {TENTATIVE: N_("à confirmer"), SOLID: N_("solide")}
_DECIMAL = "format(datum.value, '.1f')"


def chart(table: Table) -> alt.LayerChart:
    """A line per theme: where each figure stands between chance (0) and full agreement (1)."""
    dots = _dots(table.rows)
    themes = table.rows["label"].tolist()
    names = alt.Axis(
        title=None,
        labelColor=charts.INK,
        labelFontSize=12,
        labelLimit=260,
        domain=False,
        ticks=False,
    )
    y = alt.Y("label:N", sort=themes, scale=alt.Scale(domain=themes), axis=names)
    order = alt.YOffset("figure:N", sort=[_(ALPHA), _(AC1)])
    base = alt.Chart(dots).encode(y=y, yOffset=order)
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=_domain(dots)), axis=_axis())
    colour = alt.Color("figure:N", scale=_scale(_COLOURS), legend=_legend())
    shape = alt.Shape("figure:N", scale=_scale(_SHAPES), legend=_legend())
    layers = [
        *_thresholds(),
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q", color=colour),
        base.mark_point(size=85, filled=True, opacity=1).encode(
            x=x, color=colour, shape=shape, tooltip="said:N"
        ),
    ]
    return alt.LayerChart(layer=layers).properties(
        width=WIDTH,
        height=max(len(themes), 1) * ROW,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        background=charts.PAPER,
        padding={"left": 10, "right": 10, "top": 10, "bottom": 10},
        view=alt.ViewBackground(stroke=None),
        description=" ".join(dots["said"]),
    )


def _dots(rows: pd.DataFrame) -> pd.DataFrame:
    """A row per theme and figure; themes of which only counts are given have none."""
    parts = [
        pd.DataFrame(
            {
                "label": rows["label"],
                "figure": _(title),
                "value": rows[name],
                "low": rows[f"{name}_low"],
                "high": rows[f"{name}_high"],
            }
        )
        for name, title in (("alpha", ALPHA), ("ac1", AC1))
    ]
    dots = pd.concat(parts, ignore_index=True).dropna(subset=["value"])
    return dots.assign(said=[_sentence(*row) for row in dots.itertuples(index=False, name=None)])


def _sentence(label: str, figure: str, value: float, low: float, high: float) -> str:
    if pd.isna(low):
        return _("{theme}, {figure} : {value}.", theme=label, figure=figure, value=printed(value))
    return _(
        "{theme}, {figure} : {value}, intervalle {low} à {high}.",
        theme=label,
        figure=figure,
        value=printed(value),
        low=printed(low),
        high=printed(high),
    )


def _domain(dots: pd.DataFrame) -> list[float]:
    lowest = float(np.nanmin(dots[["value", "low"]].to_numpy())) if len(dots) else 0.0
    return [min(0.0, round(lowest - 0.05, 1)), 1.0]


def _axis() -> alt.Axis:
    return alt.Axis(
        labelExpr=f"replace({_DECIMAL}, '.', ',')" if spoken() == FRENCH else _DECIMAL,
        labelColor=charts.FAINT,
        labelFontSize=11,
        gridColor=charts.RULE,
        tickCount=6,
        domain=False,
        ticks=False,
    )


def _scale(values: dict[str, str]) -> alt.Scale:
    return alt.Scale(domain=[_(name) for name in values], range=list(values.values()))


def _legend() -> alt.Legend:
    return alt.Legend(orient="top", title=None, labelColor=charts.INK, labelFontSize=12, offset=26)


def _thresholds() -> list[alt.Chart]:
    """Where an alpha begins to be worth something, said above the line."""
    names = [_(name) for name in _THRESHOLDS.values()]
    frame = pd.DataFrame({"at": list(_THRESHOLDS), "name": names})
    base = alt.Chart(frame).encode(x=alt.X("at:Q", axis=_axis(), title=None))
    words = base.mark_text(
        align="left", baseline="bottom", dx=3, dy=-3, fontSize=11, color=charts.FAINT
    )
    return [
        base.mark_rule(color=charts.FAINT, strokeDash=[4, 3]),
        words.encode(y=alt.value(0), text="name:N"),
    ]
