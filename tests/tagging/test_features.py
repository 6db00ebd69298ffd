"""What is read of the answers: words, pairs, letters and meanings."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from verbatims.frames import LEMMAS
from verbatims.tagging import Features


@pytest.fixture
def features(read, vectors):
    lemmas, _ = read(
        "Les Forêts/forêt/NOUN brûlent/brûler/VERB , les forêts/forêt/NOUN !/!/PUNCT",
        "rien",
        "La foret/foret/NOUN brûle/brûler/VERB",
    )
    return Features.of(lemmas, vectors)


def lengths(matrix):
    return np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()


def test_a_row_for_every_answer_even_without_content(features):
    assert list(features.ids) == ["v1", "v2", "v3"]
    assert features.counts.sum(axis=1).ravel().tolist() == [[3, 0, 2]]
    assert not features.meaning[1].any()


def test_a_word_is_one_whatever_its_case_and_accents(features):
    forest = features.number("FORÊT")
    assert forest == features.number("forêts")
    assert features.counts[:, [forest]].toarray().ravel().tolist() == [2, 0, 1]
    assert features.written[forest] == "forêt"
    assert features.number("licorne") is None


def test_each_word_is_known_by_where_it_first_stands(features):
    rows = features.first.tocoo()
    forms = features.lemmas["form"].astype(object).to_numpy()[rows.data - 1]
    assert sorted(zip(rows.row.tolist(), forms, strict=True)) == [
        (0, "Forêts"),
        (0, "brûlent"),
        (2, "brûle"),
        (2, "foret"),
    ]


def test_texts_are_of_length_one_or_empty(features):
    assert_allclose(lengths(features.content), [1, 0, 1], rtol=1e-5)
    assert_allclose(lengths(features.words), [1, 1, 1], rtol=1e-5)
    assert_allclose(lengths(features.letters.rows(np.arange(3))), [1, 0, 1], rtol=1e-5)


def test_pairs_are_neighbours_met_twice_and_never_across_answers(read, vectors):
    lemmas, _ = read("trop de béton", "trop de", "trop de béton", "béton trop")
    features = Features.of(lemmas, vectors)
    assert (features.pairs > 0).sum(axis=1).ravel().tolist() == [[2, 1, 2, 0]]


def test_scores_through_the_forms_are_those_of_the_letters_themselves(features):
    weights = np.random.default_rng(0).normal(size=(len(features.letters.weights), 2))
    everyone = np.arange(3)
    assert_allclose(
        features.letters.scores(weights, everyone),
        features.letters.rows(everyone) @ weights,
        atol=1e-6,
    )


def test_a_repaired_word_is_read_as_repaired(read, vectors):
    lemmas, _ = read("isolasion", "isolation")
    repaired = lemmas.assign(repaired=np.where(lemmas["form"] == "isolasion", "isolation", ""))
    first, second = Features.of(LEMMAS.check(repaired), vectors).letters.rows(np.arange(2))
    assert abs(first - second).max() < 1e-6


def test_meanings_are_compared_once_their_middle_is_taken_away(read, vectors):
    lemmas, _ = read("vélo/vélo/NOUN", "vélo/vélo/NOUN", "impôt/impôt/NOUN")
    meaning = Features.of(lemmas, vectors).meaning
    assert_allclose(meaning @ meaning.T, [[1, 1, -1], [1, 1, -1], [-1, -1, 1]], atol=1e-5)


def test_no_answers_make_no_rows(vectors):
    features = Features.of(LEMMAS.empty(), vectors)
    assert features.meaning.shape[0] == features.pairs.shape[0] == len(features.ids) == 0
    assert features.letters.rows(np.arange(0)).shape[0] == 0
    assert len(features.length) == 0
