"""Vectors of verbatims → how many groups they fall into, and how far that can be trusted."""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PART = 0.8
_DRAWS, _SHUFFLES, _DRAWS_EACH = 10, 3, 4
_STARTS = 3


@dataclass(frozen=True)
class Choice:
    """A number of groups; how well they come back in random parts, and shuffled data's do."""

    k: int
    stability: float
    chance: float

    @property
    def gain(self) -> float:
        """What is gained on chance, as a part of what could be: 1 when all come back alike."""
        return (self.stability - self.chance) / max(1 - self.chance, 1e-9)


def propose(
    samples: Sequence[Floats], numbers: Iterable[int], *, smallest: float, seed: int
) -> Choice:
    """The number of groups that gains most on chance, if it leaves none under `smallest`.

    What is measured is the mean over the samples. Silhouettes are no guide here: on reduced
    vectors they grow with k whatever the texts.
    """
    shuffled = [_shuffles(sample, ceil(_SHUFFLES / len(samples)), seed) for sample in samples]
    draws = ceil(_DRAWS / len(samples))
    ranked = []
    for k in numbers:
        groups = [kmeans(sample, k, seed=seed).labels_ for sample in samples]
        stability = [
            _stability(sample, labels, k, draws)
            for sample, labels in zip(samples, groups, strict=True)
        ]
        chance = [
            _stability(other, kmeans(other, k, seed=seed, starts=_STARTS).labels_, k, _DRAWS_EACH)
            for others in shuffled
            for other in others
        ]
        choice = Choice(k, float(np.mean(stability)), float(np.mean(chance)))
        sizes = [np.bincount(labels, minlength=k).min() for labels in groups]
        ranked.append((bool(np.mean(sizes) >= smallest), round(choice.gain, 2), -k, choice))
    return max(ranked, key=lambda candidate: candidate[:3])[-1]


def kmeans(vectors: Floats, k: int, *, seed: int, starts: int = 10) -> KMeans:
    with warnings.catch_warnings():
        # Many answers are alike: fewer distinct ones than groups is no fault here.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return KMeans(k, n_init=starts, random_state=seed).fit(vectors)


def _shuffles(vectors: Floats, times: int, seed: int) -> list[Floats]:
    return [_shuffled(vectors, seed + number) for number in range(times)]


def _shuffled(vectors: Floats, seed: int) -> Floats:
    """The same columns, each in another order: what is left when nothing goes together."""
    generator = np.random.default_rng(seed)
    columns = [generator.permutation(column) for column in vectors.T]
    return np.asarray(normalize(np.column_stack(columns)))


def _stability(vectors: Floats, groups: Ints, k: int, draws: int) -> float:
    """Mean adjusted Rand index between the groups and those found again in parts of the data."""
    found = []
    for draw in range(draws):
        generator = np.random.default_rng(draw)
        part = generator.choice(len(vectors), int(_PART * len(vectors)), replace=False)
        again = kmeans(vectors[part], k, seed=draw, starts=_STARTS).labels_
        found.append(adjusted_rand_score(groups[part], again))
    return float(np.mean(found))
