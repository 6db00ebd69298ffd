"""Themes merged, renamed or split: what was decided before still counts, where it can."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import frames, review
from verbatims.model import Codebook, Theme
from verbatims.review.replacing import decided

MERGED = {"argent": ("moyens",), "temps": ("moyens",)}
SPLIT = {"moyens": ("argent", "temps")}


def counted(made, replacements):
    kept = decided(made, replacements)
    return dict(zip(kept["theme"], kept["present"], strict=True))


def by_one_gesture(log, **values):
    return log(
        *(("g", "Anne", "v1", theme, value) for theme, value in values.items()),
        ("g", "Anne", "v1", "", "read"),
    )


def test_a_decision_on_a_renamed_theme_counts_for_its_new_id(log):
    made = by_one_gesture(log, lien="present")
    assert counted(made, {"lien": ("relations",)}) == {"relations": True}


@pytest.mark.parametrize(
    ("values", "present"),
    [
        ({"argent": "present", "temps": "absent"}, True),
        ({"argent": "absent", "temps": "absent"}, False),
        ({"moyens": "absent", "temps": "present"}, True),
        ({"moyens": "present", "temps": "absent"}, True),
        ({"temps": "present", "moyens": "absent"}, True),
    ],
)
def test_a_merged_theme_is_present_where_one_of_those_it_took_over_was(log, values, present):
    assert counted(by_one_gesture(log, **values), MERGED) == {"moyens": present}


def test_a_later_gesture_on_the_merged_theme_overrules_those_it_took_over(log):
    made = log(
        ("g1", "Anne", "v1", "argent", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Anne", "v1", "moyens", "absent"),
        ("g2", "Anne", "v1", "", "read"),
    )
    assert counted(made, MERGED) == {"moyens": False}


def test_another_coder_s_gesture_on_the_merged_theme_is_one_vote_among_others(log):
    made = log(
        ("g1", "Anne", "v1", "argent", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "moyens", "absent"),
        ("g2", "Paul", "v1", "", "read"),
    )
    assert counted(made, MERGED) == {"moyens": True}


def test_coders_who_retained_two_parts_agree_on_what_they_became(log):
    made = log(
        ("g1", "Anne", "v1", "argent", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "temps", "present"),
        ("g2", "Paul", "v1", "", "read"),
        ("g3", "Zoé", "v1", "", "read"),
    )
    assert counted(made, {}) == {"argent": False, "temps": False}
    assert counted(made, MERGED) == {"moyens": True}


def test_a_part_rejected_later_does_not_take_the_merged_theme_away(log):
    made = log(
        ("g1", "Anne", "v1", "moyens", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "argent", "absent"),
        ("g2", "Paul", "v1", "", "read"),
    )
    assert counted(made, MERGED) == {"moyens": True}


def test_undoing_the_later_gesture_brings_back_what_was_merged(log):
    made = log(
        ("g1", "Anne", "v1", "argent", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Anne", "v1", "moyens", "absent"),
        ("g2", "Anne", "v1", "argent", "absent"),
        ("g2", "Anne", "v1", "", "read"),
    )
    assert counted(made, MERGED) == {"moyens": False}
    rows = review.taking_back(made[made["gesture"] == "g2"].to_dict("records"))
    undone = [("undo:g2", "Anne", "v1", row["theme"], row["value"]) for row in rows]
    before = list(
        made[["gesture", "coder", "verbatim_id", "theme", "value"]].itertuples(index=False)
    )
    assert counted(log(*before, *undone), MERGED) == {"moyens": True}


def test_a_theme_that_was_split_speaks_for_none_of_its_parts(log):
    assert counted(by_one_gesture(log, moyens="present"), SPLIT) == {"moyens": True}


def test_what_held_a_split_theme_is_to_read_again_until_all_its_parts_were_sought(reading):
    made = reading(("v1", ["moyens"]), ("v2", []), ("v3", ["moyens"]))
    sought = {
        "v1": {"Anne": frozenset({"moyens", "argent"})},
        "v2": {"Anne": frozenset({"moyens"})},
        "v3": {"Anne": frozenset({"moyens", "argent", "temps"})},
    }
    assert review.to_reread(made, sought, SPLIT) == ["v1"]
    assert review.to_reread(made, sought, MERGED) == []


STAYS = {"moyens": ("moyens", "temps")}  # the first part keeps the id of the whole


def test_a_part_that_keeps_the_id_of_the_whole_inherits_nothing_from_it(reading):
    made = reading(("v1", ["moyens"]), codebook="old")
    sought = review.sought(made, {"old": frozenset({"moyens", "lien"})}, STAYS)
    assert sought == {"v1": {"Anne": {"lien"}}}
    assert review.codings(frames.TAGS.empty(), made, None, STAYS, sought).empty
    assert review.to_reread(made, sought, STAYS) == ["v1"]


def test_a_part_that_keeps_the_id_of_the_whole_counts_once_the_other_was_sought_too(reading):
    made = reading(("v1", ["moyens"]), codebook="new")
    sought = review.sought(made, {"new": frozenset({"moyens", "temps"})}, STAYS)
    assert sought == {"v1": {"Anne": {"moyens", "temps"}}}
    kept = review.codings(frames.TAGS.empty(), made, None, STAYS, sought)
    assert list(kept["theme"]) == ["moyens"]
    assert review.to_reread(made, sought, STAYS) == []


def test_who_could_find_a_theme_could_find_its_one_successor(reading):
    made = reading(("v1", []), codebook="old")
    themes = {"old": frozenset({"argent", "lien"})}
    found = {"Anne": {"argent", "lien", "moyens"}}
    assert review.sought(made, themes, MERGED)["v1"] == found


def test_who_did_not_find_the_whole_found_none_of_its_parts(reading):
    made = reading(("v1", []), ("v2", ["lien"]), codebook="old")
    themes = {"old": frozenset({"argent", "lien"})}
    found = review.known(review.sought(made, themes, {"lien": ("amis", "réseau")}))
    assert found == {"v1": {"argent", "lien", "amis", "réseau"}, "v2": {"argent", "lien"}}


def test_a_part_of_two_wholes_is_not_known_where_one_of_them_was_found(reading):
    made = reading(("v1", ["temps"]), codebook="old")
    themes = {"old": frozenset({"argent", "temps"})}
    found = review.sought(made, themes, {"argent": ("a", "b"), "temps": ("b", "c")})
    assert found["v1"]["Anne"] == {"argent", "temps", "a"}


PARTS = pytest.mark.parametrize("parts", [("moyens", "temps"), ("argent", "temps")])


@PARTS
def test_after_a_split_labels_say_what_is_known_and_nothing_once_all_is_read_again(reading, parts):
    book = Codebook(tuple(Theme(part, part) for part in parts))
    split = {"moyens": parts}
    themes = {"old": frozenset({"moyens"}), "new": frozenset(parts)}
    before = reading(("v1", ["moyens"]), ("v2", []), codebook="old")

    found = review.sought(before, themes, split)
    assert review.to_reread(before, found, split) == ["v1"]
    labels = review.labels(before, found, book, split)
    assert labels.loc["v1"].isna().all()
    assert (labels.loc["v2"] == 0.0).all()
    codings = review.codings(frames.TAGS.empty(), before, None, split, found)
    assert not codings["theme"].isin(parts).any()

    again = reading(("v1", [parts[1]]), codebook="new").assign(gesture="again")
    again["number"] += len(before)
    made = frames.DECISIONS.check(pd.concat([before, again], ignore_index=True))
    found = review.sought(made, themes, split)
    assert review.to_reread(made, found, split) == []
    assert review.labels(made, found, book, split).loc["v2"].tolist() == [0.0, 0.0]
    assert review.labels(made, found, book, split).loc["v1", parts[1]] == 1.0
    assert set(parts) <= frozenset.intersection(*review.known(found).values())


def test_a_merged_theme_reaches_the_codings_and_past_decisions_stay_as_they_are(reading):
    made = reading(("v1", ["argent"]), ("v2", ["moyens"]))
    before = made.copy()
    kept = review.codings(frames.TAGS.empty(), made, replacements=MERGED)
    assert list(kept["theme"]) == ["moyens", "moyens"]
    pd.testing.assert_frame_equal(made, before)


moves = st.lists(
    st.tuples(st.sampled_from(["Anne", "Paul"]), st.sets(st.sampled_from(["a", "b", "c"]))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=30)
@given(moves)
def test_without_replacement_a_theme_counts_that_half_of_the_readers_retained(log, made):
    rows = [
        (f"g{n}", coder, "v1", theme, "present" if theme in present else "absent")
        for n, (coder, present) in enumerate(made)
        for theme in "abc"
    ]
    readings = [(f"g{n}", coder, "v1", "", "read") for n, (coder, _) in enumerate(made)]
    kept = decided(log(*rows, *readings))
    last = dict(made)  # of each coder
    votes = [theme for present in last.values() for theme in present]
    half = {theme for theme in votes if 2 * votes.count(theme) >= len(last)}
    assert set(kept.loc[kept["present"], "theme"]) == half


@settings(max_examples=30)
@given(moves)
def test_one_coder_s_last_reading_says_what_a_merged_theme_is(log, made):
    rows = [
        (f"g{n}", "Anne", "v1", theme, "present" if theme in present else "absent")
        for n, (_, present) in enumerate(made)
        for theme in "abc"
    ]
    readings = [(f"g{n}", "Anne", "v1", "", "read") for n in range(len(made))]
    merged = {"a": ("c",), "b": ("c",)}
    assert counted(log(*rows, *readings), merged) == {"c": bool(made[-1][1])}
