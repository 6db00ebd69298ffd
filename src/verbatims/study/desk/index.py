"""A study's verbatims by their place, and what the last run found in them; as of one data version.

What a request needs of a hundred thousand verbatims is worked out once, when first asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims import review
from verbatims.bases import TICKED
from verbatims.folding import answer_keys, fold, fold_texts
from verbatims.frames import ANSWERED, DONT_KNOW
from verbatims.language import _
from verbatims.model import Kind, Question, Source
from verbatims.study.desk.similar import Nearest
from verbatims.study.stages import LEMMAS

if TYPE_CHECKING:
    from verbatims.study import Study

Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]
Columns = Mapping[str, Objects]


@dataclass(frozen=True)
class Tag:
    """A passage or a reason that speaks for a theme; a reason of no passage has an empty span."""

    theme: str
    start: int
    end: int
    score: float
    rule: str
    evidence: str


def stamp(text: str) -> str:
    """What tells a text from the one that takes its place."""
    return sha256(text.encode()).hexdigest()[:12]


class Groups:
    """The rows of a column by their value, each value's in their order."""

    def __init__(self, column: Objects) -> None:
        codes, values = pd.factorize(column)
        self._order = np.argsort(codes, kind="stable")
        self._ends = np.cumsum(np.bincount(codes, minlength=len(values)))
        self._codes = {value: code for code, value in enumerate(values)}

    def rows(self, value: str) -> Ints:
        code = self._codes.get(value)
        if code is None:
            return np.empty(0, dtype=np.intp)
        start = self._ends[code - 1] if code else 0
        return self._order[start : self._ends[code]]


