"""Word vectors come from the model once, then from a file."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from verbatims.nlp.vectors import vectors

KNOWN = {"vélo": [1.0, 0.0], "bicyclette": [1.0, 0.0], "impôt": [0.0, 2.0]}


@pytest.fixture
def asked(monkeypatch):
    """The words asked of a model of three words."""
    asked = []

    def word_vectors(words):
        asked.append(list(words))
        return np.array([KNOWN.get(word, [0, 0]) for word in words], np.float32).reshape(-1, 2)

    monkeypatch.setitem(vectors.__globals__, "word_vectors", word_vectors)
    return asked


@pytest.mark.usefixtures("asked")
def test_each_word_has_a_row_and_an_unknown_one_is_of_zeros(tmp_path):
    found = vectors(["impôt", "machin", "vélo", "impôt"], tmp_path)
    assert found.dtype == np.float32
    assert found.tolist() == [[0, 2], [0, 0], [1, 0], [0, 2]]


def test_only_new_words_are_asked_of_the_model(asked, tmp_path):
    vectors(["vélo", "machin"], tmp_path)
    again = vectors(["machin", "bicyclette", "vélo"], tmp_path)
    assert asked == [["machin", "vélo"], ["bicyclette"]]
    assert again.tolist() == [[0, 0], [1, 0], [1, 0]]


def test_no_words_need_no_model(asked, tmp_path):
    assert len(vectors([], tmp_path)) == 0
    assert asked == []


def test_a_damaged_file_is_made_again(asked, tmp_path):
    first = vectors(["vélo", "impôt"], tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:100])
    assert_array_equal(vectors(["vélo", "impôt"], tmp_path), first)
    assert len(asked) == 2


@pytest.mark.model
def test_the_model_knows_words_in_capitals_too(tmp_path):
    found = vectors(["vélo", "VÉLO", "fraude", "xqzzk"], tmp_path)
    assert found.shape == (4, 300)
    assert_array_equal(found[0], found[1])
    assert found[2].any()
    assert not found[3].any()
    assert_array_equal(vectors(["fraude"], tmp_path)[0], found[2])
