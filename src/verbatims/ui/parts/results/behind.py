"""« Les verbatims derrière »: what those behind a figure wrote, a few at a time, ready to quote."""

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import _, ngettext
from verbatims.model import Criterion, Figure, Role, Table
from verbatims.study import Study
from verbatims.ui import reading, state
from verbatims.ui.parts import findings, page, picks
from verbatims.ui.parts.results import among, made, passages, picking, subjects
from verbatims.ui.parts.text import escape, number, typeset

SIZE = 8

Picked = Mapping[str, str]


def draw(opened: Study, figure: Figure, table: Table, picked: Picked, label: str) -> None:
    """The panel of what was picked, until it is closed."""
    found = made.behind(opened, figure, picked)
    key = figure.question
    with st.container(border=True, key=f"results_behind_panel_{key}"):
        _head(found, label)
        _gestures(opened, figure, table, picked)
        if found.empty:
            page.note(_("Personne n’a rien écrit derrière ce chiffre."))
            return
        shown = _paged(found, key=f"results_page {key} {sorted(picked.items())}")
        chosen = set(opened.picks.frame()["verbatim_id"])
        marked = passages.of(opened, _themes(opened, figure, picked), shown["verbatim_id"])
        for row in shown.to_dict("records"):
            _verbatim(opened, row, marked, chosen, key)


def _head(found: pd.DataFrame, label: str) -> None:
    n, people = len(found), found["respondent_id"].nunique()
    verbatims = ngettext("{n} verbatim", "{n} verbatims", n, n=number(n))
    who = ngettext("{n} répondant", "{n} répondants", people, n=number(people))
    said = _("{verbatims} de {respondents}", verbatims=verbatims, respondents=who)
    st.html(
        f'<h3 class="v-part">{escape(typeset(label))}</h3>'
        f'<p class="v-note" role="status">{escape(said)}</p>'
    )


def _gestures(opened: Study, figure: Figure, table: Table, picked: Picked) -> None:
    """Keep what was picked for the report, keep only those people, or close."""
    with st.container(horizontal=True, vertical_alignment="center"):
        findings.keep_button(opened, figure, table, picked, key="picked ")
        if st.button(
            _("Ne garder qu’eux"),
            key=f"results_only {figure.question}",
            icon=":material/filter_alt:",
            type="tertiary",
            help=_("Ajoute ce choix au filtre de la page."),
        ):
            among.add(*criteria(figure, picked))
            st.rerun()
        st.space("stretch")
        st.button(
            _("Fermer"),
            key=f"results_close {figure.question}",
            icon=":material/close:",
            type="tertiary",
            on_click=picking.close,
            args=(figure.question,),
        )


def criteria(figure: Figure, picked: Picked) -> tuple[Criterion, ...]:
    """What was picked, as a filter: one answer, or both of a cell."""
    if figure.by:
        return (
            Criterion(figure.question, (picked["row"],), figure.item),
            Criterion(figure.by, (picked["column"],), figure.by_item),
        )
    answer = picked.get("theme", "") or picked["answer"]
    return (Criterion(figure.question, (answer,), picked.get("item", "")),)


def _paged(found: pd.DataFrame, *, key: str) -> pd.DataFrame:
    pages = math.ceil(len(found) / SIZE)
    at = st.pagination(pages, key=key) if pages > 1 else 1
    return found.iloc[(at - 1) * SIZE : at * SIZE]


def _verbatim(
    opened: Study,
    row: Mapping[Hashable, Any],
    marked: Mapping[str, Sequence[tuple[int, int]]],
    chosen: set[str],
    key: str,
) -> None:
    verbatim_id = str(row["verbatim_id"])
    with st.container(horizontal=True, vertical_alignment="top"):
        text = passages.html(str(row["text"]), marked.get(verbatim_id, ()))
        said = f"{text}<footer>{escape(_who(opened, row))}</footer>"
        st.html(f'<blockquote lang="fr">{said}</blockquote>', width="stretch")
        is_chosen = verbatim_id in chosen
        st.button(
            _("Retirer des citations") if is_chosen else _("Choisir comme citation"),
            key=f"results_star_{key} {verbatim_id}",
            icon=":material/star:",
            type="primary" if is_chosen else "tertiary",
            disabled=not state.may(Role.CODER),
            on_click=picks.toggle,
            args=(verbatim_id, is_chosen),
        )


def _who(opened: Study, row: Mapping[Hashable, Any]) -> str:
    """Who speaks, and to which question: one trait, as many of them soon name somebody."""
    respondent_id = str(row["respondent_id"])
    trait = opened.questionnaire.profile[:1]
    said = [each for one in trait for _item, each in reading.load(opened).said(respondent_id, one)]
    title = opened.questionnaire[str(row["question"])].title
    return " · ".join([respondent_id, *said, title])


def _themes(opened: Study, figure: Figure, picked: Picked) -> set[str]:
    """The themes that the answers are there for, with those under them."""
    pairs = {figure.question: "row", figure.by: "column"} if figure.by else {}
    found = {picked[side] for one, side in pairs.items() if subjects.is_open(opened, one)}
    return passages.lineage(opened.codebook, found | {picked.get("theme", "")})
