"""Lemmas → the answers to the same question that are the most similar, by TF-IDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from verbatims.content import content


@dataclass(frozen=True)
class Nearest:
    """Weights of unit length, a row per verbatim; nothing for one without content words."""

    weights: csr_matrix
    questions: NDArray[np.integer]  # of each verbatim, numbered

    @classmethod
    def of(cls, lemmas: pd.DataFrame, ids: Sequence[str], questions: Sequence[str]) -> "Nearest":
        full = content(lemmas)
        verbatim = full["verbatim_id"].astype("category").cat
        place = pd.Index(ids).get_indexer(pd.Index(verbatim.categories))
        rows = place[verbatim.codes.to_numpy()]
        words = full["lemma"].astype("category").cat.codes.to_numpy()
        held = rows >= 0
        shape = (len(ids), int(words.max(initial=-1)) + 1)
        counts = csr_matrix((np.ones(held.sum()), (rows[held], words[held])), shape=shape)
        return cls(_weighed(counts), pd.factorize(np.array(questions, dtype=object))[0])

    def to(self, at: int) -> list[tuple[int, float]]:
        """The other answers to the same question that share words, the most similar first."""
        found = (self.weights @ self.weights[at].T).tocoo()
        own = (self.questions[found.row] == self.questions[at]) & (found.row != at)
        places, scores = found.row[own], found.data[own]
        order = np.lexsort((places, -scores))
        return list(zip(places[order].tolist(), scores[order].tolist(), strict=True))


def _weighed(counts: csr_matrix) -> csr_matrix:
    counts.data = 1 + np.log(counts.data)
    often = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = 1 + np.log((1 + counts.shape[0]) / (1 + often))
    weighed = csr_matrix(counts @ diags(rarity)) if counts.shape[1] else counts
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.where(length > 0, length, 1)) @ weighed)
