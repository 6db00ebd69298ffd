"""What every tagger of the registry promises, before and after answers are coded."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from verbatims import tagging
from verbatims.errors import VerbatimsError
from verbatims.frames import LEMMAS, TAGS
from verbatims.model import Codebook
from verbatims.tagging import Features

each_tagger = pytest.mark.parametrize("tagger", tagging.TAGGERS)
coded_or_not = pytest.mark.parametrize("coded", [0, 60])


@pytest.fixture(scope="module")
def made(survey, subjects, vectors):
    """The suggestions of a tagger on the survey, with so many answers coded; made once."""
    lemmas, _, labels = survey
    features, kept = Features.of(lemmas, vectors), {}

    def make(tagger, coded):
        if (tagger, coded) not in kept:
            kept[tagger, coded] = tagging.tag(
                features, subjects, labels=labels[:coded], tagger=tagger
            )
        return kept[tagger, coded]

    return make


@each_tagger
@coded_or_not
def test_tags_have_the_declared_columns_types_and_key(made, tagger, coded):
    tags = made(tagger, coded).tags
    assert_frame_equal(tags, TAGS.check(tags))
    assert set(tags["tagger"]) <= {tagger}
    assert len(tags) or (tagger, coded) == ("learned", 0)


@each_tagger
@coded_or_not
def test_every_answer_and_theme_has_a_score_between_0_and_1(made, tagger, coded, survey, subjects):
    scores = made(tagger, coded).scores
    assert list(scores.index) == list(survey[1])
    assert list(scores) == [theme.id for theme in subjects]
    assert (scores.dtypes == np.float32).all()
    assert scores.to_numpy().min() >= 0
    assert scores.to_numpy().max() <= 1


@each_tagger
@coded_or_not
def test_what_scores_its_threshold_or_more_is_suggested_with_a_reason(made, tagger, coded):
    found = made(tagger, coded)
    high = found.scores >= pd.Series(found.threshold)
    stacked = high.stack()
    tagged = found.tags.groupby(["verbatim_id", "theme"]).size()
    assert set(stacked[stacked].index) == set(tagged.index)
    assert tagged.max() <= 4 if len(tagged) else tagger == "learned"


@each_tagger
@coded_or_not
def test_all_reasons_of_a_suggestion_carry_its_score(made, tagger, coded):
    found = made(tagger, coded)
    for tag in found.tags.itertuples():
        assert tag.score == found.scores.at[tag.verbatim_id, tag.theme]


@each_tagger
@coded_or_not
def test_spans_cut_the_evidence_out_of_the_original_text(made, tagger, coded, survey):
    tags = made(tagger, coded).tags
    cut = [survey[1][tag.verbatim_id][tag.start : tag.end] for tag in tags.itertuples()]
    assert cut == list(tags["evidence"])
    assert tags["rule"].str.len().min() > 0 if len(tags) else True


@each_tagger
@coded_or_not
def test_tags_follow_the_text_then_the_codebook(made, tagger, coded, survey, subjects):
    answers, order = list(survey[1]), [theme.id for theme in subjects]
    places = [
        (answers.index(tag.verbatim_id), tag.start, order.index(tag.theme))
        for tag in made(tagger, coded).tags.itertuples()
    ]
    assert places == sorted(places)


@each_tagger
@coded_or_not
def test_tagging_twice_gives_the_same(made, tagger, coded, survey, subjects, vectors):
    lemmas, _, labels = survey
    before = lemmas.copy(deep=True)
    features = Features.of(lemmas, vectors)
    again = tagging.tag(features, subjects, labels=labels[:coded], tagger=tagger)
    assert_frame_equal(again.tags, made(tagger, coded).tags)
    assert_frame_equal(again.scores, made(tagger, coded).scores, check_exact=True)
    assert_frame_equal(again.crossfit, made(tagger, coded).crossfit, check_exact=True)
    assert_frame_equal(lemmas, before)


@each_tagger
def test_only_what_learns_has_crossfitted_scores(made, tagger):
    learns = tagger in ("learned", "combined")
    assert len(made(tagger, 60).crossfit) == (60 if learns else 0)
    assert made(tagger, 60).calibrated == learns
    assert not len(made(tagger, 0).crossfit)


@each_tagger
@coded_or_not
def test_a_note_says_what_the_suggestions_stand_on(made, tagger, coded):
    assert made(tagger, coded).note.endswith(".")


@each_tagger
def test_categories_give_the_same_tags_as_plain_strings(tagger, survey, subjects, vectors):
    lemmas, _, labels = survey
    names = ["verbatim_id", "form", "lemma", "pos", "repaired"]
    plain = lemmas.astype(dict.fromkeys(names, "object"))
    one, other = (
        tagging.tag(Features.of(rows, vectors), subjects, labels=labels[:60], tagger=tagger)
        for rows in (lemmas, plain)
    )
    assert_frame_equal(one.tags, other.tags)


@each_tagger
def test_no_answers_or_no_themes_give_no_tags(tagger, survey, subjects, vectors):
    lemmas, _, labels = survey
    nothing = tagging.tag(Features.of(LEMMAS.empty(), vectors), subjects, tagger=tagger)
    assert_frame_equal(nothing.tags, TAGS.empty())
    assert nothing.scores.shape == (0, 3)
    features = Features.of(lemmas, vectors)
    unthemed = tagging.tag(features, Codebook(()), labels=labels, tagger=tagger)
    assert_frame_equal(unthemed.tags, TAGS.empty())
    assert unthemed.scores.shape == (len(labels), 0)


def test_an_unknown_tagger_is_refused_with_the_names_of_those_that_exist(survey, subjects, vectors):
    with pytest.raises(VerbatimsError, match="« magie » inconnue ; choisissez : lexicon, simil"):
        tagging.tag(Features.of(survey[0], vectors), subjects, tagger="magie")
