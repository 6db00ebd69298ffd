"""Who is to read what, and who has → what a coder may not see yet of the others, or the machine."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from verbatims.frames import READ
from verbatims.review.decisions import ended

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
        """What this coder may not see: OTHERS' work, the MACHINE's as well, or nothing ("").

        Where the machine is hidden so are the others, blind or not: it speaks through their work.
        """
        if self.hides_machine and coder in self.coders and coder not in readers:
            return MACHINE
        return OTHERS if self.closed(readers) else ""


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


def unsuggested(assigned: Tasks, readers: Readers) -> set[str]:
    """The verbatims that someone is still to read without what the machine found."""
    return {
        name
        for name, task in assigned.items()
        if task.hides_machine and not task.coders.issubset(readers.get(name, ()))
    }


def openings(assigned: Tasks, decisions: pd.DataFrame) -> dict[str, int]:
    """The number of the decision by which each blind verbatim was first read by all.

    What is said afterwards, by whoever reads again or takes back, is said knowing the others.
    """
    blind = [name for name, task in assigned.items() if task.blind]
    read = decisions[(decisions["theme"] == "") & decisions["verbatim_id"].isin(blind)]
    made: dict[str, list[tuple[str, str, str]]] = {}
    found: dict[str, int] = {}
    names = ("verbatim_id", "number", "gesture", "coder", "value")
    in_order = read.sort_values("number")
    for name, number, *row in zip(*(in_order[column] for column in names), strict=True):
        if name not in found:
            made.setdefault(name, []).append((row[0], row[1], row[2]))
            if assigned[name].coders.issubset(_reading(made[name])):
                found[name] = int(number)
    return found


def _reading(made: Collection[tuple[str, str, str]]) -> set[str]:
    """Who has read a verbatim to the end, from (gesture, coder, value) in their order."""
    taken_back = ended(gesture for gesture, _, _ in made)
    last = {coder: value for gesture, coder, value in made if gesture not in taken_back}
    return {coder for coder, value in last.items() if value == READ}
