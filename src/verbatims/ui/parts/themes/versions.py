"""The codebooks that were coded or analysed with, compared; and the changes made here."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verbatims import review
from verbatims.errors import CodebookError
from verbatims.frames import READ
from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading
from verbatims.ui.parts.grid import draw as draw_grid
from verbatims.ui.parts.text import escape, moment, number, typeset

_EDITS = 50


@dataclass(frozen=True)
class Version:
    """A codebook as it was met: since when, how many themes, how many answers read with it."""

    name: str
    text: str
    themes: int
    read: int
    present: bool


def draw(opened: Study) -> None:
    """The versions, what changed between two of them, and the history of changes."""
    found = state.kept(opened, "codebook versions", lambda: listed(opened))
    left, right = st.columns([1, 1], gap="large")
    with left:
        label = _("Versions")
        st.html(f'<h2 class="v-part">{label}</h2>')
        _versions(found)
        if len(found) > 1:
            _compare(opened, found)
    with right:
        said = _("Changements faits ici")
        st.html(f'<h2 class="v-part">{said}</h2>')
        _history(opened)


def listed(opened: Study) -> list[Version]:
    """The versions, the last first; that of the file stands among them, or before."""
    standing = review.latest(opened.decisions())
    readings = standing[standing["value"] == READ].drop_duplicates(["verbatim_id", "codebook"])
    read = readings["codebook"].value_counts()
    present, themes = opened.codebook.hash, opened.store.codebook_themes()
    made = [
        Version(
            _moment(row["seen_at"]),
            row["text"],
            len(themes[row["hash"]]),
            int(read.get(row["hash"], 0)),
            row["hash"] == present,
        )
        for row in opened.editing.versions().iloc[::-1].to_dict("records")
    ]
    if len(opened.codebook) and not any(version.present for version in made):
        text = opened.editing.text()
        made.insert(0, Version(_("dans le fichier"), text, len(opened.codebook), 0, True))
    return made


def _versions(found: list[Version]) -> None:
    if not found:
        page.note(_("Une version est gardée à chaque analyse, et dès qu’une réponse est codée."))
        return
    headings = [
        Heading(_("Vue pour la première fois")),
        Heading(_("Thèmes"), figures=True),
        Heading(_("Réponses lues"), figures=True),
    ]
    rows = [(_named(version), number(version.themes), number(version.read)) for version in found]
    draw_grid(headings, rows, about=_("Versions de la grille"))


def _named(version: Version) -> str:
    return _("{version} (présente)", version=version.name) if version.present else version.name


def _compare(opened: Study, found: list[Version]) -> None:
    places = list(range(len(found)))
    with st.container(horizontal=True):
        old = _side(N_("De"), places, 1, found)
        new = _side(N_("À"), places, 0, found)
    try:
        changes = opened.editing.difference(found[old].text, found[new].text)
    except CodebookError as error:
        page.failure(error)
        return
    if not changes:
        page.note(_("Ces deux versions disent la même chose."))
        return
    lines = "".join(f"<li>{escape(typeset(change.said))}</li>" for change in changes)
    st.html(f'<ul class="v-changes">{lines}</ul>')


def _side(label: str, places: list[int], chosen: int, found: list[Version]) -> int:
    return st.selectbox(
        _(label),
        places,
        index=chosen,
        format_func=lambda place: _named(found[place]) if place < len(found) else "",
        key=f"versions_{label}",
    )


def _history(opened: Study) -> None:
    edits: pd.DataFrame = opened.store.edits()
    if edits.empty:
        page.note(_("Aucun changement n’a encore été enregistré depuis cette page."))
        return
    last = edits.iloc[::-1].head(_EDITS)
    rows = [
        (_moment(edit["made_at"]), typeset(edit["said"]), edit["author"] or "—")
        for edit in last.to_dict("records")
    ]
    headings = [Heading(_("Le")), Heading(_("Quoi")), Heading(_("Par"))]
    draw_grid(headings, rows, about=_("Changements"))
    if len(edits) > _EDITS:
        page.note(_("Les {n} derniers sur {total}.", n=_EDITS, total=number(len(edits))))


def _moment(made_at: str) -> str:
    """On one line."""
    return moment(made_at).replace(" ", "\u00a0")
