"""Mots: how the machine reads the words of the answers, and what the analyst rules of them."""

from collections.abc import Mapping
from types import ModuleType

import streamlit as st

from verbatims.language import N_, _, ngettext
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import steps
from verbatims.ui.parts import coder, page, running
from verbatims.ui.parts.text import literal, number, typeset
from verbatims.ui.parts.words import (
    desk,
    empties,
    expressions,
    lemmas,
    lists,
    read,
    repairs,
    rulings,
    standing,
    stop_words,
)

_TABS: dict[str, tuple[str, ModuleType]] = {
    "reparations": (N_("Réparations"), repairs),
    "lemmes": (N_("Lemmes"), lemmas),
    "expressions": (N_("Expressions"), expressions),
    "mots-vides": (N_("Mots vides"), stop_words),
    "reponses-vides": (N_("Réponses vides"), empties),
    "decisions": (N_("Mes décisions"), standing),
}
_TAB, _RUNS = "words_tab", "words_runs"


def _require_run(opened: Study) -> None:
    """Stop the page, saying what to do, while no answer has been read."""
    imports, runs = opened.version(work=False)[:2]
    if not imports:
        message = _("Cette étude ne contient encore aucune réponse ouverte.")
        page.nothing(message, steps.STUDY, _("Importer un fichier"))
        st.stop()
    if not runs:
        message = _("Aucun mot n’a encore été lu : l’analyse n’a pas été lancée.")
        page.nothing(message, steps.STUDY, _("Lancer l’analyse"))
        st.stop()


def _bar(opened: Study) -> None:
    """What the last run has not heard of, the last gesture to undo, and the way to run again.

    Always there and as high, so that nothing moves under the hand of who rules on words.
    """
    waiting = opened.words.waiting()
    outdated = waiting > 0 or opened.outdated
    runs = opened.version(work=False)[1]
    just_run = st.session_state.get(_RUNS, runs) != runs
    st.session_state[_RUNS] = runs
    name = "words_waiting" if outdated else "words_heard"
    with st.container(border=True, key=name, horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="v-waiting" role="status">{_said(waiting, outdated)}</p>', width="stretch"
        )
        _gestures(opened)
        if outdated or just_run:
            running.button(opened, _("Relancer l’analyse"), needed=outdated)


def _said(waiting: int, outdated: bool) -> str:
    if waiting:
        return ngettext(
            "<b>{n} décision</b> attend la prochaine analyse.",
            "<b>{n} décisions</b> attendent la prochaine analyse.",
            waiting,
            n=number(waiting),
        )
    if outdated:
        return typeset(_("Les réponses ou la grille ont changé : les mots sont ceux d’avant."))
    return _("L’analyse tient compte de toutes les décisions.")


def _gestures(opened: Study) -> None:
    """The last gesture to take back, and under whose name rulings are kept."""
    last = rulings.last()
    told = _("Rien à annuler depuis l’ouverture de la page.")
    if last is not None:
        told = _told(last.made[0], len(last.made) - 1)
    st.button(
        _("Annuler la dernière"),
        key="words_undo",
        type="tertiary",
        icon=":material/undo:",
        disabled=last is None,
        help=literal(typeset(told)),
        on_click=rulings.undo,
    )
    coder.sign(opened, _("Vos décisions sont gardées au nom de"), key="words_author")


def _told(first: rulings.Ruling, others: int) -> str:
    """The first ruling of a gesture, and how many it is followed by."""
    kind = _(lists.KINDS[first.kind])
    if not others:
        return _("{kind} : « {form} »", kind=kind, form=first.form)
    return ngettext(
        "{kind} : « {form} » et {n} autre",
        "{kind} : « {form} » et {n} autres",
        others,
        n=number(others),
        kind=kind,
        form=first.form,
    )


def _tabs(counts: Mapping[str, int]) -> ModuleType:
    """The list that is looked at; each says how long it is."""
    chosen = st.segmented_control(
        _("Liste"),
        list(_TABS),
        default=next(iter(_TABS)),
        required=True,
        format_func=lambda name: f"{_(_TABS[name][0])} :gray[{number(counts[name])}]",
        key=_TAB,
        on_change=rulings.forget_fault,
        persist_state="session",
        label_visibility="collapsed",
    )
    return _TABS[chosen][1]


opened = page.require_study(_("Mots"))
coder.require_role(opened, Role.CODER)
_require_run(opened)
with st.spinner(_("Lecture des mots…")):
    made = read.load(opened)
    counts = {name: part.count(opened, made) for name, (_title, part) in _TABS.items()}
_bar(opened)
part = _tabs(counts)
page.note(_(part.EXPLAINED))
desk.fault()
part.draw(opened, made)
