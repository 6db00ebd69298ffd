"""Labelled answers → one JSON line: how well each tagger finds the themes, and in what time.

    python bench/tagging.py LABELLED.csv --text reponse --themes themes --labels 0,50,100,200,500
        [--codebook FILE] [--where "max_lecteurs>=3"] [--seeds 5] [--no-queues]
        [--retag CORPUS.csv.gz --column reponse --n 100000]

A CSV or TSV file; « | » between the themes of an answer. The themes measured are those that 20
answers have; `--codebook` gives what is said of them, by name: a CSV of name and definition, or a
codebook.yaml whose labels are the names; without it they have only their names. The words of the
name stand for the terms of a theme that has none.

A fixed half of the answers is for scoring; labels are drawn from the other half, `--seeds` times,
all of it when it is smaller. `macro_f1`, `micro_f1` and `macro_ap` are means over the draws, 0
being nothing learned. `cpu_s_per_10k` is the CPU time of all that follows lemmatisation for 10,000
answers (those of the file, repeated) and 500 labels. `retag` is that of tagging CORPUS again once a
definition has changed, its features in memory, with as many labels (those that the similarity
suggests stand for the coders'); `features_s` is what the first time took, features included.
"""

import argparse
import csv
import gzip
import hashlib
import json
import operator
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the threads are pinned)
import pandas as pd  # noqa: E402
from sklearn.metrics import average_precision_score  # noqa: E402

from verbatims import codebook, nlp, tagging  # noqa: E402
from verbatims.frames import ANSWERED  # noqa: E402
from verbatims.model import Codebook, Theme  # noqa: E402

BETWEEN, COMMON, SEED = " | ", 20, 0
TEN_THOUSAND, MANY, FEW = 10_000, 500, 0
KEPT = Path(tempfile.gettempdir()) / "verbatims-bench"
SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    **{">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne},
    **{">": operator.gt, "<": operator.lt},
}


@dataclass(frozen=True)
class Labelled:
    """Answers, themes, and a row of 0.0 and 1.0 for each answer that holds words."""

    texts: list[str]
    lemmas: pd.DataFrame
    features: tagging.Features
    book: Codebook
    truth: pd.DataFrame  # verbatims × theme ids


