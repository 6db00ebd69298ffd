"""What is proposed for one theme: each term with what it rests on, added or dropped in one click.

The change is written to the codebook at once; the bar above the tabs undoes it.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

import pandas as pd
import streamlit as st

from verbatims.codebook import writing
from verbatims.errors import VerbatimsError
from verbatims.language import _, ngettext
from verbatims.model import Role, Theme
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.keys import keys
from verbatims.ui.parts.learning import examples, figures
from verbatims.ui.parts.text import escape, literal, number, typeset
from verbatims.ui.parts.themes import drafts

Row = Mapping[Hashable, Any]
Width = Literal["content", "stretch"]

LABEL = "label"  # see tagging.proposals


@dataclass(frozen=True)
class Change:
    """Terms to write in a theme or to take from it, and how it is said."""

    write: Callable[[str, str, str], str]
    theme: Theme
    terms: tuple[str, ...]
    said: str

    def made(self, text: str, term: str) -> str:
        return self.write(text, self.theme.id, term)


_WIDTHS = [2.6, 3, 1.5, 1.2, 1.3]


def draw(opened: Study, theme: Theme, added: pd.DataFrame, removed: pd.DataFrame) -> None:
    """A theme's terms to add, then those to drop."""
    key = keys(opened.codebook)[theme.id]
    with st.container(border=True, key="proposals", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<h2 class="v-class"><span class="v-number {key.colour}">{key.sign}</span> '
                f"{escape(theme.label)}</h2>",
                width="stretch",
            )
            if len(added) > 1:
                _all(opened, theme, added)
        if not theme.terms and len(added):
            _about_label(added)
        shown = examples.find(opened, theme.id, added)
        for row in added.to_dict("records"):
            _addition(opened, theme, row, added, shown)
        if len(removed):
            said = _("À retirer")
            st.html(f'<p class="v-label v-apart">{said}</p>')
        for row in removed.to_dict("records"):
            _removal(opened, theme, row)


def _about_label(added: pd.DataFrame) -> None:
    of_label = added.loc[added["origin"] == LABEL, "term"]
    kept = ", ".join(_("« {text} »", text=term) for term in of_label)
    said = _("Ce thème n’a pas encore de terme : on le cherche par les mots de son libellé.")
    if kept:
        with_it = _("Ceux qui servent ({terms}) sont ajoutés avec le premier terme.", terms=kept)
        said = f"{said} {with_it}"
    st.html(f'<p class="v-note">{escape(typeset(said))}</p>')


def _addition(
    opened: Study, theme: Theme, row: Row, added: pd.DataFrame, shown: examples.Found
) -> None:
    name, worth, gain, seen, button = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    name.html(_named(row))
    worth.html(_worth(row))
    gain.html(_gain(row))
    with seen:
        examples.draw(opened, row["term"], row["examples"], shown)
    with button:
        terms = _with_label(added, row["term"])
        said = _("Terme « {term} » ajouté à « {theme} »", term=row["term"], theme=theme.label)
        _button(_("Ajouter"), opened, Change(writing.add_term, theme, tuple(terms), said))


def _removal(opened: Study, theme: Theme, row: Row) -> None:
    name, worth, gain, _seen, button = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    name.html(_named(row))
    worth.html(_worth(row))
    heading = _("trompe")
    gain.html(f'<p class="v-note">{heading}</p>')
    with button:
        said = _("Terme « {term} » retiré de « {theme} »", term=row["term"], theme=theme.label)
        _button(_("Retirer"), opened, Change(writing.drop_term, theme, (row["term"],), said))


def _all(opened: Study, theme: Theme, added: pd.DataFrame) -> None:
    terms = added["term"].tolist()
    said = ngettext(
        "{n} terme ajouté à « {theme} »",
        "{n} termes ajoutés à « {theme} »",
        len(terms),
        theme=theme.label,
    )
    change = Change(writing.add_term, theme, tuple(terms), said)
    _button(_("Tout ajouter ({n})", n=len(terms)), opened, change, width="content")


def _with_label(added: pd.DataFrame, term: str) -> list[str]:
    """The term with the words of the label that its theme would lose: all of those come first."""
    of_label = added.loc[added["origin"] == LABEL, "term"].tolist()
    return list(dict.fromkeys([*of_label, term]))


def _named(row: Row) -> str:
    told = _("aucune réponse validée")
    if row["n"]:
        told = ngettext(
            "{n} réponse validée, {hits} avec le thème",
            "{n} réponses validées, {hits} avec le thème",
            row["n"],
            n=number(row["n"]),
            hits=number(row["hits"]),
        )
    return f'<p class="v-proposed" lang="fr"><b>{escape(row["term"])}</b><small>{told}</small></p>'


def _gain(row: Row) -> str:
    """« +34 réponses à lire »: those where the term would newly suggest the theme."""
    if row["origin"] == LABEL:
        label = _("mot du libellé")
        return f'<p class="v-note">{label}</p>'
    adds = int(row["adds"])
    figure = f"<b>+{number(adds)}</b>"
    told = ngettext("{n} réponse à lire", "{n} réponses à lire", adds, n=figure)
    return f'<p class="v-note">{told}</p>'


def _worth(row: Row) -> str:
    return figures.share(row["precision"], row["low"], row["high"])


def _button(label: str, opened: Study, change: Change, *, width: Width = "stretch") -> None:
    drafted = drafts.current() is not None
    st.button(
        label,
        key=f"{change.write.__name__} {change.theme.id} {change.said}",
        disabled=drafted,
        help=_("Un brouillon attend dans « Modifier ».") if drafted else None,
        on_click=_write,
        args=(opened, change),
        width=width,
    )


def _write(opened: Study, change: Change) -> None:
    base = opened.editing.text()
    try:
        text = reduce(change.made, change.terms, base)
        opened.editing.save(
            text, base=base, said=change.said, author=state.author(Role.LEAD), taught=True
        )
    except VerbatimsError as error:
        drafts.blame(drafts.SAVING, error)
        return
    drafts.abandon()  # there is none: fields that show the file are to be drawn again
    st.toast(literal(typeset(f"{change.said}.")))
