"""Verbatims that pass a coder's filters → a list to go through, with what has been read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from verbatims.review import DONE


@dataclass
class Queue:
    """A list fixed when the filters were set, so that a coded verbatim stays behind the coder."""

    ids: list[str]
    scope: int = 0  # verbatims that pass the filters, read or not
    read: set[str] = field(default_factory=set)  # those of the scope that the coder has read
    place: int = 0
    orders: Mapping[str, str] = field(default_factory=dict)  # the order that chose each verbatim
    reasons: Mapping[str, str] = field(default_factory=dict)  # and why, in French

    @property
    def current(self) -> str | None:
        """The verbatim on the desk; None past the end of the list."""
        return self.ids[self.place] if self.place < len(self.ids) else None

    def forward(self) -> None:
        self.place = min(self.place + 1, len(self.ids))

    def back(self) -> None:
        self.place = max(self.place - 1, 0)

    def go(self, verbatim_id: str) -> None:
        """Put this verbatim on the desk, even if the filters had left it out."""
        if verbatim_id not in self.ids:
            self.ids.insert(self.place, verbatim_id)
        self.place = self.ids.index(verbatim_id)


def build(shown: pd.DataFrame, passing: pd.DataFrame) -> Queue:
    """The queue of the verbatims `shown`, from the first not yet read, as `review.queue` orders it.

    `passing` are those that pass the filters whatever their state: what is counted.
    """
    ids = shown["verbatim_id"].tolist()
    unread = [place for place, value in enumerate(shown["state"]) if value != DONE]
    return Queue(
        ids=ids,
        scope=len(passing),
        read=set(passing.loc[passing["state"] == DONE, "verbatim_id"]),
        place=unread[0] if unread else 0,
        orders=dict(zip(ids, shown["queue"], strict=True)),
        reasons=dict(zip(ids, shown["reason"], strict=True)),
    )


def renewed(queue: Queue, fresh: Queue) -> Queue:
    """`queue` up to the verbatim on the desk, then the rest of `fresh`, in its order."""
    gone = queue.ids[: queue.place + 1]
    rest = [name for name in fresh.ids if name not in set(gone)]
    return replace(
        fresh,
        ids=[*gone, *rest],
        place=queue.place,
        orders={**queue.orders, **fresh.orders},
        reasons={**queue.reasons, **fresh.reasons},
    )
