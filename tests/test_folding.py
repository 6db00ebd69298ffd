"""Two spellings of one word have one key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.folding import fold, fold_word, fold_words, squeeze


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Décloisonner", "decloisonner"),
        ("CŒUR", "coeur"),
        ("d’été", "d'ete"),
        ("E\u0301TE\u0301", "ete"),
        ("ſtraße", "strasse"),
    ],
)
def test_case_accents_and_ligatures_do_not_count(written, key):
    assert fold(written) == key


def test_all_hyphens_go_from_a_word():
    assert fold_word("Co-construction") == fold_word("co\u2011construction") == "coconstruction"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aàâéèêëîïôöùûüÿçœæAÀÉŒ'- "))
def test_composed_and_decomposed_letters_have_one_key(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_squeezing_only_touches_spaces_and_the_way_accents_are_composed() -> None:
    assert squeeze(" Fe\u0301min\u00a0!\r\n OUI ") == "Fémin ! OUI"


@given(st.lists(st.text(alphabet="Éœa-’\u0301\x1f\u2011 ")))
def test_words_folded_in_one_go_are_folded_as_one_by_one(words):
    assert fold_words(words) == [fold_word(word) for word in words]
