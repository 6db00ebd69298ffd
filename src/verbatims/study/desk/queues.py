"""Filters → the verbatims that pass them, in the order asked for, gone through once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verbatims import review
from verbatims.review import DONE, UNREAD, Filters
from verbatims.review.orders import RARE, SPLIT, THEME

if TYPE_CHECKING:
    from verbatims.study.desk.view import View

Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Queue:
    """A list fixed when it was asked for, so that what was gone through stays behind the coder."""

    names: Objects  # of the verbatims of the ranking, in its order
    ranking: review.Ranking
    passing: Flags  # whatever their state: what is counted
    gone: tuple[str, ...] = ()  # what a queue before this one had already shown

    def after(self, name: str) -> Ints:
        """Where to go on in the ranking after this verbatim; all of it when it is not there."""
        return np.arange(self._shown(name), len(self.ranking))

    def until(self, name: str) -> tuple[str, ...]:
        """What has been shown once this verbatim is on the desk."""
        return (*self.gone, *self.names[: self._shown(name)].tolist())

    def _shown(self, name: str) -> int:
        """How many of the ranking have been shown then; none when this one is not there."""
        place = np.flatnonzero(self.names == name)
        return int(place[0]) + 1 if len(place) else 0


def built(view: "View", filters: Filters, gone: Collection[str] = ()) -> Queue:
    """The queue of these filters as it is now, without what was shown before."""
    passing = _passing(view, filters)
    if filters.order == SPLIT:
        passing &= view.to_reread
    pool = passing.copy()
    if filters.state == UNREAD:
        pool &= ~done(view, filters)
    elif filters.state == DONE:
        pool &= done(view, filters)
    pool &= ~view.index.flags(gone)
    ranking = review.order(
        filters.order, np.flatnonzero(pool), view.guide(coded=filters.order == RARE), filters.theme
    )
    return Queue(view.index.names[ranking.order], ranking, passing, tuple(gone))


def done(view: "View", filters: Filters) -> Flags:
    """What the coder has read, and need not read again."""
    read = view.log.read(view.coder.name)
    return read & ~view.to_reread if filters.order == SPLIT else read


def following(
    view: "View", filters: Filters, queue: Queue, after: str, have: Collection[str]
) -> Ints:
    """The places in the queue that come next: neither had already nor, for the unread, read."""
    places = queue.after(after)
    order = queue.ranking.order[places]
    left_out = view.index.flags(have)
    if filters.state == UNREAD:
        left_out |= done(view, filters)
    return places[~left_out[order]]


def _passing(view: "View", filters: Filters) -> Flags:
    index = view.index
    passing = index.answered.copy()
    if filters.question:
        passing &= index.of_question(filters.question)
    if filters.profile[0]:
        passing &= index.in_group(*filters.profile)
    if filters.mine:
        passing &= view.log.assigned(view.coder.name)
    if filters.theme and filters.order != THEME:
        passing &= view.with_theme(filters.theme)
    if filters.search.strip():
        passing = index.holding(filters.search, passing)
    return passing
