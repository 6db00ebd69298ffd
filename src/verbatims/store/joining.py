"""What coders did in another study joins what they did in this one, in one transaction."""

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, Table, delete, select

from verbatims.errors import StudyError
from verbatims.language import _
from verbatims.store import sources, tables
from verbatims.store.base import Base

# Logs, whose lines have a number that says their order; and rows without order.
LOGS = (
    *(tables.gestures, tables.decisions, tables.adjudications, tables.memos, tables.flags),
    tables.findings,
)
ROWS = (tables.spans, tables.picks, tables.codebooks)


class Joining(Base):
    """The work of coders as a whole."""

    def work(self) -> dict[str, pd.DataFrame]:
        """All that coders did, by table: every line of each log in order, as it is stored."""
        with self.engine.connect() as connection:
            return {table.name: _all(connection, table) for table in (*LOGS, *ROWS)}

    def join_work(
        self, joined: Mapping[str, pd.DataFrame], *, seen: Mapping[str, pd.DataFrame]
    ) -> None:
        """Put lines among those of the logs, and add rows; nothing else changes but numbers.

        In `joined`, a log is there whole, in its new order, and its new lines have no number; other
        tables have their new rows only. `seen` is the work it was made from: raise StudyError when
        somebody has worked since.
        """
        with self._writing() as connection:
            for table in LOGS:
                if len(_all(connection, table)) != len(seen[table.name]):
                    raise StudyError(
                        _(
                            "Quelqu'un a codé dans l'étude pendant la fusion : rien n'a changé. "
                            "Recommencez."
                        )
                    )
                _put_in_order(connection, table, joined[table.name])
            for table in ROWS:
                sources.insert_frame(connection, table, joined[table.name])


def _all(connection: Connection, table: Table) -> pd.DataFrame:
    result = connection.execute(select(table).order_by(*table.primary_key.columns))
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def _put_in_order(connection: Connection, table: Table, lines: pd.DataFrame) -> None:
    """As from the first new line, all are written again, with higher numbers."""
    new = lines["number"].isna()
    if not new.any():
        return
    tail = lines.iloc[int(new.to_numpy().argmax()) :]
    if tail["number"].notna().any():
        connection.execute(delete(table).where(table.c.number >= int(tail["number"].min())))
    sources.insert_frame(connection, table, tail.drop(columns="number"))
