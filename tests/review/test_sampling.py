"""Chance draws once and for all, so that what it drew stays known whatever else is read."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from verbatims import frames, review

names = st.sets(st.sampled_from([f"v{n}" for n in range(30)]))


def verbatims(ids, question="q", status="answered"):
    rows = [(name, name, question, "texte", status) for name in ids]
    return pd.DataFrame(rows, columns=list(frames.VERBATIMS.columns))


def test_the_random_order_is_the_same_on_every_machine():
    assert review.random_order(["a", "b", "c", "d", "e"]) == review.random_order("edcba")
    assert review.random_order(["a", "b", "c", "d", "e"]) == ["e", "b", "c", "d", "a"]


@given(names, names)
def test_the_order_of_some_is_that_of_all_thinned_out(some, others):
    order = review.random_order(some | others)
    assert [name for name in order if name in some] == review.random_order(some)


@given(names, names)
def test_the_random_part_is_the_prefix_of_the_order_that_was_wholly_read(reading, pool, read):
    order = review.random_order(pool)
    made = reading(*((name, []) for name in sorted(read)))
    part = review.random_part(verbatims(sorted(pool)), made)
    assert part == order[: len(part)]
    assert set(part) <= read
    assert len(part) == len(order) or order[len(part)] not in read


def test_the_random_part_is_that_of_one_question_and_of_answers_with_content(reading):
    all_of_them = pd.concat(
        [verbatims(["a", "b"]), verbatims(["e"], "autre"), verbatims(["c"], status="empty")]
    )
    made = reading(("a", []), ("b", []))
    assert review.random_part(all_of_them, made, "q") == ["b", "a"]
    assert review.random_part(all_of_them, made) == []  # chance draws e first, which is unread


def test_what_other_queues_read_does_not_bias_the_random_part():
    """Of 60 answers 20 hold the theme, and a queue read 15 of those before 10 random ones."""
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(4_000):
        order = rng.permutation(60)  # the first 20 hold the theme
        drawn, read = 0, set(range(15))
        while drawn < 10:
            read.add(next(name for name in order if name not in read))
            drawn += 1
        part = order[: next(place for place, name in enumerate(order) if name not in read)]
        shares.append(np.mean(part < 20))
    assert abs(np.mean(shares) - 1 / 3) < 0.006


def test_what_was_decided_in_number_without_being_on_the_desk_ends_the_random_part(reading):
    first, second, third = review.random_order(["a", "b", "c"])
    made = reading((first, []), (second, []), (third, []))
    in_number = made["queue"].mask(made["verbatim_id"] == second, frames.BULK)
    part = review.random_part(verbatims(["a", "b", "c"]), made.assign(queue=in_number))
    assert part == [first]
