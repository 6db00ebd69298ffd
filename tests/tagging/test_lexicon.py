import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import nlp
from verbatims.frames import ANSWERED, LEMMAS
from verbatims.model import Codebook, Theme, ThemeStatus
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


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        ("vision partagée", "visions/vision partagées/partager"),
        ("donnée chiffrée", "données/donnée chiffrées/chiffrer"),
        ("données chiffrées", "donnée/donnée chiffrée/chiffrer"),
        ("ressource mutualisée", "ressources/ressource mutualisées/mutualiser"),
        ("décision concertée", "décisions/décision concertées/concerter"),
        ("mise en réseau", "mises/mettre en réseau"),
        ("élu", "élue/élire"),
        ("élus", "élues/élire"),
        ("partagé", "partagées/partager"),
        ("retenu", "retenues/retenir"),
    ],
)
def test_plurals_and_feminines_match_whatever_lemma_the_corpus_gives_them(found, term, answer):
    assert found(answer, term) == [" ".join(word.split("/")[0] for word in answer.split())]


@pytest.mark.parametrize(
    ("term", "answer"),
    [
        ("cour", "cours/cours"),
        ("port", "porte/porter"),
        ("mal", "mâle/mâle"),
        ("fond", "fonds/fonds"),
        ("CCAS", "CCA/CCA"),
        ("marché", "marcher/marcher"),
        ("donnée", "il donne/donner"),
        ("élu", "élire/élire"),
    ],
)
def test_an_ending_does_not_make_another_word_the_same(found, term, answer):
    assert found(answer, term) == []


def test_plurals_and_feminines_may_lack_their_accents(found):
    assert found("ELUES/élire , elue/eluer", "élu") == ["ELUES", "elue"]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("habitant", "habitant·e·s"),
        ("habitant", "habitant.e.s"),
        ("habitants", "habitant(e)s"),
        ("élu", "élu-e-s"),
        ("élu·e·s", "élus/élire"),
        ("élu·e·s", "élu(e)"),
        ("salarié", "salarié(e)s/salarier"),
        ("citoyen", "citoyen·nes"),
        ("acteur", "acteurs·rices"),
        ("emploi", "emploi(s)"),
        ("emploi(s)", "emploi"),
        ("habit*", "HABITANT·E·S"),
    ],
)
def test_inclusive_writing_is_the_same_word(found, term, written):
    assert found(f"avec les {written} .", term) == [written.split("/")[0]]


def test_inclusive_writing_stands_in_expressions_too(found):
    answer = "un réseau d'/de+élu·e·s locaux/local"
    assert found(answer, "réseau d'élus") == ["réseau d'élu·e·s"]
    assert found(answer, "élu local", "réseau d'élu·e·s") == ["réseau d'élu·e·s"]


def test_an_exact_form_is_not_inclusive(found):
    assert found("habitants , habitant·e·s", '"habitants"') == ["habitants"]
    assert found("habitants , habitant·e·s", '"habitant·e·s"') == ["habitant·e·s"]


@pytest.mark.parametrize(
    ("term", "answer", "evidence"),
    [
        ("maïs", "mais/mais/CCONJ du maïs/maïs/NOUN , MAIS/maïs/NOUN", ["maïs", "MAIS"]),
        ("sûr", "sur/sur/ADP un lieu sûr/sûr/ADJ , sure/sur/ADJ", ["sûr", "sure"]),
        ("dû", "du/de/DET travail dû/devoir/VERB", ["dû"]),
        ("dû", "du/de/DET travail de/de/ADP nuit", []),
        ("prix sûr", "le prix sur/sur/ADP place", []),
    ],
)
def test_an_accented_term_is_no_grammatical_word(found, term, answer, evidence):
    assert found(answer, term) == evidence


def test_a_word_taken_for_grammar_because_it_lacks_its_accent_is_found(found):
    assert found("creer/creer/PRON du lien", "créer") == ["creer"]


