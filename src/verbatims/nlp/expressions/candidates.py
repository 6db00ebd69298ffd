"""Lemmas → the expressions that an analyst may want held together."""

import re
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from verbatims.content import content
from verbatims.measures.association import log_likelihood
from verbatims.nlp.expressions.spellings import ARTICLES, TO, loose
from verbatims.nlp.expressions.text import Flags, Ints, Strings, Text

_LONGEST = 4  # content words
_FEWEST, _ONE_IN = 3, 2000  # verbatims
_SURE = 10.83  # G² that chance gives once in a thousand
_PARTICIPLE = re.compile(r"\w+ée?s?")
_LOOSE, _IN, _AND, _APART = range(4)  # what stands between two content words

_MOST = 0.5  # of the uses of a row, from which the longer one that holds it stands for it
_RARELY = 0.2  # a writing that is so much less frequent is a slip

Gram = tuple[int, int]  # how many words, and its number among the rows of as many


def propose(
    lemmas: pd.DataFrame,
    *,
    refused: Collection[str] = (),
    held: Collection[str] = (),
    limit: int = 200,
) -> pd.DataFrame:
    """expression, n, verbatims, score: the candidates, the most strongly associated first.

    Two to four content words around a noun, in a row or with small words between them, in at least
    three verbatims and one in 2,000. The score is G² (Dunning 1993) of the two words, all content
    words being the total; of a longer row, the smallest G² over the ways to cut it in two, for it
    is no more of a whole than where it holds least. Of a row and the longer one that holds it,
    the longer stays if it makes up most of its uses. Neither the refused nor the held are given.
    """
    text = Text(lemmas)
    rows = _Rows(text)
    score = _scores(rows)
    best = sorted(_not_nested(rows, score), key=lambda gram: (-score[gram], gram))
    ruled = {loose(expression) for expression in (*refused, *held)}
    found: dict[tuple[str, ...], tuple[str, int, int, float]] = {}
    for gram in best[: 2 * limit + len(ruled)]:
        size, number = gram
        start = rows.starts(gram)
        name = _usual_writing(text, rows.place[start], rows.place[start + size - 1])
        verbatims = int(rows.verbatims[size][number])
        if loose(name) not in ruled:
            found.setdefault(loose(name), (name, len(start), verbatims, score[gram]))
    table = pd.DataFrame(found.values(), columns=["expression", "n", "verbatims", "score"])
    table = table.astype({"n": "int64", "verbatims": "int64", "score": "float64"})
    return table.sort_values(
        ["score", "expression"], ascending=[False, True], ignore_index=True
    ).head(limit)


