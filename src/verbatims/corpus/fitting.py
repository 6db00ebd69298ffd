"""Questions + headers of the file → the same Questions, their columns found in the file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from verbatims.corpus.notes import Notes
from verbatims.errors import named_texts, short
from verbatims.folding import squeeze
from verbatims.language import _, ngettext
from verbatims.model import Column, Question


def fit(questions: Sequence[Question], headers: Sequence[str], notes: Notes) -> list[Question]:
    """Match columns to headers, blind to outer spaces only; absent ones are errors."""
    if not questions:
        notes.error(_("le questionnaire ne décrit aucune question de cette source."))
    exact = {header: header for header in headers}
    squeezed = Counter(map(squeeze, headers))
    near = {squeeze(header): header for header in headers if squeezed[squeeze(header)] == 1}
    used: Counter[str] = Counter()
    fitted, absent = [], []
    for question in questions:
        columns = []
        for column in question.columns:
            found = exact.get(column.header) or near.get(squeeze(column.header))
            if found is None:
                absent.append((_absence(question, column, headers), None))
                continue
            used[found] += 1
            columns.append(Column(found, column.item))
        fitted.append(replace(question, columns=tuple(columns)))
    notes.errors(absent, _other_absences)
    _tell_unused(headers, used, notes)
    return fitted


def _absence(question: Question, column: Column, headers: Sequence[str]) -> str:
    close = get_close_matches(column.header, headers, n=1, cutoff=0.6)
    told = _(
        "la colonne « {column} » de la question « {id} » n'est pas dans le fichier.",
        column=short(column.header),
        id=question.id,
    )
    if not close:
        return told
    return _("{told} Vouliez-vous dire « {near} » ?", told=told, near=short(close[0]))


def _other_absences(n: int) -> str:
    return ngettext("et {n} autre colonne absente.", "et {n} autres colonnes absentes.", n)


def _tell_unused(headers: Sequence[str], used: Counter[str], notes: Notes) -> None:
    unused = [header for header in headers if header not in used]
    if unused:
        notes.warn(
            ngettext(
                "{n} colonne du fichier hors du questionnaire, et donc de l'étude : {columns}.",
                "{n} colonnes du fichier hors du questionnaire, et donc de l'étude : {columns}.",
                len(unused),
                columns=named_texts(unused, shown=10),
            )
        )
    if shared := [header for header, times in used.items() if times > 1]:
        told = named_texts(shared)
        notes.warn(_("plusieurs questions emploient les mêmes colonnes : {columns}.", columns=told))
