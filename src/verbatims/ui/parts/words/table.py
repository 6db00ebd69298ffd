"""A list of words → a table to search, in which rows are chosen; all of it stays quick."""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import pandas as pd
import streamlit as st

from verbatims.language import _
from verbatims.ui.parts import page
from verbatims.ui.parts.text import number
from verbatims.ui.parts.words import lists

SHOWN = 2_000
_ROW, _TALLEST = 32, 17  # pixels; rows in sight without scrolling

Columns = Mapping[str, Any]


def text(title: str, *, width: int | None = None, help: str | None = None) -> Any:  # noqa: A002
    """A column of words."""
    return st.column_config.TextColumn(title, width=width, help=help)


def figure(title: str, *, help: str | None = None) -> Any:  # noqa: A002
    """A column of counts, thin spaces between thousands."""
    return st.column_config.NumberColumn(title, width=70, format="localized", help=help)


def search(key: str, what: str) -> str:
    """The field that narrows a list; kept from one page to another."""
    words = st.text_input(
        _("Rechercher"),
        key=f"{key}_search",
        icon=":material/search:",
        placeholder=what,
        persist_state="session",
        label_visibility="collapsed",
    )
    return words or ""


def choose(
    rows: pd.DataFrame, columns: Columns, *, key: str, about: str, several: bool = True
) -> pd.DataFrame:
    """Draw the rows; give those that are ticked, else the one pointed at, the first at once."""
    if rows.empty:
        page.note(_("Rien à montrer."))
        return rows
    shown = rows.head(SHOWN).reset_index(drop=True)
    ours = [title for title in columns if title in lists.OURS]
    said = {title: shown[title].astype("object").map(lists.shown) for title in ours}
    drawn = shown[list(columns)].assign(**said)
    name = _name(key, shown)
    state = st.dataframe(
        drawn,
        key=name,
        hide_index=True,
        column_config=dict(columns),
        height=_ROW * (min(len(shown), _TALLEST) + 1) + 3,
        row_height=_ROW,
        placeholder="",
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"] if several else "single-cell",
        selection_default={"selection": {"cells": [(0, next(iter(columns)))]}},
        alt=about,
    )
    st.session_state[f"{key}_table"] = name
    if len(rows) > SHOWN:
        page.note(
            _(
                "Les {n} premiers sur {total} : la recherche les parcourt tous.",
                n=number(SHOWN),
                total=number(len(rows)),
            )
        )
    return shown.iloc[_chosen(state, len(shown))]


def untick(key: str) -> None:
    """Choose nothing any more but the row pointed at: what was ticked has been dealt with."""
    name = str(st.session_state.get(f"{key}_table"))
    chosen = st.session_state.get(name, {}).get("selection", {})
    if chosen.get("rows"):
        cells = chosen["cells"]
        st.session_state[name] = {"selection": {"rows": [], "columns": [], "cells": cells}}


def _chosen(state: Any, length: int) -> list[int]:
    ticked = [row for row in state["selection"]["rows"] if row < length]
    pointed = [row for row, _column in state["selection"]["cells"] if row < length]
    return ticked or pointed


def _name(key: str, shown: pd.DataFrame) -> str:
    """Other rows make another table: what was chosen by its place must not choose another word."""
    rows = "\x1f".join(shown["form"])
    return f"table_{key}_{crc32(rows.encode('utf-8', 'replace'))}"
