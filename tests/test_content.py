"""Which words carry meaning."""

import pandas as pd
import pytest

from verbatims.content import STOP_VERBS, STOP_WORDS, content, stop_words
from verbatims.folding import fold_word


def frame(*words):
    """Rows of (lemma, part of speech)."""
    return pd.DataFrame(words, columns=["lemma", "pos"])


def kept(*words):
    return content(frame(*words))["lemma"].tolist()


def test_nouns_verbs_adjectives_and_names_stay_and_grammar_goes():
    assert kept(
        ("le", "DET"), ("réseau", "NOUN"), ("territorial", "ADJ"), (";", "PUNCT"), ("agir", "VERB"),
        ("ensemble", "ADV"), ("à", "ADP"), ("Lille", "PROPN"), ("être", "AUX"),
    ) == ["réseau", "territorial", "agir", "Lille"]  # fmt: skip


@pytest.mark.parametrize("lemma", ["autre", "Même", "MEME", "chose", "façon", "facon", "tout"])
def test_empty_words_go_whatever_their_case_and_accents(lemma):
    assert kept((lemma, "ADJ"), (lemma, "NOUN"), (lemma, "PROPN")) == []


@pytest.mark.parametrize("lemma", ["an", "année", "annee", "mois"])
def test_how_long_is_no_theme(lemma):
    assert kept((lemma, "NOUN")) == []


@pytest.mark.parametrize("lemma", ["jour", "heure", "semaine", "temps"])
def test_words_of_time_that_surveys_speak_of_are_kept(lemma):
    assert kept((lemma, "NOUN")) == [lemma]


def test_line_breaks_are_not_words():
    assert kept(("vélo", "NOUN"), ("\n", "SPACE"), ("\r\n", "SPACE")) == ["vélo"]


@pytest.mark.parametrize("lemma", ["pouvoir", "devoir", "être", "savoir"])
def test_empty_verbs_are_not_empty_as_nouns(lemma):
    assert kept((lemma, "VERB"), (lemma, "NOUN")) == [lemma]
    assert content(frame((lemma, "VERB"), (lemma, "NOUN")))["pos"].tolist() == ["NOUN"]


@pytest.mark.parametrize("lemma", ["tou·te·s", "chacun(e)", "to\u00adus"])
def test_empty_words_in_inclusive_writing_or_with_unseen_signs_go_too(lemma):
    assert kept((lemma, "ADJ"), (lemma, "NOUN")) == []


@pytest.mark.parametrize("sign", ["-", "•", "1/", "a", "2019", "50", "…", "/", "🙂"])
def test_signs_numbers_and_stray_letters_are_not_words(sign):
    assert kept((sign, "NOUN")) == []


@pytest.mark.parametrize("word", ["co2", "4x4", "5G", "tva", "co-construction", "sûr", "maïs"])
def test_short_and_odd_words_are_words(word):
    assert kept((word, "NOUN")) == [word]


def test_rows_keep_their_columns_index_and_categories():
    lemmas = frame(("le", "DET"), ("lien", "NOUN")).assign(start=[0, 3]).astype("category")
    rows = content(lemmas)

    assert rows.index.tolist() == [1]
    assert rows.dtypes.tolist() == lemmas.dtypes.tolist()
    assert len(lemmas) == 2


def test_an_empty_frame_stays_one():
    assert content(frame()).empty
    assert content(frame().astype("category")).empty


def test_the_lists_do_not_take_words_that_mean_something_once_folded():
    folded = {fold_word(word) for word in STOP_WORDS}

    assert folded.isdisjoint(
        {"sur", "mais", "car", "bien", "lieu", "niveau", "ensemble", "pouvoir"}
    )
    assert STOP_WORDS.isdisjoint(STOP_VERBS)


def test_added_words_go_whatever_their_part_of_speech_and_spelling():
    rows = frame(("Métropole", "NOUN"), ("metropole", "PROPN"), ("agir", "VERB"), ("lien", "NOUN"))

    assert content(rows, stop=["MÉTROPOLE", "agir"])["lemma"].tolist() == ["lien"]


def test_kept_words_are_content_if_their_part_of_speech_is():
    rows = frame(("Façon", "NOUN"), ("pouvoir", "VERB"), ("pouvoir", "AUX"), ("2019", "NOUN"))

    assert content(rows, kept=["facon", "Pouvoir", "2019"])["lemma"].tolist() == [
        "Façon", "pouvoir", "2019"
    ]  # fmt: skip
    assert content(rows, kept=["façon"], stop=["façon"]).empty


def test_expressions_are_words_that_can_be_added():
    rows = frame(("pouvoir d'achat", "NOUN"))

    assert len(content(rows)) == 1
    assert content(rows, stop=["Pouvoir d’achat"]).empty


def test_the_list_of_the_tool_can_be_shown():
    listed = stop_words()

    assert listed["word"].tolist()[:3] == ["à", "afin", "ainsi"]
    assert set(listed["word"]) == STOP_WORDS | STOP_VERBS
    assert set(listed.loc[listed["verbs_only"], "word"]) == STOP_VERBS
