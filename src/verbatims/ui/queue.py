"""Verbatims that pass a coder's filters → a list to go through, with what has been read of it."""

from dataclasses import dataclass, field

import pandas as pd

from verbatims.review import DONE


@dataclass
class Queue:
    """A list fixed when the filters were set, so that a coded verbatim stays behind the coder."""

    ids: list[str]
    scope: int = 0  # verbatims that pass the filters, read or not
    read: set[str] = field(default_factory=set)  # those of the scope that the coder has read
    place: int = 0

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


def build(passing: pd.DataFrame, *, state: str) -> Queue:
    """The queue of a frame with a `state` column: one state or all, from the first not yet read."""
    done = passing["state"] == DONE
    shown = passing[passing["state"] == state] if state else passing
    ids = shown["verbatim_id"].tolist()
    unread = [place for place, value in enumerate(shown["state"]) if value != DONE]
    first = unread[0] if unread else 0
    return Queue(ids, len(passing), set(passing.loc[done, "verbatim_id"]), first)
