"""What has happened since the suggestions were made, and the way to make them again."""

import streamlit as st

from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page, running
from verbatims.ui.parts.text import plural
from verbatims.ui.queue import Queue

WORTH = 10  # answers validated since, for which it is worth making suggestions again
LEARNS = 30  # validated answers from which there is something to learn, see tagging
_SEEN = "coding_seen"


def look(opened: Study, queue: Queue) -> None:
    """Count what was validated, once for all the verbatims that are gone through next."""
    learning = opened.learning
    new, validated = state.kept(opened, "validated", lambda: (learning.new, learning.validated))
    changed = opened.stages.tags_codebook() != opened.codebook.hash
    st.session_state[_SEEN] = (changed, new, validated, len(queue.read))


def draw(opened: Study, queue: Queue) -> None:
    """The button that makes the suggestions again, once that is worth it."""
    said = _said(queue)
    if said:
        with st.container(horizontal=True, vertical_alignment="center", key="coding_standing"):
            page.note(said)
            running.button(opened, "Mettre à jour les suggestions", needed=False)


def _said(queue: Queue) -> str:
    changed, new, validated, read = st.session_state[_SEEN]
    if changed:
        return "La grille a changé depuis l’analyse : les suggestions sont celles d’avant."
    since = len(queue.read) - read
    if new + since < WORTH or validated + since < LEARNS:
        return ""
    return f"{plural(new + since, 'réponse validée', 'réponses validées')} depuis l’analyse."
