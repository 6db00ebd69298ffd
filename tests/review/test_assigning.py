"""Who reads what is drawn by chance, in the shares asked for, and the same on every machine."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from verbatims.errors import VerbatimsError
from verbatims.review import random_order
from verbatims.review.assigning import assign

CODERS = ["Anne", "Paul", "Zoé", "Marc"]
answers = st.integers(0, 60).map(lambda n: [f"v{name}" for name in range(n)])
parts = st.sampled_from([0, 0.1, 0.2, 1 / 3, 0.5, 1])
teams = st.dictionaries(st.sampled_from(CODERS), st.integers(0, 100), min_size=2)


def many(n: int) -> list[str]:
    return [f"v{name}" for name in range(n)]


def assigned(ids, shares, **asked):
    """The plan, or no example when nobody could keep to it."""
    try:
        return assign(ids, shares, **asked)
    except VerbatimsError:
        assume(False)


def coders_of(plan):
    return plan.groupby("verbatim_id")["coder"].apply(tuple).to_dict()


def drawn_twice(plan):
    return {name for name, coders in coders_of(plan).items() if len(coders) == 2}


@given(answers, teams, parts)
def test_every_answer_is_read_once_and_just_the_part_asked_for_twice(ids, shares, twice):
    plan = assigned(ids, shares, twice=twice)
    assert set(plan["verbatim_id"]) == set(ids)
    assert {len(coders) for coders in coders_of(plan).values()} <= {1, 2}
    assert len(drawn_twice(plan)) == round(twice * len(ids))


@given(answers, teams, parts)
def test_nobody_reads_the_same_answer_twice(ids, shares, twice):
    plan = assigned(ids, shares, twice=twice)
    assert not plan.duplicated().any()


@given(answers, teams, parts)
def test_each_coder_reads_their_share_to_within_one_answer(ids, shares, twice):
    loads = assigned(ids, shares, twice=twice)["coder"].value_counts()
    readings, whole = len(ids) + round(twice * len(ids)), sum(shares.values())
    for coder, share in shares.items():
        assert abs(loads.get(coder, 0) - readings * share / whole) < 1


@given(answers, teams, parts, st.randoms(use_true_random=False))
def test_the_plan_hangs_on_nothing_but_what_it_is_given(ids, shares, twice, chance):
    shuffled = chance.sample(ids, len(ids))
    assert assigned(ids, shares, twice=twice).equals(assign(shuffled, shares, twice=twice))


@given(answers, st.integers(0, 60), parts)
def test_adding_answers_draws_among_the_old_ones_in_the_same_order(ids, more, twice):
    """The answers read twice are a random sample, of the old ones as of all."""
    shares = {"Anne": 50, "Paul": 50}
    later = drawn_twice(assign(many(len(ids) + more), shares, twice=twice))
    order = random_order(ids)
    assert later & set(ids) == set(order[: len(later & set(ids))])


@given(answers, parts, parts)
def test_a_larger_part_holds_a_smaller_one(ids, some, more):
    shares = {"Anne": 30, "Paul": 30, "Zoé": 40}
    few, most = sorted([some, more])
    held = drawn_twice(assign(ids, shares, twice=most))
    assert drawn_twice(assign(ids, shares, twice=few)) <= held


@given(answers, teams, parts, st.dictionaries(st.sampled_from(many(60)), st.sampled_from(CODERS)))
def test_what_was_read_before_changes_neither_the_sample_nor_the_shares(ids, shares, twice, had):
    read = {name: (coder,) for name, coder in had.items()}
    fresh = assigned(ids, shares, twice=twice)
    plan = assign(ids, shares, twice=twice, read=read)
    assert drawn_twice(plan) == drawn_twice(fresh)
    assert Counter(plan["coder"]) == Counter(fresh["coder"])
    assert not plan.duplicated().any()


@given(answers, parts, st.integers(0, 12))
def test_an_answer_goes_to_whom_has_read_it(ids, twice, n):
    read = dict.fromkeys(random_order(ids)[::3][:n], ("Anne",))
    plan = coders_of(assign(ids, {"Anne": 50, "Paul": 50}, twice=twice, read=read))
    room = len(ids) // 2 >= n
    assert not room or all("Anne" in plan[name] for name in read)


def test_an_answer_read_by_two_before_is_not_chosen_for_that():
    plan = assign(many(10), {"Anne": 50, "Paul": 50}, read={"v3": ("Anne", "Paul")})
    assert drawn_twice(plan) == set()


@pytest.mark.parametrize("coders", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("twice", [0.2, 1])
def test_equal_coders_share_as_many_answers_with_each_other(coders, twice):
    names = [f"codeur {n}" for n in range(coders)]
    plan = assign(many(120), dict.fromkeys(names, 1), twice=twice)
    pairs = Counter(pair for pair in coders_of(plan).values() if len(pair) == 2)
    shared = [pairs[pair] for pair in combinations(names, 2)]
    assert max(shared) - min(shared) <= 2


def test_small_shares_are_paired_with_everyone_they_can():
    plan = assign(many(300), {"Anne": 40, "Paul": 40, "Marc": 10, "Zoé": 10}, twice=0.4)
    pairs = Counter(pair for pair in coders_of(plan).values() if len(pair) == 2)
    assert pairs["Anne", "Marc"] == pairs["Anne", "Zoé"] == pairs["Marc", "Paul"] == 12
    assert pairs["Anne", "Paul"] == 72


def test_two_coders_may_read_everything():
    plan = assign(many(7), {"Anne": 1, "Paul": 1}, twice=1)
    assert set(coders_of(plan).values()) == {("Anne", "Paul")}


def test_everyone_advances_at_one_pace_in_the_random_order():
    """Or the random sample would stop where the slower coder begins."""
    owner = assign(many(100), {"Anne": 75, "Paul": 25}).set_index("verbatim_id")["coder"]
    first = [owner[name] for name in random_order(many(100))[:20]]
    assert first.count("Anne") == 15


def test_a_share_that_would_mean_reading_twice_the_same_is_refused():
    with pytest.raises(VerbatimsError, match="« Anne » est trop grande.*jusqu'à 66 %"):
        assign(many(10), {"Anne": 80, "Paul": 20}, twice=0.5)


def test_two_people_are_needed_to_code_twice():
    with pytest.raises(VerbatimsError, match="au moins deux personnes"):
        assign(many(10), {"Anne": 100}, twice=0.5)


@pytest.mark.parametrize("shares", [{}, {"Anne": 0}])
def test_somebody_must_code(shares):
    with pytest.raises(VerbatimsError, match="qui code"):
        assign(many(10), shares)
