"""What a lead decides where coders disagree: the rulings that stand, and what they put aside."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from verbatims.frames import ABSENT, PRESENT, TEXT_CHANGED, UNDO, WITHDRAWN
from verbatims.review.decisions import live

Rows = list[dict[str, Any]]


def standing(adjudications: pd.DataFrame, now: Callable[[str], str]) -> pd.DataFrame:
    """The adjudications that count, less those taken back: the last per verbatim and theme.

    `now` tells the theme that stands for another: of several that one took over, the last ruling
    is on all of it.
    """
    keys = ["verbatim_id", "theme"]
    ordered = live(adjudications).sort_values("number")
    last = ordered.drop_duplicates(keys, keep="last")
    last = last[last["value"] != WITHDRAWN]
    followers = {theme: now(theme) for theme in last["theme"].unique()}
    last = last.assign(theme=last["theme"].map(followers).astype("object"))
    return last.drop_duplicates(keys, keep="last").reset_index(drop=True)


def ruled(said: pd.DataFrame, readers: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """What each reader said, as the `last` adjudications have it; `ruled` where they bear on it.

    `said`: verbatim_id, theme, coder, present, at; `readers`: verbatim_id, coder. A reader who said
    nothing of an adjudicated theme says it too; their decisions are not touched.
    """
    last = last.assign(present=last["value"] == PRESENT)[["verbatim_id", "theme", "present"]]
    keys = ["verbatim_id", "coder", "theme"]
    theirs = readers.merge(last, on="verbatim_id")
    theirs = theirs.merge(said[[*keys, "at"]], on=keys, how="left").fillna({"at": 0.0})
    bearing = pd.MultiIndex.from_frame(said[keys]).isin(pd.MultiIndex.from_frame(theirs[keys]))
    both = [said[~bearing].assign(ruled=False), theirs[list(said.columns)].assign(ruled=True)]
    return pd.concat(both, ignore_index=True)


def adjudication(verbatim_id: str, themes: Mapping[str, bool]) -> Rows:
    """The rows that say which themes a verbatim holds, whatever its coders said."""
    return [
        {"verbatim_id": verbatim_id, "theme": theme, "value": PRESENT if held else ABSENT}
        for theme, held in themes.items()
    ]


def undoing(adjudications: pd.DataFrame, verbatim_id: str) -> tuple[str, Rows]:
    """The gesture that takes back the last adjudication of a verbatim that stands, and its rows.

    ("", []) when there is none.
    """
    own = adjudications[adjudications["verbatim_id"] == verbatim_id]
    left = live(own[own["gesture"] != TEXT_CHANGED]).sort_values("number")
    if left.empty:
        return "", []
    gesture = str(left["gesture"].iloc[-1])
    rows = left[left["gesture"] == gesture]
    withdrawn = [
        {"verbatim_id": verbatim_id, "theme": theme, "value": WITHDRAWN} for theme in rows["theme"]
    ]
    return UNDO + gesture, withdrawn
