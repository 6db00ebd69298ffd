"""Lemmas, codebook and coded answers → suggested themes, by the tagger of your choice."""

from collections.abc import Callable

import pandas as pd
from threadpoolctl import threadpool_limits

from verbatims.errors import VerbatimsError
from verbatims.language import _
from verbatims.model import Codebook
from verbatims.tagging import combined, lexicon, unlearned
from verbatims.tagging.combined import FEWEST, crossfit
from verbatims.tagging.features import Features, Vectors
from verbatims.tagging.tagged import Tagged

__all__ = ["FEWEST", "TAGGERS", "Features", "Tagged", "Vectors", "crossfit", "tag"]

Tagger = Callable[[Features, Codebook, pd.DataFrame | None], Tagged]

TAGGERS: dict[str, Tagger] = {
    lexicon.NAME: unlearned.tag_lexicon,
    unlearned.SIMILARITY: unlearned.tag_similarity,
    combined.LEARNED: combined.tag_learned,
    combined.NAME: combined.tag,
}


def tag(
    features: Features,
    codebook: Codebook,
    *,
    labels: pd.DataFrame | None = None,
    tagger: str = combined.NAME,
) -> Tagged:
    """The suggestions of a tagger; `labels` are what coders decided, verbatims × themes.

    In `labels` 1.0 is present, 0.0 absent and NaN a theme that could not be sought.
    """
    if tagger not in TAGGERS:
        raise VerbatimsError(
            _(
                "Méthode « {method} » inconnue ; choisissez : {known}.",
                method=tagger,
                known=", ".join(TAGGERS),
            )
        )
    with threadpool_limits(1):  # with the number of threads, sums and so scores would change
        return TAGGERS[tagger](features, codebook, labels)
