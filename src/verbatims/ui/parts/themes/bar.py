"""What stands above every tab: whether the counts are those of the codebook, and the way back."""

import streamlit as st

from verbatims.language import _
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import coder, page, running
from verbatims.ui.parts.text import escape, literal, typeset
from verbatims.ui.parts.themes import drafts

_RUNS = "themes_runs"
_CUT = 40


def draw(opened: Study, *, editing: bool) -> None:
    """Always there and as high, so that nothing moves.

    `editing` says that the draft is in sight.
    """
    imports, runs, *_others = opened.version(work=False)
    outdated = bool(imports) and bool(runs) and _outdated(opened)
    just_run = st.session_state.get(_RUNS, runs) != runs
    st.session_state[_RUNS] = runs
    waiting = drafts.current() is not None and not editing
    name = "codebook_waiting" if outdated or waiting else "codebook_heard"
    with st.container(border=True, key=name, horizontal=True, vertical_alignment="center"):
        told = escape(typeset(_told(bool(imports), bool(runs), outdated=outdated)))
        if waiting:
            label = _("Un brouillon attend dans « Modifier ».")
            told = f"<b>{label}</b> {told}"
        st.html(f'<p class="v-waiting" role="status">{told}</p>', width="stretch")
        _undo(opened)
        coder.sign(opened, _("Vos changements sont gardés au nom de"), key="themes_author")
        if imports and (outdated or not runs or just_run):
            running.button(
                opened,
                _("Relancer l’analyse") if runs else _("Lancer l’analyse"),
                needed=outdated or not runs,
            )


def _outdated(opened: Study) -> bool:
    return state.kept(opened, "outdated", lambda: opened.outdated)


def _told(imports: bool, runs: bool, *, outdated: bool) -> str:
    if not imports:
        return _("Sans réponses importées, la grille ne suggère encore rien.")
    if not runs:
        return _("L’analyse n’a pas encore été lancée : il n’y a pas de suggestions à compter.")
    if outdated:
        return _("La grille ou les réponses ont changé : les comptes sont ceux d’avant.")
    return _("Les comptes sont ceux de la grille présente.")


def _undo(opened: Study) -> None:
    last = opened.editing.last()
    said = str(last["said"]) if last is not None else ""
    short = said if len(said) <= _CUT else said[: _CUT - 1].rstrip() + "…"
    drafted = drafts.current() is not None
    help_ = _("Enregistrez ou abandonnez d’abord le brouillon.") if drafted and said else said
    st.button(
        literal(typeset(_("Annuler : {said}", said=short))) if said else _("Annuler"),
        key="undo_codebook",
        type="tertiary",
        icon=":material/undo:",
        disabled=not said or drafted,
        help=literal(typeset(help_ or _("Rien à annuler."))),
        on_click=drafts.undo,
        args=(opened,),
    )


def failure() -> None:
    """What went wrong in saving or undoing, where no draft tells it."""
    error = drafts.fault(drafts.SAVING)
    if error is not None and drafts.current() is None:
        page.failure(error)
