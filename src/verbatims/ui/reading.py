"""The frames of a study → what stands around one verbatim: its evidence and its respondent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from verbatims.bases import TICKED
from verbatims.frames import DONT_KNOW
from verbatims.language import _
from verbatims.model import Question
from verbatims.study import Study
from verbatims.ui import state

Rows = Mapping[str, list[int]]


@dataclass(frozen=True)
class Reading:
    """The frames, with the places of the rows of each verbatim and respondent."""

    verbatims: pd.DataFrame
    tags: pd.DataFrame
    answers: pd.DataFrame
    by_verbatim: Mapping[str, int]
    tags_of: Rows
    answers_of: Rows
    note: str = ""  # what the suggestions stand on
    calibrated: bool = False  # whether their scores read as probabilities

    def verbatim(self, verbatim_id: str) -> "pd.Series[str] | None":
        place = self.by_verbatim.get(verbatim_id)
        return None if place is None else self.verbatims.iloc[place]

    def tagged(self, verbatim_id: str) -> pd.DataFrame:
        """The suggestions on one verbatim."""
        return self.tags.iloc[self.tags_of.get(verbatim_id, [])]

    def said(self, respondent_id: str, question: Question) -> list[tuple[str, str]]:
        """What a respondent answered to a closed question: (item or "", answer in words)."""
        rows = self.answers.iloc[self.answers_of.get(respondent_id, [])]
        given = rows[rows["question"] == question.id]
        ticked = (given["value"] == TICKED) & (given["item"] != "")
        if ticked.any() or question.answer_kind == "multi":
            items = given.loc[ticked, "item"].tolist()
            return [("", _(" ; ").join(items))] if items else []
        words = given["value"].replace(DONT_KNOW, _("Ne sais pas"))
        return list(zip(given["item"], words, strict=True))


def load(opened: Study) -> Reading:
    """The reading of a study, kept until its data change."""
    return state.kept(opened, "reading", lambda: _build(opened), work=False)


def _build(opened: Study) -> Reading:
    verbatims, tags, answers = opened.verbatims(), opened.tags(), opened.answers()
    return Reading(
        verbatims,
        tags,
        answers,
        {name: place for place, name in enumerate(verbatims["verbatim_id"])},
        _places(tags["verbatim_id"]),
        _places(answers["respondent_id"]),
        opened.stages.note(),
        opened.stages.calibrated,
    )


def _places(names: "pd.Series[str]") -> Rows:
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[name].append(place)
    return dict(places)
