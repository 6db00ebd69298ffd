import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import nlp
from verbatims.frames import ANSWERED
from verbatims.tagging import lexicon


@pytest.fixture(scope="session")
def found(read, book):
    """The evidence found in an answer by the terms of one theme."""

    def find(answer, *terms):
        lemmas, _ = read(answer)
        return list(lexicon.tag(lemmas, book(theme=list(terms)))["evidence"])

    return find


# -- one word ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token",
    [
        "valoriser",
        "valorise/valoriser",
        "valorisons/valoriser",
        "VALORISER/VALORISER/PROPN",
        "valorisé/valoriser",
        "valorise/valorise/NOUN",  # the lemmatiser errs, the dictionary knows
    ],
)
def test_a_word_matches_all_its_forms(found, token):
    assert found(f"il faut {token} les actions", "valoriser") == [token.split("/")[0]]


@pytest.mark.parametrize(
    ("answer", "term"),
    [
        ("il faut évaluer", "évaluation"),  # a noun is not its verb
        ("une évaluation", "évaluer"),
        ("on rencontre/rencontrer des élus/élire", "élection"),
        ("ils entreprennent/entreprendre", "entreprise"),
        ("les acteurs en jeu", "enjeu"),  # small words are never glued
        ("les années à venir", "avenir"),
        ("une ressource", "source"),
    ],
)
def test_false_friends_do_not_match(found, answer, term):
    assert found(answer, term) == []


def test_a_term_written_in_the_plural_means_its_lemma(found):
    assert found("les réseaux/réseau et le réseau", "réseaux") == ["réseaux", "réseau"]


def test_the_lemma_of_a_term_absent_from_the_corpus_comes_from_a_dictionary(found):
    assert found("le réseau", "réseaux") == ["réseau"]
    assert found("nous valoriserons/valoriser", "valorisons") == ["valoriserons"]


def test_the_lemma_of_a_term_is_the_usual_one_in_the_corpus(found):
    answer = (
        "une gouvernance partagée/partager , partagée/partager , partagée/partager ,"
        " des outils partagés/partager"
    )
    assert found(answer, "partagée") == ["partagée", "partagée", "partagée", "partagés"]


def test_a_word_met_as_its_own_lemma_is_not_also_a_verb(found):
    answer = "une rencontre ; on se rencontre/rencontrer ; nous rencontrons/rencontrer"
    assert found(answer, "rencontre") == ["rencontre", "rencontre"]


def test_a_rare_error_of_the_lemmatiser_does_not_widen_a_term(found):
    answer = "réseaux/réseau " * 9 + "réseaux/résoudre et résolu/résoudre"
    assert found(answer, "réseaux") == ["réseaux"] * 10


@pytest.mark.parametrize("form", ["ÉVALUATION", "evaluation", "Évaluation", "E\u0301valuation"])
def test_case_and_accents_do_not_count(found, form):
    assert found(f"une {form}", "évaluation") == [form]
    assert found("une évaluation", form) == ["évaluation"]


def test_ligatures_and_apostrophes_do_not_count(found):
    assert found("la main-d'+œuvre locale", "main-d’oeuvre") == ["main-d'œuvre"]
    assert found("la main+-+d’/de+œuvre locale", "main-d'œuvre") == ["main-d’œuvre"]
    assert found("aujourd’hui", "aujourd'hui") == ["aujourd’hui"]


@pytest.mark.parametrize(
    "term", ["co-construction", "coconstruction", "co construction", "Co‑Construction"]
)
def test_compounds_are_one_however_they_are_joined(found, term):
    answer = (
        "co-construction , co construction , coconstruction , Co‑construction ,"
        " co+-+construction , co-+construction , co-constructions/co-constructions"
    )
    assert found(answer, term) == [
        "co-construction",
        "co construction",
        "coconstruction",
        "Co‑construction",
        "co-construction",
        "co-construction",
        "co-constructions",
    ]


def test_compounds_are_inflected_by_their_last_part(found):
    answer = (
        "nous co-construisons/co-construison , co construisons/construire , construisons/construire"
    )
    assert found(answer, "co-construire") == ["co-construisons", "co construisons"]


