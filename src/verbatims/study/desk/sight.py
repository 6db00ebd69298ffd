"""What one coder may see of all verbatims at once: who read them, their themes and marks."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from verbatims import review
from verbatims.study.desk.index import Index
from verbatims.study.desk.ranks import Sorted
from verbatims.study.desk.view import View

Flags = NDArray[np.bool_]
Matrix = NDArray[np.bool_]  # a row per verbatim, a column per theme of the codebook
Held = Iterable[tuple[str, Collection[str]]]  # verbatims and their themes

_CODERS = 8  # whose sights are kept


@dataclass(frozen=True)
class Sight:
    """By the place of verbatims in their index; nothing here is hidden from the coder."""

    themes: tuple[str, ...]
    mine: Flags  # read by this coder
    read: Flags  # read by anyone whose work they may see
    shown: Matrix  # what readers retained; elsewhere, what is suggested or was accepted unread
    kept: Matrix  # what a gesture on many starts from: the coder's own reading, else `shown`
    flagged: Flags
    noted: Flags

    def holding(self, theme: str) -> Flags:
        """Where a theme is shown; nowhere once it has left the codebook."""
        if theme not in self.themes:
            return np.zeros(len(self.read), dtype=bool)
        return self.shown[:, self.themes.index(theme)]

    @property
    def suggested(self) -> Flags:
        """Where suggestions wait for a reader."""
        return ~self.read & self.shown.any(axis=1)


@dataclass
class Kept:
    """What is worked out once per index, and per coder until someone does something."""

    ranks: Sorted
    suggested: tuple[str, Matrix] | None = None
    sights: "OrderedDict[str, tuple[object, Sight]]" = field(default_factory=OrderedDict)


_kept: "WeakKeyDictionary[Index, Kept]" = WeakKeyDictionary()


def ranks(view: View) -> Sorted:
    """How the verbatims sort."""
    return _kept_of(view).ranks


def sight(view: View) -> Sight:
    """What the coder of a view may see now."""
    sights, name = _kept_of(view).sights, view.coder.name
    now = (view.log.lasts, view.book.codebook.hash)
    if name not in sights or sights[name][0] != now:
        sights[name] = (now, _built(view))
    sights.move_to_end(name)
    while len(sights) > _CODERS:
        sights.popitem(last=False)
    return sights[name][1]


def _kept_of(view: View) -> Kept:
    if view.index not in _kept:
        study = view.study
        _kept[view.index] = Kept(Sorted(view.index, study.questionnaire, study.answers()))
    return _kept[view.index]


def _built(view: View) -> Sight:
    mine = view.log.read(view.coder.name).copy()
    read = _flags(view, view.held) | mine
    own = _matrix(view, _own(view, mine))
    hidden = read if view.hidden is None else read | view.hidden
    machine = (_suggested(view) | _matrix(view, view.log.accepted.items())) & ~hidden[:, None]
    shown = _matrix(view, view.held.items()) | own | machine
    return Sight(
        themes=tuple(view.book.themes),
        mine=mine,
        read=read,
        shown=shown,
        kept=np.where(mine[:, None], own, shown),
        flagged=_flags(view, _seen(view, (mark for mark, up in view.log.flags.items() if up))),
        noted=_flags(view, _seen(view, (mark for mark, text in view.log.memos.items() if text))),
    )


def _suggested(view: View) -> Matrix:
    """What the last run suggests, whoever looks."""
    kept, book = _kept_of(view), view.book.codebook
    if kept.suggested is None or kept.suggested[0] != book.hash:
        columns = [view.index.tagged(theme) for theme in view.book.themes]
        shape = (len(view.book.themes), len(view.index))
        kept.suggested = (book.hash, np.array(columns, dtype=bool).reshape(shape).T.copy())
    return kept.suggested[1]


def _own(view: View, mine: Flags) -> Held:
    names = (view.index.ids[at] for at in np.flatnonzero(mine).tolist())
    return ((name, view.log.reading(view.coder.name, name).present) for name in names)


def _seen(view: View, marks: Iterable[tuple[str, str]]) -> Iterable[str]:
    """The verbatims with a mark, given as (coder, verbatim), that the coder may see."""
    own, hides = view.coder.name, view.log.hides
    return (name for by, name in marks if by == own or not hides(own, name))


def _flags(view: View, names: Iterable[str]) -> Flags:
    flags, place = np.zeros(len(view.index), dtype=bool), view.index.place
    flags[[place[name] for name in names if name in place]] = True
    return flags


def _matrix(view: View, held: Held) -> Matrix:
    """Themes by verbatim, as they are called now."""
    heirs, place = _heirs(view), view.index.place
    rows: list[int] = []
    columns: list[int] = []
    for name, themes in held:
        if themes and name in place:
            for theme in themes:
                if theme in heirs:
                    rows.append(place[name])
                    columns.append(heirs[theme])
    matrix = np.zeros((len(view.index), len(view.book.themes)), dtype=bool)
    matrix[rows, columns] = True
    return matrix


def _heirs(view: View) -> dict[str, int]:
    """The column of each theme, and of those that it took over alone."""
    column = {theme: at for at, theme in enumerate(view.book.themes)}
    replaced = view.book.replacements
    heirs = {theme: review.successor(theme, replaced) for theme in (*column, *replaced)}
    return {theme: column[heir] for theme, heir in heirs.items() if heir in column}