def test_a_grammatical_term_matches_itself(found):
    assert found("avec/avec/ADP plus/plus/ADV , AVEC/avec/ADP", "avec", "plus") == [
        "avec",
        "plus",
        "AVEC",
    ]


@pytest.mark.parametrize(
    ("term", "token"), [("plus", "+/plus/ADP"), ("sûr", "//sur/ADP"), ("euro", "€/euro/NOUN")]
)
def test_a_sign_is_no_word_though_it_has_a_lemma(book, term, token):
    form, lemma, pos = token[0], *token[2:].split("/")
    row = {"verbatim_id": "v1", "form": form, "lemma": lemma, "pos": pos, "start": 0, "end": 1}
    lemmas = LEMMAS.check(pd.DataFrame([row | {"position": 0, "repaired": ""}]))

    assert lexicon.tag(lemmas, book(theme=[term])).empty


def test_unseen_signs_hide_no_word(found):
    assert found("pol\u00adlution , vé\u200blo", "pollution", "vélo") == [
        "pol\u00adlution",
        "vé\u200blo",
    ]


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
    "term", ["réseaux d'entreprises", "réseau des entreprises", "réseau d’entreprise"]
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
def test_articles_and_de_inside_an_expression_are_one_another_or_nothing(
    found, term, answer, evidence
):
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
    assert found("le réseau a/avoir entreprises/entreprise", "réseau d'entreprises") == []
    assert found("le réseau dès/dès/ADP entreprises/entreprise", "réseau d'entreprises") == []
    assert found("le réseau là entreprises/entreprise", "réseau d'entreprises") == []


@pytest.mark.parametrize(
    ("answer", "term"),
    [
        ("la vision des/de communes/commune", "vision commune"),
        ("la vision de la commune", "vision commune"),
        ("un réseau d'/de+entreprises/entreprise", "réseau entreprise"),
        ("la participation des/de citoyens/citoyen", "participation citoyenne"),
        ("retour sur l'/le+investissement", "retour sur investissement"),
    ],
)
def test_where_a_term_has_no_small_word_none_may_stand(found, answer, term):
    assert found(answer, term) == []
    assert found(term, term) == [term]


def test_en_a_and_other_prepositions_are_required(found):
    answer = "mise en réseau , mise du réseau , mise réseau , mises/mise en réseaux/réseau"
    assert found(answer, "mise en réseau") == ["mise en réseau", "mises en réseaux"]
    assert found("financé par l'/le+État , financé l'/le+État", "financé par État") == []
    assert found("financé par l'/le+État , financé l'/le+État", "financé par l'État") == [
        "financé par l'État"
    ]


