"""What to read next: a permutation of what is asked, a fifth of it by chance, with reasons."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import review
from verbatims.frames import RANDOM
from verbatims.review.orders import EVERY, FILE, RARE, SPLIT, THEME, UNCERTAIN

NAMES = {"coordination": "Coordination", "valorisation": "Valorisation", "temps": "Temps"}


def scores(rows):
    """A row of scores per verbatim, for coordination, valorisation, temps."""
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(NAMES), dtype="float32")


def guide(rows, **more):
    return review.Guide(scores=scores(rows), names=NAMES, **more)


def chosen(places):
    """Without the places of chance."""
    return [place.verbatim_id for place in places if place.queue != RANDOM]


HESITANT = {
    "v1": [0.02, 0.01, 0.03],
    "v2": [0.48, 0.52, 0.02],
    "v3": [0.98, 0.45, 0.01],
    "v4": [0.00, 0.10, 0.00],
}


def test_the_uncertain_come_first_and_say_between_what():
    places = review.order(UNCERTAIN, list(HESITANT), guide(HESITANT))
    assert [place.verbatim_id for place in places] == ["v2", "v3", "v4", "v1"]
    assert [place.reason for place in places] == [
        "hésite entre « Coordination » (48 %) et « Valorisation » (52 %)",
        "hésite sur « Valorisation » (45 %)",
        "hésite sur « Valorisation » (10 %)",
        "la machine n'hésite sur aucun thème",
    ]


def test_scores_that_are_no_probabilities_are_not_printed_as_such():
    places = review.order(UNCERTAIN, ["v2"], guide(HESITANT, calibrated=False))
    assert places[0].reason == "hésite entre « Coordination » et « Valorisation »"
    places = review.order(THEME, ["v2"], guide(HESITANT, calibrated=False), "temps")
    assert places[0].reason == "parmi les plus proches de « Temps »"


def test_a_rare_theme_weighs_more_than_one_coded_often():
    rows = {"v1": [0.5, 0.0, 0.0], "v2": [0.0, 0.0, 0.4]}
    coded = pd.DataFrame({"coordination": [1.0] * 24, "temps": [1.0] * 3 + [0.0] * 21})
    assert chosen(review.order(UNCERTAIN, list(rows), guide(rows))) == ["v1", "v2"]
    places = review.order(RARE, list(rows), guide(rows, labels=coded))
    assert chosen(places) == ["v2", "v1"]
    assert [place.reason for place in places] == [
        "thème rare : « Temps », 3 réponses codées",
        "thème rare : « Coordination », 24 réponses codées",
    ]


def test_by_theme_the_most_probable_come_first():
    places = review.order(THEME, list(HESITANT), guide(HESITANT), "valorisation")
    assert [place.verbatim_id for place in places] == ["v2", "v3", "v4", "v1"]
    assert places[0].reason == "« Valorisation » : 52 %"


def test_each_class_comes_in_turn_and_what_no_class_took_last():
    clusters = pd.DataFrame(
        {"verbatim_id": ["v1", "v2", "v3", "v4"], "cluster": [-1, 1, 1, 0]}
    ).astype({"cluster": "int32"})
    made = review.order("cluster", ["v1", "v2", "v3", "v4"], review.Guide(clusters=clusters))
    assert [(place.verbatim_id, place.reason) for place in made] == [
        ("v4", "classe 0"),
        ("v2", "classe 1"),
        ("v1", "hors de toute classe"),
        ("v3", "classe 1"),
    ]


def test_the_order_of_the_file_is_the_default_and_says_nothing():
    assert [(p.verbatim_id, p.queue, p.reason) for p in review.order(FILE, ["b", "a"])] == [
        ("b", FILE, ""),
        ("a", FILE, ""),
    ]


def test_chance_follows_the_random_order_and_says_so():
    places = review.order(RANDOM, ["a", "b", "c", "d", "e"])
    assert [place.verbatim_id for place in places] == review.random_order("abcde")
    assert {(place.queue, place.reason) for place in places} == {
        (RANDOM, "tirage au hasard : pour mesurer")
    }


pools = st.lists(st.integers(0, 200).map("v{}".format), unique=True, max_size=40)


@given(st.sampled_from(list(review.ORDERS)), pools, st.integers(0, 3))
def test_every_order_is_a_permutation_of_the_pool_whatever_is_known(name, pool, themes):
    rng = np.random.default_rng(len(pool))
    known = pd.DataFrame(
        rng.random((len(pool), themes)), index=pool, columns=list(NAMES)[:themes]
    ).iloc[::2]
    before = known.copy()
    places = review.order(name, pool, review.Guide(scores=known, labels=known.round()), "temps")
    assert sorted(place.verbatim_id for place in places) == sorted(pool)
    assert places == review.order(
        name, pool, review.Guide(scores=before, labels=known), "temps"
    ) or (name == RARE)
    pd.testing.assert_frame_equal(known, before)


@given(st.sampled_from([UNCERTAIN, RARE, THEME, "cluster"]), pools)
def test_every_fifth_place_is_the_next_of_the_random_order(name, pool):
    rows = {v: [int(v[1:]) / 200, 0.3, 0.1] for v in pool}
    places = review.order(name, pool, guide(rows), "temps")
    order = review.random_order(pool)
    for position, place in enumerate(places):
        assert (place.queue == RANDOM) == (position % EVERY == EVERY - 1)
        if place.queue == RANDOM:
            placed = {before.verbatim_id for before in places[:position]}
            assert place.verbatim_id == next(name for name in order if name not in placed)


@pytest.mark.parametrize("name", [FILE, SPLIT])
def test_nothing_is_left_to_chance_in_the_order_of_the_file_and_what_is_to_read_again(name):
    places = review.order(name, [f"v{n}" for n in range(10)])
    assert [place.verbatim_id for place in places] == [f"v{n}" for n in range(10)]
