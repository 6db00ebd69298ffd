"""A Cross → its cells, one measure at a time, and its tests with why some are withheld."""

import math
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import N_, _, decimal, ngettext, number, percent
from verbatims.model import Cross, Figure
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.results.options import key, still
from verbatims.ui.parts.results.printed import printed
from verbatims.ui.parts.text import escape, typeset

Row = Mapping[Hashable, Any]

MORE, LESS = "+", "-"
_ARROWS = {MORE: " ▲", LESS: " ▼"}
_BLANK = "—"


def _count(row: Row) -> str:
    share = "" if math.isnan(row["share"]) else f" · {percent(row['share'])}"
    return f"{number(row['n'])}{share}{_ARROWS.get(row['sign'], '')}"


def _interval(row: Row) -> str:
    return _BLANK if pd.isna(row["low"]) else f"{percent(row['low'])} – {percent(row['high'])}"


def _weighted(row: Row) -> str:
    if pd.isna(row["weighted_share"]):
        return _BLANK
    low, high = percent(row["weighted_low"]), percent(row["weighted_high"])
    return f"{percent(row['weighted_share'])} ({low} – {high})"


def _rounded(name: str, places: int) -> Callable[[Row], str]:
    return lambda row: _BLANK if pd.isna(row[name]) else decimal(row[name], places)


# What is read in the cells: its name, the column that it needs, how it is printed.
_MEASURES: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "share": (N_("Effectif et part"), "share", _count),
    "interval": (N_("Intervalle"), "low", _interval),
    "weighted": (N_("Redressée"), "weighted_share", _weighted),
    "pem": (N_("PEM"), "pem", _rounded("pem", 0)),
    "residual": (N_("Résidu ajusté"), "residual", _rounded("residual", 1)),
    "p": (N_("p corrigée"), "p_adjusted", lambda row: probability(row["p_adjusted"])),
}
_TESTS = {
    "fisher": N_("Fisher exact"),
    "monte carlo": N_("Monte-Carlo"),
    "chi2": N_("Chi²"),
    "mann-whitney": N_("Mann-Whitney"),
    "kruskal": N_("Kruskal-Wallis"),
}


def figures(figure: Figure, table: Cross) -> None:
    """Rows by columns, with the measure that is asked for."""
    offered = [name for name, (_title, needs, _say) in _MEASURES.items() if needs in table.rows]
    still(key(figure.question, "measure"), offered)
    chosen = st.segmented_control(
        _("Lire dans les cellules"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda name: _(_MEASURES[name][0]),
        key=key(figure.question, "measure"),
        label_visibility="collapsed",
        persist_state="session",
    )
    say = _MEASURES[chosen][2]
    columns = table.rows.drop_duplicates("column")
    headings = [Heading(""), *(Heading(_headed(row), figures=True) for row in _records(columns))]
    lines = [
        (printed(str(own["row_label"].iloc[0])), *(say(row) for row in _records(own)))
        for _name, own in table.rows.groupby("row", sort=False)
    ]
    draw(headings, lines, about=table.title)


def withheld(table: Cross) -> None:
    """Why some cells have no share or no test."""
    counts = table.rows.loc[table.rows["note"] != "", "note"].value_counts(sort=False)
    items = []
    for note, n in counts.items():
        cells = ngettext("{n} case", "{n} cases", int(n), n=number(int(n)))
        said = _("{what} : {counts}", what=cells, counts=note)
        items.append(f"<li>{_said(said)}</li>")
    if items:
        st.html(f'<ul class="v-note v-advice">{"".join(items)}</ul>')


def tests(table: Cross) -> None:
    """A test per row, or one for all; why where there is none."""
    if table.tests.empty:
        return
    said = _("Tests")
    st.html(f'<p class="v-label v-apart">{said}</p>')
    titles = ("", _("Test"), _("p"), _("p corrigée"), _("Taille d’effet"), "n")
    headings = [Heading(title, figures=place > 1) for place, title in enumerate(titles)]
    due = table.tests[table.tests["p"].notna()]
    if len(due):
        draw(headings, [_tested(row) for row in _records(due)], about=said)
    for note, own in table.tests.groupby("note", sort=False):
        if note:
            _noted(str(note), own, alone=len(own) < len(table.tests))


def _noted(note: str, own: pd.DataFrame, *, alone: bool) -> None:
    """What is to be known of some tests, named unless it is all of them."""
    named = ", ".join(printed(str(label)) for label in own["row_label"] if label)
    about = f"<b>{escape(named)}</b>\u00a0: " if named and alone else ""
    st.html(f'<p class="v-note">{about}{_said(note)}</p>')


def _said(note: object) -> str:
    return escape(typeset(str(note)))


def _tested(row: Row) -> tuple[str, ...]:
    known = not pd.isna(row["effect"])
    effect = f"{_(str(row['effect_name']))} {decimal(row['effect'], 2)}" if known else ""
    return (
        printed(str(row["row_label"])) or _("Toute la question"),
        _(_TESTS.get(str(row["test"]), str(row["test"]))),
        probability(row["p"]),
        probability(row["p_adjusted"]),
        effect,
        number(row["n"]),
    )


def probability(p: float) -> str:
    """« 0,012 », « < 0,001 »; a dash without it."""
    if pd.isna(p):
        return _BLANK
    return _("< {least}", least=decimal(0.001, 3)) if p < 0.001 else decimal(p, 3)


def _headed(row: Row) -> str:
    return f"{printed(str(row['column_label']))} ({number(row['base'])})"


def _records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")
