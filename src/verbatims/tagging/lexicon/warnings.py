"""Terms that bring nothing, or too much → what to tell the analyst, with counts and advice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from verbatims.language import _, ngettext
from verbatims.model import Codebook, Theme
from verbatims.tagging.lexicon.labels import Sought, sought
from verbatims.tagging.lexicon.near import Passages
from verbatims.tagging.lexicon.seeking import seek
from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.words import Ints

NOTHING, SHADOWED, EVERYTHING = "nothing", "shadowed", "everything"

_MOST = 0.6  # of the answers; beyond, a term tells no answer from another
_ENOUGH = 20  # answers, to say so

_COLUMNS = {
    "theme": "object",
    "term": "object",
    "line": "int64",
    "kind": "object",
    "n": "int64",
    "message": "object",
}


def warnings(lemmas: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per doubtful term: theme, term, line, kind, n answers, message.

    A term finds nothing, only what another term of its theme finds, or nearly every answer.
    """
    rows = list(_rows(lemmas, codebook)) if not lemmas.empty else []
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


@dataclass(frozen=True)
class _Seen:
    """A term, its passages in the order of the text, and how many answers hold one."""

    wanted: Sought
    passages: Passages
    answers: int

    @cached_property
    def furthest(self) -> Ints:
        """How far the text is covered by each passage or one before it."""
        covered: Ints = np.maximum.accumulate(self.passages.last)
        return covered

    def holds(self, inner: Passages) -> bool:
        """Whether there are inner passages, each inside one of this term's."""
        if not len(inner) or not len(self.passages):
            return False
        return self._hold(inner.take(np.arange(1))) and self._hold(inner)

    def _hold(self, inner: Passages) -> bool:
        before = np.searchsorted(self.passages.first, inner.first, side="right") - 1
        return bool(((before >= 0) & (self.furthest[before] >= inner.last)).all())


def _rows(lemmas: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[object, ...]]:
    text = Text.of(lemmas)
    each = [(theme, wanted) for theme in codebook for wanted in sought(theme)]
    found = seek(text, [wanted.term for _theme, wanted in each])
    total = len(np.unique(text.verbatims))
    seen: dict[str, list[_Seen]] = {}
    for (theme, wanted), passages in zip(each, found, strict=True):
        answers = len(np.unique(text.verbatims[passages.first]))
        ordered = passages.take(np.lexsort((passages.last, passages.first)))
        seen.setdefault(theme.id, []).append(_Seen(wanted, ordered, answers))
    for theme in codebook:
        yield from _of_theme(theme, seen.get(theme.id, []), total)


def _of_theme(theme: Theme, terms: Sequence[_Seen], total: int) -> Iterator[tuple[object, ...]]:
    for number, seen in enumerate(terms):
        kind, message = _doubt(number, terms, total)
        if kind:
            name, line = seen.wanted.rule, seen.wanted.term.line
            yield theme.id, name, line, kind, seen.answers, message


def _doubt(number: int, terms: Sequence[_Seen], total: int) -> tuple[str, str]:
    """What is doubtful in a term, and how it is said; "" when nothing is."""
    seen = terms[number]
    term = seen.wanted.said
    if not seen.answers:
        return NOTHING, _(
            "« {term} » ne trouve rien ; vérifiez son orthographe, ou effacez-le.", term=term
        )
    if total >= _ENOUGH and seen.answers >= _MOST * total:
        return EVERYTHING, _(
            "« {term} » est dans {n} réponses sur {total} : il ne distingue rien ; précisez-le, "
            "ou effacez-le.",
            term=term,
            n=seen.answers,
            total=total,
        )
    wider = _wider(number, terms)
    if wider:
        return SHADOWED, ngettext(
            "« {term} » n'apporte rien : « {wider} » couvre déjà tout ce qu'il trouve (1 "
            "passage) ; vous pouvez l'effacer.",
            "« {term} » n'apporte rien : « {wider} » couvre déjà tout ce qu'il trouve ({n} "
            "passages) ; vous pouvez l'effacer.",
            len(seen.passages),
            term=term,
            wider=wider,
        )
    return "", ""


def _wider(number: int, terms: Sequence[_Seen]) -> str:
    """The first other term whose passages hold all of this one's; of equals the later is told."""
    own = terms[number]
    for other, seen in enumerate(terms):
        if other == number or not seen.holds(own.passages):
            continue
        if other < number or not own.holds(seen.passages):
            return seen.wanted.said
    return ""
