"""LEMMAS as numbers: where words stand, what parts them, how spans are written."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.folding import fold_case, fold_words

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]  # of millions of rows: half the memory
Flags = NDArray[np.bool_]
Strings = NDArray[np.object_]


class Text:
    """The rows of LEMMAS as numbers; `row` leaves out hyphens and apostrophes that stand alone."""

    def __init__(self, lemmas: pd.DataFrame) -> None:
        self.lemmas = lemmas
        self.form, self.forms = coded(lemmas["form"])
        self.lemma, self.all_lemmas = coded(lemmas["lemma"])
        self.form_keys = np.array(fold_words(self.forms), dtype=object)
        self.lemma_keys = np.array(fold_words(self.all_lemmas), dtype=object)
        joining = np.isin(self.form_keys, ("", "'"))
        self.row = np.flatnonzero(~joining[self.form])
        self.owner = coded(lemmas["verbatim_id"])[0][self.row]

    def barrier(self) -> Flags:
        """Punctuation, line breaks and signs, among the rows in `row`."""
        signs = np.array([not any(map(str.isalnum, form)) for form in self.forms], dtype=bool)
        marks = self.lemmas["pos"].isin(["PUNCT", "SPACE"]).to_numpy()
        return np.asarray((marks | signs[self.form])[self.row])

    def small(self, words: Collection[str]) -> Flags:
        """Which rows in `row` are written as one of these; accents count."""
        among = np.array([fold_case(form) in words for form in self.forms], dtype=bool)
        return np.asarray(among[self.form[self.row]])

    def writings(self, first: Ints, last: Ints) -> tuple[Ints, list[str]]:
        """How the words from a row to another are written: a number for each span, the texts."""
        start, end = self.lemmas["start"].to_numpy(), self.lemmas["end"].to_numpy()
        number = np.zeros(len(first), dtype=np.int64)
        for offset in range(int((last - first).max(initial=-1)) + 1):
            row = np.minimum(first + offset, last)
            spaced = (offset > 0) & (start[row] > end[row - 1])
            part = np.where(
                first + offset <= last, 2 * self.form[row].astype(np.int64) + spaced + 1, 0
            )
            number = pd.factorize(number * (2 * len(self.forms) + 1) + part)[0]
        spans = np.unique(number, return_index=True)[1]
        return number, [self._written(first[span], last[span]) for span in spans]

    def _written(self, first: int, last: int) -> str:
        rows = self.lemmas.iloc[first : last + 1]
        gaps = rows["start"].to_numpy()[1:] > rows["end"].to_numpy()[:-1]
        spaces = ["", *np.where(gaps, " ", "")]
        return "".join(map(str.__add__, spaces, rows["form"]))


def coded(column: pd.Series) -> tuple[Codes, list[str]]:
    """The number of each value, and the values."""
    categories = column.astype("category").cat
    return categories.codes.to_numpy().astype(np.int32), categories.categories.tolist()
