"""Who is kept in a table, and what is said of it."""

from dataclasses import replace

import pytest

from verbatims.analysis import among, closed, cross, people, themes, told_among, variable
from verbatims.errors import VerbatimsError
from verbatims.model import Criterion

SAID = [
    {"structure": "A", "attentes": ["coordination"]},
    {"structure": "A", "attentes": []},
    {"structure": "B", "attentes": ["coordination", "moyens"]},
    {"structure": "B", "outils": ("carte",)},
]
OF_A = Criterion("structure", ("A",))
COORDINATION = Criterion("attentes", ("coordination",))


def test_every_criterion_holds_for_those_who_are_kept(corpus):
    coded = corpus(SAID)
    assert list(people(coded, [OF_A])) == ["r0", "r1"]
    assert list(people(coded, [COORDINATION])) == ["r0", "r2"]
    assert list(people(coded, [OF_A, COORDINATION])) == ["r0"]
    assert list(people(coded, [Criterion("structure", ("A", "B"))])) == ["r0", "r1", "r2", "r3"]
    assert list(people(coded, [Criterion("outils", ("carte",))])) == ["r3"]


def test_themes_of_all_questions_choose_people_too(corpus):
    assert list(people(corpus(SAID), [Criterion("", ("moyens",))])) == ["r2"]


def test_a_filtered_corpus_holds_only_what_is_theirs(corpus):
    kept = among(corpus(SAID), [OF_A])
    assert set(kept.verbatims["respondent_id"]) == {"r0", "r1"}
    assert set(kept.codings["verbatim_id"]) == {"r0:o"}
    assert set(kept.answers["respondent_id"]) == {"r0", "r1"}
    assert kept.among == (OF_A,)
    assert themes(kept, question="attentes").base.answered == 2


def test_nothing_asked_keeps_everyone(corpus):
    coded = corpus(SAID)
    assert among(coded, []) is coded
    table = themes(coded, question="attentes")
    assert told_among(coded, coded, table) is table


def test_the_population_of_some_of_the_respondents_is_not_known(corpus):
    assert among(replace(corpus(SAID), population=200), [OF_A]).population is None


def told(coded, *criteria):
    """The table of « outils » among those who meet the criteria."""
    kept = among(coded, criteria)
    table = closed(coded.questionnaire["structure"], kept.respondents, kept.answers)
    return told_among(coded, kept, table)


def test_a_note_says_who_is_kept_and_how_many(corpus):
    assert told(corpus(SAID), OF_A, COORDINATION).notes[0] == (
        "Parmi ceux qui ont dit « A » à « Vous êtes… » et « Coordination » à "
        "« Qu'attendez-vous ? » (Base : 1)."
    )


def test_those_whom_a_theme_chose_have_no_share_until_all_is_read(corpus):
    people = [{"structure": "A", "attentes": ["coordination"]}] * 12
    whole, begun = corpus(people), corpus(people, unread=["r11"])
    assert told(whole, COORDINATION).rows["share"].tolist() == [1.0]
    found = told(begun, COORDINATION)
    assert found.rows["n"].tolist() == [12]
    assert found.rows[["share", "low", "high"]].isna().all(axis=None)
    assert found.notes[1].startswith("Réponses pas toutes lues")
    assert told(begun, OF_A).rows["share"].tolist() == [1.0]  # an answer that all gave


def test_their_crosses_have_counts_and_no_test(corpus):
    groups = [("A", ["coordination", "moyens"]), ("B", ["coordination"])]
    people = [{"structure": own, "attentes": found} for own, found in groups for _ in range(12)]
    coded = corpus(people, unread=["r3"])
    kept = among(coded, [COORDINATION])
    made = cross(variable(kept, "structure"), variable(kept, "attentes"))
    table = told_among(coded, kept, made)
    assert table.rows["p"].isna().all()
    assert table.tests.empty
    assert table.rows["n"].sum() == 36


@pytest.mark.parametrize(
    ("criterion", "place", "advice"),
    [
        (Criterion("partie", ("A",)), "partie", "Retirez ce filtre"),
        (Criterion("structure", ("Z",)), "« Z »", "Choisissez parmi : A, B"),
        (Criterion("attentes", ("parti",)), "« parti »", "coordination, moyens"),
        (Criterion("structure", ("A",), "ligne"), "« ligne »", "Choisissez parmi"),
    ],
)
def test_a_criterion_that_means_nothing_any_more_is_refused_with_what_there_is(
    corpus, criterion, place, advice
):
    with pytest.raises(VerbatimsError) as refusal:
        among(corpus(SAID), [criterion])
    assert place in str(refusal.value)
    assert advice in str(refusal.value)
