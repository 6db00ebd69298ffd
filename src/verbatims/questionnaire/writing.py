"""Question → its lines of questionnaire.yaml."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from verbatims.language import _, ngettext
from verbatims.model import Column, Kind, Question, Raw

_PLAIN = re.compile(r"[^\W\d_]\w*(?:[ '’-]\w+)*|[1-9]\d{0,8}|0")
_RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "oui", "non"}
_LONGEST_KEY = 900  # beyond, YAML wants the key on its own line
_WIDTH = 96


def header(raw: Raw, *, title: str, questions: int, unsure: int, notes: Iterable[str]) -> str:
    """The head of the file: what it was drafted from, and what is left to check or to know."""
    rows, columns = raw.frame.shape
    told = _(
        "Brouillon fait d'après « {file} » ({origin}) : {rows}, {columns}, {questions}, dont "
        "{unsure} à vérifier. Corrigez les genres, écrivez le texte des questions et les "
        "libellés, puis effacez les « À VÉRIFIER ». Une question filtrée s'écrit : asked_if: "
        "{{question: [réponses]}}.",
        file=raw.file,
        origin=raw.origin,
        rows=ngettext("{n} ligne", "{n} lignes", rows),
        columns=ngettext("{n} colonne", "{n} colonnes", columns),
        questions=ngettext("{n} question", "{n} questions", questions),
        unsure=unsure,
    )
    told_first = [told, *(_("À SAVOIR : {note}", note=note) for note in notes)]
    lines = [line.strip() for text in told_first for line in comment(text)]
    return "\n".join(
        [*lines, f"title: {scalar(title or Path(raw.file.removesuffix('.gz')).stem)}", "questions:"]
    )


def comment(text: str) -> list[str]:
    """A text as lines of comment; nothing for no text."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    wrapped = textwrap.wrap(
        " ".join(printable.split()), _WIDTH, break_long_words=False, break_on_hyphens=False
    )
    return [f"  # {line}" for line in wrapped]


def written(question: Question) -> str:
    """A question as `questionnaire.load` reads it."""
    lines = [f"- id: {question.id}", f"  kind: {question.kind}"]
    if question.of:
        lines.append(f"  of: {question.of}")
    if question.profile:
        lines.append("  profile: true")
    if question.text:
        lines.append(f"  text: {scalar(question.text)}")
    lines += _columns(question)
    if question.separator:
        lines.append(f"  separator: {scalar(question.separator)}")
    lines += _labels(question)
    if question.bounds:
        low, high = question.bounds
        lines.append(f"  bounds: [{_number(low)}, {_number(high)}]")
    for key, values in (("dont_know", question.dont_know), ("missing", question.missing)):
        if values:
            lines.append(f"  {key}: [{', '.join(scalar(value) for value in values)}]")
    return "\n".join(f"  {line}" for line in lines)


def scalar(text: str) -> str:
    """A text that YAML, and the person who reads it, cannot take for something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    quoted: str = yaml.dump(text, default_style='"', allow_unicode=True, width=2**31)
    return quoted.rstrip("\n")


def _number(bound: float) -> str:
    return str(int(bound)) if float(bound).is_integer() else repr(bound)


def _columns(question: Question) -> list[str]:
    columns = question.columns
    if question.kind is Kind.IGNORE and len(columns) > 1:
        return ["  columns:", *(f"    - {scalar(column.header)}" for column in columns)]
    if question.kind is Kind.GRID or (question.kind is Kind.MULTI and not question.separator):
        return ["  columns:", *_pairs(_items(columns))]
    return [f"  column: {scalar(columns[0].header)}"]


def _items(columns: Iterable[Column]) -> dict[str, str]:
    return {column.header: column.item for column in columns}


def _labels(question: Question) -> list[str]:
    if question.codes:
        return ["  labels:", *_pairs(question.codes)]
    if not question.labels or (question.kind is Kind.MULTI and not question.separator):
        return []
    return ["  labels:", *(f"    - {scalar(label)}" for label in question.labels)]


def _pairs(pairs: Mapping[str, str]) -> list[str]:
    lines = []
    for key, value in pairs.items():
        name = scalar(key)
        if len(name) > _LONGEST_KEY:
            lines += [f"    ? {name}", f"    : {scalar(value)}"]
        else:
            lines.append(f"    {name}: {scalar(value)}")
    return lines
