"""Whether new themes still appear as answers are read: a curve, its table and its sentence."""

import altair as alt
import pandas as pd
import streamlit as st

from verbatims import charts
from verbatims.language import _
from verbatims.ui.parts.grid import Heading
from verbatims.ui.parts.grid import draw as table
from verbatims.ui.parts.text import number

WIDTH, HEIGHT = 560, 190
_ROWS = 12


def draw(curve: pd.DataFrame, note: str) -> None:
    """The curve, read aloud as its sentence, and its figures in a fold."""
    st.altair_chart(chart(curve, note), theme=None)
    with st.expander(_("Tableau"), type="compact"):
        rows = [
            tuple(map(number, row))
            for row in milestones(curve)[["read", "themes", "new"]].itertuples(index=False)
        ]
        titles = (_("Réponses lues"), _("Thèmes trouvés"), _("Nouveaux dans les dix dernières"))
        table([Heading(title, figures=True) for title in titles], rows, about=note)


def chart(curve: pd.DataFrame, note: str) -> alt.Chart:
    """Themes found against answers read, as stairs."""
    read, themes = _("Réponses lues"), _("Thèmes trouvés")
    axis = alt.Axis(
        format="d",
        tickMinStep=1,
        tickCount=8,
        gridColor=charts.RULE,
        domain=False,
        labelColor=charts.INK,
        titleColor=charts.FAINT,
        titleFontWeight="normal",
    )
    drawn: alt.Chart = (
        alt.Chart(curve[["read", "themes", "new"]])
        .mark_line(interpolate="step-after", color=charts.PRIMARY, strokeWidth=2.5)
        .encode(
            x=alt.X("read:Q", title=read, axis=axis, scale=alt.Scale(nice=False)),
            y=alt.Y("themes:Q", title=themes, axis=axis),
            tooltip=[
                alt.Tooltip("read:Q", title=read),
                alt.Tooltip("themes:Q", title=themes),
                alt.Tooltip("new:Q", title=_("Nouveaux dans les dix dernières")),
            ],
        )
        .properties(
            width=WIDTH,
            height=HEIGHT,
            background=charts.PAPER,
            padding={"left": 10, "right": 10, "top": 10, "bottom": 10},
            view=alt.ViewBackground(stroke=None),
            description=note,
        )
    )
    return drawn


def milestones(curve: pd.DataFrame) -> pd.DataFrame:
    """About a dozen rows at round numbers of answers, and the last."""
    step = next(size for size in _steps() if len(curve) / size <= _ROWS)
    return curve[(curve["read"] % step == 0) | (curve["read"] == len(curve))]


def _steps() -> list[int]:
    return [10 * round_ * 10**power for power in range(8) for round_ in (1, 2, 5)]
