"""Questions + headers of the file → the same Questions, their columns found in the file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from verbatims.corpus.notes import Notes
from verbatims.folding import squeeze
from verbatims.model import Column, Question

_SHOWN = 10


def fit(questions: Sequence[Question], headers: Sequence[str], notes: Notes) -> list[Question]:
    """Match columns to headers, blind to outer spaces only; absent ones are errors."""
    if not questions:
        notes.error("le questionnaire ne décrit aucune question de cette source.")
    exact = {header: header for header in headers}
    squeezed = Counter(map(squeeze, headers))
    near = {squeeze(header): header for header in headers if squeezed[squeeze(header)] == 1}
    used: Counter[str] = Counter()
    fitted = []
    for question in questions:
        columns = []
        for column in question.columns:
            found = exact.get(column.header) or near.get(squeeze(column.header))
            if found is None:
                _tell_absent(question, column, headers, notes)
                continue
            used[found] += 1
            columns.append(Column(found, column.item))
        fitted.append(replace(question, columns=tuple(columns)))
    _tell_unused(headers, used, notes)
    return fitted


def _tell_absent(question: Question, column: Column, headers: Sequence[str], notes: Notes) -> None:
    close = get_close_matches(column.header, headers, n=1, cutoff=0.6)
    hint = f" Vouliez-vous dire « {close[0]} » ?" if close else ""
    notes.error(
        f"la colonne « {column.header} » de la question « {question.id} » n'est pas dans le "
        f"fichier.{hint}"
    )


def _tell_unused(headers: Sequence[str], used: Counter[str], notes: Notes) -> None:
    unused = [header for header in headers if header not in used]
    if unused:
        shown = ", ".join(f"« {header} »" for header in unused[:_SHOWN])
        more = ", …" if unused[_SHOWN:] else ""
        notes.warn(
            f"{len(unused)} colonne(s) du fichier absente(s) du questionnaire, non importée(s) : "
            f"{shown}{more}."
        )
    for header, times in used.items():
        if times > 1:
            notes.warn(f"colonne employée par {times} questions.", column=header)
