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
    tables,
    team,
    words,
)
from verbatims.cli.console import STAGE_LABELS, app
from verbatims.cli.usage import typer, usage_error
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _

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
    "tables",
    "team",
    "words",
]

INTERRUPTED = 130  # what Typer gives back after Ctrl-C

_REASONS = {
    errno.ENOENT: N_("introuvable ; vérifiez le nom et le dossier."),
    errno.EISDIR: N_("c'est un dossier ; donnez un fichier."),
    errno.ENOTDIR: N_("un dossier est attendu."),
    errno.EEXIST: N_("existe déjà ; choisissez un autre nom."),
    errno.EACCES: N_("accès refusé ; vérifiez les droits."),
    errno.ENOSPC: N_("le disque est plein ; libérez de la place, puis recommencez."),
    errno.EROFS: N_("le disque est en lecture seule."),
}


def main() -> None:
    """Run the command; 0 when done, 1 for something the user can mend, 2 for a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        if app(standalone_mode=False) == INTERRUPTED:
            _complain(
                _("Interrompu. Ce qui était calculé est gardé : relancez pour finir."), code=1
            )
        sys.exit(0)
    except VerbatimsError as error:
        _complain(str(error), code=1)
    except OSError as error:
        file = error.filename or _("Fichier")
        _complain(_("{place} : {message}", place=file, message=_reason(error)), code=1)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        message = usage_error(error)
        help_ = _("Pour l'aide : verbatims --help")
        _complain(f"{message}\n{help_}" if message else "", code=2)


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else f"{error.strerror or error}."


def _complain(text: str, *, code: int) -> None:
    if text:
        typer.echo(text, err=True)
    sys.exit(code)
