"""When to stop: no new theme any more, and suggestions whose precision is known."""

import numpy as np
import pandas as pd
import pytest

from verbatims import review
from verbatims.measures.intervals import clopper_pearson

IDS = [f"v{n}" for n in range(40)]


def wide(**columns):
    return pd.DataFrame(columns, index=IDS, dtype=float)


# of 40 answers, 10 hold the theme; 12 are suggested, 8 of them rightly
HELD = wide(temps=[1.0] * 10 + [0.0] * 30)
SCORED = wide(temps=[0.9] * 8 + [0.1] * 2 + [0.9] * 4 + [0.1] * 26)


def measured(labels=HELD, crossfit=SCORED, scores=SCORED, ids=tuple(IDS)):
    return review.reliability(labels, crossfit, scores, {"temps": 0.5, "lien": 0.5}, ids).set_index(
        "theme"
    )


def test_new_themes_are_counted_over_ten_answers_in_the_order_of_reading(reading):
    found = [["a"], ["a", "b"], *([["b"]] * 9), ["c"], ["a"]]
    made = reading(*((f"v{n}", present) for n, present in enumerate(found)))
    curve = review.saturation(made)
    assert curve["verbatim_id"].to_list() == [f"v{n}" for n in range(13)]
    assert curve["themes"].to_list() == [1, *[2] * 10, 3, 3]
    assert curve["new"].to_list() == [1, *[2] * 9, 1, 1, 1]
    assert review.saturation_note(curve) == (
        "1 thème de plus dans les 10 dernières réponses (3 thèmes en 13 réponses lues)."
    )


@pytest.mark.parametrize(
    ("first", "since", "so_far"),
    [(["a"], 14, "1 thème en 15 réponses lues"), ([], 15, "0 thème en 15 réponses lues")],
)
def test_saturation_says_since_when_nothing_is_new(reading, first, since, so_far):
    made = reading(("v0", first), *((f"v{n}", []) for n in range(1, 15)))
    assert review.saturation_note(review.saturation(made)) == (
        f"Aucun thème de plus dans les {since} dernières réponses ({so_far})."
    )


def test_saturation_says_nothing_of_a_few_answers(reading):
    assert review.saturation(reading()).empty
    assert "10 réponses" in review.saturation_note(review.saturation(reading(("v1", ["a"]))))


def test_an_answer_read_again_keeps_its_place_and_one_undone_has_none(log):
    made = log(
        ("g1", "Anne", "v1", "a", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Anne", "v2", "b", "present"),
        ("g2", "Anne", "v2", "", "read"),
        ("g3", "Anne", "v1", "a", "present"),
        ("g3", "Anne", "v1", "", "read"),
        ("undo:g2", "Anne", "v2", "b", "withdrawn"),
        ("undo:g2", "Anne", "v2", "", "withdrawn"),
    )
    assert review.saturation(made)[["verbatim_id", "themes"]].to_numpy().tolist() == [["v1", 1]]


def test_precision_and_recall_have_their_exact_intervals():
    row = measured().loc["temps"]
    assert row[["n", "held", "suggested", "right"]].to_list() == [40, 10, 12, 8]
    assert (row["precision"], row["recall"]) == (8 / 12, 8 / 10)
    bounds = [float(bound) for bound in clopper_pearson(8, 12, confidence=0.9)]
    assert row[["precision_low", "precision_high"]].to_list() == pytest.approx(bounds)
    assert row["reason"] == ""


def test_only_what_chance_chose_is_measured_and_not_under_30_answers():
    row = measured(ids=tuple(IDS[:29])).loc["temps"]
    assert np.isnan(
        row[["precision", "recall", "precision_low", "recall_high"]].astype(float)
    ).all()
    assert row["reason"] == (
        "29 réponses validées parmi celles tirées au hasard : il en faut 30 pour mesurer."
    )
    assert measured(ids=tuple(IDS[:30])).loc["temps", "n"] == 30


def test_without_anything_learned_the_scores_are_those_that_saw_no_label():
    rules = measured(crossfit=SCORED.iloc[:0])
    pd.testing.assert_frame_equal(rules, measured())


def test_a_theme_unknown_at_some_readings_is_measured_on_the_others():
    labels = HELD.assign(lien=[np.nan] * 5 + [0.0] * 35)
    found = measured(labels, SCORED.assign(lien=1.0))
    assert found.loc["lien", ["n", "suggested", "right"]].to_list() == [35, 35, 0]
    assert "Jamais retenu" in found.loc["lien", "reason"]
    assert found.loc["", ["n", "held", "suggested", "right"]].to_list() == [40, 10, 47, 8]


def test_a_theme_never_suggested_has_no_precision_and_says_so():
    row = measured(crossfit=SCORED * 0).loc["temps"]
    assert np.isnan(row["precision"])
    assert row["recall"] == 0
    assert row["reason"].startswith("Jamais suggéré")
