"""Désaccords: the answers that two coders read otherwise, side by side, and what leads decide."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import _, ngettext
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.team import reaches
from verbatims.ui import state, steps
from verbatims.ui.board import base, door, edition
from verbatims.ui.parts import page
from verbatims.ui.parts.disagreements import ruling, sheet
from verbatims.ui.parts.text import escape, typeset

_STYLE = Path(__file__).with_name("style.css")
_VIEW = "disagreements_view"
LEFT, SETTLED = "left", "settled"
_DRAWN = "disagreements_drawn"  # how often the page was


def draw(opened: Study, coder: str) -> None:
    """The queue, one answer at a time; leads adjudicate, coders look on."""
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
    found = state.kept(opened, "disagreements", lambda: opened.agreement.disagreements())
    if found.empty:
        page.nothing(
            _(
                "Aucun désaccord : aucune réponse n’a été lue par deux personnes, ou toutes disent "
                "la même chose."
            ),
            steps.TEAM,
            _("Faire lire des réponses à deux"),
        )
        return
    ruling.tell()
    left, settled = _queues(found)
    shown = _bar(left, settled)
    if not shown:
        page.note(_("Rien ici : tout est arbitré, ou rien ne l’est encore."))
        return
    at = _place(shown)
    verbatim_id = shown[at]
    rows = found[found["verbatim_id"] == verbatim_id].to_dict("records")
    _walk(shown, at)
    read, decide = st.columns([2.1, 1], gap="large")
    with read:
        sheet.draw(opened, verbatim_id, [row["theme"] for row in rows])
    with decide:
        found_coder = opened.team.find(coder)
        leads = found_coder is not None and reaches(found_coder.role, Role.LEAD)
        following = shown[at + 1] if at + 1 < len(shown) else ""
        ruling.draw(opened, coder if leads else "", rows, following)
    _listen(shown is settled)


def go(verbatim_id: str) -> None:
    """Put this answer on the desk."""
    st.session_state[ruling.AT] = verbatim_id


def _queues(found: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The answers where something is left to decide, and the others."""
    waits = found["ruling"].isna() & found["retained"].map(bool) & found["rejected"].map(bool)
    left = list(dict.fromkeys(found.loc[waits, "verbatim_id"]))
    settled = [name for name in dict.fromkeys(found["verbatim_id"]) if name not in set(left)]
    return left, settled


def _bar(left: list[str], settled: list[str]) -> list[str]:
    titles = {
        LEFT: _("À arbitrer ({n})", n=len(left)),
        SETTLED: _("Arbitrés ({n})", n=len(settled)),
    }
    chosen = st.segmented_control(
        _("Quels désaccords"),
        [LEFT, SETTLED],
        default=LEFT if left else SETTLED,
        required=True,
        format_func=titles.__getitem__,
        key=_VIEW,
        label_visibility="collapsed",
    )
    return settled if chosen == SETTLED else left


def _place(shown: list[str]) -> int:
    wanted = st.session_state.get(ruling.AT, "")
    return shown.index(wanted) if wanted in shown else 0


def _walk(shown: list[str], at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        back, forward = _("Précédent"), _("Suivant")
        _step("back", f"`←` {back}", shown[at - 1] if at else "")
        _step("forward", f"{forward} `→`", shown[at + 1] if at + 1 < len(shown) else "")
        said = ngettext(
            "{place} sur {n} réponse", "{place} sur {n} réponses", len(shown), place=at + 1
        )
        st.html(f'<p class="v-note">{escape(typeset(said))}</p>', width="content")


def _step(name: str, label: str, to: str) -> None:
    with ruling.pressed(name, "content"):
        st.button(label, key=f"disagreement_{name}", disabled=not to, on_click=go, args=(to,))


def _listen(view: bool) -> None:
    """Hear the keys from here on: Streamlit has drawn what is above."""
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    data = {"base": base(), "edition": edition(), "view": view, "drawn": st.session_state[_DRAWN]}
    _component()(key="disagreement_keys", data=data)


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("verbatims_rulings", js=door("rulings.js"))
