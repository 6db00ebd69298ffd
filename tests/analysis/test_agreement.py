"""How far coders agree, theme by theme and on whole answers."""

import math
import time

import numpy as np
import pandas as pd
import pytest

from verbatims.analysis.agreement import FEW, NO_PAIR, RARE, SAME, agreement, verdict
from verbatims.model import Codebook, Theme

BOOK = Codebook((Theme("prix", "Prix"), Theme("accueil", "Accueil"), Theme("delai", "Délai")))

ANNE = ("prix", "prix accueil", "delai", "accueil", "prix delai", "aucun", "accueil delai", "prix")
PAUL = ("prix", "prix", "delai", "accueil delai", "prix delai", "aucun", "accueil", "delai")
THEMES = ("prix", "accueil", "delai", "aucun")


def votes(**found):
    """What each coder found in the answers v0, v1 …; None where they did not read it."""
    rows = [
        (f"v{n}", theme, coder, theme in themes.split())
        for coder, answers in found.items()
        for n, themes in enumerate(answers)
        if themes is not None
        for theme in THEMES
    ]
    return pd.DataFrame(rows, columns=["verbatim_id", "theme", "coder", "present"])


def measured(said, *coders, people=None):
    units = said["verbatim_id"].unique()
    own = people or {name: f"r{name}" for name in units}
    return agreement(said, own, BOOK, coders, title="Accord")


def by_theme(said, *coders):
    return measured(said, *coders)[0].rows.set_index("theme")


def test_each_theme_has_the_counts_of_its_two_readers():
    rows = by_theme(votes(Anne=ANNE, Paul=PAUL), "Anne", "Paul")
    assert list(rows.index) == ["prix", "accueil", "delai", "aucun"]
    assert rows.loc["prix", ["n", "both", "first", "second", "neither"]].tolist() == [8, 3, 1, 0, 4]
    assert rows.loc["delai", ["both", "first", "second", "neither"]].tolist() == [2, 1, 2, 3]
    assert rows.loc["prix", "prevalence"] == 7 / 16
    assert set(rows["note"]) == {FEW}
    assert rows["kappa"].isna().all()


def test_from_ten_answers_on_the_figures_of_the_literature_are_given():
    rows = by_theme(votes(Anne=ANNE * 4, Paul=PAUL * 4), "Anne", "Paul")
    assert rows["kappa"][:3].to_list() == pytest.approx([0.75, 0.714286, 0.25], abs=1e-6)
    assert rows.loc["prix", "agreement"] == 28 / 32
    assert rows.loc["prix", "pabak"] == 0.75
    assert (rows["kappa_low"] < rows["kappa"])[:3].all()
    assert (rows["kappa"] < rows["kappa_high"])[:3].all()


def test_sets_of_themes_are_compared_whole():
    table = measured(votes(Anne=ANNE, Paul=PAUL), "Anne", "Paul")[1]
    rows = table.rows.set_index("measure")
    expected = [0.531792, 0.580224, 0.439252]
    assert rows.loc[["masi", "jaccard", "nominal"], "value"].to_list() == pytest.approx(
        expected, abs=1e-6
    )
    assert set(rows["verdict"]) == {"trop peu de répondants pour un intervalle"}
    assert rows[["low", "high"]].isna().all(axis=None)
    more = measured(votes(Anne=ANNE * 2, Paul=PAUL * 2), "Anne", "Paul")[1].rows
    assert set(more["verdict"]) == {"fragile"}
    assert (more["low"] < more["value"]).all()
    assert (rows["n"] == 8).all()


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.80, "solide"),
        (0.799, "à confirmer"),
        (0.667, "à confirmer"),
        (0.5, "fragile"),
        (-0.2, "fragile"),
        (math.nan, ""),
    ],
)
def test_what_an_alpha_is_worth(alpha, said):
    assert verdict(alpha) == said


