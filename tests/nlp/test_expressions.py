"""Expressions of several words: held together, and proposed from the corpus."""

import re
from math import log

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.frames import LEMMAS
from verbatims.nlp.expressions import held, propose

# What a lemmatiser would say of the words below; the others are their own lemma.
LEMMA = {
    "réseaux": "réseau", "entreprises": "entreprise", "liens": "lien", "sociaux": "social",
    "politiques": "politique", "publiques": "public", "publique": "public", "publics": "public",
    "acteurs": "acteur", "projets": "projet", "transports": "transport", "marcher": "marcher",
    "gaz": "gaz", "solidaires": "solidaire", "sociale": "social", "locales": "local",
    "locale": "local",
}  # fmt: skip
POS = {
    **dict.fromkeys(["de", "d'", "du", "des", "à", "au", "aux", "en"], "ADP"),
    **dict.fromkeys(["le", "la", "les", "l'", "un", "une"], "DET"),
    **dict.fromkeys(
        ["publique", "publiques", "publics", "sociaux", "sociale", "solidaire", "locale"], "ADJ"
    ),
    **dict.fromkeys(["marcher", "agir", "aime", "veut"], "VERB"),
    "et": "CCONJ",
    "vite": "ADV",
}
COLUMNS = ["verbatim_id", "position", "form", "lemma", "pos", "start", "end", "repaired"]
TOKEN = re.compile(r"\w+['’]|\w+(?:-\w+)*|\n|[^\w\s]")


def frame(*texts):
    """LEMMAS of texts cut by a plain rule."""
    rows = []
    for number, text in enumerate(texts):
        for position, found in enumerate(TOKEN.finditer(text)):
            form = found[0]
            word = form.lower().replace("’", "'")
            sign = "SPACE" if form == "\n" else "PUNCT"
            pos = POS.get(word, "NOUN") if form[0].isalnum() else sign
            lemma = LEMMA.get(word, word)
            rows.append((f"v{number}", position, form, lemma, pos, found.start(), found.end(), ""))
    return LEMMAS.check(pd.DataFrame(rows, columns=COLUMNS))


def lemmas_of(text, *expressions):
    return held(frame(text), expressions)["lemma"].tolist()


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("co-construction", "co-construction"),
        ("co-construction", "Co construction"),
        ("co construction", "coconstruction"),
        ("coconstruction", "co-constructions"),
        ("coconstruction", "co - construction"),
        ("réseau d'entreprises", "réseaux d’entreprises"),
        ("réseau d'entreprises", "RESEAU DES ENTREPRISES"),
        ("réseau d'entreprises", "réseau de l'entreprise"),
        ("réseau d'entreprises", "réseau entreprises"),
        ("lien social", "liens sociaux"),
        ("liens sociaux", "lien social"),
        ("politique publique", "politiques publiques"),
        ("politiques publiques", "politique publique"),
        ("politique publique", "politiques-publiques"),
        ("gaz à effet de serre", "gaz a effets de serre"),
        ("économie sociale et solidaire", "Économie sociale et solidaire"),
        ("transport en commun", "transports en commun"),
        ("L'Économie sociale", "economie sociale"),
        ("à vélo", "à vélo"),
        ("aujourd'hui", "aujourd'hui"),
    ],
)
def test_an_expression_is_one_row_however_it_is_written(expression, text):
    rows = held(frame(f"agir {text} vite"), [expression])

    assert rows["lemma"].tolist() == ["agir", expression, "vite"]
    assert rows["pos"].tolist()[1] == "NOUN"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("lien social", "lien, social"),
        ("lien social", "lien\nsocial"),
        ("lien social", "lien très social"),
        ("lien social", "social lien"),
        ("transport en commun", "transport commun"),
        ("en jeu", "enjeu"),
        ("enjeu", "en jeu"),
        ("marche à pied", "marcher à pied"),
        ("plan de dès", "plan"),
        ("", "lien social"),
        (" - ", "lien - social"),
    ],
)
def test_what_is_not_the_expression_stays_as_it_is(expression, text):
    lemmas = frame(text)

    pd.testing.assert_frame_equal(held(lemmas, [expression]), lemmas)


def test_no_expression_runs_from_a_verbatim_to_the_next():
    assert len(held(frame("lien", "social"), ["lien social"])) == 2


def test_the_row_stands_where_the_words_stand():
    text = "Les  liens  sociaux, vite"
    row = held(frame(text), ["lien social"]).iloc[1]

    assert (row["position"], row["start"], row["end"]) == (1, 5, 19)
    assert row["form"] == "liens sociaux"
    assert " ".join(text[row["start"] : row["end"]].split()) == row["form"]


def test_elisions_are_written_as_in_the_text():
    assert held(frame("réseaux d’entreprises"), ["réseau d'entreprises"])["form"].tolist() == [
        "réseaux d’entreprises"
    ]


def test_the_longest_wins_then_the_first():
    ab, bcd, bc = "acteur local", "local agir vite", "local agir"

    assert lemmas_of("acteur local agir vite", ab, bc, bcd) == ["acteur", bcd]
    assert lemmas_of("acteur local agir", ab, bc) == [ab, "agir"]
    assert lemmas_of("acteur local agir", bc, ab) == [ab, "agir"]


def test_an_expression_met_in_a_row_is_held_each_time():
    assert lemmas_of("lien social lien social", "lien social") == ["lien social"] * 2


