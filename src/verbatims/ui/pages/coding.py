"""Codage: who codes, how they want to look at the answers, then the board, the grid or both."""

import streamlit as st

from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui import board, state, steps
from verbatims.ui.board import grid
from verbatims.ui.parts import beside, coder, disagreements, filters, page
from verbatims.ui.parts.learning import standing
from verbatims.ui.parts.themes import definitions

_VIEW, _WANTED, _LATER = "coding_view", "coding_view_wanted", "coding_definitions_later"
_OPENED = "coding_opened"
ONE, GRID, DISAGREEMENTS = "one", "grid", "disagreements"
_VIEWS = {ONE: N_("Une à une"), GRID: N_("Tableau"), DISAGREEMENTS: N_("Désaccords")}


def _view() -> str:
    """How the answers are looked at; kept from one page to another."""
    if _WANTED in st.session_state:
        st.session_state[_VIEW] = st.session_state.pop(_WANTED)
    return (
        st.segmented_control(
            _("Vue"),
            list(_VIEWS),
            default=ONE,
            required=True,
            format_func=lambda view: _(_VIEWS[view]),
            key=_VIEW,
            label_visibility="collapsed",
            persist_state="session",
        )
        or ONE
    )


def _definitions(opened: Study) -> None:
    """Before the first answer is coded, the definitions that are missing; or later."""
    if st.session_state.get(_LATER) or not definitions.missing(opened):
        return
    if opened.store.lasts().decisions:
        return
    with st.container(horizontal=True, key="coding_definitions"):
        with st.container():
            definitions.draw(opened)
        if st.button(_("Plus tard"), key="definitions_later", type="tertiary"):
            st.session_state[_LATER] = True
            st.rerun()


@st.fragment
def _one_by_one(opened: Study, name: str) -> None:
    """Filters and board alone are drawn again by a filter; by the whole page if it has changed."""
    if state.study() is not opened or state.coder() != name:
        st.rerun()
    board.show(opened, name, filters.bar(opened), first=st.session_state.pop(_OPENED, ""))


def _grid(opened: Study, name: str) -> None:
    chosen = grid.draw(opened, name)
    if chosen:
        st.session_state[_OPENED], st.session_state[_WANTED] = chosen, ONE
        st.rerun()


def _disagreements(opened: Study, name: str) -> None:
    disagreements.draw(opened, name)


opened = page.require_verbatims(_("Codage"))
page.require_codebook(opened)
name = coder.require(opened)
if not opened.stages.tags_codebook():
    page.nothing(
        _("Aucun thème n’est suggéré avant l’analyse."), steps.STUDY, _("Lancer l’analyse")
    )
_definitions(opened)
with st.container(horizontal=True, vertical_alignment="center", key="coding_views"):
    view = _view()
    if view == ONE:
        filters.own(opened, name)
        standing.draw(opened)
        st.space("stretch")
        beside.choice(opened)
# Each view has its own place, and the others are emptied first: what is not looked at any more
# would else stay until the page is drawn whole, and take the keys meant for what is.
places = {each: st.container() if each == view else st.empty() for each in _VIEWS}
with places[view]:
    {ONE: _one_by_one, GRID: _grid, DISAGREEMENTS: _disagreements}[view](opened, name)
