"""A clustering and the suggestions → what each class holds, and the theme it looks like."""

import pandas as pd

from verbatims.frames import ANSWERED, UNCLUSTERED
from verbatims.measures.association import adjusted_residual
from verbatims.model import Clustering

WORDS = 10


def clusters(clustering: Clustering, tags: pd.DataFrame, verbatims: pd.DataFrame) -> pd.DataFrame:
    """One row per class, the largest first, then the verbatims that no class took (-1), if any.

    Columns: cluster, n (verbatims), share (of the answers clustered or not), lemmas (the most
    typical, a tuple), typical_ids and typical_texts (three verbatims, tuples), theme (the one most
    over-represented among the suggestions, "" when none is) and theme_n (its verbatims there).
    """
    placed = _placed(clustering, verbatims)
    sizes = placed.groupby("cluster").size().rename("n").reset_index()
    sizes = sizes.assign(share=sizes["n"] / max(len(placed), 1))
    rows = (
        sizes.join(_lemmas(clustering), on="cluster")
        .join(_typical(clustering, verbatims), on="cluster")
        .join(_nearest(placed, tags), on="cluster")
    )
    for name in ("lemmas", "typical_ids", "typical_texts"):
        rows[name] = [value if isinstance(value, tuple) else () for value in rows[name]]
    rows = rows.fillna({"theme": "", "theme_n": 0}).astype({"theme_n": "int64"})
    last = rows["cluster"] == UNCLUSTERED
    return (
        rows.assign(last=last)
        .sort_values(["last", "n", "cluster"], ascending=[True, False, True])
        .drop(columns="last")
        .reset_index(drop=True)
    )


def _placed(clustering: Clustering, verbatims: pd.DataFrame) -> pd.DataFrame:
    """The class of every answered verbatim; one without usable words may be in no frame at all."""
    written = verbatims.loc[verbatims["status"] == ANSWERED, ["verbatim_id"]]
    placed = written.merge(clustering.clusters, on="verbatim_id", how="left")
    cluster = placed["cluster"].fillna(UNCLUSTERED).astype("int64")
    return placed.assign(cluster=cluster)


def _lemmas(clustering: Clustering) -> pd.DataFrame:
    words = clustering.words[clustering.words["chi2"] > 0]
    words = words.sort_values(["cluster", "chi2", "lemma"], ascending=[True, False, True])
    firsts = words.groupby("cluster").head(WORDS)
    return firsts.groupby("cluster").agg(lemmas=("lemma", tuple))


def _typical(clustering: Clustering, verbatims: pd.DataFrame) -> pd.DataFrame:
    texts = verbatims.set_index("verbatim_id")["text"]
    typical = clustering.typical.sort_values(["cluster", "rank"])
    typical = typical[typical["verbatim_id"].isin(texts.index)]
    shown = zip(typical["verbatim_id"], typical["start"], typical["end"], strict=True)
    typical = typical.assign(text=[_shown(texts[name], start, end) for name, start, end in shown])
    return typical.groupby("cluster").agg(
        typical_ids=("verbatim_id", tuple), typical_texts=("text", tuple)
    )


def _shown(text: str, start: int, end: int) -> str:
    """The text from start to end, with « […] » for what is left out; whole when they are -1."""
    if start < 0:
        return text
    before, after = ("[…] " if text[:start].strip() else ""), (" […]" if text[end:].strip() else "")
    return f"{before}{text[start:end]}{after}"


def _nearest(placed: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    tagged = tags[["verbatim_id", "theme"]].drop_duplicates().merge(placed, on="verbatim_id")
    cells = tagged.groupby(["cluster", "theme"]).size().rename("theme_n").reset_index()
    residual = adjusted_residual(
        cells["theme_n"],
        cells["cluster"].map(placed["cluster"].value_counts()),
        cells["theme"].map(tagged["theme"].value_counts()),
        len(placed),
    )
    over = cells.assign(residual=residual)
    over = over[(over["residual"] > 0) & (over["cluster"] != UNCLUSTERED)]
    over = over.sort_values(["cluster", "residual", "theme"], ascending=[True, False, True])
    return over.drop_duplicates("cluster").set_index("cluster")[["theme", "theme_n"]]
