"""A question in a card: its drawing, its figures, and the answers behind each of them."""

from collections.abc import Sequence

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import _
from verbatims.model import Criterion, Figure, Table
from verbatims.study import Study
from verbatims.ui import state, steps
from verbatims.ui.parts import findings, page
from verbatims.ui.parts.results import behind, kept, made, numbers, options, picking, subjects
from verbatims.ui.parts.results.subjects import Subject
from verbatims.ui.parts.text import escape, typeset


def grid(opened: Study, questions: Sequence[str], among: tuple[Criterion, ...]) -> None:
    """The cards side by side, as many as there is room for."""
    with st.container(horizontal=True, key="results_cards"):
        for question in questions:
            with st.container(border=True, height="stretch", key=f"results_card_{question}"):
                _card(opened, question, among)


@st.fragment
def _card(opened: Study, question: str, among: tuple[Criterion, ...]) -> None:
    """Drawn again by itself when something is chosen in it."""
    if _has_changed(opened):
        st.rerun()
    try:
        _draw(opened, question, among)
    except VerbatimsError as error:
        page.failure(error)


def _has_changed(opened: Study) -> bool:
    """Whether more than this card is to be drawn again."""
    if state.study() is not opened or state.role() is None or picking.elsewhere():
        return True
    return kept.changed(opened)


def _draw(opened: Study, question: str, among: tuple[Criterion, ...]) -> None:
    title = subjects.named(opened, Subject(question))
    st.html(f'<h2 class="v-part">{escape(typeset(title))}</h2>')
    with st.container(horizontal=True, vertical_alignment="center"):
        figure = options.figure(opened, question, among)
        with st.spinner(_("Calcul…")):
            table = made.table(opened, figure)
        st.space("stretch")
        findings.keep_button(opened, figure, table)
    if _is_empty(table):
        page.nothing(
            _("Aucun thème n’a encore été retenu par un codeur."), steps.CODING, _("Coder")
        )
    else:
        picking.chart(opened, figure, table)
    numbers.notes(table)
    numbers.fold(figure, table)
    _behind(opened, figure, table)


def _behind(opened: Study, figure: Figure, table: Table) -> None:
    pick = picking.menu(figure, table)
    if pick is not None:
        picked = dict(zip(picking.names(table), pick, strict=True))
        behind.draw(opened, figure, table, picked, picking.label(table, pick))


def _is_empty(table: Table) -> bool:
    return "theme" in table.rows and table.rows["n"].sum() == 0
