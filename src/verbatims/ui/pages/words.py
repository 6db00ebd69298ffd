"""Mots: how the machine reads the words of the answers, and what the analyst rules of them."""

from collections.abc import Mapping
from types import ModuleType

import streamlit as st

from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import steps
from verbatims.ui.parts import coder, page, running
from verbatims.ui.parts.text import literal, number, plural, typeset
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
    "reparations": ("Réparations", repairs),
    "lemmes": ("Lemmes", lemmas),
    "expressions": ("Expressions", expressions),
    "mots-vides": ("Mots vides", stop_words),
    "reponses-vides": ("Réponses vides", empties),
    "decisions": ("Mes décisions", standing),
}
_TAB, _RUNS = "words_tab", "words_runs"


def _require_run(opened: Study) -> None:
    """Stop the page, saying what to do, while no answer has been read."""
    imports, runs, *_ = opened.version(work=False)
    if not imports:
        message = "Cette étude ne contient encore aucune réponse ouverte."
        page.nothing(message, steps.STUDY, "Importer un fichier")
        st.stop()
    if not runs:
        message = "Aucun mot n’a encore été lu : l’analyse n’a pas été lancée."
        page.nothing(message, steps.STUDY, "Lancer l’analyse")
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
            running.button(opened, "Relancer l’analyse", needed=outdated)


def _said(waiting: int, outdated: bool) -> str:
    if waiting:
        verb = "attend" if waiting == 1 else "attendent"
        return f"<b>{plural(waiting, 'décision')}</b> {verb} la prochaine analyse."
    if outdated:
        return typeset("Les réponses ou la grille ont changé : les mots sont ceux d’avant.")
    return "L’analyse tient compte de toutes les décisions."


def _gestures(opened: Study) -> None:
    """The last gesture to take back, and under whose name rulings are kept."""
    last = rulings.last()
    told = "Rien à annuler depuis l’ouverture de la page."
    if last is not None:
        first = last.made[0]
        others = f" et {number(len(last.made) - 1)} autres" if len(last.made) > 1 else ""
        told = f"{lists.KINDS[first.kind]} : « {first.form} »{others}"
    st.button(
        "Annuler la dernière",
        key="words_undo",
        type="tertiary",
        icon=":material/undo:",
        disabled=last is None,
        help=literal(typeset(told)),
        on_click=rulings.undo,
    )
    coder.sign(opened, "Vos décisions sont gardées au nom de", key="words_author")


def _tabs(counts: Mapping[str, int]) -> ModuleType:
    """The list that is looked at; each says how long it is."""
    chosen = st.segmented_control(
        "Liste",
        list(_TABS),
        default=next(iter(_TABS)),
        required=True,
        format_func=lambda name: f"{_TABS[name][0]} :gray[{number(counts[name])}]",
        key=_TAB,
        on_change=rulings.forget_fault,
        persist_state="session",
        label_visibility="collapsed",
    )
    return _TABS[chosen][1]


opened = page.require_study("Mots")
coder.require_role(opened, Role.CODER)
_require_run(opened)
with st.spinner("Lecture des mots…"):
    made = read.load(opened)
    counts = {name: part.count(opened, made) for name, (_, part) in _TABS.items()}
_bar(opened)
part = _tabs(counts)
page.note(part.EXPLAINED)
desk.fault()
part.draw(opened, made)
