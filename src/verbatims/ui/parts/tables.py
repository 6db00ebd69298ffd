"""A Table → its rows, as they are printed in the report: in a fold, or groups side by side."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.charts import ASIDE
from verbatims.language import N_, _, decimal, number, percent
from verbatims.model import Table
from verbatims.ui.parts.grid import Heading, draw

Row = Mapping[Hashable, Any]

# The columns that are printed when the table has them, in this order, and how.
_TEXTS = {"item": N_("Item"), "answer": N_("Réponse"), "label": N_("Thème")}
_FIGURES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "n": (N_("n"), number),
    "base": (N_("Base"), number),
    "mentions": (N_("Verbatims"), number),
    "suggested": (N_("Suggestions"), number),
    "share": (N_("Part"), percent),
    "weighted_share": (N_("Redressée"), percent),
    "mean": (N_("Moyenne"), decimal),
    "median": (N_("Médiane"), decimal),
}


def rows(table: Table) -> None:
    """The rows of a table in a fold, figures as they are printed in the report."""
    texts = [name for name in _TEXTS if _is_told(table.rows, name)]
    figures = [name for name in _FIGURES if name in table.rows]
    headings = [Heading(_(_TEXTS[name])) for name in texts]
    headings += [Heading(_(_FIGURES[name][0]), figures=True) for name in figures]
    headings.append(Heading(_("Intervalle à 95 %"), figures=True))
    lines = [
        (
            *(_answer(str(row[name])) for name in texts),
            *("—" if pd.isna(row[name]) else _FIGURES[name][1](row[name]) for name in figures),
            _interval(row),
        )
        for row in table.rows.to_dict("records")
    ]
    with st.expander(_("Tableau")):
        draw(headings, lines, about=table.title)


def crossed(table: Table) -> None:
    """Themes in rows, groups in columns: n, and the share where one is due."""
    groups = table.rows.drop_duplicates("group")
    headings = [Heading(_("Thème"))]
    headings += [
        Heading(f"{_answer(group['group'])} ({number(group['answered'])})", figures=True)
        for group in groups.to_dict("records")
    ]
    by_theme = table.rows.groupby("theme", sort=False)
    lines = [
        (str(cells["label"].iloc[0]), *(_cell(row) for row in cells.to_dict("records")))
        for _name, cells in by_theme
    ]
    draw(headings, lines, about=table.title)


def _interval(row: Row) -> str:
    low, high = row["low"], row["high"]
    return "" if pd.isna(low) else f"{percent(low)} – {percent(high)}"


def _cell(row: Row) -> str:
    """The count, the share where one is due, and what it becomes with weights."""
    if pd.isna(row["share"]):
        return number(row["n"])
    n, share, weighted = number(row["n"]), percent(row["share"]), row.get("weighted_share")
    if weighted is None:
        return f"{n} · {share}"
    return _("{n} · {share} (redr. {weighted})", n=n, share=share, weighted=percent(weighted))


def _answer(text: str) -> str:
    return _(text) if text in ASIDE else text


def _is_told(frame: pd.DataFrame, name: str) -> bool:
    return name in frame and bool((frame[name] != "").any())
