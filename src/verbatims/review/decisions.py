"""The log of decisions → those that stand, who read what; a gesture → the rows that say it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from verbatims.frames import (
    ABSENT,
    PRESENT,
    READ,
    TEXT_CHANGED,
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
    return decisions[~decisions["gesture"].isin(_ended(decisions["gesture"]))]


def readers(decisions: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The coders who read each verbatim to the end; a verbatim that nobody read is not there."""
    standing = latest(decisions)
    read = standing[standing["value"] == READ].sort_values(["verbatim_id", "coder"])
    coders: dict[str, list[str]] = {}
    for verbatim_id, coder in zip(read["verbatim_id"], read["coder"], strict=True):
        coders.setdefault(verbatim_id, []).append(coder)
    return {verbatim_id: tuple(names) for verbatim_id, names in coders.items()}


def validation(
    standing: pd.DataFrame,
    coder: str,
    verbatim_id: str,
    *,
    present: Sequence[str],
    absent: Sequence[str],
) -> Rows:
    """The rows that say « this verbatim holds just these themes », and that it has been read.

    A theme that the coder had found before and leaves out now becomes absent.
    """
    before = standing[(standing["verbatim_id"] == verbatim_id) & (standing["coder"] == coder)]
    found_before = before.loc[before["value"] == PRESENT, "theme"]
    left_out = [theme for theme in dict.fromkeys([*absent, *found_before]) if theme not in present]
    values = [*((theme, PRESENT) for theme in dict.fromkeys(present))]
    values += [(theme, ABSENT) for theme in left_out]
    return [_row(coder, verbatim_id, theme, value) for theme, value in [*values, ("", READ)]]


def undoing(decisions: pd.DataFrame, coder: str) -> tuple[str, Rows]:
    """The last gesture of `coder` that stands, and the rows that take it back; ("", []) if none."""
    own = decisions[decisions["coder"] == coder].sort_values("number")
    ended = _ended(own["gesture"]) | {TEXT_CHANGED}
    live = own[~own["gesture"].isin(ended)]
    if live.empty:
        return "", []
    gesture = str(live["gesture"].iloc[-1])
    taken_back = live[live["gesture"] == gesture]
    pairs = zip(taken_back["verbatim_id"], taken_back["theme"], strict=True)
    return gesture, [_row(coder, verbatim_id, theme, WITHDRAWN) for verbatim_id, theme in pairs]


def _row(coder: str, verbatim_id: str, theme: str, value: str) -> dict[str, Any]:
    return {"coder": coder, "verbatim_id": verbatim_id, "theme": theme, "value": value}


def _ended(gestures: "pd.Series[str]") -> set[str]:
    """The gestures that were undone, and those that undid them."""
    undoing = {name for name in gestures.unique() if name.startswith(UNDO)}
    return undoing | {name.removeprefix(UNDO) for name in undoing}
