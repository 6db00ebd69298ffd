"""The French model: exact places in the text, words read, parts of speech and lemmas."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbatims.folding import plain
from verbatims.nlp import pipeline
from verbatims.nlp.cutting import cut_glued_words
from verbatims.nlp.lexicon import PARTS_OF_SPEECH

pytestmark = pytest.mark.model

ANSWERS = [
    "Désectoriser, mettre de la cohérence dans toutes les initiatives",
    "Coordonner; agir ensemble; inter-connaissance pour susciter l'envie de faire ensemble",
    "VALORISER, FAIRE CONNAITRE  ,\n\nillustrer les resultats\u00a0!",
    "- plus de moyens\n- moins d’administratif (cf. l'an dernier…) => aujourd'hui c.-à-d. trop",
    "",
    "   \n",
    "cœur à cœur 😀👍🏽 10h30 25% e\u0301te\u0301 l’école élu·e·s",
    "•mobilité;emploi+logement…1)numérique, salarié(e)s\r\n- habitant.e.s, pol\u00adlution",
    "Intégrer la thématique dans les chantiers des réseaux d'entreprises",
]


@pytest.fixture(scope="module")
def spacy_says():
    """The most probable label of each token by the plain pipeline, from the tokens as we cut and
    read them: « habitant·e·s » is read « habitants », by the one as by the other."""
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.load("fr_core_news_md", exclude=["parser", "ner", "senter"])
    cut_glued_words(nlp.tokenizer)
    tagger = nlp.get_pipe("morphologizer")

    def say(text):
        cut = nlp.make_doc(text)
        spaces = [bool(token.whitespace_) for token in cut]
        read = Doc(nlp.vocab, [plain(token.text) or token.text for token in cut], spaces)
        scores = tagger.model.predict([nlp.get_pipe("tok2vec")(read)])[0]
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        labels = [nlp.vocab.strings[tagger.cfg["labels_pos"][name]] for name in tagger.labels]
        each = pd.DataFrame(chances / chances.sum(axis=1, keepdims=True), columns=labels)
        kept = [not token.is_space or bool(re.search(r"[\n\r]", token.text)) for token in cut]
        return each[kept].T.groupby(level=0).sum().T.reindex(columns=PARTS_OF_SPEECH, fill_value=0)

    return say


@pytest.fixture(scope="module")
def ours():
    """How probable our tagger finds each part of speech of each word."""
    model = pipeline._model(fast=False)

    def say(texts):
        docs = [model.nlp.make_doc(text) for text in texts]
        read = pipeline._read(model, docs, texts, pipeline.AS_WRITTEN)
        return pipeline._said(model, read)

    return say


@pytest.fixture(scope="module")
def cut():
    """The words of a text, one space apart, line breaks left out."""

    def words(text):
        return " ".join(form for form, *_ in rows(pipeline.analyse([text]), 0) if form.strip())

    return words


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
        assert [text[start:end] for *_, start, end, _ in words] == [form for form, *_ in words]
        assert "".join("".join(form for form, *_ in words).split()) == "".join(text.split())
        for form, lemma, pos, *_ in words:
            assert not form.isspace() or (pos == "SPACE" and lemma == form)
        breaks = "".join(form for form, *_ in words if form.isspace())
        assert [char for char in text if char in "\r\n"] == [c for c in breaks if c in "\r\n"]


def test_line_breaks_are_words_of_their_own_and_other_spaces_are_not():
    words = rows(pipeline.analyse(["  agir \n\n  ensemble\tici\r\n"]), 0)

    assert [(form, lemma, pos) for form, lemma, pos, *_ in words if pos == "SPACE"] == [
        ("\n\n  ", "\n\n  ", "SPACE"),
        ("\r\n", "\r\n", "SPACE"),
    ]
    assert [form for form, _, pos, *_ in words if pos != "SPACE"] == ["agir", "ensemble", "ici"]


def test_the_tagger_says_what_spacy_says(spacy_says, ours):
    said = ours(ANSWERS)

    assert np.allclose(said, pd.concat(map(spacy_says, ANSWERS)), atol=1e-3)


def test_it_does_on_real_answers_too(spacy_says, ours, shared):
    with (shared / "data" / "labelled" / "ga_te11_dev.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        texts = [row["reponse"] for row in csv.DictReader(file)][:300]

    different = np.abs(ours(texts) - pd.concat(map(spacy_says, texts))).max(axis=1) > 1e-2

    # Another order of sums may tip a word between two nearly equal parts of speech.
    assert different.sum() <= len(different) / 5_000


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Il manque des bancs", ["il", "manquer", "un", "banc"]),
        ("des élus bienveillants", ["un", "élu", "bienveillant"]),
        ("on demande des pistes", ["on", "demander", "un", "piste"]),
        ("les différentes parties", ["le", "différent", "partie"]),
        ("les beaux yeux", ["le", "beau", "œil"]),
        ("nos réseaux d'entreprises", ["notre", "réseau", "de", "entreprise"]),
        ("des coconstructions vétustes", ["un", "coconstruction", "vétuste"]),
        ("un rond-point, là-bas", ["un", "rond-point", ",", "là-bas"]),
    ],
)
def test_lemmas_are_words(answer, expected, fast):
    table = pipeline.analyse([answer], fast=fast)

    assert table["lemma"][0].as_py() == expected


class Slang:
    """Reads « tps » as « temps », « vélo » as « bicyclette » in texts of the second style."""

    def style(self, text):
        return int(text.startswith("!"))

    def word(self, form, style, begins):
        known = {"tps": "temps", "VÉLO": "vélo"} | ({"vélo": "bicyclettes"} if style else {})
        return known.get(form, form.lower() if begins else form)


def test_words_are_read_as_the_reader_says_and_shown_as_written():
    table = pipeline.analyse(["Plus de tps, VÉLO", "! le vélo\nLe temps"], Slang())

    assert table["form"].to_pylist() == [
        ["Plus", "de", "tps", ",", "VÉLO"],
        ["!", "le", "vélo", "\n", "Le", "temps"],
    ]
    assert table["repaired"].to_pylist() == [
        ["", "", "temps", "", ""],
        ["", "", "bicyclettes", "", "", ""],
    ]
    assert table["lemma"].to_pylist() == [
        ["plus", "de", "temps", ",", "vélo"],
        ["!", "le", "bicyclette", "\n", "le", "temps"],
    ]


class Lowered:
    """Reads the first words in small letters."""

    def style(self, text):
        return len(text)

    def word(self, form, style, begins):
        return form.lower() if begins and style else form


def test_first_words_are_those_of_texts_lines_sentences_and_items():
    texts = ["Un  deux, trois. Quatre\n- Cinq six\n2) Sept d'huit", "Neuf"]
    read = pipeline.analyse(texts, Lowered())["lemma"].to_pylist()

    words = [word for text in read for word in text if word.isalpha()]
    assert words == ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "de", "huit", "neuf"]


def test_words_already_cut_stay_so():
    table = pipeline.analyse_words([["rond", "-point"], ["10 000", "élus"]], [[False, True]] * 2)

    assert table["form"].to_pylist() == [["rond", "-point"], ["10 000", "élus"]]
    assert table["start"].to_pylist() == [[0, 4], [0, 6]]


def test_fast_mode_cuts_the_same_words_and_needs_no_model(monkeypatch):
    slow = pipeline.analyse(ANSWERS)
    pipeline._model(fast=True)
    monkeypatch.setattr("spacy.load", None)
    fast = pipeline.analyse(ANSWERS, fast=True)

    assert all(fast[name].equals(slow[name]) for name in ("form", "start", "end", "repaired"))
    assert fast.schema.equals(pipeline.SCHEMA)


@pytest.mark.parametrize(
    ("written", "apart"),
    [
        ("mobilité;emploi", "mobilité ; emploi"),
        ("emploi+logement&vélo", "emploi + logement & vélo"),
        ("emploi|logement=vélo", "emploi | logement = vélo"),
        ("•emploi →logement ►vélo", "• emploi → logement ► vélo"),
        ("emploi•logement→vélo", "emploi • logement → vélo"),
        ("-Développer ,les .Il ...et /an", "- Développer , les . Il ... et / an"),
        ("1)emploi a)logement 2°)vélo", "1 ) emploi a ) logement 2 °) vélo"),
        ("1.numérique 1-taxer 2°mettre", "1 . numérique 1 - taxer 2 ° mettre"),
        ("emploi.logement fin.les", "emploi . logement fin . les"),
        ("emploi?logement!vélo", "emploi ? logement ! vélo"),
        ("emploi…logement(vélo)piste", "emploi … logement ( vélo ) piste"),
        ("(re)développer tri..).Taxer", "( re ) développer tri ..). Taxer"),
        ('emploi«logement»vélo l"air', 'emploi « logement » vélo l " air'),
        ("emploi/logement vélos/ train", "emploi / logement vélos / train"),
        ("2020,les emploi,3", "2020 , les emploi , 3"),
        ("10€pour 50%des", "10 € pour 50 % des"),
        ("emploi_logement emploi- vélo", "emploi _ logement emploi - vélo"),
    ],
)
def test_words_that_answers_glue_are_cut(cut, written, apart):
    assert cut(written) == apart


@pytest.mark.parametrize(
    "written",
    [
        "http://www.a.fr/b;c,d_e",
        "https://x.org/glu/",
        "www.ademe.fr",
        "https://fr.wikipedia.org/wiki/L%27eau?a=1&b=2#c",
        "ademe.fr",
        "gouv.fr/page",
        "jean.dupont@orange.fr",
        "3,5",
        "10.000",
        "12.05.2019",
        "01/02/2020",
        "8:30",
        "18h30",
        "24/24",
        "covid-19",
        "etc.",
        "cf.",
        "S.N.C.F.",
        "U.E",
        "p.ex",
        "R&D",
        "P+R",
        "C++",
        "co-construction",
        "rond-point",
        "chefs-lieux",
        "là-bas",
        "rendez-vous",
        "aujourd'hui",
        "habitant·e·s",
        "habitant.e.s",
        "salarié(e)s",
        "élu-e-s",
        "citoyen·nes",
        "acteurs·rices",
        "emploi(s)",
    ],
)
def test_what_only_looks_glued_stays_whole(cut, written):
    assert cut(f"oui {written} non") == f"oui {written} non"
    assert cut(f"({written}), «{written}»") == f"( {written} ) , « {written} »"


def test_hyphens_and_elisions_are_cut_as_before(cut):
    assert cut("c'est-à-dire qu'est-ce a-t-il vient-il") == (
        "c' est - à - dire qu' est -ce a -t -il vient -il"
    )
    assert cut("l’élu·e qu'habitant·e jusqu'au d'élu-e-s") == (
        "l’ élu·e qu' habitant·e jusqu' au d' élu-e-s"
    )


@pytest.mark.parametrize(
    ("written", "lemma"),
    [
        ("habitant·e·s", "habitant"),
        ("citoyen(ne)s", "citoyen"),
        ("emploi(s)", "emploi"),
        ("pol\u00adlutions", "pollution"),
        ("re\u0301seaux", "réseau"),
    ],
)
def test_words_are_read_without_what_would_hide_them(written, lemma):
    words = rows(pipeline.analyse([f"pour les {written} du territoire"]), 0)

    assert [(form, known, pos) for form, known, pos, *_ in words][2] == (written, lemma, "NOUN")


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


@pytest.mark.model
def test_a_very_long_text_is_read_in_parts_and_stays_one_text(monkeypatch):
    text = "Mettre en réseau les entreprises du territoire, vite. " * 30
    whole = pipeline.analyse([text, "Bonjour."])
    monkeypatch.setattr("verbatims.nlp.tagger._LONGEST", 50)
    parts = pipeline.analyse([text, "Bonjour."])

    assert parts["form"].to_pylist() == whole["form"].to_pylist()
    assert parts["start"].to_pylist() == whole["start"].to_pylist()
