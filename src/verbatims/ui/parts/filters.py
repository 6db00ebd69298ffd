"""The filters of the coding page → what a coder wants to see."""

from collections.abc import Collection

import streamlit as st

from verbatims.bases import TICKED
from verbatims.frames import RANDOM
from verbatims.model import Kind, Question
from verbatims.review import DONE, ORDERS, UNREAD, Filters
from verbatims.review.orders import CLUSTER, FILE, RARE, SPLIT, THEME, UNCERTAIN
from verbatims.study import Study
from verbatims.ui import reading, state
from verbatims.ui.parts import page

MANY = 200  # beyond, the answers to a profile question are too many to choose from

_STATES = {UNREAD: "À coder", DONE: "Codés", "": "Tous"}
_ORDER = "coding_order"


def bar(opened: Study, coder: str) -> Filters:
    """Draw the filters and the order; they keep their values from one page to another."""
    question, profile, theme, status, search = st.columns([2.8, 2.8, 2.8, 3.1, 2.3], gap="small")
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
    order = _order(opened, coder, chosen_theme)
    return Filters(
        chosen_question, chosen_theme, chosen_state or "", words or "", respondents, order
    )


def at_random(question: str = "") -> None:
    """Set the filters to what chance draws among the answers to a question, and to all of them."""
    wanted = {"question": question, "profile": ("", ""), "theme": "", "state": UNREAD, "search": ""}
    for name, value in (*wanted.items(), ("order", RANDOM)):
        st.session_state[f"coding_{name}"] = value


def _order(opened: Study, coder: str, theme: str) -> str:
    """The order chosen, and in one line what it is for."""
    offered = _offered(opened, coder)
    if st.session_state.get(_ORDER) not in offered:
        st.session_state[_ORDER] = FILE
    with st.container(horizontal=True, vertical_alignment="center", key="coding_ordering"):
        st.html('<p class="v-label" aria-hidden="true">Ordre</p>', width="content")
        chosen: str = st.selectbox(
            "Ordre",
            offered,
            format_func=lambda name: ORDERS[name].label.capitalize(),
            key=_ORDER,
            label_visibility="collapsed",
            width=230,
            persist_state="session",
        )
        if chosen == THEME and not theme:
            page.note("Choisissez d’abord le thème, au-dessus.")
            return FILE
        page.note(f"{ORDERS[chosen].why.capitalize()}.")
    return chosen


def _offered(opened: Study, coder: str) -> list[str]:
    """The orders that make sense now: some go by what the analysis found, or need a theme split."""
    analysed = opened.version(work=False)[1] is not None
    offered = [FILE, RANDOM, *((UNCERTAIN, RARE, THEME, CLUSTER) if analysed else ())]
    if any(theme.replaces for theme in opened.codebook.themes):
        again = Filters(order=SPLIT)
        waiting = state.kept(opened, f"reread {coder}", lambda: len(opened.queue(coder, again)))
        offered += [SPLIT] if waiting else []
    return offered


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
