"""Validated answers → terms to add: each finds what the theme's other terms do not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from verbatims.folding import fold_word
from verbatims.measures.intervals import wilson
from verbatims.model import Codebook, Theme
from verbatims.tagging.mining import mine
from verbatims.tagging.proposals.candidates import candidates
from verbatims.tagging.proposals.present import CONFIDENCE, EXAMPLES
from verbatims.tagging.proposals.standing import Flags, Rule, rules_of

Floats = NDArray[np.float64]

PRECISION = 0.5  # of a term worth proposing, smoothed as in mining
_POOL = 60  # how many candidates of a theme are looked at closely

LABEL, ANSWERS = "label", "answers"  # where a term to add comes from

_WHAT, _WORTH = (
    ("theme", "term", "kind", "origin"),
    ("n", "hits", "precision", "low", "high", "chi2"),
)
COLUMNS = (*_WHAT, *_WORTH, "adds", "examples")


@dataclass(frozen=True)
class Ground:
    """What proposals stand on; rows of `found` and `labels` are the `ids`.

    `found` says which themes the present terms find; `labels` is NaN but where a theme was sought
    in an answer to learn from; `unread` are the answers that nobody validated; `refused` holds
    (theme, folded term) for the terms that should go.
    """

    lemmas: pd.DataFrame
    ids: pd.Index
    codebook: Codebook
    found: Flags
    labels: Floats
    unread: Flags
    refused: frozenset[tuple[str, str]]


def additions(ground: Ground, limit: int) -> pd.DataFrame:
    """At most `limit` terms per theme, in the order of the codebook, then as they were picked."""
    lesson = _Lesson.of(ground)
    rules = _pool(lesson, tuple(ground.codebook), ground.refused)
    if not rules:
        return pd.DataFrame(columns=list(COLUMNS))
    picked = _greedy(lesson, rules, limit)
    picked = picked.sort_values("theme", kind="stable", ignore_index=True)
    return _described(ground, picked, [rules[rule].rule for rule in picked["word"]])


@dataclass(frozen=True)
class _Lesson:
    """The answers to learn from, with the labels of what the present terms do not find there."""

    lemmas: pd.DataFrame
    ids: pd.Index
    left: Floats

    @classmethod
    def of(cls, ground: Ground) -> "_Lesson":
        rows = np.flatnonzero(~np.isnan(ground.labels).all(axis=1))
        ids = ground.ids[rows]
        lemmas = ground.lemmas[ground.lemmas["verbatim_id"].isin(ids)]
        return cls(lemmas, ids, np.where(ground.found, np.nan, ground.labels)[rows])


@dataclass(frozen=True)
class _Candidate:
    theme: int
    rule: Rule


def _pool(
    lesson: _Lesson, themes: Sequence[Theme], refused: frozenset[tuple[str, str]]
) -> list[_Candidate]:
    """For each theme, the terms that tell it best."""
    known = candidates(lesson.lemmas, lesson.ids)
    mined = mine(known.present, lesson.left)
    mined = mined[mined["precision"] >= PRECISION].groupby("theme").head(_POOL)
    terms = {number: known.term(number) for number in mined["word"].unique()}
    return [
        _Candidate(theme, (themes[theme], terms[word]))
        for theme, word in zip(mined["theme"], mined["word"], strict=True)
        if (themes[theme].id, fold_word(terms[word].written)) not in refused
    ]


def _greedy(lesson: _Lesson, pool: Sequence[_Candidate], limit: int) -> pd.DataFrame:
    """Each theme's best term, then the best on the answers that it leaves, and so on.

    What `mine` gives of each, `word` being its number in the pool.
    """
    stands = rules_of([candidate.rule for candidate in pool], lesson.lemmas, lesson.ids)
    sparse = csr_matrix(stands, dtype=float)
    owner = np.array([candidate.theme for candidate in pool])
    left = lesson.left.copy()
    picked = []
    for _ in range(limit):
        mined = mine(sparse, left)
        own = mined["theme"] == owner[mined["word"]]
        best = mined[own & (mined["precision"] >= PRECISION)].drop_duplicates("theme")
        picked.append(best)
        for theme, word in zip(best["theme"], best["word"], strict=True):
            left[stands[:, word], theme] = np.nan
    return pd.concat(picked, ignore_index=True)


def _described(ground: Ground, picked: pd.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """With the precision's interval, what the term would add, and where it may be read."""
    stands = rules_of(rules, ground.lemmas, ground.ids)
    found = ground.found.copy()
    adds, examples = [], []
    for number, theme in enumerate(picked["theme"]):
        new = stands[:, number] & ~found[:, theme]
        hits = new & (ground.labels[:, theme] == 1)
        found[:, theme] |= new
        adds.append(int((new & ground.unread).sum()))
        shown = np.concatenate([np.flatnonzero(new & ground.unread), np.flatnonzero(hits)])
        examples.append(tuple(ground.ids[shown[:EXAMPLES]]))
    low, high = wilson(picked["hits"], picked["n"], confidence=CONFIDENCE)
    described = picked.assign(
        theme=[theme.id for theme, _ in rules],
        term=[term.written for _, term in rules],
        kind=[term.kind for _, term in rules],
        origin=ANSWERS,
        precision=picked["hits"] / picked["n"],
        low=low,
        high=high,
        adds=adds,
        examples=pd.Series(examples, dtype=object),
    )
    return described[list(COLUMNS)]
