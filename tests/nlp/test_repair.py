"""Case, accents and slips are repaired; right words and the corpus's own are left."""

import pickle
import re
import time
from collections import Counter

import pandas as pd
import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from verbatims.nlp.cutting import cut_glued_words
from verbatims.nlp.repair import Repair, survey


def read(text, repair=None):
    """The words of a text as they are read, one space apart."""
    repair = repair or Repair(survey([text]).counts)
    style = repair.style(text)
    words = re.findall(r"\w+(?:[-·]\w+)*['’]?", text)
    return " ".join(repair.word(word, style, not place) for place, word in enumerate(words))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ameliorer le reseau des entreprises", "améliorer le réseau des entreprises"),
        ("DEVELOPPER LE RESEAU LOCAL", "développer le réseau local"),
        ("le marche a cote du reseau", "le marche a côté du réseau"),
        ("Manque de moyens", "manque de moyens"),
        ("il faut aider l'Etat à être présent", "il faut aider l' État à être présent"),
        ("le coeur de la ville élargie", "le cœur de la ville élargie"),
        ("nous aimons tous la COOPERATION locale à Lille", "coopération"),
        ("peut-etre une metropole", "peut-être une métropole"),
        ("habitant·e·s", "habitants"),
    ],
)
def test_case_and_accents_are_restored(written, meant):
    assert meant in read(written)


def test_accents_in_two_signs_and_unseen_signs_are_no_slips():
    assert Repair({}).word("e\u0301te\u0301", 0, False) == "été"
    assert Repair({}).word("pol\u00adlution", 0, False) == "pollution"


def test_where_accents_are_written_a_known_word_without_any_is_left():
    assert read("il marche à côté, elle passe") == "il marche à côté elle passe"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("developement", "développement"),
        ("benevol", "bénévole"),
        ("environement", "environnement"),
        ("acceuil", "accueil"),
        ("partenarait", "partenariat"),
        ("reunoin", "réunion"),
        ("communnication", "communication"),
        ("troooop", "trop"),
        ("rnecontre", "rencontre"),
    ],
)
def test_slips_are_repaired(written, meant):
    assert read(f"avec {written} à côté") == f"avec {meant} à côté"


@pytest.mark.parametrize(
    "word",
    [
        *("interconnaissance", "coconstruction", "désectoriser", "avantgardiste", "écoresponsable"),
        *("bicloo", "tiers-lieu", "co2", "Macron", "SNCF", "iPhone", "Bicloo", "élu·e", "10h30"),
        *("www.ville.fr", "a@b.fr", "#velo", "😀", "", "…", "m²"),
    ],
)
def test_right_words_names_and_signs_are_left(word):
    repair = Repair(survey([f"été avec {word} ici"]).counts)
    assert repair.word(word, repair.style("été"), False) in (word, word.replace("·e", ""))


def test_the_corpus_s_own_words_are_left_unless_what_they_stand_for_is_met_ten_times_more():
    own = Repair({"coconstruction": 12, "construction": 30, "bicloo": 9, "vélo": 200})
    assert read("la coconstruction en bicloo", own) == "la coconstruction en bicloo"
    careless = Repair({"developement": 200, "développement": 5000})
    assert read("le developement à côté", careless) == "le développement à côté"
    divided = Repair({"developement": 200, "développement": 500})
    assert read("le developement à côté", divided) == "le developement à côté"


def test_the_codebook_s_words_are_left_and_may_be_what_is_meant():
    words = ("Co-construction", "désectoriser", "environement")
    repair = Repair({"coconstruction": 1, "construction": 900}, protected=words)
    assert read("la coconstruction des coconstructions", repair).endswith("des coconstructions")
    assert read("les environements à côté", repair) == "les environements à côté"
    assert read("il faut desectoriser à fond", repair) == "il faut désectoriser à fond"
    assert read("il faut désectorriser à fond", repair) == "il faut désectoriser à fond"


def test_the_analyst_s_word_is_final():
    repair = Repair({}, forced={"marche": "marché", "acceuil": "acceuil", "élu·e": "élue"})
    assert read("Marche d'acceuil à côté", repair) == "marché d' acceuil à côté"
    assert repair.word("Élu·e", 0, False) == "élue"


def test_a_survey_counts_words_and_tells_those_that_are_not_french():
    texts = ["L'acceuil, l'Acceuil !", "", "e\u0301te\u0301 pol\u00adution 10m²", "co-construire"]
    found = survey(texts, also=["co-construire", "construire", "été"])
    assert found.counts["acceuil"] == 2
    assert found.counts["été"] == found.counts["polution"] == found.counts["m"] == 1
    assert found.unknown[0] == ["acceuil"]
    assert found.unknown[1] == []
    assert {"polution", "été"} <= set(found.unknown[2])
    assert {"co-construire", "construire"} <= set(found.unknown[3])


