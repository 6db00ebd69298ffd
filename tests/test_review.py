"""From suggestions and decisions to what counts, what is left to read, and what undo takes back."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import frames, review


def decisions(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """(gesture, coder, verbatim, theme, value), in the order they were made."""
    columns = ["gesture", "coder", "verbatim_id", "theme", "value"]
    frame = pd.DataFrame(rows, columns=columns).astype(object)
    return frames.DECISIONS.check(
        frame.assign(number=range(1, len(rows) + 1), codebook="", queue="", made_at="")
    )


def tags(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [
        {"verbatim_id": verbatim_id, "theme": theme, "tagger": "lexicon", "start": 0, "end": 1,
         "score": 1.0, "rule": "x", "evidence": "x"}
        for verbatim_id, theme in pairs
    ]  # fmt: skip
    return frames.TAGS.check(pd.DataFrame(rows, columns=list(frames.TAGS.columns)))


def coded(kept: pd.DataFrame) -> list[tuple[str, str, bool, str]]:
    return list(kept.itertuples(index=False, name=None))


def test_a_suggestion_counts_as_the_machine_s_until_someone_reads_the_verbatim():
    kept = review.codings(
        tags(("v1", "lien"), ("v2", "lien")), decisions(("g", "Anne", "v1", "", "read"))
    )
    assert coded(kept) == [("v2", "lien", True, "machine")]


def test_a_theme_found_but_not_yet_validated_does_not_count():
    kept = review.codings(tags(), decisions(("g", "Anne", "v1", "lien", "present")))
    assert kept.empty


def test_the_last_word_counts():
    kept = review.codings(
        tags(),
        decisions(
            ("g1", "Anne", "v1", "lien", "present"),
            ("g1", "Anne", "v1", "", "read"),
            ("g2", "Anne", "v1", "lien", "absent"),
            ("g2", "Anne", "v1", "", "read"),
        ),
    )
    assert coded(kept) == [("v1", "lien", False, "coder")]


def test_a_withdrawn_reading_gives_the_verbatim_back_to_the_machine():
    kept = review.codings(
        tags(("v1", "lien")),
        decisions(("g1", "Anne", "v1", "", "read"), ("undo:g1", "Anne", "v1", "", "withdrawn")),
    )
    assert coded(kept) == [("v1", "lien", True, "machine")]


def test_validating_says_present_absent_and_read():
    rows = review.validation([], "Anne", "v1", present=["lien"], absent=["financement"])
    assert [(row["theme"], row["value"]) for row in rows] == [
        ("lien", "present"),
        ("financement", "absent"),
        ("", "read"),
    ]


def test_a_theme_left_out_the_second_time_becomes_absent():
    rows = review.validation(["lien"], "Anne", "v1", present=[], absent=[])
    assert ("lien", "absent") in [(row["theme"], row["value"]) for row in rows]


def test_undo_takes_back_the_last_gesture():
    done = review.history([("g1", "v1"), ("g2", "v2")])
    assert done.undo[-1] == ("undo:g2", "v2")
    rows = review.taking_back([{"coder": "Anne", "verbatim_id": "v2", "theme": "lien"}])
    assert [(row["theme"], row["value"]) for row in rows] == [("lien", "withdrawn")]


def test_what_was_undone_can_be_redone_until_something_else_is_done():
    done = review.history([("g1", "v1"), ("undo:g1", "v1")])
    assert (done.undo, done.redo) == ((), (("undo:undo:g1", "v1"),))
    redone = review.history([("g1", "v1"), ("undo:g1", "v1"), ("undo:undo:g1", "v1")])
    assert (redone.undo, redone.redo) == ((("undo:undo:undo:g1", "v1"),), ())
    assert review.history([("g1", "v1"), ("undo:g1", "v1"), ("g2", "v2")]).redo == ()


def test_undo_brings_the_earlier_value_back_as_of_its_own_time():
    made = decisions(
        ("g1", "Anne", "v1", "lien", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "lien", "absent"),
        ("g2", "Paul", "v1", "", "read"),
        ("g3", "Anne", "v1", "lien", "absent"),
        ("undo:g3", "Anne", "v1", "lien", "withdrawn"),
    )
    standing = review.latest(made)
    assert list(standing.query("theme == 'lien'")["value"]) == ["present", "absent"]
    assert coded(review.codings(tags(), made)) == [("v1", "lien", True, "coder")]


def test_what_someone_found_before_the_text_changed_does_not_count():
    made = decisions(
        ("g1", "Anne", "v1", "lien", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("text changed", "Anne", "v1", "", "withdrawn"),
        ("g2", "Paul", "v1", "", "read"),
    )
    assert coded(review.codings(tags(), made)) == []


def test_a_verbatim_was_sought_for_the_themes_of_the_codebook_in_force():
    made = decisions(("g1", "Anne", "v1", "", "read")).assign(codebook="h1")
    assert review.sought(made, {"h1": frozenset({"lien"})}) == {"v1": {"Anne": {"lien"}}}


gestures = st.lists(
    st.tuples(
        st.sampled_from(["v1", "v2"]), st.lists(st.sampled_from(["a", "b", "c"]), unique=True)
    ),
    max_size=6,
)


@settings(max_examples=10)
@given(gestures)
def test_undoing_and_redoing_everything_goes_through_every_state_twice(made):
    log, heard = decisions(), []

    def append(gesture: str, verbatim_id: str, rows: review.Rows) -> None:
        nonlocal log
        heard.append((gesture, verbatim_id))
        number = range(len(log) + 1, len(log) + 1 + len(rows))
        added = pd.DataFrame(rows, columns=["coder", "verbatim_id", "theme", "value"])
        added = added.assign(gesture=gesture, codebook="", queue="", made_at="", number=number)
        log = frames.DECISIONS.check(pd.concat([log, added[list(log.columns)]]))

    def take_back(gesture: str, verbatim_id: str) -> None:
        rows = log[log["gesture"] == gesture.replace(frames.UNDO, "")].to_dict("records")
        append(gesture, verbatim_id, review.taking_back(rows))

    states = []
    for number, (verbatim_id, present) in enumerate(made):
        states.append(coded(review.codings(tags(), log)))
        standing = review.latest(log)
        before = standing[
            (standing["verbatim_id"] == verbatim_id) & (standing["value"] == "present")
        ]
        rows = review.validation(before["theme"], "Anne", verbatim_id, present=present, absent=[])
        append(f"g{number}", verbatim_id, rows)
    states.append(coded(review.codings(tags(), log)))
    for before in states[-2::-1]:
        take_back(*review.history(heard).undo[-1])
        assert coded(review.codings(tags(), log)) == before
    assert review.history(heard).undo == ()
    assert review.latest(log).empty
    for after in states[1:]:
        take_back(*review.history(heard).redo[-1])
        assert coded(review.codings(tags(), log)) == after
    assert review.history(heard).redo == ()
