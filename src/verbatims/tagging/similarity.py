"""What a theme says of itself → how near each answer is: it needs no coded answer."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.model import Codebook, Theme
from verbatims.tagging.features import Features, unit
from verbatims.tagging.lexicon.labels import label_words

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_WORDS, _LETTERS, _MEANING = 6.0, 1.0, 2.0  # what each nearness weighs in the ranking
_NEAREST, _NEAR = 0.0, 1.0  # standard deviations above the mean, from which a theme is suggested
_SILENT = 0.01  # share of the answers under which the words of a name say nothing
_MOST_HITS = 3


@dataclass(frozen=True)
class Said:
    """The content words of themes: `weights` words × themes, `unknown` those no answer has."""

    weights: csr_matrix
    unknown: tuple[tuple[str, ...], ...]
    words: tuple[tuple[str, ...], ...]
    described: Flags  # whether there is more than a name

    @classmethod
    def of(cls, features: Features, codebook: Codebook) -> "Said":
        words = [label_words(" . ".join(_texts(theme))) for theme in codebook]
        numbers = [{word: features.number(word) for word in said} for said in words]
        known = [sorted({n for n in each.values() if n is not None}) for each in numbers]
        columns = np.repeat(np.arange(len(known)), list(map(len, known)))
        rows = np.array([number for each in known for number in each], dtype=np.intp)
        shape = features.counts.shape[1], len(words)
        return cls(
            csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape),
            tuple(tuple(word for word, n in each.items() if n is None) for each in numbers),
            tuple(words),
            np.array([len(_texts(theme)) > 1 for theme in codebook], dtype=bool),
        )


@dataclass(frozen=True)
class Similarity:
    """Answers × themes, each nearness in standard deviations above its theme's mean."""

    features: Features
    said: Said

    @classmethod
    def of(cls, features: Features, codebook: Codebook) -> "Similarity":
        return cls(features, Said.of(features, codebook))

    @cached_property
    def hits(self) -> Floats:
        """How many of the theme's words the answer holds, three at most."""
        held = (self.features.counts > 0).astype(np.float32) @ self.said.weights
        return np.asarray(np.minimum(held.toarray(), _MOST_HITS), dtype=np.float32)

    @cached_property
    def words(self) -> Floats:
        """TF-IDF cosine to the theme's words."""
        weights = self.said.weights.multiply(self.features.rarity[:, None]).toarray()
        return _standard(self.features.content @ unit(weights.T).T)

    @cached_property
    def letters(self) -> Floats:
        """Cosine of their n-grams of letters: « fiscal » is near « fiscalité »."""
        letters = self.features.letters
        said = np.zeros((len(letters.weights), len(self.said.words)), dtype=np.float32)
        for number, words in enumerate(self.said.words):
            said[:, number] = letters.of_words(words)
        return _standard(letters.scores(said, slice(None)))

    @cached_property
    def meaning(self) -> Floats:
        """Cosine of their mean vectors: names in another language may be near too."""
        return _standard(self.features.meaning @ self._meant.T)

    @cached_property
    def closeness(self) -> Floats:
        """How near each word is to each theme, words × themes."""
        return np.asarray(self.features.word_vectors @ self._meant.T, dtype=np.float32)

    @cached_property
    def _meant(self) -> Floats:
        """The mean vector of each theme's words."""
        summed = self.said.weights.T @ self.features.word_vectors
        for number, words in enumerate(self.said.unknown):
            if words and self.features.counts.nnz:  # else there is nothing to be near
                found = unit(self.features.vectors([word.lower() for word in words]))
                summed[number] += found.sum(axis=0)
        return self.features.meant(summed)

    @property
    def members(self) -> tuple[Floats, ...]:
        return self.words, self.letters, self.meaning, self.hits

    @cached_property
    def nearness(self) -> Floats:
        """All nearnesses together, in standard deviations."""
        total = _WORDS * self.words + _LETTERS * self.letters + _MEANING * self.meaning
        return np.asarray(total / (_WORDS + _LETTERS + _MEANING), dtype=np.float32)

    @cached_property
    def suggested(self) -> Flags:
        """The nearest theme from the mean up, others from one deviation up.

        A theme of which only the name is known: the answers that hold one of its words, unless
        hardly any does.
        """
        z = np.where(self.nearness.any(axis=0), self.nearness, -1)  # a theme may say nothing
        if not z.size:
            return np.zeros(z.shape, dtype=bool)
        nearest = z.argmax(axis=1)[:, None] == np.arange(z.shape[1])
        near = (z >= _NEAR) | (nearest & (z >= _NEAREST))
        held = self.hits > 0
        by_name = ~self.said.described & (held.mean(axis=0) >= _SILENT)
        return np.asarray(np.where(by_name, held, near), dtype=bool)

    @cached_property
    def scores(self) -> Floats:
        """Between 0 and 1, a half and above where the theme is suggested; not a probability."""
        share = 1 / (1 + np.exp(-self.nearness))
        return np.asarray((share + self.suggested) / 2, dtype=np.float32)


def _texts(theme: Theme) -> list[str]:
    texts = (theme.label, theme.definition, *theme.include, *theme.examples)
    return [text for text in texts if text.strip()]


def _standard(scores: NDArray[np.floating]) -> Floats:
    """Each column in standard deviations above its mean, zero where nothing varies."""
    if not len(scores):
        return np.zeros(scores.shape, dtype=np.float32)
    spread = scores.std(axis=0)
    gap = scores - scores.mean(axis=0)
    return np.asarray(gap / np.where(spread > 1e-9, spread, 1), dtype=np.float32)
