"""The name under which this session works, at the top of every page, and the way to leave it."""

import streamlit as st

from verbatims.language import _
from verbatims.study import Study
from verbatims.study.team import ROLES
from verbatims.ui import identity, state
from verbatims.ui.parts.text import literal


def draw(opened: Study) -> None:
    """Who works here, and in which role where there are accounts."""
    found = identity.current(opened)
    if found is None:
        return
    said = found.name if opened.team.open else f"{found.name} · {_(ROLES[found.role])}"
    with st.popover(literal(said), icon=":material/person:", type="tertiary"):
        change("leave_name")


def change(key: str) -> None:
    """The way to be somebody else, or nobody."""
    st.button(_("Changer"), key=key, type="tertiary", on_click=_leave)


def _leave() -> None:
    opened = state.study()
    if opened is None:
        return
    identity.leave(opened)
    if identity.email() and not opened.team.open:
        st.logout()
