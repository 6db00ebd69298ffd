"""Shares of a corpus of which chance chose what coders read: the oracles, and what always holds."""

import doctest
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from verbatims.measures import prevalence
from verbatims.measures.intervals import wilson
from verbatims.measures.prevalence import assisted, human, needed

# Worked out apart: twenty coded answers of a hundred
Y = np.array([[int(c)] for c in "10010001000010000010"])
Q = np.array(
    [
        0.80,
        0.10,
        0.20,
        0.60,
        0.30,
        0.10,
        0.00,
        0.40,
        0.20,
        0.10,
        0.05,
        0.15,
        0.70,
        0.25,
        0.10,
        0.05,
        0.30,
        0.10,
        0.20,
        0.05,
    ]
)[:, None]
REST = 0.119375


def test_coded_answers_alone_give_the_published_interval():
    found = human(Y, 100)
    assert found.share[0] == 0.25
    assert found.low[0] == pytest.approx(0.1213543623, abs=1e-9)
    assert found.high[0] == pytest.approx(0.4458240711, abs=1e-9)
    assert human(np.zeros((20, 1)), 100).high[0] == pytest.approx(0.1343568667, abs=1e-9)


def test_the_machine_gives_the_published_estimate_and_interval():
    found = assisted(Y, Q, [REST], 100)
    assert found.share[0] == pytest.approx(0.1555, abs=1e-9)
    assert found.ratio[0] == pytest.approx(0.6416304348, abs=1e-9)
    assert 24.75 / found.ratio[0] == pytest.approx(38.57360664, abs=1e-8)
    assert found.low[0] == pytest.approx(0.0732684541, abs=1e-9)
    assert found.high[0] == pytest.approx(0.3001330794, abs=1e-9)


def test_the_mean_over_all_samples_is_the_truth():
    """All 56 samples of three of eight answers."""
    y = np.array([1, 0, 0, 1, 0, 0, 1, 0])
    q = np.array([0.9, 0.2, 0.1, 0.5, 0.4, 0, 0.3, 0.2])
    shares, variances = [], []
    for chosen in map(list, combinations(range(8), 3)):
        others = np.setdiff1d(range(8), chosen)
        found = assisted(y[chosen, None], q[chosen, None], [q[others].mean()], 8)
        shares.append(found.share[0])
        error = y[chosen] - q[chosen]
        variances.append((1 - 3 / 8) * error.var(ddof=1) / 3)
    assert np.mean(shares) == pytest.approx(0.375, abs=1e-9)
    assert np.var(shares) == pytest.approx(np.mean(variances), abs=1e-9)
    assert np.var(shares) == pytest.approx(0.0291666667, abs=1e-9)


def test_cross_fitting_keeps_the_mean_right():
    """All 90 samples of four of six answers, cut in two ordered halves."""
    y, group = np.array([1, 0, 0, 0, 1, 0]), np.array([0, 0, 0, 1, 1, 1])

    def learned(train, at):
        own = [i for i in train if group[i] == group[at]]
        return y[own or list(train)].mean()

    shares = []
    for sample in combinations(range(6), 4):
        others = [i for i in range(6) if i not in sample]
        for first in combinations(sample, 2):
            second = tuple(i for i in sample if i not in first)
            q = {i: learned(second, i) for i in first} | {i: learned(first, i) for i in second}
            rest = np.mean([[learned(half, i) for i in others] for half in (first, second)])
            own = list(sample)
            found = assisted(y[own, None], np.array([[q[i]] for i in own]), [rest], 6)
            shares.append(found.share[0])
    assert len(shares) == 90
    assert np.mean(shares) == pytest.approx(1 / 3, abs=1e-9)
    assert np.std(shares) == pytest.approx(0.1859244503, abs=1e-9)


codes = arrays.arrays(int, st.tuples(st.integers(2, 40), st.just(2)), elements=st.integers(0, 1))


@given(codes, st.integers(0, 200), st.floats(0, 1))
def test_a_machine_that_says_always_the_same_changes_nothing(y, more, constant):
    population = len(y) + more
    alone = human(y, population)
    found = assisted(y, np.full(y.shape, constant), [constant] * 2, population)
    for one, other in zip(found, alone, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


@given(codes, st.integers(1, 200), st.floats(0, 1), st.randoms())
def test_an_interval_never_denies_what_coders_saw(y, more, rest, chance):
    q = np.array([[chance.random() for _ in range(2)] for _ in y])
    population = len(y) + more
    found = assisted(y, q, [rest, rest], population)
    certain, possible = y.sum(axis=0) / population, 1 - (1 - y).sum(axis=0) / population
    assert (certain - 1e-12 <= found.low).all()
    assert (found.high <= possible + 1e-12).all()
    assert ((found.share >= 0) & (found.share <= 1)).all()
    assert ((found.ratio > 0) & (found.ratio <= 1)).all()


@given(codes)
def test_once_all_is_read_the_share_is_exact(y):
    found = assisted(y, np.full(y.shape, 0.3), [np.nan] * 2, len(y))
    assert found.share == pytest.approx(y.mean(axis=0))
    assert (found.low == found.high).all()


def test_a_machine_that_is_always_right_leaves_only_the_shrinkage():
    found = assisted(Y, Y, [0.2], 100)
    squares = ((Y - Y.mean()) ** 2).sum()
    assert found.ratio[0] == pytest.approx(2 / (squares + 2))
    assert found.share[0] == pytest.approx((5 + 80 * 0.2) / 100)


@given(st.floats(0.02, 0.98), st.floats(0.2, 1), st.integers(10, 400), st.integers(0, 2000))
def test_what_is_needed_is_enough_and_no_less_would_be(share, ratio, drawn, more):
    population = drawn + more
    asked = needed(share, ratio, drawn, population)
    assert 0 <= asked <= more

    def reach(n):
        if n >= population:
            return 0.0
        worth = n * (population - 1) / (population - n) / ratio
        low, high = wilson(share * worth, worth)
        return (high - low) / 2

    assert reach(drawn + asked) <= 0.05
    if asked:
        assert reach(drawn + asked - 1) > 0.05


@pytest.mark.parametrize("coded", [np.zeros((0, 1)), np.zeros((11, 1)), np.zeros(5)])
def test_nothing_or_too_much_read_is_refused(coded):
    with pytest.raises(ValueError, match="coded answers"):
        human(coded, 10)


def test_the_examples_hold():
    assert doctest.testmod(prevalence).failed == 0
