"""A study → its analysis run under the eyes of the analyst, stage by stage."""

from typing import Literal

import streamlit as st

from verbatims.language import N_, _, decimal, ngettext, number
from verbatims.model import Role
from verbatims.study import CLUSTERS, LEMMAS, TAGS, Stage, Study
from verbatims.ui import identity

STAGES = {LEMMAS: N_("Lemmes"), TAGS: N_("Suggestions de thèmes"), CLUSTERS: N_("Classes")}
_LAST = "last_run"
_FAST = N_(
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
    if first_look and st.button(_("Premier regard, rapide"), key="run_fast", help=_(_FAST)):
        st.session_state[_LAST] = _run(opened, fast=True)
        st.rerun()
    done: tuple[Stage, ...] = st.session_state.pop(_LAST, ())
    if done:
        st.success("  \n".join(_said(stage) for stage in done), icon=":material/check:")


def _run(opened: Study, *, fast: bool) -> tuple[Stage, ...]:
    bar = st.progress(0.0, _("Préparation…"))

    def show(stage: str, done: int, total: int) -> None:
        before = list(STAGES).index(stage)
        share = (before + (done / total if total else 1.0)) / len(STAGES)
        bar.progress(min(share, 1.0), _under_way(stage, done, total))

    try:
        return opened.run(progress=show, fast=fast)
    finally:
        bar.empty()


def _under_way(stage: str, done: int, total: int) -> str:
    name = _(STAGES[stage])
    if total <= 1:
        return name
    return _("{stage} — {done} sur {total}", stage=name, done=number(done), total=number(total))


def _said(stage: Stage) -> str:
    name = _(STAGES[stage.name])
    if not stage.done:
        return _("{stage} : rien de nouveau", stage=name)
    seconds = decimal(stage.seconds)
    return _("{stage} : {rows} en {seconds} s", stage=name, rows=_made(stage), seconds=seconds)


def _made(stage: Stage) -> str:
    n = number(stage.rows)
    if stage.name == LEMMAS:
        return ngettext("{n} mot", "{n} mots", stage.rows, n=n)
    if stage.name == TAGS:
        return ngettext("{n} suggestion", "{n} suggestions", stage.rows, n=n)
    return ngettext("{n} verbatim", "{n} verbatims", stage.rows, n=n)
