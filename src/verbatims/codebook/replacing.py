"""Which themes stand for an id that others took over: a merge, a split, an id that changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from verbatims.model import Codebook, Theme

Heirs = Mapping[str, Sequence[str]]  # id -> the themes whose `replaces` names it


def replacements(book: Codebook) -> Mapping[str, tuple[str, ...]]:
    """Old id → the ids that now stand for it, chains followed, in the order of the file.

    One id is a merge or a change of id; several are a split. A theme that stays as one of its
    own parts is among them.
    """
    heirs = heirs_of(book.themes)
    standing: dict[str, tuple[str, ...]] = {}
    for theme in _followed(heirs).static_order():  # those that take over before those taken over
        ends = [
            (heir,) if heir == theme else standing.get(heir, (heir,))
            for heir in heirs.get(theme, ())
        ]
        if ends:
            standing[theme] = tuple(dict.fromkeys(chain.from_iterable(ends)))
    return {old: standing[old] for old in heirs}


def heirs_of(themes: Iterable[Theme]) -> Heirs:
    heirs: dict[str, list[str]] = {}
    for theme in themes:
        for old in theme.replaces:
            heirs.setdefault(old, []).append(theme.id)
    return heirs


def rounds(heirs: Heirs) -> Iterator[list[str]]:
    """The ids that end up replacing themselves through others, each loop once."""
    told: set[str] = set()
    tangled = _tangled(heirs)
    for start in filter(tangled.__contains__, heirs):
        way = [] if start in told else _way_back(start, heirs)
        told.update(way)
        if way:
            yield way


def _followed(heirs: Heirs) -> TopologicalSorter[str]:
    """The ids by those that take them over; a theme may be a part of itself."""
    return TopologicalSorter(
        {old: [heir for heir in own if heir != old] for old, own in heirs.items()}
    )


def _tangled(heirs: Heirs) -> set[str]:
    """The ids that are in a loop or lead to one: the others can be left out of the search."""
    followed = _followed(heirs)
    with suppress(CycleError):  # it sorts what it can all the same
        followed.prepare()
    tangled = set(heirs)
    while ready := followed.get_ready():
        tangled.difference_update(ready)
        followed.done(*ready)
    return tangled


def _way_back(start: str, heirs: Heirs) -> list[str]:
    """From an id to itself, breadth first; a theme that stays as a part of itself is no way."""
    before = {start: start}
    ahead = [start]
    for theme in ahead:
        for heir in heirs.get(theme, ()):
            if heir == start and theme != start:
                return _way(theme, before)
            if heir not in before:
                before[heir] = theme
                ahead.append(heir)
    return []


def _way(end: str, before: Mapping[str, str]) -> list[str]:
    way = [end]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return way[::-1]
