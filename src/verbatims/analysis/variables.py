"""A question → what it says of each respondent, in one form for all kinds, ready to be crossed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.analysis.closed import DONT_KNOW_LABEL, INSIDE, given, in_order
from verbatims.analysis.held import asked_verbatims, holders, is_read, late, listed, retained
from verbatims.bases import asked
from verbatims.errors import VerbatimsError
from verbatims.frames import ANSWERED
from verbatims.language import N_, _
from verbatims.measures.intervals import Floats
from verbatims.model import CodedCorpus, Kind, Question

Flags = NDArray[np.bool_]
Ints = NDArray[np.integer]

LATE = N_("Thème ajouté après la lecture d'une partie des réponses : relisez-les.")


@dataclass(frozen=True)
class Variable:
    """What a question says of those who were asked it: `people` rows, a column per category.

    `based` are those who answered; `known`, those of them whose answer is wholly read, everyone
    for a closed question. `marks` are the ratings, or the rank of an ordinal answer, NaN without.
    `withheld` says for each category why no share is due, "" when one is.
    """

    question: str
    item: str
    title: str
    kind: Kind
    categories: tuple[str, ...]
    labels: tuple[str, ...]
    people: "pd.Index[str]"
    holds: Flags
    based: Flags
    known: Flags
    marks: Floats
    weights: Floats
    withheld: tuple[str, ...]

    @property
    def is_marked(self) -> bool:
        """Whether its answers have an order or a value."""
        return self.kind in (Kind.ORDINAL, Kind.RATING)

    def on(self, people: "pd.Index[str]") -> "Variable":
        """The same for these people, all of whom were asked, in their order."""
        at = self.people.get_indexer(people)
        taken = {name: getattr(self, name)[at] for name in _BY_PERSON}
        rest = {name: getattr(self, name) for name in _AS_THEY_ARE}
        return Variable(people=people, **taken, **rest)

    def holders(self, category: str) -> "pd.Index[str]":
        """The respondents of a category."""
        return self.people[self.holds[:, self.categories.index(category)] & self.based]


_BY_PERSON = ("holds", "based", "known", "marks", "weights")
_AS_THEY_ARE = ("question", "item", "title", "kind", "categories", "labels", "withheld")


def variable(coded: CodedCorpus, question: str, *, item: str = "") -> Variable:
    """What `question` says of each person; "" is every open question of the survey.

    Raises VerbatimsError for a question that is not there, or a grid without one of its items.
    """
    if not question:
        return _themes(coded, "", _("Thèmes de toutes les questions"))
    try:
        asked_for = coded.questionnaire[question]
    except KeyError:
        raise VerbatimsError(
            _("La question « {question} » n'est pas dans le questionnaire.", question=question)
        ) from None
    if asked_for.kind is Kind.OPEN:
        return _themes(coded, question, asked_for.title)
    return _closed(coded, asked_for, item)


def _closed(coded: CodedCorpus, question: Question, item: str) -> Variable:
    chosen = given(question, coded.respondents, coded.answers)
    items, categories = in_order(question, chosen)
    if item not in items:
        raise VerbatimsError(
            _(
                "« {question} » n'a pas de ligne « {item} ». Choisissez parmi : {items}.",
                question=question.title,
                item=item,
                items=", ".join(items),
            )
        )
    chosen = chosen[chosen["item"] == item]
    people = asked(question, coded.respondents, coded.answers)
    rows = people.get_indexer(pd.Index(chosen["respondent_id"]))
    columns = pd.Index(categories, dtype=object).get_indexer(pd.Index(chosen["answer"]))
    holds = np.zeros((len(people), len(categories)), dtype=bool)
    holds[rows, columns] = True
    based = np.asarray(holds.any(axis=1))
    return Variable(
        question=question.id,
        item=item,
        title=f"{question.title}{INSIDE}{item}" if item else question.title,
        kind=question.answer_kind,
        categories=tuple(categories),
        labels=tuple(_(name) if name == DONT_KNOW_LABEL else name for name in categories),
        people=people,
        holds=holds,
        based=based,
        known=based,
        marks=_marks(question, chosen, rows, len(people)),
        weights=_weights(coded, people),
        withheld=("",) * len(categories),
    )


def _marks(question: Question, chosen: pd.DataFrame, rows: Ints, n: int) -> Floats:
    """A rating's number; the rank of an ordinal answer among the labels; NaN for the others."""
    marks = np.full(n, np.nan)
    if question.answer_kind is Kind.RATING:
        marks[rows] = chosen["number"]
    if question.answer_kind is Kind.ORDINAL:
        ranks = pd.Index(question.labels, dtype=object).get_indexer(pd.Index(chosen["answer"]))
        marks[rows] = np.where(ranks >= 0, ranks, np.nan)
    return marks


def _themes(coded: CodedCorpus, question: str, title: str) -> Variable:
    verbatims = asked_verbatims(coded, question)
    written = verbatims[verbatims["status"] == ANSWERED]
    everyone = pd.Index(coded.respondents["respondent_id"])
    were_asked = np.zeros(len(everyone), dtype=bool)
    were_asked[everyone.get_indexer(pd.Index(verbatims["respondent_id"]))] = True
    people = everyone[were_asked]
    of_person = people.get_indexer(pd.Index(written["respondent_id"]))
    based, unread = np.zeros(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    based[of_person] = True
    unread[of_person[~is_read(coded, written)]] = True
    names = listed(coded)
    added = set(late(coded, verbatims))
    return Variable(
        question=question,
        item="",
        title=title,
        kind=Kind.MULTI,
        categories=tuple(names),
        labels=tuple(names.values()),
        people=people,
        holds=_held(coded, written, of_person, (len(people), tuple(names))),
        based=based,
        known=based & ~unread,
        marks=np.full(len(people), np.nan),
        weights=_weights(coded, people),
        withheld=tuple(_(LATE) if theme in added else "" for theme in names),
    )


def _held(
    coded: CodedCorpus,
    written: pd.DataFrame,
    of_person: Ints,
    shape: tuple[int, tuple[str, ...]],
) -> Flags:
    """People × themes: whether coders found the theme in something that the person wrote."""
    people, themes = shape
    held = holders(coded.codebook, retained(coded))
    places = pd.Index(written["verbatim_id"]).get_indexer(pd.Index(held["verbatim_id"]))
    columns = pd.Index(themes, dtype=object).get_indexer(pd.Index(held["theme"]))
    holds = np.zeros((people, len(themes)), dtype=bool)
    found = places >= 0
    holds[of_person[places[found]], columns[found]] = True
    return holds


def _weights(coded: CodedCorpus, people: "pd.Index[str]") -> Floats:
    at = pd.Index(coded.respondents["respondent_id"]).get_indexer(people)
    weights: Floats = coded.respondents["weight"].to_numpy(dtype=float)[at]
    return weights
