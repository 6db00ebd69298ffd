"""Coded answers → what models that learn from them make of every answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.tagging.features import Features
from verbatims.tagging.mining import mine

Floats = NDArray[np.float64]
Scores = NDArray[np.floating]
Flags = NDArray[np.bool_]
Ints = NDArray[np.integer]
Rows = Ints | slice

FEWEST = 2  # answers with a theme, under which nothing is learned of it alone
_PENALTY_TEXT, _PENALTY_MEANING = 1.0, 0.5
_FOLDS = 5
_SEEDS = 8  # words at most that speak for a theme
_USUAL = 0.3  # precision of a word that says neither yes nor no
_MOST_SAID = 6.0
_PASSAGES = 3


@dataclass(frozen=True)
class Member:
    """A reading of (answer, theme) pairs; `own` has a row for each answer learned from."""

    own: Scores  # what is said of an answer by a model that never saw it
    of: Callable[[Rows], Scores]  # the same of any answers
    speaks: Flags  # the themes of which it says something


def members(features: Features, rows: Ints, labels: Floats) -> tuple[Member, ...]:
    """`labels` are rows × themes: 1.0 present, 0.0 absent, NaN not sought."""
    speaks = np.nansum(labels, axis=0) >= FEWEST
    readings = text(features, rows, labels), meaning(features, rows, labels)
    return tuple(Member(*reading, speaks) for reading in (*readings, seeds(features, rows, labels)))


Reading = tuple[Floats, Callable[[Rows], Scores]]


def text(features: Features, rows: Ints, labels: Floats) -> Reading:
    """Ridge regression on words, pairs of neighbours and n-grams of letters."""
    blocks = features.words[rows], features.pairs[rows], features.letters.rows(rows)
    kernel = sum((block @ block.T).toarray().astype(np.float64) for block in blocks)
    dual, own = ridge(np.asarray(kernel), labels, _PENALTY_TEXT)
    words, pairs, letters = (np.asarray(block.T @ dual, dtype=np.float32) for block in blocks)
    always = dual.sum(axis=0)

    def score(some: Rows) -> Floats:
        counted = features.words[some] @ words + features.pairs[some] @ pairs
        return np.asarray(counted + features.letters.scores(letters, some) + always)

    return own, score


def meaning(features: Features, rows: Ints, labels: Floats) -> Reading:
    """Ridge regression on mean word vectors."""
    block = features.meaning[rows].astype(np.float64)
    dual, own = ridge(block @ block.T, labels, _PENALTY_MEANING)
    weights = (block.T @ dual).astype(np.float32)
    return own, lambda some: np.asarray(features.meaning[some] @ weights + dual.sum(axis=0))


def ridge(kernel: Floats, labels: Floats, penalty: float) -> tuple[Floats, Floats]:
    """The dual weights of each answer for each theme, and what each answer gets left out.

    With A = (K + 1 + penalty I)⁻¹ the weights are A y, and leaving i out its score is
    y_i - (A y)_i / A_ii, where 1 stands for a constant: G. C. Cawley and N. L. C. Talbot (2003),
    "Efficient leave-one-out cross-validation of kernel Fisher discriminant classifiers",
    Pattern Recognition 36, 2585-2592.
    """
    dual, own = np.zeros(labels.shape), np.zeros(labels.shape)
    for seen, themes in _alike(labels):
        among, ours = np.ix_(seen, seen), np.ix_(seen, themes)
        inverse = np.linalg.inv(kernel[among] + 1 + penalty * np.eye(len(seen)))
        dual[ours] = inverse @ labels[ours]
        own[:, themes] = (kernel[:, seen] + 1) @ dual[ours]
        own[ours] = labels[ours] - dual[ours] / np.diag(inverse)[:, None]
    return dual, own


def seeds(features: Features, rows: Ints, labels: Floats) -> Reading:
    """The words mined from the coded answers; `own` from those of the other folds."""
    among, fold = features.present[rows], folds(len(rows), _FOLDS)
    own = np.zeros(labels.shape)
    for number in np.unique(fold):
        out = fold == number
        own[out] = _said(among[out], _evidence(among[~out], labels[~out]))
    weights = _evidence(among, labels)
    return own, lambda some: _said(features.present[some], weights)


def rules(passages: Floats, rows: Ints, speaks: Flags) -> Member:
    """How many passages of its terms a theme has in each answer."""
    counted = np.minimum(passages, _PASSAGES)
    return Member(counted[rows], lambda some: counted[some], speaks)


def folds(n: int, k: int) -> Ints:
    """A fold for each of n answers, as even as can be, the same at each call."""
    numbers = np.arange(n) % k
    np.random.default_rng(0).shuffle(numbers)
    return numbers


def _alike(labels: Floats) -> Iterator[tuple[Ints, Ints]]:
    """The rows where some themes were sought, and those themes, which share them."""
    sought = ~np.isnan(labels)
    patterns, which = np.unique(sought, axis=1, return_inverse=True)
    for number, pattern in enumerate(patterns.T):
        if pattern.any():
            yield np.flatnonzero(pattern), np.flatnonzero(which.ravel() == number)


def _evidence(present: csr_matrix, labels: Floats) -> csr_matrix:
    """What each mined word says for each theme, in log odds: words × themes."""
    found = mine(present, labels)
    found = found[found.groupby("theme").cumcount() < _SEEDS]
    precision = found["precision"].to_numpy()
    said = np.log((precision + 0.02) / (1.02 - precision)) - np.log(_USUAL / (1 - _USUAL))
    shape = present.shape[1], labels.shape[1]
    return csr_matrix((said, (found["word"], found["theme"])), shape=shape)


def _said(present: csr_matrix, evidence: csr_matrix) -> Floats:
    return np.asarray(np.minimum((present @ evidence).toarray(), _MOST_SAID))
