"""Répartition: the plans that stand and how far they are, then a new one seen before it is kept."""

import pandas as pd
import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import _, ngettext, number, percent
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.planning import Plan
from verbatims.ui import reading, state, steps
from verbatims.ui.parts import page
from verbatims.ui.parts.team import loads, wishing
from verbatims.ui.parts.text import escape, literal, moment, typeset

_FAULT = "plans_fault"


def draw(opened: Study) -> None:
    """What stands, and for a lead the way to share out more."""
    if reading.load(opened).verbatims.empty:
        message = _("Cette étude ne contient encore aucune réponse ouverte.")
        page.nothing(message, steps.STUDY, _("Importer un fichier"))
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
        page.note(
            _("Le travail n’est pas encore réparti : un responsable de l’étude peut le faire.")
        )


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
            counts = {"said": _("À deux"), "done": plan.done, "begun": plan.begun, "left": left}
            loads.draw(pd.DataFrame([counts]), "said", loads.TWICE)
        _remarks(opened, plan)


def _heading(opened: Study, plan: Plan) -> str:
    """« Répartition n° 2 · 300 réponses · Qu'attendez-vous ? », and under which rules."""
    titles = {question.id: question.title for question in opened.questionnaire.open}
    asked = titles.get(plan.wish.question, plan.wish.question) or _("Toutes les questions")
    when, share = moment(plan.made_at), percent(plan.wish.twice)
    made = _("le {when}, par {author}", when=when, author=plan.author)
    rules = [made if plan.author else _("le {when}", when=when)]
    rules += [_("{share} à deux", share=share)] if plan.wish.twice else []
    rules += [_("en aveugle")] if plan.blind else []
    rules += [_("sans suggestions")] if plan.hides_machine else []
    title = _(
        "Répartition n° {number} · {answers}",
        number=plan.number,
        answers=ngettext("{n} réponse", "{n} réponses", plan.answers, n=number(plan.answers)),
    )
    return (
        f'<p class="v-said"><b>{escape(typeset(title))}</b> · {escape(asked)}</p>'
        f'<p class="v-note">{escape(" · ".join(rules))}</p>'
    )


def _remarks(opened: Study, plan: Plan) -> None:
    if plan.taken:
        page.note(
            ngettext(
                "{n} réponse de cette répartition en ont changé depuis : une autre, plus récente, "
                "dit qui les lit.",
                "{n} réponses de cette répartition en ont changé depuis : une autre, plus récente, "
                "dit qui les lit.",
                plan.taken,
                n=number(plan.taken),
            )
        )
    known = set(opened.planning.names())
    gone = plan.coders[(plan.coders["read"] < plan.coders["assigned"])]
    for coder in gone.loc[~gone["coder"].isin(known), "coder"] if not opened.team.open else ():
        page.note(
            _(
                "« {coder} » ne peut plus coder dans cette étude et n’a pas tout lu : redonnez ses "
                "réponses par une nouvelle répartition.",
                coder=coder,
            )
        )


def _take_back(opened: Study, plan: Plan) -> None:
    with st.popover(_("Reprendre…"), icon=":material/undo:", type="tertiary"):
        page.note(
            _(
                "Les décisions déjà prises restent. Ces réponses reviennent à la répartition "
                "d’avant, s’il y en a une ; sinon chacun peut de nouveau les lire et voir ce que "
                "les autres y ont codé."
            )
        )
        st.button(
            _("Reprendre la répartition n° {number}", number=plan.number),
            key=f"take_back_plan_{plan.number}",
            type="primary",
            on_click=_taken_back,
            args=(opened, plan.number),
        )


def _taken_back(opened: Study, plan: int) -> None:
    st.session_state[_FAULT] = ""
    if not state.may(Role.LEAD):
        return
    try:
        opened.planning.take_back(plan, author=state.coder())
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.toast(typeset(_("Répartition n° {number} reprise.", number=plan)))
