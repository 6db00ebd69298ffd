"""A Table → its rows, as they are printed in the report: in a fold, or groups side by side."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.model import Table
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import number, percent

_TEXTS = {"item": "Item", "answer": "Réponse", "label": "Thème"}
_COUNTS = {"n": "n", "base": "Base", "mentions": "Verbatims", "suggested": "Suggestions"}


def rows(table: Table) -> None:
    """The rows of a table in a fold, figures as they are printed in the report."""
    with st.expander("Tableau"):
        texts = {name: title for name, title in _TEXTS.items() if _is_told(table.rows, name)}
        counts = {name: title for name, title in _COUNTS.items() if name in table.rows}
        shares = {"share": "Part", "weighted_share": "Redressée"}
        shares = {name: title for name, title in shares.items() if name in table.rows}
        headings = [Heading(title) for title in texts.values()]
        headings += [Heading(title, figures=True) for title in (*counts.values(), *shares.values())]
        headings.append(Heading("Intervalle à 95 %", figures=True))
        lines = [
            (
                *(str(row[name]) for name in texts),
                *(number(row[name]) for name in counts),
                *(percent(row[name]) or "—" for name in shares),
                interval(row["low"], row["high"]),
            )
            for row in table.rows.to_dict("records")
        ]
        draw(headings, lines, about=table.title)


def crossed(table: Table) -> None:
    """Themes in rows, groups in columns: n, and the share where one is due."""
    groups = table.rows.drop_duplicates("group")
    headings = [Heading("Thème")]
    headings += [
        Heading(f"{group['group']} ({number(group['answered'])})", figures=True)
        for group in groups.to_dict("records")
    ]
    by_theme = table.rows.groupby("theme", sort=False)
    lines = [
        (str(cells["label"].iloc[0]), *(_cell(row) for row in cells.to_dict("records")))
        for _, cells in by_theme
    ]
    draw(headings, lines, about=table.title)


def interval(low: float, high: float) -> str:
    return "" if pd.isna(low) else f"{percent(low)} – {percent(high)}"


def _cell(row: Mapping[Hashable, Any]) -> str:
    share = percent(row["share"])
    return f"{number(row['n'])} · {share}" if share else number(row["n"])


def _is_told(frame: pd.DataFrame, name: str) -> bool:
    return name in frame and bool((frame[name] != "").any())
