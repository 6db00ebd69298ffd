"""The curve of saturation, and the same in a short table."""

import pandas as pd
import pytest

from verbatims.ui.parts.learning.saturation import chart, milestones


def curve(n: int) -> pd.DataFrame:
    return pd.DataFrame({"verbatim_id": "v", "read": range(1, n + 1), "themes": 3, "new": 0})


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (4, [4]),
        (30, [10, 20, 30]),
        (95, [*range(10, 91, 10), 95]),
        (201, [*range(20, 201, 20), 201]),
    ],
)
def test_the_table_has_round_numbers_of_answers_and_the_last(n: int, shown: list[int]) -> None:
    assert milestones(curve(n))["read"].tolist() == shown


def test_the_table_stays_short() -> None:
    assert all(len(milestones(curve(n))) <= 13 for n in (130, 999, 12_345))


def test_the_curve_is_read_aloud_as_its_sentence() -> None:
    drawn = chart(curve(20), "Aucun nouveau thème.").to_dict()
    assert drawn["description"] == "Aucun nouveau thème."
    assert drawn["encoding"]["y"]["field"] == "themes"
