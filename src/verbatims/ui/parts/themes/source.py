"""The codebook as the text of its file, for those who would rather write it."""

import streamlit as st

from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.themes import drafts

BY = "source"
_TEXT, _EDITED = "codebook", "codebook_edited"

_EMPTY = N_("""title: Grille de codage
themes:
  - id: premier_theme
    label: Premier thème
    definition: Ce que dit une réponse de ce thème, en une ligne.
    include: []
    exclude: []
    examples: []
    terms:
      - mot
""")
_TERMS = N_(
    "Une ligne de « terms » est un mot (cherché sur les lemmes : « coordonner » trouve "
    "« coordonnons »), une suite de mots, un préfixe suivi de * (mutualis*), ou une forme exacte "
    "entre guillemets droits. « accès … soins » cherche l’un puis l’autre, à 5 mots au plus ; "
    "« réseau sauf social » écarte « réseau social »."
)


def draw(opened: Study) -> None:
    """The text of the draft, else of the file; saved only when it is right."""
    written = drafts.text(opened) or _(_EMPTY)
    if st.session_state.get(_EDITED) != written or _TEXT not in st.session_state:
        st.session_state[_TEXT] = st.session_state[_EDITED] = written
    st.text_area("codebook.yaml", key=_TEXT, height=520, on_change=_put, persist_state="session")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Enregistrer"), type="primary", key="save_codebook", on_click=_save)
        st.button(_("Voir ce que cela change"), key="see_codebook", on_click=_put)
    page.note(_(_TERMS))


def _put() -> None:
    opened = state.study()
    if opened is not None:
        text = st.session_state[_TEXT]
        drafts.put(opened, text, by=BY)
        st.session_state[_EDITED] = text


def _save() -> None:
    _put()
    opened = state.study()
    if opened is not None:
        drafts.save(opened)
