"""Decisions on themes that others took over → what they say of those that stand now.

Past decisions are never altered: they are read again each time, with the codebook's replacements.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.frames import ABSENT, PRESENT, READ
from verbatims.review.decisions import latest

Replacements = Mapping[str, tuple[str, ...]]  # an old theme -> those that now stand for it

Sought = Mapping[str, frozenset[str]]  # a verbatim -> the themes that its readers could find

UNCHANGED: Replacements = MappingProxyType({})


def successor(theme: str, replacements: Replacements) -> str:
    """The one theme that took this one over; itself when none did, or several."""
    followers = replacements.get(theme, ())
    return followers[0] if len(followers) == 1 else theme


def narrowed(replacements: Replacements) -> dict[str, tuple[str, ...]]:
    """The themes that were split and stay as one of their own parts, with all of those."""
    return {old: parts for old, parts in replacements.items() if len(parts) > 1 and old in parts}


def decided(
    decisions: pd.DataFrame, replacements: Replacements = UNCHANGED, sought: Sought | None = None
) -> pd.DataFrame:
    """What coders retain or reject in the verbatims that they read to the end.

    Columns: verbatim_id, theme, present, number (of the last decision that bears on it).
    Between two coders the last decision on a theme counts. A theme with one successor speaks for
    it; one that was split speaks for none of its parts, and stays under its own id, which is left
    out when a part bears it still and was not sought yet (`sought`, when given). Where several
    speak for a theme it is present if one of them was: each was a part of what it means now. A
    later gesture on the theme itself overrules them, since it was made knowing the whole; not one
    of the same gesture, by which a coder found one part and rejected another.
    """
    standing = latest(decisions)
    own = standing.loc[standing["value"] == READ, ["coder", "verbatim_id"]]
    said = standing[standing["value"].isin([PRESENT, ABSENT])].merge(own)
    said = said.sort_values("number").drop_duplicates(["verbatim_id", "theme"], keep="last")
    followers = {theme: successor(theme, replacements) for theme in said["theme"].unique()}
    gestures = standing.groupby("gesture")["number"].max()
    said = said.assign(
        of=said["theme"].map(followers),
        at=said["gesture"].map(gestures),
        present=said["value"] == PRESENT,
    )
    itself = said["at"].where(said["theme"] == said["of"])
    since = itself.groupby([said["verbatim_id"], said["of"]]).transform("max").fillna(0)
    bearing = said[said["at"] >= since].drop(columns="theme").rename(columns={"of": "theme"})
    pairs = bearing.groupby(["verbatim_id", "theme"], as_index=False)
    made = pairs.agg(present=("present", "max"), number=("number", "max"))
    made = made.astype({"present": "bool", "number": "int64"})
    split = narrowed(replacements)
    return made[_fresh(made, sought, split)] if split and sought is not None else made


def _fresh(made: pd.DataFrame, sought: Sought, split: Collection[str]) -> NDArray[np.bool_]:
    """Not what was decided on a theme before it was split, and never since."""
    pairs = zip(made["verbatim_id"], made["theme"], strict=True)
    fresh = (of not in split or of in sought.get(name, split) for name, of in pairs)
    return np.fromiter(fresh, dtype=bool, count=len(made))


def sought(
    decisions: pd.DataFrame,
    themes: Mapping[str, frozenset[str]],
    replacements: Replacements = UNCHANGED,
) -> dict[str, frozenset[str]]:
    """The themes that its readers could find in each verbatim; `themes` are those by codebook.

    Who could find a theme could find its one successor. The parts of one split since, be it that
    which keeps its id, were sought with it where nobody retained it: without the whole there is
    none of them. Where it was retained nothing is known of them before they are sought themselves.
    """
    standing = latest(decisions)
    read = standing[standing["value"] == READ]
    split = _split(replacements)
    known = {codebook: _findable(own, replacements) for codebook, own in themes.items()}
    wholes = {codebook: own.intersection(split) for codebook, own in themes.items()}
    found: dict[str, frozenset[str]] = {}
    whole: dict[str, frozenset[str]] = {}
    for verbatim_id, codebook in zip(read["verbatim_id"], read["codebook"], strict=True):
        nothing: frozenset[str] = frozenset()
        found[verbatim_id] = found.get(verbatim_id, nothing) | known.get(codebook, nothing)
        whole[verbatim_id] = whole.get(verbatim_id, nothing) | wholes.get(codebook, nothing)
    retained = _retained(decisions, replacements)
    return {
        name: own | _absent_parts(whole[name], retained.get(name, set()), split)
        for name, own in found.items()
    }


def _findable(own: frozenset[str], replacements: Replacements) -> frozenset[str]:
    known = own.union(successor(theme, replacements) for theme in own)
    split = narrowed(replacements)
    return known.difference(old for old, parts in split.items() if not known.issuperset(parts))


def _absent_parts(
    sought: Collection[str], retained: Collection[str], split: Replacements
) -> frozenset[str]:
    """The parts of the themes sought whole and not retained, but those of one that was."""
    absent = {part for old in sought if old not in retained for part in split[old]}
    return frozenset(absent.difference(*(split[old] for old in retained)))


def _split(replacements: Replacements) -> Replacements:
    return {old: parts for old, parts in replacements.items() if len(parts) > 1}


def _retained(decisions: pd.DataFrame, replacements: Replacements) -> dict[str, set[str]]:
    """The themes split since that each verbatim holds."""
    split = _split(replacements)
    made = decided(decisions, replacements)
    made = made[made["present"] & made["theme"].isin(list(split))]
    held: dict[str, set[str]] = {}
    for verbatim_id, theme in zip(made["verbatim_id"], made["theme"], strict=True):
        held.setdefault(verbatim_id, set()).add(theme)
    return held


def to_reread(decisions: pd.DataFrame, sought: Sought, replacements: Replacements) -> list[str]:
    """The verbatims that hold a theme split since, and where its parts have not been sought."""
    return sorted(
        verbatim_id
        for verbatim_id, wholes in _retained(decisions, replacements).items()
        if not all(
            sought.get(verbatim_id, frozenset()).issuperset(replacements[old]) for old in wholes
        )
    )
