"""Codage: a coder's name, then filters, then one verbatim after another."""

from dataclasses import replace

import streamlit as st

from verbatims.review import Filters
from verbatims.study import Study
from verbatims.ui import queue, state, steps
from verbatims.ui.parts import board, coder, filters, page


def _queue(opened: Study, name: str, wanted: Filters) -> queue.Queue:
    """The queue of these filters: made when they or the data change, then kept as it is."""
    made_of = opened.version(work=False)
    asked = (str(opened.path), name, wanted, *made_of)
    if st.session_state.get("coding_asked") != asked:
        passing = opened.queue(name, replace(wanted, state=""))
        st.session_state["coding_queue"] = queue.build(passing, state=wanted.state)
        st.session_state["coding_asked"] = asked
    made: queue.Queue = st.session_state["coding_queue"]
    return made


opened = page.require_verbatims("Codage")
page.require_codebook(opened)
name = coder.require(opened)
if not len(state.kept(opened, "status", opened.status).runs):
    page.nothing("Aucun thème n’est suggéré avant l’analyse.", steps.STUDY, "Lancer l’analyse")
board.show(opened, _queue(opened, name, filters.bar(opened)))
