"""The verbatims chosen for the report, in the order in which they will stand there."""

from collections.abc import Sequence

import pandas as pd

from verbatims.store import Store


class Picks:
    """What the analyst keeps as quotes; each gesture is saved at once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def frame(self) -> pd.DataFrame:
        """verbatim_id, rank, note; in order."""
        return self.store.picks()

    def add(self, verbatim_id: str) -> None:
        picks = self.frame()
        if verbatim_id not in set(picks["verbatim_id"]):
            added = pd.DataFrame([{"verbatim_id": verbatim_id, "rank": len(picks), "note": ""}])
            self.store.save_picks(pd.concat([picks, added]))

    def remove(self, verbatim_id: str) -> None:
        self.reorder([name for name in self.frame()["verbatim_id"] if name != verbatim_id])

    def reorder(self, verbatim_ids: Sequence[str]) -> None:
        """Keep just these, in this order."""
        picks = self.frame().set_index("verbatim_id").loc[list(verbatim_ids)].reset_index()
        self.store.save_picks(picks.assign(rank=range(len(picks))))

    def annotate(self, verbatim_id: str, note: str) -> None:
        picks = self.frame()
        chosen = picks["verbatim_id"] == verbatim_id
        self.store.save_picks(picks.assign(note=picks["note"].mask(chosen, note)))
