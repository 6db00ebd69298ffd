"""The quotes chosen for the report → put in order, annotated, ready to be copied."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import _
from verbatims.model import Question, Role
from verbatims.study import Study
from verbatims.ui import reading, state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape


def draw(opened: Study, picks: pd.DataFrame) -> None:
    """The quotes in their order, each with its note, then all of them to copy."""
    st.header(_("Retenues pour le rapport ({n})", n=len(picks)), anchor=False)
    if picks.empty:
        page.note(
            _(
                "Choisissez des citations dans la liste, ou avec « Citation » sur la page Codage. "
                "Elles s’ordonnent, se commentent et se copient ici."
            )
        )
        return
    about = _attribution(opened)
    ids = picks["verbatim_id"].tolist()
    for place, pick in enumerate(picks.to_dict("records")):
        _pick(opened, pick, about, place, ids)
    said = _("À copier")
    st.html(f'<p class="v-label">{said}</p>')
    printed = "\n\n".join(_printed(opened, name, about) for name in ids)
    st.code(printed, language=None, wrap_lines=True)


def toggle(verbatim_id: str, chosen: bool) -> None:
    """Choose a quote, or leave it out if it was chosen."""
    study = state.study()
    if study is not None:
        (study.picks.remove if chosen else study.picks.add)(verbatim_id)


def _attribution(opened: Study) -> list[Question]:
    """What is said of who speaks; one trait at first, as many of them soon name somebody."""
    traits = {question.id: question for question in opened.questionnaire.profile}
    if not traits:
        return []
    chosen = st.multiselect(
        _("Présenter l’auteur par"),
        list(traits),
        default=list(traits)[:1],
        format_func=lambda name: traits[name].title,
        placeholder=_("rien"),
        key="quotes_about",
        persist_state="session",
    )
    return [traits[name] for name in chosen]


def _pick(
    opened: Study, pick: Mapping[Hashable, Any], about: list[Question], place: int, ids: list[str]
) -> None:
    verbatim_id = pick["verbatim_id"]
    row = reading.load(opened).verbatim(verbatim_id)
    if row is None:
        return
    with st.container(border=True):
        who = (row["respondent_id"], _author(opened, row["respondent_id"], about))
        said = " — ".join(filter(None, who))
        st.html(f'<p class="v-quote">{escape(row["text"])}</p><p class="v-note">{escape(said)}</p>')
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = f"note {verbatim_id}"
            st.text_input(
                _("Note"),
                pick["note"],
                key=key,
                placeholder=_("pour le rapport"),
                disabled=not state.may(Role.CODER),
                on_change=_note,
                args=(verbatim_id, key),
            )
            _order(verbatim_id, place, ids)


def _order(verbatim_id: str, place: int, ids: list[str]) -> None:
    fixed = not state.may(Role.CODER)
    st.button(
        _("Monter"),
        key=f"up {verbatim_id}",
        icon=":material/arrow_upward:",
        disabled=fixed or place == 0,
        on_click=_move,
        args=(ids, place, -1),
    )
    st.button(
        _("Descendre"),
        key=f"down {verbatim_id}",
        icon=":material/arrow_downward:",
        disabled=fixed or place == len(ids) - 1,
        on_click=_move,
        args=(ids, place, 1),
    )
    st.button(
        _("Retirer"),
        key=f"unpick {verbatim_id}",
        type="tertiary",
        disabled=fixed,
        on_click=toggle,
        args=(verbatim_id, True),
    )


def _printed(opened: Study, verbatim_id: str, about: list[Question]) -> str:
    row = reading.load(opened).verbatim(verbatim_id)
    if row is None:
        return ""
    author = _author(opened, row["respondent_id"], about)
    quote = _("« {text} »", text=row["text"].strip())
    return f"{quote}\n{author}" if author else quote


def _author(opened: Study, respondent_id: str, about: list[Question]) -> str:
    said = reading.load(opened).said
    given = (each for question in about for each in said(respondent_id, question))
    return ", ".join(answer for _item, answer in given)


def _move(ids: list[str], place: int, step: int) -> None:
    study = state.study()
    if study is not None:
        moved = list(ids)
        moved[place], moved[place + step] = moved[place + step], moved[place]
        study.picks.reorder(moved)


def _note(verbatim_id: str, key: str) -> None:
    study = state.study()
    if study is not None:
        study.picks.annotate(verbatim_id, st.session_state[key].strip())
