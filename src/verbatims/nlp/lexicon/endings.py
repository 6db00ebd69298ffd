"""Words that no lexicon has → a lemma after the words that end like them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

_SHORTEST = 2  # letters of a lemma that a rule may leave


@dataclass(frozen=True)
class Endings:
    """For a part of speech and an ending, how many letters to cut and which to add."""

    rules: Mapping[tuple[str, str], tuple[int, str]]

    @classmethod
    def of(cls, table: pa.Table) -> "Endings":
        pos, ending, cut, added = (table[name].to_pylist() for name in table.column_names)
        rules = zip(zip(pos, ending, strict=True), zip(cut, added, strict=True), strict=True)
        return cls(dict(rules))

    def lemma(self, word: str, pos: str) -> str:
        """After the longest ending that has a rule; the word itself when none has."""
        if word.isalpha():
            for start in range(len(word)):
                rule = self.rules.get((pos, word[start:]))
                if rule is not None:
                    cut, added = rule
                    kept = word[: len(word) - cut] + added
                    return kept if len(kept) >= _SHORTEST else word
        return word
