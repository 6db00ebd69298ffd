"""The analyst's word on which answers say nothing wins over the tool's."""

import pandas as pd

from verbatims.corpus import restated
from verbatims.frames import VERBATIMS


def statuses(answers, *, empty=(), answered=()):
    """The statuses of (text, status) once the analyst has ruled."""
    rows = [(f"v{n}", f"r{n}", "q", text, status) for n, (text, status) in enumerate(answers)]
    verbatims = VERBATIMS.check(pd.DataFrame(rows, columns=list(VERBATIMS.columns)))
    return list(restated(verbatims, empty=empty, answered=answered)["status"])


def test_spelling_makes_no_difference_but_other_words_do():
    answers = [("A définir !", "answered"), ("À définir ensemble", "answered")]
    assert statuses(answers, empty=["à définir"]) == ["empty", "answered"]


def test_what_the_tool_takes_for_empty_may_be_an_answer():
    answers = [("aucun.", "empty"), ("+", "empty"), ("?", "empty")]
    assert statuses(answers, answered=["Aucun", "+"]) == ["answered", "answered", "empty"]


def test_blank_answers_stay_blank():
    assert statuses([(" ", "blank"), ("", "blank")], answered=[" "]) == ["blank", "blank"]


def test_a_long_answer_may_be_declared_empty():
    text = "Je recopie ici le message du collectif, comme tout le monde. " * 4
    assert statuses([(text.upper(), "answered")], empty=[text]) == ["empty"]


def test_nothing_ruled_changes_nothing():
    assert statuses([("RAS", "empty"), ("agir", "answered")]) == ["empty", "answered"]
