"""What coders did, kept in memory and followed by number: who read what, and what stands.

Only what was written since the last look is read; only the readings that it touches change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims import review
from verbatims.frames import PRESENT, READ
from verbatims.review.adjudicating import standing as adjudicated
from verbatims.review.replacing import HALF
from verbatims.review.visibility import FREE, Task, tasks
from verbatims.store import Store
from verbatims.store.following import Lasts

Flags = NDArray[np.bool_]
Held = Mapping[str, frozenset[str]]  # the themes that count in each verbatim read

_EVERYONE = ""


class Row(NamedTuple):
    """A decision of the log."""

    number: int
    verbatim_id: str
    theme: str
    coder: str
    value: str
    gesture: str
    codebook: str


@dataclass(frozen=True)
class Reading:
    """What stands of a coder's decisions on a verbatim."""

    present: tuple[str, ...] = ()
    gesture: str = ""  # of the last reading to the end, "" when none stands
    codebook: str = ""  # the one that it was read with

    @property
    def read(self) -> bool:
        return bool(self.gesture)


_NONE = Reading()


class Log:
    """The work on the verbatims of one data version."""

    def __init__(self, place: Mapping[str, int]) -> None:
        self.place = place
        self.lasts = Lasts()
        self.tasks: dict[str, Task] = {}
        self.accepted: dict[str, frozenset[str]] = {}  # themes accepted unread
        self.memos: dict[tuple[str, str], str] = {}  # by coder and verbatim
        self.flags: dict[tuple[str, str], bool] = {}
        self.readers: dict[str, tuple[str, ...]] = {}  # by verbatim, those who read it to the end
        self._rows: dict[str, list[Row]] = {}  # by verbatim
        self._readings: dict[tuple[str, str], Reading] = {}  # by coder and verbatim
        self._read: dict[str, Flags] = {}  # by coder
        self._assigned: dict[str, Flags] = {}
        self._hiding: Flags | None = None  # where a plan hides the machine from who has not read
        self._held: dict[str, dict[str, frozenset[str]]] = {}  # by coder, or of EVERYONE
        self._stale: defaultdict[str, set[str]] = defaultdict(set)
        self._replacements: review.Replacements = {}
        self._adjudications: pd.DataFrame | None = None  # None when there are none
        self._ruled: dict[str, dict[str, bool]] = {}  # what is adjudicated of the themes of each
        self._codebooks: dict[str, frozenset[str]] = {}  # the themes of those read with

    # -- following -----------------------------------------------------------------------

    def follow(self, store: Store, lasts: Lasts) -> None:
        """Take in what was written since the last time, up to `lasts` at least."""
        before = self.lasts
        if lasts.memos > before.memos:
            for verbatim_id, coder, text in store.memos_after(before.memos):
                self.memos[coder, verbatim_id] = text
        if lasts.flags > before.flags:
            for verbatim_id, coder, raised in store.flags_after(before.flags):
                self.flags[coder, verbatim_id] = bool(raised)
        if lasts.plans != before.plans:
            self._plan(tasks(store.assignments()))
        if lasts.batches != before.batches:
            themes = store.acceptances().groupby("verbatim_id")["theme"].agg(frozenset)
            self.accepted = dict(themes)
        if lasts.adjudications != before.adjudications:
            self._rule(store.adjudications())
        last = self._decide(store, before.decisions) if lasts.decisions > before.decisions else 0
        self.lasts = lasts._replace(decisions=last or before.decisions)

    def _decide(self, store: Store, number: int) -> int:
        """Take in the decisions after a number; the number of the last."""
        rows = [Row(*row) for row in store.decided_after(number)]
        if any(row.codebook not in self._codebooks for row in rows):
            self._codebooks = store.codebook_themes()
        self._take(rows)
        return rows[-1].number if rows else 0

    def _plan(self, tasks: dict[str, Task]) -> None:
        self.tasks = tasks
        self._assigned.clear()
        hiding = [name for name, task in tasks.items() if task.hides_machine]
        self._hiding = self._flags(hiding) if hiding else None

    def _rule(self, adjudications: pd.DataFrame) -> None:
        before, self._ruled = self._ruled, {}
        self._adjudications = adjudications
        last = adjudicated(adjudications, str)  # as they were called: see _retained
        for name, theme, value in zip(
            last["verbatim_id"], last["theme"], last["value"], strict=True
        ):
            self._ruled.setdefault(name, {})[theme] = value == PRESENT
        self._stale[_EVERYONE].update(
            name for name in {*before, *self._ruled} if name in self._rows
        )

    def _take(self, rows: Iterable[Row]) -> None:
        touched: dict[tuple[str, str], None] = {}
        for row in rows:
            self._rows.setdefault(row.verbatim_id, []).append(row)
            touched[row.coder, row.verbatim_id] = None
        for coder, verbatim_id in touched:
            self._read_again(coder, verbatim_id)

    def _read_again(self, coder: str, verbatim_id: str) -> None:
        reading = standing(row for row in self._rows[verbatim_id] if row.coder == coder)
        self._readings[coder, verbatim_id] = reading
        others = [name for name in self.readers.get(verbatim_id, ()) if name != coder]
        self.readers[verbatim_id] = tuple(sorted([*others, *([coder] if reading.read else [])]))
        at = self.place.get(verbatim_id)
        if at is not None:
            self.read(coder)[at] = reading.read
        for scope in (_EVERYONE, coder):
            self._stale[scope].add(verbatim_id)

    # -- what stands ---------------------------------------------------------------------

    def reading(self, coder: str, verbatim_id: str) -> Reading:
        return self._readings.get((coder, verbatim_id), _NONE)

    def read(self, coder: str) -> Flags:
        """Where a coder has read to the end; never to be altered by others."""
        if coder not in self._read:
            self._read[coder] = np.zeros(len(self.place), dtype=bool)
        return self._read[coder]

    def rows(self, verbatim_id: str, coder: str) -> list[Row]:
        return [row for row in self._rows.get(verbatim_id, ()) if row.coder == coder]

    def frame(self, coder: str, verbatim_ids: Iterable[str] | None = None) -> pd.DataFrame:
        """Decisions, of all verbatims or some: a coder's, and those of others that they may see."""
        names = self._rows if verbatim_ids is None else verbatim_ids
        rows = [
            row
            for name in names
            for row in self._rows.get(name, ())
            if coder in (row.coder, _EVERYONE) or not self.hides(coder, name)
        ]
        return pd.DataFrame(rows, columns=list(Row._fields)).astype({"number": "int64"})

    # -- who may see what ----------------------------------------------------------------

    def task(self, verbatim_id: str) -> Task:
        return self.tasks.get(verbatim_id, FREE)

    def hides(self, coder: str, verbatim_id: str) -> str:
        """What a coder may not see of a verbatim, see review.visibility."""
        return self.task(verbatim_id).hides(coder, self.readers.get(verbatim_id, ()))

    def assigned(self, coder: str) -> Flags:
        """What the plan has a coder read."""
        if coder not in self._assigned:
            own = (name for name, task in self.tasks.items() if coder in task.coders)
            self._assigned[coder] = self._flags(own)
        return self._assigned[coder]

    def without_machine(self, coder: str) -> Flags | None:
        """Where a coder may not see what the machine found; None when nowhere."""
        if self._hiding is None:
            return None
        return self._hiding & self.assigned(coder) & ~self.read(coder)

    def _flags(self, names: Iterable[str]) -> Flags:
        flags = np.zeros(len(self.place), dtype=bool)
        flags[[self.place[name] for name in names if name in self.place]] = True
        return flags

    # -- what counts ---------------------------------------------------------------------

    def held(self, coder: str, replacements: review.Replacements) -> Held:
        """The themes retained in each verbatim, by those whose work this coder may see.

        One that is not there has no reader that the coder may see.
        """
        everyone, own = (
            self._counted(_EVERYONE, replacements),
            self._counted(coder, replacements),
        )
        if not self.tasks:
            return everyone
        closed = {name for name in everyone if self.hides(coder, name)}
        seen = {name: themes for name, themes in everyone.items() if name not in closed}
        return seen | {name: own[name] for name in closed if name in own}

    def _counted(self, scope: str, replacements: review.Replacements) -> Held:
        if replacements != self._replacements:
            self._held.clear()
            self._replacements = replacements
        if scope not in self._held:
            self._held[scope] = {}
            self._stale[scope] = set(self._rows)
        held, stale = self._held[scope], self._stale.pop(scope, set())
        readers = {name: self._readers(name, scope) for name in stale}
        read = {name for name in stale if readers[name]}
        if replacements:
            held.update(self._retained_as_replaced(read, scope))
        else:
            held.update({name: self._retained(name, readers[name]) for name in read})
        for name in stale - read:
            held.pop(name, None)
        return held

    def _readers(self, name: str, scope: str) -> list[str]:
        return [coder for coder in self.readers.get(name, ()) if scope in (_EVERYONE, coder)]

    def _retained(self, name: str, readers: list[str]) -> frozenset[str]:
        """What review.decided says of one verbatim, without frames: each request asks it."""
        readings = [self._readings[coder, name] for coder in readers]
        votes: dict[str, list[bool]] = {}
        for theme in {theme for reading in readings for theme in reading.present}:
            votes[theme] = [
                theme in reading.present
                for reading in readings
                if theme in reading.present or theme in self._codebooks.get(reading.codebook, ())
            ]
        retained = {theme for theme, said in votes.items() if sum(said) >= len(said) * HALF}
        ruled = self._ruled.get(name, {})
        return frozenset(
            {theme for theme in retained if ruled.get(theme, True)}
            | {theme for theme, present in ruled.items() if present}
        )

    def _retained_as_replaced(self, names: set[str], scope: str) -> dict[str, frozenset[str]]:
        """The same where themes took others over."""
        rows = [row for name in names for row in self._rows[name] if scope in ("", row.coder)]
        frame = pd.DataFrame(rows, columns=list(Row._fields)).astype({"number": "int64"})
        sought = review.sought(frame, self._codebooks, self._replacements)
        made = review.decided(frame, self._replacements, sought, self._adjudications)
        themes: dict[str, list[str]] = {name: [] for name in names}
        present = made[made["present"]]
        for name, theme in zip(present["verbatim_id"], present["theme"], strict=True):
            themes[name].append(theme)
        return {name: frozenset(found) for name, found in themes.items()}


def standing(rows: Iterable[Row]) -> Reading:
    """What stands of one coder's decisions on one verbatim, in their order."""
    own = list(rows)
    ended = review.ended(row.gesture for row in own)
    last = {row.theme: row for row in own if row.gesture not in ended}
    read = last.pop("", None)
    present = tuple(theme for theme, row in last.items() if row.value == PRESENT)
    if read is None or read.value != READ:
        return Reading(present)
    return Reading(present, read.gesture, read.codebook)