@pytest.mark.parametrize("term", ["appel à projets", "appels aux projets", "appel a projet"])
def test_a_is_au_and_aux_but_not_de(found, term):
    answer = (
        "appels/appel à projets/projet , appel aux/au projets/projet , appel au projet ,"
        " APPEL A/avoir/AUX PROJETS/projet , appel a/avoir/AUX projet , appel à des/un projet ,"
        " appels/appel de projets/projet , appel projet"
    )
    assert found(answer, term) == [
        "appels à projets",
        "appel aux projets",
        "appel au projet",
        "APPEL A PROJETS",
        "appel a projet",
        "appel à des projet",
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", " \n\n"])
@pytest.mark.parametrize(
    ("first", "then", "term"),
    [
        ("agir", "ensemble", "agir ensemble"),
        ("réseau", "entreprise", "réseau d'entreprises"),
        ("en", "réseau", '"en réseau"'),
        ("co", "construction", "co-construction"),
    ],
)
def test_an_expression_does_not_run_across_a_line_break(book, first, then, term, line_break):
    def tags(*rows):
        frame = pd.DataFrame(rows, columns=["form", "pos"]).assign(verbatim_id="v1")
        end = frame["form"].str.len().cumsum()
        frame = frame.assign(lemma=frame["form"], start=end - frame["form"].str.len(), end=end)
        frame["position"] = range(len(frame))
        return lexicon.tag(LEMMAS.check(frame.assign(repaired="")), book(theme=[term]))

    assert len(tags((first, "NOUN"), (then, "NOUN"))) == 1
    assert tags((first, "NOUN"), (line_break, "SPACE"), (then, "NOUN")).empty


def test_an_expression_with_one_full_word_keeps_its_small_words(found):
    answer = "en réseau , le réseau , travail en réseaux/réseau"
    assert found(answer, "en réseau") == ["en réseau", "en réseaux"]


def test_an_expression_may_be_hyphenated_in_the_text(found):
    assert found("il faut agir-ensemble", "agir ensemble") == ["agir-ensemble"]
    assert found("du porte-à-porte", "porte à porte") == ["porte-à-porte"]
    assert found("agir+- ensemble", "agir ensemble") == ["agir- ensemble"]


def test_a_bullet_separates_as_a_dash_does(found):
    assert found("agir -+ensemble", "agir ensemble") == []


# -- prefixes and exact forms ------------------------------------------------------------


def test_a_prefix_matches_the_beginning_of_words_as_written(found):
    answer = "mutualiser la Mutualisation , mutuelle , démutualiser , MUTUALISÉ/mutualiser"
    assert found(answer, "mutualis*") == ["mutualiser", "Mutualisation", "MUTUALISÉ"]
    assert found("co-financer , cofinancement , co financés/financer", "co-financ*") == [
        "co-financer",
        "cofinancement",
        "co financés",
    ]


def test_a_prefix_does_not_see_lemmas(found):
    assert found("on doit/devoir développer , évalua/évaluer", "dev*") == ["développer"]
    assert found("évalua/évaluer", "évalue*") == []


def test_a_prefix_with_an_accent_takes_no_grammatical_word(found):
    answer = "sur/sur/ADP , sûreté/sûreté/NOUN , SURETE/surete/NOUN , sûr/sûr/ADJ"
    assert found(answer, "sûr*") == ["sûreté", "SURETE", "sûr"]


def test_an_exact_form_is_not_lemmatised(found):
    answer = "En réseau , en réseaux/réseau , en un réseau , en+-+réseau"
    assert found(answer, '"en réseau"') == ["En réseau", "en-réseau"]
    assert found("le moyen , les moyens/moyen", '"moyens"') == ["moyens"]


@pytest.mark.parametrize(
    ("answer", "term"),
    [
        ("où aller ou rester", '"ou"'),
        ("elle a à dire", '"a"'),
        ("sûr de compter sur vous", '"sur"'),
        ("marché et marche", '"marche"'),
    ],
)
def test_accents_count_in_an_exact_form(found, answer, term):
    assert found(answer, term) == [term.strip('"')]


def test_in_an_exact_form_a_capital_may_lack_its_accent(found):
    assert found("EN RESEAU , En Réseau , en reseau", '"en réseau"') == ["EN RESEAU", "En Réseau"]
    assert found("Evaluation , évaluation , evaluation", '"évaluation"') == [
        "Evaluation",
        "évaluation",
    ]
    assert found("OÙ , OU", '"ou"') == ["OU"]
    assert found("OÙ , OU", '"où"') == ["OÙ", "OU"]


def test_kinds_of_hyphen_and_apostrophe_do_not_count_in_an_exact_form(found):
    assert found("Co‑construction , co\u00ad-construction", '"co-construction"') == [
        "Co‑construction",
        "co\u00ad-construction",
    ]
    assert found("aujourd’hui , main-d'+ŒUVRE", '"aujourd\'hui"', '"main-d’œuvre"') == [
        "aujourd’hui",
        "main-d'ŒUVRE",
    ]


def test_an_exact_form_may_hold_signs(found):
    assert found("R&D , R+&+D , RD", '"R&D"') == ["R&D", "R&D"]
    assert found("etc. et etc+.", '"etc."') == ["etc.", "etc."]


# -- overlaps and reasons ----------------------------------------------------------------


def test_within_a_theme_the_longest_passage_stays_then_the_first(found):
    assert found("un réseau d'/de+entreprises", "réseau", "réseau d'entreprises") == [
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


# -- a theme without terms ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Rétablir ISF", ["Rétablir", "ISF"]),
        ("P + de tranches IR progressives", ["tranches", "IR", "progressives"]),
        ("Lutte évasion, fraude, optimisation", ["Lutte", "évasion", "fraude", "optimisation"]),
        ("TVA / produits de 1ère nécessité", ["TVA", "produits", "nécessité"]),
        ("Réseaux d’entreprises", ["Réseaux", "entreprises"]),
        ("Mise en réseau des élu·e·s sur l'eau", ["réseau", "élus", "eau"]),
        ("Vivre-ensemble, main-d'œuvre", ["Vivre-ensemble", "main-d'œuvre"]),
        ("Eau, EAU et eaux", ["Eau", "eaux"]),
        ("Divers ou autres", []),
        ("À ne pas faire", []),
    ],
)
def test_the_words_of_a_label_that_say_something(label, words):
    assert list(lexicon.label_words(label)) == words


