"""A codebook and what was found of it → its themes as a readable tree, one fold each."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verbatims.codebook import replacements
from verbatims.frames import ACCEPTED, HUMAN
from verbatims.language import _, ngettext
from verbatims.model import Codebook, Theme, ThemeStatus
from verbatims.ui.keys import Key, keys
from verbatims.ui.parts.text import escape, number, typeset
from verbatims.ui.parts.themes import order


@dataclass(frozen=True)
class Counts:
    """Verbatims by theme, suggested, retained, accepted unread; and by (theme, term)."""

    suggested: Mapping[str, int]
    retained: Mapping[str, int]
    accepted: Mapping[str, int]
    terms: Mapping[tuple[str, str], int]  # verbatims in which they stand
    silent: Collection[tuple[str, str]] = ()  # the terms that find nothing


def counts(
    tags: pd.DataFrame,
    codings: pd.DataFrame,
    passages: pd.DataFrame,
    silent: Collection[tuple[str, str]] = (),
) -> Counts:
    """How many verbatims each theme has, and each of its terms; `passages` are those of terms."""
    human, accepted = (
        codings.loc[(codings["source"] == source) & codings["present"], "theme"]
        for source in (HUMAN, ACCEPTED)
    )
    by_term = passages.drop_duplicates(["verbatim_id", "theme", "rule"])
    return Counts(
        Counter(tags.drop_duplicates(["verbatim_id", "theme"])["theme"]),
        Counter(human),
        Counter(accepted),
        Counter(zip(by_term["theme"], by_term["rule"], strict=True)),
        silent,
    )


def draw(codebook: Codebook, found: Counts) -> None:
    """Draw the tree; a theme opens on its rules, with the terms that match nothing set apart."""
    own = keys(codebook)
    label = _("Thème")
    said = _("Suggestions")
    heading = _("Retenus")
    head = (
        '<div class="v-theme v-theme-head" aria-hidden="true"><span></span>'
        f"<span>{label}</span><span>{said}</span>"
        f"<span>{heading}</span></div>"
    )
    folds = "".join(
        _fold(codebook, theme, (own[theme.id], depth), found)
        for theme, depth in order.nested(codebook)
    )
    st.html(f'<div class="v-tree">{head}{folds}</div>{_retired(codebook)}')


def _fold(codebook: Codebook, theme: Theme, place: tuple[Key, int], found: Counts) -> str:
    """A theme of the tree; `place` is its key and its depth."""
    key, depth = place
    suggested, retained = found.suggested.get(theme.id, 0), found.retained.get(theme.id, 0)
    unread = _unread(found.accepted.get(theme.id, 0))
    return (
        f'<details class="v-depth{min(depth, 3)}"><summary class="v-theme" aria-label="'
        f'{escape(_aloud(theme, suggested, retained))}">{_number(theme, key)}'
        f"<span><b>{escape(theme.label)}</b>{_badge(theme)}"
        f"<small>{escape(theme.definition)}</small></span>"
        f"<span>{number(suggested)}</span><span>{number(retained)}<small>{unread}</small></span>"
        "</summary>"
        f'<div class="v-rules">{_rules(codebook, theme, found)}</div></details>'
    )


def _aloud(theme: Theme, suggested: int, retained: int) -> str:
    """A line of the tree, for screen readers."""
    suggestions = ngettext("{n} suggestion", "{n} suggestions", suggested, n=number(suggested))
    kept = ngettext("{n} retenu", "{n} retenus", retained, n=number(retained))
    return _(
        "{theme} : {suggestions}, {kept}", theme=theme.label, suggestions=suggestions, kept=kept
    )


def _unread(accepted: int) -> str:
    if not accepted:
        return ""
    return ngettext("{n} accepté sans lire", "{n} acceptés sans lire", accepted, n=number(accepted))


def _number(theme: Theme, key: Key) -> str:
    """The sign of a theme in its colour; the analyst's own one stands beside, not in, the sign."""
    if theme.colour:
        return f'<span class="v-number v-own" style="--own: {theme.colour}">{key.sign}</span>'
    return f'<span class="v-number {key.colour}">{key.sign}</span>'


def _badge(theme: Theme) -> str:
    if theme.status is not ThemeStatus.CANDIDATE:
        return ""
    return f' <span class="v-ruled">{_(order.STATUSES[theme.status])}</span>'


def _rules(codebook: Codebook, theme: Theme, found: Counts) -> str:
    negation = order.negation(codebook, theme)
    lists: Sequence[tuple[str, Sequence[str]]] = (
        (_("Inclure"), theme.include),
        (_("Exclure"), theme.exclude),
        (_("Exemples"), [_("« {text} »", text=example) for example in theme.examples]),
        (_("Négation"), [f"{negation[:1].upper()}{negation[1:]}."] if negation else ()),
    )
    written = "".join(
        f"<dt>{title}</dt><dd>{'<br>'.join(escape(typeset(line)) for line in lines)}</dd>"
        for title, lines in lists
        if lines
    )
    terms = "".join(_term(theme.id, term.written, found) for term in theme.terms)
    label = _("Termes")
    said = terms or _("aucun")
    return f"<dl>{written}<dt>{label}</dt><dd>{said}</dd></dl>"


def _term(theme: str, written: str, found: Counts) -> str:
    if (theme, written) in found.silent:
        return f'<span class="v-term v-silent">{escape(written)} <b>0</b></span> '
    count = found.terms.get((theme, written), 0)
    told = f" <b>{number(count)}</b>" if count else ""
    return f'<span class="v-term">{escape(written)}{told}</span> '


def _retired(codebook: Codebook) -> str:
    """The themes that are no longer coded, folded, with those that took them over."""
    gone = order.retired(codebook)
    if not gone:
        return ""
    heirs = replacements(codebook)
    rows = "".join(
        f"<li><b>{escape(theme.label)}</b> <span>{escape(typeset(_fate(codebook, to)))}</span></li>"
        for theme in gone
        for to in [[heir for heir in heirs.get(theme.id, ()) if heir != theme.id]]
    )
    title = _("Thèmes retirés ({n})", n=len(gone))
    return f'<details class="v-more v-retired"><summary>{title}</summary><ul>{rows}</ul></details>'


def _fate(codebook: Codebook, heirs: Sequence[str]) -> str:
    if not heirs:
        return _("n'est repris par aucun thème")
    names = ", ".join(_("« {text} »", text=codebook.label(heir)) for heir in heirs)
    if len(heirs) > 1:
        return _("scindé en {themes}", themes=names)
    return _("repris par {themes}", themes=names)
