"""Résultats: questions and themes side by side, what people wrote behind them, what is kept."""

from collections.abc import Callable

import streamlit as st

from verbatims.language import N_, _, number
from verbatims.study import Study
from verbatims.ui.parts import findings, page, results, weighting
from verbatims.ui.parts.results import among, cards, estimated, kept, subjects

_SHOWN, _VIEW = "results_shown", "results_view"


def _figures(opened: Study) -> None:
    """Who is kept, what is shown, and the cards."""
    with st.container(key="results_top"):
        criteria = among.bar(opened)
        questions = _shown(opened)
    if not questions:
        page.note(_("Choisissez au-dessus une question ou plusieurs : chacune aura sa carte."))
    cards.grid(opened, questions, criteria)


def _shown(opened: Study) -> list[str]:
    """The questions side by side, in the order in which they were chosen."""
    titles = subjects.titles(opened)
    wanted = st.session_state.get(_SHOWN, subjects.first(opened))
    st.session_state[_SHOWN] = [name for name in wanted if name in titles]
    return st.multiselect(
        _("Questions montrées"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        placeholder=_("Choisir des questions à mettre côte à côte"),
        key=_SHOWN,
        label_visibility="collapsed",
        persist_state="session",
    )


def _named(opened: Study, view: str) -> str:
    """« À retenir 3 »."""
    label = _(_VIEWS[view][0])
    return f"{label} :gray[{number(kept.count(opened))}]" if view == _KEPT else label


_KEPT = "kept"
_VIEWS: dict[str, tuple[str, Callable[[Study], None]]] = {
    "figures": (N_("Tableaux"), _figures),
    "estimated": (N_("Estimation"), estimated.draw),
    "weights": (N_("Redressement"), weighting.show),
    _KEPT: (N_("À retenir"), findings.show),
}

opened = page.require_verbatims(_("Résultats"))
page.require_codebook(opened)
results.dress()
chosen = st.segmented_control(
    _("Vue"),
    list(_VIEWS),
    default=next(iter(_VIEWS)),
    required=True,
    format_func=lambda view: _named(opened, view),
    key=_VIEW,
    label_visibility="collapsed",
    persist_state="session",
)
_VIEWS[chosen][1](opened)
