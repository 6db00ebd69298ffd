"""Résultats: a closed question and the themes of an open one, side by side, then crossed."""

import streamlit as st

from verbatims import charts
from verbatims.language import _
from verbatims.model import Kind, Question
from verbatims.study import Study
from verbatims.ui import state, steps
from verbatims.ui.parts import page, tables

WIDTH = 590


def _closed(opened: Study) -> None:
    questions = opened.questionnaire.closed
    st.header(_("Question fermée"), anchor=False)
    if not questions:
        page.note(_("Le questionnaire ne décrit aucune question fermée."))
        return
    question = _choose(questions, "closed_question")
    table = state.kept(
        opened, f"closed {question.id}", lambda: opened.closed_table(question.id), work=False
    )
    st.altair_chart(charts.closed(question, table, width=WIDTH), theme=None)
    tables.rows(table)


def _themes(opened: Study) -> str:
    """The themes of the open question chosen, whose id is given back ("" for all of them)."""
    st.header(_("Thèmes des réponses ouvertes"), anchor=False)
    titles = {"": _("Toutes les questions ouvertes")}
    titles |= {question.id: question.title for question in opened.questionnaire.open}
    chosen = st.selectbox(
        _("Question ouverte"),
        list(titles),
        index=1 if len(titles) > 1 else 0,
        format_func=titles.__getitem__,
        key="open_question",
        label_visibility="collapsed",
        persist_state="session",
    )
    table = state.kept(opened, f"themes {chosen}", lambda: opened.theme_table(chosen))
    if table.rows["n"].sum() == 0:
        page.nothing(
            _("Aucun thème n’a encore été retenu par un codeur."), steps.CODING, _("Coder")
        )
    else:
        st.altair_chart(charts.bars(table, width=WIDTH), theme=None)
    tables.rows(table)
    return chosen


def _crossed(opened: Study, question: str) -> None:
    st.header(_("Thèmes selon le profil"), anchor=False)
    simple = [closed for closed in opened.questionnaire.closed if closed.kind is not Kind.GRID]
    if not simple:
        page.note(_("Aucune question fermée simple avec laquelle croiser les thèmes."))
        return
    with st.columns(2, gap="large")[0]:
        by = _choose(sorted(simple, key=lambda closed: not closed.profile), "crossed_by")
    table = state.kept(
        opened, f"themes {question} by {by.id}", lambda: opened.theme_table(question, by=by.id)
    )
    if not table.base.coded:
        page.note(_("Aucune réponse n’a encore été lue : rien à croiser."))
        return
    tables.crossed(table)
    page.note(" ".join(table.notes))


def _choose(questions: list[Question] | tuple[Question, ...], key: str) -> Question:
    titles = {question.id: question.title for question in questions}
    chosen = st.selectbox(
        _("Question fermée"),
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return next(question for question in questions if question.id == chosen)


opened = page.require_verbatims(_("Résultats"))
page.require_codebook(opened)
closed, themes = st.columns(2, gap="large")
with closed:
    _closed(opened)
with themes:
    question = _themes(opened)
_crossed(opened, question)
