"""A base holds those who were asked, and only them."""

import pandas as pd

from verbatims import bases
from verbatims.model import AskedIf, Column, Kind, Question, Source

RESPONDENTS = pd.DataFrame(
    [("r1", "survey", 1.0), ("r2", "survey", 1.0), ("r3", "survey", 1.0), ("E1", "interview", 1.0)],
    columns=["respondent_id", "source", "weight"],
)
ANSWERS = pd.DataFrame(
    [
        ("r1", "existe", "", "Oui"),
        ("r2", "existe", "", "Non"),
        ("r1", "acteurs", "État", "0"),
        ("r1", "acteurs", "Villes", "1"),
        ("r3", "acteurs", "État", "0"),
    ],
    columns=["respondent_id", "question", "item", "value"],
)


def question(kind: Kind = Kind.OPEN, **more: object) -> Question:
    return Question("acteurs", kind, (Column("Q"),), **more)  # type: ignore[arg-type]


def test_a_question_without_filter_was_asked_of_its_whole_source():
    assert list(bases.asked(question(), RESPONDENTS, ANSWERS)) == ["r1", "r2", "r3"]
    interviewed = question(source=Source.INTERVIEW)
    assert list(bases.asked(interviewed, RESPONDENTS, ANSWERS)) == ["E1"]


def test_a_filter_keeps_those_who_gave_one_of_its_answers():
    filtered = question(asked_if=AskedIf("existe", ("Oui", "Oui, en partie")))
    assert list(bases.asked(filtered, RESPONDENTS, ANSWERS)) == ["r1"]


def test_a_filter_on_a_multi_keeps_those_who_ticked_the_item():
    filtered = question(asked_if=AskedIf("acteurs", ("Villes",)))
    assert list(bases.asked(filtered, RESPONDENTS, ANSWERS)) == ["r1"]


def test_ticking_nothing_in_a_multi_is_not_an_answer():
    assert list(bases.answered(question(Kind.MULTI), ANSWERS)) == ["r1"]
    assert list(bases.answered(question(Kind.SINGLE), ANSWERS)) == ["r1", "r3"]
