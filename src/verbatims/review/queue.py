"""Verbatims → those that a coder wants to see, with what has been read of them."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from verbatims.folding import fold
from verbatims.frames import ANSWERED
from verbatims.review.decisions import codings, readers

UNREAD, DONE = "unread", "done"


@dataclass(frozen=True)
class Filters:
    """What a coder wants to see; "" means everything."""

    question: str = ""
    theme: str = ""
    state: str = UNREAD
    search: str = ""
    respondents: Collection[str] | None = None


def queue(
    verbatims: pd.DataFrame,
    tags: pd.DataFrame,
    decisions: pd.DataFrame,
    coder: str,
    filters: Filters,
) -> pd.DataFrame:
    """The answered verbatims that pass the filters, in the file's order, with their `state`."""
    read = list(readers(decisions[decisions["coder"] == coder]))
    shown = verbatims[verbatims["status"] == ANSWERED]
    if filters.question:
        shown = shown[shown["question"] == filters.question]
    if filters.respondents is not None:
        shown = shown[shown["respondent_id"].isin(filters.respondents)]
    if filters.theme:
        shown = shown[shown["verbatim_id"].isin(_with_theme(tags, decisions, filters.theme))]
    if filters.search.strip():
        shown = shown[_holds(shown["text"], filters.search)]
    state = shown["verbatim_id"].isin(read).map({True: DONE, False: UNREAD})
    shown = shown.assign(state=state)
    if filters.state:
        shown = shown[shown["state"] == filters.state]
    return shown.reset_index(drop=True)


def _with_theme(tags: pd.DataFrame, decisions: pd.DataFrame, theme: str) -> set[str]:
    """Suggested and not yet read, or retained by a coder."""
    kept = codings(tags, decisions)
    return set(kept.loc[(kept["theme"] == theme) & kept["present"], "verbatim_id"])


def _holds(texts: pd.Series, search: str) -> pd.Series:
    wanted = fold(search).split()
    return texts.map(lambda text: all(word in fold(text) for word in wanted)).astype(bool)