# -- several words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "term", ["réseaux d'entreprises", "réseau entreprise", "réseau d’entreprise"]
)
@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("les réseaux/réseau d'/de+entreprises/entreprise", "réseaux d'entreprises"),
        ("un réseau des/de entreprises/entreprise", "réseau des entreprises"),
        ("réseaux/réseau entreprises/entreprise", "réseaux entreprises"),
        ("réseaux/réseau de l’/le+entreprise", "réseaux de l’entreprise"),
        ("RÉSEAUX/réseau/PROPN ENTREPRISES/entreprise", "RÉSEAUX ENTREPRISES"),
        ("réseau+-+entreprise", "réseau-entreprise"),
    ],
)
def test_an_expression_skips_small_words_on_both_sides(found, term, answer, evidence):
    assert found(answer, "réseau", term) == [evidence]


@pytest.mark.parametrize("mark", [".", ";", "!", "?", ",", "…", ":", "(", "-", "–"])
def test_an_expression_does_not_cross_punctuation_nor_a_dash_between_spaces(found, mark):
    assert found(f"un réseau {mark} entreprises/entreprise", "réseau d'entreprises") == []


def test_an_expression_does_not_cross_from_one_answer_to_the_next(read, book):
    lemmas, _ = read("agir", "ensemble", "agir ensemble")
    tags = lexicon.tag(lemmas, book(coordination=["agir ensemble"]))
    assert list(tags["verbatim_id"]) == ["v3"]


def test_other_words_between_break_an_expression(found):
    assert found("agir vraiment ensemble", "agir ensemble") == []
    assert found("il a mis en réseau", "mis réseau") == ["mis en réseau"]
    assert found("le réseau a/avoir entreprises/entreprise", "réseau d'entreprises") == []
    assert found("aide a/à domicile", "aide domicile") == ["aide a domicile"]


def test_an_expression_with_one_full_word_keeps_its_small_words(found):
    answer = "en réseau , le réseau , travail en réseaux/réseau"
    assert found(answer, "en réseau") == ["en réseau", "en réseaux"]


def test_an_expression_may_be_hyphenated_in_the_text(found):
    assert found("il faut agir-ensemble", "agir ensemble") == ["agir-ensemble"]
    assert found("du porte-à-porte", "porte à porte") == ["porte-à-porte"]


# -- prefixes and exact forms ------------------------------------------------------------


def test_a_prefix_matches_the_beginning_of_a_form_or_of_a_lemma(found):
    answer = "mutualiser la Mutualisation , mutuelle , démutualiser , évalua/évaluer"
    assert found(answer, "mutualis*") == ["mutualiser", "Mutualisation"]
    assert found(answer, "évalue*") == ["évalua"]
    assert found("co-financer , cofinancement , co financés/financer", "co-financ*") == [
        "co-financer",
        "cofinancement",
        "co financés",
    ]


def test_an_exact_form_is_not_lemmatised(found):
    answer = "En réseau , en réseaux/réseau , en un réseau , en+-+réseau"
    assert found(answer, '"en réseau"') == ["En réseau", "en-réseau"]
    assert found("le moyen , les moyens/moyen", '"moyens"') == ["moyens"]


def test_an_exact_form_may_hold_signs(found):
    assert found("R&D , R+&+D , RD", '"R&D"') == ["R&D", "R&D"]
    assert found("etc. et etc+.", '"etc."') == ["etc.", "etc."]


# -- overlaps and reasons ----------------------------------------------------------------


def test_within_a_theme_the_longest_passage_stays_then_the_first(found):
    assert found("un réseau d'/de+entreprises", "réseau", "réseau entreprises") == [
        "réseau d'entreprises"
    ]
    assert found("agir ensemble agir", "agir ensemble", "ensemble agir") == ["agir ensemble"]
    assert found("ici agir ensemble ici", "ici agir", "agir ensemble", "ensemble ici") == [
        "agir ensemble"
    ]


def test_themes_may_overlap(read, book):
    lemmas, _ = read("un réseau d'/de+entreprises/entreprise")
    tags = lexicon.tag(lemmas, book(a=["entreprise"], b=["réseau d'entreprises"], c=["réseau"]))
    assert list(zip(tags["theme"], tags["evidence"], strict=True)) == [
        ("b", "réseau d'entreprises"),
        ("c", "réseau"),
        ("a", "entreprises"),
    ]


