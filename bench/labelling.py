"""Labelled answers → one JSON line: the labels that queues save, and whether promises are kept.

    python bench/labelling.py LABELLED.csv --text reponse --themes themes
        [--where "max_lecteurs>=3"] [--labels 200,500] [--splits 100]
        [--combined] [--codebook FILE]

`saved`: a plain learner (linear SVM on words, pairs of words and letters) is given 20 answers at a
time, in each order of review.ORDERS that goes by its scores, 4 times; how many labels until its
macro-F1 on the 40 % held out is the one that random reading reaches with 440 (or with three
quarters of the others, when there are few), and the share of them saved.
`accepted`: the plain learner again, or the combined tagger with the definitions of the codebook;
from n labelled answers drawn at random, what review.auto_accept offers, and what that is worth on
the others. `kept`: the share of draws where nothing was offered, or what was offered is right at
95 % or more; `precision` and `recall` of what is accepted, over the draws that offer and over all
of them. Themes with 20 answers or more.
"""

import argparse
import json
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from verbatims import review
from verbatims.frames import RANDOM
from verbatims.review.orders import RARE, UNCERTAIN

BETWEEN = " | "  # themes of an answer in the file
COMMON = 20  # answers that a theme must have to be measured
HELD_OUT = 0.4
BATCH, BUDGET = 20, 440
FOLDS = 5
STEEP = 4.0  # a margin of 1 reads as a score of 0.98
PRECISION = 0.95

