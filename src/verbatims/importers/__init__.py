"""Survey file → raw frame, by the reader that its suffix names."""

from collections.abc import Callable
from pathlib import Path

from verbatims.errors import FileError, printable
from verbatims.importers import delimited, spreadsheet
from verbatims.language import _
from verbatims.model import Raw

Reader = Callable[[Path], Raw]

READERS: dict[str, Reader] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".txt": delimited.read,
    ".xlsx": spreadsheet.read,
    ".xls": spreadsheet.read,
    ".ods": spreadsheet.read,
}


def read(path: Path) -> Raw:
    """Read a survey file, cells as they are written; a text file may be compressed (.csv.gz)."""
    reader = _reader(path)
    if not path.exists():
        raise FileError(
            _(
                "Le fichier « {file} » n'existe pas : vérifiez son nom et son dossier.",
                file=printable(path),
            )
        )
    if path.is_dir():
        raise FileError(
            _(
                "« {folder} » est un dossier : indiquez le fichier de l'enquête.",
                folder=printable(path),
            )
        )
    try:
        return reader(path)
    except OSError as error:
        raise FileError(
            _(
                "Le fichier « {file} » ne peut pas être lu ({error}). Fermez-le s'il est ouvert "
                "ailleurs, et vérifiez vos droits.",
                file=printable(path.name),
                error=error.strerror or error,
            )
        ) from error


def _reader(path: Path) -> Reader:
    suffix = path.suffix.lower()
    readers = READERS
    if suffix == ".gz":
        suffix = Path(path.stem).suffix.lower()
        readers = {text: READERS[text] for text in (".csv", ".tsv", ".txt")}
    if suffix not in readers:
        raise FileError(
            _(
                "Le format du fichier « {file} » n'est pas reconnu. Formats lus : {formats} "
                "(et .csv.gz). Réenregistrez l'enquête dans l'un d'eux.",
                file=printable(path.name),
                formats=", ".join(READERS),
            )
        )
    return readers[suffix]
