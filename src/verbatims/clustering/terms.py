"""Lemmas → how often each content word, and each pair of neighbours, stands in each verbatim."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.content import content
from verbatims.folding import fold_word

Ints = NDArray[np.int64]
Strings = NDArray[np.object_]


@dataclass(frozen=True)
class Terms:
    """Two counts with a row for each of `ids`; `labels` name the columns of `words`."""

    ids: Strings  # every verbatim, in alphabetical order, even without any content word
    words: csr_matrix
    labels: Strings
    pairs: csr_matrix


def count(lemmas: pd.DataFrame, *, stop: Collection[str] = (), kept: Collection[str] = ()) -> Terms:
    """The same whatever the order of the rows; a word is one whatever its case and accents."""
    verbatim, ids = _numbered(lemmas["verbatim_id"])
    order = np.lexsort((lemmas["position"], verbatim))
    parts = _parts(lemmas)[order]
    ordered = pd.DataFrame(
        {
            "lemma": lemmas["lemma"].array[order],
            "pos": lemmas["pos"].array[order],
            "verbatim": verbatim[order],
            "phrase": np.cumsum(parts),
        }
    )
    full = content(ordered, stop=stop, kept=kept)
    row, phrase = full["verbatim"].to_numpy(), full["phrase"].to_numpy()
    word, labels = _words(full["lemma"])
    follows = np.flatnonzero((np.diff(row) == 0) & (np.diff(phrase) == 0))
    pair = np.unique(word[follows] * len(labels) + word[follows + 1], return_inverse=True)[1]
    return Terms(ids, _counts(row, word, len(ids)), labels, _counts(row[follows], pair, len(ids)))


def _numbered(column: pd.Series) -> tuple[Ints, Strings]:
    """The number of each value in alphabetical order, and the values in that order."""
    categories = column.astype("category").cat.remove_unused_categories().cat
    values = categories.categories.to_numpy(dtype=object)
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[categories.codes.to_numpy()], values[order]


def _parts(lemmas: pd.DataFrame) -> NDArray[np.bool_]:
    """What parts two words: punctuation, a line break, any sign but a hyphen or an apostrophe."""
    forms = lemmas["form"].astype("category").cat
    signs = [
        not any(map(str.isalnum, form)) and fold_word(form) not in ("", "'")
        for form in forms.categories
    ]
    marks = lemmas["pos"].isin(["PUNCT", "SPACE"]).to_numpy()
    return np.asarray(marks | np.array(signs, dtype=np.bool_)[forms.codes])


def _words(lemma: pd.Series) -> tuple[Ints, Strings]:
    """The number of each word, and the spelling that each is known by: its most frequent."""
    spelling, spellings = _numbered(lemma)
    keys = np.array([fold_word(written) for written in spellings], dtype=object)
    words, word_of = np.unique(keys, return_inverse=True)
    often = np.bincount(spelling, minlength=len(spellings))
    best_last = np.lexsort((-np.arange(len(spellings)), often))
    labels = np.empty(len(words), dtype=object)
    labels[word_of[best_last]] = spellings[best_last]
    return word_of[spelling], labels


def _counts(rows: Ints, columns: Ints, n: int) -> csr_matrix:
    width = int(columns.max(initial=-1)) + 1
    ones = np.ones(len(rows))
    return csr_matrix((ones, (rows, columns)), shape=(n, width))  # adds up what is repeated
