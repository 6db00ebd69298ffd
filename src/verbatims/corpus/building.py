"""Raw frame + Questions → Corpus, with everything doubtful counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims import bases
from verbatims.corpus import answers
from verbatims.corpus.emptiness import status
from verbatims.corpus.fitting import fit
from verbatims.corpus.notes import Notes
from verbatims.corpus.respondents import identifiers, respondents
from verbatims.folding import squeeze
from verbatims.frames import ANSWERED, ANSWERS, EMPTY, VERBATIMS
from verbatims.language import _, ngettext
from verbatims.model import CLOSED, Corpus, Kind, Question, Questionnaire, Raw, Source

Objects = npt.NDArray[np.object_]


def build(raw: Raw, questionnaire: Questionnaire, *, source: Source = Source.SURVEY) -> Corpus:
    """Read the answers of one source; raise all that is wrong, keep and tell what is doubtful."""
    notes = Notes(raw)
    questions = fit(
        [q for q in questionnaire if q.source is source], raw.frame.columns.tolist(), notes
    )
    ids = identifiers(raw, questions, source, notes)
    everyone = respondents(raw, questions, ids, source, notes)
    notes.stop_on_errors()
    survey = _Survey(raw, ids, everyone, notes)
    closed = {q.id: answers.pieces(q, raw, notes) for q in questions if q.kind in CLOSED}
    verbatims = _verbatims(survey, questions, closed)
    return Corpus(
        everyone,
        _answers(survey, closed, source),
        VERBATIMS.check(pd.concat([VERBATIMS.empty(), *verbatims], ignore_index=True)),
        (*raw.problems, *notes.problems),
    )


Closed = Mapping[str, Sequence[answers.Piece]]


@dataclass(frozen=True)
class _Survey:
    """What the steps below share: the rows of the file, and who answers each."""

    raw: Raw
    ids: Objects
    everyone: pd.DataFrame
    notes: Notes


def _verbatims(
    survey: _Survey, questions: Sequence[Question], closed: Closed
) -> list[pd.DataFrame]:
    """The open answers, question by question; filters are checked on the way."""
    found, beyond = [], {}
    for question in questions:
        asked = _asked(survey, question, closed)
        if question.kind is Kind.OPEN:
            found.append(_texts(survey, question, asked))
            answered = pd.Index(found[-1].loc[found[-1]["status"] == ANSWERED, "respondent_id"])
        elif question.asked_if:
            answered = bases.answered(question, answers.frame(closed[question.id], survey.ids))
        if question.asked_if:
            beyond[question.id] = len(answered.difference(asked))
    _tell_not_asked(survey, beyond)
    return found


def _asked(survey: _Survey, question: Question, closed: Closed) -> "pd.Index[str]":
    """The respondents asked; the answers to the filter alone are enough to know."""
    filtering = question.asked_if.question if question.asked_if else ""
    given = answers.frame(closed.get(filtering, ()), survey.ids)
    asked = bases.asked(question, survey.everyone, given)
    if question.asked_if and asked.empty:
        survey.notes.warn(
            _(
                "personne ne passe le filtre de la question « {id} » : vérifiez les réponses de "
                "« {filtering} » dans asked_if.",
                id=question.id,
                filtering=filtering,
            )
        )
    return asked


def _tell_not_asked(survey: _Survey, beyond: Mapping[str, int]) -> None:
    """One warning for all: the same few people often answer a whole filtered section."""
    concerned = [f"{name} ({times})" for name, times in beyond.items() if times]
    if concerned:
        survey.notes.warn(
            _(
                "des répondants que le filtre écarte ont pourtant répondu ; leurs réponses sont "
                "gardées, hors de la base : {questions}.",
                questions=", ".join(concerned),
            )
        )


def _texts(survey: _Survey, question: Question, asked: "pd.Index[str]") -> pd.DataFrame:
    """One row for each respondent asked, and for those who answered without being asked."""
    texts = survey.raw.frame[question.columns[0].header]
    codes, uniques = pd.factorize(texts)
    missing = {squeeze(value) for value in question.missing}
    statuses = [
        EMPTY if squeeze(text) in missing else status(text, question.text) for text in uniques
    ]
    by_row = np.array(statuses, dtype="object")[codes]
    expected = np.isin(survey.ids, asked) if question.asked_if else np.ones(len(texts), dtype=bool)
    beyond = ~expected & (by_row == ANSWERED)
    kept = expected | beyond
    return pd.DataFrame(
        {
            "verbatim_id": _verbatim_ids(survey, question)[kept],
            "respondent_id": survey.ids[kept],
            "question": question.id,
            "text": texts.to_numpy()[kept],
            "status": by_row[kept],
        }
    )


def _verbatim_ids(survey: _Survey, question: Question) -> Objects:
    """The respondent and the question, and in an interview the rank of the turn."""
    found: Objects = survey.ids + f":{question.id}"
    if question.source is Source.INTERVIEW:
        turns = pd.Series(survey.ids).groupby(survey.ids, sort=False).cumcount() + 1
        found = found + ":" + turns.astype(str).to_numpy(dtype="object")
    return found


def _answers(survey: _Survey, closed: Closed, source: Source) -> pd.DataFrame:
    """All the closed answers; in an interview, the first turn that answers counts."""
    frame = answers.frame([piece for pieces in closed.values() for piece in pieces], survey.ids)
    if source is Source.SURVEY:
        return frame
    key = list(ANSWERS.key)
    contradictory = int(frame.drop_duplicates().duplicated(key).sum())
    if contradictory:
        survey.notes.warn(
            ngettext(
                "une même personne change de réponse fermée d'un tour de parole à l'autre "
                "({n} fois) : la première est gardée.",
                "une même personne change de réponse fermée d'un tour de parole à l'autre "
                "({n} fois) : la première est gardée.",
                contradictory,
            )
        )
    return ANSWERS.check(frame.drop_duplicates(key, ignore_index=True))
