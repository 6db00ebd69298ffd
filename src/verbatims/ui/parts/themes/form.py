"""A theme in fields: each one that changes makes the draft, its fault is told beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from verbatims.codebook import terms, writing
from verbatims.errors import CodebookError, Problem
from verbatims.folding import squeeze
from verbatims.language import N_, _
from verbatims.model import DROP, KEEP, Codebook, Theme, ThemeStatus
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.themes import drafts, order

BY = "form"
_CHOSEN = "codebook_theme"
_INDENT = "\u2003"
_ASKED = N_("ce que dit une réponse de ce thème")
_FRESH = "#808080"  # where the choice of a colour begins

_NEGATIONS = {KEEP: N_("compte comme les autres"), DROP: N_("ne compte pas")}
_TERMS_HELP = N_("""
| on écrit | on trouve |
|---|---|
| coordonner | ce mot, sous toutes ses formes |
| agir ensemble | ces mots à la suite, sous toutes leurs formes |
| mutualis\\* | tous les mots qui commencent ainsi |
| "moyens" | ce mot exactement, tel qu’il est écrit |
| accès … soins | l’un puis l’autre, à 5 mots au plus |
| accès …3 soins | l’un puis l’autre, à 3 mots au plus |
| accès <…> soins | l’un et l’autre, dans les deux ordres |
| réseau sauf social, routier | « réseau », mais pas dans « réseau social » |
""")


def choose(book: Codebook) -> Theme:
    """The theme whose fields are shown, among all of them in the order of the tree."""
    depths = {theme.id: depth for theme, depth in order.nested(book.themes)}
    if st.session_state.get(_CHOSEN) not in depths:
        st.session_state[_CHOSEN] = next(iter(depths))
    chosen = st.selectbox(
        _("Thème"),
        list(depths),
        key=_CHOSEN,
        format_func=lambda name: _entry(book[name], depths[name]) if name in depths else name,
        persist_state="session",
        label_visibility="collapsed",
    )
    return book[str(chosen)]


def show(theme_id: str) -> None:
    """Show the fields of this theme from now on."""
    st.session_state[_CHOSEN] = theme_id


def draw(book: Codebook, theme: Theme) -> None:
    """The fields of a theme."""
    _what(book, theme)
    left, right = st.columns([1.15, 1], gap="small")
    with left:
        _list(theme, "terms", _("Termes cherchés, un par ligne"), height=260)
        with st.popover(_("Comment écrire un terme"), type="tertiary", icon=":material/help:"):
            st.markdown(_(_TERMS_HELP))
    with right:
        _list(theme, "include", _("À inclure"), height=84)
        _list(theme, "exclude", _("À exclure"), height=84)
        _list(theme, "examples", _("Exemples"), height=68)
    _manner(book, theme)


def _what(book: Codebook, theme: Theme) -> None:
    label, parent, status = st.columns([1.5, 1.2, 0.8], gap="small")
    with label:
        _text(theme, "label", _("Libellé"))
    with parent:
        inside = order.below(book, theme.id)
        others = ["", *(other.id for other, _depth in order.nested(book) if other.id not in inside)]
        _pick(theme, "parent", _("Placé sous"), others, lambda name: book.label(name) or _("aucun"))
    with status:
        _pick(
            theme,
            "status",
            _("Statut"),
            [one.value for one in ThemeStatus],
            lambda name: _(order.STATUSES[ThemeStatus(name)]),
        )
    _text(theme, "definition", _("Définition, en une ligne"), lines=True)


def _manner(book: Codebook, theme: Theme) -> None:
    negation, colour, tint = st.columns([1.6, 0.8, 0.8], gap="small", vertical_alignment="bottom")
    with negation:
        others = [KEEP, DROP, *(other.id for other in book if other.id != theme.id)]
        _pick(
            theme,
            "negation",
            _("Une mention niée (« pas de moyens »)"),
            others,
            lambda name: _negation(book, name),
        )
    with colour:
        key = drafts.key(f"own {theme.id}")
        own = st.toggle(
            _("Couleur choisie"),
            bool(theme.colour),
            key=key,
            on_change=_own_colour,
            args=(theme.id,),
        )
    with tint:
        if own:
            key = drafts.key(f"colour {theme.id}")
            st.color_picker(
                _("Couleur du thème"),
                theme.colour or _FRESH,
                label_visibility="collapsed",
                key=key,
                on_change=_set,
                args=(theme.id, "colour", key),
            )


def _negation(book: Codebook, name: str) -> str:
    if name in _NEGATIONS:
        return _(_NEGATIONS[name])
    return _("compte pour « {theme} »", theme=book.label(name))


def _text(theme: Theme, field: str, label: str, *, lines: bool = False) -> None:
    key = drafts.key(f"{field} {theme.id}")
    args = (theme.id, field, key)
    said = getattr(theme, field)
    draw: Any = partial(st.text_area, height=68, placeholder=_(_ASKED)) if lines else st.text_input
    draw(label, said, key=key, on_change=_set, args=args, persist_state="session")
    _beside(key)


def _pick(
    theme: Theme, field: str, label: str, options: Sequence[str], say: Callable[[str], str]
) -> None:
    key = drafts.key(f"{field} {theme.id}")
    value = str(getattr(theme, field))
    choices = list(options) if value in options else [*options, value]
    st.selectbox(
        label,
        choices,
        index=choices.index(value),
        format_func=say,
        key=key,
        on_change=_set,
        args=(theme.id, field, key),
    )
    _beside(key)


def _list(theme: Theme, field: str, label: str, *, height: int) -> None:
    key = drafts.key(f"{field} {theme.id}")
    said = theme.terms if field == "terms" else getattr(theme, field)
    written = [one.written for one in theme.terms] if field == "terms" else list(said)
    st.text_area(
        label,
        "\n".join(written),
        height=height,
        key=key,
        on_change=_set_list,
        args=(theme.id, field, key),
        persist_state="session",
    )
    _beside(key)


def _beside(key: str) -> None:
    """What is wrong with a field, right under it."""
    error = drafts.fault(key)
    if error is not None:
        page.problems(error.problems or [Problem(error.message)])


def _set(theme_id: str, field: str, key: str) -> None:
    value = st.session_state[key]

    def said(text: str) -> str:
        return writing.set_field(text, theme_id, field, value)  # type: ignore[arg-type]

    _change(said, key)


def _set_list(theme_id: str, field: str, key: str) -> None:
    """One item a line; every term that cannot be sought is told, with its line in the field."""
    lines = st.session_state[key].splitlines()
    faults = _faults(lines) if field == "terms" else []
    if faults:
        drafts.blame(key, CodebookError(_("Ces termes ne peuvent pas être cherchés :"), faults))
        return

    def said(text: str) -> str:
        return writing.set_list(text, theme_id, field, lines)  # type: ignore[arg-type]

    _change(said, key)


def _faults(lines: Sequence[str]) -> list[Problem]:
    written = [(number, squeeze(line)) for number, line in enumerate(lines, start=1)]
    told = [(number, terms.fault(line)) for number, line in written if line]
    return [Problem(fault, line=number) for number, fault in told if fault]


def _own_colour(theme_id: str) -> None:
    key = drafts.key(f"own {theme_id}")
    colour = _FRESH if st.session_state[key] else ""
    _change(lambda text: writing.set_field(text, theme_id, "colour", colour), key)


def _change(make: Callable[[str], str], key: str) -> None:
    opened = state.study()
    if opened is not None:
        drafts.change(opened, make, by=BY, place=key, fresh=False)


def _entry(theme: Theme, depth: int) -> str:
    """A theme in the list: set in under its parent, with its status when it says something."""
    status = "" if theme.status is ThemeStatus.ACTIVE else f" ({_(order.STATUSES[theme.status])})"
    return _INDENT * depth + theme.label + status
