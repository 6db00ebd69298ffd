"""Groups of verbatims → the words that mark each one, and the verbatims that stand for it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.frames import CLUSTER_WORDS
from verbatims.measures.association import adjusted_residual

Ints = NDArray[np.int64]
Strings = NDArray[np.object_]

_WORDS, _TYPICAL = 20, 3
_SPREAD = 0.02  # a word marks a cluster if this part of it, and two verbatims, hold it


def numbered(groups: Ints, ids: Strings) -> Ints:
    """The same groups numbered from 1, the largest first, then by their first id."""
    seen = pd.DataFrame({"group": groups, "id": ids}).groupby("group")["id"].agg(["size", "min"])
    order = seen.sort_values(["size", "min"], ascending=[False, True]).index
    number = np.empty(groups.max() + 1, dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    return np.asarray(number[groups])


def words(counts: csr_matrix, labels: Strings, clusters: Ints) -> pd.DataFrame:
    """The words over-represented in each cluster: signed chi-square of their presence, 20 at most.

    The chi-square of a 2 × 2 table, without correction, is the square of its adjusted residual.
    """
    present = csr_matrix((np.ones(counts.nnz), counts.indices, counts.indptr), counts.shape)
    total = np.asarray(present.sum(axis=0)).ravel()
    rows = []
    for cluster in np.unique(clusters):
        inside = clusters == cluster
        observed = np.asarray(present[inside].sum(axis=0)).ravel()
        residual = np.nan_to_num(adjusted_residual(observed, inside.sum(), total, len(clusters)))
        chi2 = (residual * np.abs(residual)).round(4)
        chi2[observed < max(2, _SPREAD * inside.sum())] = 0
        best = np.lexsort((labels, -chi2))[:_WORDS]
        best = best[chi2[best] > 0]
        rows += [(cluster, labels[word], chi2[word]) for word in best]
    return CLUSTER_WORDS.check(pd.DataFrame(rows, columns=list(CLUSTER_WORDS.columns)))


def typical(
    counts: csr_matrix, ids: Strings, clusters: Ints, distance: NDArray[np.float64]
) -> pd.DataFrame:
    """The three verbatims nearest the middle of each cluster, no two of the same words.

    Those of ordinary length come first: the middle is where very long answers stand.
    """
    rows = []
    for cluster in np.unique(clusters):
        members = np.flatnonzero(clusters == cluster)
        lengths = np.diff(counts.indptr)[members]
        low, high = np.quantile(lengths, (0.25, 0.75))
        unusual = (lengths < low) | (lengths > high)
        chosen: dict[tuple[int, ...], str] = {}
        for row in members[np.lexsort((ids[members], distance[members].round(9), unusual))]:
            chosen.setdefault(tuple(sorted(counts[row].indices)), ids[row])
            if len(chosen) == _TYPICAL:
                break
        rows += [(cluster, rank, name) for rank, name in enumerate(chosen.values(), start=1)]
    return pd.DataFrame(rows, columns=["cluster", "rank", "verbatim_id"])