class _Rows:
    """Content words in a row: `number[size]` is that of the row that begins at each, or -1.

    `place` is where each content word is in LEMMAS; `count`, `verbatims` and `example` (where it
    begins, once) are those of each number.
    """

    def __init__(self, text: Text) -> None:
        named = text.lemmas[["lemma", "pos"]].reset_index(drop=True)
        meant = np.zeros(len(named), dtype=bool)
        meant[content(named).index] = True
        at = np.flatnonzero(meant[text.row])
        self.place, self.owner = text.row[at], text.owner[at]
        self.pos = text.lemmas["pos"].astype(object).to_numpy()[self.place]
        self.noun = np.isin(self.pos, ("NOUN", "PROPN"))
        self.linked = _linked(text, at, self.pos)
        words = np.unique(text.lemma_keys, return_inverse=True)[1][text.lemma[self.place]]
        self.least = max(_FEWEST, -(-len(np.unique(text.owner)) // _ONE_IN))
        self.number, self.count = {1: words}, {1: np.bincount(words)}
        self.verbatims: dict[int, Ints] = {}
        self.example: dict[int, Ints] = {}
        for size in range(2, _LONGEST + 1):
            self._add(size)

    def _add(self, size: int) -> None:
        """The rows of `size` words that enough verbatims hold; so do the rows they hold."""
        before = self.number[size - 1]
        at = np.flatnonzero((self.linked != _APART) & (before[:-1] >= 0) & (before[1:] >= 0))
        left = before[at] * _APART + self.linked[at]
        codes = pd.factorize(left * (before.max(initial=0) + 1) + before[at + 1])[0]
        uses = pd.DataFrame({"code": codes, "owner": self.owner[at]})
        verbatims = np.bincount(uses.drop_duplicates()["code"])
        often = verbatims >= self.least
        number = np.full(len(before), -1, dtype=np.int64)
        number[at] = np.where(often, np.cumsum(often) - 1, -1)[codes]
        begun = np.flatnonzero(number >= 0)
        self.number[size], self.verbatims[size] = number, verbatims[often]
        self.count[size] = np.bincount(number[begun])
        self.example[size] = begun[np.unique(number[begun], return_index=True)[1]]

    def starts(self, gram: Gram) -> Ints:
        return np.flatnonzero(self.number[gram[0]] == gram[1])

    def parts(self, gram: Gram) -> Iterator[Gram]:
        """The shorter rows of two words or more that it holds."""
        size, start = gram[0], self.example[gram[0]][gram[1]]
        for shorter in range(2, size):
            for offset in range(size - shorter + 1):
                yield shorter, int(self.number[shorter][start + offset])

    def with_noun(self, size: int) -> Flags:
        """Which rows of `size` words have a noun or a name in most of their uses."""
        begun = np.flatnonzero(self.number[size] >= 0)
        nouns = np.any([self.noun[begun + offset] for offset in range(size)], axis=0)
        return np.bincount(self.number[size][begun], nouns) > self.count[size] / 2


def _linked(text: Text, at: Ints, pos: Strings) -> Ints:
    """What stands between each content word and the next, given where they are in `text.row`."""
    to, article = text.small(TO), text.small(ARTICLES)
    within, both = text.small({"en"}), text.small({"et"})
    here, after = at[:-1], at[1:]
    gap = after - here - 1
    one, two = here + (gap > 0), here + 2 * (gap > 1)
    noun, named = np.isin(pos, ("NOUN", "PROPN")), np.isin(pos, ("NOUN", "PROPN", "ADJ"))
    participle = _participles(text, at) & (pos == "VERB")
    free = (gap == 0) & named[:-1] & (named[1:] | (participle[1:] & noun[:-1]))
    bound = ((gap == 1) | ((gap == 2) & article[two])) & to[one] & noun[:-1] & noun[1:]
    links = np.select(
        [
            text.owner[here] != text.owner[after],
            free | bound,
            (gap == 1) & within[one] & noun[:-1] & named[1:],
            (gap == 1) & both[one] & named[:-1] & (pos[:-1] == pos[1:]),
        ],
        [_APART, _LOOSE, _IN, _AND],
        _APART,
    )
    return np.asarray(links, dtype=np.int64)


def _participles(text: Text, at: Ints) -> Flags:
    """« Agriculture raisonnée »: a verb that stands as an adjective."""
    forms = [_PARTICIPLE.fullmatch(form.lower()) is not None for form in text.forms]
    return np.array(forms, dtype=bool)[text.form[text.row[at]]]


def _scores(rows: _Rows) -> dict[Gram, float]:
    """G² of the rows that hold together more than by chance, wherever they are cut."""
    scores: dict[Gram, float] = {}
    total = len(rows.place)
    for size in range(2, _LONGEST + 1):
        start, observed = rows.example[size], rows.count[size]
        least = np.where(rows.with_noun(size), np.inf, -np.inf)
        for cut in range(1, size):
            left = rows.count[cut][rows.number[cut][start]]
            right = rows.count[size - cut][rows.number[size - cut][start + cut]]
            score = log_likelihood(observed, left, right, total)
            attracted = observed * total > left * right
            least = np.minimum(least, np.where(attracted, score, -np.inf))
        found = np.flatnonzero(least > _SURE).tolist()
        scores |= {(size, number): float(least[number]) for number in found}
    return scores


def _not_nested(rows: _Rows, scores: Collection[Gram]) -> list[Gram]:
    """Of « effet de serre » and « gaz à effet de serre », that which stands for most uses."""
    often = {gram: int(rows.count[gram[0]][gram[1]]) for gram in scores}
    gone = set[Gram]()
    for gram in scores:
        parts = [part for part in rows.parts(gram) if part in often]
        outlived = [part for part in parts if often[gram] >= _MOST * often[part]]
        gone |= {*outlived, *([gram] if len(outlived) < len(parts) else [])}
    return [gram for gram in scores if gram not in gone]


def _usual_writing(text: Text, first: Ints, last: Ints) -> str:
    """The most frequent, with the fewest capitals: many only begin a sentence."""
    number, written = text.writings(first, last)
    often = dict(zip(written, np.bincount(number).tolist(), strict=True))
    best = min(often, key=lambda name: (-often[name], name))
    alike = [name for name in often if name.casefold() == best.casefold()]
    usual = [name for name in alike if often[name] >= _RARELY * often[best]]
    return min(usual, key=lambda name: (sum(map(str.isupper, name)), -often[name], name))
