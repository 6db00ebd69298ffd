"""A codebook and what was found of it → its themes as a readable tree, one fold each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verbatims.frames import HUMAN
from verbatims.model import Codebook, Theme
from verbatims.ui.parts.text import escape, number, plural
from verbatims.ui.parts.verbatim import colour, sign


@dataclass(frozen=True)
class Counts:
    """Verbatims by theme, suggested and retained; and by (theme, term)."""

    suggested: Mapping[str, int]
    retained: Mapping[str, int]
    terms: Mapping[tuple[str, str], int]


def counts(tags: pd.DataFrame, codings: pd.DataFrame) -> Counts:
    """How many verbatims each theme has, and each of its terms."""
    human = codings[(codings["source"] == HUMAN) & codings["present"]]
    by_term = tags.drop_duplicates(["verbatim_id", "theme", "rule"])
    return Counts(
        Counter(tags.drop_duplicates(["verbatim_id", "theme"])["theme"]),
        Counter(human["theme"]),
        Counter(zip(by_term["theme"], by_term["rule"], strict=True)),
    )


def draw(codebook: Codebook, found: Counts) -> None:
    """Draw the tree; a theme opens on its rules, with the terms that match nothing set apart."""
    numbers = {theme.id: place for place, theme in enumerate(codebook, start=1)}
    head = (
        '<div class="v-theme v-theme-head" aria-hidden="true"><span></span><span>Thème</span>'
        "<span>Suggestions</span><span>Retenus</span></div>"
    )
    folds = "".join(
        _fold(theme, numbers[theme.id], depth, found) for theme, depth in _in_order(codebook)
    )
    st.html(f'<div class="v-tree">{head}{folds}</div>')


def silent_terms(codebook: Codebook, found: Counts) -> list[tuple[Theme, str]]:
    """The terms that match nothing: too rare, or badly written."""
    return [
        (theme, term.written)
        for theme in codebook
        for term in theme.terms
        if not found.terms.get((theme.id, term.written))
    ]


def _in_order(codebook: Codebook) -> list[tuple[Theme, int]]:
    """Every theme with its depth, each under its parent."""
    known = {theme.id for theme in codebook}
    ordered: list[tuple[Theme, int]] = []

    def visit(parent: str, depth: int) -> None:
        for theme in codebook:
            if (theme.parent if theme.parent in known else "") == parent:
                ordered.append((theme, depth))
                visit(theme.id, depth + 1)

    visit("", 0)
    return ordered


def _fold(theme: Theme, place: int, depth: int, found: Counts) -> str:
    suggested, retained = found.suggested.get(theme.id, 0), found.retained.get(theme.id, 0)
    says = f"{plural(suggested, 'suggestion')}, {plural(retained, 'retenu')}"
    return (
        f'<details class="v-depth{min(depth, 3)}"><summary class="v-theme" aria-label="'
        f'{escape(theme.label)} : {says}">'
        f'<span class="v-number {colour(place)}">{sign(place)}</span>'
        f"<span><b>{escape(theme.label)}</b><small>{escape(theme.definition)}</small></span>"
        f"<span>{number(suggested)}</span><span>{number(retained)}</span></summary>"
        f'<div class="v-rules">{_rules(theme, found)}</div></details>'
    )


def _rules(theme: Theme, found: Counts) -> str:
    lists: Sequence[tuple[str, Sequence[str]]] = (
        ("Inclure", theme.include),
        ("Exclure", theme.exclude),
        ("Exemples", [f"« {example} »" for example in theme.examples]),
    )
    written = "".join(
        f"<dt>{title}</dt><dd>{'<br>'.join(map(escape, lines))}</dd>"
        for title, lines in lists
        if lines
    )
    terms = "".join(
        _term(term.written, found.terms.get((theme.id, term.written), 0)) for term in theme.terms
    )
    return f"<dl>{written}<dt>Termes</dt><dd>{terms or 'aucun'}</dd></dl>"


def _term(written: str, count: int) -> str:
    if count:
        return f'<span class="v-term">{escape(written)} <b>{number(count)}</b></span> '
    return f'<span class="v-term v-silent">{escape(written)} <b>0</b></span> '
