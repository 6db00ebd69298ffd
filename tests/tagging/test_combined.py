"""Terms, words of the codebook and coded answers together."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from verbatims.model import Codebook, Term, TermKind, Theme, ThemeStatus
from verbatims.tagging import FEWEST, Features, crossfit, tag

N = 60  # answers coded


@pytest.fixture(scope="module")
def features(survey, vectors):
    return Features.of(survey[0], vectors)


@pytest.fixture(scope="module")
def labels(survey):
    return survey[2][:N]


def f1(made, truth, theme):
    given = made.scores[theme][truth.index] >= made.threshold[theme]
    return 2 * (given * truth[theme]).sum() / (given.sum() + truth[theme].sum())


def ruled(subjects, **terms):
    """The codebook with terms, each one word."""
    return Codebook(
        tuple(
            replace(
                theme,
                terms=tuple(Term(w, TermKind.LEMMA, (w,)) for w in terms.get(theme.id, ())),
            )
            for theme in subjects
        )
    )


def test_labels_and_definitions_find_the_themes_of_the_answers_left(
    features, subjects, labels, survey
):
    made, left = tag(features, subjects, labels=labels), survey[2][N:]
    assert min(f1(made, left, theme) for theme in ("velo", "impot")) > 0.9
    assert made.calibrated
    assert "Appris de 60 réponses validées" in made.note


def test_scores_read_as_probabilities(features, subjects, labels, survey):
    left = survey[2][N:]
    scores = tag(features, subjects, labels=labels).scores.loc[left.index]
    assert scores.to_numpy().mean() == pytest.approx(left.to_numpy().mean(), abs=0.06)


def test_under_30_validated_answers_nothing_is_learned(features, subjects, labels):
    few = tag(features, subjects, labels=labels[: FEWEST - 1])
    none = tag(features, subjects)
    assert_frame_equal(few.scores, none.scores)
    assert len(few.crossfit) == 0
    assert not few.calibrated
    assert "Moins de 30 réponses validées quand l'analyse a été faite (29)" in few.note


def test_with_nothing_learned_terms_speak_for_their_theme_and_words_for_the_others(
    features, subjects
):
    made = tag(features, ruled(subjects, velo=["piste"]))
    rules = made.tags.groupby("theme")["rule"].agg(set)
    assert rules["velo"] == {"piste"}
    assert all(rule.startswith(("libellé", "définition", "proche")) for rule in rules["impot"])


def test_a_passage_of_a_term_counts_once_labels_show_what_it_is_worth(features, subjects, labels):
    """« Nature » says nothing of trees; its terms do."""
    book = ruled(subjects, arbre=["arbre", "forêt", "haie", "bois"])
    rows = [n for n, has in enumerate(labels["arbre"]) if not has][:32]
    blind = labels.iloc[[*rows, *np.flatnonzero(labels["arbre"])[:2]]]
    with_terms, without = (tag(features, b, labels=blind).scores for b in (book, subjects))
    held = features.present[:, [features.number(w) for w in ("arbre", "forêt", "haie", "bois")]]
    said = np.asarray(held.sum(axis=1)).ravel() > 0
    gain = (with_terms["arbre"] - without["arbre"]).to_numpy()
    assert gain[said].mean() > gain[~said].mean()


def test_the_score_of_a_coded_answer_comes_from_models_that_never_saw_it(
    features, subjects, labels
):
    """Whatever its own labels, an answer has the same score."""
    changed = labels.copy()
    changed.iloc[7] = 1 - changed.iloc[7]
    before, after = (tag(features, subjects, labels=given).crossfit for given in (labels, changed))
    assert list(before.index) == list(labels.index)
    pd.testing.assert_series_equal(before.iloc[7], after.iloc[7])
    assert not np.allclose(before.iloc[8:], after.iloc[8:])


def test_one_may_choose_the_folds_and_gets_scores_for_everyone(features, subjects, labels):
    folds = pd.Series(np.arange(N) % 5, index=labels.index)
    scores = crossfit(features, subjects, labels, folds)
    assert list(scores.index) == list(features.ids)
    changed = labels.copy()
    changed.iloc[10] = 1 - changed.iloc[10]
    again = crossfit(features, subjects, changed, folds)
    same = labels.index[folds == folds.iloc[10]]
    assert_frame_equal(scores.loc[same], again.loc[same])


def test_labels_that_are_noise_give_crossfitted_scores_that_know_nothing(features, subjects):
    """Were an answer's own label to leak into its score, they would agree with the noise."""
    noise = np.random.default_rng(1).integers(0, 2, (100, 3)).astype(float)
    given = pd.DataFrame(noise, index=features.ids[:100], columns=["velo", "impot", "arbre"])
    found = tag(features, subjects, labels=given).crossfit
    agreement = np.corrcoef(found.to_numpy().ravel(), noise.ravel())[0, 1]
    assert agreement < 0.15


def test_a_theme_never_sought_is_still_scored_by_what_it_says(features, subjects, labels, survey):
    new = labels.assign(impot=np.nan)
    made = tag(features, subjects, labels=new)
    assert not made.scores.isna().any(axis=None)
    taxes = survey[2]["impot"] == 1
    assert made.scores["impot"][taxes].mean() > 2 * made.scores["impot"][~taxes].mean()
    assert "1 thème n'a pas encore deux réponses validées" in made.note


def test_labels_of_other_answers_or_other_themes_are_left_out(features, subjects, labels):
    wider = pd.concat([labels, labels.rename(index=lambda name: f"autre {name}")])
    wider = wider.assign(disparu=1.0)
    assert_frame_equal(
        tag(features, subjects, labels=wider).scores, tag(features, subjects, labels=labels).scores
    )


def test_the_order_of_the_labels_changes_nothing(features, subjects, labels):
    assert_frame_equal(
        tag(features, subjects, labels=labels[::-1]).tags,
        tag(features, subjects, labels=labels).tags,
    )


def test_coders_who_never_found_any_theme_teach_nothing(features, subjects, labels):
    made = tag(features, subjects, labels=labels * 0)
    assert "Aucun thème dans les réponses validées" in made.note
    assert len(made.crossfit) == 0


def test_learned_words_say_how_many_coded_answers_agree(features, subjects, labels):
    tags = tag(features, subjects, labels=labels, tagger="learned").tags
    learned = tags[tags["rule"].str.startswith("appris")]
    assert len(learned) > 20
    assert learned["rule"].str.fullmatch(r"appris : « \w+ » \(\d+ réponses? sur \d+\)").all()


def test_a_single_theme_can_be_learned(features, subjects, labels):
    alone = Codebook((subjects["velo"],))
    made = tag(features, alone, labels=labels[["velo"]])
    assert made.calibrated


def test_a_retired_theme_is_neither_scored_nor_suggested(features, subjects, labels):
    retired = Theme("arbre", "Nature", status=ThemeStatus.RETIRED)
    book = Codebook((*subjects.themes[:2], retired))
    assert list(tag(features, book, labels=labels).scores) == ["velo", "impot"]


def test_answers_without_any_word_of_content_are_no_trouble(read):
    lemmas, _ = read("non/non/ADV", "?/?/PUNCT")
    theme = Theme("financement", "Financement", definition="L'argent des projets")

    def seldom_asked(words):
        return np.zeros((len(words), 300 if words else 0), dtype=np.float32)

    made = tag(Features.of(lemmas, seldom_asked), Codebook((theme,)))
    assert made.tags.empty