# labels (wide, by id) → crossfit and scores, as tagging gives them
Learner = Callable[[pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]


def main() -> None:
    warnings.simplefilter("ignore", ConvergenceWarning)
    options = _options()
    texts, truth = read(options.labelled, options.text, options.themes, options.where)
    truth = truth.loc[:, truth.sum() >= COMMON]
    measured = {"answers": len(texts), "themes": truth.shape[1], "saved": saved(texts, truth)}
    learner: Learner = Plain(texts, truth.index)
    if options.combined:
        truth, learner = combined(options)
    measured["accepted"] = {
        str(n): accepted(truth, learner, n, options.splits)
        for n in options.labels
        if n < len(truth)
    }
    print(json.dumps(measured, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--text", required=True, help="the column of the answers")
    parser.add_argument("--themes", required=True, help=f"that of the themes, «{BETWEEN}» between")
    parser.add_argument("--where", default="", help="rows to keep, as in max_lecteurs>=3")
    parser.add_argument("--labels", type=_numbers, default=[200, 500], help="as in 200,500")
    parser.add_argument("--splits", type=int, default=100, help="how many draws of them")
    parser.add_argument("--combined", action="store_true", help="accept what that tagger suggests")
    parser.add_argument("--codebook", type=Path, help="CSV of name and definition, or YAML")
    return parser.parse_args()


def _numbers(written: str) -> list[int]:
    return [int(number) for number in written.split(",")]


def read(path: Path, text: str, themes: str, where: str = "") -> tuple[list[str], pd.DataFrame]:
    """The answers, and a row of 0 and 1 for each; a column per theme, in alphabetical order."""
    separator = "\t" if path.suffix == ".tsv" else ","
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator)
    if where:
        column, sign, value = re.fullmatch(r"\s*(\w+)\s*(>=|==)\s*(.+?)\s*", where).groups()
        kept = (
            rows[column] == value if sign == "==" else pd.to_numeric(rows[column]) >= float(value)
        )
        rows = rows[kept]
    held = rows[themes].set_axis([f"a{n}" for n in range(len(rows))])
    named = held.str.split(BETWEEN, regex=False).explode()
    truth = pd.crosstab(named.index, named).reindex(held.index)
    return rows[text].tolist(), truth.drop(columns="", errors="ignore").clip(upper=1)


def combined(options: argparse.Namespace) -> tuple[pd.DataFrame, Learner]:
    """What bench/tagging.py reads of the same file, and the combined tagger on it."""
    import tagging as bench
    from verbatims import tagging

    labelled = bench.read(options)

    def learner(labels: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        made = tagging.tag(labelled.features, labelled.book, labels=labels)
        return made.crossfit, made.scores

    return labelled.truth, learner


def saved(
    texts: Sequence[str],
    truth: pd.DataFrame,
    *,
    orders: Sequence[str] = (UNCERTAIN, RARE),
    splits: int = 4,
) -> dict[str, dict[str, float | None]]:
    """For each order: the labels it takes to reach random's level, and the share that it saves."""
    plain = Plain(texts, truth.index)
    curves = {
        name: np.mean([_curve(name, plain, truth, split) for split in range(splits)], axis=0)
        for name in (RANDOM, *orders)
    }
    level = curves[RANDOM][-1]
    needed = {name: _reached(curve, level) for name, curve in curves.items()}
    return {
        name: {
            "labels": needed[name],
            "saved": needed[name] and round(1 - needed[name] / needed[RANDOM], 3),
            "macro_f1": round(float(curves[name][-1]), 3),
        }
        for name in curves
    }


def _reached(curve: np.ndarray, level: float) -> int | None:
    enough = np.flatnonzero(curve >= level - 1e-12)
    return int(enough[0] + 1) * BATCH if len(enough) else None


def _curve(name: str, plain: "Plain", truth: pd.DataFrame, split: int) -> list[float]:
    """Macro-F1 on the held out answers after each batch."""
    ids = np.random.default_rng(split).permutation(truth.index)
    held_out, pool = np.split(ids, [int(HELD_OUT * len(ids))])
    labels, curve, chosen = truth.loc[[]], [], RANDOM
    for _ in range(min(BUDGET, len(pool) * 3 // 4) // BATCH):
        # renamed by split, so that chance draws others each time
        unread = {f"{split} {id_}": id_ for id_ in pool if id_ not in labels.index}
        names, scores = list(unread), None
        if chosen != RANDOM:
            scores = plain.scores(labels, list(unread.values())).set_axis(names)
        guide = review.Guide.of(names, scores=scores, coded=(labels == 1).sum().to_dict())
        first = review.order(chosen, np.arange(len(names)), guide).order[:BATCH]
        labels = truth.loc[[*labels.index, *(unread[names[place]] for place in first)]]
        found = plain.scores(labels, held_out) > 0.5
        curve.append(f1_score(truth.loc[held_out], found, average="macro", zero_division=0))
        chosen = name
    return curve


def accepted(truth: pd.DataFrame, learner: Learner, n: int, splits: int) -> dict[str, float]:
    """What is accepted unread from `n` random labels: for all themes, and theme by theme."""
    whole, each = [], []
    for split in range(splits):
        drawn = np.random.default_rng(split).permutation(truth.index)[:n]
        labels = truth.loc[drawn].astype(float)
        crossfit, scores = learner(labels)
        offers = review.auto_accept(labels, crossfit, scores, list(drawn), precision=PRECISION)
        judged = {theme: _worth(offer, labels, scores, truth) for theme, offer in offers.items()}
        whole.append(judged.pop(review.ALL))
        each += judged.values()
    return {**_summary(whole), "by_theme": _summary(each)}


def _worth(
    offer: review.Offer | review.Refusal,
    labels: pd.DataFrame,
    scores: pd.DataFrame,
    truth: pd.DataFrame,
) -> tuple[float, float]:
    """Precision and recall of what is accepted, on the answers without label; NaN, 0 if nothing."""
    if isinstance(offer, review.Refusal):
        return np.nan, 0.0
    pairs = review.accepted(offer, labels, scores)
    rest = truth.drop(labels.index)
    cells = rest.index.get_indexer(pairs["verbatim_id"]), rest.columns.get_indexer(pairs["theme"])
    right = rest.to_numpy()[cells].sum()
    there = rest[offer.theme].sum() if offer.theme else rest.to_numpy().sum()
    return right / len(pairs), right / there


def _summary(judged: Sequence[tuple[float, float]]) -> dict[str, float]:
    precision, recall = np.array(judged).T
    offered = ~np.isnan(precision)
    kept = precision[offered] >= PRECISION
    return {
        "kept": round(float(1 - (~kept).sum() / len(judged)), 3),
        "kept_when_offered": round(float(kept.mean()), 3) if offered.any() else None,
        "abstained": round(float((~offered).mean()), 3),
        "precision": round(float(precision[offered].mean()), 3) if offered.any() else None,
        "recall": round(float(recall.mean()), 3),
    }


class Plain:
    """A linear SVM per theme on TF-IDF of words, pairs of words and letters of the raw texts."""

    def __init__(self, texts: Sequence[str], ids: pd.Index) -> None:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2
        )
        made = [vectorizer.fit_transform(texts) for vectorizer in (words, letters)]
        self.features, self.ids = csr_matrix(hstack(made)), ids

    def __call__(self, labels: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The labelled answers as seen by models without them, and all answers by the last one."""
        fold = np.arange(len(labels)) % FOLDS
        parts = [
            self.scores(labels[fold != k], list(labels.index[fold == k])) for k in range(FOLDS)
        ]
        return pd.concat(parts).loc[labels.index], self.scores(labels, list(self.ids))

    def scores(self, labels: pd.DataFrame, ids: Sequence[str]) -> pd.DataFrame:
        """Above 0.5 where the SVM says yes; near 0 for a theme that has no example."""
        margins = np.full((len(ids), labels.shape[1]), -2.0)
        learnt, asked = self._of(labels.index), self._of(ids)
        for column, theme in enumerate(labels):
            y = labels[theme].to_numpy()
            if 0 < y.sum() < len(y):
                machine = LinearSVC(random_state=0).fit(learnt, y)
                margins[:, column] = machine.decision_function(asked)
        scores = (1 / (1 + np.exp(-STEEP * margins))).astype(np.float32)
        return pd.DataFrame(scores, index=list(ids), columns=labels.columns)

    def _of(self, ids: Sequence[str]) -> csr_matrix:
        return self.features[self.ids.get_indexer(pd.Index(ids))]


if __name__ == "__main__":
    main()
