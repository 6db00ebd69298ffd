"""Decisions on themes that others took over → what they say of those that stand now.

Past decisions are never altered: they are read again each time, with the codebook's replacements.
Each reading is read alone first, then the readers of a verbatim are counted.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.frames import ABSENT, PRESENT, READ
from verbatims.review.adjudicating import ruled, standing
from verbatims.review.decisions import latest, readers

Replacements = Mapping[str, tuple[str, ...]]  # an old theme -> those that now stand for it

Readings = Mapping[str, frozenset[str]]  # a coder who read a verbatim -> the themes they could find
Sought = Mapping[str, Readings]  # by verbatim

UNCHANGED: Replacements = MappingProxyType({})
NOBODY: Readings = MappingProxyType({})

HALF = 0.5  # of the readers who could find a theme: as many who retain it are enough

_NONE: frozenset[str] = frozenset()
_WHO = ("verbatim_id", "theme", "coder")


def successor(theme: str, replacements: Replacements) -> str:
    """The one theme that took this one over; itself when none did, or several."""
    followers = replacements.get(theme, ())
    return followers[0] if len(followers) == 1 else theme


def narrowed(replacements: Replacements) -> dict[str, tuple[str, ...]]:
    """The themes that were split and stay as one of their own parts, with all of those."""
    return {old: parts for old, parts in replacements.items() if len(parts) > 1 and old in parts}


def known(sought: Sought) -> dict[str, frozenset[str]]:
    """The themes that one at least of the readers of each verbatim could find."""
    return {name: _NONE.union(*readings.values()) for name, readings in sought.items()}


def decided(
    decisions: pd.DataFrame,
    replacements: Replacements = UNCHANGED,
    sought: Sought | None = None,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What coders retain or reject in the verbatims that they read to the end.

    Columns: verbatim_id, theme, present. A theme that at least half of the readers who could find
    it retained is present: one of two who disagree is enough, until an adjudication says. What is
    adjudicated takes the place of what each reader said.
    """
    keys = ["verbatim_id", "theme"]
    cast = ballots(decisions, replacements, sought, adjudications)
    several = cast.duplicated(keys, keep=False)
    share = cast[several].groupby(keys, as_index=False).agg(present=("present", "mean"))
    made = [cast.loc[~several, [*keys, "present"]], share.assign(present=share["present"] >= HALF)]
    return pd.concat(made, ignore_index=True).astype({"present": "bool"})


