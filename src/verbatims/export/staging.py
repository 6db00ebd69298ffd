"""Files written aside, then put in place together: all of them, or none."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from verbatims.errors import FileError
from verbatims.language import _


def publish(folder: Path, write: Callable[[Path], Sequence[str]]) -> list[Path]:
    """Have `write` fill a folder aside, and put the files it names in this one.

    When one cannot be written or replaced, those that were there before stay, all of them; raises
    FileError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".export-") as staging:
            staged = Path(staging)
            names = write(staged)
            _replace(staged, folder, names)
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
    return [folder / name for name in names]


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
