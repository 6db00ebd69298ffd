"""Lemmas → clusters by TF-IDF of content words and pairs, reduced (SVD) then grouped (KMeans)."""

from collections.abc import Callable, Collection
from functools import partial
from math import ceil, isqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from verbatims.clustering import portrait
from verbatims.clustering.choice import Choice, kmeans, propose
from verbatims.clustering.terms import Terms, count
from verbatims.frames import CLUSTER_WORDS, CLUSTERS, UNCLUSTERED
from verbatims.language import _, decimal, lasting, ngettext, number
from verbatims.model import Clustering

NAME = "tfidf"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SEED = 0
_TOO_FEW, _FEW = 10, 100  # verbatims: below, no classes; below, classes only to explore
_SMALLEST, _SMALLEST_SHARE = 3, 0.03  # what a class must hold
_UNSURE = 0.2  # gain on chance under which classes are mere leads
_MOST_TERMS = 20_000

# Bounds on time: classes are found on a sample, and the other verbatims join the nearest. How
# many there are varies from one small sample to the next, so a few are averaged.
_SAMPLE, _SAMPLE_FOR_K, _SAMPLES_FOR_K = 20_000, 1_500, 3


def cluster(
    lemmas: pd.DataFrame,
    *,
    k: int | None = None,
    stop: Collection[str] = (),
    kept: Collection[str] = (),
) -> Clustering:
    """Group the verbatims by the words they share; those that share none are UNCLUSTERED."""
    terms = count(lemmas, stop=stop, kept=kept)
    weights = _tfidf(terms)
    rows = np.flatnonzero(np.diff(weights.indptr))
    if len(rows) < _TOO_FEW or weights.shape[1] < 2:
        return _refused(terms, partial(_too_few, len(rows)))
    with threadpool_limits(1):  # with the number of threads, sums and so classes would change
        vectors = _reduced(weights[rows])
        choice = _choice(vectors, k)
        smallest = _smallest(len(rows)) if k is None else _SMALLEST
        groups, distance = _groups(vectors, choice.k, smallest)
    if np.unique(groups).size == 1:
        return _refused(terms, partial(_all_alike, smallest))
    clusters = portrait.numbered(groups, terms.ids[rows])
    words, ids = terms.words[rows], terms.ids[rows]
    everyone = np.full(len(terms.ids), UNCLUSTERED)
    everyone[rows] = clusters
    return Clustering(
        method=NAME,
        clusters=CLUSTERS.check(pd.DataFrame({"verbatim_id": terms.ids, "cluster": everyone})),
        words=portrait.words(words, terms.labels, clusters),
        typical=portrait.typical(words, ids, clusters, distance),
        note=lasting(partial(_note, choice, everyone, smallest, asked=k)),
    )


def _tfidf(terms: Terms) -> csr_matrix:
    """The weights of the terms found in two verbatims or more, the commonest if they are many."""
    counts = hstack([terms.words, terms.pairs]).tocsr()
    if not counts.nnz:
        return csr_matrix(counts)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    commonest = np.lexsort((np.arange(len(frequency)), -frequency))[:_MOST_TERMS]
    kept = np.sort(commonest[frequency[commonest] > 1])
    counts = counts[:, kept]
    if not len(kept):
        return csr_matrix(counts)
    counts.data = 1 + np.log(counts.data)
    rarity = 1 + np.log((1 + counts.shape[0]) / (1 + frequency[kept]))
    return csr_matrix(normalize(counts @ diags(rarity)))


