"""Équipe: who works in the study, what each is to read, how far they agree."""

from collections.abc import Callable

import streamlit as st

from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui.parts import page
from verbatims.ui.parts.team import agreement, coders, plans

_TABS: dict[str, tuple[str, Callable[[Study], None]]] = {
    "codeurs": (N_("Codeurs"), coders.draw),
    "repartition": (N_("Répartition"), plans.draw),
    "accord": (N_("Accord"), agreement.draw),
}


opened = page.require_study(_("Équipe"))
chosen = st.segmented_control(
    _("Vue"),
    list(_TABS),
    default="repartition",
    required=True,
    format_func=lambda name: _(_TABS[name][0]),
    key="team_tab",
    persist_state="session",
    label_visibility="collapsed",
)
_TABS[chosen][1](opened)
