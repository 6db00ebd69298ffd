"""Taggers that no coded answer teaches: terms, similarity, and both together."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.frames import TAGS
from verbatims.language import _, lasting
from verbatims.model import Codebook
from verbatims.tagging import lexicon, reasons
from verbatims.tagging.features import Features
from verbatims.tagging.known import Known
from verbatims.tagging.tagged import HALF, Tagged, ids, places, wide

SIMILARITY = "similarity"

Scores = NDArray[np.floating]


def tag_lexicon(
    features: Features,
    codebook: Codebook,
    labels: pd.DataFrame | None,  # noqa: ARG001
) -> Tagged:
    """The passages of the codebook's terms."""
    tags = features.passages(codebook)
    scores = np.zeros((len(features.ids), len(codebook)))
    rows = places(features.ids, tags["verbatim_id"])
    scores[rows, places(ids(codebook), tags["theme"])] = lexicon.SCORE
    return _tagged(features, codebook, scores, tags, lasting(_by_terms))


def tag_similarity(
    features: Features,
    codebook: Codebook,
    labels: pd.DataFrame | None,  # noqa: ARG001
) -> Tagged:
    """The answers whose words are near those of a theme's label and definition."""
    known = Known(features, codebook)
    near = known.similarity
    found = [reasons.said_words(features, codebook).found(features, near.suggested)]
    return _reasoned(known, near.scores, found, SIMILARITY, lasting(_by_definitions))


def tag_both(features: Features, codebook: Codebook, name: str, why: Callable[[], str]) -> Tagged:
    """Passages for the themes that have terms, similarity for the others."""
    known = Known(features, codebook)
    near = known.similarity
    by_rule = np.where(known.times > 0, lexicon.SCORE, near.scores - near.suggested / 2)
    scores = np.where(known.ruled, by_rule, near.scores)
    note = lasting(lambda: _by_both(why()))
    return _reasoned(known, scores, known.words(scores >= HALF), name, note)


def tag_nothing(features: Features, codebook: Codebook, why: Callable[[], str]) -> Tagged:
    """No suggestion at all."""
    scores = np.zeros((len(features.ids), len(codebook)))
    note = lasting(lambda: _("{why} : rien n'est appris, rien n'est suggéré.", why=why()))
    return _tagged(features, codebook, scores, TAGS.empty(), note)


def _by_terms() -> str:
    return _("Les suggestions sont les passages où se trouve un terme du codebook.")


def _by_definitions() -> str:
    return _(
        "Les suggestions viennent des mots des libellés et des définitions, sans rien d'appris."
    )


def _by_both(why: str) -> str:
    return _(
        "{why} : les suggestions viennent des termes de la grille et, pour les thèmes qui n'en "
        "ont pas, des mots de leur libellé et de leur définition.",
        why=why,
    )


def _reasoned(
    known: Known, scores: Scores, found: Sequence[pd.DataFrame], name: str, note: str
) -> Tagged:
    silent = (scores >= HALF) & ~reasons.told(found, known.shape)
    close = known.close(silent)
    silent &= ~reasons.told([close], known.shape)
    found = [*found, close, reasons.whole(silent, reasons.NEAR_DEFINITION)]
    tags = reasons.tags(found, known.features, known.codebook, scores, name)
    return _tagged(known.features, known.codebook, scores, tags, note)


def _tagged(
    features: Features, codebook: Codebook, scores: Scores, tags: pd.DataFrame, note: str
) -> Tagged:
    nobody = np.empty(0, dtype=np.intp)
    return Tagged(
        tags=tags,
        scores=wide(features, codebook, scores),
        crossfit=wide(features, codebook, scores[:0], nobody),
        threshold=dict.fromkeys(ids(codebook), HALF),
        note=note,
        calibrated=False,
    )
