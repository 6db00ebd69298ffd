"""How the columns of the grid sort: a rank per verbatim, worked out once per data version."""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.folding import fold
from verbatims.language import spoken
from verbatims.model import Questionnaire
from verbatims.study.desk.columns import LAST, Column, Ranks, column
from verbatims.study.desk.index import Index

_SEPARATOR = "\x1f"
_FIRST = 80  # signs of a text that say where it sorts
_FIGURES = re.compile(r"(\d+)")
_OPENING = " \t\n\"'«»“”‘()[]{}…·•*.,;:!?+/_-–—"  # signs that say nothing of where a text sorts


class Sorted:
    """The ranks of an index: what does not change while people work."""

    def __init__(self, index: Index, questionnaire: Questionnaire, answers: pd.DataFrame) -> None:
        self._index = index
        self._questionnaire = questionnaire
        self._answers = answers
        self._columns: dict[tuple[str, str], Column] = {}  # by question, and language

    @cached_property
    def text(self) -> Ranks:
        """By their first signs: beyond, as in the file."""
        texts = self._index.texts
        first = (text.lstrip(_OPENING)[:_FIRST].replace(_SEPARATOR, " ") for text in texts)
        return _ranks(fold(_SEPARATOR.join(first)).split(_SEPARATOR))

    @cached_property
    def respondent(self) -> Ranks:
        """R2 comes before R10."""
        names = self._index.respondents
        distinct = {name: _natural(name) for name in set(names)}
        place = {name: at for at, name in enumerate(sorted(distinct, key=distinct.__getitem__))}
        return np.fromiter((place[name] for name in names), dtype=np.int32, count=len(names))

    @cached_property
    def question(self) -> Ranks:
        """As in the questionnaire."""
        place = {question.id: at for at, question in enumerate(self._questionnaire)}
        ranks = (place.get(name, LAST) for name in self._index.questions)
        return np.fromiter(ranks, dtype=np.int32, count=len(self._index))

    def column(self, question: str) -> Column:
        """The answers to a closed question, beside each verbatim."""
        key = (question, spoken())
        if key not in self._columns:
            asked = self._questionnaire[question]
            self._columns[key] = column(asked, self._answers, self._index.respondents)
        return self._columns[key]


def order(rank: NDArray[np.int32], among: NDArray[np.intp], *, down: bool) -> NDArray[np.intp]:
    """Some places in the order of their ranks; equals as in the file, blanks always last."""
    own = rank[among].astype(np.int64)
    key = np.where(own == LAST, LAST, -own) if down else own
    return among[np.argsort(key, kind="stable")]


def _ranks(keys: Sequence[str]) -> Ranks:
    """Equal keys have equal ranks."""
    place = {key: at for at, key in enumerate(sorted(set(keys)))}
    return np.fromiter((place[key] for key in keys), dtype=np.int32, count=len(keys))


def _natural(name: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold())
        for part in _FIGURES.split(name)
    ]
