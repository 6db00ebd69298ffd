"""Who is to read what, and who has → what a coder may not see yet of the others, or the machine."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

OTHERS, MACHINE = "others", "machine"  # what is hidden; "" when nothing is


@dataclass(frozen=True)
class Task:
    """Who is to read a verbatim, as the last plan that names it has it."""

    coders: frozenset[str]
    blind: bool = False
    hides_machine: bool = False

    def closed(self, readers: Collection[str]) -> bool:
        """Whether nobody sees yet what others found: not all those who are to read it have."""
        return self.blind and not self.coders.issubset(readers)

    def hides(self, coder: str, readers: Collection[str]) -> str:
        """What this coder may not see: OTHERS' work, the MACHINE's as well, or nothing ("")."""
        if not self.closed(readers):
            return ""
        waits = coder in self.coders and coder not in readers
        return MACHINE if self.hides_machine and waits else OTHERS


FREE = Task(frozenset())  # what no plan names

Tasks = Mapping[str, Task]  # by verbatim
Readers = Mapping[str, Collection[str]]  # the coders who read each verbatim to the end


def tasks(assignments: pd.DataFrame) -> dict[str, Task]:
    """The task of each verbatim that a plan names; `assignments` as ASSIGNMENTS."""
    columns = (assignments[name].tolist() for name in ("verbatim_id", "coder"))
    coders: dict[str, list[str]] = {}
    for verbatim_id, coder in zip(*columns, strict=True):
        coders.setdefault(verbatim_id, []).append(coder)
    first = assignments.drop_duplicates("verbatim_id")
    rules = (first[name].tolist() for name in ("verbatim_id", "blind", "hides_machine"))
    return {
        name: Task(frozenset(coders[name]), blind, hides_machine)
        for name, blind, hides_machine in zip(*rules, strict=True)
    }


def closed(assigned: Tasks, readers: Readers) -> set[str]:
    """The verbatims on which nobody sees what others found."""
    return {name for name, task in assigned.items() if task.closed(readers.get(name, ()))}
