"""Lemmas + Codebook → tags, by the tagger of your choice."""

from collections.abc import Callable

import pandas as pd

from verbatims.errors import VerbatimsError
from verbatims.model import Codebook
from verbatims.tagging import lexicon

Tagger = Callable[[pd.DataFrame, Codebook], pd.DataFrame]

TAGGERS: dict[str, Tagger] = {lexicon.NAME: lexicon.tag}


def tag(lemmas: pd.DataFrame, codebook: Codebook, *, tagger: str = lexicon.NAME) -> pd.DataFrame:
    """The TAGS of the verbatims, in the order of the text, then of the codebook."""
    if tagger not in TAGGERS:
        raise VerbatimsError(f"Méthode « {tagger} » inconnue ; choisissez : {', '.join(TAGGERS)}.")
    return TAGGERS[tagger](lemmas, codebook)
