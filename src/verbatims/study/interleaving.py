"""Two logs of the same study → one, in order of time."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def interleaved(ours: pd.DataFrame, theirs: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Two logs as one, in order of time, where each keeps its own order.

    A line that both have, by its `key`, is there once, as in ours; the new ones get no number.
    """
    places = {name: place for place, name in enumerate(_names(ours, key))}
    at = np.array([places.get(name, -1) for name in _names(theirs, key)], dtype="int64")
    our_times, their_times = (
        np.maximum.accumulate(times(log["made_at"])) for log in (ours, theirs)
    )
    if len(at) and len(ours):  # what followed a line that both have still follows it
        last = np.maximum.accumulate(at)
        their_times = np.where(last >= 0, np.maximum(their_times, our_times[last]), their_times)
    new = theirs[at < 0].assign(number=None)
    both = pd.concat([ours.astype("object"), new.astype("object")], ignore_index=True)
    in_order = np.argsort(np.concatenate([our_times, their_times[at < 0]]), kind="stable")
    return both.iloc[in_order].reset_index(drop=True)


def not_in(known: pd.DataFrame, rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The rows whose key the known ones do not have."""
    keys = set(known[key].itertuples(index=False, name=None))
    own = rows[key].itertuples(index=False, name=None)
    return rows[np.array([name not in keys for name in own], dtype=bool)]


def times(made_at: "pd.Series[str]") -> NDArray[np.int64]:
    """Dates as numbers to compare; one that is not readable comes before all others."""
    made = pd.to_datetime(made_at, format="ISO8601", utc=True, errors="coerce")
    return made.to_numpy("datetime64[ns]").astype("int64")


def _names(log: pd.DataFrame, key: list[str]) -> list[tuple[object, ...]]:
    """What each line is called in both studies; the second of the same name is another."""
    nth = log.groupby(key).cumcount()
    return list(zip(*(log[name] for name in key), nth, strict=True))
