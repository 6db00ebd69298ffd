"""Typical verbatims → of each long one, the idea that says most of what its class says."""

import pandas as pd

from verbatims.model import Clustering

LONG = 40  # words: a longer verbatim is not read at a glance
WHOLE = (-1, -1)


def extracts(clustering: Clustering, lemmas: pd.DataFrame, ideas: pd.DataFrame) -> pd.DataFrame:
    """The typical verbatims with the `start` and `end` of an idea; -1 where all is shown.

    The idea is the one with the highest sum of the chi-squares of its words in the class.
    """
    typical = clustering.typical
    own = lemmas[lemmas["verbatim_id"].isin(typical["verbatim_id"])]
    own = own[~own["pos"].isin(["PUNCT", "SPACE"])].astype({"verbatim_id": str, "lemma": str})
    marks = clustering.words.set_index("lemma")
    spans = [
        _span(
            own[own["verbatim_id"] == verbatim_id],
            ideas[ideas["verbatim_id"] == verbatim_id],
            marks.loc[marks["cluster"] == cluster, "chi2"],
        )
        for cluster, verbatim_id in zip(typical["cluster"], typical["verbatim_id"], strict=True)
    ]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return typical.assign(start=starts, end=ends)


def _span(words: pd.DataFrame, ideas: pd.DataFrame, marks: "pd.Series[float]") -> tuple[int, int]:
    """The idea that holds the most of the class's words, each counted once."""
    if len(words) <= LONG or len(ideas) < 2:
        return WHOLE
    said = words["lemma"].map(marks).fillna(0.0)

    def weight(start: int, end: int) -> float:
        inside = words["start"].between(start, end, inclusive="left")
        return float(said[inside & ~words["lemma"].where(inside).duplicated()].sum())

    spans = list(zip(ideas["start"].tolist(), ideas["end"].tolist(), strict=True))
    return max(spans, key=lambda span: weight(*span))
