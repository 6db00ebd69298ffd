"""What to read next: a permutation of what is asked, a fifth of it by chance, with reasons."""

from dataclasses import dataclass

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
    return review.Guide.of(list(rows), scores=scores(rows), names=NAMES, **more)


def named(names):
    """What is known of verbatims of which nothing is known but the names."""
    return review.Guide.of(list(names))


@dataclass(frozen=True)
class Place:
    verbatim_id: str
    queue: str
    reason: str


def order(name, known, theme="", pool=None):
    """The places of all the verbatims of a guide, or of those of a pool."""
    at = np.array([place for place, v in enumerate(known.ids) if pool is None or v in pool], int)
    made = review.order(name, at, known, theme)
    every = np.arange(len(made))
    names = [known.ids[place] for place in made.order]
    told = zip(names, made.queues(every), made.reasons(every), strict=True)
    return [Place(*place) for place in told]


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
    places = order(UNCERTAIN, guide(HESITANT))
    assert [place.verbatim_id for place in places] == ["v2", "v3", "v4", "v1"]
    assert [place.reason for place in places] == [
        "hésite entre « Coordination » (48 %) et « Valorisation » (52 %)",
        "hésite sur « Valorisation » (45 %)",
        "hésite sur « Valorisation » (10 %)",
        "la machine n'hésite sur aucun thème",
    ]


def test_scores_that_are_no_probabilities_are_not_printed_as_such():
    places = order(UNCERTAIN, guide(HESITANT, calibrated=False), pool=["v2"])
    assert places[0].reason == "hésite entre « Coordination » et « Valorisation »"
    places = order(THEME, guide(HESITANT, calibrated=False), "temps", pool=["v2"])
    assert places[0].reason == "parmi les plus proches de « Temps »"


def test_a_rare_theme_weighs_more_than_one_coded_often():
    rows = {"v1": [0.5, 0.0, 0.0], "v2": [0.0, 0.0, 0.4]}
    coded = {"coordination": 24, "temps": 3}
    assert chosen(order(UNCERTAIN, guide(rows))) == ["v1", "v2"]
    places = order(RARE, guide(rows, coded=coded))
    assert chosen(places) == ["v2", "v1"]
    assert [place.reason for place in places] == [
        "thème rare : « Temps », 3 réponses codées",
        "thème rare : « Coordination », 24 réponses codées",
    ]


def test_by_theme_the_most_probable_come_first():
    places = order(THEME, guide(HESITANT), "valorisation")
    assert [place.verbatim_id for place in places] == ["v2", "v3", "v4", "v1"]
    assert places[0].reason == "« Valorisation » : 52 %"


def test_each_class_comes_in_turn_and_what_no_class_took_last():
    clusters = pd.DataFrame(
        {"verbatim_id": ["v1", "v2", "v3", "v4"], "cluster": [-1, 1, 1, 0]}
    ).astype({"cluster": "int32"})
    made = order("cluster", review.Guide.of(["v1", "v2", "v3", "v4"], clusters=clusters))
    assert [(place.verbatim_id, place.reason) for place in made] == [
        ("v4", "classe 0"),
        ("v2", "classe 1"),
        ("v1", "hors de toute classe"),
        ("v3", "classe 1"),
    ]


def test_the_order_of_the_file_is_the_default_and_says_nothing():
    assert [(p.verbatim_id, p.queue, p.reason) for p in order(FILE, named("ba"))] == [
        ("b", FILE, ""),
        ("a", FILE, ""),
    ]


def test_chance_follows_the_random_order_and_says_so():
    places = order(RANDOM, named("abcde"))
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
    places = order(name, review.Guide.of(pool, scores=known), "temps")
    assert sorted(place.verbatim_id for place in places) == sorted(pool)
    assert places == order(name, review.Guide.of(pool, scores=known.copy()), "temps")


@given(st.sampled_from(list(review.ORDERS)), pools, st.data())
def test_a_reason_is_the_same_whoever_else_is_shown(name, pool, data):
    known = guide({v: [int(v[1:]) / 200, 0.3, 0.1] for v in pool})
    every = order(name, known, "temps")
    made = review.order(name, np.arange(len(pool)), known, "temps")
    some = np.array(
        data.draw(st.lists(st.integers(0, len(pool) - 1)) if pool else st.just([])), int
    )
    assert made.reasons(some) == [every[place].reason for place in some]
    assert made.queues(some) == [every[place].queue for place in some]


@pytest.mark.parametrize("name", [UNCERTAIN, RARE, THEME])
def test_what_is_hidden_comes_last_and_says_nothing(name):
    hidden = np.array([v == "v2" for v in HESITANT])
    known = guide(HESITANT, hidden=hidden)
    places = [place for place in order(name, known, "valorisation") if place.queue != RANDOM]
    assert (places[-1].verbatim_id, places[-1].reason) == ("v2", "")


@given(st.sampled_from([UNCERTAIN, RARE, THEME, "cluster"]), pools)
def test_every_fifth_place_is_the_next_of_the_random_order(name, pool):
    rows = {v: [int(v[1:]) / 200, 0.3, 0.1] for v in pool}
    places = order(name, guide(rows), "temps")
    drawn = review.random_order(pool)
    for position, place in enumerate(places):
        assert (place.queue == RANDOM) == (position % EVERY == EVERY - 1)
        if place.queue == RANDOM:
            placed = {before.verbatim_id for before in places[:position]}
            assert place.verbatim_id == next(name for name in drawn if name not in placed)


@pytest.mark.parametrize("name", [FILE, SPLIT])
def test_nothing_is_left_to_chance_in_the_order_of_the_file_and_what_is_to_read_again(name):
    places = order(name, named(f"v{n}" for n in range(10)))
    assert [place.verbatim_id for place in places] == [f"v{n}" for n in range(10)]
