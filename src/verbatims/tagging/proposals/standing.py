"""Answers × themes, answers × terms: where each stands, as the tagger finds it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.model import DROP, KEEP, Codebook, Term, Theme
from verbatims.tagging import lexicon

Flags = NDArray[np.bool_]
Rule = tuple[Theme, Term]


def everyone(lemmas: pd.DataFrame, labels: pd.DataFrame) -> pd.Index:
    """The answers of the lemmas in their order, then those read that have no word."""
    spoken = pd.Index(lemmas["verbatim_id"].unique().astype(object))
    return spoken.append(labels.index.difference(spoken)).rename("verbatim_id")


def themes_of(codebook: Codebook, lemmas: pd.DataFrame, ids: pd.Index) -> Flags:
    """Answers × themes of the codebook: which have a passage."""
    tags = lexicon.tag(lemmas, codebook)
    column = pd.Index([theme.id for theme in codebook]).get_indexer(pd.Index(tags["theme"]))
    return _marked(
        ids.get_indexer(pd.Index(tags["verbatim_id"])), column, (len(ids), len(codebook))
    )


def rules_of(rules: Sequence[Rule], lemmas: pd.DataFrame, ids: pd.Index) -> Flags:
    """Answers × rules: where the term stands for its theme, whatever the theme's other terms."""
    alone = Codebook(tuple(_alone(str(n), theme, term) for n, (theme, term) in enumerate(rules)))
    return themes_of(alone, lemmas, ids)


def _alone(name: str, theme: Theme, term: Term) -> Theme:
    """A mention that speaks for another theme does not speak for this one."""
    negation = KEEP if theme.negation == KEEP else DROP
    return Theme(name, theme.label, negation=negation, terms=(replace(term, line=0),))


def _marked(rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, int]) -> Flags:
    flags = np.zeros(shape, dtype=np.bool_)
    known = (rows >= 0) & (columns >= 0)
    flags[rows[known], columns[known]] = True
    return flags
