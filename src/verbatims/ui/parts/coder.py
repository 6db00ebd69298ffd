"""Who codes: asked first, shown all the time, never guessed."""

import streamlit as st

from verbatims.folding import fold
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape, literal


def require(opened: Study) -> str:
    """The coder of this session; until there is one, ask and stop the page."""
    if not state.coder():
        _ask(opened)
        st.stop()
    return state.coder()


def shown(name: str) -> None:
    """Under whose name decisions are saved, and the way to change it."""
    st.html(
        f'<p class="v-progress"><span>Codé par <b>{escape(name)}</b></span></p>', width="content"
    )
    if st.button("Changer", key="change_coder", type="tertiary"):
        state.set_coder("")
        st.rerun()


def _ask(opened: Study) -> None:
    known = sorted(opened.decisions()["coder"].unique(), key=fold)
    with st.container(border=True, width=560):
        st.header("Qui code ?", anchor=False)
        page.note("Chaque décision est enregistrée sous ce nom. Il reste sur cette machine.")
        with st.form("who", border=False):
            name = st.text_input(
                "Votre nom ou vos initiales", placeholder="par exemple : Claire M."
            )
            if st.form_submit_button("Commencer à coder", type="primary"):
                _enter(name, known)
        if known:
            st.html('<p class="v-label">Ou reprendre sous un nom déjà présent dans l’étude</p>')
            with st.container(horizontal=True):
                for coder in known:
                    st.button(
                        literal(coder), key=f"as_{coder}", on_click=state.set_coder, args=(coder,)
                    )


def _enter(name: str, known: list[str]) -> None:
    """Take the name; written otherwise than before, it stays the name it was."""
    wanted = " ".join(name.split())
    if not wanted:
        st.error("Écrivez un nom ou des initiales.")
        return
    state.set_coder(next((coder for coder in known if fold(coder) == fold(wanted)), wanted))
    st.rerun()
