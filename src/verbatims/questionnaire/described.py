"""Raw column → what can be said of it: values, numbers, words."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from verbatims.questionnaire.scales import is_no_opinion

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_CODE_WITH_ZERO = re.compile(r"0\d+")
_DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([ T]\d{1,2}[:h]\d{2}.*)?"
)
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}(:\d{2})?")
_SPECIAL = (77, 88, 98, 99, 997, 998, 999, 9999, -1, -8, -9, -99)
_LOOKED_AT = 2_000  # distinct values: enough to know what a column is


@dataclass(frozen=True)
class Described:
    """A column: how many rows it has, and how often each value occurs (ends trimmed)."""

    header: str
    rows: int
    counts: dict[str, int]

    @cached_property
    def filled(self) -> int:
        return sum(self.counts.values())

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @cached_property
    def sample(self) -> list[str]:
        return list(self.counts)[:_LOOKED_AT]

    @cached_property
    def unique(self) -> bool:
        return self.filled == self.rows == self.distinct

    @cached_property
    def words(self) -> float:
        """The mean number of words of an answer."""
        total = sum(len(value.split()) * self.counts[value] for value in self.sample)
        return total / max(1, sum(self.counts[value] for value in self.sample))

    @cached_property
    def once(self) -> int:
        """How many values occur only once."""
        return sum(times == 1 for times in self.counts.values())

    def share_with(self, sign: str) -> float:
        """The share of the different values that hold a sign."""
        return sum(sign in value for value in self.sample) / max(1, len(self.sample))

    @cached_property
    def no_opinion(self) -> tuple[str, ...]:
        return tuple(value for value in self.sample if is_no_opinion(value))

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The number that each value stands for, apart from « NSP »; empty unless all are."""
        numbers = {}
        for value in self.counts:
            found = number(value)
            if found is not None and not _CODE_WITH_ZERO.fullmatch(value):
                numbers[value] = found
            elif not is_no_opinion(value):
                return {}
        return numbers

    @cached_property
    def special(self) -> tuple[str, ...]:
        """The numbers that stand apart and mean « no answer » or « don't know »: 99, 9, -1."""
        return special(self.numbers)

    @cached_property
    def dates(self) -> bool:
        return bool(self.sample) and all(
            _DATE.fullmatch(value) or _CLOCK.fullmatch(value) for value in self.sample
        )


def describe(column: pd.Series, header: str) -> Described:
    """Count the values of a column once their ends are trimmed, blanks apart."""
    counts: Counter[str] = Counter()
    for value, times in column.value_counts(sort=False).items():
        if trimmed := str(value).strip():
            counts[trimmed] += int(times)
    return Described(header, len(column), dict(counts))


def pooled(columns: list[Described]) -> Described:
    """The columns of a grid seen as one."""
    counts: Counter[str] = Counter()
    for column in columns:
        counts.update(column.counts)
    return Described(columns[0].header, sum(c.rows for c in columns), dict(counts))


def number(value: str) -> float | None:
    """The number written, with a point or a decimal comma."""
    return float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else None


def special(numbers: dict[str, float]) -> tuple[str, ...]:
    main = [found for found in numbers.values() if found not in _SPECIAL]
    if not main or max(main) > 20:
        return ()
    low, high = min(main), max(main)
    apart = [
        value
        for value, found in numbers.items()
        if found in _SPECIAL and (found > high or high >= 3)  # but -1, 0, 1 is a scale
    ]
    below = [found for found in main if found < high]
    if high in (8, 9) and below and max(below) <= high - 3 and max(below) > low:
        apart += [value for value, found in numbers.items() if found == high]
    return tuple(sorted(apart))
