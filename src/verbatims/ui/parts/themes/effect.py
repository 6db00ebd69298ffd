"""A draft of the codebook → « Ce que cela change »: in words, in suggestions, in answers to read.

The words are told at once; the suggestions are made again, which takes time on a big study.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.errors import CodebookError, VerbatimsError
from verbatims.language import _, ngettext
from verbatims.model import Codebook
from verbatims.study import Preview, Study
from verbatims.ui import reading
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import scrolled
from verbatims.ui.parts.text import escape, number, typeset
from verbatims.ui.parts.themes import checks, drafts
from verbatims.ui.parts.themes.drafts import Draft

_EFFECT, _ASKED = "codebook_effect", "codebook_effect_asked"
_AT_ONCE = 2_000  # verbatims above which the analyst asks for the suggestions to be made again
_TOLD, _MOVING, _SHOWN, _CUT = 12, 10, 4, 220


def draw(opened: Study, *, saving: bool = True) -> None:
    """What the draft changes, and the two ways out of it: to save it or to abandon it."""
    draft = drafts.current()
    if draft is None:
        _failure(drafts.SAVING)
        return
    label = _("Ce que cela change")
    st.html(f'<h2 class="v-part">{label}</h2>')
    if not _readable(draft):
        _abandon()
        return
    _ways_out(opened, draft, saving=saving)
    _words(draft)
    _suggestions(opened, draft)


def _readable(draft: Draft) -> bool:
    """Whether the draft can be saved; else its faults are told."""
    try:
        drafts.parsed(draft.text)
    except CodebookError as error:
        page.failure(error)
        return False
    return True


def _ways_out(opened: Study, draft: Draft, *, saving: bool) -> None:
    present = opened.editing.text()
    if present != draft.base:
        _overtaken(opened, draft, present)
        return
    _failure(drafts.SAVING)
    with st.container(horizontal=True):
        if saving:
            st.button(
                _("Enregistrer"),
                key="save_draft",
                type="primary",
                on_click=drafts.save,
                args=(opened,),
            )
        _abandon()


def _abandon() -> None:
    st.button(_("Abandonner"), key="abandon_draft", type="tertiary", on_click=drafts.abandon)


def _overtaken(opened: Study, draft: Draft, present: str) -> None:
    """The file has changed since the draft began: what to do is the analyst's to say."""
    st.warning(
        _(
            "La grille a changé entre-temps, ici ou dans un autre programme. "
            "Votre brouillon est gardé."
        )
    )
    with st.expander(_("Voir la version présente")):
        _list([change.said for change in Draft(draft.base, present).changes])
        st.code(present, language="yaml", height=260)
    with st.container(horizontal=True):
        st.button(
            _("Garder mon brouillon"),
            key="rebase_draft",
            help=_("Il remplacera la version présente quand vous l’enregistrerez."),
            on_click=drafts.rebase,
            args=(opened,),
        )
        _abandon()


def _words(draft: Draft) -> None:
    said = [change.said for change in draft.changes]
    if not said:
        page.note(_("Seule la mise en page du fichier change."))
        return
    _list(said[:_TOLD])
    others = len(said) - _TOLD
    if others > 0:
        label = ngettext("{n} autre changement", "{n} autres changements", others, n=number(others))
        with st.expander(label):
            _list(said[_TOLD:])


def _list(said: Sequence[str]) -> None:
    lines = "".join(f"<li>{escape(typeset(one))}</li>" for one in said)
    st.html(f'<ul class="v-changes">{lines}</ul>')


# -- the suggestions made again ----------------------------------------------------------


def _suggestions(opened: Study, draft: Draft) -> None:
    imports, runs, *_others = opened.version(work=False)
    if not imports or not runs:
        page.note(_("L’effet sur les suggestions se verra une fois l’analyse lancée."))
        return
    made = _kept(opened, draft)
    if made is None and _waits(opened):
        st.button(_("Voir l’effet sur les suggestions"), key="see_effect", on_click=_ask)
        return
    try:
        made = made or _make(opened, draft)
    except VerbatimsError as error:
        page.failure(error)
        return
    _reread(made)  # first: it gives work to others
    _moves(made, drafts.parsed(draft.base), drafts.parsed(draft.text))
    _examples(opened, made, drafts.parsed(draft.text))
    checks.new(opened, made.warnings, drafts.parsed(draft.text))


def _waits(opened: Study) -> bool:
    asked = st.session_state.pop(_ASKED, False)
    return not asked and len(reading.load(opened).verbatims) > _AT_ONCE


def _ask() -> None:
    st.session_state[_ASKED] = True


def _kept(opened: Study, draft: Draft) -> Preview | None:
    standing, made = st.session_state.get(_EFFECT, (None, None))
    return made if standing == _standing(opened, draft) else None