class Index:
    """Read by all, altered by none."""

    def __init__(self, study: "Study") -> None:
        verbatims = study.verbatims()
        self._stages, self._store = study.stages, study.store
        self._surveyed = {
            question.id for question in study.questionnaire if question.source is Source.SURVEY
        }
        self.ids: list[str] = verbatims["verbatim_id"].tolist()
        self.texts: list[str] = verbatims["text"].tolist()
        self.statuses: list[str] = verbatims["status"].tolist()
        self.questions: list[str] = verbatims["question"].tolist()
        self.respondents: list[str] = verbatims["respondent_id"].tolist()
        self.names: Objects = verbatims["verbatim_id"].to_numpy(dtype=object)
        self.place: Mapping[str, int] = {name: at for at, name in enumerate(self.ids)}
        self.answered: Flags = (verbatims["status"] == ANSWERED).to_numpy()
        self._by_respondent = Groups(verbatims["respondent_id"].to_numpy())
        self._by_question = Groups(verbatims["question"].to_numpy())
        self._tags = _columns(study.tags(), *Tag.__dataclass_fields__, "verbatim_id")
        self._scores = study.stages.scores()
        self._clusters = study.clustering().clusters
        self.calibrated = study.stages.calibrated
        self._groups: dict[tuple[str, str], Flags] = {}
        self._building = Lock()

    def __len__(self) -> int:
        return len(self.ids)

    # -- verbatims -----------------------------------------------------------------------

    def of_question(self, question: str) -> Flags:
        return self._flags(self._by_question.rows(question))

    def of_respondent(self, respondent: str) -> list[int]:
        """The places of all that someone said, in order."""
        places: list[int] = self._by_respondent.rows(respondent).tolist()
        return places

    def holding(self, search: str, among: Flags) -> Flags:
        """Those of some verbatims that hold every word searched for."""
        found = np.flatnonzero(among)
        for word in fold(search).split():
            found = found[[word in self._folded[at] for at in found.tolist()]]
        return self._flags(found)

    def alike(self, at: int) -> list[int]:
        """The other answers to the same question that say the same but for signs and capitals.

        A turn of an interview is like no other: it says what it does by those before it.
        """
        return [other for other in self._alike.get(at, ()) if other != at]

    def flags(self, names: Iterable[str]) -> Flags:
        """Where some verbatims are, of those that are there."""
        places = [self.place[name] for name in names if name in self.place]
        return self._flags(np.array(places, dtype=np.intp))

    def _flags(self, places: Ints) -> Flags:
        flags = np.zeros(len(self), dtype=bool)
        flags[places] = True
        return flags

    @cached_property
    def _folded(self) -> list[str]:
        return fold_texts(self.texts)

    @cached_property
    def _alike(self) -> dict[int, list[int]]:
        """The answers that say the same, for each where there are several."""
        keys = answer_keys(self._folded)
        same: dict[tuple[str, str], list[int]] = {}
        for at in np.flatnonzero(self.answered).tolist():
            if self.questions[at] in self._surveyed:
                same.setdefault((self.questions[at], keys[at]), []).append(at)
        return {at: places for places in same.values() if len(places) > 1 for at in places}

    # -- people --------------------------------------------------------------------------

    @cached_property
    def _answers(self) -> Columns:
        return _columns(self._store.answers(), "respondent_id", "question", "item", "value")

    @cached_property
    def _answers_of(self) -> Groups:
        return Groups(self._answers["respondent_id"])

    @cached_property
    def _answers_to(self) -> Groups:
        return Groups(self._answers["question"])

    def said(self, respondent: str, questions: Sequence[Question]) -> list[tuple[str, str]]:
        """What someone answered to closed questions: (title or item, answer in words)."""
        rows = self._answers_of.rows(respondent)
        columns = (self._answers[name][rows].tolist() for name in ("question", "item", "value"))
        given: dict[str, list[tuple[str, str]]] = {}
        for question, item, value in zip(*columns, strict=True):
            given.setdefault(question, []).append((item, value))
        return [
            (item or question.title, answer)
            for question in questions
            for item, answer in _in_words(question, given.get(question.id, []))
        ]

    def in_group(self, question: str, label: str) -> Flags:
        """The verbatims of those who gave one answer to a closed question."""
        key = (question, label)
        if key not in self._groups:
            rows = self._answers_to.rows(question)
            item, value = self._answers["item"][rows], self._answers["value"][rows]
            given = ((item == label) & (value == TICKED)) | (value == label)
            people = set(self._answers["respondent_id"][rows][given])
            self._groups[key] = np.array([name in people for name in self.respondents], dtype=bool)
        return self._groups[key]

    # -- what the machine found ----------------------------------------------------------

    @cached_property
    def _tags_of(self) -> Groups:
        return Groups(self._tags["verbatim_id"])

    @cached_property
    def _tagged(self) -> dict[str, Flags]:
        places = pd.Index(self.ids).get_indexer(pd.Index(self._tags["verbatim_id"]))
        codes, themes = pd.factorize(self._tags["theme"])
        return {
            theme: self._flags(places[(codes == code) & (places >= 0)])
            for code, theme in enumerate(themes)
        }

    def tagged(self, theme: str) -> Flags:
        """Where a theme is suggested."""
        return self._tagged.get(theme, np.zeros(len(self), dtype=bool))

    def tags(self, at: int) -> list[Tag]:
        """What speaks for the themes suggested in a verbatim."""
        rows = self._tags_of.rows(self.ids[at])
        columns = (self._tags[name][rows].tolist() for name in Tag.__dataclass_fields__)
        return [Tag(*row) for row in zip(*columns, strict=True)]

    @cached_property
    def guide(self) -> review.Guide:
        """What orders go by, but for what coders do."""
        return review.Guide.of(
            self.ids, scores=self._scores, clusters=self._clusters, calibrated=self.calibrated
        )

    @property
    def note(self) -> str:
        """What the suggestions stand on, to who asks."""
        return self._stages.note()

    def scores(self, at: int) -> dict[str, float]:
        """How probable each theme is in a verbatim; nothing when scores are no probabilities."""
        if not self.calibrated:
            return {}
        return dict(zip(self.guide.themes, self.guide.scores[at].tolist(), strict=True))

    @property
    def nearest(self) -> Nearest | None:
        """What finds similar answers, made once; None before the words have been read."""
        with self._building:
            return self._nearest

    @property
    def is_near_known(self) -> bool:
        """Whether `nearest` was made already."""
        return "_nearest" in vars(self)

    @cached_property
    def _nearest(self) -> Nearest | None:
        if not self._stages.cache.about(LEMMAS):
            return None
        return Nearest.of(self._stages.lemmas(), self.ids, self.questions)


def _columns(frame: pd.DataFrame, *names: str) -> Columns:
    """As arrays: a few rows of a frame take a hundred times longer to reach."""
    return {name: frame[name].to_numpy() for name in names}


def _in_words(question: Question, given: Sequence[tuple[str, str]]) -> list[tuple[str, Any]]:
    ticked = [item for item, value in given if item and value == TICKED]
    if ticked or question.answer_kind is Kind.MULTI:
        return [("", " ; ".join(ticked))] if ticked else []
    return [(item, _("Ne sais pas") if value == DONT_KNOW else value) for item, value in given]
