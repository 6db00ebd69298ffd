"""Validated answers → the themes that are mostly coded together."""

from itertools import combinations

import pandas as pd

from verbatims.language import _
from verbatims.measures.association import adjusted_residual
from verbatims.model import Codebook, Theme

TOGETHER, JACCARD, INSIDE = 5, 0.5, 0.8
_PHI = 0.3  # themes that most answers have are together whatever they mean

COLUMNS = ("theme", "other", "both", "n_theme", "n_other", "jaccard", "phi", "sentence")


def overlaps(codebook: Codebook, labels: pd.DataFrame) -> pd.DataFrame:
    """Pairs of themes, neither above the other, the most alike first.

    `both`, `n_theme`, `n_other` count the answers where both were sought; `jaccard` is the share
    with both among those with either, `phi` the correlation.
    """
    parents = {theme.id: above(codebook, theme) for theme in codebook}
    pairs = [
        _pair(one, other, labels)
        for one, other in combinations((theme for theme in codebook if theme.id in labels), 2)
        if one.id not in parents[other.id] and other.id not in parents[one.id]
    ]
    frame = pd.DataFrame([pair for pair in pairs if pair is not None], columns=list(COLUMNS))
    return frame.sort_values("jaccard", ascending=False, kind="stable", ignore_index=True)


def above(codebook: Codebook, theme: Theme) -> set[str]:
    """The ids of the themes that hold this one."""
    parents = {theme.id: theme.parent for theme in codebook.themes}
    found: set[str] = set()
    parent = theme.parent
    while parent and parent not in found:
        found.add(parent)
        parent = parents.get(parent, "")
    return found


def _pair(one: Theme, other: Theme, labels: pd.DataFrame) -> tuple[object, ...] | None:
    seen = labels[[one.id, other.id]].dropna().to_numpy() == 1
    both, (a, b), n = int(seen.all(axis=1).sum()), seen.sum(axis=0).tolist(), len(seen)
    if both < TOGETHER:
        return None
    jaccard, phi = both / (a + b - both), float(adjusted_residual(both, a, b, n)) / n**0.5
    inside = both / min(a, b) >= INSIDE
    if not (jaccard >= JACCARD or inside) or not phi >= _PHI:
        return None
    sentence = _sentence(one, other, (both, a, b), alike=jaccard >= JACCARD)
    return one.id, other.id, both, a, b, jaccard, phi, sentence


def _sentence(one: Theme, other: Theme, counts: tuple[int, int, int], *, alike: bool) -> str:
    both, a, b = counts
    if alike:
        return _(
            "« {one} » et « {other} » sont codés ensemble dans {both} réponses sur les {either} "
            "qui portent l'un ou l'autre : fusionnez-les, ou dites dans leurs définitions ce qui "
            "les distingue.",
            one=one.label,
            other=other.label,
            both=both,
            either=a + b - both,
        )
    inner, outer, n = (one, other, a) if a <= b else (other, one, b)
    return _(
        "« {inner} » est codé avec « {outer} » {both} fois sur {n} : faites-en un sous-thème, ou "
        "dites dans leurs définitions ce qui les distingue.",
        inner=inner.label,
        outer=outer.label,
        both=both,
        n=n,
    )
