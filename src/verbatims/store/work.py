"""What coders do, each gesture heard once: decisions, passages, memos, flags, quotes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from verbatims.frames import ADJUDICATIONS, DECISIONS, FLAGS, PICKS, SPANS
from verbatims.model import Gesture
from verbatims.store import tables
from verbatims.store.base import Base, insert_new
from verbatims.store.sources import now

Row = Mapping[str, Any]
Rows = Iterable[Row]


class Work(Base):
    """The log of what coders did."""

    def add_gestures(self, gestures: Iterable[Gesture]) -> list[bool]:
        """Append gestures in their order, in one transaction; whether each was new.

        One that was heard before changes nothing.
        """
        at = now()
        given = [own if own.made_at else replace(own, made_at=at) for own in gestures]
        with self._writing() as connection:
            unheard = _hear(connection, given)
            made = [unheard.pop(gesture.uid, None) is gesture for gesture in given]
            new = [gesture for gesture, own in zip(given, made, strict=True) if own]
            _insert(connection, tables.decisions, [row for own in new for row in _rows(own)])
            _insert(connection, tables.spans, [row for own in new for row in _spans(own)])
        return made

    def add_decisions(
        self, rows: Rows, *, gesture: str, codebook: str = "", queue: str = ""
    ) -> None:
        """Append what one gesture of a coder decided; nothing when there is nothing."""
        made = tuple(rows)
        if made:
            coder, verbatim_id = made[0]["coder"], made[0]["verbatim_id"]
            own = Gesture(gesture, coder, verbatim_id, made, codebook=codebook, queue=queue)
            self.add_gestures([own])

    def gestures(self, coder: str) -> list[tuple[str, str]]:
        """Every gesture of a coder that could be undone, or undoes: (uid, verbatim), in order."""
        columns = tables.gestures.c
        query = select(columns.uid, columns.verbatim_id).where(columns.coder == coder)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(columns.number)).all()
        return [(row.uid, row.verbatim_id) for row in rows]

    def gesture_rows(self, uid: str) -> list[dict[str, Any]]:
        """What a gesture decided: verbatim_id, theme, coder, value."""
        columns = tables.decisions.c
        own = (columns.verbatim_id, columns.theme, columns.coder, columns.value)
        query = select(*own).where(columns.gesture == uid).order_by(columns.number)
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def decisions(self, *, coder: str = "", verbatim_id: str = "") -> pd.DataFrame:
        columns = tables.decisions.c
        rows = select(tables.decisions).order_by(columns.number)
        if coder:
            rows = rows.where(columns.coder == coder)
        if verbatim_id:
            rows = rows.where(columns.verbatim_id == verbatim_id)
        return DECISIONS.check(self._frame(rows))

    def spans(self) -> pd.DataFrame:
        columns = tables.spans.c
        in_order = (columns.verbatim_id, columns.start, columns.end, columns.theme)
        return SPANS.check(self._frame(select(tables.spans).order_by(*in_order)))

    def add_adjudications(self, rows: Rows, *, gesture: str, reason: str, author: str) -> None:
        """Append what a lead decides on one verbatim: `rows` say verbatim_id, theme, value."""
        stamp = {"gesture": gesture, "reason": reason, "author": author, "made_at": now()}
        made = [{**row, **stamp} for row in rows]
        if made:
            self._write(insert(tables.adjudications).values(made))

    def adjudications(self) -> pd.DataFrame:
        rows = select(tables.adjudications).order_by(tables.adjudications.c.number)
        return ADJUDICATIONS.check(self._frame(rows))

    def add_memo(self, coder: str, verbatim_id: str, text: str) -> None:
        memo = {"verbatim_id": verbatim_id, "coder": coder, "text": text, "made_at": now()}
        self._write(insert(tables.memos).values(memo))

    def memos(self) -> pd.DataFrame:
        """The last memo of each coder on each verbatim; an emptied one is left out."""
        memos = self._frame(select(tables.memos).order_by(tables.memos.c.number))
        last = memos.drop_duplicates(["verbatim_id", "coder"], keep="last")
        return last[last["text"] != ""].reset_index(drop=True)

    def flag(self, coder: str, verbatim_id: str, *, raised: bool) -> None:
        row = {"verbatim_id": verbatim_id, "coder": coder, "raised": raised, "made_at": now()}
        self._write(insert(tables.flags).values(row))

    def flags(self) -> pd.DataFrame:
        """The flags that are raised."""
        flags = self._frame(select(tables.flags).order_by(tables.flags.c.number))
        last = flags.drop_duplicates(["verbatim_id", "coder"], keep="last")
        return FLAGS.check(last[last["raised"].astype(bool)]).reset_index(drop=True)

    def picks(self) -> pd.DataFrame:
        return PICKS.check(self._frame(select(tables.picks).order_by(tables.picks.c.rank)))

    def pick(self, verbatim_id: str) -> None:
        """Choose a quote, after the others; one that is chosen stays where it is."""
        columns = tables.picks.c
        with self._writing() as connection:
            last = connection.execute(select(func.max(columns.rank))).scalar()
            rank = 0 if last is None else last + 1
            row = {"verbatim_id": verbatim_id, "rank": rank, "note": ""}
            insert_new(connection, columns.verbatim_id, [row])

    def unpick(self, verbatim_id: str) -> None:
        self._write(delete(tables.picks).where(tables.picks.c.verbatim_id == verbatim_id))

    def rank_picks(self, verbatim_ids: Iterable[str]) -> None:
        """Put the quotes in this order; those chosen by others meanwhile come after."""
        columns = tables.picks.c
        with self._writing() as connection:
            query = select(columns.verbatim_id).order_by(columns.rank)
            chosen = connection.execute(query).scalars().all()
            wanted = [name for name in dict.fromkeys(verbatim_ids) if name in chosen]
            others = [name for name in chosen if name not in wanted]
            for rank, name in enumerate([*wanted, *others]):
                own = update(tables.picks).where(columns.verbatim_id == name)
                connection.execute(own.values(rank=rank))

    def annotate_pick(self, verbatim_id: str, note: str) -> None:
        own = update(tables.picks).where(tables.picks.c.verbatim_id == verbatim_id)
        self._write(own.values(note=note))


def _hear(connection: Connection, given: Iterable[Gesture]) -> dict[str, Gesture]:
    """List the gestures that were never heard; these, by uid."""
    first: dict[str, Gesture] = {}
    for own in given:
        first.setdefault(own.uid, own)
    rows = [
        {"uid": uid, "coder": own.coder, "verbatim_id": own.verbatim_id, "made_at": own.made_at}
        for uid, own in first.items()
    ]
    return {uid: first[uid] for uid in insert_new(connection, tables.gestures.c.uid, rows)}


def _rows(gesture: Gesture) -> list[Row]:
    stamp = {"gesture": gesture.uid, "codebook": gesture.codebook, "made_at": gesture.made_at}
    return [{"queue": gesture.queue, **row, **stamp} for row in gesture.rows]


def _spans(gesture: Gesture) -> list[Row]:
    return [{**span, "gesture": gesture.uid} for span in gesture.spans]


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)
