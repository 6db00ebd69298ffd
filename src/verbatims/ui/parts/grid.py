"""Titles and rows of words → an HTML table that a screen reader can follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from verbatims.ui.parts.text import escape


@dataclass(frozen=True)
class Heading:
    """A column: its title, and whether it holds figures (set to the right)."""

    title: str
    figures: bool = False


def draw(headings: Sequence[Heading], rows: Iterable[Sequence[str]], *, about: str = "") -> None:
    """Draw a table; the first column names its row. `about` is read by screen readers."""
    head = "".join(
        f'<th scope="col"{_side(heading)}>{escape(heading.title)}</th>' for heading in headings
    )
    body = "".join(f"<tr>{_row(headings, row)}</tr>" for row in rows)
    caption = f'<caption class="v-hidden">{escape(about)}</caption>' if about else ""
    table = f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    name = about or ", ".join(heading.title for heading in headings)
    st.html(scrolled(f'<table class="v-table">{table}</table>', name))


def scrolled(table: str, name: str) -> str:
    """A table that scrolls sideways where it has no room, with keys too: it takes the focus."""
    about = f'tabindex="0" role="region" aria-label="{escape(name)}"'
    return f'<div class="v-scroll" {about}>{table}</div>'


def _row(headings: Sequence[Heading], row: Sequence[str]) -> str:
    first, *others = zip(headings, row, strict=True)
    cells = "".join(f"<td{_side(heading)}>{escape(cell)}</td>" for heading, cell in others)
    return f'<th scope="row"{_side(first[0])}>{escape(first[1])}</th>{cells}'


def _side(heading: Heading) -> str:
    return ' class="v-figure"' if heading.figures else ""
