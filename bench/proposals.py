"""Labelled answers → one JSON line: what accepting every proposed term does to the terms alone.

    python bench/proposals.py LABELLED.csv --text reponse --themes themes [--codebook FILE.csv]
        [--labels 100,200,500] [--where "max_lecteurs>=3"]

Themes are those of the codebook's `name` column, else of the labels (separated by « | »), with 20
answers or more; they have no terms at first, so that the words of their names stand for them. Half
of the answers is for scoring. Labels are drawn from the other half, five times; the proposals that
they give are all accepted. `names` are the scores of the names alone, `labels` those after:
means over the themes of F1, precision and recall, then micro-F1, how many terms were added beside
the words of the names, and the micro-F1 that the held-back answers announced.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the threads are pinned)
import pandas as pd  # noqa: E402

from verbatims import nlp  # noqa: E402
from verbatims.frames import ANSWERED  # noqa: E402
from verbatims.measures.retrieval import f1, precision, recall  # noqa: E402
from verbatims.model import Codebook, Theme  # noqa: E402
from verbatims.tagging import lexicon, proposals  # noqa: E402

SEPARATOR, FREQUENT, DRAWS, SEED = " | ", 20, 5, 20


def main() -> None:
    options = _options()
    rows = _rows(options)
    labels = _labels(rows[options.themes], options.codebook)
    lemmas = _lemmas(rows[options.text].tolist())
    codebook = Codebook(tuple(Theme(name, name) for name in labels))
    order = np.random.default_rng(SEED).permutation(len(labels))
    pool, scored = order[: len(order) // 2], labels.iloc[np.sort(order[len(order) // 2 :])]
    counts = [int(count) for count in options.labels.split(",")]
    started = time.process_time()
    measured = {
        str(count): _mean(
            [_after(lemmas, codebook, labels.iloc[drawn], scored) for drawn in _draws(pool, count)]
        )
        for count in dict.fromkeys(min(count, len(pool)) for count in counts)
    }
    seconds = (time.process_time() - started) / DRAWS / len(measured)
    line = {
        "names": _mean([_scores(lemmas, codebook, scored)]),
        "labels": measured,
        "answers": len(labels),
        "themes": len(codebook),
        "cpu_s_per_draw": round(seconds, 2),
    }
    print(json.dumps(line))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--text", required=True, help="the column of the answers")
    parser.add_argument("--themes", required=True, help="the column of their themes")
    parser.add_argument("--codebook", type=Path, help="a CSV with the names of the themes")
    parser.add_argument("--labels", default="100,200,500")
    parser.add_argument("--where", default="", help="which rows, for example « max_lecteurs>=3 »")
    return parser.parse_args()


def _rows(options: argparse.Namespace) -> pd.DataFrame:
    separator = "\t" if options.labelled.suffix == ".tsv" else ","
    rows = pd.read_csv(options.labelled, sep=separator)
    for column in (options.text, options.themes):
        if column not in rows:
            sys.exit(f"Il n'y a pas de colonne « {column} » dans {options.labelled}.")
    rows = rows.query(options.where) if options.where else rows
    return rows.fillna({options.text: "", options.themes: ""}).reset_index(drop=True)


def _labels(themes: pd.Series, codebook: Path | None) -> pd.DataFrame:
    """Answers × themes, as review makes them."""
    given = [set(cell.split(SEPARATOR)) - {""} for cell in themes]
    named = pd.read_csv(codebook)["name"] if codebook else sorted(set().union(*given))
    flags = {name: [float(name in has) for has in given] for name in named}
    labels = pd.DataFrame(flags, index=pd.Index(_ids(len(given)), name="verbatim_id"))
    return labels.loc[:, labels.sum() >= FREQUENT]


def _ids(n: int) -> list[str]:
    return [f"v{number}" for number in range(n)]


def _lemmas(texts: list[str]) -> pd.DataFrame:
    verbatims = pd.DataFrame({"verbatim_id": _ids(len(texts)), "text": texts, "status": ANSWERED})
    with tempfile.TemporaryDirectory() as folder:
        return nlp.lemmas(verbatims, Path(folder))


def _draws(pool: np.ndarray, count: int) -> Iterator[np.ndarray]:
    for seed in range(DRAWS):
        yield np.sort(np.random.default_rng(seed).permutation(pool)[:count])


def _after(
    lemmas: pd.DataFrame, codebook: Codebook, labels: pd.DataFrame, scored: pd.DataFrame
) -> dict[str, float]:
    proposed = proposals.propose(lemmas, codebook, labels)
    announced = proposed.effect
    return {
        **_scores(lemmas, proposed.draft, scored),
        "added": int((proposed.additions["origin"] == proposals.ANSWERS).sum()),
        "announced_before": announced.before.f1 if announced else np.nan,
        "announced_after": announced.after.f1 if announced else np.nan,
    }


def _scores(lemmas: pd.DataFrame, codebook: Codebook, scored: pd.DataFrame) -> dict[str, float]:
    tags = lexicon.tag(lemmas, codebook)
    found = pd.crosstab(tags["verbatim_id"], tags["theme"]) > 0
    found = found.reindex(index=scored.index, columns=scored.columns, fill_value=False).to_numpy()
    true = scored.to_numpy() == 1
    hits, said, wanted = ((found & true).sum(0), found.sum(0), true.sum(0))
    return {
        "macro_f1": _average(f1(hits, said, wanted)),
        "precision": _average(precision(hits, said)),
        "recall": _average(recall(hits, wanted)),
        "micro_f1": float(f1(hits.sum(), said.sum(), wanted.sum())),
    }


def _average(by_theme: np.ndarray) -> float:
    """Over themes; one for which nothing is found is worth nothing."""
    return float(np.nan_to_num(by_theme).mean())


def _mean(draws: list[dict[str, float]]) -> dict[str, float | None]:
    """Over the draws where there is one; JSON has no NaN."""
    means = pd.DataFrame(draws).mean().items()
    return {name: None if np.isnan(mean) else round(float(mean), 3) for name, mean in means}


if __name__ == "__main__":
    main()
