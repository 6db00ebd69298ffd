"""Who was asked a question: the base of every figure."""

import pandas as pd

from verbatims.model import CodedCorpus, Kind, Question

TICKED, UNTICKED = "1", "0"

# What survey tools write in a column that was ticked, or not, once folded.
TICKED_WORDS = frozenset(
    ("1", "x", "oui", "o", "yes", "y", "true", "vrai", "coche", "checked", "selected")
)
UNTICKED_WORDS = frozenset(
    ("0", "non", "n", "no", "false", "faux", "non coche", "unchecked", "not selected")
)


def asked(question: Question, respondents: pd.DataFrame, answers: pd.DataFrame) -> "pd.Index[str]":
    """The ids of those who were asked: those of its source who pass its filter, in file order."""
    everyone = respondents.loc[respondents["source"] == question.source, "respondent_id"]
    if question.asked_if is not None:
        given = answers[answers["question"] == question.asked_if.question]
        passing = given[_answer(given).isin(question.asked_if.answers)]
        everyone = everyone[everyone.isin(passing["respondent_id"])]
    ids: pd.Index[str] = pd.Index(everyone)
    return ids


def of_base(question: Question, coded: CodedCorpus) -> pd.DataFrame:
    """The verbatims of those who were asked; a stray answer from beyond the filter is not there."""
    written = coded.verbatims[coded.verbatims["question"] == question.id]
    people = asked(question, coded.respondents, coded.answers)
    return written[written["respondent_id"].isin(people)]


def answered(question: Question, answers: pd.DataFrame) -> "pd.Index[str]":
    """The ids of those who gave an answer; for a multi, those who ticked at least one item."""
    given = answers[answers["question"] == question.id]
    if question.answer_kind is Kind.MULTI:
        given = given[given["value"] == TICKED]
    return pd.Index(given["respondent_id"].unique())


def _answer(given: pd.DataFrame) -> pd.Series:
    """What each row says: the value, or for a ticked item of a multi the item itself."""
    ticked = (given["item"] != "") & (given["value"] == TICKED)
    return given["value"].mask(ticked, given["item"])
