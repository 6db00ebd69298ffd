"""Tables → a CSV each, one workbook with them all, and their drawings."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verbatims.export import pictures, workbook
from verbatims.export.csv_files import BETWEEN, write_rows
from verbatims.export.results import FRENCH, INTERNATIONAL, Dialect
from verbatims.export.sheets import Sheet, sheet_of, tests_of
from verbatims.export.staging import publish
from verbatims.model import Progress, Table, silent

if TYPE_CHECKING:
    import altair as alt

INDEX, WORKBOOK = "tableaux.csv", "tableaux.xlsx"
TESTS = "_tests"

HEADER = (
    *("fichier", "titre", "base sollicités", "base répondu", "base sans contenu", "base blanc"),
    *("base codés", "remarques"),
)


@dataclass(frozen=True)
class NamedTable:
    """A table, the name of its files, and how to draw it."""

    name: str
    table: Table
    draw: "Callable[[], alt.LayerChart] | None" = None


def write_tables(
    tables: Sequence[NamedTable],
    folder: Path,
    *,
    dialect: Dialect = FRENCH,
    progress: Progress = silent,
) -> list[Path]:
    """Write the tables to `folder`, with an index that says their titles, bases and notes.

    The same tables give the same bytes. All is written, or nothing; what the index of a former
    time names and this one does not is removed. Raises FileError.
    """

    def everything(staged: Path) -> list[str]:
        names = [INDEX, WORKBOOK]
        for done, each in enumerate(tables):
            progress(done, len(tables))
            names += _write(each, staged, dialect)
        write_rows(staged / INDEX, HEADER, [_indexed(each) for each in tables], dialect)
        workbook.write([(each.name, each.table) for each in tables], staged / WORKBOOK)
        progress(len(tables), len(tables))
        return names

    before = _formerly(folder)
    written = publish(folder, everything)
    for name in before.difference(path.name for path in written):
        (folder / name).unlink(missing_ok=True)
    return written


def _write(named: NamedTable, folder: Path, dialect: Dialect) -> list[str]:
    """The CSV of a table, that of its tests, and its drawing; their names."""
    sheets = {named.name: sheet_of(named.table)}
    if tests := tests_of(named.table):
        sheets[named.name + TESTS] = tests
    for name, sheet in sheets.items():
        _write_sheet(sheet, folder / f"{name}.csv", dialect)
    drawn = pictures.write(named.draw(), folder / named.name) if named.draw else []
    return [*(f"{name}.csv" for name in sheets), *drawn]


def _write_sheet(sheet: Sheet, path: Path, dialect: Dialect) -> None:
    write_rows(path, [column.written for column in sheet.columns], sheet.written, dialect)


def _indexed(named: NamedTable) -> list[str | int]:
    base = named.table.base
    counts = (base.asked, base.answered, base.empty, base.blank, base.coded)
    return [named.name, named.table.title, *counts, BETWEEN.join(named.table.notes)]


def _formerly(folder: Path) -> set[str]:
    """The files that the index of the folder names, none of another's."""
    index = folder / INDEX
    if not index.is_file():
        return set()
    text = index.read_text("utf-8-sig", errors="replace")
    separators = {dialect.separator for dialect in (FRENCH, INTERNATIONAL)}
    read = [list(csv.reader(io.StringIO(text), delimiter=one)) for one in sorted(separators)]
    rows = next((rows for rows in read if rows and tuple(rows[0]) == HEADER), [])
    stems = [row[0] for row in rows[1:] if row and Path(row[0]).name == row[0]]
    endings = (".csv", f"{TESTS}.csv", *pictures.ENDINGS)
    return {f"{stem}{ending}" for stem in stems for ending in endings}
