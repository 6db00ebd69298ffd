"""The folders on this machine → a study opened or created in this session."""

from pathlib import Path

import streamlit as st

from verbatims import demo, settings
from verbatims.errors import StudyError, VerbatimsError
from verbatims.folding import fold
from verbatims.language import _
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
    st.header(_("Ouvrir une étude"), anchor=False)
    found = shelf.usual()
    for path in found:
        if st.button(
            literal(path.name), icon=":material/folder:", width="stretch", key=f"open_{path}"
        ):
            _enter(path)
    if not found:
        page.note(
            _(
                "Le dossier « {folder} » ne contient pas encore d’étude.",
                folder=settings.STUDIES_FOLDER,
            )
        )
    with st.form("open_elsewhere", border=False):
        written = st.text_input(_("Un autre dossier"), placeholder=_("/chemin/vers/mon-etude"))
        if st.form_submit_button(_("Ouvrir")) and written.strip():
            _enter(Path(written.strip()).expanduser())


def _create() -> None:
    st.header(_("Créer une étude"), anchor=False)
    page.note(
        _(
            "Un dossier est créé dans « {folder} ». Tout y reste, sur cette machine.",
            folder=settings.STUDIES_FOLDER,
        )
    )
    with st.form("create", border=False):
        title = st.text_input(
            _("Nom de l’étude"),
            key="new_study",
            placeholder=_("par exemple : enquete-adherents-2026"),
        )
        if st.form_submit_button(_("Créer"), type="primary"):
            name = "-".join(fold(title).split()).strip("./\\-")
            if not name or any(sign in name for sign in '/\\:*?"<>|'):
                st.error(_("Écrivez un nom, sans barre oblique ni signe spécial."))
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
    st.header(_("Découvrir"), anchor=False)
    page.note(
        _(
            "L’étude de démonstration porte sur 52 répondants simulés et deux questions ouvertes, "
            "dont une est déjà codée. La créer prend une dizaine de secondes."
        )
    )
    if st.button(_("Ouvrir la démonstration"), key="open_demo"):
        try:
            with st.spinner(_("Création de l’étude de démonstration…")):
                made = demo.build(settings.STUDIES_FOLDER / "pionniers")
        except VerbatimsError as error:
            page.failure(error)
            return
        _enter(made.path)


def _enter(path: Path) -> None:
    if not Study.exists(path):
        st.error(literal(_("« {path} » ne contient pas d’étude.", path=path)))
        return
    state.open_study(path)
    st.rerun()