def ballots(
    decisions: pd.DataFrame,
    replacements: Replacements = UNCHANGED,
    sought: Sought | None = None,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What all readers say of each theme of which one of them said something.

    Columns: verbatim_id, theme, coder, present. A reader who said nothing of it did not retain it
    if they could find it (`sought`, or any theme without it), and else has no say.
    """
    said = spoken(decisions, replacements, sought, adjudications)
    if decisions["coder"].nunique() < 2:
        return said
    by = readers(decisions)
    shared = said["verbatim_id"].map({name: len(coders) > 1 for name, coders in by.items()})
    together = said[shared.astype("bool")]
    mute = lost(together, sought)
    said, together = said.drop(together.index[mute]), together[~mute]
    pairs = together[["verbatim_id", "theme"]].drop_duplicates()
    spoke = set(zip(*(together[name] for name in _WHO), strict=True))
    silent = [
        (name, theme, coder, False)
        for name, theme in pairs.itertuples(index=False, name=None)
        for coder in by[name]
        if (name, theme, coder) not in spoke and _could(coder, theme, name, sought)
    ]
    cast = pd.concat([said, pd.DataFrame(silent, columns=said.columns)], ignore_index=True)
    return cast.astype({"present": "bool"})


def spoken(
    decisions: pd.DataFrame,
    replacements: Replacements = UNCHANGED,
    sought: Sought | None = None,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What each coder said of the themes that stand now, where they said something.

    Columns: verbatim_id, theme, coder, present. A theme with one successor speaks for it; one that
    was split speaks for none of its parts, and stays under its own id, which is left out when a
    part bears it still and was not sought by that coder yet (`sought`, when given). Where a coder
    said something of several that one theme took over, it is present if one of them was: each was
    a part of what it means now. A later gesture of theirs on the theme itself overrules them, since
    it was made knowing the whole; not one of the same gesture, by which they found one part and
    rejected another.
    """
    last = latest(decisions)
    own = last.loc[last["value"] == READ, ["coder", "verbatim_id"]]
    said = last[last["value"].isin([PRESENT, ABSENT])].merge(own)
    gestures = last.groupby("gesture")["number"].max()
    at = said["gesture"].map(gestures).astype("float64")
    said = said.assign(present=said["value"] == PRESENT, at=at)[[*_WHO, "present", "at"]]
    if adjudications is None:
        said = said.assign(ruled=False)
    else:
        # a ruling on what a theme took over speaks for it as a vote did: one part that is found
        # is enough, so that a merge never takes away what readers retained elsewhere in it
        said = ruled(said, own, standing(adjudications, str))
    followers = {theme: successor(theme, replacements) for theme in said["theme"].unique()}
    cast = _gathered(said.assign(of=said["theme"].map(followers)))
    split = narrowed(replacements)
    return cast[_fresh(cast, sought, split)] if split and sought is not None else cast


def _gathered(said: pd.DataFrame) -> pd.DataFrame:
    """One row per coder, verbatim and theme that stands, from those that it took over."""
    direct = said["theme"] == said["of"]
    if direct.all() and not said["ruled"].any():
        return said[[*_WHO, "present"]]
    # what is adjudicated of the theme itself comes after whatever a coder says
    at = said["at"].mask(said["ruled"] & direct, np.inf)
    keys = [said["verbatim_id"], said["of"], said["coder"]]
    since = at.where(direct).groupby(keys).transform("max").fillna(0)
    bearing = said[at >= since].drop(columns="theme").rename(columns={"of": "theme"})
    cast = bearing.groupby(list(_WHO), as_index=False).agg(present=("present", "max"))
    return cast.astype({"present": "bool"})


def _fresh(cast: pd.DataFrame, sought: Sought, split: Collection[str]) -> NDArray[np.bool_]:
    """Not what was said of a theme before it was split, and never since."""
    rows = cast[list(_WHO)].itertuples(index=False, name=None)
    fresh = (of not in split or _could(coder, of, name, sought) for name, of, coder in rows)
    return np.fromiter(fresh, dtype=bool, count=len(cast))


def lost(said: pd.DataFrame, sought: Sought | None) -> NDArray[np.bool_]:
    """Where a reader rejects a theme that the codebook had lost when they read: no voice in it.

    Reading again, one leaves out what one had found, and a theme that is there no more with it.
    """
    known: Sought = sought or {}

    def has_no_voice(name: str, theme: str, coder: str, found: bool) -> bool:
        own = known.get(name, NOBODY).get(coder, _NONE)
        return not found and bool(own) and theme not in own

    rows = zip(*(said[name] for name in (*_WHO, "present")), strict=True)
    return np.fromiter((has_no_voice(*row) for row in rows), dtype=bool, count=len(said))


def _could(coder: str, theme: str, verbatim_id: str, sought: Sought | None) -> bool:
    """Whether a theme was there to be found; nothing is known of readings not in `sought`."""
    readings = NOBODY if sought is None else sought.get(verbatim_id, NOBODY)
    return coder not in readings or theme in readings[coder]


def sought(
    decisions: pd.DataFrame,
    themes: Mapping[str, frozenset[str]],
    replacements: Replacements = UNCHANGED,
) -> dict[str, dict[str, frozenset[str]]]:
    """The themes that each reader of a verbatim could find; `themes` are those by codebook.

    Who could find a theme could find its one successor. The parts of one split since, be it that
    which keeps its id, were sought with it where it was not retained: without the whole there is
    none of them. Where this reader retained it, or the verbatim holds it for most of them, nothing
    is known of its parts before they are sought themselves.
    """
    last = latest(decisions)
    read = last[last["value"] == READ]
    split = _split(replacements)
    findable = {codebook: _findable(own, replacements) for codebook, own in themes.items()}
    found: dict[str, dict[str, frozenset[str]]] = {}
    of_each = zip(read["verbatim_id"], read["coder"], read["codebook"], strict=True)
    if not split:
        for name, coder, codebook in of_each:
            found.setdefault(name, {})[coder] = findable.get(codebook, _NONE)
        return found
    own = _wholes(spoken(decisions, replacements), ["verbatim_id", "coder"], split)
    held = _retained(decisions, replacements, _offered(read, themes, replacements))
    for name, coder, codebook in of_each:
        wholes = themes.get(codebook, _NONE).intersection(split)
        retained = own.get((name, coder), set()) | held.get(name, set())
        absent = _absent_parts(wholes, retained, split)
        found.setdefault(name, {})[coder] = findable.get(codebook, _NONE) | absent
    return found


def _offered(
    read: pd.DataFrame, themes: Mapping[str, frozenset[str]], replacements: Replacements
) -> Sought:
    """The themes of the codebook of each reading, split or not, and their successors."""
    with_heirs = {
        codebook: own.union(successor(theme, replacements) for theme in own)
        for codebook, own in themes.items()
    }
    offered: dict[str, dict[str, frozenset[str]]] = {}
    for name, coder, codebook in zip(
        read["verbatim_id"], read["coder"], read["codebook"], strict=True
    ):
        if codebook in with_heirs:
            offered.setdefault(name, {})[coder] = with_heirs[codebook]
    return offered


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


def _retained(
    decisions: pd.DataFrame, replacements: Replacements, sought: Sought | None = None
) -> dict[str, set[str]]:
    """The themes split since that each verbatim holds."""
    return _wholes(decided(decisions, replacements, sought), "verbatim_id", _split(replacements))


def _wholes(made: pd.DataFrame, by: str | list[str], split: Replacements) -> dict[Any, set[str]]:
    """The themes split since that are present, by verbatim or reading."""
    held = made[made["present"] & made["theme"].isin(list(split))]
    return {name: set(themes) for name, themes in held.groupby(by)["theme"]}


def to_reread(decisions: pd.DataFrame, sought: Sought, replacements: Replacements) -> list[str]:
    """The verbatims that hold a theme split since, and where its parts have not been sought."""
    sought_by_one = known(sought)
    return sorted(
        verbatim_id
        for verbatim_id, wholes in _retained(decisions, replacements).items()
        if not all(
            sought_by_one.get(verbatim_id, _NONE).issuperset(replacements[old]) for old in wholes
        )
    )
