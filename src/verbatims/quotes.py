"""Verbatims + codings + words → quotes proposed for a theme, best first, each with its reason."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from verbatims.folding import fold
from verbatims.frames import ANSWERED, HUMAN
from verbatims.language import _, ngettext
from verbatims.model import Quote

FEW = 60  # under this many answers none is left out: no choice by machine beats reading them all
SHORT, LONG = 6, 40  # words of an easy quote
CLOSE = 0.2  # cosine from which an answer says something near
SAME = 0.9  # cosine from which it says the same again

Floats = npt.NDArray[np.float64]


def rank(
    verbatims: pd.DataFrame,
    codings: pd.DataFrame,
    words: pd.DataFrame,
    theme: str,
    *,
    limit: int = 10,
) -> list[Quote]:
    """The quotes of a theme: those read by a coder first, then the closest to the others.

    `words` are the rows of LEMMAS that carry content.
    At most one per respondent, and none that repeats another. Under `FEW` answers, `limit` does
    not apply.
    """
    answers = _answers(verbatims, codings, theme)
    if answers.empty:
        return []
    vectors = _vectors(answers, words)
    answers = answers.assign(closeness=_closeness(vectors), words=answers["text"].map(_count))
    answers = answers.assign(score=answers["closeness"] * _ease(answers["words"]))
    best_first = answers.sort_values(
        ["human", "score", "verbatim_id"], ascending=[False, False, True]
    )
    chosen = list(_distinct(best_first, vectors, len(answers) if len(answers) < FEW else limit))
    themes = _themes(codings, answers.loc[chosen, "verbatim_id"])
    return [
        _quote(answer, np.delete(_cosines(vectors, row), row), themes)
        for row, answer in zip(chosen, answers.loc[chosen].itertuples(), strict=True)
    ]


def _answers(verbatims: pd.DataFrame, codings: pd.DataFrame, theme: str) -> pd.DataFrame:
    """The answers in which the theme is present, by id, and whether a coder said so."""
    present = codings[(codings["theme"] == theme) & codings["present"]]
    human = frozenset(present.loc[present["source"] == HUMAN, "verbatim_id"])
    held = verbatims["verbatim_id"].isin(present["verbatim_id"]) & (verbatims["status"] == ANSWERED)
    answers = verbatims[held].sort_values("verbatim_id").reset_index(drop=True)
    return answers.assign(human=answers["verbatim_id"].isin(human))


def _vectors(answers: pd.DataFrame, words: pd.DataFrame) -> csr_matrix:
    """One TF-IDF row per answer, over its content lemmas."""
    own = words[words["verbatim_id"].isin(answers["verbatim_id"])]
    if own.empty:
        return csr_matrix((len(answers), 1))
    verbatim_ids = own["verbatim_id"].astype("category").cat
    row_of = pd.Index(answers["verbatim_id"]).get_indexer(verbatim_ids.categories)
    rows, (columns, _lemmas) = row_of[verbatim_ids.codes], pd.factorize(own["lemma"])
    counts = csr_matrix((np.ones(len(own)), (rows, columns)), (len(answers), columns.max() + 1))
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(counts))


def _closeness(vectors: csr_matrix) -> Floats:
    """Mean cosine of each answer to the others."""
    others = max(vectors.shape[0] - 1, 1)
    total = np.asarray(vectors.sum(axis=0)).ravel()
    itself = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    closeness: Floats = np.clip((vectors @ total - itself) / others, 0, 1).round(9)
    return closeness


def _count(text: str) -> int:
    """Words as a reader counts them."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def _ease(words: "pd.Series[int]") -> Floats:
    """1 from `SHORT` to `LONG` words, less and less beyond."""
    lengths = words.to_numpy(dtype=np.float64)
    ease: Floats = np.minimum(np.minimum(lengths / SHORT, LONG / np.maximum(lengths, 1)), 1)
    return ease


def _distinct(best_first: pd.DataFrame, vectors: csr_matrix, limit: int) -> Iterator[int]:
    """Rows in order, without a second one of a respondent nor one that says the same again."""
    nearest = np.zeros(vectors.shape[0])
    respondents: set[str] = set()
    texts: set[str] = set()
    columns = (best_first[name] for name in ("respondent_id", "text"))
    for row, respondent_id, text in zip(best_first.index, *columns, strict=True):
        if len(respondents) >= limit:
            return
        key = fold(text)
        if respondent_id in respondents or key in texts or nearest[row] > SAME:
            continue
        respondents.add(respondent_id)
        texts.add(key)
        nearest = np.maximum(nearest, _cosines(vectors, row))
        yield row


def _cosines(vectors: csr_matrix, row: int) -> Floats:
    cosines: Floats = (vectors @ vectors[row].T).toarray().ravel()
    return cosines


def _themes(codings: pd.DataFrame, verbatim_ids: "pd.Series[str]") -> dict[str, tuple[str, ...]]:
    held = codings[codings["present"] & codings["verbatim_id"].isin(verbatim_ids)]
    by_verbatim = held.groupby("verbatim_id", observed=True)["theme"]
    return {str(verbatim_id): tuple(sorted(themes)) for verbatim_id, themes in by_verbatim}


def _quote(answer: Any, others: Floats, themes: dict[str, tuple[str, ...]]) -> Quote:
    return Quote(
        verbatim_id=answer.verbatim_id,
        respondent_id=answer.respondent_id,
        text=answer.text,
        themes=themes[answer.verbatim_id],
        score=float(answer.score),
        reason=_reason(others, answer.words, human=answer.human),
    )


def _reason(others: Floats, words: int, *, human: bool) -> str:
    """« proche de 12 autres réponses du thème, dont 2 presque identiques ; 18 mots »."""
    close, same = int((others >= CLOSE).sum()), int((others > SAME).sum())
    near = _("éloignée des autres réponses du thème")
    if close:
        near = ngettext(
            "proche d'une autre réponse du thème",
            "proche de {n} autres réponses du thème",
            close,
        )
    if same:
        near = ngettext(
            "{near}, dont une presque identique",
            "{near}, dont {n} presque identiques",
            same,
            near=near,
        )
    length = ngettext("{n} mot", "{n} mots", words)
    if human:
        return _("{near} ; {length}", near=near, length=length)
    return _("{near} ; {length} ; suggestion non relue", near=near, length=length)