def test_a_survey_keeps_texts_apart_whatever_they_hold():
    texts = ["acceuil\0ici", "\u0301acceuil", "benevol\0"]
    assert [words[:1] for words in survey(texts).unknown] == [["acceuil"], ["acceuil"], ["benevol"]]


WORDS = [
    *("acceuil", "benevol", "developement", "coconstruction", "marche", "reseau", "vélo", "élu·e"),
    "co-construire",
]
TEXTS = st.lists(st.sampled_from([*WORDS, "Acceuil", "RESEAU"]), max_size=6).map(" ".join)
COUNTS = st.dictionaries(
    st.sampled_from([*WORDS, "accueil", "bénévole", "construction", "développement"]),
    st.integers(1, 60),
)
FORCED = st.dictionaries(st.sampled_from(WORDS), st.sampled_from([*WORDS, "accueil"]), max_size=3)
PROTECTED = st.lists(st.sampled_from(["acceuil", "coconstruction", "réseau"]), max_size=2)
RULED = st.tuples(COUNTS, PROTECTED, FORCED)


@given(TEXTS, RULED, RULED)
@example("acceuil", ({}, [], {}), ({}, [], {"acceuil": "acceuil"}))
@example("marche", ({}, [], {}), ({}, [], {"marche": "marché"}))
def test_texts_with_the_same_bearing_are_read_alike(text, one, other):
    readings = []
    for counts, protected, forced in (one, other):
        surveyed = survey([text], also=forced)
        repair = Repair(
            Counter(counts) + Counter(surveyed.counts), protected=protected, forced=forced
        )
        readings.append((repair.bearing(surveyed.unknown[0]), read(text, repair)))
    (bearing, words), (another, others) = readings
    assert bearing != another or words == others


def test_nothing_bears_on_a_text_of_french_words():
    surveyed = survey(["Marcher à côté du réseau, c'est bien."], also=["vélo"])
    assert Repair(surveyed.counts, forced={"vélo": "vélos"}).bearing(surveyed.unknown[0]) == ""


def test_a_word_is_read_alike_whatever_other_words_are_unknown():
    alone = Repair({"acceuil": 1})
    among = Repair({"acceuil": 1, "accordd": 1, "benevol": 1, "acordeon": 1})
    assert alone.word("acceuil", 0, False) == among.word("acceuil", 0, False)
    assert Repair({}).word("acceuil", 0, False) == "accueil"


def test_a_repair_can_be_sent_to_another_process():
    repair = Repair({"acceuil": 1}, forced={"marche": "marché"})
    sent = pickle.loads(pickle.dumps(repair))
    assert read("acceuil marche", sent) == read("acceuil marche", repair)


@pytest.fixture(scope="module")
def tokenizer():
    nlp = spacy.blank("fr")
    cut_glued_words(nlp.tokenizer)
    return nlp.tokenizer


@given(st.text(st.sampled_from("aéBE'’.-·() \n12²ßİΣ\u0301\u00ad/,e"), max_size=30))
@example("l’acceuil(acceuil)s d'acceuil-là")
def test_every_word_that_is_cut_out_of_a_text_is_one_of_the_survey_s(tokenizer, text):
    surveyed = survey([text])
    repair = Repair(surveyed.counts)
    for token in tokenizer(text):
        assert isinstance(repair.word(token.text, repair.style(text), True), str)
        assert not token.text.isalpha() or token.text.lower() in surveyed.counts


def test_every_slip_in_real_answers_bears_on_them(shared, tokenizer):
    texts = pd.read_csv(shared / "data/labelled/ga_te11_dev.csv")["reponse"].tolist()
    surveyed = survey(texts)
    repair, unaware = Repair(surveyed.counts), Repair({})
    for text, unknown in zip(texts, surveyed.unknown, strict=True):
        for word in {token.text for token in tokenizer(text)} - set(unknown):
            lower = word.lower()
            assert lower in unknown or repair.word(lower, 0, False) == unaware.word(lower, 0, False)


def test_a_survey_takes_a_million_words_in_a_few_seconds():
    texts = ["le réseau des entreprises à l'acceuil du benevol de la ville"] * 100_000
    started = time.process_time()
    assert sum(survey(texts).counts.values()) == 1_200_000
    assert time.process_time() - started < 6
