"""From suggestions and decisions to what counts, what is left to read, and what undo takes back."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import frames, review
from verbatims.review import Filters


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
    rows = review.validation(decisions(), "Anne", "v1", present=["lien"], absent=["financement"])
    assert [(row["theme"], row["value"]) for row in rows] == [
        ("lien", "present"),
        ("financement", "absent"),
        ("", "read"),
    ]


def test_a_theme_left_out_the_second_time_becomes_absent():
    standing = decisions(("g1", "Anne", "v1", "lien", "present"))
    rows = review.validation(standing, "Anne", "v1", present=[], absent=[])
    assert ("lien", "absent") in [(row["theme"], row["value"]) for row in rows]


def test_one_coder_never_changes_what_another_found():
    standing = decisions(("g1", "Paul", "v1", "lien", "present"))
    rows = review.validation(standing, "Anne", "v1", present=[], absent=[])
    assert [row["theme"] for row in rows] == [""]


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
    assert coded(review.codings(tags(), made)) == [("v1", "lien", False, "coder")]


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
    assert review.sought(made, {"h1": frozenset({"lien"})}) == {"v1": frozenset({"lien"})}


gestures = st.lists(
    st.tuples(
        st.sampled_from(["v1", "v2"]), st.lists(st.sampled_from(["a", "b", "c"]), unique=True)
    ),
    max_size=6,
)


@settings(max_examples=20)
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
        rows = review.validation(standing, "Anne", verbatim_id, present=present, absent=[])
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


VERBATIMS = pd.DataFrame(
    [
        ("v1", "r1", "q", "Mettre de la cohérence", "answered"),
        ("v2", "r2", "q", "RAS", "empty"),
        ("v3", "r3", "q", "Plus de moyens", "answered"),
        ("v4", "r1", "autre", "Se rencontrer", "answered"),
    ],
    columns=list(frames.VERBATIMS.columns),
)


def shown(**wanted: object) -> list[str]:
    made = decisions(("g1", "Anne", "v3", "", "read"), ("g2", "Paul", "v1", "", "read"))
    filters = Filters(**wanted)  # type: ignore[arg-type]
    return list(review.queue(VERBATIMS, tags(("v4", "lien")), made, "Anne", filters)["verbatim_id"])


def test_the_queue_holds_what_this_coder_has_not_read():
    assert shown() == ["v1", "v4"]


def test_the_queue_can_show_what_was_read_or_everything():
    assert shown(state="done") == ["v3"]
    assert shown(state="") == ["v1", "v3", "v4"]


def test_the_queue_filters_by_question_theme_and_respondent():
    assert shown(question="autre") == ["v4"]
    assert shown(theme="lien") == ["v4"]
    assert shown(respondents={"r1"}) == ["v1", "v4"]


def test_the_search_is_blind_to_case_and_accents():
    assert shown(search="COHERENCE mettre") == ["v1"]


def ordered(order: str, guide: review.Guide, **wanted: object) -> list[tuple[str, str, str]]:
    """(verbatim, queue, reason), for Anne who has read v3."""
    made = decisions(("g1", "Anne", "v3", "", "read"))
    filters = Filters(order=order, **wanted)  # type: ignore[arg-type]
    found = review.queue(VERBATIMS, tags(("v4", "lien")), made, "Anne", filters, guide)
    return list(found[["verbatim_id", "queue", "reason"]].itertuples(index=False, name=None))


SCORED = review.Guide(
    scores=pd.DataFrame({"lien": [0.3, 0.9, 0.8]}, index=["v1", "v3", "v4"]),
    names={"lien": "Lien"},
    reread={"v3"},
)


def test_the_queue_follows_the_order_asked_for_and_says_why():
    assert ordered("uncertain", SCORED) == [
        ("v1", "uncertain", "hésite sur « Lien » (30 %)"),
        ("v4", "uncertain", "hésite sur « Lien » (80 %)"),
    ]
    assert [queue for _, queue, _ in ordered("random", SCORED)] == ["random", "random"]


def test_the_order_by_theme_leaves_nothing_out_since_a_suggestion_may_be_missing():
    assert [row[0] for row in ordered("theme", SCORED, theme="lien")] == ["v4", "v1"]


def test_what_is_to_read_again_comes_back_as_unread():
    reason = "un de ses thèmes a été scindé depuis sa lecture"
    assert ordered("split", SCORED) == [("v3", "split", reason)]


@pytest.mark.parametrize("order", review.ORDERS)
def test_a_queue_with_nothing_in_it_is_empty_in_every_order(order):
    assert ordered(order, review.Guide(), search="introuvable") == []


def test_a_theme_merged_since_is_found_by_what_was_decided_before():
    made = decisions(("g1", "Anne", "v3", "ancien", "present"), ("g1", "Anne", "v3", "", "read"))
    filters = Filters(theme="lien", state="")
    guide = review.Guide(replacements={"ancien": ("lien",)})
    found = review.queue(VERBATIMS, tags(), made, "Anne", filters, guide)
    assert list(found["verbatim_id"]) == ["v3"]
