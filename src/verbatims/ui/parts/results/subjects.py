"""What figures are about: questions, the rows of grids, and the answers that can be kept apart."""

from collections.abc import Mapping
from typing import NamedTuple

from verbatims.language import _
from verbatims.model import Figure, Kind, Question, Source
from verbatims.study import Study
from verbatims.ui.parts.results import made
from verbatims.ui.parts.results.printed import printed

TOGETHER = ""  # the id of all the open questions of the survey, counted together
_MOST = 200  # beyond, the answers to a question are too many to choose from


class Subject(NamedTuple):
    """A question as it is crossed or filtered on: a grid goes row by row."""

    question: str
    item: str = ""


def titles(opened: Study) -> dict[str, str]:
    """The questions that a figure shows, by id: the closed ones, then the open ones."""
    questionnaire = opened.questionnaire
    shown = {question.id: question.title for question in questionnaire.closed}
    shown |= {question.id: question.title for question in _open(opened)}
    if len(_open(opened)) > 1:
        shown[TOGETHER] = _("Toutes les questions ouvertes")
    return shown


def first(opened: Study) -> list[str]:
    """What is shown to begin with: a closed question, and an open one."""
    return [
        question.id
        for questions in (opened.questionnaire.closed, _open(opened))
        for question in questions[:1]
    ]


def is_open(opened: Study, question: str) -> bool:
    return question == TOGETHER or opened.questionnaire[question].kind is Kind.OPEN


def every(opened: Study) -> list[Subject]:
    """All that can be crossed or filtered on, profile first."""
    closed = sorted(opened.questionnaire.closed, key=lambda question: not question.profile)
    found = [Subject(question.id, item) for question in closed for item in items(question)]
    opens = [Subject(question.id) for question in _open(opened)]
    return [*found, *opens]


def items(question: Question) -> list[str]:
    """The rows of a grid; one without name elsewhere."""
    if question.kind is not Kind.GRID:
        return [""]
    return list(dict.fromkeys(column.item for column in question.columns))


def named(opened: Study, subject: Subject) -> str:
    """« À quelle fréquence… › Associations »."""
    if subject.question == TOGETHER:
        return _("Toutes les questions ouvertes")
    title = opened.questionnaire[subject.question].title
    return f"{subject.item} — {title}" if subject.item else title


def answers(opened: Study, subject: Subject) -> Mapping[str, str]:
    """The answers given to a question, or the themes of an open one: what each is called."""
    if is_open(opened, subject.question):
        return {theme.id: theme.label for theme in opened.codebook}
    rows = made.table(opened, Figure(subject.question)).rows
    own = rows.loc[rows["item"] == subject.item, "answer"] if subject.item else rows["answer"]
    return {name: printed(name) for name in own.unique()[:_MOST]}


def _open(opened: Study) -> list[Question]:
    return [q for q in opened.questionnaire.open if q.source is Source.SURVEY]
