"""« Modifier »: the codebook by theme, as a file, or from one; and what that changes."""

import streamlit as st

from verbatims.errors import CodebookError
from verbatims.language import N_, _
from verbatims.model import Codebook
from verbatims.study import Study
from verbatims.ui.parts import page
from verbatims.ui.parts.themes import drafts, effect, exchange, form, moves, source

_WAYS = {
    "theme": N_("Par thème"),
    "fichier": N_("Fichier"),
    "echange": N_("Importer, exporter"),
}
_WAY = "codebook_way"


def draw(opened: Study) -> None:
    """The way that is chosen, and beside it what the draft changes."""
    drafts.follow(opened)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        way = st.segmented_control(
            _("Façon de modifier"),
            list(_WAYS),
            default=next(iter(_WAYS)),
            required=True,
            format_func=lambda way: _(_WAYS[way]),
            key=_WAY,
            persist_state="session",
            label_visibility="collapsed",
        )
        if way == "fichier":
            source.draw(opened)
        elif way == "echange":
            exchange.draw(opened)
        else:
            _by_theme(opened)
    with right, st.container(key="codebook_effect_panel"):
        if drafts.current() is None:
            _nothing()
        effect.draw(opened, saving=way != "fichier")


def _by_theme(opened: Study) -> None:
    try:
        book = drafts.parsed(drafts.text(opened))
    except CodebookError as error:
        page.failure(error)
        page.note(_("Corrigez ces erreurs dans « Fichier » : les thèmes se liront de nouveau ici."))
        return
    if not book.themes:
        moves.first()
        page.note(_("Ou importez une grille : « Importer, exporter », ci-dessus."))
        return
    _theme(book)


def _theme(book: Codebook) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        theme = form.choose(book)
        moves.adding(after=theme)
    moves.draw(book, theme)
    form.draw(book, theme)


def _nothing() -> None:
    label = _("Ce que cela change")
    st.html(f'<h2 class="v-part">{label}</h2>')
    page.note(
        _(
            "Rien pour l’instant. Chaque modification s’affiche ici, avec ce qu’elle fait aux "
            "suggestions, avant d’être enregistrée."
        )
    )
