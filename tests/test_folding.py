"""Two spellings of one word have one key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.folding import fold, fold_word


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
