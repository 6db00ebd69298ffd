"""The grid of answers on a page of Streamlit: drawn by the browser, fed by /verbatims/grid."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from verbatims.study import Study
from verbatims.ui.board import STATIC, base, door, edition, grid_words


def draw(opened: Study, coder: str) -> str:
    """Draw the grid for a coder; the id of the answer that they have just opened, or ""."""
    data = {
        "base": base(),
        "edition": edition(),
        "token": opened.team.token(coder),
        "study": opened.team.place,
        "coder": coder,
        "words": grid_words.words(),
    }
    drawn = _component()(key="grid", data=data, on_opened_change=_nothing)
    return str(drawn.opened or "")


def _nothing() -> None:
    """Streamlit hears of what is opened by the run that follows."""


@cache
def _component() -> Callable[..., Any]:
    style = (STATIC / "grid.css").read_text("utf-8")
    return st.components.v2.component("verbatims_grid", css=style, js=door("grid.js"))
