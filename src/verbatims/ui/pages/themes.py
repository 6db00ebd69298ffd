"""Thèmes: the codebook as a tree with its counts, changed with what that changes in sight."""

from collections.abc import Callable

import streamlit as st

from verbatims.errors import CodebookError
from verbatims.frames import HUMAN
from verbatims.language import N_, _, ngettext, number
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import identity, state
from verbatims.ui.parts import coder, page
from verbatims.ui.parts.learning import proposals, reliability
from verbatims.ui.parts.themes import bar, checks, definitions, editor, tree, versions

_TAB = "themes_tab"
_GRID, _EDIT = "grille", "modifier"


def _grid(opened: Study) -> None:
    """The codebook as it stands, and what is to be looked at in it."""
    if not len(opened.codebook):
        page.note(
            _("La grille est vide : ajoutez-y des thèmes, ou importez-la, dans « Modifier ».")
        )
        return
    if identity.may(opened, Role.LEAD):
        definitions.draw(opened)
        checks.draw(opened)
    else:
        page.note(_("Seul un responsable de l’étude change la grille."))
    page.note(
        ngettext(
            "{n} thème. Comptes en verbatims, toutes questions ouvertes réunies.",
            "{n} thèmes. Comptes en verbatims, toutes questions ouvertes réunies.",
            len(opened.codebook),
            n=number(len(opened.codebook)),
        )
    )
    tags = state.kept(opened, "tags", opened.tags, work=False)
    codings = state.kept(opened, "codings", opened.codings)
    passages = state.kept(
        opened, "passages", lambda: opened.editing.passages(opened.codebook), work=False
    )
    n = 0 if identity.may(opened, Role.LEAD) else coder.unsuggested(opened)
    if n:
        tags, passages = tags.iloc[:0], passages.iloc[:0]
        codings = codings[codings["source"] == HUMAN]
        page.note(
            ngettext(
                "Il vous reste {n} réponse à lire sans voir les suggestions : elles ne sont pas "
                "comptées ici avant que vous ayez tout lu.",
                "Il vous reste {n} réponses à lire sans voir les suggestions : elles ne sont pas "
                "comptées ici avant que vous ayez tout lu.",
                n,
            )
        )
    silent = checks.silent(checks.found(opened))
    tree.draw(opened.codebook, tree.counts(tags, codings, passages, silent))


_TABS: dict[str, tuple[str, Callable[[Study], None]]] = {
    _GRID: (N_("Grille"), _grid),
    _EDIT: (N_("Modifier"), editor.draw),
    "apprendre": (N_("Apprendre"), proposals.draw),
    "fiabilite": (N_("Fiabilité"), reliability.draw),
    "versions": (N_("Versions"), versions.draw),
}


def _tab(opened: Study, *, readable: bool) -> str:
    """What is looked at; an empty codebook, or a broken one, is to be written first.

    Only a lead writes: others see the codebook as it stands.
    """
    if not identity.may(opened, Role.LEAD):
        return _GRID
    first = _GRID if readable and opened.codebook_path.is_file() else _EDIT
    chosen: str = st.segmented_control(
        _("Vue"),
        list(_TABS),
        default=first,
        required=True,
        format_func=lambda name: _(_TABS[name][0]),
        key=_TAB,
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen


def _fault(opened: Study) -> CodebookError | None:
    """What is wrong with the file as it stands."""
    try:
        len(opened.codebook)
    except CodebookError as error:
        return error
    return None


opened = page.require_study(_("Thèmes"))
fault = _fault(opened)
if fault is None:
    place = st.container()
chosen = _tab(opened, readable=fault is None)
if fault is None:
    with place:
        seen = chosen == _EDIT or (chosen == _GRID and definitions.asked())
        if identity.may(opened, Role.LEAD):
            bar.draw(opened, editing=seen)
            bar.failure()
elif chosen != _EDIT:
    page.failure(fault)
if fault is None or chosen == _EDIT:
    _TABS[chosen][1](opened)
