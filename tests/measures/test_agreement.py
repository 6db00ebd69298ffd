"""Measures of agreement against what their authors and other programs publish."""

import time

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from verbatims.measures import agreement as of

EXACT = pytest.approx
NONE = np.nan

# Krippendorff's canonical data: 4 coders, 12 units, five values
CANONICAL = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)
COUNTS = of.counted(CANONICAL - 1, 5)
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]  # Gwet's
PARADOX = [[118, 5], [2, 0]]

THEMES = ("prix", "accueil", "delai", "aucun")
ANNE = ("prix", "prix accueil", "delai", "accueil", "prix delai", "aucun", "accueil delai", "prix")
PAUL = ("prix", "prix", "delai", "accueil delai", "prix delai", "aucun", "accueil", "delai")


def members(sets):
    return np.array([[theme in words.split() for theme in THEMES] for words in sets], dtype=float)


def ordinal(totals):
    """Krippendorff's distance between ranks, which hangs on how often each is given."""
    below = np.cumsum(totals) - totals / 2
    return (below[:, None] - below[None, :]) ** 2


VALUES = np.arange(1, 6, dtype=float)
PAIRABLE = COUNTS[COUNTS.sum(axis=1) >= 2].sum(axis=0)
GAPS = VALUES[:, None] - VALUES


@pytest.mark.parametrize(
    ("distances", "alpha"),
    [
        (of.nominal(5), 0.743421),
        (ordinal(PAIRABLE), 0.815388),
        (GAPS**2, 0.849107),
        ((GAPS / (VALUES[:, None] + VALUES)) ** 2, 0.797403),
    ],
    ids=["nominal", "ordinal", "interval", "ratio"],
)
def test_alpha_is_krippendorff_s_on_his_own_data(distances, alpha):
    assert of.krippendorff_alpha(COUNTS, distances) == EXACT(alpha, abs=1e-6)


def test_ac1_of_many_coders_with_missing_ratings_is_that_of_irr_cac():
    assert of.gwet_ac1_of_many(COUNTS) == EXACT(0.77544, abs=5e-6)


def test_agreement_of_many_corrected_for_equal_chances_is_brennan_and_prediger_s():
    observed = of.agreement_of_many(COUNTS)
    assert (observed - 1 / 5) / (1 - 1 / 5) == EXACT(0.77273, abs=5e-6)


def test_two_abstractors_of_gwet_s_agree_as_he_says():
    assert of.cohen_kappa(ABSTRACTORS) == EXACT(0.7964094, abs=1e-6)
    assert of.gwet_ac1(ABSTRACTORS) == EXACT(0.8493305, abs=1e-6)
    assert of.percent_agreement(ABSTRACTORS) == EXACT(0.89)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304348),
        ([[25, 35], [5, 35]], 0.2592593),
        (PARADOX, -0.0233918),
    ],
)
def test_kappa_of_published_tables(table, kappa):
    assert of.cohen_kappa(table) == EXACT(kappa, abs=1e-6)


def test_ac1_and_pabak_are_not_upset_by_a_rare_category():
    assert of.gwet_ac1(PARADOX) == EXACT(0.9407763, abs=1e-6)
    assert of.gwet_ac1([[20, 5], [10, 15]]) == EXACT(0.4059406, abs=1e-6)
    assert of.pabak(PARADOX) == EXACT(2 * 118 / 125 - 1)


def test_several_tables_are_measured_at_once():
    both = of.cohen_kappa([[[20, 5], [10, 15]], PARADOX])
    np.testing.assert_allclose(both, [0.4, -0.0233918], atol=1e-6)


@pytest.mark.parametrize(
    ("distance", "alpha"), [(of.masi, 0.531792), (of.jaccard, 0.580224), (None, 0.439252)]
)
def test_alpha_on_sets_of_themes(distance, alpha):
    sets = members([*ANNE, *PAUL])
    values, said = np.unique(sets, axis=0, return_inverse=True)
    counts = of.counted(said.reshape(2, 8), len(values))
    distances = of.nominal(len(values)) if distance is None else distance(values)
    assert of.krippendorff_alpha(counts, distances) == EXACT(alpha, abs=1e-6)


@pytest.mark.parametrize(
    ("theme", "kappa"), [("prix", 0.75), ("accueil", 0.714286), ("delai", 0.25), ("aucun", 1.0)]
)
def test_kappa_of_each_theme_of_these_sets(theme, kappa):
    at = THEMES.index(theme)
    table = of.crosstab(members(ANNE)[:, at], members(PAUL)[:, at])
    assert of.cohen_kappa(table) == EXACT(kappa, abs=1e-6)


