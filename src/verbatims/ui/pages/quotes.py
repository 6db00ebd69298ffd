"""Citations: proposals per theme with their reasons, and the quotes chosen for the report."""

import streamlit as st

from verbatims.language import _
from verbatims.model import Quote, Role
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import coder, page, picks
from verbatims.ui.parts.text import escape, typeset

LIMIT = 10


def _proposals(opened: Study, picked: set[str]) -> None:
    st.header(_("Proposées"), anchor=False)
    labels = {theme.id: theme.label for theme in opened.codebook}
    questions = {"": _("Toutes les questions")}
    questions |= {question.id: question.title for question in opened.questionnaire.open}
    theme_column, question_column = st.columns(2)
    theme = theme_column.selectbox(
        _("Thème"),
        list(labels),
        format_func=labels.__getitem__,
        key="quotes_theme",
        persist_state="session",
    )
    question = question_column.selectbox(
        _("Question"),
        list(questions),
        format_func=questions.__getitem__,
        key="quotes_question",
        persist_state="session",
    )
    with st.spinner(_("Classement des citations…")):
        made = state.kept(
            opened,
            f"quotes {theme} {question}",
            lambda: opened.quotes(theme, question=question, limit=LIMIT),
        )
    if not made:
        page.note(_("Aucun verbatim ne porte ce thème."))
    for quote in made:
        _proposal(quote, chosen=quote.verbatim_id in picked)


def _proposal(quote: Quote, *, chosen: bool) -> None:
    with st.container(border=True):
        st.html(f'<p class="v-quote">{escape(quote.text)}</p>')
        with st.container(horizontal=True, vertical_alignment="center"):
            said = f"{escape(quote.respondent_id)} — {escape(typeset(quote.reason))}"
            st.html(f'<p class="v-note">{said}</p>', width="stretch")
            st.button(
                _("Choisie") if chosen else _("Choisir"),
                key=f"pick {quote.verbatim_id}",
                icon=":material/star:",
                type="primary" if chosen else "secondary",
                disabled=not state.may(Role.CODER),
                on_click=picks.toggle,
                args=(quote.verbatim_id, chosen),
            )


opened = page.require_verbatims(_("Citations"))
page.require_codebook(opened)
coder.require_sight(opened)
chosen = opened.picks.frame()
proposed, kept = st.columns(2, gap="large")
with proposed:
    _proposals(opened, set(chosen["verbatim_id"]))
with kept:
    picks.draw(opened, chosen)
