"""What each coder reads → bars beside their figures, that a screen reader follows as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verbatims.language import N_, _, number
from verbatims.ui.parts.grid import scrolled
from verbatims.ui.parts.text import escape


@dataclass(frozen=True)
class Piece:
    """A part of a bar, by the column that it measures; each kind has its own pattern."""

    column: str
    title: str
    kind: str  # alone, double, done, begun or left: see style.css


ASSIGNED = (Piece("alone", N_("Seul"), "alone"), Piece("double", N_("Avec un autre"), "double"))
DONE = (Piece("read", N_("Lues"), "done"), Piece("left", N_("À lire"), "left"))
TWICE = (
    Piece("done", N_("Codées par les deux"), "done"),
    Piece("begun", N_("Second attendu"), "begun"),
    Piece("left", N_("À commencer"), "left"),
)


def draw(
    rows: pd.DataFrame, name: str, pieces: Sequence[Piece], *, more: Sequence[tuple[str, str]] = ()
) -> None:
    """A row per line of the frame, under a legend; `more` are columns of figures and titles."""
    totals = rows[[piece.column for piece in pieces]].sum(axis=1)
    longest = max(totals.max(), 1) if len(rows) else 1
    titles = [*(_legend(piece) for piece in pieces), *(escape(title) for _column, title in more)]
    head = "".join(f'<th scope="col" class="v-figure">{title}</th>' for title in titles)
    columns = [*(piece.column for piece in pieces), *(column for column, _title in more)]
    body = "".join(
        f'<tr><th scope="row">{escape(row[name])}</th><td aria-hidden="true">'
        f"{_bar([(piece.kind, row[piece.column] / longest) for piece in pieces])}</td>"
        f"{_figures([row[column] for column in columns])}</tr>"
        for row in rows.to_dict("records")
    )
    about = ", ".join([*(_(piece.title) for piece in pieces), *(title for _column, title in more)])
    table = (
        '<table class="v-table v-loads"><thead><tr>'
        f'<td colspan="2"></td>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    st.html(scrolled(table, about))


def _legend(piece: Piece) -> str:
    title = escape(_(piece.title))
    return f'<i class="v-load v-load-{piece.kind}" aria-hidden="true"></i> {title}'


def _bar(parts: Sequence[tuple[str, float]]) -> str:
    pieces = "".join(
        f'<i class="v-load-{kind}" style="width:{100 * part:.2f}%"></i>' for kind, part in parts
    )
    return f'<div class="v-pieces">{pieces}</div>'


def _figures(values: Sequence[int]) -> str:
    return "".join(f'<td class="v-figure">{number(value)}</td>' for value in values)
