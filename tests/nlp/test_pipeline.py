"""The French model: exact places in the text, and the same words as spaCy's own pipeline."""

import csv

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbatims.nlp import pipeline

pytestmark = pytest.mark.model

ANSWERS = [
    "Désectoriser, mettre de la cohérence dans toutes les initiatives",
    "Coordonner; agir ensemble; inter-connaissance pour susciter l'envie de faire ensemble",
    "VALORISER, FAIRE CONNAITRE  ,\n\nillustrer les resultats\u00a0!",
    "- plus de moyens\n- moins d’administratif (cf. l'an dernier…) => aujourd'hui c.-à-d. trop",
    "",
    "   \n",
    "cœur à cœur 😀👍🏽 10h30 25% e\u0301te\u0301 l’école élu·e·s",
    "Intégrer la thématique dans les chantiers des réseaux d'entreprises",
]


@pytest.fixture(scope="module")
def spacy_pipeline():
    import spacy

    return spacy.load("fr_core_news_md", exclude=["parser", "ner", "senter"])


def rows(table, number):
    return list(zip(*(table[name][number].as_py() for name in pipeline.SCHEMA.names), strict=True))


@settings(max_examples=100)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=4))
@example(ANSWERS)
@example(["\ufeffBonjour", "a\u00a0b", "l'\u200bami", "\r\n;\t"])
def test_every_word_is_a_slice_of_its_text_and_nothing_but_space_is_left_out(texts):
    table = pipeline.analyse(texts)

    assert len(table) == len(texts)
    for number, text in enumerate(texts):
        words = rows(table, number)
        assert [text[start:end] for *_, start, end in words] == [form for form, *_ in words]
        assert not any(form.isspace() for form, *_ in words)
        assert "".join(form for form, *_ in words).split() == "".join(text.split()).split()


def test_words_lemmas_and_parts_of_speech_are_those_of_spacy(spacy_pipeline):
    table = pipeline.analyse(ANSWERS)

    for number, doc in enumerate(spacy_pipeline.pipe(ANSWERS)):
        assert [(form, lemma, pos) for form, lemma, pos, *_ in rows(table, number)] == [
            (token.text, token.lemma_, token.pos_) for token in doc if not token.is_space
        ]


def test_they_are_on_real_answers_too(spacy_pipeline, shared):
    with (shared / "data" / "labelled" / "ga_te11_dev.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        texts = [row["reponse"] for row in csv.DictReader(file)][:300]
    table = pipeline.analyse(texts)
    different, words = 0, 0
    for number, doc in enumerate(spacy_pipeline.pipe(texts)):
        theirs = [(it.text, it.lemma_, it.pos_) for it in doc if not it.is_space]
        ours = [(form, lemma, pos) for form, lemma, pos, *_ in rows(table, number)]
        assert len(ours) == len(theirs)
        different += sum(a != b for a, b in zip(ours, theirs, strict=True))
        words += len(ours)

    # Another order of sums may tip a word between two nearly equal parts of speech.
    assert different <= words / 5_000


def test_a_text_gives_the_same_words_alone_and_among_others():
    together = pipeline.analyse(ANSWERS)

    for number, text in enumerate(ANSWERS):
        assert rows(pipeline.analyse([text]), 0) == rows(together, number)


def test_punctuation_is_kept_for_segments():
    words = rows(pipeline.analyse(["Coordonner; agir ensemble."]), 0)

    assert [form for form, _, pos, *_ in words if pos == "PUNCT"] == [";", "."]


def test_words_are_the_same_once_new_ones_are_forgotten(monkeypatch):
    before = pipeline.analyse(ANSWERS)
    monkeypatch.setattr(pipeline, "_STRINGS", -(10**9))

    assert pipeline.analyse(ANSWERS).equals(before)
    assert pipeline.analyse(ANSWERS).equals(before)


def test_a_text_beyond_the_usual_limit_of_spacy_is_read():
    table = pipeline.analyse([("a" * 999 + " ") * 1_001])

    assert len(table["form"][0].as_py()) == 1_001
