"""« Parmi »: who is kept in all the figures of the page, as criteria that come and go."""

import streamlit as st

from verbatims.language import _, ngettext
from verbatims.model import Criterion
from verbatims.study import Study
from verbatims.ui.parts.results import made, subjects
from verbatims.ui.parts.results.subjects import Subject
from verbatims.ui.parts.text import escape, literal, number, typeset

_KEPT = "results_among"
_SUBJECT, _ANSWERS = "results_among_subject", "results_among_answers"

_IN_SIGHT, _WIDTH = 24, 460

Criteria = tuple[Criterion, ...]


def bar(opened: Study) -> Criteria:
    """The criteria as chips that a click takes away, and how many people they leave."""
    criteria = chosen(opened)
    with st.container(horizontal=True, vertical_alignment="center", key="results_among_bar"):
        said = _("Parmi")
        st.html(f'<p class="v-label">{said}</p>', width="content")
        for place, criterion in enumerate(criteria):
            said = told(opened, criterion)
            st.button(
                literal(told(opened, criterion, shortened=True)),
                key=f"results_without {place}",
                icon=":material/close:",
                help=literal(_("Retirer : {criterion}", criterion=said)),
                on_click=_remove,
                args=(criterion,),
            )
        _adding(opened, criteria)
        left = _left(opened, criteria)
        st.html(f'<p class="v-note" role="status">{left}</p>', width="content")
    return criteria


def chosen(opened: Study) -> Criteria:
    """The criteria of this session, without those whose question has left the study."""
    known = {question.id for question in opened.questionnaire}
    criteria: Criteria = st.session_state.get(_KEPT, ())
    return tuple(criterion for criterion in criteria if criterion.question in known)


def add(*added: Criterion) -> None:
    """Keep only those who meet these as well."""
    before: Criteria = st.session_state.get(_KEPT, ())
    st.session_state[_KEPT] = tuple(dict.fromkeys((*before, *added)))


def told(opened: Study, criterion: Criterion, *, shortened: bool = False) -> str:
    """« Vous êtes… : Association ou Fondation »."""
    subject = Subject(criterion.question, criterion.item)
    labels = subjects.answers(opened, subject)
    question = subjects.named(opened, subject)
    answer = _(" ou ").join(labels.get(answer, answer) for answer in criterion.answers)
    if shortened:
        question, answer = _short(question, 32), _short(answer, 48)
    return _("{question} : {answer}", question=question, answer=answer)


@st.fragment
def _adding(opened: Study, criteria: Criteria) -> None:
    """The way to one more criterion; closed again once it is there."""
    with st.popover(
        _("Filtrer…") if not criteria else _("Filtrer encore…"),
        icon=":material/filter_alt:",
        type="tertiary",
        key=f"results_filter {len(criteria)}",
    ):
        subject = st.selectbox(
            _("Question"),
            subjects.every(opened),
            index=None,
            format_func=lambda subject: subjects.named(opened, subject),
            placeholder=_("Choisir une question"),
            key=_SUBJECT,
            width=_WIDTH,
        )
        if subject is None:
            return
        answers = _answers(opened, subject)
        if st.button(_("Filtrer"), key="results_among_add", type="primary", disabled=not answers):
            add(Criterion(subject.question, tuple(answers), subject.item))
            st.rerun()


def _answers(opened: Study, subject: Subject) -> list[str]:
    """Some of the answers to a question: all in sight when there are few."""
    labels = subjects.answers(opened, subject)
    name = f"{_ANSWERS} {subject}"
    if len(labels) <= _IN_SIGHT:
        return st.pills(
            _("Ceux qui ont répondu"),
            list(labels),
            selection_mode="multi",
            format_func=lambda answer: literal(labels.get(answer, answer)),
            key=name,
            width=_WIDTH,
        )
    return st.multiselect(
        _("Ceux qui ont répondu"),
        list(labels),
        format_func=lambda answer: labels.get(answer, answer),
        placeholder=_("une réponse ou plusieurs"),
        key=name,
        width=_WIDTH,
    )


def _left(opened: Study, criteria: Criteria) -> str:
    """« 34 répondants sur 52 », for HTML."""
    kept, everyone = made.respondents(opened, criteria), made.respondents(opened, ())
    people = ngettext("{n} répondant", "{n} répondants", kept, n=number(kept))
    if not criteria:
        return escape(_("tous les répondants ({people})", people=people))
    said = _("{people} sur {everyone}", people=f"<b>{people}</b>", everyone=number(everyone))
    return typeset(said)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,.:;…')}…"


def _remove(criterion: Criterion) -> None:
    before: Criteria = st.session_state.get(_KEPT, ())
    st.session_state[_KEPT] = tuple(kept for kept in before if kept != criterion)
