"""Thèmes: the codebook as a tree with its counts, and its file to edit."""

import streamlit as st

from verbatims.errors import CodebookError
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page, running, tree
from verbatims.ui.parts.text import plural

_TEXT, _FOUND, _EDITED = "codebook", "codebook_found", "codebook_edited"

_EMPTY = """title: Grille de codage
themes:
  - id: premier_theme
    label: Premier thème
    definition: Ce que dit une réponse de ce thème, en une ligne.
    include: []
    exclude: []
    examples: []
    terms:
      - mot
"""


def _tree(opened: Study) -> None:
    if not len(opened.codebook):
        page.note("La grille est vide : écrivez-la dans l’onglet « Modifier ».")
        return
    tags = state.kept(opened, "tags", opened.tags, work=False)
    codings = state.kept(opened, "codings", opened.codings)
    found = tree.counts(tags, codings)
    summary = plural(len(opened.codebook), "thème")
    if len(tags):
        silent = tree.silent_terms(opened.codebook, found)
        summary += f" · {plural(len(silent), 'terme')} sans occurrence (en pointillé)"
    page.note(f"{summary}. Comptes en verbatims, toutes questions ouvertes réunies.")
    tree.draw(opened.codebook, found)


def _editor(opened: Study) -> None:
    """The file as text: saved only when it is right, else its faults are listed beside."""
    path = opened.codebook_path
    written = path.read_text("utf-8") if path.is_file() else _EMPTY
    if st.session_state.get(_EDITED) != written or _TEXT not in st.session_state:
        st.session_state[_TEXT], st.session_state[_EDITED] = written, written
        st.session_state.pop(_FOUND, None)
    text, beside = st.columns([3, 2], gap="medium")
    with text:
        st.text_area("codebook.yaml", key=_TEXT, height=560, persist_state="session")
        st.button(
            "Enregistrer", type="primary", on_click=_save, args=(opened,), key="save_codebook"
        )
    with beside:
        page.note(
            "Une ligne de « terms » est un mot (cherché sur les lemmes : « coordonner » trouve "
            "« coordonnons »), une suite de mots, un préfixe suivi de * (mutualis*), ou une forme "
            "exacte entre guillemets droits."
        )
        error: CodebookError | None = st.session_state.get(_FOUND)
        if error is not None:
            page.failure(error)


def _save(opened: Study) -> None:
    try:
        opened.save_codebook(st.session_state[_TEXT])
    except CodebookError as error:
        st.session_state[_FOUND] = error
        return
    st.session_state[_FOUND] = None
    st.toast("Grille de codage enregistrée.")


def _alert(opened: Study) -> bool:
    """What the analyst must know before reading the tree; whether the codebook can be read."""
    try:
        status = state.kept(opened, "status", opened.status)
    except CodebookError as error:
        page.failure(error)
        return False
    if status.outdated and len(status.runs):
        st.warning("Les réponses ou la grille ont changé : les comptes sont ceux d’avant.")
        running.button(opened, "Relancer l’analyse")
    return True


opened = page.require_study("Thèmes")
with st.container():
    readable = _alert(opened)
written = opened.codebook_path.is_file()
shown, edited = st.tabs(["Grille", "Modifier"], default="Grille" if written else "Modifier")
with shown:
    if readable:
        _tree(opened)
with edited:
    _editor(opened)
