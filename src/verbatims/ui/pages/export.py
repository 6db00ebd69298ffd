"""Export: write the files of the report, look at them, take them."""

import csv
from itertools import islice
from pathlib import Path

import streamlit as st

from verbatims.language import N_, _, ngettext
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui.parts import coder, page
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import literal, moment_of, size

PREVIEW = 8

_FORMS = {
    False: N_("Excel en français (point-virgule, virgule décimale)"),
    True: N_("International (virgule, point décimal)"),
}


def _write(opened: Study) -> None:
    chosen = st.radio(
        _("Format"),
        list(_FORMS),
        format_func=lambda form: _(_FORMS[form]),
        key="international",
        horizontal=True,
    )
    if st.button(_("Écrire les fichiers"), type="primary", key="export"):
        written = opened.export(international=bool(chosen))
        said = ngettext(
            "{n} fichier écrit dans {folder}.",
            "{n} fichiers écrits dans {folder}.",
            len(written),
            folder=opened.path / "exports",
        )
        st.success(literal(said))


def _files(opened: Study) -> None:
    files = sorted((opened.path / "exports").glob("*.csv"))
    if not files:
        page.note(_("Rien n’a encore été exporté."))
    for file in files:
        _file(file)


def _file(file: Path) -> None:
    preview, take = st.columns([6, 1])
    with preview, st.expander(f"**{literal(file.name)}** — {size(file)}, {moment_of(file)}"):
        rows = _first_rows(file)
        draw(
            [Heading(title) for title in rows[0]],
            rows[1:],
            about=_("Début de {file}", file=file.name),
        )
    take.download_button(
        _("Télécharger"),
        file.read_bytes,
        file.name,
        "text/csv",
        key=f"get {file.name}",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )


def _first_rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        separator = ";" if ";" in lines.readline() else ","
        lines.seek(0)
        return list(islice(csv.reader(lines, delimiter=separator), PREVIEW + 1)) or [[""]]


opened = page.require_verbatims(_("Export"))
coder.require_role(opened, Role.CODER)
coder.require_sight(opened)
page.note(
    _(
        "Fréquences des thèmes, codages, verbatims codés et citations, écrits dans le dossier de "
        "l’étude. Les mêmes données donnent les mêmes fichiers, à l’octet près."
    )
)
_write(opened)
_files(opened)
