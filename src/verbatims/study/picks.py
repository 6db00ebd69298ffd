"""The verbatims chosen for the report, in the order in which they will stand there."""

from collections.abc import Sequence

import pandas as pd

from verbatims.store import Store


class Picks:
    """What the analyst keeps as quotes; each gesture is saved at once, whoever else makes some."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def frame(self) -> pd.DataFrame:
        """verbatim_id, rank, note; in order."""
        return self.store.picks()

    def add(self, verbatim_id: str) -> None:
        self.store.pick(verbatim_id)

    def remove(self, verbatim_id: str) -> None:
        self.store.unpick(verbatim_id)

    def reorder(self, verbatim_ids: Sequence[str]) -> None:
        """Put them in this order."""
        self.store.rank_picks(verbatim_ids)

    def annotate(self, verbatim_id: str, note: str) -> None:
        self.store.annotate_pick(verbatim_id, note)
