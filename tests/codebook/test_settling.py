"""Themes from elsewhere that contradict each other are put right, and it is told."""

from verbatims.codebook.settling import settled
from verbatims.model import DROP, KEEP, Theme, ThemeStatus

RETIRED = ThemeStatus.RETIRED


def told(*themes: Theme) -> list[str]:
    return [f"{theme.id} : {change}" for theme, change in settled(themes)[1]]


def test_themes_that_stand_together_are_left_as_they_are() -> None:
    themes = (
        Theme("transport", "Transport"),
        Theme("velo", "Vélo", parent="transport", negation=DROP, replaces=("cyclo", "parti")),
        Theme("cyclo", "Cyclo", parent="transport", negation="velo", status=RETIRED),
        Theme("ville", "Ville", replaces=("ville",)),
        Theme("rue", "Rue", replaces=("ville",), negation="velo"),
    )
    assert settled(themes) == (themes, [])


def test_a_theme_leaves_its_retired_parents_for_the_one_above() -> None:
    themes = (
        Theme("a", "A"),
        Theme("b", "B", parent="a", status=RETIRED),
        Theme("c", "C", parent="b", status=RETIRED),
        Theme("d", "D", parent="c"),
    )
    assert [theme.parent for theme in settled(themes)[0]] == ["", "a", "b", "a"]
    assert told(*themes) == ["d : son parent est retiré ; le voici placé au-dessus."]


def test_a_negation_speaks_neither_for_itself_nor_for_a_retired_theme() -> None:
    themes = (
        Theme("a", "A", negation="a"),
        Theme("b", "B", negation="c"),
        Theme("c", "C", status=RETIRED),
    )
    assert [theme.negation for theme in settled(themes)[0]] == [KEEP, KEEP, KEEP]
    assert len(told(*themes)) == 2


def test_a_theme_replaces_neither_one_that_stays_nor_one_that_replaces_it() -> None:
    themes = (
        Theme("a", "A", replaces=("b", "parti", "parti")),
        Theme("b", "B"),
        Theme("c", "C", replaces=("d",), status=RETIRED),
        Theme("d", "D", replaces=("c",), status=RETIRED),
        Theme("e", "E", replaces=("e",)),
    )
    kept = [theme.replaces for theme in settled(themes)[0]]
    assert kept == [("parti",), (), (), (), ()]
    assert [line[0] for line in told(*themes)] == ["a", "c", "d", "e"]
