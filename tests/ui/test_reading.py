"""What a respondent answered is told in words, beside the verbatim."""

import pandas as pd

from verbatims.frames import ANSWERS, TAGS, VERBATIMS
from verbatims.model import Column, Kind, Question
from verbatims.ui.reading import Reading

ANSWERS_GIVEN = pd.DataFrame(
    [
        ("r1", "q1", "", "Oui"),
        ("r1", "q2", "Mécénat", "1"),
        ("r1", "q2", "Dons", "0"),
        ("r1", "q2", "Fonds publics", "1"),
        ("r1", "q3", "La santé", "nsp"),
    ],
    columns=list(ANSWERS.columns),
)
READING = Reading(VERBATIMS.empty(), TAGS.empty(), ANSWERS_GIVEN, {}, {}, {"r1": [0, 1, 2, 3, 4]})


def asked(name: str, kind: Kind, of: Kind | None = None) -> Question:
    return Question(name, kind, (Column(name),), of=of)


def test_a_single_answer_is_told_as_it_is() -> None:
    assert READING.said("r1", asked("q1", Kind.SINGLE)) == [("", "Oui")]


def test_a_multi_tells_only_what_was_ticked() -> None:
    assert READING.said("r1", asked("q2", Kind.MULTI)) == [("", "Mécénat ; Fonds publics")]


def test_dont_know_is_told_in_words_with_its_item() -> None:
    grid = asked("q3", Kind.GRID, Kind.RATING)
    assert READING.said("r1", grid) == [("La santé", "Ne sais pas")]


def test_somebody_unknown_said_nothing() -> None:
    assert READING.said("r2", asked("q1", Kind.SINGLE)) == []


def test_a_verbatim_that_left_the_study_is_none() -> None:
    assert READING.verbatim("gone") is None
    assert READING.tagged("gone").empty