def test_a_lemma_as_verb_is_another_word_unless_the_analyst_wrote_it():
    marching = frame("marche à pied")
    marching["lemma"] = pd.Categorical(["marcher", "à", "pied"])
    marching["pos"] = pd.Categorical(["VERB", "ADP", "NOUN"])

    assert len(held(marching, ["marcher à pied"])) == 1
    assert len(held(marching, ["marche à pied"])) == 1


def test_other_columns_follow_and_categories_are_those_met():
    lemmas = frame("veut lien social vite").assign(repaired=["", "lien", "", "x"], other=range(4))
    rows = held(lemmas, ["lien social"])

    assert rows["repaired"].tolist() == ["", "lien", "x"]
    assert rows["other"].tolist() == [0, 1, 3]
    assert rows["lemma"].cat.categories.tolist() == ["lien social", "veut", "vite"]
    assert rows.index.tolist() == [0, 1, 2]


def test_a_small_word_alone_is_an_expression_if_the_analyst_says_so():
    assert lemmas_of("la mer", "LA") == ["LA", "mer"]


def test_no_words_and_no_expressions_are_fine():
    assert held(LEMMAS.empty(), ["lien social"]).empty
    assert len(held(frame("lien social"), [])) == 2


WORDS = st.sampled_from(
    ["lien", "social", "Liens", "sociaux", "réseau", "d'entreprises", "des", ",", "\n", "-", "  "]
)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=4))
def test_spans_keep_their_place_and_no_word_is_lost(texts):
    lemmas = frame(*texts) if any(map(str.strip, texts)) else LEMMAS.empty()
    rows = LEMMAS.check(held(lemmas, ["lien social", "réseau d'entreprises", "social lien"]))

    for verbatim, own in rows.groupby("verbatim_id", observed=True):
        text = texts[int(verbatim[1:])]
        for row in own.itertuples():
            assert " ".join(text[row.start : row.end].split()) == row.form.strip()
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
    outside = rows[~rows["lemma"].isin(["lien social", "réseau d'entreprises", "social lien"])]
    key = list(LEMMAS.key)
    assert outside.astype(object).merge(lemmas.astype(object), on=key)["form_x"].tolist() == (
        outside["form"].tolist()
    )


# -- proposed ----------------------------------------------------------------------------------


# Every word is met elsewhere too, so that only those that come together stand out.
NOISE = [f"mot{number}" for number in range(40)]


def corpus(*repeated):
    texts = [f"{NOISE[n]} , {text}" for text, times in repeated for n in range(times)]
    return frame(*texts, *(f"{one} {other}" for one, other in zip(NOISE, NOISE[1:], strict=False)))


def names(lemmas, **options):
    return propose(lemmas, **options)["expression"].tolist()


def test_words_that_come_together_are_proposed_with_their_counts():
    found = propose(corpus(("politiques publiques", 6), ("politique publique", 2)))

    assert found["expression"].tolist() == ["politiques publiques"]
    assert found[["n", "verbatims"]].values.tolist() == [[8, 8]]
    assert found["score"].tolist() == pytest.approx(
        [2 * (8 * log(102 / 8) + 94 * log(102 / 94))]  # 102 words, 8 times each, always together
    )


@pytest.mark.parametrize(
    "expression",
    [
        "réseau d'entreprises", "gaz à effet de serre", "transports en commun", "droit de la mer",
        "économie sociale et solidaire", "fruits et légumes",
    ],
)  # fmt: skip
def test_small_words_stand_inside(expression):
    assert names(corpus((expression, 5))) == [expression]


def test_rare_refused_and_held_expressions_are_not_proposed():
    lemmas = corpus(("lien social", 5), ("pistes cyclables", 2), ("politique publique", 5))

    assert names(lemmas, refused=["liens sociaux"], held=["Politiques-publiques"]) == []
    assert names(lemmas, refused=["lien"]) == ["lien social", "politique publique"]
    assert names(lemmas, limit=1) == ["lien social"]


def test_a_longer_expression_stands_for_the_shorter_only_if_it_is_most_of_it():
    shorter = corpus(("politique publique locale", 4), ("politique publique", 20))
    longer = corpus(("politique publique locale", 20), ("politique publique", 4))

    assert names(shorter) == ["politique publique"]
    assert names(longer) == ["politique publique locale"]


@pytest.mark.parametrize("text", ["lien , social", "lien\nsocial", "aime lien", "lien vite social"])
def test_words_apart_and_verbs_make_no_expression(text):
    assert names(corpus((text, 6))) == []


def test_capitals_stay_only_where_they_are_usual():
    lemmas = corpus(("Transports en commun", 4), ("transports en commun", 2), ("Cour Pénale", 5))

    assert sorted(names(lemmas)) == ["Cour Pénale", "transports en commun"]


def test_an_empty_corpus_proposes_nothing():
    assert propose(LEMMAS.empty()).columns.tolist() == ["expression", "n", "verbatims", "score"]
    assert names(frame("lien social")) == []


def test_what_is_proposed_can_be_held():
    lemmas = corpus(("gaz à effet de serre", 5), ("fruits et légumes", 4))
    rows = held(lemmas, names(lemmas))

    assert rows["lemma"].value_counts()[["gaz à effet de serre", "fruits et légumes"]].tolist() == [
        5, 4
    ]  # fmt: skip
