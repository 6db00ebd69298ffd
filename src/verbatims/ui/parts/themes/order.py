"""Themes in the order in which they are read: each one under its parent."""

from collections.abc import Iterable

from verbatims.language import N_, _
from verbatims.model import DROP, KEEP, Codebook, Theme, ThemeStatus

STATUSES = {
    ThemeStatus.ACTIVE: N_("actif"),
    ThemeStatus.CANDIDATE: N_("candidat"),
    ThemeStatus.RETIRED: N_("retiré"),
}


def nested(themes: Iterable[Theme]) -> list[tuple[Theme, int]]:
    """Every theme with its depth, each under its parent, in the order of the file."""
    listed = list(themes)
    known = {theme.id for theme in listed}
    ordered: list[tuple[Theme, int]] = []

    def visit(parent: str, depth: int) -> None:
        for theme in listed:
            if (theme.parent if theme.parent in known else "") == parent:
                ordered.append((theme, depth))
                visit(theme.id, depth + 1)

    visit("", 0)
    return ordered


def retired(book: Codebook) -> list[Theme]:
    return [theme for theme in book.themes if theme.status is ThemeStatus.RETIRED]


def siblings(book: Codebook, theme: Theme) -> list[Theme]:
    """The themes among which it can be moved, itself included: those with the same parent."""
    known = {other.id for other in book}
    above = theme.parent if theme.parent in known else ""
    return [one for one in book if (one.parent if one.parent in known else "") == above]


def below(book: Codebook, theme_id: str) -> set[str]:
    """The ids of a theme and of all those under it: none of them can be its parent."""
    found = {theme_id}
    for _round in book.themes:
        found |= {theme.id for theme in book.themes if theme.parent in found}
    return found


def negation(book: Codebook, theme: Theme) -> str:
    """What becomes of a negated mention, in words; "" where it counts as any other."""
    if theme.negation == KEEP:
        return ""
    if theme.negation == DROP:
        return _("une mention niée ne compte pas")
    return _("une mention niée compte pour « {theme} »", theme=book.label(theme.negation))