def test_an_answer_that_one_coder_alone_read_is_no_agreement_nor_absence():
    alone = (*ANNE, "prix", "prix"), (*PAUL, None, None)
    rows = by_theme(votes(Anne=alone[0], Paul=alone[1]), "Anne", "Paul")
    assert (rows["n"] == 8).all()
    none = by_theme(votes(Anne=("prix", None), Paul=(None, "prix")), "Anne", "Paul")
    assert (none["n"] == 0).all()
    assert set(none["note"]) == {NO_PAIR}


def test_three_coders_are_measured_together_without_a_kappa():
    said = votes(Anne=ANNE * 4, Paul=PAUL * 4, Zoé=(*ANNE * 3, *[None] * 8))
    themes, sets = measured(said, "Anne", "Paul", "Zoé")
    rows = themes.rows.set_index("theme")
    assert rows["kappa"].isna().all()
    assert rows["first"].isna().all()
    assert rows.loc["aucun", "note"] == FEW
    assert rows.loc["prix", "alpha_low"] < rows.loc["prix", "alpha"]
    assert 0.25 < rows.loc["delai", "ac1"] < 1
    assert sets.rows["value"].notna().all()
    assert "par paire" in themes.notes[-1]


def test_a_rare_theme_comes_with_a_word_of_caution():
    anne = ["prix"] * 5 + ["prix"] * 3 + [""] * 192
    paul = ["prix"] * 5 + [""] * 3 + ["prix"] * 4 + [""] * 188
    row = by_theme(votes(Anne=anne, Paul=paul), "Anne", "Paul").loc["prix"]
    assert row["ac1"] - row["kappa"] > 0.2
    assert row["note"] == RARE


def test_what_all_say_of_all_answers_tells_nothing_of_their_agreement():
    row = by_theme(votes(Anne=["prix"] * 12, Paul=["prix"] * 12), "Anne", "Paul").loc["prix"]
    assert (row["agreement"], row["both"], row["note"]) == (1.0, 12, SAME)
    assert np.isnan([row["kappa"], row["ac1"], row["pabak"], row["alpha"]]).all()


def test_without_votes_there_are_no_rows_and_nothing_fails():
    themes, sets = measured(votes(), "Anne", "Paul")
    assert themes.rows.empty
    assert sets.rows["value"].isna().all()


def test_the_base_and_what_it_means_are_told():
    people = {f"v{n}": f"r{n // 2}" for n in range(8)}
    themes, _ = measured(votes(Anne=ANNE, Paul=PAUL), "Anne", "Paul", people=people)
    assert themes.notes[0] == "8 réponses codées par Anne et Paul, de 4 répondants."
    assert themes.base.answered == 4


def test_a_thousand_answers_of_twenty_themes_are_measured_in_seconds():
    rng = np.random.default_rng(1)
    rows = [
        pd.DataFrame(
            {
                "verbatim_id": np.repeat([f"v{n}" for n in range(1_000)], 20),
                "theme": np.tile([f"t{n}" for n in range(20)], 1_000),
                "coder": coder,
                "present": rng.random(20_000) < 0.15,
            }
        )
        for coder in ("Anne", "Paul")
    ]
    said = pd.concat(rows, ignore_index=True)
    started = time.process_time()
    themes, sets = measured(said, "Anne", "Paul")
    assert time.process_time() - started < 30
    assert themes.rows["alpha_low"].notna().all()
    assert sets.rows["low"].notna().all()


def test_readers_without_a_theme_in_common_neither_agree_nor_disagree_on_sets():
    shared = votes(Anne=ANNE, Paul=PAUL)
    apart = [(f"w{n}", theme, coder, False) for n in range(9) for coder, theme in
             (("Anne", "prix"), ("Paul", "delai"))]  # fmt: skip
    both = pd.concat([shared, pd.DataFrame(apart, columns=shared.columns)], ignore_index=True)
    alone, together = (measured(said, "Anne", "Paul")[1].rows for said in (shared, both))
    assert together["n"].tolist() == alone["n"].tolist() == [8, 8, 8]
    assert together["value"].tolist() == alone["value"].tolist()