def test_a_theme_without_terms_is_looked_for_by_its_label(read):
    lemmas, _ = read("les réseaux/réseau d'/de+entreprises/entreprise", "mon entreprise")
    tags = lexicon.tag(lemmas, Codebook((Theme("t", "Réseaux d'entreprises"),)))
    assert list(tags[["verbatim_id", "rule", "evidence"]].itertuples(index=False, name=None)) == [
        ("v1", "libellé : Réseaux", "réseaux"),
        ("v1", "libellé : entreprises", "entreprises"),
        ("v2", "libellé : entreprises", "entreprise"),
    ]


def test_a_theme_with_terms_is_not_looked_for_by_its_label(read, book):
    lemmas, _ = read("les réseaux/réseau d'/de+entreprises/entreprise")
    assert lexicon.tag(lemmas, book(entreprises=["licorne"])).empty


def test_a_retired_theme_is_not_looked_for(read):
    lemmas, _ = read("un réseau")
    retired = Theme("t", "Réseau", status=ThemeStatus.RETIRED)
    assert lexicon.tag(lemmas, Codebook((retired,))).empty


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
@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("vision partagée", "Des visions partagées."),
        ("donnée chiffrée", "Des données chiffrées !"),
        ("ressource mutualisée", "Les ressources mutualisées"),
        ("décision concertée", "des décisions concertées"),
        ("mise en réseau", "Il faut des mises en réseau"),
        ("élu", "Une élue"),
        ("habitant", "les habitant·e·s du quartier"),
        ("habitant", "les habitant.e.s du quartier"),
        ("élu", "avec les élu-e-s"),
        ("salarié", "tous les salarié(e)s"),
        ("emploi", "créer un ou des emploi(s)"),
        ("emploi", "mobilité;emploi"),
        ("mobilité", "•mobilité"),
        ("numérique", "1.numérique"),
        ("taxer", "1-taxer les riches"),
        ("logement", "emploi+logement"),
        ("pollution", "la pol\u00adlution"),
        ("appel à projets", "APPEL A PROJETS"),
    ],
)
def test_a_term_is_found_through_the_real_pipeline(tagged, term, text):
    assert len(tagged([text], term)) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("évaluation", "Il faut évaluer les actions"),
        ("maïs", "oui mais non, MAIS si"),
        ("sûr", "sur le terrain et/ou ailleurs"),
        ("dû", "le rôle du maire"),
        ('"ou"', "où aller"),
        ("dev*", "on doit agir"),
        ("plus", "emploi+logement"),
        ("agir ensemble", "Pouvoir agir\nensemble pour le climat"),
        ("vision commune", "la vision des communes"),
        ("mise en réseau", "la mise du réseau"),
    ],
)
def test_a_term_is_not_found_where_it_is_not_through_the_real_pipeline(tagged, term, text):
    assert tagged([text], term) == []


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
