"""Lemmas → groups of verbatims that share words, with their words and typical verbatims."""

from collections.abc import Collection
from typing import Protocol

import pandas as pd

from verbatims.clustering import tfidf
from verbatims.clustering.extracts import extracts
from verbatims.errors import VerbatimsError
from verbatims.language import _
from verbatims.model import Clustering

__all__ = ["METHODS", "cluster", "extracts"]


class Method(Protocol):
    def __call__(
        self, lemmas: pd.DataFrame, *, k: int | None, stop: Collection[str], kept: Collection[str]
    ) -> Clustering: ...


METHODS: dict[str, Method] = {tfidf.NAME: tfidf.cluster}


def cluster(
    lemmas: pd.DataFrame,
    *,
    method: str = tfidf.NAME,
    k: int | None = None,
    stop: Collection[str] = (),
    kept: Collection[str] = (),
) -> Clustering:
    """Group the verbatims, in `k` classes or in as many as the method proposes.

    `stop` words join those without content, `kept` ones leave them.
    """
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise VerbatimsError(
            _(
                "Méthode inconnue : « {method} ». Choisissez parmi : {known}.",
                method=method,
                known=known,
            )
        )
    if k is not None and k < 2:
        raise VerbatimsError(_("Demandez au moins 2 classes, ou laissez l'outil en proposer."))
    return METHODS[method](lemmas, k=k, stop=stop, kept=kept)
