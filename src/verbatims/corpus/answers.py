"""Columns of the closed questions → the frame of answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims.bases import TICKED, UNTICKED
from verbatims.corpus.cells import Cell, reader
from verbatims.corpus.notes import Notes, Rows
from verbatims.frames import ANSWERS
from verbatims.model import Column, Kind, Question, Raw

Objects = npt.NDArray[np.object_]

BETWEEN = " › "  # between the item and the answer, in a grid of multiple choices


@dataclass(frozen=True)
class Piece:
    """The answers to one item: the rows that have one, and its value."""

    question: str
    item: str
    rows: Rows
    values: Objects


def pieces(question: Question, raw: Raw, notes: Notes) -> list[Piece]:
    """The answers of a closed question, item after item."""
    if question.answer_kind is not Kind.MULTI:
        return [_column(question, column, raw, notes) for column in question.columns]
    if question.separator:
        return [
            piece for column in question.columns for piece in _list(question, column, raw, notes)
        ]
    return _ticks(question, raw, notes)


def frame(found: Sequence[Piece], ids: Objects) -> pd.DataFrame:
    """The pieces one below the other, each row with its respondent."""
    if not found:
        return ANSWERS.empty()
    sizes = [len(piece.rows) for piece in found]
    columns = {
        "respondent_id": ids[np.concatenate([piece.rows for piece in found])],
        "question": np.repeat(_objects(piece.question for piece in found), sizes),
        "item": np.repeat(_objects(piece.item for piece in found), sizes),
        "value": np.concatenate([piece.values for piece in found]),
    }
    return pd.DataFrame(columns, copy=False)


def _column(question: Question, column: Column, raw: Raw, notes: Notes) -> Piece:
    codes, cells = _read(question, column, raw, notes)
    values = _objects(cell.answers[0] if cell.answers else None for cell in cells)
    rows = np.flatnonzero(_flags(bool(cell.answers) for cell in cells)[codes])
    return Piece(question.id, column.item, rows, values[codes[rows]])


def _list(question: Question, column: Column, raw: Raw, notes: Notes) -> list[Piece]:
    """One piece for each label, and for each answer found beyond the labels."""
    codes, cells = _read(question, column, raw, notes)
    rows = np.flatnonzero(_flags(bool(cell.answers) for cell in cells)[codes])
    labels = dict.fromkeys(question.labels)
    labels |= dict.fromkeys(answer for cell in cells for answer in cell.answers)
    before = f"{column.item}{BETWEEN}" if column.item else ""
    return [
        Piece(
            question.id,
            before + label,
            rows,
            _objects(TICKED if label in cell.answers else UNTICKED for cell in cells)[codes[rows]],
        )
        for label in labels
    ]


def _ticks(question: Question, raw: Raw, notes: Notes) -> list[Piece]:
    """One piece for each column; to tick one is to leave the blank ones unticked."""
    read = [_read(question, column, raw, notes) for column in question.columns]
    touched = np.zeros(len(raw.frame), dtype=bool)
    for codes, cells in read:
        touched |= _flags(not cell.blank for cell in cells)[codes]
    found = []
    for column, (codes, cells) in zip(question.columns, read, strict=True):
        clear = _flags(cell.blank or bool(cell.answers) for cell in cells)[codes]
        rows = np.flatnonzero(touched & clear)
        values = _objects(cell.answers[0] if cell.answers else UNTICKED for cell in cells)
        found.append(Piece(question.id, column.item, rows, values[codes[rows]]))
    return found


def _read(question: Question, column: Column, raw: Raw, notes: Notes) -> tuple[Rows, list[Cell]]:
    """Read each different cell once: the code of each row, and the cell that it stands for."""
    codes, uniques = pd.factorize(raw.frame[column.header])
    read = reader(question, column.item)
    cells = [read(cell) for cell in uniques]
    notes.doubts(column.header, codes, [cell.doubts for cell in cells])
    return codes, cells


def _flags(values: Iterable[bool]) -> npt.NDArray[np.bool_]:
    return np.fromiter(values, dtype=bool)


def _objects(values: Iterable[str | None]) -> Objects:
    listed = list(values)
    array = np.empty(len(listed), dtype="object")
    array[:] = listed
    return array
