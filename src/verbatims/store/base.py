"""What each part of the store is made of: an engine, and ways to read and write with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, Engine, Select
from sqlalchemy.dialects import postgresql, sqlite

from verbatims.errors import StudyError
from verbatims.language import _

# What a transaction that writes says first: those who write come one after another, so that the
# numbers of a log follow the order in which its lines could be read. (0x76657262 is "verb".)
_TURN = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(1986359906, hashtext(current_schema()))",
}


class Base:
    """A part of the store, by its engine."""

    engine: Engine

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes, alone to do so in this study."""
        with self.engine.begin() as connection:
            take_turn(connection)
            yield connection

    def _frame(self, query: Select[Any]) -> pd.DataFrame:
        with self.engine.connect() as connection:
            result = connection.execute(query)
            return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def _write(self, statement: Any) -> None:
        with self._writing() as connection:
            connection.execute(statement)


def refuse_half(error: BaseException | None) -> None:
    """Raise StudyError for what no file can hold: a browser may send half an emoji."""
    if isinstance(error, UnicodeEncodeError):
        raise StudyError(
            _(
                "Un texte contient une moitié de caractère, reste d'un émoji coupé en deux : "
                "effacez-la, puis recommencez. Rien n'a été écrit."
            )
        )


def take_turn(connection: Connection) -> None:
    """Wait until no one else writes in this study; until the transaction ends, no one will."""
    connection.exec_driver_sql(_TURN[connection.dialect.name])


def insert_new(connection: Connection, key: Column[Any], rows: list[dict[str, Any]]) -> list[Any]:
    """Insert the rows whose key is not in its table already; the keys of those."""
    own = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = own.insert(key.table).on_conflict_do_nothing().returning(key)
    return list(connection.execute(statement, rows).scalars()) if rows else []
