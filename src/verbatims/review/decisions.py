"""Tags and decisions → what has been read, the codings that count, and what to show a coder."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatims.frames import (
    ABSENT,
    CODINGS,
    HUMAN,
    MACHINE,
    PRESENT,
    READ,
    TEXT_CHANGED,
    UNDO,
    WITHDRAWN,
)

UNREAD, DONE = "unread", "done"

Rows = list[dict[str, Any]]


def latest(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions that stand: the last per coder, verbatim and theme, less those taken back.

    Undoing leaves no trace here: an earlier decision stands again as of its own time.
    """
    live = decisions[~decisions["gesture"].isin(_ended(decisions["gesture"]))]
    ordered = live.sort_values("number")
    last = ordered.drop_duplicates(["coder", "verbatim_id", "theme"], keep="last")
    return last[last["value"] != WITHDRAWN].reset_index(drop=True)


def readers(decisions: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The coders who read each verbatim to the end; a verbatim that nobody read is not there."""
    standing = latest(decisions)
    read = standing[standing["value"] == READ].sort_values(["verbatim_id", "coder"])
    return {str(name): tuple(coders) for name, coders in read.groupby("verbatim_id")["coder"]}


def sought(
    decisions: pd.DataFrame, themes: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """The themes that its readers could find in each verbatim; `themes` are those by codebook."""
    standing = latest(decisions)
    found: dict[str, frozenset[str]] = {}
    read = standing[standing["value"] == READ]
    for verbatim_id, codebook in zip(read["verbatim_id"], read["codebook"], strict=True):
        known = themes.get(codebook, frozenset())
        found[verbatim_id] = found.get(verbatim_id, frozenset()) | known
    return found


def codings(tags: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """What counts: the coders' last word where a verbatim was read, the suggestions elsewhere.

    Between two coders the last decision on a theme counts.
    """
    standing = latest(decisions)
    read = list(readers(decisions))
    own = standing[standing["value"] == READ][["coder", "verbatim_id"]]
    human = standing[standing["value"].isin([PRESENT, ABSENT])].merge(own)
    human = human.sort_values("number").drop_duplicates(["verbatim_id", "theme"], keep="last")
    machine = tags.loc[~tags["verbatim_id"].isin(read), ["verbatim_id", "theme"]].drop_duplicates()
    both = pd.concat(
        [
            human.assign(present=human["value"] == PRESENT, source=HUMAN),
            machine.assign(present=True, source=MACHINE),
        ]
    )
    return CODINGS.check(both.sort_values(["verbatim_id", "theme"]).reset_index(drop=True))


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
