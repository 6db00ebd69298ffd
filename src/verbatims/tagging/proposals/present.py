"""The terms in force → what each is worth on validated answers, and those that should go."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.measures.association import adjusted_residual
from verbatims.measures.intervals import wilson
from verbatims.measures.retrieval import precision
from verbatims.model import Codebook
from verbatims.tagging.lexicon.labels import sought
from verbatims.tagging.proposals.standing import rules_of

CONFIDENCE = 0.9
MET, RIGHT = 5, 0.5  # a term misleads when met so often and surely right less than that
EXAMPLES = 3


def in_force(codebook: Codebook) -> Codebook:
    """The codebook with its labels' words as terms of the themes that have none.

    Themes lose their labels, lest these words come back once all the terms are dropped.
    """
    themes = tuple(
        replace(theme, label="", terms=tuple(found.term for found in sought(theme)))
        for theme in codebook
    )
    return replace(codebook, themes=themes)


def worth(
    lemmas: pd.DataFrame, ids: pd.Index, codebook: Codebook, labels: NDArray[np.float64]
) -> pd.DataFrame:
    """A row per term: theme, term, kind, n, hits, precision, low, high, chi2, examples, misleads.

    A term misleads when surely right less than half the time; rows of `labels` are the `ids`.
    """
    rules = [(theme, term) for theme in codebook for term in theme.terms]
    numbers = {theme.id: number for number, theme in enumerate(codebook)}
    truth = labels[:, [numbers[theme.id] for theme, _ in rules]]
    stands = rules_of(rules, lemmas, ids)
    sought, present = ~np.isnan(truth), truth == 1
    n, hits = (stands & sought).sum(axis=0), (stands & present).sum(axis=0)
    low, high = wilson(hits, n, confidence=CONFIDENCE)
    return pd.DataFrame(
        {
            "theme": [theme.id for theme, _ in rules],
            "term": [term.written for _, term in rules],
            "kind": [term.kind for _, term in rules],
            "n": n,
            "hits": hits,
            "precision": precision(hits, n),
            "low": low,
            "high": high,
            "chi2": adjusted_residual(hits, n, present.sum(axis=0), sought.sum(axis=0)) ** 2,
            "examples": [tuple(ids[np.flatnonzero(where)[:EXAMPLES]]) for where in stands.T],
            "misleads": (n >= MET) & (high < RIGHT),
        }
    )
