"""A column of texts → one JSON line: how fast they become lemmas, beside the plain spaCy loop.

    python bench/pipeline.py CORPUS.csv[.gz] --column reponse --n 10000

Speeds are per CPU-second, on one thread, with an empty cache that is written; words are tokens
that are neither punctuation nor line breaks. `naive_ratio` compares, in pairs on the same texts
and with both models loaded, the CPU time of `for text in texts: nlp(text)` with that of the whole
stage; the median of three pairs is kept, so the naive loop's own caches are warm. `fast_ratio` does
so with the stage's fast mode. `peak_rss_mb` is read before the second model is loaded,
and grows with n; a text met twice is analysed once by the stage and twice by the loop.
"""

import argparse
import csv
import gzip
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd  # noqa: E402  (after the threads are pinned)

from verbatims import nlp  # noqa: E402
from verbatims.frames import ANSWERED  # noqa: E402

SAMPLE, PAIRS, SEED = 2_000, 3, 20  # as many texts as the stage takes at once


def main() -> None:
    options = _options()
    texts = list(islice(_texts(options.corpus, options.column), options.n))
    if not texts:
        sys.exit(f"Aucun texte dans la colonne « {options.column} » de {options.corpus}.")
    load_s, _ = _cpu(lambda: _lemmas(["Bonjour."]))
    seconds, lemmas = _cpu(lambda: _lemmas(texts))
    words = int((~lemmas["pos"].isin(["PUNCT", "SPACE"])).sum())
    peak = _peak_rss_mb()
    fast_s, _ = _cpu(lambda: _lemmas(texts, fast=True))
    sample = random.Random(SEED).sample(texts, min(SAMPLE, len(texts)))
    naive, fast = _ratios(sample)
    measured = {
        "answers_per_cpu_s": round(len(texts) / seconds),
        "words_per_cpu_s": round(words / seconds),
        "fast_answers_per_cpu_s": round(len(texts) / fast_s),
        "naive_ratio": round(naive, 1),
        "fast_ratio": round(fast, 1),
        "peak_rss_mb": round(peak),
        "n": len(texts),
        "words": words,
        "load_s": round(load_s, 1),
    }
    print(json.dumps(measured))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--column", required=True)
    parser.add_argument("--n", type=int, default=10_000, help="how many texts, from the first on")
    return parser.parse_args()


def _texts(corpus: Path, column: str) -> Iterator[str]:
    csv.field_size_limit(2**31 - 1)
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8-sig", newline="") as file:
        separator = max(",;\t", key=file.readline().count)
        file.seek(0)
        for row in csv.DictReader(file, delimiter=separator):
            if row[column].strip():
                yield row[column]


def _lemmas(texts: list[str], *, fast: bool = False) -> pd.DataFrame:
    ids = [str(number) for number in range(len(texts))]
    verbatims = pd.DataFrame({"verbatim_id": ids, "text": texts, "status": ANSWERED})
    with tempfile.TemporaryDirectory() as folder:
        return nlp.lemmas(verbatims, Path(folder), fast=fast)


def _ratios(texts: list[str]) -> tuple[float, float]:
    """How many times faster than the naive loop the stage is, and its fast mode."""
    import spacy

    naive = spacy.load("fr_core_news_md")
    ratios = []
    for _ in range(PAIRS):
        theirs, _ = _cpu(lambda: [naive(text) for text in texts])
        ours, _ = _cpu(lambda: _lemmas(texts))
        fast, _ = _cpu(lambda: _lemmas(texts, fast=True))
        ratios.append((theirs / ours, theirs / fast))
    ordinary, quick = zip(*ratios, strict=True)
    return statistics.median(ordinary), statistics.median(quick)


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _peak_rss_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    main()
