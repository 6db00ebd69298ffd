"""Votes → what coders who read the same verbatims disagree on, and what was decided of it."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from verbatims.frames import READ
from verbatims.review.decisions import latest
from verbatims.review.replacing import UNCHANGED, Replacements
from verbatims.review.votes import rulings

DISAGREEMENTS = [
    *("verbatim_id", "theme", "retained", "rejected"),
    *("ruling", "author", "reason", "ruled_at", "since"),
]


def disagreements(
    decisions: pd.DataFrame,
    votes: pd.DataFrame,
    adjudications: pd.DataFrame,
    replacements: Replacements = UNCHANGED,
    closed: Collection[str] = (),
) -> pd.DataFrame:
    """The themes on which readers of a verbatim disagree, or on which one was adjudicated.

    Columns: verbatim_id, theme, retained and rejected (who says so, in tuples), ruling (None until
    adjudicated, then whether present), author, reason, ruled_at, since (who read the verbatim
    again after that). Nothing is said of the `closed` verbatims, which are still read blind.
    """
    seen = votes[~votes["verbatim_id"].isin(list(closed))]
    keys = ["verbatim_id", "theme"]
    settled = rulings(adjudications, replacements)
    share = seen.groupby(keys)["present"].transform("mean")
    pairs = [pd.MultiIndex.from_frame(frame[keys]) for frame in (seen, settled)]
    seen = seen[share.between(0, 1, inclusive="neither") | pairs[0].isin(pairs[1])]
    both = _who(seen, present=True).merge(_who(seen, present=False), on=keys, how="outer")
    both = both.merge(settled, on=keys, how="left")
    both = both.fillna({"author": "", "reason": "", "ruled_at": ""})
    told: dict[str, list[Any]] = {
        "retained": [_tuple(who) for who in both["retained"]],
        "rejected": [_tuple(who) for who in both["rejected"]],
        "ruling": [None if pd.isna(said) else bool(said) for said in both["ruling"]],
        "since": _since(both, decisions),
    }
    columns = {name: pd.Series(values, both.index, dtype="object") for name, values in told.items()}
    return both.assign(**columns)[DISAGREEMENTS]


def _who(seen: pd.DataFrame, *, present: bool) -> pd.DataFrame:
    own = seen[seen["present"] == present].sort_values("coder")
    name = "retained" if present else "rejected"
    return own.groupby(["verbatim_id", "theme"])["coder"].agg(tuple).rename(name).reset_index()


def _tuple(who: object) -> tuple[str, ...]:
    return who if isinstance(who, tuple) else ()


def _since(kept: pd.DataFrame, decisions: pd.DataFrame) -> list[tuple[str, ...]]:
    """Who read each verbatim after its theme was adjudicated."""
    last = latest(decisions)
    read = last[last["value"] == READ]
    by = dict(list(read.groupby("verbatim_id")))
    return [
        _later(by.get(name), ruled_at)
        for name, ruled_at in zip(kept["verbatim_id"], kept["ruled_at"], strict=True)
    ]


def _later(read: pd.DataFrame | None, ruled_at: str) -> tuple[str, ...]:
    if read is None or not ruled_at:
        return ()
    made = pd.to_datetime(read["made_at"], format="ISO8601", utc=True, errors="coerce")
    after = made > pd.to_datetime(ruled_at, utc=True)
    return tuple(sorted(read.loc[after, "coder"]))
