"""Words French does not have → the words that were meant, from what is frequent and near.

A noisy channel (Kernighan, Church and Gale, 1990), in decimal logarithms: a word is read as
another when writing that one wrongly in this way is likelier than a word nobody has heard of.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from verbatims.folding import fold, fold_words
from verbatims.nlp.lexicon import lexicon
from verbatims.nlp.repair import slips

_SHORTEST, _SHORTEST_FAR, _LONGEST = 4, 8, 40  # letters: for one slip, for two, at all
_AT_ONCE = 500  # words compared at a time: bounds the memory
_STRETCHED = re.compile(r"(.)\1{2,}")  # « troooop »
_END = "\n"

_CORPUS = 100_000  # French counts as much as a corpus of so many words
_FREQUENT = 5  # met so often, an unknown word is one of the corpus's own …
_OUTNUMBERED = 10  # … unless what it may stand for is met so many times more

# How often per million words something unheard of is a word after all; less when it is long.
_UNHEARD, _UNHEARD_SHORT, _UNHEARD_COMPOUND = 2e-4, {4: 0.2, 5: 5e-3, 6: 5e-4}, 0.05
_OF_CODEBOOK, _SETTLED = 1.0, 1.0  # per million words
_NEVER = 1e-9
_PREFIXES = (
    "aero agro anti archi audio auto avant bi bio cardio co contre cyber de demi des e eco electro "
    "entre ex extra geo hydro hyper hypo in infra inter intra macro mega meta micro mini mono moto "
    "multi nano neo neuro non para per peri photo pluri poly post pre pro proto pseudo psycho re "
    "retro semi socio sous sub super supra sur syn techno tele thermo trans tri turbo ultra uni "
    "velo vice video"
)
_SUFFIX = re.compile("(.+)(?:able|age|ant|ante|ation|ement|eur|euse)s?").fullmatch
_LONGEST_PREFIX, _SHORTEST_BASE = 7, 5
_USUAL = 0.5  # per million words: the base of a compound

_CHEAPEST = np.array([0.0, slips.DOUBLED, 2 * slips.DOUBLED])  # by distance
_SECOND = 0.7  # more for two slips in one word than for one in each of two
_TRUST = 0.6  # between two words that may be meant, the part of frequency beside the slips

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Typos:
    """What the unknown words of a corpus stand for."""

    def __init__(self, counts: Mapping[str, int], protected: Collection[str] = ()) -> None:
        self._counts = counts
        self._total = sum(counts.values())
        self._codebook = frozenset(word.lower() for word in protected)
        self._kept = {base for key in fold_words(list(protected)) for base in _bases(key)}

    def meant(self, words: Iterable[str]) -> dict[str, str]:
        """For those of these unknown words, in lower case, that stand for another, that other."""
        asked = sorted(word for word in set(words) if _SHORTEST <= len(word) <= _LONGEST)
        if not asked:
            return {}
        keys = [_STRETCHED.sub(r"\1\1", key) for key in fold_words(asked)]
        long = [len(key) >= _SHORTEST for key in keys]  # « aaaaa » is no word
        asked, keys = list(compress(asked, long)), list(compress(keys, long))
        if not asked:
            return {}
        least, fixed = self._least(asked, keys), self._fixed(asked, keys)
        french = _french()
        best: dict[str, tuple[float, str]] = {}
        for targets in (french, self._others()):
            weights = self._weights(targets)
            for number, row, distance in targets.near(keys, weights, least):
                word, other = asked[number], targets.words[row].as_py()
                firm = not distance and (targets is french or other in self._codebook)
                if word == other or (distance and fixed[number]):
                    continue
                cost = slips.cost(keys[number], targets.keys[row].as_py())
                cost += slips.accents(word, other) + _SECOND * (distance > 1)
                if weights[row] - least[number] > cost and (firm or self._outnumbers(other, word)):
                    rank = (_TRUST * float(weights[row]) - cost, other)
                    best[word] = max(best.get(word, rank), rank)
        return {word: other for word, (_, other) in best.items()}

    def _outnumbers(self, other: str, word: str) -> bool:
        count, times = self._counts.get(word, 0), self._counts.get(other, 0)
        return count < _FREQUENT or times >= _OUTNUMBERED * count

    def _fixed(self, words: Sequence[str], keys: Sequence[str]) -> list[bool]:
        """Whether each may lack accents, but no letter: of the codebook, or usual in French."""
        usual = lexicon().frequency(words) >= _SETTLED
        return [
            bool(is_usual) or word.endswith("qu") or not self._kept.isdisjoint(_bases(key))
            for word, key, is_usual in zip(words, keys, usual, strict=True)
        ]

    def _least(self, words: Sequence[str], keys: Sequence[str]) -> Floats:
        """How often each may be a word of its own, per million words: the logarithm."""
        unheard = [
            _UNHEARD_COMPOUND if compound else _UNHEARD_SHORT.get(len(key), _UNHEARD)
            for key, compound in zip(keys, _compounds(keys), strict=True)
        ]
        times = [min(max(self._counts.get(word, 1), 1), _FREQUENT) for word in words]
        return np.log10(np.maximum(lexicon().frequency(words), unheard) * times)

    def _weights(self, targets: "_Targets") -> Floats:
        """How often each target is met, in French and in the corpus: the logarithm."""
        own = np.zeros(len(targets.words))
        rows = pc.index_in(pa.array(list(self._counts), pa.string()), targets.words)
        met = rows.is_valid().to_numpy(zero_copy_only=False)
        own[rows.drop_null().to_numpy()] = np.array(list(self._counts.values()), float)[met]
        per_million = (_CORPUS * targets.frequencies + 1e6 * own) / (_CORPUS + self._total)
        return np.log10(per_million + _NEVER)

    def _others(self) -> "_Targets":
        """The codebook's words and the corpus's own that French does not have, or hardly."""
        often = [word for word, count in self._counts.items() if count >= _FREQUENT]
        keys = fold_words(often)
        spelt = {word for word, key in zip(often, keys, strict=True) if key not in self._kept}
        words = sorted(word for word in spelt | self._codebook if word.isalpha())
        heard = lexicon().frequency(words)
        new = np.flatnonzero(~lexicon().known(words) | (heard == 0))
        words, heard = [words[row] for row in new], heard[new]
        least = [_OF_CODEBOOK if word in self._codebook else 0.0 for word in words]
        return _targets(pa.array(words, pa.string()), np.maximum(heard, least))


@dataclass(frozen=True)
class _Targets:
    """Words by first letter and length, where those near to others are found.

    In Arrow they take a tenth of the memory that Python's own strings would.
    """

    words: pa.StringArray
    keys: pa.StringArray  # without accents
    frequencies: Floats  # per million words
    places: Ints  # the first letter and the length of each key, ascending

    def near(
        self, keys: Sequence[str], weights: Floats, least: Floats
    ) -> Iterator[tuple[int, int, int]]:
        """(number of the key, row of a word, distance) of the words one or two slips away.

        Only words so frequent that a slip may weigh less than `least`; the first letter is right,
        or in the place of the second.
        """
        alike: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            alike[key[0], len(key), 2 if len(key) >= _SHORTEST_FAR else 1].append(number)
            if key[1] != key[0]:
                alike[key[1], len(key), 1].append(number)
        for (letter, length, most), numbers in alike.items():
            first = np.searchsorted(self.places, _place(letter, length - most))
            last = np.searchsorted(self.places, _place(letter, length + most), "right")
            for start in range(0, len(numbers), _AT_ONCE):
                part = np.array(numbers[start : start + _AT_ONCE])
                rows = first + np.flatnonzero(weights[first:last] > least[part].min())
                asked = [keys[number] for number in part]
                choices = self.keys.take(pa.array(rows)).to_pylist()
                far = cdist(asked, choices, scorer=OSA.distance, score_cutoff=most, dtype="uint8")
                one, other = np.nonzero(far <= most)
                found = part[one], rows[other], far[one, other]
                kept = weights[found[1]] - least[found[0]] > _CHEAPEST[found[2]]
                yield from zip(*(column[kept].tolist() for column in found), strict=True)


@cache
def _french() -> _Targets:
    """The words of French that have been met."""
    known = lexicon()
    rows = np.flatnonzero(known.frequencies > 0)
    words = known.forms.take(pa.array(rows)).to_pylist()
    rows = rows[[len(word) > 2 and word.isalpha() for word in words]]
    return _targets(known.forms.take(pa.array(rows)), known.frequencies[rows].astype(float))


def _targets(words: pa.StringArray, frequencies: Floats) -> _Targets:
    keys = fold(_END.join(words.to_pylist())).split(_END) if len(words) else []
    places = np.array([_place(key[0], len(key)) for key in keys], dtype=np.int64)
    order = np.argsort(places, kind="stable")
    rows = pa.array(order)
    folded = pa.array(keys, pa.string()).take(rows)
    return _Targets(words.take(rows), folded, frequencies[order], places[order])


def _place(letter: str, length: int) -> int:
    return ord(letter) << 8 | min(length, 255)


def _bases(key: str) -> tuple[str, str, str]:
    """What a word has in common with its other number and gender."""
    singular = key.rstrip("sx")
    return key, singular, singular.removesuffix("e")


def _compounds(keys: Sequence[str]) -> list[bool]:
    """Whether each is a usual word with a prefix or an ending: « coconstruire », « triable »."""
    prefixes = frozenset(_PREFIXES.split())
    bases = [
        (number, key[length:])
        for number, key in enumerate(keys)
        for length in range(1, min(_LONGEST_PREFIX, len(key) - _SHORTEST_BASE) + 1)
        if key[:length] in prefixes
    ]
    bases += [(number, f"{end[1]}er") for number, key in enumerate(keys) if (end := _SUFFIX(key))]
    usual = _french().keys.filter(pa.array(_french().frequencies >= _USUAL))
    known = pc.is_in(pa.array([base for _, base in bases], pa.string()), usual).to_pylist()
    found = {number for (number, _), is_known in zip(bases, known, strict=True) if is_known}
    return [number in found for number in range(len(keys))]
