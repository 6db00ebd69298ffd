"""Export: write the files of the report, look at them, take them."""

import csv
from itertools import islice
from pathlib import Path

import streamlit as st

from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui.parts import coder, page
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import literal, moment_of, size

PREVIEW = 8

_FORMS = {
    False: "Excel en français (point-virgule, virgule décimale)",
    True: "International (virgule, point décimal)",
}


def _write(opened: Study) -> None:
    chosen = st.radio(
        "Format", list(_FORMS), format_func=_FORMS.__getitem__, key="international", horizontal=True
    )
    if st.button("Écrire les fichiers", type="primary", key="export"):
        written = opened.export(international=bool(chosen))
        st.success(literal(f"{len(written)} fichiers écrits dans {opened.path / 'exports'}."))


def _files(opened: Study) -> None:
    files = sorted((opened.path / "exports").glob("*.csv"))
    if not files:
        page.note("Rien n’a encore été exporté.")
    for file in files:
        _file(file)


def _file(file: Path) -> None:
    preview, take = st.columns([6, 1])
    with preview, st.expander(f"**{literal(file.name)}** — {size(file)}, {moment_of(file)}"):
        rows = _first_rows(file)
        draw([Heading(title) for title in rows[0]], rows[1:], about=f"Début de {file.name}")
    take.download_button(
        "Télécharger",
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


opened = page.require_verbatims("Export")
coder.require_role(opened, Role.CODER)
coder.require_sight(opened)
page.note(
    "Fréquences des thèmes, codages, verbatims codés et citations, écrits dans le dossier de "
    "l’étude. Les mêmes données donnent les mêmes fichiers, à l’octet près."
)
_write(opened)
_files(opened)
