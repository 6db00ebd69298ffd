"""Verbatims → those that a coder wants to see, in the order asked for."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from verbatims.folding import fold
from verbatims.frames import ANSWERED
from verbatims.review.codings import codings
from verbatims.review.decisions import readers
from verbatims.review.orders import FILE, SPLIT, THEME, Guide, order

UNREAD, DONE = "unread", "done"


@dataclass(frozen=True)
class Filters:
    """What a coder wants to see, "" means everything; and in which of ORDERS."""

    question: str = ""
    theme: str = ""
    state: str = UNREAD
    search: str = ""
    respondents: Collection[str] | None = None
    order: str = FILE


def queue(
    verbatims: pd.DataFrame,
    tags: pd.DataFrame,
    decisions: pd.DataFrame,
    coder: str,
    filters: Filters,
    guide: Guide | None = None,
) -> pd.DataFrame:
    """The answered verbatims that pass the filters, in their order.

    `state` says whether this coder read them, `queue` and `reason` why they come where they do.
    The order THEME goes through all of them, the most probable first, instead of leaving out
    those without the theme; SPLIT keeps those to read again, and calls them unread.
    """
    guide = guide or Guide()
    read = set(readers(decisions[decisions["coder"] == coder]))
    shown = _passing(verbatims[verbatims["status"] == ANSWERED], filters)
    if filters.theme and filters.order != THEME:
        held = _with_theme(tags, decisions, filters.theme, guide)
        shown = shown[shown["verbatim_id"].isin(held)]
    if filters.order == SPLIT:
        shown = shown[shown["verbatim_id"].isin(set(guide.reread))]
        read -= set(guide.reread)
    state = shown["verbatim_id"].isin(read).map({True: DONE, False: UNREAD})
    shown = shown.assign(state=state)
    if filters.state:
        shown = shown[shown["state"] == filters.state]
    places = order(filters.order, shown["verbatim_id"].tolist(), guide, filters.theme)
    ordered = shown.set_index("verbatim_id").loc[[place.verbatim_id for place in places]]
    return ordered.reset_index().assign(
        queue=[place.queue for place in places], reason=[place.reason for place in places]
    )


def _passing(shown: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    if filters.question:
        shown = shown[shown["question"] == filters.question]
    if filters.respondents is not None:
        shown = shown[shown["respondent_id"].isin(filters.respondents)]
    if filters.search.strip():
        shown = shown[_holds(shown["text"], filters.search)]
    return shown


def _with_theme(tags: pd.DataFrame, decisions: pd.DataFrame, theme: str, guide: Guide) -> set[str]:
    """Suggested and not yet read, or retained by a coder."""
    kept = codings(tags, decisions, replacements=guide.replacements)
    return set(kept.loc[(kept["theme"] == theme) & kept["present"], "verbatim_id"])


def _holds(texts: pd.Series, search: str) -> pd.Series:
    wanted = fold(search).split()
    return texts.map(lambda text: all(word in fold(text) for word in wanted)).astype(bool)
