"""A line of definition for each theme that has none: asked before the first answer is coded."""

import streamlit as st

from verbatims.codebook import writing
from verbatims.errors import CodebookError
from verbatims.folding import squeeze
from verbatims.language import _, ngettext
from verbatims.model import Theme
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import literal, number
from verbatims.ui.parts.themes import drafts, effect

_BY = "definitions"
_TALL = 8  # themes from which the fields scroll in their frame


def draw(opened: Study) -> None:
    """A quiet call to write the definitions that are missing, and what they bring."""
    without = missing(opened)
    if not without:
        return
    label = ngettext(
        "{n} thème sans définition : une ligne par thème aide plus que 150 réponses codées",
        "{n} thèmes sans définition : une ligne par thème aide plus que 150 réponses codées",
        len(without),
        n=number(len(without)),
    )
    with st.expander(label, icon=":material/edit_note:", expanded=asked(), key="definitions"):
        fields, beside = st.columns([1.2, 1], gap="medium")
        with fields:
            _fields(without)
        with beside:
            if asked():
                effect.draw(opened)
            else:
                page.note(
                    _(
                        "Dites en une ligne ce que dit une réponse de ce thème : la machine "
                        "compare chaque réponse à cette ligne. Vous verrez ce que cela apporte "
                        "avant d’enregistrer."
                    )
                )


def asked() -> bool:
    """Whether what the definitions bring is in sight."""
    return drafts.made_by(_BY)


def missing(opened: Study) -> list[Theme]:
    """The themes of the codebook without a definition."""
    return [theme for theme in opened.codebook if not theme.definition]


def _fields(without: list[Theme]) -> None:
    with st.container(height=465 if len(without) > _TALL else "content", border=False):
        for theme in without:
            st.text_input(
                literal(theme.label),
                key=_key(theme),
                placeholder=_("ce que dit une réponse de ce thème"),
                persist_state="session",
            )
    error = drafts.fault(_BY)
    if error is not None:
        page.failure(error)
    st.button(
        _("Voir ce que cela apporte"),
        key="see_definitions",
        type="secondary" if asked() else "primary",
        on_click=_put,
    )


def _put() -> None:
    """All the lines that are written make the draft, at once."""
    opened = state.study()
    if opened is None:
        return
    typed = {theme.id: squeeze(st.session_state.get(_key(theme), "")) for theme in missing(opened)}
    if not any(typed.values()):
        drafts.blame(_BY, CodebookError(_("Écrivez au moins une définition.")))
        return
    drafts.change(opened, lambda text: _defined(text, typed), by=_BY, place=_BY)


def _defined(text: str, typed: dict[str, str]) -> str:
    """The lines that say something else than the draft; the others are left alone."""
    book = drafts.parsed(text)
    for theme_id, definition in typed.items():
        if definition != book[theme_id].definition:
            text = writing.set_field(text, theme_id, "definition", definition)
    return text


def _key(theme: Theme) -> str:
    return f"definition {theme.id}"
