"""The verbatim on the desk, its themes, its actions and its respondent: all that a coder needs."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.model import Codebook, Kind, Theme
from verbatims.study import Study
from verbatims.ui import gestures, reading, state, steps
from verbatims.ui.parts import coder, page
from verbatims.ui.parts.learning import standing, why
from verbatims.ui.parts.text import escape, literal, number, plural, typeset
from verbatims.ui.parts.verbatim import KEYS, Evidence, colour, marked, sign
from verbatims.ui.queue import Queue


@st.fragment
def show(opened: Study, queue: Queue) -> None:
    """One verbatim of the queue; a gesture draws only this part of the page again."""
    gestures.carry_out()
    desk, panel = st.columns([2.1, 1], gap="medium")
    sheet = desk.container(border=True)
    verbatim_id = queue.current
    if verbatim_id is None:
        with sheet:
            _finished(queue)
            _actions(opened, queue)
        return
    with sheet:
        _text(opened, queue, verbatim_id)
    with panel:
        _themes(opened, verbatim_id)
    with sheet:  # after the themes, so that no verbatim can be validated before they can be ticked
        _actions(opened, queue)
    with desk:
        _around(opened, verbatim_id)


def _finished(queue: Queue) -> None:
    if queue.scope == 0:
        st.html('<p class="v-nothing">Aucun verbatim ne correspond à ces filtres.</p>')
        page.note("Élargissez la recherche, ou choisissez « Tous » comme statut.")
    else:
        st.html('<p class="v-nothing">Vous êtes au bout de cette liste.</p>')
        steps.RESULTS.link("Voir les résultats")


def _text(opened: Study, queue: Queue, verbatim_id: str) -> None:
    """The verbatim with its evidence, why it comes now and why its themes are suggested."""
    read = reading.load(opened)
    row = read.verbatim(verbatim_id)
    if row is None:
        st.html('<p class="v-nothing">Ce verbatim n’est plus dans l’étude.</p>')
        return
    question = opened.questionnaire[row["question"]]
    profile = [
        answer
        for about in opened.questionnaire.profile
        for _, answer in read.said(row["respondent_id"], about)
    ]
    meta = "".join(f"<span>{escape(word)}</span>" for word in profile)
    tags = read.tagged(verbatim_id)
    evidence = _evidence(opened, verbatim_id, tags)
    ideas = opened.ideas(row["text"])
    st.html(
        f'<p class="v-meta"><b>{escape(row["respondent_id"])}</b>{meta}</p>'
        f"{_reason(queue, verbatim_id)}{_accepted(opened, queue, verbatim_id)}"
        f'<p class="v-question">{escape(question.title)}</p>{marked(row["text"], evidence, ideas)}'
    )
    why.draw(opened, tags, note=read.note, calibrated=read.calibrated)


def _reason(queue: Queue, verbatim_id: str) -> str:
    """Why this verbatim comes now, "" in the order of the file."""
    reason = typeset(queue.reasons.get(verbatim_id, ""))
    return f'<p class="v-reason">{escape(_capital(reason))}</p>' if reason else ""


def _accepted(opened: Study, queue: Queue, verbatim_id: str) -> str:
    """The themes that were accepted unread, until this coder has read the verbatim."""
    own = gestures.accepted(verbatim_id)
    if not own or verbatim_id in queue.read:
        return ""
    labels = [theme.label for theme in opened.codebook if theme.id in own]
    said = f"Accepté par la machine, sans lecture : {', '.join(labels)}"
    return f'<p class="v-accepted">{escape(typeset(said))}</p>'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _evidence(opened: Study, verbatim_id: str, tags: pd.DataFrame) -> list[Evidence]:
    numbers = {theme.id: number for number, theme in enumerate(opened.codebook, start=1)}
    ticked = gestures.chosen(opened, state.coder(), verbatim_id)
    return [
        Evidence(
            tag["start"],
            tag["end"],
            numbers[tag["theme"]],
            f"{sign(numbers[tag['theme']])} · {opened.codebook.label(tag['theme'])} : "
            f"{_why(opened.codebook, tag)}",
            kept=tag["theme"] in ticked,
        )
        for tag in tags.to_dict("records")
        if tag["theme"] in numbers
    ]


def _why(codebook: Codebook, tag: Mapping[Hashable, Any]) -> str:
    """The reason of one span."""
    return why.reasons(codebook[tag["theme"]], [(tag["rule"], tag["evidence"])])[0]


def _actions(opened: Study, queue: Queue) -> None:
    verbatim_id = queue.current
    with st.container(horizontal=True, vertical_alignment="center", key="coding_actions"):
        if verbatim_id is not None:
            st.button(
                "Valider",
                key=f"validate {verbatim_id}",
                type="primary",
                shortcut="Enter",
                on_click=gestures.validate,
                args=(verbatim_id,),
            )
            st.button(
                "Rien à coder",
                key=f"nothing {verbatim_id}",
                shortcut="n",
                on_click=gestures.nothing,
                args=(verbatim_id,),
            )
        st.button(
            "Précédent",
            key="back",
            shortcut="Left",
            disabled=queue.place == 0,
            on_click=gestures.back,
        )
        st.button(
            "Suivant",
            key="forward",
            shortcut="Right",
            disabled=verbatim_id is None,
            on_click=gestures.forward,
        )
        st.button(
            "Annuler",
            key="undo",
            shortcut="z",
            on_click=gestures.undo,
        )
        if verbatim_id is not None:
            picked = verbatim_id in set(opened.picks.frame()["verbatim_id"])
            st.button(
                "Citation",
                key=f"star {verbatim_id}",
                shortcut="s",
                icon=":material/star:" if not picked else ":material/check:",
                on_click=gestures.star,
                args=(verbatim_id,),
            )
    _progress(queue)
    standing.draw(opened, queue)
    if st.session_state.get(gestures.SAID):
        st.warning(literal(st.session_state[gestures.SAID]))


def _progress(queue: Queue) -> None:
    share = len(queue.read) / queue.scope if queue.scope else 0.0
    count = f"<span><b>{number(len(queue.read))} / {number(queue.scope)}</b> lues</span>"
    bar = f'<span class="v-bar"><i style="width:{100 * share:.1f}%"></i></span>'
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="v-progress">{count}{bar}</p>', width="stretch")
        coder.shown(state.coder())


def _themes(opened: Study, verbatim_id: str) -> None:
    ticked = gestures.chosen(opened, state.coder(), verbatim_id)
    suggested = set(gestures.suggested(opened, verbatim_id))
    draft = gestures.is_draft(state.coder(), verbatim_id)
    with st.container(border=True, key="coding_themes", gap="xxsmall"):
        st.html(
            f'<p class="v-label">Thèmes — {plural(len(ticked), "retenu")}'
            f"{', non validé' if draft else ''}</p>"
        )
        for place, theme in enumerate(opened.codebook, start=1):
            _theme(place, theme, verbatim_id, ticked=theme.id in ticked, seen=theme.id in suggested)
        st.html(_reminder(opened.codebook))


def _theme(place: int, theme: Theme, verbatim_id: str, *, ticked: bool, seen: bool) -> None:
    """A theme to tick or untick; struck out once a suggestion has been rejected."""
    label = literal(theme.label)
    if ticked:
        label = f"**{label}**"
    elif seen:
        label = f"~~{label}~~"
    st.button(
        f"`{sign(place)}` {label}",
        key=f"theme_{colour(place)}_{place}",
        icon=":material/check_box:" if ticked else ":material/check_box_outline_blank:",
        type="secondary" if ticked else "tertiary",
        shortcut=sign(place) if place <= len(KEYS) else None,
        width="stretch",
        on_click=gestures.toggle,
        args=(verbatim_id, theme.id),
    )


def _reminder(codebook: Codebook) -> str:
    lines = "".join(
        f"<dt>{sign(place)}</dt><dd><b>{escape(theme.label)}</b> : {escape(theme.definition)}</dd>"
        for place, theme in enumerate(codebook, start=1)
        if theme.definition
    )
    return f'<details class="v-more"><summary>Définitions</summary><dl>{lines}</dl></details>'


def _around(opened: Study, verbatim_id: str) -> None:
    left, right = st.columns([1, 1], gap="medium")
    with left:
        key = f"memo {verbatim_id}"
        st.text_area(
            "Mémo",
            gestures.memo(opened, state.coder(), verbatim_id),
            key=key,
            height=120,
            placeholder="Remarque de codage, enregistrée dès que vous quittez le champ",
            on_change=gestures.write_memo,
            args=(verbatim_id, key),
        )
    with right:
        _respondent(opened, verbatim_id)


def _respondent(opened: Study, verbatim_id: str) -> None:
    """The closed answers; the profile stands above the text already."""
    row = reading.load(opened).verbatim(verbatim_id)
    if row is None:
        return
    said = reading.load(opened).said
    rows = [
        f'<dt title="{escape(question.title)}">{escape(item or question.title)}</dt>'
        f"<dd>{escape(answer)}</dd>"
        for question in sorted(opened.questionnaire.closed, key=lambda one: one.kind is Kind.GRID)
        if not question.profile
        for item, answer in said(row["respondent_id"], question)
    ]
    answers = "".join(rows) or "<dt>Aucune réponse fermée.</dt><dd></dd>"
    st.html(
        f'<p class="v-label">Réponses de {escape(row["respondent_id"])}</p>'
        f'<div class="v-pane" tabindex="0"><dl class="v-answers">{answers}</dl></div>'
    )
