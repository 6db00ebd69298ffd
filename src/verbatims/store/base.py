"""What each part of the store is made of: an engine, and ways to read and write with it."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.dialects import postgresql, sqlite


class Base:
    """A part of the store, by its engine."""

    engine: Engine

    def _frame(self, query: Select[Any]) -> pd.DataFrame:
        with self.engine.connect() as connection:
            result = connection.execute(query)
            return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def _write(self, statement: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(statement)


def insert_new(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there already; whether it was new."""
    own = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = own.insert(table).values(row).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)
