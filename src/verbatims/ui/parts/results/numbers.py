"""A Table → its notes, and all its figures in a fold; see `crossed` for those of a Cross."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import N_, _, decimal, number, percent
from verbatims.model import Cross, Figure, Table
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.results import crossed
from verbatims.ui.parts.results.printed import printed
from verbatims.ui.parts.text import escape, typeset

Row = Mapping[Hashable, Any]

_TEXTS = {"item": N_("Item"), "answer": N_("Réponse"), "label": N_("Thème")}

# The columns that are printed when the table has them and they say something, in this order.
_FIGURES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "n": (N_("n"), number),
    "drawn": (N_("Tirées"), number),
    "base": (N_("Base"), number),
    "share": (N_("Part"), percent),
    "interval": (N_("Intervalle à 95 %"), str),
    "weighted_share": (N_("Redressée"), percent),
    "weighted_interval": (N_("Intervalle redressé"), str),
    "citations": (N_("Part des citations"), percent),
    "mean": (N_("Moyenne"), decimal),
    "median": (N_("Médiane"), decimal),
    "mentions": (N_("Verbatims"), number),
    "suggested": (N_("Suggestions"), number),
    "accepted": (N_("Acceptées"), number),
}
_INTERVALS = {"interval": ("low", "high"), "weighted_interval": ("weighted_low", "weighted_high")}
_BLANK = "—"


def notes(table: Table) -> None:
    """What the figures rest on, always in sight."""
    said = " ".join(typeset(note) for note in table.notes)
    st.html(f'<p class="v-note">{escape(said)}</p>')


def fold(figure: Figure, table: Table) -> None:
    """Every figure, as it is printed in the report."""
    with st.expander(_("Tous les chiffres"), type="compact"):
        if isinstance(table, Cross):
            crossed.figures(figure, table)
            crossed.withheld(table)
            crossed.tests(table)
        else:
            rows(table)


def rows(table: Table) -> None:
    """One line per answer or theme."""
    told = table.rows.assign(
        **{
            name: [_between(row, *ends) for row in table.rows.to_dict("records")]
            for name, ends in _INTERVALS.items()
            if set(ends) <= set(table.rows)
        }
    )
    texts = [name for name in _TEXTS if _is_told(told, name)]
    figures = [name for name in _FIGURES if _is_told(told, name)]
    headings = [Heading(_(_TEXTS[name])) for name in texts]
    headings += [Heading(_(_FIGURES[name][0]), figures=True) for name in figures]
    lines = [
        (
            *(printed(str(row[name])) for name in texts),
            *(_BLANK if pd.isna(row[name]) else _FIGURES[name][1](row[name]) for name in figures),
        )
        for row in told.to_dict("records")
    ]
    draw(headings, lines, about=table.title)


def _between(row: Row, low: str, high: str) -> str:
    if pd.isna(row[low]):
        return ""
    return f"{percent(row[low])} – {percent(row[high])}"


def _is_told(frame: pd.DataFrame, name: str) -> bool:
    """Whether a column is there and says something in some row."""
    if name not in frame:
        return False
    column = frame[name]
    return bool((column != "").any()) if column.dtype == object else bool(column.notna().any())
