"""Closed answers → the columns of the grid: what to print beside each text, and how it sorts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.bases import TICKED
from verbatims.folding import fold
from verbatims.frames import DONT_KNOW
from verbatims.language import _
from verbatims.model import Kind, Question

Ranks = NDArray[np.int32]

LAST = np.iinfo(np.int32).max  # the rank of what is blank: last, whichever way one sorts

_FIGURE = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Column:
    """What a question was answered, in words: the place of each answer's among `words`, or -1."""

    words: tuple[str, ...]  # in the order in which they sort
    place: Ranks  # by text

    @property
    def rank(self) -> Ranks:
        return np.where(self.place < 0, LAST, self.place).astype(np.int32)

    def at(self, row: int) -> str:
        place = self.place[row]
        return self.words[place] if place >= 0 else ""


def column(question: Question, answers: pd.DataFrame, respondents: Sequence[str]) -> Column:
    """The answers to a closed question of those who wrote each text, as `respondents` has them.

    They are words to read, in the language of who asks.
    """
    said = _said(question, answers[answers["question"] == question.id])
    words = sorted(set(said.tolist()), key=lambda words: _order(question, words))
    codes = pd.Categorical(said, categories=words).codes
    place = pd.Index(said.index).get_indexer(pd.Index(respondents))
    found = np.where(place < 0, -1, np.append(codes, -1)[place])
    return Column(tuple(words), found.astype(np.int32))


def _said(question: Question, given: pd.DataFrame) -> "pd.Series[str]":
    """What each respondent said, in words, by respondent."""
    if question.kind is Kind.MULTI:
        ticked = given[given["value"] == TICKED]
        return ticked.groupby("respondent_id", sort=False)["item"].agg(" ; ".join)
    words = given["value"].replace(DONT_KNOW, _("Ne sais pas"))
    if question.kind is Kind.GRID:
        lines = given["item"] + " : " + words
        return lines.groupby(given["respondent_id"], sort=False).agg(" ; ".join)
    return words.set_axis(pd.Index(given["respondent_id"]))


def _order(question: Question, words: str) -> tuple[float, str]:
    """Labels in the order of their list, figures by their value, the rest by their letters."""
    if words in question.labels:
        return question.labels.index(words), ""
    if _FIGURE.fullmatch(words):
        return float(words), ""
    return float("inf"), fold(words)
