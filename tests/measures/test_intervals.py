import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from verbatims.measures import intervals
from verbatims.measures.intervals import clopper_pearson, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # R's prop.test / binom.confint, to ten digits
        (0, 12, 0.0, 0.2424940067),
        (3, 34, 0.03046594367, 0.22960486563),
        (18, 52, 0.2315100767, 0.4819644575),
        (34, 34, 0.8984854458, 1.0),
        (81, 263, 0.2552885199, 0.3662095770),
        # Newcombe (1998), table I, and the textbook 8 out of 10
        (15, 148, 0.06238639953, 0.16048724172),
        (8, 10, 0.4902, 0.9433),
    ],
)
def test_wilson_gives_the_published_bounds(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5 if n == 10 else 1e-9)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # R's binom.test, to ten digits; 0 out of 20 is 1 - 0.025 ** (1 / 20)
        (0, 12, 0.0, 0.2646484694),
        (0, 20, 0.0, 0.1684334715),
        (3, 34, 0.01857950344, 0.23677527429),
        (18, 52, 0.2196579022, 0.4908560795),
        (34, 34, 0.8971820757, 1.0),
        (81, 263, 0.2527367456, 0.3676219226),
        (15, 148, 0.05784401008, 0.16165049035),
    ],
)
def test_clopper_pearson_gives_the_published_bounds(successes, n, low, high):
    assert clopper_pearson(successes, n) == pytest.approx((low, high), abs=1e-9)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_at_its_bounds_what_was_seen_is_just_as_rare_as_said(counts):
    successes, n = counts
    low, high = clopper_pearson(successes, n, confidence=0.9)
    assert 0 <= low <= successes / n <= high <= 1
    if successes > 0:
        assert binom.sf(successes - 1, n, low) == pytest.approx(0.05)
    if successes < n:
        assert binom.cdf(successes, n, high) == pytest.approx(0.05)


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_an_empty_base_has_no_interval(interval):
    assert np.isnan(interval(0, 0)).all()


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_impossible_counts_are_refused(interval):
    with pytest.raises(ValueError, match="between 0 and n"):
        interval([1, 6], [5, 5])


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(counts):
    successes, n = counts
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_the_others_is_its_mirror(counts):
    successes, n = counts
    low, high = wilson(successes, n)
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


def test_more_confidence_makes_it_wider():
    narrow, wide = wilson(18, 52, confidence=0.9), wilson(18, 52, confidence=0.99)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_the_examples_of_the_docstring_hold():
    assert doctest.testmod(intervals).failed == 0
