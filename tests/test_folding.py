"""Two spellings of one word have one key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.folding import (
    answer_keys,
    bare,
    fold,
    fold_answer,
    fold_case,
    fold_texts,
    fold_word,
    fold_words,
    is_inclusive,
    plain,
    squeeze,
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Décloisonner", "decloisonner"),
        ("CŒUR", "coeur"),
        ("d’été", "d'ete"),
        ("E\u0301TE\u0301", "ete"),
        ("ſtraße", "strasse"),
        ("pol\u00adlution", "pollution"),
        ("\ufeffvé\u200blo", "velo"),
    ],
)
def test_case_accents_ligatures_and_unseen_signs_do_not_count(written, key):
    assert fold(written) == key


def test_all_hyphens_go_from_a_word():
    assert fold_word("Co-construction") == fold_word("co\u2011construction") == "coconstruction"


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("habitant·e·s", "habitants"),
        ("habitant.e.s", "habitants"),
        ("habitant(e)s", "habitants"),
        ("Élu-e-s", "Élus"),
        ("élu/e", "élu"),
        ("salarié(e)(s)", "salariés"),
        ("CANDIDAT.E.S", "CANDIDATS"),
        ("citoyen·nes", "citoyens"),
        ("citoyen(ne)", "citoyen"),
        ("professionnel-le-s", "professionnels"),
        ("acteurs·rices", "acteurs"),
        ("directeur.trice", "directeur"),
        ("travailleur•euse•s", "travailleurs"),
        ("premier·ère·s", "premiers"),
        ("tou·te·s", "tous"),
        ("un·e", "un"),
        ("emploi(s)", "emplois"),
        ("lieu(x)", "lieux"),
        ("sous-traitant·e·s", "sous-traitants"),
    ],
)
def test_an_inclusive_word_is_known_by_its_stem(written, usual):
    assert is_inclusive(written)
    assert plain(written) == usual
    assert fold_word(written) == fold_word(usual)


@pytest.mark.parametrize(
    "word",
    [
        "existe(ra)", "et(ou)", "aide(s", "km/h", "A/R", "km/s", "et/ou", "U.E", "S.N.C.F", "p.ex",
        "planète.Le", "terre.ne", "mot.les", "dit-elle", "donne-le", "vas-tu", "lui-même",
        "porte-clés", "co-construction", "3.e", "l'U.E", "élu(e)s)",
    ],
)  # fmt: skip
def test_signs_inside_a_word_do_not_make_it_inclusive(word):
    assert not is_inclusive(word)
    assert plain(word) == word


def test_a_plain_word_has_no_unseen_sign_and_composed_accents():
    assert plain("pol\u00adlution") == "pollution"
    assert plain("e\u0301te\u0301") == "été"


def test_where_accents_count_the_rest_does_not():
    assert fold_case("Co-Élaborer") == fold_case("co‑éla\u00adborer") == "coélaborer"
    assert fold_case("L’Œuvre") == fold_case("l'oeuvre")
    assert fold_case("sur") != fold_case("sûr")
    assert bare("L’Œu\u200bvre") == "L'OEuvre"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aàâéèêëîïôöùûüÿçœæAÀÉŒ'- "))
def test_composed_and_decomposed_letters_have_one_key(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_squeezing_only_touches_spaces_and_the_way_accents_are_composed() -> None:
    assert squeeze(" Fe\u0301min\u00a0!\r\n OUI ") == "Fémin ! OUI"


@given(st.lists(st.text(alphabet="Éœanes.(·)-’\u00ad\u0301\x1f\u2011 ")))
def test_words_folded_in_one_go_are_folded_as_one_by_one(words):
    assert fold_words(words) == [fold_word(word) for word in words]


@given(st.lists(st.text()))
def test_texts_folded_in_one_go_are_folded_as_one_by_one(texts):
    folded = fold_texts(texts)
    assert folded == [fold(text) for text in texts]
    assert answer_keys(folded) == [fold_answer(text) for text in folded]


def test_answers_of_one_key_say_the_same_but_for_signs_and_capitals():
    keys = answer_keys(fold_texts(["R.A.S. !", "r a s", "Du temps👍", "du temps 👍", "…", " … "]))
    assert keys == ["r a s", "r a s", "du temps 👍", "du temps 👍", "…", "…"]
