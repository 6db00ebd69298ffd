"""Lemmas + what the analyst ruled about words → the lists in which words are checked."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from verbatims.corrections import key
from verbatims.folding import plain
from verbatims.frames import LEMMA, REPAIR

FORCED, REFUSED = "forced", "refused"


def lemma_table(lemmas: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """A row per form, part of speech and lemma, the most frequent first.

    Columns: form, pos, lemma, n (times met), verbatims, reason (of the analyst's ruling, "").
    """
    words = lemmas[~lemmas["pos"].isin(["PUNCT", "SPACE", "SYM"])]
    rows = _counted(words.assign(form=_lower(words["form"])), ["form", "pos", "lemma"])
    own = rulings[rulings["kind"] == LEMMA]
    reasons = {
        (key(LEMMA, form), pos): reason
        for form, pos, reason in zip(own["form"], own["pos"], own["reason"], strict=True)
    }
    found = [
        _reason(reasons, form, pos) for form, pos in zip(rows["form"], rows["pos"], strict=True)
    ]
    return rows.assign(reason=found)


def _reason(reasons: dict[tuple[str, str], str], form: str, pos: str) -> str:
    """Of the ruling on the form as written, else as read: « élus » for « élu·e·s »."""
    asked = [(key(LEMMA, read), of) for of in (pos, "") for read in (form, plain(form))]
    return next((reasons[one] for one in asked if one in reasons), "")


def repair_table(lemmas: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """A row per word read as another one, or left as written by a ruling; most frequent first.

    Columns: form, repaired, n, verbatims, ruling (FORCED, REFUSED, or "" for the tool's own).
    """
    own = rulings[rulings["kind"] == REPAIR]
    ruled = {
        key(REPAIR, form): value for form, value in zip(own["form"], own["value"], strict=True)
    }
    refused = [form for form, value in ruled.items() if key(REPAIR, value) == form]
    forms = lemmas["form"].cat.categories
    left = lemmas["form"].isin([form for form in forms if key(REPAIR, form) in set(refused)])
    seen = lemmas[(lemmas["repaired"] != "").to_numpy() | left.to_numpy()]
    rows = _counted(seen.assign(form=_lower(seen["form"])), ["form", "repaired"])
    known = [key(REPAIR, form) for form in rows["form"]]
    ruling = np.select(
        [np.isin(known, refused), np.isin(known, list(ruled))], [REFUSED, FORCED], ""
    )
    return rows.assign(ruling=ruling)


def expression_table(terms: pd.DataFrame, expressions: Sequence[str]) -> pd.DataFrame:
    """A row per expression held together: expression, n, verbatims; 0 for one that is not met."""
    own = terms[terms["lemma"].isin(expressions)]
    met = own.groupby("lemma", observed=True)["verbatim_id"].agg(n="size", verbatims="nunique")
    rows = met.reindex(list(expressions), fill_value=0).rename_axis("expression").reset_index()
    return rows.astype({"expression": "object"})


def _lower(forms: pd.Series) -> pd.Series:
    """The forms in lower case, as categories."""
    lower = pd.Categorical([form.casefold() for form in forms.cat.categories])
    return pd.Series(lower[forms.cat.codes.to_numpy()], index=forms.index)


def _counted(words: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """How often each combination is met, and in how many verbatims."""
    groups = words.groupby(columns, observed=True)["verbatim_id"]
    rows = groups.agg(n="size", verbatims="nunique").reset_index()
    rows = rows.astype(dict.fromkeys(columns, "object"))
    return rows.sort_values(
        ["n", *columns], ascending=[False, *(True for _ in columns)]
    ).reset_index(drop=True)
