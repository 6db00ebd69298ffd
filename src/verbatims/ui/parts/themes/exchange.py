"""A codebook from another program → the draft; the codebook → files for other programs."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from verbatims.errors import Problem, VerbatimsError
from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.themes import drafts

BY = "exchange"
_SENT, _PROBLEMS = "codebook_sent", "codebook_problems"
_READ = ["yaml", "yml", "qdc", "qdpx", "csv", "tsv", "xlsx", "xls", "ods"]
_WRITTEN = {
    ".qdc": ("REFI-QDA (.qdc)", "application/xml"),
    ".csv": (N_("Tableau (.csv)"), "text/csv"),
    ".yaml": ("Verbatims (.yaml)", "application/yaml"),
}


def draw(opened: Study) -> None:
    """What to bring in, and what to take out."""
    reading()
    if opened.editing.text():
        said = _("Exporter la grille")
        st.html(f'<h2 class="v-part">{said}</h2>')
        page.note(_("REFI-QDA se lit dans ATLAS.ti, MAXQDA, NVivo, QualCoder et d’autres."))
        with st.container(horizontal=True):
            for suffix, (label, mime) in _WRITTEN.items():
                st.download_button(
                    _(label),
                    partial(_written, opened, suffix),
                    file_name=f"grille-{opened.path.resolve().name}{suffix}",
                    mime=mime,
                    key=f"export_{suffix}",
                    icon=":material/download:",
                    on_click="ignore",
                )


def reading() -> None:
    """The file to bring in, and what of it was left out."""
    label = _("Importer une grille")
    st.html(f'<h2 class="v-part">{label}</h2>')
    page.note(
        _(
            "YAML, REFI-QDA (QDC, QDPX), ou un tableau (CSV, Excel, ODS) dont les colonnes sont "
            "« nom », « parent » et « définition ». Rien n’est enregistré avant que vous ayez vu "
            "ce que cela change."
        )
    )
    st.file_uploader(_("Importer une grille…"), _READ, key=_SENT, on_change=_bring_in)
    error = drafts.fault(BY)
    if error is not None:
        page.failure(error)
    elif drafts.made_by(BY):
        page.problems(st.session_state.get(_PROBLEMS, ()))


def _bring_in() -> None:
    """Read what was sent; it becomes the draft, in the place of the whole codebook."""
    opened, sent = state.study(), st.session_state.get(_SENT)
    drafts.forget_fault(BY)
    if opened is None or sent is None:
        return
    try:
        text, problems = _read(opened, Path(sent.name).name, sent.getvalue())
    except VerbatimsError as error:
        drafts.blame(BY, error)
        return
    st.session_state[_PROBLEMS] = problems
    drafts.put(opened, text, by=BY)


def _read(opened: Study, name: str, content: bytes) -> tuple[str, tuple[Problem, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return opened.editing.read_file(path)


def _written(opened: Study, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"grille{suffix}"
        opened.editing.write_file(path)
        return path.read_bytes()
