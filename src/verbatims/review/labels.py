"""Decisions → the labels that taggers learn from and are measured on."""

import numpy as np
import pandas as pd

from verbatims.model import Codebook
from verbatims.review.decisions import readers
from verbatims.review.replacing import UNCHANGED, Replacements, Sought, decided, known


def labels(
    decisions: pd.DataFrame,
    sought: Sought,
    codebook: Codebook,
    replacements: Replacements = UNCHANGED,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A row per verbatim read to the end, by id; a column per theme of the codebook, in order.

    1.0 where coders retained the theme (see `decided`), 0.0 where they did not although they could
    (`sought`) or said so, NaN where it was not in the codebook at any reading.
    """
    themes = [theme.id for theme in codebook]
    read = list(readers(decisions))
    by_one = known(sought)
    could = [by_one.get(verbatim_id, frozenset(themes)) for verbatim_id in read]
    absent = {
        found: [0.0 if theme in found else np.nan for theme in themes] for found in set(could)
    }
    values = np.array([absent[found] for found in could], dtype=float)
    values = values.reshape(len(read), len(themes))
    made = decided(decisions, replacements, sought, adjudications)
    made = made[made["theme"].isin(themes)]
    rows = pd.Index(read, dtype="object").get_indexer(pd.Index(made["verbatim_id"]))
    columns = pd.Index(themes, dtype="object").get_indexer(pd.Index(made["theme"]))
    values[rows, columns] = made["present"].astype(float)
    index = pd.Index(read, name="verbatim_id", dtype="object")
    return pd.DataFrame(values, index=index, columns=pd.Index(themes, dtype="object"))
