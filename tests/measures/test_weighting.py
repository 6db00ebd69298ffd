"""Weights: what they are worth, and margins that hold."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims.measures import weighting
from verbatims.measures.weighting import UNKNOWN, design_effect, effective, rake

weights = st.lists(st.floats(0.05, 20), min_size=2, max_size=60)


def test_raking_gives_the_weights_of_r():
    """survey's help page of rake, on apiclus1, to 1e-4."""
    counts = {(0, 0): 12, (0, 1): 132, (1, 0): 3, (1, 1): 11, (2, 0): 8, (2, 1): 17}
    stype = np.array([kind for (kind, _wide), n in counts.items() for _ in range(n)])
    wide = np.array([own for (_kind, own), n in counts.items() for _ in range(n)])
    raked = rake(np.full(183, 33.847), [stype, wide], [[4421, 755, 1018], [1072, 5122]])
    scale = 6194 / raked.weights.sum()
    expected = {
        **{(0, 0): 39.83851, (0, 1): 29.87046, (1, 0): 67.12578, (1, 1): 50.33015},
        **{(2, 0): 49.07007, (2, 1): 36.79218},
    }
    for (kind, own), weight in expected.items():
        found = raked.weights[(stype == kind) & (wide == own)] * scale
        assert found == pytest.approx(weight, rel=1e-4)  # R stops at a gap of one person
    assert design_effect(raked.weights) == pytest.approx(1.051661, abs=1e-5)
    assert raked.converged


@given(weights, st.floats(0.1, 10))
def test_weights_are_worth_no_more_people_than_there_are_whatever_their_scale(own, scale):
    assert effective(own) <= len(own) + 1e-9
    assert effective(np.array(own) * scale) == pytest.approx(effective(own))
    assert design_effect(own) * effective(own) == pytest.approx(len(own))


def test_equal_weights_cost_nothing():
    assert design_effect([3, 3, 3]) == 1
    assert effective([3, 3, 3]) == 3


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_margins_hold_once_raked_and_the_sum_stays(data):
    n = data.draw(st.integers(12, 60))
    codes = [
        np.array(
            [*range(3), *data.draw(st.lists(st.integers(-1, 2), min_size=n - 3, max_size=n - 3))]
        )
        for _ in range(2)
    ]
    margins = [data.draw(st.lists(st.floats(1, 9), min_size=3, max_size=3)) for _ in range(2)]
    raked = rake(np.ones(n), codes, margins)
    assert raked.weights.sum() == pytest.approx(n)
    assert (raked.weights > 0).all()
    if not raked.converged:
        assert raked.gap > 1e-6
        return
    for own, margin in zip(codes, margins, strict=True):
        known = own != UNKNOWN
        sums = np.bincount(own[known], weights=raked.weights[known], minlength=3)
        assert sums / sums.sum() == pytest.approx(np.array(margin) / sum(margin), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_weight_is_past_its_bounds_whatever_the_margins(data):
    n = data.draw(st.integers(6, 40))
    codes = np.array(
        [*range(3), *data.draw(st.lists(st.integers(0, 2), min_size=n - 3, max_size=n - 3))]
    )
    margin = data.draw(st.lists(st.floats(0.01, 100), min_size=3, max_size=3))
    low, high = data.draw(st.floats(0, 0.9)), data.draw(st.floats(1.1, 5))
    raked = rake(np.ones(n), [codes], [margin], bounds=(low, high))
    assert raked.weights.sum() == pytest.approx(n)
    assert raked.weights.max() <= high * (1 + 1e-6)
    assert raked.weights.min() >= low * (1 - 1e-6)


@given(st.permutations(range(20)))
def test_the_order_of_people_changes_no_weight(order):
    codes, order = np.arange(20) % 3, np.array(order)
    straight = rake(np.ones(20), [codes], [[5, 3, 2]]).weights
    assert rake(np.ones(20), [codes[order]], [[5, 3, 2]]).weights == pytest.approx(straight[order])


def test_bounds_hold_and_are_told():
    codes = np.array([0] * 5 + [1] * 95)
    free = rake(np.ones(100), [codes], [[0.4, 0.6]])
    assert free.weights.max() / free.weights.mean() == pytest.approx(8)
    held = rake(np.ones(100), [codes], [[0.4, 0.6]], bounds=(0.3, 3))
    assert held.weights.max() <= 3 * held.weights.mean() * (1 + 1e-9)
    assert (held.trimmed, held.converged) == (5, False)
    assert held.gap > 0.2


def test_margins_that_contradict_each_other_are_said_not_to_hold():
    same = np.array([0] * 5 + [1] * 5)
    raked = rake(np.ones(10), [same, same], [[0.5, 0.5], [0.9, 0.1]])
    assert not raked.converged
    assert raked.gap > 0.1


def test_a_target_for_nobody_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        rake([1, 1], [np.array([0, 0])], [[0.5, 0.5]])


def test_nobody_is_worth_nothing():
    assert effective([]) == 0
    assert effective([0, 0]) == 0


def test_the_examples_hold():
    assert doctest.testmod(weighting).failed == 0
