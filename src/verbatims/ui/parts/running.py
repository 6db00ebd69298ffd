"""A study → its analysis run under the eyes of the analyst, stage by stage."""

from typing import Literal

import streamlit as st

from verbatims.model import Role
from verbatims.study import CLUSTERS, LEMMAS, TAGS, Stage, Study
from verbatims.ui import identity
from verbatims.ui.parts.text import number, plural

STAGES = {LEMMAS: "Lemmes", TAGS: "Suggestions de thèmes", CLUSTERS: "Classes"}
_UNITS = {LEMMAS: "mot", TAGS: "suggestion", CLUSTERS: "verbatim"}
_LAST = "last_run"
_FAST = (
    "Sans analyse grammaticale : bien plus rapide, un peu moins juste. Pour un premier regard sur "
    "un gros fichier ; l’analyse complète la remplacera."
)


def button(opened: Study, label: str, *, needed: bool = True, first_look: bool = False) -> None:
    """The button that runs the analysis, its progress, then what each stage did.

    `first_look` offers the quick analysis beside. Who only reads the results has neither.
    """
    if not identity.may(opened, Role.CODER):
        return
    kind: Literal["primary", "secondary"] = "primary" if needed else "secondary"
    if st.button(label, type=kind, key="run", icon=":material/play_arrow:"):
        st.session_state[_LAST] = _run(opened, fast=False)
        st.rerun()
    if first_look and st.button("Premier regard, rapide", key="run_fast", help=_FAST):
        st.session_state[_LAST] = _run(opened, fast=True)
        st.rerun()
    done: tuple[Stage, ...] = st.session_state.pop(_LAST, ())
    if done:
        st.success("  \n".join(_said(stage) for stage in done), icon=":material/check:")


def _run(opened: Study, *, fast: bool) -> tuple[Stage, ...]:
    bar = st.progress(0.0, "Préparation…")

    def show(stage: str, done: int, total: int) -> None:
        before = list(STAGES).index(stage)
        share = (before + (done / total if total else 1.0)) / len(STAGES)
        count = f" — {number(done)} sur {number(total)}" if total > 1 else ""
        bar.progress(min(share, 1.0), f"{STAGES[stage]}{count}")

    try:
        return opened.run(progress=show, fast=fast)
    finally:
        bar.empty()


def _said(stage: Stage) -> str:
    if not stage.done:
        return f"{STAGES[stage.name]} : rien de nouveau"
    seconds = f"{stage.seconds:.1f}".replace(".", ",")
    return f"{STAGES[stage.name]} : {plural(stage.rows, _UNITS[stage.name])} en {seconds} s"
