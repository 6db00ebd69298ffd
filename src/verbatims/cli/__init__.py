"""The `verbatims` command: each subcommand reads its arguments and calls the study."""

import errno
import io
import sys

from verbatims.cli import (
    agreement,
    codebooks,
    merging,
    moving,
    planning,
    studies,
    team,
    words,
)
from verbatims.cli.console import STAGE_LABELS, app
from verbatims.errors import VerbatimsError
from verbatims.locale import typer, usage_error

__all__ = [
    "STAGE_LABELS",
    "agreement",
    "app",
    "codebooks",
    "main",
    "merging",
    "moving",
    "planning",
    "studies",
    "team",
    "words",
]

INTERRUPTED = 130  # what Typer gives back after Ctrl-C

_REASONS = {
    errno.ENOENT: "introuvable ; vérifiez le nom et le dossier.",
    errno.EISDIR: "c'est un dossier ; donnez un fichier.",
    errno.ENOTDIR: "un dossier est attendu.",
    errno.EEXIST: "existe déjà ; choisissez un autre nom.",
    errno.EACCES: "accès refusé ; vérifiez les droits.",
    errno.ENOSPC: "le disque est plein ; libérez de la place, puis recommencez.",
    errno.EROFS: "le disque est en lecture seule.",
}


def main() -> None:
    """Run the command; 0 when done, 1 for something the user can mend, 2 for a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        if app(standalone_mode=False) == INTERRUPTED:
            _complain("Interrompu. Ce qui était calculé est gardé : relancez pour finir.", code=1)
        sys.exit(0)
    except VerbatimsError as error:
        _complain(str(error), code=1)
    except OSError as error:
        _complain(f"{error.filename or 'Fichier'} : {_reason(error)}", code=1)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        message = usage_error(error)
        _complain(f"{message}\nPour l'aide : verbatims --help" if message else "", code=2)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"{error.strerror or error}.")


def _complain(text: str, *, code: int) -> None:
    if text:
        typer.echo(text, err=True)
    sys.exit(code)