def _reduced(weights: csr_matrix) -> Floats:
    """Few dimensions for few verbatims: with more, most of them fall into one large class."""
    n, terms = weights.shape
    dimensions = min(max(10, min(n // 30, 50)), terms - 1, n - 1)
    with np.errstate(invalid="ignore", divide="ignore"):  # texts all alike have no variance
        svd = TruncatedSVD(dimensions, random_state=_SEED).fit(weights[_sample(n, _SAMPLE)])
    return np.asarray(normalize(svd.transform(weights)))


def _choice(vectors: Floats, k: int | None) -> Choice:
    """The number asked for, or the best of a few, with its stability.

    Two classes are never proposed: they are nearly always stable, and say nothing.
    """
    n = len(vectors)
    most = min(6 if n < _FEW else 12, isqrt(n))
    seeds = range(_SEED, _SEED + (_SAMPLES_FOR_K if n > _SAMPLE_FOR_K else 1))
    samples = [vectors[_sample(n, _SAMPLE_FOR_K, seed=seed)] for seed in seeds]
    numbers = range(3, most + 1) if k is None else [min(k, n // _SMALLEST)]
    return propose(samples, numbers, smallest=_smallest(len(samples[0])), seed=_SEED)


def _groups(vectors: Floats, k: int, smallest: int) -> tuple[Ints, Floats]:
    """The group of each verbatim and how far it is from the middle; small groups are broken up."""
    centres = kmeans(vectors[_sample(len(vectors), _SAMPLE)], k, seed=_SEED).cluster_centers_
    while True:
        squares = 1 + (centres**2).sum(axis=1) - 2 * vectors @ centres.T
        groups = squares.argmin(axis=1)
        sizes = np.bincount(groups, minlength=len(centres))
        if len(centres) == 1 or sizes.min() >= smallest:
            return groups, np.asarray(squares.min(axis=1))
        centres = np.delete(centres, sizes.argmin(), axis=0)


def _sample(n: int, size: int, *, seed: int = _SEED) -> Ints:
    """All rows if they are few, else some of them drawn once and for all."""
    if n <= size:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size, replace=False))


def _smallest(n: int) -> int:
    return max(_SMALLEST, ceil(_SMALLEST_SHARE * n))


def _refused(terms: Terms, why: Callable[[], str]) -> Clustering:
    everyone = {"verbatim_id": terms.ids, "cluster": UNCLUSTERED}
    return Clustering(
        method=NAME,
        clusters=CLUSTERS.check(pd.DataFrame(everyone)),
        words=CLUSTER_WORDS.empty(),
        typical=pd.DataFrame(columns=["cluster", "rank", "verbatim_id"]),
        note=lasting(lambda: _("Pas de classes : {why}.", why=why())),
    )


def _too_few(n: int) -> str:
    return ngettext(
        "{n} verbatim seulement partage des mots pleins, il en faut au moins {least} et plus d'un "
        "mot commun",
        "{n} verbatims seulement partagent des mots pleins, il en faut au moins {least} et plus "
        "d'un mot commun",
        n,
        least=_TOO_FEW,
    )


def _all_alike(smallest: int) -> str:
    return _("aucun groupe d'au moins {n} verbatims ne se distingue des autres", n=smallest)


def _note(choice: Choice, clusters: Ints, smallest: int, *, asked: int | None) -> str:
    placed = clusters[clusters != UNCLUSTERED]
    k, left = len(np.unique(placed)), len(clusters) - len(placed)
    said = [_wanted(choice, asked), _stability(choice, len(placed))]
    if k < choice.k:
        said.append(
            _(
                "Il en reste {k} : celles de moins de {smallest} verbatims ont été réparties, "
                "et l'accord ci-dessus est d'avant.",
                k=k,
                smallest=smallest,
            )
        )
    if choice.gain <= 0:
        said.append(_("Ce n'est pas mieux que le hasard : n'en concluez rien."))
    elif choice.gain < _UNSURE:
        said.append(_("C'est à peine mieux que le hasard : à lire comme des pistes."))
    if len(placed) < _FEW:
        said.append(_("Exploratoire : moins de {n} verbatims classés.", n=_FEW))
    if len(placed) > _SAMPLE:
        said.append(
            _(
                "Trouvées sur {n} verbatims tirés au hasard, que les autres rejoignent.",
                n=number(_SAMPLE),
            )
        )
    if left:
        said.append(_("Non classés, faute de mots partagés : {n}.", n=left))
    return " ".join(said)


def _wanted(choice: Choice, asked: int | None) -> str:
    if asked is None:
        return _("{k} classes proposées.", k=choice.k)
    if asked > choice.k:
        return _(
            "{asked} classes demandées, ramenées à {k} (au moins {least} verbatims par classe).",
            asked=asked,
            k=choice.k,
            least=_SMALLEST,
        )
    return _("{k} classes demandées.", k=choice.k)


def _stability(choice: Choice, n: int) -> str:
    figures = {"stability": decimal(choice.stability, 2), "chance": decimal(choice.chance, 2)}
    if n <= _SAMPLE_FOR_K:
        return _(
            "Elles se retrouvent dans des tirages de 80 % avec un accord de {stability}, contre "
            "{chance} pour des données mélangées.",
            **figures,
        )
    return _(
        "Elles se retrouvent dans des tirages de 80 % avec un accord de {stability}, contre "
        "{chance} pour des données mélangées (mesuré sur {times} échantillons de {n} verbatims).",
        **figures,
        times=_SAMPLES_FOR_K,
        n=number(_SAMPLE_FOR_K),
    )
