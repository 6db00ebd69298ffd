"""Tables → one XLSX workbook: a summary, then a sheet per table with its base and its notes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from verbatims.export.csv_files import Cell
from verbatims.export.sheets import Column, Figure, Sheet, sheet_of, tests_of
from verbatims.language import _
from verbatims.model import Table

SUMMARY = "Sommaire"
LONGEST = 31  # characters of the name of a sheet, as Excel has it
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
WIDTHS = {Figure.TEXT: 34, Figure.COUNT: 10, Figure.SHARE: 12, Figure.NUMBER: 12, Figure.FINE: 11}
ALWAYS = datetime(2000, 1, 1)  # what the file says of when it was made: the same bytes every time

FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": "#4a5560"},
    "link": {"font_color": "#1f4e79", "underline": 1},
    "heading": {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bg_color": "#e1e5ea",
    },
    Figure.TEXT: {"valign": "top"},
    Figure.COUNT: {"num_format": "# ##0"},
    Figure.SHARE: {"num_format": "0%"},
    Figure.NUMBER: {"num_format": "0.00"},
    Figure.FINE: {"num_format": "0.0000"},
}


def write(tables: Sequence[tuple[str, Table]], path: Path) -> None:
    """Write the workbook; a text is never taken for a formula, whatever it begins with."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": ALWAYS})
        formats = {name: book.add_format(how) for name, how in FORMATS.items()}
        summary = book.add_worksheet(SUMMARY)
        names = _sheet_names([name for name, _table in tables])
        for name, (_stem, table) in zip(names, tables, strict=True):
            _add(book.add_worksheet(name), table, formats)
        _summarise(
            summary,
            [(name, table) for name, (_stem, table) in zip(names, tables, strict=True)],
            formats,
        )


def _summarise(sheet: Any, tables: Sequence[tuple[str, Table]], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 90)
    sheet.set_column(1, 1, 14)
    sheet.write_string(0, 0, _("Tableaux"), formats["title"])
    sheet.write_string(2, 0, _("Tableau"), formats["heading"])
    sheet.write_string(2, 1, _("Répondants"), formats["heading"])
    for row, (name, table) in enumerate(tables, 3):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], table.title[:250])
        sheet.write_number(row, 1, table.base.answered, formats[Figure.COUNT])
    sheet.freeze_panes(3, 0)


def _add(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, table.title, formats["title"])
    for row, note in enumerate(table.notes, 1):
        sheet.write_string(row, 0, note, formats["note"])
    top = len(table.notes) + 2
    shown = sheet_of(table)
    sheet.freeze_panes(top + 1, _texts(shown.columns))
    row = _fill(sheet, shown, top, formats)
    if tests := tests_of(table):
        sheet.write_string(row + 1, 0, _("Tests"), formats["title"])
        _fill(sheet, tests, row + 2, formats)


def _fill(sheet: Any, shown: Sheet, top: int, formats: Mapping[str, Any]) -> int:
    """Write headings and cells from a row on; the first row that is free after them."""
    for at, column in enumerate(shown.columns):
        sheet.set_column(at, at, WIDTHS[column.kind])
        sheet.write_string(top, at, column.heading, formats["heading"])
    for row, cells in enumerate(shown.cells, top + 1):
        for at, (column, value) in enumerate(zip(shown.columns, cells, strict=True)):
            _write(sheet, (row, at), value, formats[column.kind])
    return top + 1 + len(shown.cells)


def _write(sheet: Any, place: tuple[int, int], value: Cell, how: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(*place, value, how)
    elif value is not None:
        sheet.write_number(*place, value, how)


def _texts(columns: Sequence[Column]) -> int:
    """How many columns of text come first: those that stay in sight."""
    for at, column in enumerate(columns):
        if column.kind is not Figure.TEXT:
            return at
    return 0


def _sheet_names(stems: Sequence[str]) -> list[str]:
    """Names that Excel takes: short, without what it forbids, each once whatever its case."""
    taken = {SUMMARY.casefold()}
    names = []
    for stem in stems:
        wanted = stem.translate(FORBIDDEN)
        name, again = wanted[:LONGEST], 1
        while name.casefold() in taken:
            again += 1
            suffix = f"~{again}"
            name = wanted[: LONGEST - len(suffix)] + suffix
        taken.add(name.casefold())
        names.append(name)
    return names
