"""How much of what is shown is kept for the report, as the page says it."""

import streamlit as st

from verbatims.study import Study

_TOLD = "results_kept_told"


def count(opened: Study) -> int:
    """How many figures and quotes are kept; the page has said it."""
    st.session_state[_TOLD] = _held(opened)
    return int(st.session_state[_TOLD])


def changed(opened: Study) -> bool:
    """Whether the page says another number than the one of now."""
    return bool(st.session_state.get(_TOLD) != _held(opened))


def _held(opened: Study) -> int:
    return int((~opened.store.findings()["removed"]).sum())
