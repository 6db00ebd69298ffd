"""The measurement of queues and of promises, on a few made-up answers."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from verbatims.frames import RANDOM

BENCH = Path(__file__).parents[2] / "bench" / "labelling.py"


@pytest.fixture(scope="module")
def labelling():
    spec = importlib.util.spec_from_file_location("bench_labelling", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers():
    """120 answers: a third about time, a quarter about money, each with its word."""
    number = pd.Series(range(120), index=[f"a{n}" for n in range(120)])
    held = pd.DataFrame({"temps": number % 3 == 0, "argent": number % 4 == 0}).astype(int)
    texts = [
        f"mot{n % 7}" + " du temps libre" * temps + " de l'argent" * argent
        for n, (temps, argent) in enumerate(held.itertuples(index=False))
    ]
    return texts, held


def test_a_labelled_file_is_read_with_its_themes_and_only_the_rows_asked_for(labelling, tmp_path):
    path = tmp_path / "labelled.csv"
    path.write_text("texte,themes,lecteurs\nun,a | b,3\ndeux,b,2\ntrois,,4\n", "utf-8")
    texts, truth = labelling.read(path, "texte", "themes")
    assert (texts, truth.to_numpy().tolist()) == (["un", "deux", "trois"], [[1, 1], [0, 1], [0, 0]])
    texts, truth = labelling.read(path, "texte", "themes", "lecteurs>=3")
    assert (texts, list(truth.index)) == (["un", "trois"], ["a0", "a1"])


def test_each_order_tells_the_labels_it_takes_to_reach_random(labelling, answers):
    found = labelling.saved(*answers, splits=1)
    assert list(found) == [RANDOM, "uncertain", "rare"]
    assert found[RANDOM]["saved"] == 0
    assert all(order["labels"] in (20, 40, 60, None) for order in found.values())


def test_what_is_accepted_is_judged_on_the_answers_without_label(labelling, answers):
    texts, truth = answers
    found = labelling.accepted(truth, labelling.Plain(texts, truth.index), 100, 2)
    assert found["by_theme"]["abstained"] == 1  # 77 sure pairs are needed, each theme has fewer
    assert found["recall"] == 0
