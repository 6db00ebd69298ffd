"""Decisions → what each reader says of each theme, and how each final coding came about.

The unit is the answer. A theme that a reading could find and did not retain is absent there; one
that it could not find, or a verbatim that was not read, is missing: uncoded is not absent.
"""

from collections.abc import Collection
from functools import partial

import numpy as np
import pandas as pd

from verbatims.frames import PRESENT
from verbatims.review.adjudicating import standing
from verbatims.review.replacing import (
    UNCHANGED,
    Replacements,
    Sought,
    ballots,
    decided,
    lost,
    spoken,
    successor,
)

VOTES = ["verbatim_id", "theme", "coder", "present"]
TRACES = ["verbatim_id", "theme", "present", "how", "votes", "author", "reason"]

ALONE, AGREED, DISPUTED, ADJUDICATED = "un seul lecteur", "accord", "désaccord", "arbitrage"
BETWEEN = " | "
TWO = 2
_WORDS = {True: "présent", False: "absent"}


def votes(
    decisions: pd.DataFrame, sought: Sought, replacements: Replacements = UNCHANGED
) -> pd.DataFrame:
    """What each reader of each verbatim says of every theme that they could find, spoken or not.

    Columns: verbatim_id, theme, coder, present. On `sought` and `replacements`, see `decided`.
    """
    asked = {own: _standing(own, replacements) for own in _distinct(sought)}
    if not sought:
        return pd.DataFrame(columns=VOTES).astype({"present": "bool"})
    able = pd.DataFrame(
        [
            (verbatim_id, coder, asked[own])
            for verbatim_id, readings in sought.items()
            for coder, own in readings.items()
        ],
        columns=["verbatim_id", "coder", "theme"],
    )
    said = spoken(decisions, replacements, sought)
    both = able.explode("theme").dropna().merge(said, how="outer", indicator="of")
    both = both.assign(present=both["present"].eq(True))
    both = both[(both["of"] != "right_only") | ~lost(both, sought)]
    return both[VOTES].sort_values(VOTES[:3], ignore_index=True).astype({"present": "bool"})


def _distinct(sought: Sought) -> set[frozenset[str]]:
    return {own for readings in sought.values() for own in readings.values()}


def _standing(own: Collection[str], replacements: Replacements) -> list[str]:
    """The themes that stand for themselves: what was said of the others is said of these."""
    return sorted(theme for theme in own if successor(theme, replacements) == theme)


def traces(
    decisions: pd.DataFrame,
    sought: Sought,
    replacements: Replacements = UNCHANGED,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Each final coding by coders, with the votes that it rests on.

    Columns: verbatim_id, theme, present, how (ALONE, AGREED, DISPUTED or ADJUDICATED), votes (in
    French), author and reason ("" where nobody had to adjudicate).
    """
    final = decided(decisions, replacements, sought, adjudications)
    keys = ["verbatim_id", "theme"]
    if final.empty:
        return pd.DataFrame(columns=TRACES)
    cast = ballots(decisions, replacements, sought)
    told = final.merge(_in_words(cast), on=keys, how="left")
    told = told.merge(rulings(adjudications, replacements), on=keys, how="left")
    ruled, alone = told["author"].notna(), told["voters"] < TWO
    how = np.select(
        [ruled, alone, told["yes"].isin([0, 1])], [ADJUDICATED, ALONE, AGREED], DISPUTED
    )
    return told.assign(how=how).fillna({"votes": "", "author": "", "reason": ""})[TRACES]


def _in_words(cast: pd.DataFrame) -> pd.DataFrame:
    """The votes on each theme of each verbatim: in French, how many, and the share who retain."""
    keys = ["verbatim_id", "theme"]
    said = cast.assign(votes=cast["coder"] + " : " + cast["present"].map(_WORDS))
    several = said.duplicated(keys, keep=False)
    by = said[several].sort_values("coder").groupby(keys, as_index=False)
    joined = by.agg(
        votes=("votes", BETWEEN.join), voters=("present", "size"), yes=("present", "mean")
    )
    alone = said.loc[~several, [*keys, "votes"]].assign(voters=1, yes=1.0)
    return pd.concat([alone, joined], ignore_index=True)


def rulings(
    adjudications: pd.DataFrame | None, replacements: Replacements = UNCHANGED
) -> pd.DataFrame:
    """The adjudications that stand, the last on each theme that stands.

    Columns: verbatim_id, theme, ruling (whether present), author, reason, ruled_at.
    """
    names = ["verbatim_id", "theme", "ruling", "author", "reason", "ruled_at"]
    if adjudications is None or adjudications.empty:
        return pd.DataFrame(columns=names).astype({"verbatim_id": "object", "theme": "object"})
    last = standing(adjudications, partial(successor, replacements=replacements))
    return last.assign(ruling=last["value"] == PRESENT, ruled_at=last["made_at"])[names]
