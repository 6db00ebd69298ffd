"""What was written since one last looked, as plain rows: for those who keep the work in memory.

Statements are made once: these are read at every request, and building one takes longer.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, bindparam, func, select

from verbatims.store import tables
from verbatims.store.base import Base

Rows = list[tuple[Any, ...]]


class Lasts(NamedTuple):
    """The number of the last row of each log, 0 for an empty one."""

    imports: int = 0
    runs: int = 0
    decisions: int = 0
    memos: int = 0
    flags: int = 0
    plans: int = 0
    batches: int = 0
    adjudications: int = 0


def _after(log: Table, *names: str) -> Select[Any]:
    columns = (log.c[name] for name in names)
    return select(*columns).where(log.c.number > bindparam("last")).order_by(log.c.number)


_LASTS = select(
    *(
        select(func.max(tables.metadata.tables[name].c.number)).scalar_subquery()
        for name in Lasts._fields
    )
)
_DECISIONS = _after(
    tables.decisions,
    *("number", "verbatim_id", "theme", "coder", "value", "gesture", "codebook"),
)
_MEMOS = _after(tables.memos, "verbatim_id", "coder", "text")
_FLAGS = _after(tables.flags, "verbatim_id", "coder", "raised")
_PICKED = select(tables.picks.c.verbatim_id)
_MAKERS = select(
    tables.gestures.c.uid, tables.gestures.c.coder, tables.gestures.c.verbatim_id
).where(tables.gestures.c.uid.in_(bindparam("uids", expanding=True)))
_SPANS = (
    select(*(tables.spans.c[name] for name in ("gesture", "verbatim_id", "theme", "start", "end")))
    .where(tables.spans.c.gesture.in_(bindparam("gestures", expanding=True)))
    .order_by(tables.spans.c.start, tables.spans.c.end, tables.spans.c.theme)
)


class Following(Base):
    """The logs, from a number on."""

    def lasts(self) -> Lasts:
        (numbers,) = self._rows(_LASTS)
        return Lasts(*(number or 0 for number in numbers))

    def decided_after(self, number: int) -> Rows:
        """number, verbatim_id, theme, coder, value, gesture, codebook of the later decisions."""
        return self._rows(_DECISIONS, last=number)

    def memos_after(self, number: int) -> Rows:
        """verbatim_id, coder, text of the later memos."""
        return self._rows(_MEMOS, last=number)

    def flags_after(self, number: int) -> Rows:
        """verbatim_id, coder, raised of the later flags."""
        return self._rows(_FLAGS, last=number)

    def picked(self) -> set[str]:
        """The verbatims chosen as quotes."""
        return {name for (name,) in self._rows(_PICKED)}

    def makers(self, uids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Who made each of these gestures and on what: uid -> (coder, verbatim)."""
        return {uid: (coder, name) for uid, coder, name in self._rows(_MAKERS, uids=list(uids))}

    def spans_of(self, gestures: Collection[str]) -> Rows:
        """gesture, verbatim_id, theme, start, end of these gestures, in the order of the text."""
        return self._rows(_SPANS, gestures=list(gestures))

    def _rows(self, query: Select[Any], **values: Any) -> Rows:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query, values)]
