"""Accepting unread: offered only where the precision is assured, refused in one sentence else."""

import numpy as np
import pandas as pd
import pytest

from verbatims import review
from verbatims.measures.intervals import clopper_pearson

VALIDATED = [f"v{n}" for n in range(200)]
UNREAD = [f"u{n}" for n in range(50)]


def offered(right, *, scores=0.99, n=200, precision=0.95):
    """The offer for « temps », from validated answers of falling score, right or not."""
    names = VALIDATED[:n]
    labels = pd.DataFrame({"temps": np.array(right, dtype=float)[:n]}, index=names)
    crossfit = pd.DataFrame({"temps": np.linspace(1, 0, 200)[:n]}, index=names)
    unread = pd.DataFrame({"temps": scores}, index=[*names, *UNREAD], dtype="float32")
    offers = review.auto_accept(labels, crossfit, unread, names, precision=precision)
    return offers["temps"], labels, unread


def test_sure_suggestions_are_offered_down_to_the_loosest_threshold_that_holds():
    offer, labels, scores = offered([1] * 150 + [0] * 50)
    assert isinstance(offer, review.Offer)
    assert (offer.pairs, offer.validated) == (50, 200)
    # 77 and 116 pairs are tried and hold; at 174 too many are wrong
    assert offer.threshold == pytest.approx(np.linspace(1, 0, 200)[115])
    assert offer.low == pytest.approx(clopper_pearson(116, 116, confidence=0.8)[0])
    pairs = review.accepted(offer, labels, scores)
    assert pairs["verbatim_id"].to_list() == UNREAD
    assert set(pairs["theme"]) == {"temps"}
    assert offer.says == (
        "50 suggestions à accepter sans lire : au moins 95\u202f% justes à 90\u202f% de confiance, "
        "d'après les 116 plus sûres de 200 réponses validées au hasard. Cela vaut pour ce thème "
        "seul : si vous en acceptez dix ainsi, l'un peut manquer à la promesse."
    )


def test_one_error_among_the_surest_is_borne_two_are_not():
    assert isinstance(offered([0] + [1] * 199)[0], review.Offer)
    refusal = offered([0, 0] + [1] * 75 + [0] * 123)[0]
    assert isinstance(refusal, review.Refusal)
    assert refusal.says == (
        "Des 77 suggestions les plus sûres validées au hasard, 75 étaient justes : on ne peut en "
        "promettre que 93 %, et non 95\u202f% justes à 90\u202f% de confiance."
    )


def test_never_under_a_hundred_random_validated_answers():
    refusal = offered([1] * 200, n=99)[0]
    assert refusal == review.Refusal(
        "temps",
        "99 réponses validées parmi celles tirées au hasard : il en faut 100 pour accepter sans "
        "lire.",
    )
    assert isinstance(offered([1] * 200, n=100)[0], review.Offer)


def test_with_nothing_learned_nothing_is_offered():
    labels = pd.DataFrame({"temps": 1.0}, index=VALIDATED)
    nothing = labels.iloc[:0]
    offers = review.auto_accept(labels, nothing, labels, VALIDATED)
    assert {type(offer) for offer in offers.values()} == {review.Refusal}


def test_a_threshold_that_no_unread_suggestion_reaches_is_no_offer():
    assert offered([1] * 200, scores=-0.1)[0].says == (
        "Plus aucune suggestion non lue n'est assez sûre."
    )


def test_what_was_read_by_choice_counts_for_nothing():
    labels = pd.DataFrame({"temps": 1.0}, index=VALIDATED)
    scores = pd.DataFrame({"temps": 1.0}, index=[*VALIDATED, *UNREAD])
    offers = review.auto_accept(labels, labels, scores, VALIDATED[:50])
    assert "50 réponses validées" in offers["temps"].says


def test_unread_suggestions_are_worth_less_once_the_right_ones_were_picked_out():
    """Of 400 sure suggestions, 98 % right, coders chose to read 300, all right."""
    chosen = [f"c{n}" for n in range(300)]
    labels = pd.DataFrame({"temps": 1.0}, index=[*VALIDATED, *chosen])
    labels.iloc[[50, 100, 150, 199], 0] = 0.0
    crossfit = labels * 0 + 0.9
    scores = pd.DataFrame({"temps": 0.9}, index=[*labels.index, *(f"u{n}" for n in range(100))])
    without = labels.loc[VALIDATED]
    assert isinstance(
        review.auto_accept(without, crossfit.loc[VALIDATED], scores, VALIDATED)["temps"],
        review.Offer,
    )
    refusal = review.auto_accept(labels, crossfit, scores, VALIDATED)["temps"]
    assert isinstance(refusal, review.Refusal)
    assert "promettre que 84 %" in refusal.says


def test_suggestions_as_sure_as_one_another_are_accepted_or_left_together():
    offer, _, _ = offered([1] * 199 + [0])
    labels = pd.DataFrame({"temps": [1.0] * 150 + [0.0] * 50}, index=VALIDATED)
    tied = pd.DataFrame({"temps": 0.9}, index=VALIDATED)
    scores = pd.DataFrame({"temps": 0.9}, index=UNREAD)
    assert isinstance(offer, review.Offer)
    assert isinstance(review.auto_accept(labels, tied, scores, VALIDATED)["temps"], review.Refusal)


def test_all_themes_together_are_offered_apart_with_what_it_does_not_promise():
    labels = pd.DataFrame({"temps": [1.0] * 200, "lien": [0.0] * 200}, index=VALIDATED)
    crossfit = pd.DataFrame({"temps": 0.9, "lien": 0.1}, index=VALIDATED)
    scores = pd.DataFrame({"temps": 0.95, "lien": [0.0, 0.92] * 25}, index=UNREAD)
    offers = review.auto_accept(labels, crossfit, scores, VALIDATED)
    assert list(offers) == ["temps", "lien", ""]
    assert isinstance(offers["lien"], review.Refusal)
    assert offers[""].pairs == 75
    assert offers[""].says.endswith(
        "Cela vaut pour tous les thèmes ensemble : l'un ou l'autre peut être en dessous."
    )
    pairs = review.accepted(offers[""], labels, scores)
    assert pairs["theme"].value_counts().to_dict() == {"temps": 50, "lien": 25}


def test_the_promise_is_kept_nine_times_out_of_ten():
    """Scores that are the true probabilities; 100 draws of 600 answers, half of them validated."""
    rng = np.random.default_rng(0)
    names = [f"v{n}" for n in range(600)]
    broken = 0
    for _ in range(100):
        scores = pd.DataFrame({"temps": rng.beta(0.5, 0.4, size=600)}, index=names)
        labels = (rng.random((600, 1)) < scores).astype(float).iloc[:300]
        offer = review.auto_accept(labels, scores, scores, names[:300])["temps"]
        if isinstance(offer, review.Offer):
            rest = scores["temps"].iloc[300:]
            broken += rest[rest >= offer.threshold].mean() < 0.95
    assert broken <= 10
