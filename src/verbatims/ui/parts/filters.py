"""The filters of the coding page → what a coder wants to see."""

from collections.abc import Collection

import streamlit as st

from verbatims.bases import TICKED
from verbatims.model import Kind, Question
from verbatims.review import DONE, UNREAD, Filters
from verbatims.study import Study
from verbatims.ui import reading, state

MANY = 200  # beyond, the answers to a profile question are too many to choose from

_STATES = {UNREAD: "À coder", DONE: "Codés", "": "Tous"}


def bar(opened: Study) -> Filters:
    """Draw the filters on one line; they keep their values from one page to another."""
    question, profile, theme, status, search = st.columns([3, 3, 3, 2.6, 2.4], gap="small")
    with question:
        chosen_question = _question(opened)
    with profile:
        chosen_profile = _profile(opened)
    with theme:
        chosen_theme = _theme(opened)
    with status:
        chosen_state = st.segmented_control(
            "Statut",
            list(_STATES),
            default=UNREAD,
            required=True,
            format_func=_STATES.__getitem__,
            key="coding_state",
            width="stretch",
            persist_state="session",
        )
    with search:
        words = st.text_input(
            "Rechercher",
            key="coding_search",
            icon=":material/search:",
            placeholder="mots du texte",
            persist_state="session",
        )
    respondents = _respondents(opened, chosen_profile)
    return Filters(chosen_question, chosen_theme, chosen_state or "", words or "", respondents)


def _question(opened: Study) -> str:
    titles = {"": "Toutes les questions"}
    titles |= {question.id: question.title for question in opened.questionnaire.open}
    return st.selectbox(
        "Question",
        list(titles),
        format_func=lambda key: titles.get(key, key),
        key="coding_question",
        persist_state="session",
    )


def _profile(opened: Study) -> tuple[str, str]:
    groups = state.kept(opened, "profile groups", lambda: _groups(opened), work=False)
    everyone = ("", "")
    titles = {question.id: question.title for question in opened.questionnaire.profile}
    return st.selectbox(
        "Profil",
        [everyone, *groups],
        format_func=lambda group: (
            f"{titles.get(group[0], group[0])} : {group[1]}" if group[0] else "Tous les profils"
        ),
        key="coding_profile",
        persist_state="session",
    )


def _theme(opened: Study) -> str:
    numbers = {theme.id: number for number, theme in enumerate(opened.codebook, start=1)}
    return st.selectbox(
        "Thème suggéré ou retenu",
        ["", *numbers],
        format_func=lambda theme: (
            f"{numbers[theme]} · {opened.codebook.label(theme)}"
            if theme in numbers
            else "Tous les thèmes"
        ),
        key="coding_theme",
        persist_state="session",
    )


def _groups(opened: Study) -> list[tuple[str, str]]:
    """The answers to each profile question: those of its list, else those found."""
    groups: list[tuple[str, str]] = []
    for question in opened.questionnaire.profile:
        if question.kind is Kind.GRID:
            continue
        labels = question.labels or _found(opened, question)
        if len(labels) <= MANY:
            groups += [(question.id, label) for label in labels]
    return groups


def _found(opened: Study, question: Question) -> list[str]:
    answers = reading.load(opened).answers
    given = answers[answers["question"] == question.id]
    column = "item" if question.kind is Kind.MULTI else "value"
    return sorted(given[column].unique())


def _respondents(opened: Study, group: tuple[str, str]) -> Collection[str] | None:
    question, label = group
    if not question:
        return None
    answers = reading.load(opened).answers
    given = answers[answers["question"] == question]
    ticked = (given["item"] == label) & (given["value"] == TICKED)
    return frozenset(given.loc[ticked | (given["value"] == label), "respondent_id"])
