"""codebook.yaml → Codebook, or every error of the file at once, each with its line."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from yaml import Node

from verbatims.codebook import terms
from verbatims.errors import CodebookError
from verbatims.folding import fold, fold_case, fold_word, squeeze
from verbatims.marked_yaml import Fields, Reader, line_of, loops, meant
from verbatims.model import Codebook, Term, TermKind, Theme

ROOT_KEYS = ("title", "themes")
THEME_KEYS = ("id", "label", "parent", "definition", "include", "exclude", "examples", "terms")

_RESERVED = ("source",)  # columns of codages.csv, where each theme has its own
_ID = re.compile(r"[a-z0-9_-]+")


def load(path: Path) -> Codebook:
    """Read a codebook; raise a CodebookError that lists every problem found."""
    reader = Reader(path, "Grille de codage", CodebookError)
    book = _codebook(reader.root(ROOT_KEYS, what="la grille"))
    reader.check()
    return replace(book, hash=_hash(book))


def _codebook(fields: Fields) -> Codebook:
    reader = fields.reader
    read = [_theme(node, reader) for node in fields.nodes_of("themes")]
    themes = tuple(theme for theme in read if theme is not None)
    if not themes and not reader.problems:
        fields.note("aucun thème ; ajoutez-en sous « themes: », un par tiret « - ».", "themes")
    _check_ids(themes, reader)
    _check_labels(themes, reader)
    _check_parents(themes, reader)
    return Codebook(themes, squeeze(fields.text("title")))


def _theme(node: Node, reader: Reader) -> Theme | None:
    fields = reader.fields(node, THEME_KEYS, what="un thème")
    if fields is None:
        return None
    for key in ("id", "label"):
        if not fields.has(key) or fields.text(key).isspace():
            fields.note(f"ce thème n'a pas de « {key} » ; ajoutez-le.")
    return Theme(
        id=squeeze(fields.text("id")),
        label=squeeze(fields.text("label")),
        parent=squeeze(fields.text("parent")),
        definition=squeeze(fields.text("definition")),
        include=_lines(fields, "include"),
        exclude=_lines(fields, "exclude"),
        examples=_lines(fields, "examples"),
        terms=tuple(_terms(fields)),
        line=fields.line(),
    )


def _lines(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(filter(None, map(squeeze, fields.texts(key))))


def _terms(fields: Fields) -> Iterator[Term]:
    seen: dict[tuple[TermKind, tuple[str, ...]], int] = {}
    for node in fields.items("terms"):
        written = squeeze(node.value)
        fault = terms.fault(written)
        if fault:
            fields.reader.note(node, fault)
            continue
        term = terms.term(written, line_of(node))
        alike = fold_case if term.kind is TermKind.EXACT else fold_word
        key = term.kind, tuple(map(alike, term.words))
        if key in seen:
            message = f"terme « {written} » déjà écrit ligne {seen[key]} ; effacez-le."
            fields.reader.note(node, message)
        else:
            seen[key] = term.line
            yield term


def _check_ids(themes: tuple[Theme, ...], reader: Reader) -> None:
    seen: dict[str, int] = {}
    for theme in themes:
        if theme.id and not _ID.fullmatch(theme.id):
            advice = "minuscules sans accent, chiffres, « _ » et « - » seulement"
            reader.note(theme.line, f"identifiant « {theme.id} » : {advice}.")
        elif theme.id in _RESERVED:
            advice = "nom d'une colonne des exports ; prenez-en un autre, comme"
            reader.note(theme.line, f"identifiant « {theme.id} » : {advice} « {theme.id}s ».")
        elif theme.id in seen:
            advice = f"déjà pris ligne {seen[theme.id]} ; choisissez-en un autre"
            reader.note(theme.line, f"identifiant « {theme.id} » {advice}.")
        elif theme.id:
            seen[theme.id] = theme.line


def _check_labels(themes: tuple[Theme, ...], reader: Reader) -> None:
    """Tables and exports name themes by their labels: two alike could not be told apart."""
    seen: dict[str, int] = {}
    for theme in themes:
        line = seen.setdefault(fold(theme.label), theme.line)
        if theme.label and line != theme.line:
            advice = f"déjà pris ligne {line} ; choisissez-en un autre"
            reader.note(theme.line, f"libellé « {theme.label} » {advice}.")


def _check_parents(themes: tuple[Theme, ...], reader: Reader) -> None:
    parents = {theme.id: theme.parent for theme in themes}
    lines = {theme.id: theme.line for theme in themes}
    for theme in themes:
        if theme.parent and theme.parent not in parents:
            near = meant(theme.parent, [known for known in parents if known])
            reader.note(theme.line, f"thème parent inconnu : « {theme.parent} » ; {near}")
    for loop in loops(parents):
        told = " → ".join([*loop, loop[0]])
        reader.note(lines[loop[0]], f"thèmes parents en boucle : {told} ; effacez un « parent ».")


def _hash(book: Codebook) -> str:
    content = asdict(book)
    for theme in content["themes"]:
        del theme["line"]
        theme["terms"] = [term["written"] for term in theme["terms"]]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