def main() -> None:
    options = _options()
    labelled = read(options)
    measured = {
        "labels": {
            str(n): scores(labelled, n, options.seeds) for n in map(int, options.labels.split(","))
        },
        "cpu_s_per_10k": cpu_of(labelled),
        "n": len(labelled.truth),
        "themes": len(labelled.book),
        "seeds": options.seeds,
    }
    if options.queues:
        from labelling import saved

        measured["queues"] = saved(labelled.texts, labelled.truth)
    if options.retag:
        measured["retag"] = retag(options, labelled.book)
    print(json.dumps(measured, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--text", required=True, help="the column of the answers")
    parser.add_argument("--themes", required=True, help=f"that of the themes, «{BETWEEN}» between")
    parser.add_argument("--labels", default="0,50,100,200,500", help="how many, as in 50,200")
    parser.add_argument("--codebook", type=Path, help="CSV of name and definition, or YAML")
    parser.add_argument("--where", default="", help="rows to keep, as in max_lecteurs>=3")
    parser.add_argument("--seeds", type=int, default=5, help="how many draws of the labels")
    parser.add_argument("--no-queues", dest="queues", action="store_false", help="leave them out")
    parser.add_argument("--retag", type=Path, help="a CSV of many answers, gzipped or not")
    parser.add_argument("--column", default="reponse", help="its column of answers")
    parser.add_argument("--n", type=int, default=100_000, help="how many of them")
    return parser.parse_args()


def read(options: argparse.Namespace) -> Labelled:
    rows = [row for row in table(options.labelled) if kept(row, options.where)]
    for column in (options.text, options.themes):
        if not rows or column not in rows[0]:
            sys.exit(f"{options.labelled} : pas de colonne « {column} », ou aucune ligne.")
    held = [set(filter(None, row[options.themes].split(BETWEEN))) for row in rows]
    book = themed(held, options.codebook)
    lemmas = lemmatised([row[options.text] for row in rows])
    features = tagging.Features.of(lemmas, vectors)
    known = [held[int(verbatim_id)] for verbatim_id in features.ids]
    truth = {theme.id: [float(theme.label in themes) for themes in known] for theme in book}
    texts = [rows[int(verbatim_id)][options.text] for verbatim_id in features.ids]
    return Labelled(texts, lemmas, features, book, pd.DataFrame(truth, index=features.ids))


def table(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        separator = max(",;\t", key=file.readline().count)
        file.seek(0)
        return list(csv.DictReader(file, delimiter=separator))


def kept(row: dict[str, str], where: str) -> bool:
    """Whether a row is as `where` says: a column, a sign and a number or a word."""
    if not where:
        return True
    asked = re.fullmatch(r"\s*(\w+)\s*(>=|<=|==|!=|>|<)\s*(.*?)\s*", where)
    if asked is None or asked[1] not in row:
        sys.exit(f"--where « {where} » : attendu, une colonne, un signe et une valeur (a>=3).")
    column, sign, value = asked.groups()
    try:
        return bool(SIGNS[sign](float(row[column]), float(value)))
    except ValueError:
        return bool(SIGNS[sign](row[column], value))


def themed(held: Sequence[set[str]], path: Path | None) -> Codebook:
    """The frequent themes of the answers, the commonest first, with what the file says of them."""
    named = pd.Series([theme for themes in held for theme in themes], dtype=object).value_counts()
    named = named[named >= COMMON].rename_axis("theme").reset_index()
    names = named.sort_values(["count", "theme"], ascending=[False, True])["theme"]
    said = {theme.label: theme for theme in described(path)} if path else {}
    return Codebook(
        tuple(
            replace(said.get(name, Theme("", name)), id=f"t{number}", parent="", negation="keep")
            for number, name in enumerate(names)
        )
    )


def described(path: Path) -> Sequence[Theme]:
    if path.suffix in (".yaml", ".yml"):
        return tuple(codebook.load(path))
    return [Theme("", row["name"], definition=row.get("definition") or "") for row in table(path)]


def lemmatised(texts: Sequence[str]) -> pd.DataFrame:
    """The lemmas of texts, kept from one measurement to the next."""
    frame = {"verbatim_id": [str(n) for n in range(len(texts))], "text": texts, "status": ANSWERED}
    name = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8)
    return nlp.lemmas(pd.DataFrame(frame), KEPT / name.hexdigest())


def vectors(words: Sequence[str]) -> np.ndarray:
    return nlp.vectors(words, KEPT)


def scores(labelled: Labelled, n: int, seeds: int) -> dict[str, dict[str, float]]:
    """The means over the draws of macro-F1, micro-F1 and macro-AP, by tagger."""
    order = np.random.default_rng(SEED).permutation(len(labelled.truth))
    scored, pool = order[: len(order) // 2], order[len(order) // 2 :]
    draws = [np.random.default_rng(1 + seed).permutation(pool)[:n] for seed in range(seeds)]
    found: dict[str, list[tuple[float, float, float]]] = {}
    for tagger in tagging.TAGGERS:
        learns = n and tagger in ("learned", "combined")
        found[tagger] = [
            measured(labelled, labelled.truth.iloc[drawn], scored, tagger)
            for drawn in (draws if learns else draws[:1])
        ]
    means = {tagger: np.mean(each, axis=0).round(4).tolist() for tagger, each in found.items()}
    names = ("macro_f1", "micro_f1", "macro_ap")
    return {
        name: {tagger: mean[number] for tagger, mean in means.items()}
        for number, name in enumerate(names)
    }


def measured(
    labelled: Labelled, labels: pd.DataFrame, scored: np.ndarray, tagger: str
) -> tuple[float, float, float]:
    made = tagging.tag(labelled.features, labelled.book, labels=labels, tagger=tagger)
    given = made.scores.to_numpy()[scored]
    truth = labelled.truth.to_numpy()[scored]
    suggested = given >= np.array([made.threshold[theme] for theme in made.scores])
    right = (truth * suggested).sum(axis=0)
    said = truth.sum(axis=0) + suggested.sum(axis=0)
    macro = (2 * right / np.maximum(said, 1)).mean()
    present = truth.any(axis=0)
    ap = average_precision_score(truth[:, present], given[:, present], average="macro")
    return float(macro), float(2 * right.sum() / max(1, said.sum())), float(ap)


def cpu_of(labelled: Labelled) -> float:
    """The CPU seconds of features, learning, scores and reasons, for 10,000 answers."""
    ids = labelled.features.ids
    times = -(-TEN_THOUSAND // len(ids))
    lemmas = repeated(labelled.lemmas, times)
    truth = pd.concat([labelled.truth] * times).set_axis(
        [f"{n}-{verbatim_id}" for n in range(times) for verbatim_id in ids]
    )
    drawn = truth.iloc[np.random.default_rng(SEED).permutation(len(ids))[:MANY]]
    started = time.process_time()
    tagging.tag(tagging.Features.of(lemmas, vectors), labelled.book, labels=drawn)
    return round((time.process_time() - started) * TEN_THOUSAND / (times * len(ids)), 2)


def repeated(lemmas: pd.DataFrame, times: int) -> pd.DataFrame:
    """The same answers several times, under other names."""
    ids = lemmas["verbatim_id"].cat
    names = [f"{n}-{verbatim_id}" for n in range(times) for verbatim_id in ids.categories]
    codes = [ids.codes.to_numpy().astype(np.int64) + n * len(ids.categories) for n in range(times)]
    every = pd.concat([lemmas] * times, ignore_index=True)
    return every.assign(verbatim_id=pd.Categorical.from_codes(np.concatenate(codes), names))


def retag(options: argparse.Namespace, book: Codebook) -> dict[str, Any]:
    """The CPU seconds of tagging a corpus again after its codebook has been edited."""
    rows = table(options.retag)
    texts = islice((row[options.column] for row in rows if row[options.column].strip()), options.n)
    features = tagging.Features.of(lemmatised(list(texts)), vectors)
    features_s, near = timed(lambda: tagging.tag(features, book))
    suggested = near.scores >= 0.5
    rows_of = np.random.default_rng(SEED).permutation(len(suggested))[:MANY]
    labels = suggested.iloc[rows_of].astype(float)
    tagging.tag(features, book, labels=labels)
    first, *others = book
    edited = Codebook((replace(first, definition=f"{first.definition} autrement"), *others))
    each = {FEW: None, MANY: labels}
    seconds = {
        str(n): timed(lambda given=given: tagging.tag(features, edited, labels=given))[0]
        for n, given in each.items()
    }
    return {"cpu_s": seconds, "n": len(features.ids), "features_s": features_s}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return round(time.process_time() - started, 2), result


if __name__ == "__main__":
    main()
