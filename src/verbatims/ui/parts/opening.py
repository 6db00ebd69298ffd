"""The folders on this machine → a study opened or created in this session."""

from pathlib import Path

import streamlit as st

from verbatims import demo, settings
from verbatims.errors import StudyError, VerbatimsError
from verbatims.folding import fold
from verbatims.study import Study
from verbatims.ui import shelf, state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import literal


def choose() -> None:
    """Three ways to a study: one that is there, a new one, the demonstration."""
    existing, new, example = st.columns(3, gap="medium")
    with existing, st.container(border=True, height="stretch"):
        _open()
    with new, st.container(border=True, height="stretch"):
        _create()
    with example, st.container(border=True, height="stretch"):
        _demo()


def _open() -> None:
    st.header("Ouvrir une étude", anchor=False)
    found = shelf.usual()
    for path in found:
        if st.button(
            literal(path.name), icon=":material/folder:", width="stretch", key=f"open_{path}"
        ):
            _enter(path)
    if not found:
        page.note(f"Le dossier « {settings.STUDIES_FOLDER} » ne contient pas encore d’étude.")
    with st.form("open_elsewhere", border=False):
        written = st.text_input("Un autre dossier", placeholder="/chemin/vers/mon-etude")
        if st.form_submit_button("Ouvrir") and written.strip():
            _enter(Path(written.strip()).expanduser())


def _create() -> None:
    st.header("Créer une étude", anchor=False)
    page.note(
        f"Un dossier est créé dans « {settings.STUDIES_FOLDER} ». Tout y reste, sur cette machine."
    )
    with st.form("create", border=False):
        title = st.text_input(
            "Nom de l’étude", key="new_study", placeholder="par exemple : enquete-adherents-2026"
        )
        if st.form_submit_button("Créer", type="primary"):
            name = "-".join(fold(title).split()).strip("./\\-")
            if not name or any(sign in name for sign in '/\\:*?"<>|'):
                st.error("Écrivez un nom, sans barre oblique ni signe spécial.")
                return
            _create_in(settings.STUDIES_FOLDER / name)


def _create_in(path: Path) -> None:
    try:
        Study.create(path)
    except StudyError as error:
        page.failure(error)
        return
    _enter(path)


def _demo() -> None:
    st.header("Découvrir", anchor=False)
    page.note(
        "L’étude de démonstration porte sur 52 répondants simulés et deux questions ouvertes, "
        "dont une est déjà codée. La créer prend une dizaine de secondes."
    )
    if st.button("Ouvrir la démonstration", key="open_demo"):
        try:
            with st.spinner("Création de l’étude de démonstration…"):
                made = demo.build(settings.STUDIES_FOLDER / "pionniers")
        except VerbatimsError as error:
            page.failure(error)
            return
        _enter(made.path)


def _enter(path: Path) -> None:
    if not Study.exists(path):
        st.error(literal(f"« {path} » ne contient pas d’étude."))
        return
    state.open_study(path)
    st.rerun()