def test_a_tag_says_which_term_of_which_theme_found_what(read, book):
    lemmas, texts = read("Il faut mutualiser", "les réseaux/réseau d'/de+entreprises/entreprise !")
    (first, second) = lexicon.tag(
        lemmas, book(coordination=["mutualis*", "mutualiser"], reseaux=["réseau d'entreprises"])
    ).to_dict("records")
    assert first == {
        "verbatim_id": "v1",
        "theme": "coordination",
        "tagger": "lexicon",
        "start": 8,
        "end": 18,
        "score": 1.0,
        "rule": "mutualis*",  # the first of the codebook, where two find the same
        "evidence": "mutualiser",
    }
    assert texts["v2"][second["start"] : second["end"]] == "réseaux d'entreprises"
    assert second["rule"] == "réseau d'entreprises"


WORDS = ["agir", "ensemble", "en", "réseau", "réseaux/réseau", "d'/de+entreprise", ".", "a+-+b"]
TERMS = ["agir", "agir ensemble", "ensemble agir", "réseau", "en réseau", '"en réseau"', "rés*"]


@given(answers=st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=4))
def test_passages_of_a_theme_never_overlap_and_are_cut_out_of_the_text(read, book, answers):
    lemmas, texts = read(*map(" ".join, answers))
    tags = lexicon.tag(lemmas, book(theme=TERMS))
    for _, rows in tags.groupby("verbatim_id"):
        assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
    for tag in tags.itertuples():
        assert texts[tag.verbatim_id][tag.start : tag.end] == tag.evidence


# -- with the French model ---------------------------------------------------------------


@pytest.fixture(scope="module")
def tagged(book, tmp_path_factory):
    """The passages found in texts lemmatised by the real pipeline."""

    def tag(texts, *terms):
        verbatims = pd.DataFrame({"verbatim_id": [f"v{n}:q" for n in range(len(texts))]})
        verbatims = verbatims.assign(
            respondent_id=verbatims["verbatim_id"], question="q", text=texts, status=ANSWERED
        )
        lemmas = nlp.lemmas(verbatims, tmp_path_factory.mktemp("cache"))
        tags = lexicon.tag(lemmas, book(theme=list(terms)))
        by_text = dict(zip(verbatims["verbatim_id"], texts, strict=True))
        cut = [by_text[tag.verbatim_id][tag.start : tag.end] for tag in tags.itertuples()]
        assert cut == list(tags["evidence"])
        return cut

    return tag


@pytest.mark.model
def test_the_published_quotes_are_tagged_through_the_real_pipeline(tagged):
    quotes = [
        "Désectoriser, mettre de la cohérence dans toutes les initiatives",
        "COORDONNER; agir ensemble; inter-connaissance pour susciter l’envie",
        "Valoriser, faire connaitre, illustrer les resultats",
        "Intégrer la thématique dans les chantiers des réseaux d’entreprises",
    ]
    terms = ["désectoris*", "coordonner", "agir ensemble", "interconnaissance", "faire connaître"]
    assert tagged(quotes, *terms, "illustrer les résultats", "réseau d'entreprises") == [
        "Désectoriser",
        "COORDONNER",
        "agir ensemble",
        "inter-connaissance",
        "faire connaitre",
        "illustrer les resultats",
        "réseaux d’entreprises",
    ]


@pytest.mark.model
def test_verbs_and_compounds_are_found_in_all_their_forms_through_the_real_pipeline(tagged):
    texts = [
        "On valorise, nous valorisons, VALORISER, des actions valorisées, il a valorisé",
        "co-construction, co construction, coconstruction, Co‑construction, co - construction",
        "une gouvernance partagée ; les gouvernances partagées",
    ]
    assert tagged(texts, "valoriser", "co-construction", "gouvernance partagée") == [
        "valorise",
        "valorisons",
        "VALORISER",
        "valorisées",
        "valorisé",
        "co-construction",
        "co construction",
        "coconstruction",
        "Co‑construction",
        "gouvernance partagée",
        "gouvernances partagées",
    ]
