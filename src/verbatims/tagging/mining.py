"""Coded answers → the words that speak for each theme, and what each is worth."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.measures.association import adjusted_residual

# What a word needs to speak for a theme: a chi² that chance exceeds once in twenty, to be met
# twice, and to be right nearly as often as not.
CHI2, TIMES, PRECISION = 3.84, 2, 0.4


def mine(present: csr_matrix, labels: NDArray[np.float64]) -> pd.DataFrame:
    """The words that speak for each theme, the surest first.

    Parameters
    ----------
    present : csr_matrix of 0 and 1, answers × words
        Which words stand in which answers.
    labels : array of floats, answers × themes
        1.0 present, 0.0 absent, NaN where nobody looked; such pairs count for nothing.

    Returns
    -------
    words : frame of theme, word, n, hits, chi2, precision
        `theme` and `word` are columns of the matrices. Of the `n` answers that hold the word,
        `hits` have the theme; `chi2` is Pearson's, of the table word × theme, without correction:
        only words met more than by chance are kept. `precision` is (hits + share) / (n + 1), as
        if one more answer held the word and had the theme as often as any. Sorted by theme,
        then by chi² from the highest, then by word.
    """
    theme, word, n, hits, share, residual = _pairs(present, labels)
    precision = (hits + share) / (n + 1)
    kept = (residual > CHI2**0.5) & (n >= TIMES) & (precision >= PRECISION)
    order = np.lexsort((word, -(residual**2), theme))
    frame = pd.DataFrame(
        {
            "theme": theme,
            "word": word,
            "n": n.astype(np.int64),
            "hits": hits.astype(np.int64),
            "chi2": residual**2,
            "precision": precision,
        }
    )
    return frame.take(order[kept[order]]).reset_index(drop=True)


def _pairs(present: csr_matrix, labels: NDArray[np.float64]) -> Sequence[NDArray[Any]]:
    """For every pair that meets at all: theme, word, n, hits, share of the theme, residual."""
    seen = ~np.isnan(labels)
    rows = np.flatnonzero(seen.any(axis=1))
    held, seen = present[rows].T.tocsr(), seen[rows].astype(float)
    together = held @ np.nan_to_num(labels[rows])
    word, theme = np.nonzero(together)
    hits, n = together[word, theme], (held @ seen)[word, theme]
    total, positives = seen.sum(axis=0)[theme], np.nansum(labels[rows], axis=0)[theme]
    return theme, word, n, hits, positives / total, adjusted_residual(hits, n, positives, total)
