"""All that can be known of a theme, from its terms to coded answers → one probability a pair."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from verbatims.language import _, lasting, ngettext
from verbatims.model import Codebook
from verbatims.tagging import learned, reasons, stack, unlearned
from verbatims.tagging.features import Features
from verbatims.tagging.known import Known
from verbatims.tagging.tagged import Coded, Tagged, ids, wide

NAME, LEARNED = "combined", "learned"

FEWEST = 30  # validated answers under which nothing is learned

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.integer]

_MOST = 2_000  # validated answers learned from: time grows with their cube, and they are enough
_CHUNK = 20_000  # answers scored together
_FOLDS, _FOLDS_OF_FEW, _FEW = 5, 10, 100


def tag(features: Features, codebook: Codebook, labels: pd.DataFrame | None) -> Tagged:
    """Passages and similarity; with enough validated answers, all of it learned from them."""
    coded = Coded.of(features, codebook, labels)
    if not _enough(coded):
        return unlearned.tag_both(features, codebook, NAME, partial(_few, coded))
    return _learnt(Known(features, codebook), coded, NAME)


def tag_learned(features: Features, codebook: Codebook, labels: pd.DataFrame | None) -> Tagged:
    """From validated answers alone, whatever the themes are called."""
    coded = Coded.of(features, codebook, labels)
    if not _enough(coded):
        return unlearned.tag_nothing(features, codebook, partial(_few, coded))
    return _learnt(Known(features, codebook, described=False), coded, LEARNED)


def crossfit(
    features: Features, codebook: Codebook, labels: pd.DataFrame, folds: pd.Series
) -> pd.DataFrame:
    """Scores of every verbatim by models that never saw it, as a frame of scores.

    `folds` gives the fold of each verbatim of `labels`, two folds at least. For each fold, all is
    learned anew from the others; a verbatim of no fold gets the mean of what those models give it.
    """
    known, coded = Known(features, codebook), Coded.of(features, codebook, labels)
    scores = np.zeros(known.shape)
    others = np.setdiff1d(np.arange(known.shape[0]), coded.rows)
    fold = folds.reindex(features.ids[coded.rows]).to_numpy()
    with threadpool_limits(1):
        scores[coded.rows], scores[others] = _crossed(known, coded, fold, others)
    return wide(features, codebook, scores)


def _learnt(known: Known, coded: Coded, name: str) -> Tagged:
    fitted = _fit(known, coded)
    scores = _probabilities(fitted, np.arange(known.shape[0]))
    threshold = _probability(fitted.threshold)
    suggested = scores >= threshold
    found = _reasons(known, suggested, coded)
    fold = learned.folds(len(coded.rows), _FOLDS_OF_FEW if len(coded.rows) < _FEW else _FOLDS)
    own, _others = _crossed(known, coded, fold, coded.rows[:0])
    return Tagged(
        tags=reasons.tags(found, known.features, known.codebook, scores, name),
        scores=wide(known.features, known.codebook, scores),
        crossfit=wide(known.features, known.codebook, own, coded.rows),
        threshold=dict(zip(ids(known.codebook), threshold.tolist(), strict=True)),
        note=lasting(partial(_note, known, coded)),
        calibrated=True,
    )


def _reasons(known: Known, suggested: Flags, coded: Coded) -> list[pd.DataFrame]:
    """One at least for each suggested pair."""
    words = reasons.learned_words(known.features, coded)
    found = [*known.words(suggested), words.found(known.features, suggested)]
    rest = suggested & ~reasons.told(found, known.shape)
    if known.described:
        found.append(known.close(rest & known.near))
    rest &= ~reasons.told(found[-1:], known.shape)
    found.append(reasons.rarely_learned(known.features, coded, rest))
    rest &= ~reasons.told(found[-1:], known.shape)
    return [*found, reasons.whole(rest, reasons.NEAR_ANSWERS)]


def _fit(known: Known, coded: Coded) -> stack.Stack:
    if len(coded.rows) > _MOST:
        drawn = np.random.default_rng(0).choice(len(coded.rows), _MOST, replace=False)
        coded = coded.take(np.sort(drawn))
    members = learned.members(known.features, coded.rows, coded.labels)
    every = (*members, *known.members(coded.rows))
    return stack.fit(every, coded.labels, coded.rows, known.features.length)


def _probabilities(fitted: stack.Stack, rows: Ints) -> NDArray[np.float32]:
    starts = range(0, len(rows), _CHUNK)
    odds = [fitted.score(rows[start : start + _CHUNK]) for start in starts]
    return _probability(np.concatenate([fitted.prior[None][:0], *odds]))


def _probability(odds: Floats) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def _crossed(known: Known, coded: Coded, fold: Ints, others: Ints) -> tuple[Floats, Floats]:
    """What each validated answer gets from the models of the other folds, and others on average."""
    own, mean = np.zeros(coded.labels.shape), np.zeros((len(others), known.shape[1]))
    numbers = np.unique(fold)
    for number in numbers:
        out = fold == number
        fitted = _fit(known, coded.take(~out))
        own[out] = _probabilities(fitted, coded.rows[out])
        mean += _probabilities(fitted, others) / len(numbers)
    return own, mean


def _enough(coded: Coded) -> bool:
    return len(coded.rows) >= FEWEST and bool(np.nansum(coded.labels) >= learned.FEWEST)


def _few(coded: Coded) -> str:
    n = len(coded.rows)
    if n >= FEWEST:
        return _("Aucun thème dans les réponses validées")
    return _(
        "Moins de {fewest} réponses validées quand l'analyse a été faite ({n})", fewest=FEWEST, n=n
    )


def _note(known: Known, coded: Coded) -> str:
    n, rare = len(coded.rows), int((np.nansum(coded.labels, axis=0) < learned.FEWEST).sum())
    said = _("Appris de {n} réponses validées.", n=n)
    if known.described:
        said = _(
            "Appris de {n} réponses validées, avec les définitions et les termes de la grille.", n=n
        )
    if not rare:
        return said
    unlearnt = ngettext(
        "1 thème n'a pas encore deux réponses validées.",
        "{n} thèmes n'ont pas encore deux réponses validées.",
        rare,
    )
    return f"{said} {unlearnt}"
