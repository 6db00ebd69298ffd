"""What changed between two codebooks, said as an analyst would say it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from verbatims.codebook.replacing import replacements
from verbatims.errors import named_texts
from verbatims.folding import fold
from verbatims.language import N_, _, ngettext
from verbatims.model import DROP, KEEP, Codebook, Theme, ThemeStatus

_ALIKE = 0.6  # from this share of terms in common on, a theme may be another under a new id
_NOTES = {
    "definition": N_("définition"),
    "include": N_("à inclure"),
    "exclude": N_("à exclure"),
    "examples": N_("exemples"),
}


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    RESTORED = "restored"
    RENAMED = "renamed"  # another label
    REIDENTIFIED = "reidentified"  # another id
    MOVED = "moved"  # another parent or place
    MERGED = "merged"
    SPLIT = "split"
    REDEFINED = "redefined"  # definition, include, exclude or examples
    TERMS = "terms"
    NEGATION = "negation"
    STATUS = "status"  # candidate or active
    RECOLOURED = "recoloured"
    SUSPECT = "suspect"  # a `replaces` seems to be missing


@dataclass(frozen=True)
class Change:
    """A line of the history of a codebook; `theme` is the id that it is about."""

    kind: ChangeKind
    theme: str
    said: str


def diff(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """What was split and merged, then each theme in the new order, then what is gone, then doubts.

    A codebook compared with itself gives nothing.
    """
    sides = _Sides.of(old, new)
    parts = (_split, _merged, _kept, _removed, _suspects, _no_longer_taken)
    return tuple(change for part in parts for change in part(sides))


@dataclass(frozen=True)
class _Sides:
    """Two codebooks by their ids, and how the ids of one became those of the other."""

    old: Mapping[str, Theme]
    new: Mapping[str, Theme]
    heirs: Mapping[str, tuple[str, ...]]  # what `replaces` says that it did not say before
    orphans: Mapping[str, tuple[str, ...]]  # what it said and no longer says
    came_from: Mapping[str, str]  # an id that is new → the one that it changed from
    displaced: frozenset[str]

    @classmethod
    def of(cls, old: Codebook, new: Codebook) -> "_Sides":
        was = {theme.id: theme for theme in old.themes}
        now = {theme.id: theme for theme in new.themes}
        before, after = replacements(old), replacements(new)
        followed = {id_ for id_, to in before.items() if set(to) & set(after) - {id_}}
        heirs = {
            id_: to for id_, to in after.items() if before.get(id_) != to and id_ not in followed
        }
        orphans = {id_: to for id_, to in before.items() if id_ not in after}
        came_from = {
            heir: ids[0]
            for heir, ids in _by_heir(heirs).items()
            if heir not in was and len(ids) == 1
        }
        return cls(was, now, heirs, orphans, came_from, _displaced([*was], [*now]))

    def label(self, id_: str) -> str:
        theme = self.new.get(id_) or self.old.get(id_)
        return theme.label if theme else id_

    def was(self, id_: str) -> str:
        """The label that a theme had."""
        return self.old[id_].label if id_ in self.old else self.label(id_)

    def added(self) -> list[Theme]:
        taking = {heir for heirs in self.heirs.values() for heir in heirs}
        return [t for t in self.new.values() if t.id not in self.old and t.id not in taking]

    def left(self) -> list[Theme]:
        """Themes that are gone or retired since, and that no other took over."""
        return [
            theme
            for theme in self.old.values()
            if theme.id not in self.heirs
            and (theme.id not in self.new or _retired(self.new[theme.id]) > _retired(theme))
        ]


def _of(theme: str, said: str) -> str:
    return _("{theme} : {change}.", theme=theme, change=said)


def _split(sides: _Sides) -> Iterator[Change]:
    for id_, heirs in sides.heirs.items():
        if len(heirs) > 1:
            parts = named_texts([sides.label(heir) for heir in heirs])
            said = _("scindé en {parts}", parts=parts)
            yield Change(ChangeKind.SPLIT, id_, _of(sides.was(id_), said))


def _merged(sides: _Sides) -> Iterator[Change]:
    """Themes that one took over: a change of id if it is new and took over one."""
    for heir, ids in _by_heir(sides.heirs).items():
        if heir in sides.came_from:
            said = _("l'identifiant « {old} » devient « {new} »", old=ids[0], new=heir)
            yield Change(ChangeKind.REIDENTIFIED, heir, _of(sides.label(heir), said))
        else:
            parts = named_texts([sides.was(id_) for id_ in ids])
            said = _("réunit désormais {parts}", parts=parts)
            yield Change(ChangeKind.MERGED, heir, _of(sides.label(heir), said))


def _kept(sides: _Sides) -> Iterator[Change]:
    added = {theme.id for theme in sides.added()}
    for theme in sides.new.values():
        was = sides.old.get(sides.came_from.get(theme.id, theme.id))
        if theme.id in added:
            candidate = theme.status is ThemeStatus.CANDIDATE
            said = _("ajouté, comme candidat") if candidate else _("ajouté")
            yield Change(ChangeKind.ADDED, theme.id, _of(theme.label, said))
        elif was is not None:
            for kind, said in _differences(was, theme, sides):
                yield Change(kind, theme.id, _of(theme.label, said))


def _removed(sides: _Sides) -> Iterator[Change]:
    for theme in sides.left():
        if theme.id not in sides.new:
            said = _of(theme.label, _("effacé de la grille"))
            yield Change(ChangeKind.REMOVED, theme.id, said)


def _suspects(sides: _Sides) -> Iterator[Change]:
    """Themes that left while one much like them came."""
    for was in sides.left():
        near = max(sides.added(), key=lambda theme: _likeness(was, theme), default=None)
        if near is not None and _likeness(was, near) >= _ALIKE:
            said = _(
                "{theme} : ressemble à « {gone} », qui n'est plus là ; si c'est le même thème, "
                "écrivez « replaces: [{gone_id}] » dans « {new_id} » : ce qui a été décidé pour "
                "l'un vaudra pour l'autre.",
                theme=near.label,
                gone=was.label,
                gone_id=was.id,
                new_id=near.id,
            )
            yield Change(ChangeKind.SUSPECT, near.id, said)


def _no_longer_taken(sides: _Sides) -> Iterator[Change]:
    """Ids that were taken over, and of which nothing is said any more."""
    for id_, heirs in sides.orphans.items():
        if id_ not in sides.new or _retired(sides.new[id_]):
            said = _(
                "{theme} : ne reprend plus « {gone_id} » ; remettez-le dans « replaces », sinon "
                "ce qui a été décidé pour lui ne compte plus.",
                theme=sides.label(heirs[0]),
                gone_id=id_,
            )
            yield Change(ChangeKind.SUSPECT, heirs[0], said)


def _differences(was: Theme, now: Theme, sides: _Sides) -> Iterator[tuple[ChangeKind, str]]:
    if was.status is not now.status and now.id not in sides.heirs:
        yield _status(was, now)
    if was.label != now.label:
        yield ChangeKind.RENAMED, _("ce thème s'appelait « {label} »", label=was.label)
    place = _place(was, now, sides)
    if place:
        yield ChangeKind.MOVED, place
    notes = [_(said) for key, said in _NOTES.items() if getattr(was, key) != getattr(now, key)]
    if notes:
        yield (
            ChangeKind.REDEFINED,
            _("changé dans sa description ({notes})", notes=", ".join(notes)),
        )
    terms = _terms([term.written for term in was.terms], [term.written for term in now.terms])
    if terms:
        yield ChangeKind.TERMS, terms
    if _followed(was.negation, sides) != now.negation:
        yield ChangeKind.NEGATION, _negation(now, sides)
    if was.colour != now.colour:
        yield ChangeKind.RECOLOURED, _colour(now.colour)


def _colour(colour: str) -> str:
    if not colour:
        return _("couleur laissée au choix du logiciel")
    return _("couleur {colour}", colour=colour)


def _status(was: Theme, now: Theme) -> tuple[ChangeKind, str]:
    if _retired(now):
        return ChangeKind.RETIRED, _("retiré ; il n'est plus proposé")
    if _retired(was):
        return ChangeKind.RESTORED, _("remis dans la grille")
    candidate = now.status is ThemeStatus.CANDIDATE
    return ChangeKind.STATUS, _("redevient candidat") if candidate else _("candidat retenu")


def _place(was: Theme, now: Theme, sides: _Sides) -> str:
    if _followed(was.parent, sides) != now.parent:
        if now.parent:
            return _("placé sous « {theme} »", theme=sides.label(now.parent))
        return _("n'est plus sous « {theme} »", theme=sides.was(was.parent))
    if now.id not in sides.displaced:
        return ""
    ids = [*sides.new]
    place = ids.index(now.id)
    if not place:
        return _("déplacé en tête")
    return _("déplacé après « {theme} »", theme=sides.label(ids[place - 1]))


def _terms(was: Sequence[str], now: Sequence[str]) -> str:
    added = [term for term in now if term not in was]
    dropped = [term for term in was if term not in now]
    said = [said for said in (_added(added), _dropped(dropped, after=bool(added))) if said]
    return ", ".join(said)


def _added(terms: Sequence[str]) -> str:
    if not terms:
        return ""
    return ngettext(
        "{n} terme ajouté ({terms})",
        "{n} termes ajoutés ({terms})",
        len(terms),
        terms=named_texts(terms),
    )


def _dropped(terms: Sequence[str], *, after: bool) -> str:
    """Terms taken away, maybe `after` those that were added."""
    if not terms:
        return ""
    n, named = len(terms), named_texts(terms)
    if after:
        return ngettext("{n} retiré ({terms})", "{n} retirés ({terms})", n, terms=named)
    return ngettext("{n} terme retiré ({terms})", "{n} termes retirés ({terms})", n, terms=named)


def _negation(now: Theme, sides: _Sides) -> str:
    if now.negation == KEEP:
        return _("désormais, une mention niée compte comme les autres")
    if now.negation == DROP:
        return _("désormais, une mention niée ne compte pas")
    theme = sides.label(now.negation)
    return _("désormais, une mention niée compte pour « {theme} »", theme=theme)


def _followed(id_: str, sides: _Sides) -> str:
    """An id, or the one that took it over."""
    heirs = sides.heirs.get(id_, ())
    return heirs[0] if len(heirs) == 1 else id_


def _by_heir(heirs: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The one that took over → all the ids that it alone took over."""
    found: dict[str, list[str]] = {}
    for id_, to in heirs.items():
        if len(to) == 1:
            found.setdefault(to[0], []).append(id_)
    return found


def _displaced(was: Sequence[str], now: Sequence[str]) -> frozenset[str]:
    """Ids that, taken away, leave the others in the order that they had."""
    before = [id_ for id_ in was if id_ in now]
    after = [id_ for id_ in now if id_ in was]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return frozenset(after) - {id_ for block in blocks for id_ in before[block.a :][: block.size]}


def _likeness(one: Theme, other: Theme) -> float:
    """1 for the same label, else the share of terms in common (Jaccard)."""
    if fold(one.label) == fold(other.label):
        return 1
    ours, theirs = _written(one), _written(other)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0


def _written(theme: Theme) -> set[str]:
    return {fold(term.written) for term in theme.terms}


def _retired(theme: Theme) -> bool:
    return theme.status is ThemeStatus.RETIRED
