"""What has happened since the suggestions were made, and the way to make them again."""

import streamlit as st

from verbatims.language import _, ngettext
from verbatims.study import Study
from verbatims.ui import shelf
from verbatims.ui.parts import running
from verbatims.ui.parts.text import escape, number, typeset

WORTH = 10  # answers validated since, for which it is worth making suggestions again
LEARNS = 30  # validated answers from which there is something to learn, see tagging
_EVERY = 50  # decisions after which what was validated is counted again: it takes time


def draw(opened: Study) -> None:
    """The button that makes the suggestions again, once that is worth it."""
    said = _said(opened)
    if said:
        st.html(f'<p class="v-note">{escape(typeset(said))}</p>', width="content")
        running.button(opened, _("Mettre à jour les suggestions"), needed=False)


def _said(opened: Study) -> str:
    if not opened.stages.tags_codebook():
        return ""
    if opened.stages.tags_codebook() != opened.codebook.hash:
        return _("La grille a changé depuis l’analyse : les suggestions sont celles d’avant.")
    new, validated = _counted(opened)
    if new < WORTH or validated < LEARNS:
        return ""
    return ngettext(
        "{n} réponse validée depuis l’analyse.",
        "{n} réponses validées depuis l’analyse.",
        new,
        n=number(new),
    )


def _counted(opened: Study) -> tuple[int, int]:
    """How many answers were validated since the suggestions were made, and in all."""
    learning = opened.learning
    version = (opened.version(work=False), opened.store.lasts().decisions // _EVERY)
    return shelf.last(opened.path, "validated", version, lambda: (learning.new, learning.validated))
