"""Répartition: the plans that stand and how far they are, then a new one seen before it is kept."""

import pandas as pd
import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.planning import Plan
from verbatims.ui import reading, state, steps
from verbatims.ui.parts import page
from verbatims.ui.parts.team import loads, wishing
from verbatims.ui.parts.text import escape, literal, moment, percent, plural, typeset

_FAULT = "plans_fault"


def draw(opened: Study) -> None:
    """What stands, and for a lead the way to share out more."""
    if reading.load(opened).verbatims.empty:
        message = "Cette étude ne contient encore aucune réponse ouverte."
        page.nothing(message, steps.STUDY, "Importer un fichier")
        return
    plans = state.kept(opened, "plans", opened.planning.plans)
    leads = state.may(Role.LEAD)
    if st.session_state.get(_FAULT):
        st.error(literal(typeset(st.session_state[_FAULT])))
    for plan in reversed(plans):
        _plan(opened, plan, leads=leads)
    if leads:
        wishing.draw(opened, planned=bool(plans))
    elif not plans:
        page.note("Le travail n’est pas encore réparti : un responsable de l’étude peut le faire.")


def _plan(opened: Study, plan: Plan, *, leads: bool) -> None:
    with st.container(border=True, key=f"plan_{plan.number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(_heading(opened, plan), width="stretch")
            if leads:
                _take_back(opened, plan)
        coders = plan.coders.assign(left=plan.coders["assigned"] - plan.coders["read"])
        loads.draw(coders, "coder", loads.DONE)
        if plan.doubles:
            left = plan.doubles - plan.done - plan.begun
            counts = {"said": "À deux", "done": plan.done, "begun": plan.begun, "left": left}
            loads.draw(pd.DataFrame([counts]), "said", loads.TWICE)
        _remarks(opened, plan)


def _heading(opened: Study, plan: Plan) -> str:
    """« Répartition n° 2 · 300 réponses · Qu'attendez-vous ? », and under which rules."""
    titles = {question.id: question.title for question in opened.questionnaire.open}
    asked = titles.get(plan.wish.question, plan.wish.question) or "Toutes les questions"
    by = f", par {plan.author}" if plan.author else ""
    rules = [f"le {moment(plan.made_at)}{by}"]
    rules += [f"{percent(plan.wish.twice)} à deux"] if plan.wish.twice else []
    rules += ["en aveugle"] if plan.blind else []
    rules += ["sans suggestions"] if plan.hides_machine else []
    title = f"Répartition n° {plan.number} · {plural(plan.answers, 'réponse')}"
    return (
        f'<p class="v-said"><b>{escape(typeset(title))}</b> · {escape(asked)}</p>'
        f'<p class="v-note">{escape(" · ".join(rules))}</p>'
    )


def _remarks(opened: Study, plan: Plan) -> None:
    if plan.taken:
        page.note(
            f"{plural(plan.taken, 'réponse')} de cette répartition en ont changé depuis : une "
            "autre, plus récente, dit qui les lit."
        )
    known = set(opened.planning.names())
    gone = plan.coders[(plan.coders["read"] < plan.coders["assigned"])]
    for coder in gone.loc[~gone["coder"].isin(known), "coder"] if not opened.team.open else ():
        page.note(
            f"« {coder} » ne peut plus coder dans cette étude et n’a pas tout lu : redonnez ses "
            "réponses par une nouvelle répartition."
        )


def _take_back(opened: Study, plan: Plan) -> None:
    with st.popover("Reprendre…", icon=":material/undo:", type="tertiary"):
        page.note(
            "Les décisions déjà prises restent. Ces réponses reviennent à la répartition d’avant, "
            "s’il y en a une ; sinon chacun peut de nouveau les lire et voir ce que les autres y "
            "ont codé."
        )
        st.button(
            f"Reprendre la répartition n° {plan.number}",
            key=f"take_back_plan_{plan.number}",
            type="primary",
            on_click=_taken_back,
            args=(opened, plan.number),
        )


def _taken_back(opened: Study, number: int) -> None:
    st.session_state[_FAULT] = ""
    if not state.may(Role.LEAD):
        return
    try:
        opened.planning.take_back(number, author=state.coder())
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.toast(typeset(f"Répartition n° {number} reprise."))
