"""Workbook (XLSX, XLS, ODS) → raw frame of one of its sheets."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from verbatims.errors import FileError, Problem, named_texts, printable
from verbatims.importers import table
from verbatims.language import _, lasting, ngettext
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

_LONG = 1e15  # a workbook keeps 15 digits of a number: the end of a longer identifier is lost
_OLE = b"\xd0\xcf\x11\xe0"  # old workbooks, and new ones under a password


def read(path: Path, *, sheet: str = "") -> Raw:
    """Read the sheet named, or the first that looks like answers; the headers are its first row."""
    file = printable(path.name)
    try:
        if path.stat().st_size == 0:
            raise FileError(_("Le fichier « {file} » est vide.", file=file))
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = _sheets(workbook)
        chosen = _chosen(sheets, sheet, file)
        long: Counter[int] = Counter()
        raw = table.raw(
            _rows(chosen, long),
            file=file,
            origin=lasting(partial(_from_sheet, chosen.name)),
            problems=_about_sheets(sheets, chosen, _hidden(workbook), file),
        )
    except CalamineError as error:
        raise FileError(_advice(path, error)) from error
    return replace(raw, problems=(*raw.problems, *_long_numbers(long, raw)))


def _from_sheet(name: str) -> str:
    return _("classeur, feuille « {sheet} »", sheet=name)


def _sheets(workbook: CalamineWorkbook) -> list[CalamineSheet]:
    """The sheets that hold something, the visible ones first."""
    hidden = _hidden(workbook)
    names = sorted(workbook.sheet_names, key=lambda name: name in hidden)
    sheets = [workbook.get_sheet_by_name(name) for name in names]
    return [sheet for sheet in sheets if sheet.start is not None]


def _hidden(workbook: CalamineWorkbook) -> set[str]:
    sheets = workbook.sheets_metadata
    return {sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible}


def _chosen(sheets: list[CalamineSheet], name: str, file: str) -> CalamineSheet:
    if not sheets:
        raise FileError(_("Toutes les feuilles du classeur « {file} » sont vides.", file=file))
    if not name:
        # A page of notes in one column often comes before the answers.
        return next((s for s in sheets if s.width > 1 and s.height > 1), sheets[0])
    for sheet in sheets:
        if sheet.name == name:
            return sheet
    names = ", ".join(_("« {text} »", text=sheet.name) for sheet in sheets)
    raise FileError(
        _(
            "Le classeur « {file} » n'a pas de feuille « {sheet} ». Feuilles : {sheets}.",
            file=file,
            sheet=name,
            sheets=names,
        )
    )


def _about_sheets(
    sheets: list[CalamineSheet], chosen: CalamineSheet, hidden: set[str], file: str
) -> list[Problem]:
    """What the analyst may not know of the sheet read: that it is hidden, or not alone."""
    messages = []
    if chosen.name in hidden:
        messages.append(
            _("la feuille lue, « {sheet} », est masquée dans le classeur.", sheet=chosen.name)
        )
    if others := [sheet.name for sheet in sheets if sheet.name != chosen.name]:
        messages.append(
            ngettext(
                "seule la feuille « {sheet} » est lue ; le classeur a {n} autre feuille : "
                "{others}. Pour en lire une autre, enregistrez-la seule.",
                "seule la feuille « {sheet} » est lue ; le classeur a {n} autres feuilles : "
                "{others}. Pour en lire une autre, enregistrez-la seule.",
                len(others),
                sheet=chosen.name,
                others=named_texts(others),
            )
        )
    return [Problem(message, file=file, severity="warning") for message in messages]


def _rows(sheet: CalamineSheet, long: Counter[int]) -> Iterator[table.NumberedRow]:
    """The cells as text; `long` counts by column the numbers that lost their last digits."""
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        long.update(
            column
            for column, cell in enumerate(cells)
            if isinstance(cell, float) and abs(cell) >= _LONG
        )
        yield line, [cell if isinstance(cell, str) else _written(cell) for cell in cells]


def _long_numbers(long: Counter[int], raw: Raw) -> list[Problem]:
    return [
        Problem(
            ngettext(
                "{n} nombre de plus de 15 chiffres, dont la fin est perdue : dans le classeur, "
                "mettez la colonne en texte, puis écrivez de nouveau ces nombres.",
                "{n} nombres de plus de 15 chiffres, dont la fin est perdue : dans le classeur, "
                "mettez la colonne en texte, puis écrivez de nouveau ces nombres.",
                times,
            ),
            file=raw.file,
            column=raw.frame.columns[column],
            severity="warning",
        )
        for column, times in sorted(long.items())
    ]


def _written(cell: Cell) -> str:
    """A cell as an analyst would type it: 4 and not 4.0, dates as 2025-01-31."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LONG else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _advice(path: Path, error: CalamineError) -> str:
    file = printable(path.name)
    locked = isinstance(error, PasswordError)
    if not locked and path.suffix.lower() == ".xlsx":
        with path.open("rb") as content:
            locked = content.read(4) == _OLE
    if locked:
        return _(
            "Le classeur « {file} » est protégé par un mot de passe (ou c'est un ancien .xls "
            "renommé) : ouvrez-le et réenregistrez-le en .xlsx sans protection.",
            file=file,
        )
    return _(
        "Le classeur « {file} » est abîmé, coupé, ou n'est pas un classeur : ouvrez-le dans "
        "votre tableur et réenregistrez-le en .xlsx ou en CSV UTF-8.",
        file=file,
    )
