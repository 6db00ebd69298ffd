"""A study's SQLite file → an engine that speaks French; made, checked and brought up to date."""

from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from verbatims.errors import FileError, StudyError
from verbatims.frames import TEXT_CHANGED
from verbatims.store import tables
from verbatims.store.base import insert_new

# What marks a SQLite file as ours ("verb"), and the number of its schema: one more at each change.
APPLICATION, SCHEMA = 0x76657262, 4

# What SQLite says → what the analyst can do.
_ADVICE = (
    ("locked", "elle est occupée par un autre programme ; réessayez dans un instant."),
    ("full", "le disque est plein ; libérez de la place, puis recommencez."),
    ("readonly", "elle est en lecture seule ; vérifiez les droits du dossier."),
    ("unable to open", "impossible de l'ouvrir en écriture ; vérifiez les droits du dossier."),
    ("disk i/o", "le disque ne répond pas, ou il est plein ou en lecture seule."),
    ("malformed", "elle est abîmée ; reprenez une copie de sauvegarde du dossier."),
    ("not a database", "ce n'est pas une base d'étude ; reprenez une copie de sauvegarde."),
)


def create(engine: Engine) -> None:
    """Make every table in an empty file."""
    with engine.connect() as connection:  # it stays with the file
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        _name(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def upgrade(engine: Engine, path: Path) -> None:
    """Bring an older study up to date, were several to try at once; refuse a later one."""
    with engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if application != APPLICATION:
        raise FileError(f"« {path} » n'est pas la base d'une étude de Verbatims.")
    if schema in range(1, SCHEMA):
        with engine.begin() as connection:
            _add(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    elif schema != SCHEMA:
        raise FileError(
            f"« {path} » a été faite par une autre version de Verbatims (base n° {schema}, "
            f"celle-ci lit la n° {SCHEMA}). Ouvrez-la avec cette version-là."
        )


def _add(connection: Connection) -> None:
    """What numbers 2, 3 and 4 brought."""
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    if "queue" not in {column["name"] for column in inspect(connection).get_columns("decisions")}:
        connection.exec_driver_sql(
            "ALTER TABLE decisions ADD COLUMN queue VARCHAR DEFAULT '' NOT NULL"
        )
    _list_gestures(connection)
    _name(connection)


def _list_gestures(connection: Connection) -> None:
    """The gestures made before number 4, which lists them."""
    own = tables.decisions.c
    first = func.min(own.number)
    columns = (own.gesture, own.coder, func.min(own.verbatim_id), func.min(own.made_at))
    known = select(tables.gestures.c.uid)
    made = select(*columns).where(own.gesture != TEXT_CHANGED, own.gesture.not_in(known))
    names = ["uid", "coder", "verbatim_id", "made_at"]
    grouped = made.group_by(own.gesture, own.coder).order_by(first)
    connection.execute(insert(tables.gestures).from_select(names, grouped))


def _name(connection: Connection) -> None:
    """Give the study an id, and the secret that signs who is who in it."""
    for name, value in (("id", uuid4().hex), ("secret", token_hex(32))):
        insert_new(connection, tables.settings, {"name": name, "value": value})


def engine(path: Path) -> Engine:
    # the parameters are people's answers: no error may print them
    made = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)

    @event.listens_for(made, "handle_error")
    def _advise(context: ExceptionContext) -> None:
        said = str(context.original_exception)
        if isinstance(context.sqlalchemy_exception, IntegrityError):
            raise StudyError(f"L'étude refuse cette écriture, qui ne lui va pas ({said}).")
        if isinstance(context.sqlalchemy_exception, DatabaseError):
            known = (advice for clue, advice in _ADVICE if clue in said.lower())
            raise FileError(f"« {path} » : {next(known, f'erreur de la base ({said}).')}")

    @event.listens_for(made, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        for pragma in ("busy_timeout=5000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return made
