"""Verbatims + the analyst's word on which answers say nothing → the same, with that status."""

from collections.abc import Collection

import pandas as pd

from verbatims.folding import fold_answer
from verbatims.frames import ANSWERED, BLANK, EMPTY


def restated(
    verbatims: pd.DataFrame, *, empty: Collection[str], answered: Collection[str]
) -> pd.DataFrame:
    """The verbatims where every answer like one of `empty` says nothing, like `answered` does.

    Case, accents and punctuation make no difference; blank answers stay blank.
    """
    declared = {fold_answer(text): EMPTY for text in empty} | {
        fold_answer(text): ANSWERED for text in answered
    }
    if not declared:
        return verbatims
    longest = 2 * max(map(len, (*empty, *answered))) + 80  # with room for punctuation
    short = verbatims["text"].str.len() <= longest
    said = verbatims["text"][short & (verbatims["status"] != BLANK)].map(fold_answer).map(declared)
    status = verbatims["status"].copy()
    status.update(said.dropna())
    return verbatims.assign(status=status)
