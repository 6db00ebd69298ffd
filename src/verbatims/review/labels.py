"""Decisions → the labels that taggers learn from and are measured on."""

import numpy as np
import pandas as pd

from verbatims.model import Codebook
from verbatims.review.decisions import readers
from verbatims.review.replacing import UNCHANGED, Replacements, Sought, decided


def labels(
    decisions: pd.DataFrame,
    sought: Sought,
    codebook: Codebook,
    replacements: Replacements = UNCHANGED,
) -> pd.DataFrame:
    """A row per verbatim read to the end, by id; a column per theme of the codebook, in order.

    1.0 where coders retained the theme, 0.0 where they did not although they could (`sought`) or
    said so, NaN where it was not in the codebook at any reading.
    """
    themes = [theme.id for theme in codebook]
    read = list(readers(decisions))
    known = [sought.get(verbatim_id, frozenset(themes)) for verbatim_id in read]
    absent = {
        found: [0.0 if theme in found else np.nan for theme in themes] for found in set(known)
    }
    values = np.array([absent[found] for found in known], dtype=float)
    values = values.reshape(len(read), len(themes))
    made = decided(decisions, replacements, sought)
    made = made[made["theme"].isin(themes)]
    rows = pd.Index(read, dtype="object").get_indexer(pd.Index(made["verbatim_id"]))
    columns = pd.Index(themes, dtype="object").get_indexer(pd.Index(made["theme"]))
    values[rows, columns] = made["present"].astype(float)
    index = pd.Index(read, name="verbatim_id", dtype="object")
    return pd.DataFrame(values, index=index, columns=pd.Index(themes, dtype="object"))
