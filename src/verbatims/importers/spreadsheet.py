"""Workbook (XLSX, XLS, ODS) → raw frame of one of its sheets."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from verbatims.errors import FileError, Problem
from verbatims.importers import table
from verbatims.model import Raw

Cell = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)

_OLE = b"\xd0\xcf\x11\xe0"  # old workbooks, and new ones under a password


def read(path: Path, *, sheet: str = "") -> Raw:
    """Read the sheet named, or the first that looks like answers; the headers are its first row."""
    try:
        sheets = _sheets(path)
        chosen = _chosen(sheets, sheet, path.name)
        return table.raw(
            _rows(chosen),
            file=path.name,
            origin=f"classeur, feuille « {chosen.name} »",
            problems=_others(sheets, chosen, path.name),
        )
    except CalamineError as error:
        raise FileError(_advice(path, error)) from error


def _sheets(path: Path) -> list[CalamineSheet]:
    """The sheets that hold something, the visible ones first."""
    if path.stat().st_size == 0:
        raise FileError(f"Le fichier « {path.name} » est vide.")
    workbook = CalamineWorkbook.from_path(str(path))
    hidden = [data.visible != SheetVisibleEnum.Visible for data in workbook.sheets_metadata]
    order = sorted(range(len(hidden)), key=lambda index: hidden[index])
    sheets = [workbook.get_sheet_by_index(index) for index in order]
    return [sheet for sheet in sheets if sheet.start is not None]


def _chosen(sheets: list[CalamineSheet], name: str, file: str) -> CalamineSheet:
    if not sheets:
        raise FileError(f"Toutes les feuilles du classeur « {file} » sont vides.")
    if not name:
        # A page of notes in one column often comes before the answers.
        return next((s for s in sheets if s.width > 1 and s.height > 1), sheets[0])
    for sheet in sheets:
        if sheet.name == name:
            return sheet
    names = ", ".join(f"« {sheet.name} »" for sheet in sheets)
    raise FileError(f"Le classeur « {file} » n'a pas de feuille « {name} ». Feuilles : {names}.")


def _others(sheets: list[CalamineSheet], chosen: CalamineSheet, file: str) -> list[Problem]:
    names = [f"« {sheet.name} »" for sheet in sheets if sheet.name != chosen.name]
    if not names:
        return []
    message = (
        f"seule la feuille « {chosen.name} » est lue ; {len(names)} autre(s) feuille(s) "
        f"contiennent quelque chose : {', '.join(names)}."
    )
    return [Problem(message, file=file, severity="warning")]


def _rows(sheet: CalamineSheet) -> Iterator[table.NumberedRow]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield line, [cell if isinstance(cell, str) else _written(cell) for cell in cells]


def _written(cell: Cell) -> str:
    """A cell as an analyst would type it: 4 and not 4.0, dates as 2025-01-31."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _advice(path: Path, error: CalamineError) -> str:
    locked = isinstance(error, PasswordError)
    if not locked and path.suffix.lower() == ".xlsx":
        with path.open("rb") as file:
            locked = file.read(4) == _OLE
    if locked:
        return (
            f"Le classeur « {path.name} » est protégé par un mot de passe (ou c'est un ancien .xls "
            "renommé) : ouvrez-le et réenregistrez-le en .xlsx sans protection."
        )
    return (
        f"Le classeur « {path.name} » est abîmé, coupé, ou n'est pas un classeur : ouvrez-le dans "
        "votre tableur et réenregistrez-le en .xlsx ou en CSV UTF-8."
    )
