"""The database of a study, wherever it is kept: made, brought up to date, refused if not ours."""

from secrets import token_hex
from typing import Protocol

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.schema import CreateIndex, CreateTable

from verbatims.errors import FileError
from verbatims.frames import TEXT_CHANGED
from verbatims.language import _
from verbatims.store import tables
from verbatims.store.base import insert_new, take_turn

SCHEMA = 5  # the number of the tables as they are: one more at each change


class Database(Protocol):
    """What each engine does its own way."""

    engine: Engine
    name: str  # as errors call it

    def schema(self, connection: Connection) -> int:
        """The number of its tables; raise FileError when they are not those of a study."""

    def stamp(self, connection: Connection) -> None:
        """Write that its tables are those of number SCHEMA."""


def create(database: Database, study_id: str) -> None:
    """Make every table in an empty place, and name the study."""
    with database.engine.begin() as connection:
        make_tables(database, connection)
        _name(connection, study_id)


def make_tables(database: Database, connection: Connection) -> None:
    tables.metadata.create_all(connection, checkfirst=False)
    database.stamp(connection)


def upgrade(database: Database) -> None:
    """Bring an older study up to date, were several to try at once; refuse a later one."""
    with database.engine.connect() as connection:
        schema = database.schema(connection)
    if schema in range(1, SCHEMA):
        with database.engine.begin() as connection:
            take_turn(connection)
            _add(connection)
            database.stamp(connection)
    elif schema != SCHEMA:
        raise FileError(
            _(
                "« {name} » a été faite par une autre version de Verbatims (base n° {schema}, "
                "celle-ci lit la n° {own}). Ouvrez-la avec cette version-là.",
                name=database.name,
                schema=schema,
                own=SCHEMA,
            )
        )


def _add(connection: Connection) -> None:
    """What numbers 2 to 5 brought."""
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    if "queue" not in {column["name"] for column in inspect(connection).get_columns("decisions")}:
        connection.exec_driver_sql(
            "ALTER TABLE decisions ADD COLUMN queue VARCHAR DEFAULT '' NOT NULL"
        )
    _list_gestures(connection)
    _name(connection, token_hex(16))


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


def _name(connection: Connection, study_id: str) -> None:
    """Give the study its id, and the secret that signs who is who in it."""
    own = [{"name": "id", "value": study_id}, {"name": "secret", "value": token_hex(32)}]
    insert_new(connection, tables.settings.c.name, own)
