"""What counts, with what the analyst accepted unread and what others took over."""

import pandas as pd

from verbatims import frames, review


def tags(*pairs):
    rows = [(*pair, "lexicon", 0, 1, 1.0, "x", "x") for pair in pairs]
    return frames.TAGS.check(pd.DataFrame(rows, columns=list(frames.TAGS.columns)))


def accepted(*pairs):
    rows = [(1, *pair, 0.97) for pair in pairs]
    return frames.ACCEPTANCES.check(pd.DataFrame(rows, columns=list(frames.ACCEPTANCES.columns)))


def coded(*arguments):
    return list(review.codings(*arguments).itertuples(index=False, name=None))


def test_an_accepted_suggestion_counts_as_accepted_and_the_others_as_the_machine_s(log):
    assert coded(tags(("v1", "a"), ("v1", "b")), log(), accepted(("v1", "a"))) == [
        ("v1", "a", True, "accepted"),
        ("v1", "b", True, "machine"),
    ]


def test_a_reading_always_wins_over_what_was_accepted(reading):
    both = accepted(("v1", "a"), ("v2", "a"))
    assert coded(tags(("v1", "a")), reading(("v1", ["b"])), both) == [
        ("v1", "b", True, "coder"),
        ("v2", "a", True, "accepted"),
    ]


def test_what_was_accepted_for_a_theme_merged_since_counts_for_the_one_that_took_it_over(log):
    kept = coded(tags(), log(), accepted(("v1", "a"), ("v1", "b")), {"a": ("b",)})
    assert kept == [("v1", "b", True, "accepted")]
