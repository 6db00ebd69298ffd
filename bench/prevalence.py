"""Labelled answers → one JSON line: how often the estimated shares hold the truth, and how widely.

    python bench/prevalence.py LABELLED.csv --text reponse --themes themes
        [--definitions FILE] [--where "max_lecteurs>=3"] [--n 50,100,200] [--draws 300]

The file is read as bench/tagging.py reads it, and so are its themes: those that 20 answers have.
`--draws` times, `n` answers are drawn at random, and the share of each theme among all answers is
estimated from their labels as a study does. For each n:

    coverage_mean, coverage_min   % of draws whose interval holds the share, all themes, and the
                                  theme where it is lowest
    width_ratio                   mean width of these intervals by that of Wilson's on the same
                                  drawn answers alone
    error_ratio                   the same of root mean squared errors
    leaky_coverage_mean           as the first, when the machine has learned the answers that it is
                                  corrected with; it must be low, or the measure proves nothing
                                  (`--leaky` draws)
    cpu_s                         per draw
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the threads are pinned)
import pandas as pd  # noqa: E402

from tagging import BETWEEN, Labelled, read  # noqa: E402
from verbatims.measures.prevalence import Estimate, human  # noqa: E402
from verbatims.study.prevalence import estimate  # noqa: E402

SEED = 7

Estimated = Callable[[pd.DataFrame], Estimate]


def main() -> None:
    options = _options()
    labelled = read(options)
    told = {
        str(n): measured(labelled, n, options.draws, options.leaky)
        for n in map(int, options.n.split(","))
    }
    about = {"answers": len(labelled.truth), "themes": len(labelled.book), "draws": options.draws}
    print(json.dumps({"n": told, **about}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--text", default="reponse", help="the column of the answers")
    parser.add_argument("--themes", default="themes", help=f"theirs, «{BETWEEN}» between")
    parser.add_argument("--definitions", dest="codebook", type=Path, help="CSV of name, definition")
    parser.add_argument("--where", default="", help="rows to keep, as in max_lecteurs>=3")
    parser.add_argument("--n", default="50,100,200", help="how many answers are drawn")
    parser.add_argument("--draws", type=int, default=300)
    parser.add_argument("--leaky", type=int, default=30, help="draws of the leaky variant")
    return parser.parse_args()


def measured(labelled: Labelled, n: int, draws: int, leaky: int) -> dict[str, float]:
    answers = pd.Index(labelled.truth.index)
    population, shares = len(answers), labelled.truth.to_numpy().mean(axis=0)
    if n > population:
        sys.exit(f"{population} réponses : on ne peut pas en tirer {n}.")

    def assisted(labels: pd.DataFrame) -> Estimate:
        return estimate(labelled.features, labelled.book, labels, answers)

    def in_sample(labels: pd.DataFrame) -> Estimate:
        return estimate(labelled.features, labelled.book, labels, answers, leaky=True)

    started = time.process_time()
    found = drawn(labelled.truth, n, draws, assisted)
    cpu_s = (time.process_time() - started) / draws
    alone = drawn(labelled.truth, n, draws, lambda labels: human(labels, population))
    held = holds(found, shares)
    told = {
        "coverage_mean": 100 * held.mean(),
        "coverage_min": 100 * held.mean(axis=0).min(),
        "width_ratio": width(found) / width(alone),
        "error_ratio": error(found, shares) / error(alone, shares),
        "human_coverage_mean": 100 * holds(alone, shares).mean(),
        "cpu_s": cpu_s,
    }
    if leaky:
        leaked = drawn(labelled.truth, n, leaky, in_sample)
        told["leaky_coverage_mean"] = 100 * holds(leaked, shares).mean()
    return {name: round(float(value), 3) for name, value in told.items()}


def drawn(truth: pd.DataFrame, n: int, draws: int, made: Estimated) -> Estimate:
    """What each draw gives: arrays of draws × themes."""
    each = []
    for draw in range(draws):
        chosen = np.random.default_rng([SEED, n, draw]).permutation(len(truth))[:n]
        each.append(made(truth.iloc[chosen]))
    return Estimate(*(np.array(part) for part in zip(*each, strict=True)))


def holds(found: Estimate, shares: np.ndarray) -> np.ndarray:
    return (found.low <= shares + 1e-12) & (shares <= found.high + 1e-12)


def width(found: Estimate) -> float:
    """The mean over themes of the mean over draws, each theme weighing the same."""
    return float((found.high - found.low).mean())


def error(found: Estimate, shares: np.ndarray) -> float:
    return float(np.sqrt(((found.share - shares) ** 2).mean(axis=0)).mean())


if __name__ == "__main__":
    main()
