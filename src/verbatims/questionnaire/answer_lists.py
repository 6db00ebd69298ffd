"""Answers joined in one cell (« A;B ») → their separator, and the answers by decreasing count."""

from collections import Counter
from dataclasses import dataclass

from verbatims.folding import squeeze
from verbatims.questionnaire.described import Described

# Signs that hardly occur inside an answer come first; the others need more proof.
SURE = ("\r\n", "\n", "\r", "|", ";")
_UNSURE = (" / ", "/", ", ", ",")
_MOST = {True: 100, False: 40}  # answers, by whether the separator is a sure one
_LONGEST = 200


@dataclass(frozen=True)
class AnswerList:
    """What separates the answers of a cell, and each answer with its count."""

    separator: str
    times: dict[str, int]

    @property
    def answers(self) -> list[str]:
        """Codes in their order; other answers from the most to the least frequent."""
        if all(answer.isdecimal() for answer in self.times):
            return sorted(self.times, key=lambda answer: (int(answer), answer))
        return sorted(self.times, key=lambda answer: (-self.times[answer], answer))


def find(column: Described) -> AnswerList | None:
    """The first separator whose parts come back from one cell to another."""
    if column.numbers and not _looks_like_codes(column):
        return None
    for separator in (*SURE, *_UNSURE):
        times = _parts(column, separator)
        if times and _recurring(times, column, separator):
            return AnswerList(separator, dict(times))
    return None


def split(cell: str, separator: str) -> list[str]:
    """The answers of a cell, spaces trimmed, without the empty ones."""
    return [part for part in map(squeeze, cell.split(separator)) if part]


def _parts(column: Described, separator: str) -> Counter[str]:
    """How often each part occurs; nothing when too few cells are lists, or one repeats a part."""
    times: Counter[str] = Counter()
    lists = 0
    for value in column.sample:
        parts = split(value, separator)
        if len(set(parts)) < len(parts):
            return Counter()
        lists += len(parts) > 1
        for part in parts:
            times[part] += column.counts[value]
    return times if lists >= 2 else Counter()


def _recurring(times: Counter[str], column: Described, separator: str) -> bool:
    if not 2 <= len(times) <= _MOST[separator in SURE] or max(map(len, times)) > _LONGEST:
        return False
    if separator not in SURE and column.distinct <= len(times):
        return False  # « Oui, en bon état » and its like: the comma is inside the answers
    once = sum(count == 1 for count in times.values())
    return times.total() >= 2.5 * len(times) and once <= 0.3 * len(times)


def _looks_like_codes(column: Described) -> bool:
    """« 1,3 » may be a decimal, or the codes 1 then 3: always rising, it is more likely codes."""
    pairs = [value.split(",") for value in column.sample if "," in value]
    return len(pairs) >= 3 and all(
        right.isdecimal() and left.isdecimal() and int(left) < int(right) <= 30
        for left, right in pairs
    )
