"""A survey file → its draft questionnaire, corrected by the analyst, then a study with answers."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import streamlit as st

from verbatims.errors import FileError, Problem, VerbatimsError
from verbatims.language import N_, _, ngettext, number
from verbatims.model import Corpus, Source
from verbatims.study import Study, draft
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape

TO_CHECK = N_("À VÉRIFIER :")  # how a draft marks what it could not settle

FORMATS = ["csv", "tsv", "txt", "xlsx", "xls", "ods"]

_TEXT, _FOR, _FOUND, _DONE = "questionnaire", "drafted_for", "found_problems", "imported"
_SOURCES = {
    Source.SURVEY: N_("Enquête : une ligne par répondant"),
    Source.INTERVIEW: N_("Entretiens ou citations : une ligne par prise de parole"),
}


def steps(opened: Study) -> None:
    """Choose a file, correct its questionnaire, import."""
    name = _choose()
    if name is None:
        return
    try:
        _questionnaire(opened, name)
    except VerbatimsError as error:
        page.failure(error)


def result() -> None:
    """Say once what the last import gave."""
    done: Corpus | None = st.session_state.pop(_DONE, None)
    if done is None:
        return
    n, m = len(done.respondents), len(done.verbatims)
    people = ngettext("{n} répondant", "{n} répondants", n, n=number(n))
    asked = ngettext(
        "{n} réponse ouverte attendue", "{n} réponses ouvertes attendues", m, n=number(m)
    )
    said = _("Importé : {people}, {asked}.", people=people, asked=asked)
    st.success(said, icon=":material/check:")
    page.problems(done.problems)


def _choose() -> str | None:
    """The file's name: from the uploader, or typed; None while there is none."""
    upload, typed = st.columns(2, gap="medium")
    with upload:
        sent = st.file_uploader(
            _("Déposer un fichier d’enquête (CSV, TSV, Excel, ODS)"), FORMATS, key="sent"
        )
    with typed:
        path = st.text_input(
            _("Ou donner son chemin"), key="typed", placeholder=_("/chemin/vers/reponses.csv")
        )
        st.radio(
            _("Ce fichier contient"),
            list(_SOURCES),
            format_func=lambda source: _(_SOURCES[source]),
            key="source",
        )
    if sent is not None:
        return str(sent.name)
    return path.strip() or None


@contextmanager
def _file() -> Iterator[Path]:
    """The chosen file on disk while it is read: no answer is left in a temporary folder."""
    sent = st.session_state.get("sent")
    if sent is None:
        path = Path(st.session_state["typed"].strip()).expanduser()
        if not path.is_file():
            raise FileError(_("« {path} » n’existe pas ou n’est pas un fichier.", path=path))
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(sent.name).name
        path.write_bytes(sent.getvalue())
        yield path


def _questionnaire(opened: Study, name: str) -> None:
    _draft_once(opened, name)
    text, found = st.columns([3, 2], gap="medium")
    with text:
        st.text_area(
            _(
                "Questionnaire : ce qu’est chaque colonne (relisez d’abord les lignes "
                "« À VÉRIFIER »)"
            ),
            key=_TEXT,
            height=460,
        )
        with st.container(horizontal=True):
            st.button(_("Vérifier"), on_click=_check, args=(opened,))
            st.button(_("Importer"), type="primary", on_click=_import, args=(opened,), key="import")
            st.button(_("Repartir d’un brouillon"), type="tertiary", on_click=_draft)
    with found:
        said = _("Détecté dans {file}", file=escape(name))
        st.html(f'<p class="v-label">{said}</p>')
        page.note(st.session_state.get("origin", ""))
        page.problems(to_check(st.session_state[_TEXT]))
        error: VerbatimsError | str | None = st.session_state.get(_FOUND)
        if isinstance(error, VerbatimsError):
            page.failure(error)
        elif error:
            st.success(error, icon=":material/check:")


def to_check(text: str) -> list[Problem]:
    """What only the analyst can settle, each remark in one piece, at the line where it begins."""
    marks = (TO_CHECK, _(TO_CHECK))  # of a draft in French, or in the reader's language
    found: list[Problem] = []
    open_remark = False
    for line, written in enumerate(text.splitlines(), start=1):
        comment = written.strip()
        mark = next((f"# {mark}" for mark in marks if comment.startswith(f"# {mark}")), "")
        if mark:
            said = comment.removeprefix(mark).strip()
            found.append(Problem(said, line=line, severity="warning"))
            open_remark = True
        elif open_remark and comment.startswith("# "):
            said = f"{found[-1].message} {comment.removeprefix('# ')}"
            found[-1] = replace(found[-1], message=said)
        else:
            open_remark = False
    return found


def _draft_once(opened: Study, name: str) -> None:
    """A new file starts from the study's questionnaire, or from a draft when it has none."""
    if st.session_state.get(_FOR) == name and _TEXT in st.session_state:
        return
    kept = opened.questionnaire_path
    _draft()
    if kept.is_file():
        st.session_state[_TEXT] = kept.read_text("utf-8")
    st.session_state[_FOR] = name


def _draft() -> None:
    with _file() as path:
        raw, text = draft(path)
    rows, columns = raw.frame.shape
    st.session_state["origin"] = ngettext(
        "{origin} ; {n} ligne, {columns}.",
        "{origin} ; {n} lignes, {columns}.",
        rows,
        n=number(rows),
        origin=raw.origin,
        columns=ngettext("{n} colonne", "{n} colonnes", columns, n=number(columns)),
    )
    st.session_state[_TEXT] = text
    st.session_state[_FOUND] = None


def _check(opened: Study) -> None:
    try:
        opened.save_questionnaire(st.session_state[_TEXT])
    except VerbatimsError as error:
        st.session_state[_FOUND] = error
    else:
        count = len(opened.questionnaire.questions)
        st.session_state[_FOUND] = ngettext(
            "Sans erreur : {n} question. Enregistré.",
            "Sans erreur : {n} questions. Enregistré.",
            count,
            n=number(count),
        )


def _import(opened: Study) -> None:
    """Save the questionnaire and import; if either fails the study stays as it was."""
    kept = opened.questionnaire_path
    before = kept.read_text("utf-8") if kept.is_file() else None
    try:
        opened.save_questionnaire(st.session_state[_TEXT])
        with _file() as path:
            done = opened.import_file(path, source=Source(st.session_state["source"]))
    except VerbatimsError as error:
        _put_back(kept, before)
        st.session_state[_FOUND] = error
        return
    st.session_state[_DONE] = done
    st.session_state[_FOUND] = None


def _put_back(kept: Path, before: str | None) -> None:
    if before is None:
        kept.unlink(missing_ok=True)
    else:
        kept.write_text(before, "utf-8")
