"""Themes are counted in verbatims, and the codebook is read in the order of its tree."""

import pandas as pd

from verbatims.frames import HUMAN, MACHINE
from verbatims.model import DROP, Codebook, Theme, ThemeStatus
from verbatims.ui.parts.themes import order
from verbatims.ui.parts.themes.checks import silent
from verbatims.ui.parts.themes.tree import counts

TAGS = pd.DataFrame(
    [("a", "t", "agir"), ("a", "t", "agir"), ("b", "t", "agir"), ("b", "t", "ensemble")],
    columns=["verbatim_id", "theme", "rule"],
)
CODINGS = pd.DataFrame(
    [("a", "t", True, HUMAN), ("b", "t", False, HUMAN), ("c", "t", True, MACHINE)],
    columns=["verbatim_id", "theme", "present", "source"],
)
DOUBTS = pd.DataFrame(
    [("t", "absent", "nothing"), ("t", "agir", "shadowed")], columns=["theme", "term", "kind"]
)
BOOK = Codebook(
    (
        Theme("velo", "Vélo", parent="transport"),
        Theme("transport", "Transport", negation=DROP),
        Theme("train", "Train", parent="transport", negation="velo"),
        Theme("avion", "Avion", status=ThemeStatus.RETIRED),
    )
)


def test_a_verbatim_counts_once_however_often_a_term_is_found_in_it() -> None:
    found = counts(TAGS, CODINGS, TAGS)
    assert found.suggested["t"] == 2
    assert found.terms["t", "agir"] == 2


def test_only_what_a_coder_kept_is_retained() -> None:
    assert counts(TAGS, CODINGS, TAGS).retained["t"] == 1


def test_a_term_that_finds_nothing_is_silent_and_one_that_another_covers_is_not() -> None:
    assert silent(DOUBTS) == {("t", "absent")}


def test_each_theme_stands_under_its_parent() -> None:
    found = [(theme.id, depth) for theme, depth in order.nested(BOOK)]
    assert found == [("transport", 0), ("velo", 1), ("train", 1)]


def test_themes_move_among_those_of_the_same_parent() -> None:
    assert [theme.id for theme in order.siblings(BOOK, BOOK["train"])] == ["velo", "train"]
    assert [theme.id for theme in order.siblings(BOOK, BOOK["transport"])] == ["transport"]


def test_no_theme_can_be_put_under_itself_or_what_is_under_it() -> None:
    assert order.below(BOOK, "transport") == {"transport", "velo", "train"}


def test_what_negation_does_is_said_where_it_does_something() -> None:
    assert order.negation(BOOK, BOOK["velo"]) == ""
    assert order.negation(BOOK, BOOK["transport"]) == "une mention niée ne compte pas"
    assert order.negation(BOOK, BOOK["train"]) == "une mention niée compte pour « Vélo »"
