"""What each reader says, what counts between them, and how a final coding came about."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import frames, review
from verbatims.review.adjudicating import adjudication, undoing

NAMES = ("Anne", "Paul", "Zoé")


def read_by(log, **present):
    """v1 read by each coder, who found these themes."""
    return log(
        *(
            (f"by {coder}", coder, "v1", theme, value)
            for coder, themes in present.items()
            for theme, value in [*((theme, "present") for theme in themes.split()), ("", "read")]
        )
    )


def ruled(*rows, made_at="2026-01-02T00:00:00.000+00:00"):
    """Adjudications of v1 from (gesture, theme, value), in order."""
    made = pd.DataFrame(rows, columns=["gesture", "theme", "value"]).astype(object)
    return frames.ADJUDICATIONS.check(
        made.assign(
            number=range(1, len(rows) + 1),
            verbatim_id="v1",
            reason="vu ensemble",
            author="Léa",
            made_at=made_at,
        )
    )


def counted(made, *, sought=None, rulings=None, replaced=None):
    kept = review.decided(made, replaced or {}, sought, rulings)
    return dict(zip(kept["theme"], kept["present"], strict=True))


def sought_by(**themes):
    return {"v1": {coder: frozenset(names.split()) for coder, names in themes.items()}}


def test_of_two_who_disagree_one_is_enough(log):
    assert counted(read_by(log, Anne="lien", Paul="")) == {"lien": True}


def test_one_of_three_is_not_enough_and_two_are(log):
    made = read_by(log, Anne="lien temps", Paul="lien", Zoé="")
    assert counted(made) == {"lien": True, "temps": False}


def test_who_could_not_find_a_theme_has_no_say_in_it(log):
    made = read_by(log, Anne="temps", Paul="", Zoé="")
    could = sought_by(Anne="lien temps", Paul="lien", Zoé="lien")
    assert counted(made, sought=could) == {"temps": True}


def test_who_spoke_of_a_theme_could_find_it_whatever_is_known_of_the_codebook(log):
    made = log(
        ("g1", "Anne", "v1", "lien", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "lien", "absent"),
        ("g2", "Paul", "v1", "", "read"),
        ("g3", "Zoé", "v1", "lien", "absent"),
        ("g3", "Zoé", "v1", "", "read"),
    )
    assert counted(made, sought=sought_by(Anne="", Paul="", Zoé="")) == {"lien": False}


@settings(max_examples=30)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from("abc")), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_coders_read_changes_nothing(log, found, chance):
    present = {coder: " ".join(sorted(themes)) for coder, themes in found.items()}
    shuffled = dict(chance.sample(sorted(present.items()), len(present)))
    assert counted(read_by(log, **present)) == counted(read_by(log, **shuffled))


def test_an_adjudication_overrules_the_votes_and_touches_no_decision(log):
    made = read_by(log, Anne="lien", Paul="lien")
    before = made.copy()
    assert counted(made, rulings=ruled(("a1", "lien", "absent"))) == {"lien": False}
    assert counted(made, rulings=ruled(("a1", "temps", "present"))) == {"lien": True, "temps": True}
    pd.testing.assert_frame_equal(made, before)


def test_the_last_adjudication_counts_until_it_is_taken_back(log):
    made = read_by(log, Anne="lien", Paul="")
    both = [("a1", "lien", "absent"), ("a2", "lien", "present")]
    assert counted(made, rulings=ruled(*both)) == {"lien": True}
    gesture, rows = undoing(ruled(*both), "v1")
    assert (gesture, [row["value"] for row in rows]) == ("undo:a2", ["withdrawn"])
    undone = [*both, (gesture, "lien", "withdrawn")]
    assert counted(made, rulings=ruled(*undone)) == {"lien": False}
    assert undoing(ruled(*undone), "v1")[0] == "undo:a1"
    nothing = [*undone, ("undo:a1", "lien", "withdrawn")]
    assert counted(made, rulings=ruled(*nothing)) == {"lien": True}
    assert undoing(ruled(*nothing), "v1") == ("", [])


def test_an_adjudication_speaks_for_what_the_theme_became_only_as_a_vote_did(log):
    made = read_by(log, Anne="argent temps", Paul="temps")
    merged = {"argent": ("moyens",), "temps": ("moyens",)}
    absent = ruled(("a1", "argent", "absent"))
    assert counted(made, rulings=absent, replaced=merged) == {"moyens": True}
    none = ruled(("a1", "argent", "absent"), ("a1", "temps", "absent"))
    assert counted(made, rulings=none, replaced=merged) == {"moyens": False}
    since = ruled(("a1", "argent", "present"), ("a2", "moyens", "absent"))
    assert counted(made, rulings=since, replaced=merged) == {"moyens": False}


def test_an_adjudication_of_what_nobody_reads_any_more_says_nothing(log):
    assert counted(log(), rulings=ruled(("a1", "lien", "present"))) == {}


def test_a_row_says_what_an_adjudication_decides():
    assert adjudication("v1", {"lien": True, "temps": False}) == [
        {"verbatim_id": "v1", "theme": "lien", "value": "present"},
        {"verbatim_id": "v1", "theme": "temps", "value": "absent"},
    ]


def told(votes):
    return sorted(votes.itertuples(index=False, name=None))


def test_each_reader_votes_on_every_theme_that_they_could_find(log):
    made = read_by(log, Anne="lien", Paul="temps")
    votes = review.votes(made, sought_by(Anne="lien", Paul="lien temps"))
    assert told(votes) == [
        ("v1", "lien", "Anne", True),
        ("v1", "lien", "Paul", False),
        ("v1", "temps", "Paul", True),
    ]


def test_a_theme_taken_over_is_no_vote_of_its_own(log):
    made = read_by(log, Anne="argent", Paul="moyens")
    could = sought_by(Anne="argent moyens", Paul="moyens")
    votes = review.votes(made, could, {"argent": ("moyens",)})
    assert told(votes) == [("v1", "moyens", "Anne", True), ("v1", "moyens", "Paul", True)]


def test_there_are_no_votes_where_nobody_read(log):
    assert review.votes(log(), {}).empty
    assert review.traces(log(), {}).empty


@pytest.mark.parametrize(
    ("present", "rulings", "expected"),
    [
        ({"Anne": "lien"}, None, (True, "un seul lecteur", "Anne : présent", "")),
        (
            {"Anne": "lien", "Paul": "lien"},
            None,
            (True, "accord", "Anne : présent | Paul : présent", ""),
        ),
        (
            {"Anne": "lien", "Paul": ""},
            None,
            (True, "désaccord", "Anne : présent | Paul : absent", ""),
        ),
        (
            {"Anne": "lien", "Paul": ""},
            [("a1", "lien", "absent")],
            (False, "arbitrage", "Anne : présent | Paul : absent", "Léa"),
        ),
    ],
)
def test_a_final_coding_traces_to_its_readers(log, present, rulings, expected):
    made = read_by(log, **present)
    could = sought_by(**dict.fromkeys(present, "lien"))
    traces = review.traces(made, could, {}, ruled(*rulings) if rulings else None)
    row = traces.iloc[0]
    assert (row["present"], row["how"], row["votes"], row["author"]) == expected
    assert row["reason"] == ("vu ensemble" if rulings else "")


def queue(made, rulings=None, closed=()):
    could = sought_by(Anne="lien temps", Paul="lien temps")
    votes = review.votes(made, could)
    found = review.disagreements(made, votes, ruled() if rulings is None else rulings, {}, closed)
    return found.to_dict("records")


def test_readers_disagree_on_what_one_retained_and_another_did_not(log):
    (row,) = queue(read_by(log, Anne="lien temps", Paul="temps"))
    assert (row["theme"], row["retained"], row["rejected"]) == ("lien", ("Anne",), ("Paul",))
    assert (row["ruling"], row["since"]) == (None, ())


def test_nothing_is_said_of_what_is_still_read_blind(log):
    assert queue(read_by(log, Anne="lien", Paul=""), closed={"v1"}) == []


def test_an_adjudicated_theme_says_who_read_again_since(log):
    made = read_by(log, Anne="lien", Paul="").assign(made_at="2026-01-01T00:00:00+00:00")
    (row,) = queue(made, ruled(("a1", "lien", "present")))
    assert (row["ruling"], row["author"], row["since"]) == (True, "Léa", ())
    again = made.assign(made_at="2026-01-03T10:00:00.000Z")
    (row,) = queue(again, ruled(("a1", "lien", "present")))
    assert row["since"] == ("Anne", "Paul")


def test_who_reads_again_has_no_voice_in_a_theme_that_the_codebook_has_lost(log):
    made = log(
        ("g1", "Anne", "v1", "perdu", "present"),
        ("g1", "Anne", "v1", "", "read"),
        ("g2", "Paul", "v1", "perdu", "present"),
        ("g2", "Paul", "v1", "", "read"),
        ("g3", "Anne", "v1", "perdu", "absent"),
        ("g3", "Anne", "v1", "lien", "present"),
        ("g3", "Anne", "v1", "", "read"),
    )
    could = sought_by(Anne="lien", Paul="lien perdu")
    assert counted(made, sought=could) == {"perdu": True, "lien": True}
    said = review.votes(made, could)
    assert set(said.loc[said["theme"] == "perdu", "coder"]) == {"Paul"}
