"""Two codebooks → what the change brings, measured on validated answers kept aside for that."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.language import _
from verbatims.measures.retrieval import f1, precision, recall
from verbatims.model import Codebook
from verbatims.tagging.proposals.standing import Flags, everyone, themes_of

HELD_BACK = 0.3  # the share of the validated answers that no proposal is drawn from
FEW = 10  # with fewer positives a figure would say more of chance than of the terms


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of what the terms find; NaN where there is none."""

    precision: float
    recall: float
    f1: float


NO_FIGURES = Figures(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Effect:
    """What a draft of the codebook would change.

    `themes` has a row per theme of either codebook: theme, answers and positives held back,
    precision_before, recall_before, precision_after, recall_after (NaN where withheld),
    gained and lost (answers of the whole corpus where the terms come to find the theme, or cease
    to), note (why a figure is withheld, else ""). `before` and `after` are over all
    pairs of held-back answers and themes, withheld likewise: `note` says so.
    """

    themes: pd.DataFrame
    answers: int
    positives: int
    before: Figures
    after: Figures
    note: str


def held_back(ids: pd.Index) -> Flags:
    """Which answers are kept aside: always the same, whatever else is coded."""
    drawn = [hashlib.blake2b(str(name).encode(), digest_size=8).digest() for name in ids]
    share = np.array([int.from_bytes(digest) for digest in drawn], dtype=float) / 2**64
    return np.asarray(share < HELD_BACK)


def measure(
    lemmas: pd.DataFrame, codebook: Codebook, draft: Codebook, labels: pd.DataFrame
) -> Effect:
    """What the terms find with the codebook and with the draft, against what coders said."""
    ids = everyone(lemmas, labels)
    names = list(dict.fromkeys(theme.id for book in (draft, codebook) for theme in book))
    before, after = (_found(book, lemmas, ids, names) for book in (codebook, draft))
    aside = labels[held_back(labels.index)].reindex(columns=names)
    rows, truth = ids.get_indexer(aside.index), aside.to_numpy(dtype=float)
    counts = [_Counts.of(found[rows], truth) for found in (before, after)]
    themes = pd.DataFrame({"theme": names, "answers": counts[0].sought, **_figures(*counts)})
    themes = themes.assign(
        gained=(after & ~before).sum(axis=0),
        lost=(before & ~after).sum(axis=0),
        note=[_of_theme(int(wanted)) for wanted in counts[0].wanted],
    )
    positives = int(counts[0].wanted.sum())
    note = _of_themes(positives)
    overall = [NO_FIGURES if note else count.overall() for count in counts]
    return Effect(themes, len(aside), positives, overall[0], overall[1], note)


@dataclass(frozen=True)
class _Counts:
    """By theme, among the answers where it was sought: rightly found, found, to be found."""

    hits: NDArray[np.int64]
    found: NDArray[np.int64]
    wanted: NDArray[np.int64]
    sought: NDArray[np.int64]

    @classmethod
    def of(cls, found: Flags, truth: NDArray[np.float64]) -> "_Counts":
        sought, present = ~np.isnan(truth), truth == 1
        marks = (found & present, found & sought, present, sought)
        return cls(*(mark.sum(axis=0) for mark in marks))

    def overall(self) -> Figures:
        hits, found, wanted = self.hits.sum(), self.found.sum(), self.wanted.sum()
        measured = (precision(hits, found), recall(hits, wanted), f1(hits, found, wanted))
        return Figures(*map(float, measured))


def _found(codebook: Codebook, lemmas: pd.DataFrame, ids: pd.Index, names: list[str]) -> Flags:
    """Answers × the named themes; one that this codebook lacks is found nowhere."""
    found = np.zeros((len(ids), len(names)), dtype=np.bool_)
    found[:, [names.index(theme.id) for theme in codebook]] = themes_of(codebook, lemmas, ids)
    return found


def _figures(before: _Counts, after: _Counts) -> dict[str, NDArray[Any]]:
    enough = np.where(before.wanted >= FEW, 1, np.nan)
    figures: dict[str, NDArray[Any]] = {"positives": before.wanted}
    for name, counts in (("before", before), ("after", after)):
        figures[f"precision_{name}"] = enough * precision(counts.hits, counts.found)
        figures[f"recall_{name}"] = enough * recall(counts.hits, counts.wanted)
    return figures


def _of_theme(positives: int) -> str:
    """Why the figures of a theme are withheld, "" where they are not."""
    if positives >= FEW:
        return ""
    return _(
        "Trop peu de réponses mises de côté portent ce thème ({n}, il en faut {few}) pour chiffrer "
        "l'effet : validez d'autres réponses.",
        n=positives,
        few=FEW,
    )


def _of_themes(positives: int) -> str:
    """Why those of all themes are withheld, "" where they are not."""
    if positives >= FEW:
        return ""
    return _(
        "Trop peu de réponses mises de côté portent des thèmes ({n}, il en faut {few}) pour "
        "chiffrer l'effet : validez d'autres réponses.",
        n=positives,
        few=FEW,
    )