def test_masi_takes_exact_thirds():
    apart = of.masi([[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 0, 0]])
    assert apart[0, 1] == EXACT(1 - 2 / 3 * 2 / 3)
    assert apart[1, 2] == EXACT(0.888889, abs=1e-6)
    assert apart[3].tolist() == [1.0, 1.0, 1.0, 0.0]  # nothing found is unlike anything found


def test_a_table_counts_who_said_what_and_leaves_out_what_one_did_not_say():
    assert of.crosstab([1, 1, 0, 0, NONE], [1, 0, 1, NONE, 1]).tolist() == [[0, 1], [1, 1]]


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[12, 0], [0, 0]], [[0, 0], [0, 7]]])
@pytest.mark.parametrize("measure", [of.cohen_kappa, of.gwet_ac1, of.pabak])
def test_nothing_beyond_chance_is_said_of_one_category_alone(measure, table):
    assert np.isnan(measure(table))


@pytest.mark.parametrize("counts", [np.zeros((0, 2)), [[1, 0], [0, 1]], [[2, 0], [3, 0]]])
def test_without_a_pair_or_a_second_category_many_coders_have_no_figure(counts):
    assert np.isnan(of.krippendorff_alpha(counts, of.nominal(2)))
    assert np.isnan(of.gwet_ac1_of_many(counts))


@given(arrays.arrays(int, st.tuples(st.integers(2, 4), st.integers(1, 15)),
                     elements=st.integers(-1, 3)))  # fmt: skip
def test_alpha_is_that_of_the_krippendorff_package(given_ratings):
    ratings = np.where(given_ratings < 0, np.nan, given_ratings)
    ours = of.krippendorff_alpha(of.counted(ratings, 4), of.nominal(4))
    if np.isnan(ours):
        return
    theirs = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
    assert ours == EXACT(theirs, abs=1e-9)


@given(arrays.arrays(int, st.tuples(st.integers(2, 4), st.integers(1, 15)),
                     elements=st.integers(-1, 3)))  # fmt: skip
def test_alpha_of_intervals_is_that_of_the_krippendorff_package(given_ratings):
    ratings = np.where(given_ratings < 0, np.nan, given_ratings)
    gaps = np.subtract.outer(np.arange(4.0), np.arange(4.0)) ** 2
    ours = of.krippendorff_alpha(of.counted(ratings, 4), gaps)
    if np.isnan(ours):
        return
    theirs = krippendorff.alpha(reliability_data=ratings, level_of_measurement="interval")
    assert ours == EXACT(theirs, abs=1e-9)


@settings(max_examples=30)
@given(arrays.arrays(int, (2, 12), elements=st.integers(0, 2)))
def test_two_coders_without_a_gap_are_measured_alike_either_way(ratings):
    one = of.gwet_ac1(of.crosstab(*ratings, categories=3))
    other = of.gwet_ac1_of_many(of.counted(ratings, 3))
    np.testing.assert_allclose(one, other, atol=1e-12)


def test_an_interval_draws_whole_respondents():
    """Ten respondents who wrote the same answer ten times are ten, not a hundred."""
    agreed = np.repeat([1.0] * 7 + [0.0] * 3, 10)

    def share(weights):
        return weights @ agreed / weights.sum(axis=1)

    people = of.bootstrap(share, np.repeat(np.arange(10), 10))
    answers = of.bootstrap(share, np.arange(100))
    assert people.high - people.low > 2 * (answers.high - answers.low)
    assert people == of.bootstrap(share, np.repeat(np.arange(10), 10))


def test_an_interval_of_what_is_never_defined_is_none():
    nothing = of.bootstrap(lambda weights: np.full((len(weights), 3), np.nan), np.arange(5))
    assert np.isnan(nothing.low).all()
    none = of.bootstrap(lambda weights: weights.sum(axis=1), np.array([]))
    assert np.isnan(none.high)


def test_a_thousand_answers_of_twenty_themes_are_resampled_in_a_few_seconds():
    rng = np.random.default_rng(1)
    said = rng.random((2, 1_000, 20)) < 0.2
    counts = np.stack([said.sum(axis=0), (~said).sum(axis=0)], axis=-1).astype(float)

    def alphas(weights):
        both = [of.krippendorff_alpha(counts[:, n], of.nominal(2), weights) for n in range(20)]
        return np.stack(both, axis=-1)

    started = time.process_time()
    assert of.bootstrap(alphas, np.arange(1_000)).low.shape == (20,)
    assert time.process_time() - started < 20
