"""Many strings found at once among half a million, in little memory."""

import unicodedata
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Fowler, Noll and Vo's hash, whose steps numpy can take for all strings at once.
_BASIS, _PRIME = 14695981039346656037, 1099511628211
_BITS = 2**64 - 1
_FEW = 50  # strings up to which numpy takes longer than Python


def normal(word: str) -> str:
    """A word as the lexicon writes it: « L’Été » → "l'été"."""
    word = word.lower().replace("’", "'")
    return word if word.isascii() else unicodedata.normalize("NFC", word)


class Index:
    """Distinct strings in a given order, and where each is."""

    def __init__(self, strings: pa.StringArray) -> None:
        self.strings = strings
        hashes = _hashes(strings)
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]

    def rows(self, words: Sequence[str] | pa.StringArray) -> Ints:
        """The row of each word, -1 when it is not there."""
        if not len(words) or not len(self.strings):
            return np.full(len(words), -1)
        if len(words) <= _FEW:
            return self._few_rows([str(word) for word in words])
        wanted = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
        rows = self._likely(_hashes(wanted))
        same = pc.equal(self.strings.take(pa.array(rows)), wanted)
        return np.where(same.to_numpy(zero_copy_only=False), rows, -1)

    def _few_rows(self, words: Sequence[str]) -> Ints:
        likely = self._likely(np.array(list(map(_hash, words)), dtype=np.uint64)).tolist()
        pairs = zip(likely, words, strict=True)
        found = [row if self.strings[row].as_py() == word else -1 for row, word in pairs]
        return np.array(found, dtype=np.int64)

    def _likely(self, hashes: NDArray[np.uint64]) -> Ints:
        """The only row where the string of each hash may be."""
        place = np.minimum(np.searchsorted(self._hashes, hashes), len(self._order) - 1)
        return self._order[place].astype(np.int64)

    def rows_of(self, other: "Index") -> Ints:
        """The row of each string of another index, -1 when it is not there."""
        place = np.searchsorted(self._hashes, other._hashes)
        place = np.minimum(place, len(self._order) - 1)
        rows = np.empty(len(other._order), dtype=np.int64)
        rows[other._order] = np.where(self._hashes[place] == other._hashes, self._order[place], -1)
        return rows


_LONGEST = 100  # bytes that count: two strings that differ only further on are compared in full


def _hashes(strings: pa.StringArray) -> NDArray[np.uint64]:
    """A number for each string, from a byte of each at a time."""
    offsets = np.frombuffer(strings.buffers()[1], np.int32)
    offsets = offsets[strings.offset : strings.offset + len(strings) + 1]
    letters = np.frombuffer(strings.buffers()[2] or b"", np.uint8)
    start, lengths = offsets[:-1], np.diff(offsets)
    hashes = np.full(len(strings), _BASIS, dtype=np.uint64)
    left = np.arange(len(strings), dtype=np.int32)
    for place in range(min(int(lengths.max(initial=0)), _LONGEST)):
        left = left[lengths[left] > place]
        hashes[left] = (hashes[left] ^ letters[start[left] + place]) * np.uint64(_PRIME)
    return hashes


def _hash(string: str) -> int:
    number = _BASIS
    for letter in string.encode()[:_LONGEST]:
        number = (number ^ letter) * _PRIME & _BITS
    return number
