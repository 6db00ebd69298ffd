"""What is kept of each study between requests: its index, the work on it, the queues under way."""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from verbatims import codebook, review
from verbatims.model import Codebook, Theme
from verbatims.study.desk.index import Index
from verbatims.study.desk.log import Log
from verbatims.study.desk.queues import Queue

if TYPE_CHECKING:
    from verbatims.study import Study

_STUDIES, _QUEUES = 8, 64  # kept at most


@dataclass(frozen=True)
class Book:
    """A codebook as the desk reads it."""

    codebook: Codebook

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Those that can be coded, in order."""
        return {theme.id: theme for theme in self.codebook}

    @cached_property
    def replacements(self) -> review.Replacements:
        return codebook.replacements(self.codebook)

    def now(self, themes: "list[str] | tuple[str, ...]") -> list[str]:
        """Themes that were decided, as they are called now; in order."""
        held = {review.successor(theme, self.replacements) for theme in themes}
        return [theme for theme in self.themes if theme in held]


@dataclass
class Memory:
    """One study's; whoever reads or writes it holds its lock."""

    lock: RLock = field(default_factory=RLock)
    version: tuple[int, ...] = ()  # of the data: imports and runs
    queues: "OrderedDict[object, tuple[object, Queue]]" = field(default_factory=OrderedDict)
    known_codebooks: set[str] = field(default_factory=set)
    _index: Index | None = None
    _log: Log | None = None
    _book: Book | None = None

    def look(self, study: "Study") -> tuple[Index, Log, Book]:
        """The verbatims, the work and the codebook as they are now."""
        lasts = study.store.lasts()
        version = (lasts.imports, lasts.runs)
        if self._index is None or self._log is None or version != self.version:
            self._index = Index(study)
            self._log = Log(self._index.place)
            self.version = version
        self._log.follow(study.store, lasts)
        if self._book is None or self._book.codebook.hash != study.codebook.hash:
            self._book = Book(study.codebook)
        return self._index, self._log, self._book

    def keep(self, key: object, version: object, queue: Queue) -> None:
        """Keep a queue, and forget those that nobody has gone through for longest."""
        self.queues[key] = (version, queue)
        self.queues.move_to_end(key)
        while len(self.queues) > _QUEUES:
            self.queues.popitem(last=False)


_held: "OrderedDict[str, Memory]" = OrderedDict()
_own = RLock()


def of(study: "Study") -> Memory:
    """What is kept of a study, however many times it is opened."""
    key = study.team.place
    with _own:
        memory = _held.setdefault(key, Memory())
        _held.move_to_end(key)
        while len(_held) > _STUDIES:
            _held.popitem(last=False)
    return memory
