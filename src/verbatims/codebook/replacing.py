"""Which themes stand for an id that others took over: a merge, a split, an id that changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from verbatims.model import Codebook, Theme

Heirs = Mapping[str, Sequence[str]]  # id -> the themes whose `replaces` names it


def replacements(book: Codebook) -> Mapping[str, tuple[str, ...]]:
    """Old id → the ids that now stand for it, chains followed, in the order of the file.

    One id is a merge or a change of id; several are a split. A theme that stays as one of its
    own parts is among them.
    """
    heirs = heirs_of(book.themes)
    return {old: tuple(dict.fromkeys(_standing(old, heirs))) for old in heirs}


def heirs_of(themes: Iterable[Theme]) -> Heirs:
    heirs: dict[str, list[str]] = {}
    for theme in themes:
        for old in theme.replaces:
            heirs.setdefault(old, []).append(theme.id)
    return heirs


def rounds(heirs: Heirs) -> Iterator[list[str]]:
    """The ids that end up replacing themselves through others, each loop once."""
    told: set[str] = set()
    for start in heirs:
        way = [] if start in told else _way_back(start, heirs)
        told.update(way)
        if way:
            yield way


def _standing(old: str, heirs: Heirs) -> Iterator[str]:
    for heir in heirs[old]:
        if heir == old or heir not in heirs:
            yield heir
        else:
            yield from _standing(heir, heirs)


def _way_back(start: str, heirs: Heirs) -> list[str]:
    """From an id to itself, breadth first; a theme that stays as a part of itself is no way."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        for heir in heirs.get(way[-1], ()):
            if heir == start and len(way) > 1:
                return way
            if heir not in seen:
                seen.add(heir)
                ways.append([*way, heir])
    return []
