"""What coders' decisions teach the codebook, and how far it can be believed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims import nlp
from verbatims.codebook.terms import fault
from verbatims.codebook.terms import term as read_term
from verbatims.frames import ANSWERED
from verbatims.measures.intervals import wilson
from verbatims.model import Codebook, TermKind, Theme, ThemeStatus
from verbatims.tagging.proposals import (
    ANSWERS,
    LABEL,
    drafted,
    held_back,
    measure,
    propose,
)

SMALL = {"de": "ADP", "d'": "ADP", "la": "DET", "sur": "ADP", "sauf": "ADP", "mal": "ADV"}
NOTHING = pd.DataFrame(columns=["theme", "term", "kind"])


@pytest.fixture(scope="session")
def spoken(read):
    """Answers of plain words, each its own lemma and a noun but for the small ones."""

    def lemmas(*answers):
        return read(*(" ".join(f"{w}/{w}/{_pos(w)}" for w in text.split()) for text in answers))[0]

    return lemmas


def _pos(word):
    return SMALL.get(word, "NOUN" if word.isalpha() else "PUNCT")


def coded(answers, **themes):
    """Labels of the first answers, from the words of a theme: it is present where one stands."""
    index = pd.Index([f"v{n}" for n in range(1, len(answers) + 1)], name="verbatim_id")
    return pd.DataFrame(
        {
            theme: [float(any(w in text for w in words)) for text in answers]
            for theme, words in themes.items()
        },
        index=index,
    )


def learnt(labels):
    return labels[~held_back(labels.index)]


def terms(proposals, theme="partage"):
    return proposals.additions.loc[proposals.additions["theme"] == theme, "term"].tolist()


TOOLS = ["outils mutualiser", "salle mutualiser", "argent", "temps", "bruit"] * 12
NOISE = [f"v{n}" for n in range(5, 61, 5)]
UNREAD = ["mutualiser achats", "argent", "mutualiser"]


# What is proposed


def test_under_thirty_validated_answers_nothing_is_proposed_but_patience(spoken, book):
    proposed = propose(spoken(*TOOLS), book(partage=[]), coded(TOOLS[:24], partage=["mutualiser"]))

    assert proposed.note == (
        "Il faut 30 réponses validées pour proposer des termes : il en manque 6. Continuez à coder."
    )
    assert proposed.additions.empty
    assert proposed.removals.empty
    assert proposed.effect is None


def test_a_word_that_stands_where_coders_see_the_theme_is_proposed_with_its_worth(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"])
    proposed = propose(spoken(*TOOLS, *UNREAD), book(partage=[]), labels)

    row = proposed.additions.iloc[0]
    seen = int(learnt(labels)["partage"].sum())
    assert (row["theme"], row["term"], row["kind"]) == ("partage", "mutualiser", TermKind.LEMMA)
    assert (row["n"], row["hits"], row["precision"]) == (seen, seen, 1)
    low, high = wilson(seen, seen, confidence=0.9)
    assert (row["low"], row["high"]) == (low, high)
    assert row["adds"] == 2
    assert row["examples"][:2] == ("v61", "v63")
    assert len(proposed.additions) == 1


def test_what_the_terms_of_the_theme_find_already_is_not_proposed(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"])

    assert terms(propose(spoken(*TOOLS), book(partage=["mutualis*"]), labels)) == []


def test_two_words_of_the_same_answers_are_proposed_once(spoken, book):
    answers = ["outils mutualiser ensemble", "partager", "argent", "temps", "bruit"] * 12
    labels = coded(answers, partage=["mutualiser", "partager"])

    proposed = propose(spoken(*answers), book(partage=[]), labels)

    assert len(terms(proposed)) == 2
    assert "partager" in terms(proposed)


def test_an_expression_is_proposed_where_it_says_more_than_its_words(spoken, book):
    answers = ["taxe d' habitation", "taxe", "habitation", "taxe mal habitation", "argent"] * 14
    labels = coded(answers, logement=["taxe d' habitation"])

    row = propose(spoken(*answers), book(logement=[]), labels).additions.iloc[0]

    assert (row["term"], row["kind"]) == ("taxe d' habitation", TermKind.EXPRESSION)
    assert row["precision"] == 1


def test_an_expression_does_not_run_over_a_comma_nor_over_the_word_sauf(spoken, book):
    answers = ["taxe , logement", "taxe sauf logement", "taxe", "logement", "argent"] * 14
    labels = coded(answers, partage=["taxe , logement", "taxe sauf logement"])

    assert terms(propose(spoken(*answers), book(partage=[]), labels)) in (
        [],
        ["taxe"],
        ["logement"],
    )


def test_a_family_of_words_is_proposed_by_its_stem(spoken, book):
    answers = ["mutualiser", "mutualisation", "mutualiste", "argent", "temps", "bruit"] * 12
    labels = coded(answers, partage=["mutualis"])

    row = propose(spoken(*answers), book(partage=[]), labels).additions.iloc[0]

    assert (row["term"], row["kind"]) == ("mutualis*", TermKind.PREFIX)


def test_a_stem_of_much_longer_words_is_no_family(spoken, book):
    answers = ["commune", "communiste", "communication", "argent", "temps"] * 12
    labels = coded(answers, lieu=["commune", "communiste"])

    kinds = propose(spoken(*answers), book(lieu=[]), labels).additions["kind"]

    assert TermKind.PREFIX not in set(kinds)


def test_an_empty_word_is_never_proposed(spoken, book):
    answers = ["chose", "argent", "temps"] * 20

    assert (
        terms(propose(spoken(*answers), book(partage=[]), coded(answers, partage=["chose"]))) == []
    )


def labelled(label):
    return Codebook((Theme("partage", label),))


def test_a_theme_without_terms_keeps_the_words_of_its_label_with_its_first_term(spoken):
    answers = ["prêt outils", "mutualiser", "argent", "temps", "bruit"] * 14
    labels = coded(answers, partage=["prêt", "mutualiser"])
    lemmas = spoken(*answers, "prêt", "mutualiser")

    proposed = propose(lemmas, labelled("Prêt et licorne"), labels)

    assert terms(proposed) == ["Prêt", "mutualiser"]
    assert proposed.additions["origin"].tolist() == [LABEL, ANSWERS]
    assert proposed.additions["adds"].tolist() == [0, 1]
    assert proposed.effect.themes["lost"].tolist() == [0]


def test_a_theme_that_its_label_serves_well_is_left_without_terms(spoken):
    labels = coded(TOOLS, partage=["mutualiser"])

    proposed = propose(spoken(*TOOLS), labelled("Mutualiser"), labels)

    assert proposed.additions.empty
    assert proposed.draft == replace(labelled("Mutualiser"), hash="")


def test_a_theme_whose_label_says_nothing_is_proposed_terms_all_the_same(spoken):
    labels = coded(TOOLS, partage=["mutualiser"])

    assert terms(propose(spoken(*TOOLS), labelled("?"), labels)) == ["mutualiser"]


def test_answers_without_any_word_are_validated_answers_too(spoken, book):
    labels = coded([*TOOLS, "?"], partage=["mutualiser"])

    proposed = propose(spoken(*TOOLS), book(partage=[]), labels)

    assert terms(proposed) == ["mutualiser"]


def test_answers_that_say_nothing_at_all_give_no_proposal(spoken, book):
    answers = ["?", "!"] * 30

    proposed = propose(spoken(*answers), book(partage=[]), coded(answers, partage=["?"]))

    assert proposed.additions.empty
    assert proposed.effect.after.recall == 0


def test_there_are_at_most_so_many_terms_for_a_theme(spoken, book):
    answers = ["un", "deux", "rose", "lilas", "iris", "argent"] * 15
    labels = coded(answers, fleurs=["rose", "lilas", "iris"])
    lemmas = spoken(*answers)

    assert len(propose(lemmas, book(fleurs=[]), labels).additions) == 3
    assert len(propose(lemmas, book(fleurs=[]), labels, limit=2).additions) == 2


def test_a_theme_that_nobody_could_seek_has_no_proposal(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"]).assign(neuf=np.nan)

    proposed = propose(spoken(*TOOLS), book(partage=[], neuf=[]), labels)

    assert terms(proposed, "neuf") == []
    assert terms(proposed) == ["mutualiser"]


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=60, max_size=60))
@settings(max_examples=15)
def test_answers_held_back_teach_nothing(spoken, book, said):
    labels = coded(TOOLS, partage=["mutualiser"])
    aside = held_back(labels.index)
    otherwise = labels.assign(partage=np.where(aside, said, labels["partage"]))
    lemmas = spoken(*TOOLS)

    one, other = (propose(lemmas, book(partage=["bruit"]), seen) for seen in (labels, otherwise))

    pd.testing.assert_frame_equal(one.additions, other.additions)
    pd.testing.assert_frame_equal(one.removals, other.removals)


def test_nothing_is_altered_and_twice_is_the_same(spoken, book):
    lemmas, labels = spoken(*TOOLS), coded(TOOLS, partage=["mutualiser"])
    before = lemmas.copy(), labels.copy()

    one, other = (propose(lemmas, book(partage=["bruit"]), labels) for _ in range(2))

    pd.testing.assert_frame_equal(lemmas, before[0])
    pd.testing.assert_frame_equal(labels, before[1])
    pd.testing.assert_frame_equal(one.additions, other.additions)
    assert one.draft == other.draft


# What should go


def removals(proposals):
    return list(proposals.removals[["theme", "term"]].itertuples(index=False, name=None))


def test_a_term_that_mostly_stands_elsewhere_misleads(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"])

    proposed = propose(spoken(*TOOLS), book(partage=["mutualiser", "bruit"]), labels)

    assert removals(proposed) == [("partage", "bruit")]
    assert proposed.removals["hits"][0] == 0
    assert (
        proposed.removals["n"][0]
        == learnt(labels).index.isin([f"v{n}" for n in range(5, 61, 5)]).sum()
    )


def test_a_term_that_misleads_is_not_proposed_again_for_the_rest(spoken, book):
    answers = [*["argent bruit"] * 24, *["argent"] * 40, *["bruit"] * 6, *["temps"] * 40]
    labels = coded(answers, partage=[]).assign(partage=[0.0] * 24 + [1.0] * 46 + [0.0] * 40)

    proposed = propose(spoken(*answers), book(partage=["argent", "bruit"]), labels)

    assert removals(proposed) == [("partage", "bruit")]
    assert terms(proposed) == []


def test_a_term_seldom_met_is_given_the_benefit_of_the_doubt(spoken, book):
    answers = [*TOOLS, *["rare"] * 4]

    proposed = propose(
        spoken(*answers), book(partage=["mutualiser", "rare"]), coded(answers, partage=["mutual"])
    )

    assert removals(proposed) == []


def test_a_term_that_stands_nowhere_misleads_nobody(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"])

    proposed = propose(spoken(*TOOLS), book(partage=["mutualiser", "licorne"]), labels)

    assert removals(proposed) == []


# Themes to look at again


def test_themes_mostly_coded_together_overlap(spoken, book):
    labels = coded(TOOLS, outils=["outils"], salle=["salle"], partage=["outils", "salle"])

    found = propose(spoken(*TOOLS), book(outils=[], salle=[], partage=[]), labels).overlaps

    assert found[["theme", "other", "both", "n_theme", "n_other"]].to_numpy().tolist() == [
        ["outils", "partage", 12, 12, 24],
        ["salle", "partage", 12, 12, 24],
    ]
    assert found["jaccard"].tolist() == [0.5, 0.5]
    assert found["sentence"][0] == (
        "« outils » et « partage » sont codés ensemble dans 12 réponses sur les 24 qui portent "
        "l'un ou l'autre : fusionnez-les, ou dites dans leurs définitions ce qui les distingue."
    )


def test_a_theme_nearly_always_inside_another_overlaps_with_it(spoken, book):
    answers = [*["salle commune"] * 9, "salle", *["commune"] * 11, *["argent"] * 39]
    labels = coded(answers, salle=["salle"], commune=["commune"])

    found = propose(spoken(*answers), book(salle=[], commune=[]), labels).overlaps

    assert found["sentence"].tolist() == [
        "« salle » est codé avec « commune » 9 fois sur 10 : faites-en un sous-thème, ou dites "
        "dans leurs définitions ce qui les distingue."
    ]


def test_a_theme_and_the_one_that_holds_it_do_not_overlap(spoken):
    labels = coded(TOOLS, partage=["mutualiser"], outils=["mutualiser"], prêt=["mutualiser"])
    parents = {"partage": "", "outils": "partage", "prêt": "outils"}
    book = Codebook(tuple(Theme(name, name, parent=parents[name]) for name in labels))

    assert propose(spoken(*TOOLS), book, labels).overlaps.empty


def test_themes_that_nearly_everyone_has_do_not_overlap_for_that(spoken, book):
    rng = np.random.default_rng(0)
    labels = pd.DataFrame(
        (rng.random((60, 2)) < 0.9).astype(float),
        columns=["a", "b"],
        index=coded(TOOLS, a=[]).index,
    )

    assert propose(spoken(*TOOLS), book(a=[], b=[]), labels).overlaps.empty


def test_a_theme_that_nobody_coded_and_no_term_finds_is_unused(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"], licorne=["licorne"], bruit=["licorne"])

    proposed = propose(spoken(*TOOLS), book(partage=[], licorne=[], bruit=["bruit bruit"]), labels)

    assert proposed.unused == ("licorne", "bruit")


def test_a_theme_that_holds_one_in_use_is_a_heading(spoken):
    book = Codebook((Theme("titre", "titre"), Theme("partage", "partage", parent="titre")))
    labels = coded(TOOLS, titre=[], partage=["mutualiser"])

    assert propose(spoken(*TOOLS), book, labels).unused == ()


# What it would change


def test_three_validated_answers_in_ten_are_held_back_and_stay_so():
    ids = pd.Index([f"v{n}" for n in range(2_000)])

    aside = held_back(ids)

    assert 0.27 < aside.mean() < 0.33
    assert held_back(ids[::-1]).tolist() == aside.tolist()[::-1]


def test_the_effect_is_measured_on_the_answers_held_back(spoken, book):
    answers = TOOLS * 4
    labels = coded(answers, partage=["mutualiser"])
    lemmas, before = spoken(*answers, *UNREAD), book(partage=["bruit", "outils"])
    aside = labels[held_back(labels.index)]

    effect = measure(lemmas, before, book(partage=["mutualiser"]), labels)

    row = effect.themes.iloc[0]
    positives = int(aside["partage"].sum())
    tools = int(aside.index.isin([f"v{n}" for n in range(1, 241, 5)]).sum())
    noise = int(aside.index.isin([f"v{n}" for n in range(5, 241, 5)]).sum())
    assert (row["answers"], row["positives"]) == (len(aside), positives)
    assert row["precision_before"] == tools / (tools + noise)
    assert row["recall_before"] == tools / positives
    assert (row["precision_after"], row["recall_after"]) == (1, 1)
    assert (row["gained"], row["lost"]) == (48 + 2, 48)
    assert row["note"] == effect.note == ""
    assert effect.before.recall == tools / positives
    assert effect.after.f1 == 1


def test_with_few_positives_held_back_figures_are_withheld_and_it_is_said_why(spoken, book):
    labels = coded(TOOLS, partage=["salle"])

    effect = measure(spoken(*TOOLS), book(partage=[]), book(partage=["salle"]), labels)

    row = effect.themes.iloc[0]
    assert row["positives"] < 10
    assert np.isnan(row["precision_after"])
    assert np.isnan(row["recall_after"])
    assert np.isnan(effect.after.f1)
    assert row["gained"] == 12
    assert row["note"] == (
        f"Trop peu de réponses mises de côté portent ce thème ({row['positives']}, il en faut 10) "
        "pour chiffrer l'effet : validez d'autres réponses."
    )


def test_a_theme_that_only_one_of_the_codebooks_has_is_measured_too(spoken, book):
    labels = coded(TOOLS, partage=["mutualiser"])

    effect = measure(spoken(*TOOLS), book(partage=["bruit"]), book(neuf=["argent"]), labels)

    changes = effect.themes.set_index("theme")[["gained", "lost"]].to_dict("index")
    assert changes == {"neuf": {"gained": 12, "lost": 0}, "partage": {"gained": 0, "lost": 12}}


def test_proposals_come_with_the_effect_of_accepting_them_all(spoken, book):
    answers = TOOLS * 4
    labels = coded(answers, partage=["mutualiser"])

    proposed = propose(spoken(*answers), book(partage=["bruit"]), labels)

    assert [term.written for term in proposed.draft["partage"].terms] == ["mutualiser"]
    assert proposed.effect.before.f1 == 0
    assert proposed.effect.after.f1 == 1


def test_some_proposals_only_may_be_accepted(spoken, book):
    before = book(partage=["bruit"])
    proposed = propose(spoken(*TOOLS), before, coded(TOOLS, partage=["mutualiser"]))

    added = drafted(before, proposed.additions, NOTHING)
    gone = drafted(before, NOTHING, proposed.removals)

    assert [term.written for term in added["partage"].terms] == ["bruit", "mutualiser"]
    assert gone["partage"].terms == ()


def test_retired_themes_are_left_as_they_are(spoken, book):
    old = Theme("vieux", "vieux", status=ThemeStatus.RETIRED)
    labels = coded(TOOLS, partage=["mutualiser"], vieux=["argent"])
    codebook = replace(book(partage=[]), themes=(*book(partage=[]).themes, old))

    proposed = propose(spoken(*TOOLS), codebook, labels)

    assert proposed.draft["vieux"] == old
    assert terms(proposed, "vieux") == []
    assert proposed.unused == ()


# On real answers


@pytest.mark.model
def test_real_answers_give_terms_that_find_more_of_those_held_back(shared, tmp_path):
    path = shared / "data" / "labelled" / "ga_te11_dev.csv"
    rows = pd.read_csv(path).head(300).rename(columns={"contribution": "verbatim_id"})
    lemmas = nlp.lemmas(rows.assign(text=rows["reponse"], status=ANSWERED), tmp_path)
    said = rows.set_index("verbatim_id")["themes"].str.split(" | ", regex=False).explode()
    labels = pd.crosstab(said.index, said).astype(float).rename_axis("verbatim_id")
    codebook = Codebook(tuple(Theme(name, name) for name in labels))

    proposed = propose(lemmas, codebook, labels)

    assert proposed.effect.after.f1 > proposed.effect.before.f1 + 0.1
    for theme in proposed.draft:
        assert all(not fault(term.written) for term in theme.terms)
        assert all(read_term(term.written, 0) == term for term in theme.terms)
