"""Models that learn from coded answers never see the answer that they judge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from verbatims.tagging import Features, learned
from verbatims.tagging.learned import ridge
from verbatims.tagging.thresholds import best, thresholds

PENALTY = 0.5


def by_hand(kernel, labels, out):
    """The score of an answer by a ridge regression fitted on the others."""
    others = np.flatnonzero(np.arange(len(labels)) != out)
    inside = kernel[np.ix_(others, others)] + 1 + PENALTY * np.eye(len(others))
    return (kernel[out, others] + 1) @ np.linalg.solve(inside, labels[others])


@given(
    arrays(float, (6, 3), elements=st.floats(-2, 2)),
    arrays(float, (6, 2), elements=st.sampled_from([0.0, 1.0])),
)
def test_leaving_one_out_at_once_is_fitting_without_it(texts, labels):
    kernel = texts @ texts.T
    _, own = ridge(kernel, labels, PENALTY)
    assert_allclose(own, [by_hand(kernel, labels, out) for out in range(6)], atol=1e-8)


def test_an_answer_where_a_theme_was_not_sought_teaches_nothing_of_it():
    kernel, labels = np.eye(4), np.array([[1, 1], [0, 0], [1, np.nan], [0, 1]])
    dual, own = ridge(kernel, labels, PENALTY)
    kept = [0, 1, 3]
    alone, _ = ridge(kernel[np.ix_(kept, kept)], labels[kept, 1:], PENALTY)
    assert_allclose(dual[kept, 1], alone[:, 0])
    assert dual[2, 1] == 0
    assert not np.isnan(own).any()


@pytest.fixture(scope="module")
def coded(survey, vectors):
    lemmas, _, labels = survey
    features = Features.of(lemmas, vectors)
    return features, np.arange(60), labels.to_numpy()[:60]


@pytest.mark.parametrize("reading", [learned.text, learned.meaning, learned.seeds])
def test_every_member_finds_the_themes_of_answers_it_never_saw(reading, coded):
    features, rows, labels = coded
    own, score = reading(features, rows, labels)
    for said, truth in ((own, labels), (score(rows), labels)):
        assert said[truth[:, 0] == 1, 0].mean() > said[truth[:, 0] == 0, 0].mean() + 0.2


@pytest.mark.parametrize("reading", [learned.text, learned.meaning, learned.seeds])
def test_the_label_of_an_answer_has_no_part_in_its_own_score(reading, coded):
    features, rows, labels = coded
    changed = labels.copy()
    changed[7] = 1 - changed[7]
    before, after = (reading(features, rows, given)[0][7] for given in (labels, changed))
    assert_allclose(before, after, atol=1e-9)


def test_nothing_is_said_of_a_theme_that_one_answer_has(coded):
    features, rows, labels = coded
    rare = labels.copy()
    rare[:, 2] = 0
    rare[3, 2] = 1
    members = learned.members(features, rows, rare)
    assert [member.speaks.tolist() for member in members] == [[True, True, False]] * 3


def test_folds_are_even_and_always_the_same():
    folds = learned.folds(23, 5)
    assert sorted(np.bincount(folds)) == [4, 4, 5, 5, 5]
    assert (folds == learned.folds(23, 5)).all()


def test_the_best_threshold_parts_those_that_can_be_parted():
    scores, labels = np.array([3.0, 2.0, -1.0, -2.0]), np.array([1.0, 1.0, 0.0, 0.0])
    assert best(scores, labels) == 0.5


def test_equal_scores_are_never_parted():
    assert best(np.array([1.0, 1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0, 0.0])) == 0.5


def test_a_theme_that_no_answer_has_takes_the_common_threshold():
    chance = np.random.default_rng(0)
    scores, labels = chance.normal(size=(50, 3)), np.zeros((50, 3))
    labels[:, 0] = scores[:, 0] > 0.5
    labels[:, 2] = np.nan
    found = thresholds(scores, labels)
    sought = ~np.isnan(labels)
    assert found[1] == found[2] == best(scores[sought], labels[sought])
    assert not np.isnan(found).any()
