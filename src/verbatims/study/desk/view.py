"""A study as one coder may see it, at the time of a request."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verbatims import review
from verbatims.model import Coder
from verbatims.review.visibility import MACHINE
from verbatims.study.desk.index import Index
from verbatims.study.desk.log import Held, Log, Reading

if TYPE_CHECKING:
    from verbatims.study import Study
    from verbatims.study.desk.memory import Book

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class View:
    """Everything shown to a coder goes through here: what they may not see is not there."""

    study: "Study"
    index: Index
    log: Log
    book: "Book"
    coder: Coder

    def reading(self, at: int) -> Reading:
        """The coder's own."""
        return self.log.reading(self.coder.name, self.index.ids[at])

    def hides(self, at: int) -> str:
        return self.log.hides(self.coder.name, self.index.ids[at])

    def machine(self, at: int) -> bool:
        """Whether what the machine found in a verbatim may be shown."""
        return self.hides(at) != MACHINE

    def accepted(self, at: int) -> frozenset[str]:
        """The themes accepted unread, until the coder has read the verbatim."""
        if self.reading(at).read or not self.machine(at):
            return frozenset()
        return self.log.accepted.get(self.index.ids[at], frozenset())

    def mine(self, at: int) -> bool:
        """Whether the plan, where there is one, lets the coder read a verbatim."""
        coders = self.log.task(self.index.ids[at]).coders
        return not coders or self.coder.name in coders

    @cached_property
    def held(self) -> Held:
        """The themes retained in the verbatims whose readers the coder may see."""
        return self.log.held(self.coder.name, self.book.replacements)

    @cached_property
    def hidden(self) -> Flags | None:
        """Where nothing may be said of what the machine found."""
        return self.log.without_machine(self.coder.name)

    def with_theme(self, theme: str) -> Flags:
        """Where a theme is retained, or suggested where nobody has read."""
        found = self.index.tagged(theme).copy()
        if self.hidden is not None:
            found &= ~self.hidden
        place = self.index.place
        for name, themes in self.held.items():
            if name in place:
                found[place[name]] = theme in themes
        return found

    def guide(self, *, coded: bool = False) -> review.Guide:
        """What orders go by; with how often each theme was coded, which is long to count."""
        counts: dict[str, int] = {}
        for themes in self.held.values() if coded else ():
            for theme in themes:
                counts[theme] = counts.get(theme, 0) + 1
        names = {theme.id: theme.label for theme in self.book.themes.values()}
        return replace(self.index.guide, names=names, coded=counts, hidden=self.hidden)

    @cached_property
    def picked(self) -> set[str]:
        """What is chosen as a quote, but where others' work is hidden: a pick has no name."""
        hides, own = self.log.hides, self.coder.name
        return {name for name in self.study.store.picked() if not hides(own, name)}

    @cached_property
    def to_reread(self) -> Flags:
        """What the coder read, that holds a theme split since."""
        if all(len(parts) == 1 for parts in self.book.replacements.values()):
            return np.zeros(len(self.index), dtype=bool)
        decisions = self.log.frame(self.coder.name)
        themes = self.study.store.codebook_themes()
        sought = review.sought(decisions, themes, self.book.replacements)
        again = review.to_reread(decisions, sought, self.book.replacements)
        return self.index.flags(again) & self.log.read(self.coder.name)
