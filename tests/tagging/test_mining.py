"""Which words speak for a theme, according to the answers that coders read."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency

from verbatims.tagging.mining import mine

NAN = np.nan


def mined(present, labels):
    return mine(csr_matrix(np.array(present)), np.array(labels, dtype=float))


def column(*cells):
    return [[cell] for cell in cells]


def test_a_word_that_stands_where_the_theme_is_speaks_for_it():
    found = mined(column(1, 1, 1, 0, 0, 0), column(1, 1, 1, 0, 0, 0))

    assert found[["theme", "word", "n", "hits"]].to_numpy().tolist() == [[0, 0, 3, 3]]
    assert found["chi2"][0] == pytest.approx(6)
    assert found["precision"][0] == (3 + 0.5) / (3 + 1)


def test_a_word_that_stands_where_the_theme_is_not_does_not():
    assert mined(column(0, 0, 0, 1, 1, 1), column(1, 1, 1, 0, 0, 0)).empty


def test_a_word_met_once_says_nothing():
    assert mined(column(1, *[0] * 30), column(1, *[0] * 30)).empty


def test_a_word_right_one_time_in_three_is_not_precise_enough():
    present, labels = column(*[1] * 30, *[0] * 70), column(*[1] * 10, *[0] * 90)

    assert mined(present, labels).empty


def test_answers_where_the_theme_was_not_sought_count_for_nothing():
    seen = mined(column(1, 1, 1, 0, 0, 0), column(1, 1, 1, 0, 0, 0))
    more = mined(column(1, 1, 1, 0, 0, 0, 1, 1), column(1, 1, 1, 0, 0, 0, NAN, NAN))

    pd.testing.assert_frame_equal(seen, more)


def test_a_theme_sought_nowhere_has_no_word():
    assert mined([[1], [1]], [[NAN], [NAN]]).empty


def test_words_come_theme_by_theme_the_surest_first_then_in_their_order():
    present = [[1, 1, 1, 0]] * 3 + [[1, 0, 0, 1]] + [[0, 0, 0, 1]] * 3 + [[0, 0, 0, 0]] * 3
    labels = [[1, 0]] * 3 + [[0, 1]] * 4 + [[0, 0]] * 3

    found = mined(present, labels)

    assert found[["theme", "word"]].to_numpy().tolist() == [[0, 1], [0, 2], [0, 0], [1, 3]]


@given(
    arrays.arrays(np.int8, (12, 3), elements=st.integers(0, 1)),
    arrays.arrays(float, (12, 2), elements=st.sampled_from([0.0, 1.0, NAN])),
)
def test_chi2_is_that_of_the_table_of_answers(present, labels):
    for row in mined(present, labels).itertuples():
        known = ~np.isnan(labels[:, row.theme])
        word, theme = present[known, row.word], labels[known, row.theme]
        table = pd.crosstab(word, theme).to_numpy()
        assert row.chi2 == pytest.approx(chi2_contingency(table, correction=False).statistic)
        assert (row.n, row.hits) == (word.sum(), theme[word == 1].sum())
