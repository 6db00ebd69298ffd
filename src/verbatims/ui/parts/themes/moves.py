"""What is done to whole themes: added, moved, merged, split, retired; each makes the draft."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from verbatims.codebook import naming, writing
from verbatims.errors import CodebookError
from verbatims.folding import squeeze
from verbatims.language import _, pgettext
from verbatims.model import Codebook, Theme, ThemeStatus
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import literal, typeset
from verbatims.ui.parts.themes import drafts, form, order

_PLACE = "moves"  # of what was wrong with one of them


def draw(book: Codebook, theme: Theme) -> None:
    """The buttons that act on the theme in sight."""
    with st.container(horizontal=True, key="codebook_moves"):
        _order(book, theme)
        _merging(book, theme)
        _splitting(theme)
        _retiring(theme)
    fault()


def adding(*, after: Theme | None) -> None:
    """A new theme, beside the one in sight."""
    with st.popover(_("Nouveau thème"), icon=":material/add:", key=drafts.key("adding")):
        label = drafts.key("new label")
        definition = drafts.key("new definition")
        st.text_input(_("Libellé"), key=label)
        st.text_area(
            _("Définition, en une ligne"),
            key=definition,
            height=68,
            placeholder=_("ce que dit une réponse de ce thème"),
        )
        st.button(
            _("Ajouter"),
            key="add_theme",
            type="primary",
            on_click=_add,
            args=(label, definition, after.id if after else ""),
        )


def first() -> None:
    """The first theme of an empty codebook."""
    with st.container(border=True, width=560):
        st.header(_("Ajouter un premier thème"), anchor=False)
        label, definition = drafts.key("first label"), drafts.key("first definition")
        st.text_input(_("Libellé"), key=label, placeholder=_("par exemple : Coût"))
        st.text_input(
            _("Définition, en une ligne"),
            key=definition,
            placeholder=_("ce que dit une réponse de ce thème"),
        )
        st.button(_("Ajouter"), key="add_first", type="primary", on_click=_begin, args=(label,))
        fault()


def fault() -> None:
    """What was wrong with the last of these gestures."""
    error = drafts.fault(_PLACE)
    if error is not None:
        page.failure(error)


def _order(book: Codebook, theme: Theme) -> None:
    near = [one.id for one in order.siblings(book, theme)]
    place = near.index(theme.id) if theme.id in near else -1
    before = near[place - 1] if place > 0 else ""
    after = near[place + 1] if -1 < place < len(near) - 1 else ""
    st.button(
        _("Monter"),
        key="theme_up",
        icon=":material/arrow_upward:",
        disabled=not before,
        on_click=_move,
        args=(theme.id, before),
    )
    st.button(
        _("Descendre"),
        key="theme_down",
        icon=":material/arrow_downward:",
        disabled=not after,
        on_click=_move,
        args=(after, theme.id),
    )


def _merging(book: Codebook, theme: Theme) -> None:
    key = drafts.key(f"merged {theme.id}")
    others = [other.id for other, _depth in order.nested(book) if other.id != theme.id]
    gone = theme.status is ThemeStatus.RETIRED
    with st.popover(_("Fusionner…"), disabled=gone or not others, key=drafts.key("merging")):
        st.multiselect(
            literal(typeset(_("Réunir dans « {theme} »", theme=theme.label))),
            others,
            format_func=book.label,
            key=key,
            placeholder=_("un ou plusieurs thèmes"),
        )
        page.note(
            _("Ils sont retirés ; leurs termes et ce qui a été codé avec eux passent à ce thème.")
        )
        st.button(
            _("Fusionner"), key="merge", type="primary", on_click=_merge, args=(theme.id, key)
        )


def _splitting(theme: Theme) -> None:
    names, stays = drafts.key(f"parts {theme.id}"), drafts.key(f"stays {theme.id}")
    gone = theme.status is ThemeStatus.RETIRED
    with st.popover(_("Scinder…"), disabled=gone, key=drafts.key("splitting")):
        st.text_area(
            _("Nouveaux thèmes, un par ligne"), key=names, height=100, placeholder=_("Vélo\nTrain")
        )
        st.checkbox(literal(typeset(_("Garder aussi « {theme} »", theme=theme.label))), key=stays)
        page.note(
            _(
                "Sans ses termes, à répartir ensuite. Les réponses codées avec ce thème "
                "reviendront à leurs codeurs."
            )
        )
        st.button(
            _("Scinder"),
            key="split",
            type="primary",
            on_click=_split,
            args=(theme.id, names, stays),
        )


def _retiring(theme: Theme) -> None:
    gone = theme.status is ThemeStatus.RETIRED
    effect = _("Ne sera plus suggéré ni codé ; ce qui a été codé reste lisible.")
    st.button(
        pgettext("theme", "Rétablir") if gone else _("Retirer"),
        key="theme_retire",
        type="tertiary",
        help=None if gone else effect,
        on_click=_restore if gone else _retire,
        args=(theme.id,),
    )


# -- gestures ----------------------------------------------------------------------------


def _add(label_key: str, definition_key: str, after: str) -> None:
    label, definition = (squeeze(st.session_state[key]) for key in (label_key, definition_key))

    def added(text: str) -> str:
        book = drafts.parsed(text)
        theme = replace(_new(label, book, ()), definition=definition)
        beside = book[after] if after else None
        above = beside.parent if beside and beside.status is not ThemeStatus.RETIRED else ""
        new = writing.add_theme(text, replace(theme, parent=above), after=after)
        form.show(theme.id)
        return new

    _change(added)


def _begin(label_key: str) -> None:
    label = squeeze(st.session_state[label_key])
    definition = squeeze(st.session_state[drafts.key("first definition")])
    empty = Codebook(())

    def begun(_text: str) -> str:
        theme = replace(_new(label, empty, ()), definition=definition)
        return writing.write(Codebook((theme,)))

    _change(begun)


def _move(theme_id: str, before: str) -> None:
    _change(lambda text: writing.move_theme(text, theme_id, before=before))


def _merge(into: str, key: str) -> None:
    chosen = st.session_state[key]
    _change(lambda text: writing.merge(text, [*chosen, into], into))


def _split(theme_id: str, names_key: str, stays_key: str) -> None:
    labels = [squeeze(line) for line in st.session_state[names_key].splitlines()]
    stays = st.session_state[stays_key]

    def parted(text: str) -> str:
        book = drafts.parsed(text)
        theme = book[theme_id]
        parts = [theme] if stays else []
        for label in filter(None, labels):
            part = _new(label, book, [part.id for part in parts])
            parts.append(replace(part, parent=theme.parent, negation=theme.negation))
        new = writing.split(text if stays else _freed(text, theme), theme_id, parts)
        form.show(parts[-1].id)
        return new

    _change(parted)


def _retire(theme_id: str) -> None:
    def retired(text: str) -> str:
        return writing.retire(_freed(text, drafts.parsed(text)[theme_id]), theme_id)

    _change(retired)


def _restore(theme_id: str) -> None:
    _change(lambda text: writing.set_field(text, theme_id, "status", ThemeStatus.ACTIVE))


def _freed(text: str, theme: Theme) -> str:
    """The themes under one that goes, put where it was."""
    for child in drafts.parsed(text):
        if child.parent == theme.id:
            text = writing.set_field(text, child.id, "parent", theme.parent)
    return text


def _new(label: str, book: Codebook, taken: Sequence[str]) -> Theme:
    if not label:
        raise CodebookError(_("Donnez un libellé au nouveau thème."))
    ids = {theme.id for theme in book.themes} | set(taken)
    return Theme(naming.identifier(label, ids), label)


def _change(make: Callable[[str], str]) -> None:
    opened = state.study()
    if opened is not None:
        drafts.change(opened, make, by=form.BY, place=_PLACE)
