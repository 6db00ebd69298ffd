"""`a … b`, `a <…> b` and `a sauf b`, on hand-made lemmas."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.codebook.terms import fault, term
from verbatims.frames import LEMMAS
from verbatims.model import Codebook, Theme
from verbatims.tagging import lexicon


def book(*written):
    assert not any(map(fault, written))
    return Codebook((Theme("t", "T", terms=tuple(term(each, 0) for each in written)),))


@pytest.fixture(scope="session")
def found(read):
    """The evidence found in an answer by the terms of one theme."""

    def find(answer, *written):
        lemmas, _ = read(answer)
        return list(lexicon.tag(lemmas, book(*written))["evidence"])

    return find


# -- a … b -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "answer", "evidence"),
    [
        ("accès … soins", "un accès aux soins/soin", "accès … soins"),
        ("accès … soins", "accès plus simple et rapide aux soins/soin", "accès … soins"),
        ("accès … soins", "accès soins/soin", "accès soins"),
        ("accès … soins", "accès , soins/soin", "accès … soins"),
        ("accès … soins", "accès ( rapide , simple ) aux soins/soin", "accès … soins"),
        ("accès … soins", "accès : soins/soin", "accès … soins"),
        ("accès …1 soins", "accès aux soins/soin", "accès … soins"),
        ("accès …2 soins", "accès à l'/le+eau ni aux soins/soin accès à nos soins/soin", None),
        ("mutualis* … moyen", "mutualisons/mutualiser tous nos moyens", "mutualisons … moyens"),
        ('"en réseau" … élus', "en réseau avec les élus/élu", "en réseau … élus"),
        (
            "mise en réseau … élu",
            "mises/mise en réseau entre élus/élu",
            "mises en réseau … élus",
        ),
        ("accès <…> soins", "les soins/soin , facile d'/de+accès", "soins … accès"),
        ("accès <…> soins", "accès aux soins/soin", "accès … soins"),
        ("lien <…> lien", "un lien et un lien", "lien … lien"),
        ("travailler … ensemble", "TRAVAILLER/travailler tous ENSEMBLE", "TRAVAILLER … ENSEMBLE"),
        ("co-construire … projet", "co+-+construire un projet", "co-construire … projet"),
    ],
)
def test_two_words_are_found_at_a_distance(found, written, answer, evidence):
    assert found(answer, written) == [evidence or "accès … soins"]


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("accès … soins", "les soins/soin d'/de+accès"),
        ("accès … soins", "accès un deux trois quatre cinq six soins/soin"),
        ("accès …2 soins", "accès un deux trois soins/soin"),
        ("accès … soins", "accès . Soins/soin"),
        ("accès … soins", "accès ! soins/soin"),
        ("accès … soins", "accès ? soins/soin"),
        ("accès … soins", "accès ; soins/soin"),
        ("accès … soins", "accès … soins/soin"),
        ("accès … soins", "accès ... soins/soin"),
        ("accès <…1> soins", "soins/soin un deux accès"),
        ("accès … soins", "accès"),
        ("accès … soins", "soins/soin"),
        ("lien … lien", "un lien"),
        ('"soin" … accès', "soins/soin et accès"),
    ],
)
def test_too_far_apart_or_in_another_sentence_they_are_not(found, written, answer):
    assert found(answer, written) == []


def test_five_words_may_stand_between_signs_and_spaces_aside(found):
    assert found("accès un , deux trois ( quatre ) cinq soins", "accès … soins")


def test_a_line_break_ends_a_sentence():
    forms = [("accès", "NOUN"), ("\n", "SPACE"), ("soins", "NOUN")]
    rows = pd.DataFrame(forms, columns=["form", "pos"]).assign(verbatim_id="v", repaired="")
    end = rows["form"].str.len().cumsum()
    rows = rows.assign(lemma=rows["form"], start=end - rows["form"].str.len(), end=end)
    lemmas = LEMMAS.check(rows.assign(position=range(len(rows))))

    assert lexicon.tag(lemmas, book("accès … soins")).empty


def test_the_closest_are_paired_and_no_word_twice(found):
    assert found("accès accès soins", "accès … soins") == ["accès soins"]
    assert found("accès soins soins", "accès … soins") == ["accès soins"]
    assert found("accès aux soins , accès à nos soins", "accès … soins") == ["accès … soins"] * 2


def test_a_passage_goes_from_the_first_word_to_the_last(read):
    lemmas, texts = read("Un accès plus facile aux soins/soin de ville")
    (tag,) = lexicon.tag(lemmas, book("accès … soins de ville")).itertuples()
    assert texts["v1"][tag.start : tag.end] == "accès plus facile aux soins de ville"
    assert (tag.rule, tag.evidence) == ("accès … soins de ville", "accès … soins de ville")


def test_two_answers_are_never_joined(read):
    lemmas, _ = read("accès", "soins", "accès libre soins")
    assert list(lexicon.tag(lemmas, book("accès … soins"))["verbatim_id"]) == ["v3"]


def test_the_longest_passage_of_a_theme_stays(found):
    answer = "accès plus facile aux soins"
    assert found(answer, "accès", "soins", "accès … soins") == ["accès … soins"]


# -- a sauf b ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "answer", "evidence"),
    [
        ("réseau sauf social", "les réseaux/réseau sociaux/social", []),
        ("réseau sauf social", "un réseau local", ["réseau"]),
        ("réseau sauf social", "un réseau dense et social", ["réseau"]),
        ("réseau sauf social", "le social , le réseau", ["réseau"]),
        ("réseau sauf transport", "le réseau de transport , le réseau", ["réseau"]),
        ("réseau sauf transport", "le réseau des transports/transport", []),
        ("réseau sauf transport", "transport : réseau à refaire", ["réseau"]),
        ("moyens sauf moyens de transport", "des moyens de transport , des moyens", ["moyens"]),
        ("moyens sauf moyens de transport", "moyens humains", ["moyens"]),
        ("commun sauf transport", "le transport en commun", ["commun"]),
        ("commun sauf transport", "le transport commun", []),
        ("commun sauf transport en", "le transport en commun", []),
        ("réseau sauf social, routi*", "réseau social , réseau routier , réseau", ["réseau"]),
        (
            'mise en réseau sauf "mise"',
            "mise en réseau , mises/mise en réseau",
            ["mises en réseau"],
        ),
        ("accès … soins sauf dentaire", "accès aux soins dentaires/dentaire", []),
        ("accès … soins sauf difficile", "accès difficile aux soins", []),
        ("accès … soins sauf dentaire", "accès aux soins", ["accès … soins"]),
        ("accès sauf accès … eau", "accès à l'/le+eau , accès", ["accès"]),
        ("réseau sauf les réseaux", "les réseau , nos réseaux", ["réseaux"]),
    ],
)
def test_a_passage_touched_by_an_exception_does_not_count(found, written, answer, evidence):
    assert found(answer, written) == evidence


def test_an_exception_in_the_next_answer_does_not_touch(read):
    lemmas, _ = read("le réseau", "social")
    assert list(lexicon.tag(lemmas, book("réseau sauf social"))["evidence"]) == ["réseau"]


def test_another_term_of_the_theme_may_still_find_it(found):
    assert found("réseau social", "réseau sauf social", "réseau social") == ["réseau social"]


# -- always ------------------------------------------------------------------------------

WORDS = ["accès", "aux", "soins/soin", "de", "ville", ",", ".", "libre"]
TERMS = ["accès … soins", "soins <…2> ville", "accès sauf libre", "ville sauf soins, accès … ville"]


@given(answers=st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=3))
def test_an_answer_is_tagged_the_same_alone_or_among_others(read, answers):
    lemmas, texts = read(*map(" ".join, answers))
    together = lexicon.tag(lemmas, book(*TERMS))
    alone = [
        lexicon.tag(lemmas[lemmas["verbatim_id"] == verbatim_id], book(*TERMS))
        for verbatim_id in texts
    ]
    assert together.to_dict("records") == [row for tags in alone for row in tags.to_dict("records")]
    for tag in together.itertuples():
        first, last = tag.evidence.split(" … ")[0], tag.evidence.split(" … ")[-1]
        said = texts[tag.verbatim_id][tag.start : tag.end]
        assert said.startswith(first)
        assert said.endswith(last)
