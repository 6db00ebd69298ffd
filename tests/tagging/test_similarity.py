"""What a theme says of itself is enough to suggest it."""

import pytest

from verbatims.model import Codebook, Theme
from verbatims.tagging import Features, tag
from verbatims.tagging.similarity import Similarity


@pytest.fixture
def near(read, vectors):
    def build(answers, *themes):
        lemmas, _ = read(*answers)
        codebook = Codebook(tuple(Theme(f"t{n}", *said) for n, said in enumerate(themes)))
        return Similarity.of(Features.of(lemmas, vectors), codebook)

    return build


ANSWERS = ("des pistes/piste/NOUN", "la taxe/taxe/NOUN", "une forêt/forêt/NOUN", "rien")


def test_answers_that_hold_the_words_of_a_definition_are_near_it(near):
    similarity = near(ANSWERS, ("Vélo", "", "Plus de pistes"), ("Impôt", "", "La taxe"))
    assert similarity.hits.tolist() == [[1, 0], [0, 1], [0, 0], [0, 0]]
    assert similarity.words.argmax(axis=0).tolist() == [0, 1]
    assert similarity.suggested[:2].tolist() == [[True, False], [False, True]]


def test_letters_bring_together_words_of_a_family(near):
    similarity = near(ANSWERS, ("Transports", "", "Taxation"), ("Bois", "", "Forestier"))
    assert similarity.letters.argmax(axis=0).tolist() == [1, 2]


def test_meaning_is_found_in_names_of_another_language(near):
    similarity = near(ANSWERS, ("Tax",), ("Tree",))
    assert not similarity.hits.any()
    assert similarity.suggested.argmax(axis=0).tolist() == [1, 2]


def test_a_theme_known_by_its_name_alone_is_looked_for_by_its_words(near):
    similarity = near(("une piste/piste/NOUN", "un vélo/vélo/NOUN") * 3, ("Piste",), ("Arbre",))
    assert similarity.suggested[:, 0].tolist() == [True, False] * 3


def test_a_suggestion_scores_a_half_or_more_and_no_other_pair_does(near):
    similarity = near(ANSWERS, ("Vélo", "", "Plus de pistes"), ("Impôt",))
    assert ((similarity.scores >= 0.5) == similarity.suggested).all()
    assert ((similarity.scores > 0) & (similarity.scores < 1)).all()


def test_examples_and_inclusions_speak_for_a_theme_and_exclusions_do_not(read, vectors):
    lemmas, _ = read(*ANSWERS)
    theme = Theme("t", "Divers", include=("les pistes",), exclude=("la taxe",), examples=("forêt",))
    similarity = Similarity.of(Features.of(lemmas, vectors), Codebook((theme,)))
    assert similarity.hits.ravel().tolist() == [1, 0, 1, 0]


def test_words_of_the_definition_are_told_as_reasons(read, vectors):
    lemmas, _ = read(*ANSWERS)
    codebook = Codebook((Theme("t", "Circuler à vélo", definition="Plus de pistes"),))
    tags = tag(Features.of(lemmas, vectors), codebook, tagger="similarity").tags
    assert tags[["evidence", "rule"]].values.tolist() == [["pistes", "définition : « pistes »"]]


def test_a_theme_that_says_nothing_is_never_suggested(near):
    similarity = near(ANSWERS, ("?",), ("Vélo", "", "Plus de pistes"))
    assert not similarity.nearness[:, 0].any()
    assert similarity.suggested.tolist() == [[False, True]] + [[False, False]] * 3
