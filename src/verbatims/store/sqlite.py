"""A study kept in its folder: a SQLite file, and an engine that gives advice."""

from functools import partial
from pathlib import Path
from typing import Any
from weakref import finalize

from sqlalchemy import URL, Connection, ExceptionContext, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError

from verbatims.errors import FileError, StudyError
from verbatims.language import N_, _
from verbatims.store.base import refuse_half
from verbatims.store.database import SCHEMA

PATIENCE = 15_000  # milliseconds to wait for those who write

_APPLICATION = 0x76657262  # what marks a SQLite file as ours ("verb")

# What SQLite says → what the analyst can do.
_ADVICE = (
    ("locked", N_("elle est occupée par un autre programme ; réessayez dans un instant.")),
    ("full", N_("le disque est plein ; libérez de la place, puis recommencez.")),
    ("readonly", N_("elle est en lecture seule ; vérifiez les droits du dossier.")),
    ("unable to open", N_("impossible de l'ouvrir en écriture ; vérifiez les droits du dossier.")),
    ("disk i/o", N_("le disque ne répond pas, ou il est plein ou en lecture seule.")),
    ("malformed", N_("elle est abîmée ; reprenez une copie de sauvegarde du dossier.")),
    ("not a database", N_("ce n'est pas une base d'étude ; reprenez une copie de sauvegarde.")),
)


class File:
    """The SQLite file of a study."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        # the parameters are people's answers: no error may print them
        url = URL.create("sqlite", database=str(path))
        self.engine = create_engine(url, hide_parameters=True)
        event.listen(self.engine, "handle_error", partial(_advise, self.name))
        event.listen(self.engine, "connect", _configure)
        finalize(self, self.engine.dispose)

    def schema(self, connection: Connection) -> int:
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != _APPLICATION:
            raise FileError(
                _("« {name} » n'est pas la base d'une étude de Verbatims.", name=self.name)
            )
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def stamp(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")

    def share(self) -> None:
        """Let some read while one writes; it stays with the file."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    def keep_to_oneself(self) -> None:
        """One whole file, which nobody else has open; raise StudyError when somebody has."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        except FileError as error:
            raise StudyError(
                _(
                    "L'étude est ouverte ailleurs : fermez l'application et les autres commandes, "
                    "puis recommencez. Rien n'a changé."
                )
            ) from error


def _advise(name: str, context: ExceptionContext) -> None:
    refuse_half(context.original_exception)
    said = str(context.original_exception)
    if isinstance(context.sqlalchemy_exception, IntegrityError):
        raise StudyError(_("L'étude refuse cette écriture, qui ne lui va pas ({said}).", said=said))
    if isinstance(context.sqlalchemy_exception, DatabaseError):
        raise FileError(_("« {name} » : {advice}", name=name, advice=_advice(said)))


def _advice(said: str) -> str:
    known = (_(advice) for clue, advice in _ADVICE if clue in said.lower())
    return next(known, _("erreur de la base ({said}).", said=said))


def _configure(connection: Any, _record: Any) -> None:
    for pragma in (f"busy_timeout={PATIENCE}", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
