"""Codage: a coder's name, then filters, then one verbatim after another."""

from dataclasses import replace

import streamlit as st

from verbatims.review import Filters
from verbatims.study import Study
from verbatims.ui import gestures, queue, state, steps
from verbatims.ui.parts import board, coder, filters, page
from verbatims.ui.parts.learning import standing, why
from verbatims.ui.parts.themes import definitions

_ASKED, _QUEUE, _LATER = "coding_asked", "coding_queue", "coding_definitions_later"


def _queue(opened: Study, name: str, wanted: Filters) -> queue.Queue:
    """The queue of these filters: made when they or the data change, then kept as it is.

    A new analysis leaves in its place what was gone through, and orders the rest anew.
    """
    imports, *analysis = opened.version(work=False)
    asked = (str(opened.path), name, wanted, imports)
    before = st.session_state.get(_ASKED)
    if before != (asked, analysis):
        fresh = _built(opened, name, wanted)
        same = before is not None and before[0] == asked
        kept = queue.renewed(st.session_state[_QUEUE], fresh) if same else fresh
        st.session_state[_QUEUE], st.session_state[_ASKED] = kept, (asked, analysis)
    made: queue.Queue = st.session_state[_QUEUE]
    return made


def _built(opened: Study, name: str, wanted: Filters) -> queue.Queue:
    shown = opened.queue(name, wanted)
    passing = opened.queue(name, replace(wanted, state="")) if wanted.state else shown
    return queue.build(shown, passing)


def _definitions(opened: Study) -> None:
    """Before the first answer is coded, the definitions that are missing; or later."""
    if st.session_state.get(_LATER) or not definitions.missing(opened):
        return
    if not opened.decisions().empty:
        return
    with st.container(horizontal=True, key="coding_definitions"):
        with st.container():
            definitions.draw(opened)
        if st.button("Plus tard", key="definitions_later", type="tertiary"):
            st.session_state[_LATER] = True
            st.rerun()


opened = page.require_verbatims("Codage")
page.require_codebook(opened)
name = coder.require(opened)
if not len(state.kept(opened, "status", opened.status).runs):
    page.nothing("Aucun thème n’est suggéré avant l’analyse.", steps.STUDY, "Lancer l’analyse")
_definitions(opened)
made = _queue(opened, name, filters.bar(opened, name))
gestures.look(opened)
standing.look(opened, made)
why.look(opened, name)
board.show(opened, made)
