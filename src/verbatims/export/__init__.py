"""Results → the files of the report, all of them or none."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from verbatims.errors import FileError
from verbatims.export import agreement, csv_files
from verbatims.export.agreement import write_agreement
from verbatims.export.csv_files import write_rows
from verbatims.export.results import FRENCH, INTERNATIONAL, Dialect, Results
from verbatims.language import _

__all__ = [
    "FRENCH",
    "INTERNATIONAL",
    "WRITERS",
    "Dialect",
    "Results",
    "Writer",
    "write",
    "write_agreement",
    "write_rows",
]

Writer = Callable[[Results, Path, Dialect], None]

WRITERS: dict[str, Writer] = {
    "frequences_themes.csv": csv_files.theme_frequencies,
    "codages.csv": csv_files.codings,
    "codages_details.csv": agreement.coding_details,
    "verbatims_codes.csv": csv_files.coded_verbatims,
    "passages.csv": csv_files.passages,
    "citations.csv": csv_files.quotes,
}


def write(results: Results, folder: Path, *, dialect: Dialect = FRENCH) -> list[Path]:
    """Write every file of `WRITERS` to `folder`; when one fails, the previous files stay."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".export-") as staging:
            staged = Path(staging)
            for name, writer in WRITERS.items():
                writer(results, staged / name, dialect)
            _replace(staged, folder, tuple(WRITERS))
    except OSError as error:
        raise FileError(
            _(
                "Impossible d'écrire dans le dossier « {folder} » ({error}). Vérifiez qu'il est "
                "accessible en écriture et qu'il reste de la place, ou choisissez un autre "
                "dossier.",
                folder=folder,
                error=error.strerror or error,
            )
        ) from error
    return [folder / name for name in WRITERS]


def _replace(staged: Path, folder: Path, names: Sequence[str]) -> None:
    """Put the staged files in place; at the first that cannot be, put the previous ones back."""
    before = staged / "before"
    before.mkdir()
    for name in names:
        if (folder / name).exists():
            shutil.copy2(folder / name, before / name)
    for done, name in enumerate(names):
        try:
            os.replace(staged / name, folder / name)
        except OSError as error:
            _restore(before, folder, names[:done])
            raise FileError(
                _(
                    "Impossible de remplacer « {file} » : le fichier est sans doute ouvert dans un "
                    "tableur. Fermez-le, puis recommencez ; les fichiers précédents sont restés "
                    "comme ils étaient.",
                    file=folder / name,
                )
            ) from error


def _restore(before: Path, folder: Path, names: Sequence[str]) -> None:
    for name in names:
        if (before / name).exists():
            os.replace(before / name, folder / name)
        else:
            (folder / name).unlink()
