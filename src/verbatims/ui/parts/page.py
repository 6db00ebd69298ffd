"""What every page shares: its dress, its heading with the study's notice, its empty states."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from verbatims.errors import Problem, VerbatimsError
from verbatims.language import N_, _, ngettext, spoken
from verbatims.study import Study
from verbatims.ui import reading, state, steps
from verbatims.ui.parts import badge
from verbatims.ui.parts.text import escape, literal, typeset

_HERE = Path(__file__).parent
ICON = _HERE / "icon.png"

_SEVERITIES = {"error": N_("Erreur"), "warning": N_("À savoir")}


def dress() -> None:
    """The style sheet of our own classes, and the language of the page."""
    st.html(f"<style>{(_HERE / 'style.css').read_text('utf-8')}</style>")
    _french()(key="french", height=0, data={"lang": spoken()})


def heading(title: str, opened: Study | None) -> None:
    """The page's title, the study's name and its notice, on one line."""
    name = notice = ""
    if opened is not None:
        name = f'<span class="v-study">{escape(opened.title)}</span>'
        if opened.notice:
            notice = f'<span class="v-notice" role="note">{escape(opened.notice)}</span>'
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<header class="v-heading"><h1>{escape(title)}</h1>{name}{notice}</header>',
            width="stretch",
        )
        if opened is not None:
            badge.draw(opened)


def require_study(title: str) -> Study:
    """The open study, under its heading; without one, say what to do and stop the page."""
    opened = state.study()
    heading(title, opened)
    if opened is None:
        nothing(_("Aucune étude n’est ouverte."), steps.STUDY, _("Ouvrir ou créer une étude"))
        st.stop()
    return opened


def require_verbatims(title: str) -> Study:
    """The open study, once it holds answers; else say what to do and stop the page."""
    opened = require_study(title)
    if reading.load(opened).verbatims.empty:
        message = _("Cette étude ne contient encore aucune réponse ouverte.")
        nothing(message, steps.STUDY, _("Importer un fichier"))
        st.stop()
    return opened


def require_codebook(opened: Study) -> None:
    """Stop the page, saying what to do, while the study has no theme."""
    if not len(opened.codebook):
        nothing(_("La grille de codage est vide."), steps.THEMES, _("Écrire des thèmes"))
        st.stop()


def nothing(message: str, step: steps.Step, label: str) -> None:
    """An empty state: what is missing, and the way to it."""
    with st.container(border=True):
        st.html(f'<p class="v-nothing">{escape(typeset(message))}</p>')
        step.link(label)


def note(text: str) -> None:
    """A remark in small print, dark enough to be read."""
    st.html(f'<p class="v-note">{escape(typeset(text))}</p>')


def failure(error: VerbatimsError) -> None:
    """What went wrong and what to do, with every problem in its place."""
    st.error(literal(typeset(error.message)))
    problems(error.problems)


def problems(found: Sequence[Problem], *, limit: int = 100) -> None:
    """The problems of a file as a list, errors first, each with its file, line and column."""
    ordered = sorted(found, key=lambda problem: problem.severity != "error")
    items = [
        f'<li class="v-{problem.severity}"><span>{_(_SEVERITIES[problem.severity])}</span> '
        f"<p>{escape(typeset(str(problem)))}</p></li>"
        for problem in ordered[:limit]
    ]
    others = len(ordered) - limit
    if others > 0:
        label = ngettext("… et {n} autre.", "… et {n} autres.", others)
        items.append(f"<li>{label}</li>")
    if items:
        st.html(f'<ul class="v-problems">{"".join(items)}</ul>')


@cache
def _french() -> Callable[..., object]:
    return st.components.v2.component(
        "verbatims_french", js=(_HERE / "french.js").read_text("utf-8")
    )
