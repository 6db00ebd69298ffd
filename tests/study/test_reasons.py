"""Each suggestion tells its reasons in words."""

import pytest

from verbatims.model import Term, TermKind, Theme
from verbatims.study.desk.reasons import how, reasons

WASTE = Theme("dechets", "Déchets", terms=(Term("trier", TermKind.LEMMA, ("trier",)),))


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


def test_what_suggests_a_theme_is_a_term_or_a_likeness() -> None:
    assert how(WASTE, ["proche de la définition", "trier"]) == "par les termes"
    assert how(WASTE, ["proche de la définition"]) == "ressemblance"
