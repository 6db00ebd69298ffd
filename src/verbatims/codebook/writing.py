"""Changes of a codebook, written in its file: text → text, and nothing else of it is touched.

Each change is checked: the new text says just what was asked, or a CodebookError tells why not
and what to do. Texts are written as they are read back: on one line, with single spaces.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

from yaml import MarkedYAMLError

from verbatims.codebook import terms
from verbatims.codebook.reading import (
    colour_fault,
    content_hash,
    full_colour,
    parse,
    status_fault,
)
from verbatims.codebook.replacing import replacements
from verbatims.codebook.splicing import reordered, spliced
from verbatims.codebook.styling import Style, block, scalar
from verbatims.errors import CodebookError, short
from verbatims.folding import fold, squeeze
from verbatims.language import N_, _
from verbatims.marked_yaml import meant
from verbatims.model import KEEP, Codebook, Term, Theme, ThemeStatus

Field = Literal["label", "definition", "parent", "colour", "status", "negation"]
List = Literal["include", "exclude", "examples", "replaces", "terms"]

T = TypeVar("T")

_BY_HAND = N_(
    "la mise en page à cet endroit est inhabituelle ; ouvrez la grille dans un éditeur de texte "
    "pour la changer."
)


def add_term(text: str, theme_id: str, written: str) -> str:
    """One more term, the last of its theme."""
    book = parse(text)
    theme = _theme(book, theme_id)
    added = _term(written)
    for known in theme.terms:
        if terms.alike(known) == terms.alike(added):
            told = _(
                "« {term} » est déjà un terme de « {theme} » (ligne {line}, « {known} »).",
                term=added.written,
                theme=theme.label,
                line=known.line,
                known=known.written,
            )
            raise _refused(told)
    return _with(text, book, replace(theme, terms=(*theme.terms, added)))


def drop_term(text: str, theme_id: str, written: str) -> str:
    """One term less."""
    book = parse(text)
    theme = _theme(book, theme_id)
    kept = tuple(term for term in theme.terms if term.written != squeeze(written))
    if len(kept) == len(theme.terms):
        near = meant(squeeze(written), [term.written for term in theme.terms])
        told = _(
            "« {term} » n'est pas un terme de « {theme} » ; {advice}",
            term=short(written),
            theme=theme.label,
            advice=near if theme.terms else _("ce thème n'a aucun terme."),
        )
        raise _refused(told)
    return _with(text, book, replace(theme, terms=kept))


def set_field(text: str, theme_id: str, key: Field, value: str) -> str:
    """What a key says; "" takes the key away, as does what goes without saying (« active »)."""
    book = parse(text)
    theme = _theme(book, theme_id)
    said: dict[str, Any] = {key: _said(key, squeeze(value))}
    return _with(text, book, replace(theme, **said))


def set_list(text: str, theme_id: str, key: List, values: Sequence[str]) -> str:
    """What a list holds; the items that it had already keep their lines and comments."""
    book = parse(text)
    theme = _theme(book, theme_id)
    texts = _texts(values)
    said: dict[str, Any] = {key: tuple(map(_term, texts)) if key == "terms" else texts}
    return _with(text, book, replace(theme, **said))


def add_theme(text: str, theme: Theme, *, after: str = "") -> str:
    """One more theme, after another or the last."""
    book = parse(text)
    return _checked(text, book, _added(book, [_tidy(theme)], after or book.themes[-1].id))


def move_theme(text: str, theme_id: str, *, before: str = "") -> str:
    """A theme with the comments right above it, put before another or the last."""
    book = parse(text)
    moved = _theme(book, theme_id)
    if before == theme_id:
        return text
    target = _theme(book, before) if before else None

    def order(ids: list[str]) -> list[str]:
        others = [name for name in ids if name != moved.id]
        place = others.index(target.id) if target else len(others)
        return [*others[:place], moved.id, *others[place:]]

    ordered = order([theme.id for theme in book.themes])
    expected = replace(book, themes=tuple(book[name] for name in ordered))
    return _proven(reordered(text, order), expected)


def merge(text: str, theme_ids: Sequence[str], into: str) -> str:
    """One theme takes over others: their terms, notes, examples and sub-themes.

    They are retired; negations that pointed to them point to the one that stays. A part of a
    theme that was split can go back into it.
    """
    book = parse(text)
    merged = [_theme(book, name) for name in dict.fromkeys(theme_ids) if name != into]
    kept = _theme(book, into)
    if not merged:
        raise _refused(_("choisissez au moins un autre thème à fusionner."))
    if kept.status is ThemeStatus.RETIRED:
        told = _("« {theme} » est retiré ; rendez-le actif avant d'y fusionner.", theme=kept.label)
        raise _refused(told)
    survivor = replace(
        kept,
        parent=_first_above(book, kept.parent, [theme.id for theme in merged]),
        include=_joined(fold, kept.include, *(theme.include for theme in merged)),
        exclude=_joined(fold, kept.exclude, *(theme.exclude for theme in merged)),
        examples=_joined(fold, kept.examples, *(theme.examples for theme in merged)),
        replaces=_joined(str, kept.replaces, [theme.id for theme in merged]),
        terms=_joined(terms.alike, kept.terms, *(theme.terms for theme in merged)),
    )
    changed = [survivor, *map(_gone, merged)]
    gone = {theme.id: into for theme in merged}
    merged_book = _pointed(_changed(book, changed), gone)
    parts = set(replacements(book).get(into, ())).difference(gone)
    return _checked(text, book, _taken_over(merged_book, into, parts))


def split(text: str, theme_id: str, parts: Sequence[Theme]) -> str:
    """Several themes take over one, which is retired unless its id is that of a part."""
    book = parse(text)
    theme = _theme(book, theme_id)
    if len(parts) < 2:
        raise _refused(_("donnez au moins deux parts à « {theme} ».", theme=theme.label))
    heirs = [_tidy(part) for part in parts]
    heirs = [replace(part, replaces=_joined(str, part.replaces, [theme_id])) for part in heirs]
    retired = replace(theme, status=ThemeStatus.RETIRED)
    stays = next((part for part in heirs if part.id == theme_id), retired)
    added = [part for part in heirs if part.id != theme_id]
    return _checked(text, book, _added(_changed(book, [stays]), added, theme_id))


def retire(text: str, theme_id: str) -> str:
    """A theme that is no longer suggested nor coded; what was decided stays readable."""
    return set_field(text, theme_id, "status", ThemeStatus.RETIRED)


def write(book: Codebook) -> str:
    """A whole new file."""
    said = Codebook(tuple(map(_tidy, book.themes)), squeeze(book.title))
    title = [f"title: {scalar(said.title, flow=False)}"] if said.title else []
    blocks = ["\n".join(block(theme, Style())) for theme in said.themes]
    return _proven("\n".join([*title, "themes:", "\n\n".join(blocks), ""]), said)


def _theme(book: Codebook, theme_id: str) -> Theme:
    for theme in book.themes:
        if theme.id == theme_id:
            return theme
    near = meant(theme_id, [theme.id for theme in book.themes])
    raise _refused(_("thème inconnu : « {theme} » ; {near}", theme=theme_id, near=near))


def _term(written: str) -> Term:
    """CodebookError if it is not a term."""
    said = squeeze(written)
    fault = terms.fault(said)
    if fault:
        raise _refused(fault)
    return terms.term(said, 0)


def _said(key: str, value: str) -> str | ThemeStatus:
    """What a key says once read; CodebookError if it cannot say that."""
    if key == "status":
        _check(status_fault(value))
        return ThemeStatus(value) if value else ThemeStatus.ACTIVE
    if key == "colour":
        _check(colour_fault(value))
        return full_colour(value) if value else ""
    return value or (KEEP if key == "negation" else "")


def _check(fault: str) -> None:
    if fault:
        raise _refused(fault)


def _tidy(theme: Theme) -> Theme:
    """A theme as it will be read back."""
    said: dict[str, Any] = {"terms": tuple(_term(term.written) for term in theme.terms)}
    for key in ("id", "label", "parent", "definition", "colour", "negation"):
        said[key] = _said(key, squeeze(getattr(theme, key)))
    for key in ("include", "exclude", "examples", "replaces"):
        said[key] = _texts(getattr(theme, key))
    return replace(theme, **said)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(squeeze, values)))


def _changed(book: Codebook, themes: Iterable[Theme]) -> Codebook:
    new = {theme.id: theme for theme in themes}
    return replace(book, themes=tuple(new.get(theme.id, theme) for theme in book.themes))


def _added(book: Codebook, themes: Sequence[Theme], after: str) -> Codebook:
    place = book.themes.index(_theme(book, after)) + 1
    known = {theme.id: theme for theme in book.themes}
    for theme in themes:
        if theme.id in known:
            raise _refused(_taken(theme.id, known[theme.id].line))
        known[theme.id] = theme
    return replace(book, themes=(*book.themes[:place], *themes, *book.themes[place:]))


def _taken(theme_id: str, line: int) -> str:
    if not line:
        return _("l'identifiant « {id} » est déjà pris (deux fois ici).", id=theme_id)
    return _("l'identifiant « {id} » est déjà pris (ligne {line}).", id=theme_id, line=line)


def _first_above(book: Codebook, parent: str, gone: Sequence[str]) -> str:
    """The first theme above that is not among those that go."""
    while parent in gone:
        parent = book[parent].parent
    return parent


def _pointed(book: Codebook, gone: dict[str, str]) -> Codebook:
    """Parents and negations that named themes that go, naming those that take them over."""

    def pointed(theme: Theme) -> Theme:
        if theme.id in gone:
            return theme
        negation = gone.get(theme.negation, theme.negation)
        return replace(
            theme,
            parent=gone.get(theme.parent, theme.parent),
            negation=KEEP if negation == theme.id else negation,
        )

    return replace(book, themes=tuple(map(pointed, book.themes)))


def _gone(theme: Theme) -> Theme:
    """Retired, and no longer a part of itself."""
    others = tuple(name for name in theme.replaces if name != theme.id)
    return replace(theme, status=ThemeStatus.RETIRED, replaces=others)


def _taken_over(book: Codebook, old: str, parts: Collection[str]) -> Codebook:
    """The book where these parts alone replace a theme that stays; one part is the whole."""
    heirs = parts if len(parts) > 1 else ()

    def taken(theme: Theme) -> Theme:
        others = [name for name in theme.replaces if name != old]
        if theme.id in heirs and old not in theme.replaces:
            return replace(theme, replaces=(*others, old))
        return theme if theme.id in heirs else replace(theme, replaces=tuple(others))

    return replace(book, themes=tuple(map(taken, book.themes)))


def _joined(key: Callable[[T], object], *lists: Iterable[T]) -> tuple[T, ...]:
    """Several lists one after the other, what is alike but once."""
    first: dict[object, T] = {}
    for one in (one for items in lists for one in items):
        first.setdefault(key(one), one)
    return tuple(first.values())


def _with(text: str, book: Codebook, theme: Theme) -> str:
    return _checked(text, book, _changed(book, [theme]))


def _checked(text: str, old: Codebook, new: Codebook) -> str:
    return _proven(spliced(text, old, new), new)


def _proven(text: str, said: Codebook) -> str:
    """A text that says this, and nothing else."""
    try:
        read = parse(text)
    except CodebookError as error:
        if isinstance(error.__cause__, MarkedYAMLError):
            raise _refused(_(_BY_HAND)) from error
        faults = [replace(found, file="", line=None, column="") for found in error.problems]
        told = _("Rien n'a été changé : la grille ne serait plus juste.")
        raise CodebookError(told, faults) from error
    if read.hash != content_hash(said):
        raise _refused(_(_BY_HAND))
    return text


def _refused(why: str) -> CodebookError:
    return CodebookError(_("Rien n'a été changé : {why}", why=why))
