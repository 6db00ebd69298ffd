"""Made-up answers → one JSON line: the CPU that each kind of table takes.

    python bench/tables.py --respondents 100000 --themes 40 --levels 10

One thread, seconds of CPU, medians of `--times` runs; what is made: a survey where everyone wrote,
all is read, two themes are found per answer, and one profile question has `levels` answers.

    cross      themes by the profile: counts, intervals, a test per cell and per theme
    together   themes by themes
    themes     the themes alone
    by         the themes in each group, as `verbatims export` writes them
    closed     the profile question alone
    ordinal    the marks of a rating by the profile, with its tests
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the threads are pinned)
import pandas as pd  # noqa: E402

from verbatims import analysis  # noqa: E402
from verbatims.model import (  # noqa: E402
    Codebook,
    CodedCorpus,
    Column,
    Kind,
    Question,
    Questionnaire,
    Theme,
)

SEED = 1
PER_ANSWER = 2  # themes found in an answer, on average
MARKS = (1, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--respondents", type=int, default=100_000)
    parser.add_argument("--themes", type=int, default=40)
    parser.add_argument("--levels", type=int, default=10)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    coded = corpus(asked.respondents, asked.themes, asked.levels)
    seconds = {name: median(make, asked.times) for name, make in tables(coded).items()}
    told = vars(asked) | {f"{name}_cpu_s": round(took, 3) for name, took in seconds.items()}
    print(json.dumps(told))


def tables(coded: CodedCorpus) -> dict[str, Callable[[], object]]:
    profile = coded.questionnaire["profile"]
    return {
        "cross": lambda: crossed(coded, "open", "profile"),
        "together": lambda: crossed(coded, "open", "open"),
        "themes": lambda: analysis.themes(coded, question="open"),
        "by": lambda: analysis.themes_by(coded, profile, question="open"),
        "closed": lambda: analysis.closed(profile, coded.respondents, coded.answers),
        "ordinal": lambda: crossed(coded, "rating", "profile"),
    }


def crossed(coded: CodedCorpus, question: str, by: str) -> object:
    return analysis.cross(analysis.variable(coded, question), analysis.variable(coded, by))


def median(make: Callable[[], object], times: int) -> float:
    def once() -> float:
        start = time.process_time()
        make()
        return time.process_time() - start

    return statistics.median(once() for _ in range(times))


def corpus(respondents: int, themes: int, levels: int) -> CodedCorpus:
    """A survey of which every answer is read, the same each time."""
    chance = np.random.default_rng(SEED)
    people = np.array([f"r{i}" for i in range(respondents)], dtype=object)
    labels = np.array([f"niveau {i}" for i in range(levels)], dtype=object)
    names = np.array([f"theme{i}" for i in range(themes)], dtype=object)
    low, high = MARKS
    given = {
        "profile": labels[chance.integers(0, levels, respondents)],
        "rating": chance.integers(low, high + 1, respondents).astype(str).astype(object),
    }
    written = pd.DataFrame(
        {"verbatim_id": people + ":open", "respondent_id": people, "question": "open"}
    ).assign(text="dit", status="answered")
    rows, columns = np.nonzero(chance.random((respondents, themes)) < PER_ANSWER / themes)
    found = pd.DataFrame(
        {"verbatim_id": written["verbatim_id"].to_numpy()[rows], "theme": names[columns]}
    )
    return CodedCorpus(
        questionnaire=Questionnaire(
            (
                Question("profile", Kind.SINGLE, (Column("profile"),), labels=tuple(labels)),
                Question("rating", Kind.RATING, (Column("rating"),), bounds=MARKS),
                Question("open", Kind.OPEN, (Column("open"),)),
            )
        ),
        codebook=Codebook(tuple(Theme(name, name) for name in names)),
        respondents=pd.DataFrame({"respondent_id": people, "source": "survey", "weight": 1.0}),
        answers=pd.concat(
            pd.DataFrame({"respondent_id": people, "question": name, "item": "", "value": values})
            for name, values in given.items()
        ),
        verbatims=written,
        tags=found,
        codings=found.assign(present=True, source="coder"),
        readers=dict.fromkeys(written["verbatim_id"], ("une",)),
    )


if __name__ == "__main__":
    main()
