"""Results → the files of the report, all of them or none."""

from collections.abc import Callable
from pathlib import Path

from verbatims.export import agreement, csv_files
from verbatims.export.agreement import write_agreement
from verbatims.export.csv_files import write_rows
from verbatims.export.results import FRENCH, INTERNATIONAL, Dialect, Results
from verbatims.export.staging import publish
from verbatims.export.tables import NamedTable, write_tables

__all__ = [
    "FRENCH",
    "INTERNATIONAL",
    "WRITERS",
    "Dialect",
    "NamedTable",
    "Results",
    "Writer",
    "write",
    "write_agreement",
    "write_rows",
    "write_tables",
]

Writer = Callable[[Results, Path, Dialect], None]

WRITERS: dict[str, Writer] = {
    "frequences_themes.csv": csv_files.theme_frequencies,
    "codages.csv": csv_files.codings,
    "codages_details.csv": agreement.coding_details,
    "verbatims_codes.csv": csv_files.coded_verbatims,
    "passages.csv": csv_files.passages,
    "citations.csv": csv_files.quotes,
    "a_retenir.csv": csv_files.findings,
}


def write(results: Results, folder: Path, *, dialect: Dialect = FRENCH) -> list[Path]:
    """Write every file of `WRITERS` to `folder`; when one fails, the previous files stay."""

    def everything(staged: Path) -> list[str]:
        for name, writer in WRITERS.items():
            writer(results, staged / name, dialect)
        return list(WRITERS)

    return publish(folder, everything)