def _make(opened: Study, draft: Draft) -> Preview:
    with st.spinner(_("Les suggestions sont refaites avec ce brouillon…")):
        made = opened.editing.preview(draft.text)
    st.session_state[_EFFECT] = (_standing(opened, draft), made)
    return made


def _standing(opened: Study, draft: Draft) -> tuple[object, ...]:
    return (opened.version(), opened.editing.text(), draft.text)


def _moves(made: Preview, was: Codebook, book: Codebook) -> None:
    """The themes whose suggestions move, and how much."""
    counts = made.counts
    moving = counts[(counts["gained"] > 0) | (counts["lost"] > 0)]
    if moving.empty:
        page.note(_("Aucune suggestion ne change."))
        return
    moving = moving.iloc[(moving["gained"] + moving["lost"]).argsort(kind="stable")[::-1]]
    top = max(moving["before"].max(), moving["after"].max(), 1)
    shown = moving.head(_MOVING).to_dict("records")
    rows = "".join(_move(row, was, book, top) for row in shown)
    titles = (_("Avant"), _("Après"), _("Gagnés"), _("Perdus"))
    head = "".join(f'<th scope="col" class="v-figure">{title}</th>' for title in titles)
    about = _("Suggestions par thème, avant et après")
    label = _("Suggestions")
    table = (
        f'<table class="v-table v-moves"><caption class="v-hidden">{about}</caption><thead><tr>'
        f'<th scope="col">{label}</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )
    st.html(scrolled(table, about))
    others = len(moving) - len(shown)
    if others:
        page.note(
            ngettext(
                "Et {n} autre thème qui bouge moins.",
                "Et {n} autres thèmes qui bougent moins.",
                others,
                n=number(others),
            )
        )


def _move(row: Mapping[Hashable, Any], was: Codebook, book: Codebook, top: int) -> str:
    label = book.label(row["theme"])
    if label == row["theme"]:
        label = was.label(label)
    kept = row["before"] - row["lost"]
    parts = (("v-kept", kept), ("v-gained", row["gained"]), ("v-lost", row["lost"]))
    bar = "".join(
        f'<i class="{name}" style="width:{100 * n / (top + row["lost"]):.1f}%"></i>'
        for name, n in parts
        if n
    )
    gained = f"+{number(row['gained'])}" if row["gained"] else "0"
    lost = f"−{number(row['lost'])}" if row["lost"] else "0"
    figures = (number(row["before"]), number(row["after"]), gained, lost)
    cells = "".join(f'<td class="v-figure">{figure}</td>' for figure in figures)
    return (
        f'<tr><th scope="row">{escape(label)}<span class="v-move" aria-hidden="true">{bar}</span>'
        f"</th>{cells}</tr>"
    )


def _examples(opened: Study, made: Preview, book: Codebook) -> None:
    """Some of the answers gained, theme after theme."""
    if made.examples.empty:
        return
    texts = reading.load(opened)
    gained = made.counts.set_index("theme")["gained"]
    found = dict(list(made.examples.groupby("theme", sort=False)))
    blocks = [
        _gained(
            book.label(str(theme)),
            [texts.verbatim(name) for name in found[theme]["verbatim_id"]],
        )
        for theme in sorted(found, key=lambda theme: -gained[theme])
    ]
    said = _("Réponses gagnées")
    st.html(f'<p class="v-label">{said}</p>{"".join(blocks[:_SHOWN])}')
    others = len(blocks) - _SHOWN
    if others > 0:
        label = ngettext("Pour {n} autre thème", "Pour {n} autres thèmes", others, n=number(others))
        with st.expander(label):
            st.html("".join(blocks[_SHOWN:]))


def _gained(label: str, found: Sequence["pd.Series[str] | None"]) -> str:
    quotes = "".join(
        f"<blockquote>{escape(_short(row['text']))}</blockquote>"
        for row in found
        if row is not None
    )
    return (
        f'<div class="v-contexts v-gains" lang="fr"><p>{escape(label)}</p>{quotes}</div>'
        if quotes
        else ""
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CUT else line[:_CUT].rsplit(" ", 1)[0] + " …"


def _reread(made: Preview) -> None:
    if made.reread:
        page.note(
            ngettext(
                "{n} réponse déjà lue revient à son codeur, pour choisir parmi les thèmes issus "
                "de la scission.",
                "{n} réponses déjà lues reviennent à leurs codeurs, pour choisir parmi les thèmes "
                "issus de la scission.",
                len(made.reread),
                n=number(len(made.reread)),
            )
        )


def _failure(place: str) -> None:
    error = drafts.fault(place)
    if error is not None:
        page.failure(error)
