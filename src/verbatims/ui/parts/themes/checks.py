"""« À vérifier »: the terms that find nothing, that another covers, or that find everything."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import N_, _, ngettext
from verbatims.model import Codebook
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts.text import escape, number, typeset

# The kinds of doubts, in the order in which they are told.
_EVERYTHING, _SHADOWED, _NOTHING = "everything", "shadowed", "nothing"
_TITLES = {
    _EVERYTHING: N_("Trouvent presque tout"),
    _SHADOWED: N_("N’apportent rien"),
    _NOTHING: N_("Ne trouvent rien"),
}
_COLUMNS = ["theme", "term", "line", "kind", "n", "message"]
_SHOWN = 40


def found(opened: Study) -> pd.DataFrame:
    """The doubtful terms of the codebook: theme, term, line, kind, n, message."""
    _imports, runs, *_others = opened.version(work=False)
    if not runs:
        return pd.DataFrame(columns=_COLUMNS)
    with st.spinner(_("Les termes sont cherchés dans les réponses…")):
        return state.kept(
            opened,
            "codebook warnings",
            lambda: opened.editing.warnings(opened.codebook),
            work=False,
        )


def silent(doubts: pd.DataFrame) -> set[tuple[str, str]]:
    """The (theme, term) that find nothing."""
    rows = doubts[doubts["kind"] == _NOTHING]
    return set(zip(rows["theme"], rows["term"], strict=True))


def draw(opened: Study) -> None:
    """The doubtful terms, folded, each with its line in the file and what to do."""
    doubts = found(opened)
    if len(doubts):
        with st.expander(_title(doubts), icon=":material/rule:"):
            _list(doubts, opened.codebook)


def _title(doubts: pd.DataFrame) -> str:
    """Terms that find nothing are told apart: on a small study most do, and nothing is wrong."""
    none = int((doubts["kind"] == _NOTHING).sum())
    others = len(doubts) - none
    parts = []
    if others:
        parts.append(
            ngettext("À vérifier : {n} terme", "À vérifier : {n} termes", others, n=number(others))
        )
    if none:
        parts.append(
            ngettext(
                "{n} terme sans occurrence",
                "{n} termes sans occurrence",
                none,
                n=number(none),
            )
        )
    return " · ".join(parts)


def new(opened: Study, after: pd.DataFrame, book: Codebook) -> None:
    """Those of a draft that the codebook does not have yet."""
    before = found(opened)
    known = set(_keys(before))
    asked = [row not in known for row in _keys(after)]
    if any(asked):
        said = _("À vérifier")
        st.html(f'<p class="v-label">{said}</p>')
        _list(after[asked], book)


def _keys(doubts: pd.DataFrame) -> list[tuple[str, str]]:
    """Whatever their theme: a term that a merge moves was doubtful before."""
    return list(zip(doubts["term"], doubts["kind"], strict=True))


def _list(doubts: pd.DataFrame, book: Codebook) -> None:
    """Each kind with its own way to be told, the worst first."""
    ways: Mapping[str, Callable[[pd.DataFrame, Codebook], str]] = {
        _EVERYTHING: _one_by_one,
        _SHADOWED: _one_by_one,
        _NOTHING: _by_theme,
    }
    for kind, way in ways.items():
        rows = doubts[doubts["kind"] == kind]
        if len(rows):
            title = f"{_(_TITLES[kind])} <span>{number(len(rows))}</span>"
            st.html(f'<p class="v-label">{title}</p>{way(rows, book)}')


def _one_by_one(rows: pd.DataFrame, book: Codebook) -> str:
    lines = "".join(_doubt(row, book) for row in rows.head(_SHOWN).to_dict("records"))
    more = len(rows) - _SHOWN
    if more > 0:
        label = ngettext("… et {n} autre.", "… et {n} autres.", more, n=number(more))
        lines += f"<li>{label}</li>"
    return f'<ul class="v-problems v-checks">{lines}</ul>'


def _doubt(row: Mapping[Hashable, Any], book: Codebook) -> str:
    line = _("ligne {line}", line=row["line"]) if row["line"] else ""
    return (
        f"<li><span>{line}</span><p><b>{escape(book.label(row['theme']))}</b> — "
        f"{escape(typeset(row['message']))}</p></li>"
    )


def _by_theme(rows: pd.DataFrame, book: Codebook) -> str:
    """So many find nothing in a small study that their advice is given once."""
    advice = _("Vérifiez leur orthographe, effacez-les, ou gardez-les pour d’autres réponses.")
    themes = "".join(
        f"<dt>{escape(book.label(str(theme)))}</dt><dd>{''.join(map(_silent, terms, lines))}</dd>"
        for theme, terms, lines in (
            (theme, own["term"], own["line"]) for theme, own in rows.groupby("theme", sort=False)
        )
    )
    return f'<p class="v-note">{typeset(advice)}</p><dl class="v-silents">{themes}</dl>'


def _silent(term: str, line: int) -> str:
    label = _("l. {line}", line=line)
    place = f" <b>{label}</b>" if line else ""
    return f'<span class="v-term">{escape(term)}{place}</span>'
