"""Themes from elsewhere → themes that stand together in a codebook, with what it took."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from verbatims.codebook.replacing import Heirs, heirs_of, rounds
from verbatims.language import _
from verbatims.model import KEEP, Theme, ThemeStatus

Change = tuple[Theme, str]  # a theme, and what of it was changed


def settled(themes: Sequence[Theme]) -> tuple[tuple[Theme, ...], list[Change]]:
    """The themes, without what `codebook.yaml` refuses of a parent, a negation, a replacement.

    Ids and labels are each of one theme, parents are known and make no loop.
    """
    known = {theme.id: theme for theme in themes}
    heirs = heirs_of(themes)
    looped = {theme_id for loop in rounds(heirs) for theme_id in loop}
    unlooped = {old: ids for old, ids in heirs.items() if not looped.intersection(ids)}
    stand: list[Theme] = []
    changes: list[Change] = []
    for theme in themes:
        parent, negation = _parent(theme, known), _negation(theme, known)
        replaces = _replaces(theme, known, unlooped)
        if parent != theme.parent:
            changes.append((theme, _("son parent est retiré ; le voici placé au-dessus.")))
        if negation != theme.negation:
            told = _("sa négation renvoie à lui-même ou à un thème retiré ; ôtée.")
            changes.append((theme, told))
        if len(replaces) < len(set(theme.replaces)):
            told = _("il remplace un thème qui reste, ou en boucle ; c'est ôté.")
            changes.append((theme, told))
        stand.append(replace(theme, parent=parent, negation=negation, replaces=replaces))
    return tuple(stand), changes


def _parent(theme: Theme, known: Mapping[str, Theme]) -> str:
    """The nearest parent that is not retired, for a theme that is not."""
    parent = theme.parent
    while parent and not _retired(theme) and _retired(known[parent]):
        parent = known[parent].parent
    return parent


def _negation(theme: Theme, known: Mapping[str, Theme]) -> str:
    meant = known.get(theme.negation)
    if meant and (meant is theme or _retired(meant) and not _retired(theme)):
        return KEEP
    return theme.negation


def _replaces(theme: Theme, known: Mapping[str, Theme], heirs: Heirs) -> tuple[str, ...]:
    """The ids that are gone, retired, or of one that stays as a part of what it was."""
    kept = []
    for old in dict.fromkeys(theme.replaces):
        into = set(heirs.get(old, ()))
        gone = old not in known or _retired(known[old])
        if into and into != {old} and (gone or old in into):
            kept.append(old)
    return tuple(kept)


def _retired(theme: Theme) -> bool:
    return theme.status is ThemeStatus.RETIRED
