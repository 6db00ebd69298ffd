"""Which closed answers stand beside each verbatim, as the analyst wants them for the study."""

import json

import streamlit as st

from verbatims.language import _
from verbatims.study import Study
from verbatims.ui import board
from verbatims.ui.parts import page

_KEY = "coding_beside"


def choice(opened: Study) -> None:
    """A small menu that says it, for everyone who codes the study."""
    titles = {
        question.id: question.title
        for question in opened.questionnaire.closed
        if not question.profile
    }
    if not titles:
        return
    with st.popover(_("Afficher…"), type="tertiary"):
        page.note(
            _("Les réponses fermées à montrer à côté de chaque verbatim. Sans choix, toutes.")
        )
        st.multiselect(
            _("Réponses fermées"),
            list(titles),
            default=[name for name in chosen(opened) if name in titles],
            format_func=titles.__getitem__,
            placeholder=_("toutes"),
            key=_KEY,
            on_change=_keep,
            args=(opened,),
        )


def chosen(opened: Study) -> list[str]:
    """The closed questions shown beside; none chosen means all."""
    kept: list[str] = json.loads(opened.store.setting(board.SETTING) or "[]")
    return kept


def _keep(opened: Study) -> None:
    opened.store.set_setting(board.SETTING, json.dumps(st.session_state[_KEY]))
