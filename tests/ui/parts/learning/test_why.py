"""Each suggestion tells its reasons in words."""

import pandas as pd
import pytest

from verbatims.frames import TAGS
from verbatims.model import Codebook, Term, TermKind, Theme
from verbatims.ui.parts.learning.why import lines, reasons

WASTE = Theme("dechets", "Déchets", terms=(Term("trier", TermKind.LEMMA, ("trier",)),))
BIKE = Theme("velo", "Vélo")
BOOK = Codebook((WASTE, BIKE))


def tags(*rows: tuple[str, int, int, float, str, str]) -> pd.DataFrame:
    """theme, start, end, score, rule, evidence of one verbatim."""
    made = [("v1", theme, "combined", *others) for theme, *others in rows]
    return pd.DataFrame(made, columns=list(TAGS.columns))


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("trier", "Trions")], ["terme : « trier » (« Trions »)"]),
        ([("trier", "Trier")], ["terme : « trier »"]),
        (
            [
                ("appris : « bac » (12 réponses sur 14)", "bacs"),
                ("appris : « tri » (1 réponse sur 6)", "tri"),
            ],
            ["appris : « bac » (12 réponses sur 14), « tri » (1 sur 6)"],
        ),
        (
            [("définition : « jeter »", "jette"), ("définition : « jeter »", "jeté")],
            ["définition : « jeter »"],
        ),
        ([("proche de réponses validées", "")], ["proche de réponses validées"]),
    ],
)
def test_reasons_are_said_once_and_those_of_a_kind_together(
    pairs: list[tuple[str, str]], said: list[str]
) -> None:
    assert reasons(WASTE, pairs) == said


def test_the_surest_theme_comes_first_with_its_score() -> None:
    found = tags(
        ("dechets", 0, 5, 0.4, "trier", "trier"),
        ("velo", 8, 12, 0.91, "libellé : « Vélo »", "vélo"),
    )
    told = lines(BOOK, found, calibrated=True)
    assert told.index("Vélo") < told.index("Déchets")
    assert "91\u202f%" in told


def test_scores_that_are_no_probabilities_are_told_in_words() -> None:
    found = tags(
        ("dechets", 0, 5, 1, "trier", "trier"), ("velo", 0, 0, 0.6, "proche de la définition", "")
    )
    told = lines(BOOK, found, calibrated=False)
    assert "%" not in told
    assert "par les termes" in told
    assert "ressemblance" in told


def test_what_is_written_in_answers_is_never_read_as_html() -> None:
    told = lines(BOOK, tags(("dechets", 0, 5, 1, "trier", "<b>")), calibrated=False)
    assert "<b>»" not in told
    assert "&lt;b&gt;" in told
