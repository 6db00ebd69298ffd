"""What the analyst accepted unread, in batches that can be taken back."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import func, insert, select

from verbatims.errors import StudyError
from verbatims.frames import ACCEPTANCES
from verbatims.language import _
from verbatims.store import sources, tables
from verbatims.store.base import Base
from verbatims.store.sources import now


class Accepting(Base):
    """Batches of suggestions."""

    def accept(
        self, theme: str, rows: pd.DataFrame, *, about: Mapping[str, Any], author: str
    ) -> int:
        """Accept suggestions together: `rows` as ACCEPTANCES, but for the batch it gives.

        `theme` is "" for a batch over all of them; `about` is what was measured and promised.
        """
        said = json.dumps(about, ensure_ascii=False, sort_keys=True)
        batch = {"theme": theme, "about": said, "author": author, "made_at": now()}
        with self._writing() as connection:
            made = insert(tables.batches).values(**batch).returning(tables.batches.c.number)
            number: int = connection.execute(made).scalar_one()
            accepted = ACCEPTANCES.check(rows.assign(batch=number))
            sources.insert_frame(connection, tables.acceptances, accepted)
        return number

    def take_back(self, batch: int, *, author: str) -> None:
        """Take a whole batch back, by one more line; raise StudyError when it does not stand."""
        batches = self.batches()
        own = batches[(batches["number"] == batch) & ~batches["taken_back"]]
        if own.empty:
            raise StudyError(
                _(
                    "Le lot n° {batch} n'existe pas ou a déjà été repris : rouvrez la page pour "
                    "voir les lots qui comptent.",
                    batch=batch,
                )
            )
        undoing = {"theme": own["theme"].iloc[0], "about": "{}", "takes_back": batch}
        self._write(insert(tables.batches).values(**undoing, author=author, made_at=now()))

    def acceptances(self) -> pd.DataFrame:
        """What was accepted and not taken back; by the last batch, for a pair that two hold."""
        columns = tables.acceptances.c
        undone = select(tables.batches.c.takes_back).where(tables.batches.c.takes_back.is_not(None))
        rows = select(tables.acceptances).where(columns.batch.not_in(undone))
        held = self._frame(rows.order_by(columns.batch, columns.verbatim_id, columns.theme))
        last = held.drop_duplicates(["verbatim_id", "theme"], keep="last")
        return ACCEPTANCES.check(last).reset_index(drop=True)

    def batches(self) -> pd.DataFrame:
        """number, theme ("" for all), n, about, author, made_at, taken_back; the oldest first.

        `n` counts the pairs whose text is still the one that was accepted.
        """
        made, pairs = tables.batches.c, tables.acceptances.c
        n = select(func.count()).where(pairs.batch == made.number).scalar_subquery()
        undoing = tables.batches.alias()
        undone = select(undoing.c.number).where(undoing.c.takes_back == made.number).exists()
        columns = (made.number, made.theme, n.label("n"), made.about, made.author, made.made_at)
        rows = select(*columns, undone.label("taken_back")).where(made.takes_back.is_(None))
        batches = self._frame(rows.order_by(made.number))
        return batches.assign(
            about=[json.loads(said) for said in batches["about"]],
            taken_back=batches["taken_back"].astype(bool),
        )
