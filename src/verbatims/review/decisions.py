"""The log of decisions → those that stand, who read what; a gesture → the rows that say it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatims.frames import (
    ABSENT,
    PRESENT,
    READ,
    UNDO,
    WITHDRAWN,
)

Rows = list[dict[str, Any]]


def latest(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions that stand: the last per coder, verbatim and theme, less those taken back.

    Undoing leaves no trace here: an earlier decision stands again as of its own time.
    """
    ordered = live(decisions).sort_values("number")
    last = ordered.drop_duplicates(["coder", "verbatim_id", "theme"], keep="last")
    return last[last["value"] != WITHDRAWN].reset_index(drop=True)


def live(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions that were not undone, nor undo others; some were followed by later ones."""
    return decisions[~decisions["gesture"].isin(ended(decisions["gesture"].unique()))]


def readers(decisions: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The coders who read each verbatim to the end; a verbatim that nobody read is not there."""
    standing = latest(decisions)
    read = standing[standing["value"] == READ].sort_values(["verbatim_id", "coder"])
    coders: dict[str, list[str]] = {}
    for verbatim_id, coder in zip(read["verbatim_id"], read["coder"], strict=True):
        coders.setdefault(verbatim_id, []).append(coder)
    return {verbatim_id: tuple(names) for verbatim_id, names in coders.items()}


def validation(
    before: Iterable[str],
    coder: str,
    verbatim_id: str,
    *,
    present: Sequence[str],
    absent: Sequence[str],
) -> Rows:
    """The rows that say « this verbatim holds just these themes », and that it has been read.

    A theme that the coder had found `before` and leaves out now becomes absent.
    """
    left_out = [theme for theme in dict.fromkeys([*absent, *before]) if theme not in present]
    values = [*((theme, PRESENT) for theme in dict.fromkeys(present))]
    values += [(theme, ABSENT) for theme in left_out]
    return [_row(coder, verbatim_id, theme, value) for theme, value in [*values, ("", READ)]]


@dataclass(frozen=True)
class History:
    """What a coder may undo and redo, the next one last: (gesture that would say so, verbatim)."""

    undo: tuple[tuple[str, str], ...]
    redo: tuple[tuple[str, str], ...]


def history(gestures: Iterable[tuple[str, str]]) -> History:
    """From every gesture of a coder in order, as (uid, verbatim); a new one ends the redoing."""
    done: dict[str, str] = {}
    undone: dict[str, str] = {}
    for uid, verbatim_id in gestures:
        taken_back = uid.removeprefix(UNDO)
        if taken_back in done:
            undone[uid] = done.pop(taken_back)
        elif taken_back in undone:
            done[uid] = undone.pop(taken_back)
        elif taken_back == uid:
            undone.clear()
            done[uid] = verbatim_id
    return History(_next(done), _next(undone))


def _next(gestures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((UNDO + uid, verbatim_id) for uid, verbatim_id in gestures.items())


def taking_back(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """The rows by which a gesture that undoes or redoes marks what the gesture decided."""
    return [_row(row["coder"], row["verbatim_id"], row["theme"], WITHDRAWN) for row in rows]


def _row(coder: str, verbatim_id: str, theme: str, value: str) -> dict[str, Any]:
    return {"coder": coder, "verbatim_id": verbatim_id, "theme": theme, "value": value}


def ended(gestures: Iterable[str]) -> set[str]:
    """The gestures that undo or redo others, and those that were undone in the end."""
    undoing = {name for name in set(gestures) if name.startswith(UNDO)}
    times: dict[str, int] = {}
    for name in undoing:
        base = name.replace(UNDO, "")
        times[base] = max(times.get(base, 0), (len(name) - len(base)) // len(UNDO))
    return undoing | {base for base, n in times.items() if n % 2}
