"""The benchmarks: what they read, how they spoil it, what they count as right."""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from verbatims.nlp.lexicon.sources import Token

BENCH = Path(__file__).parents[1] / "bench"

SENTENCE = [
    Token("L'", "le", "DET", False),
    Token("été", "été", "NOUN", True),
    Token("réchauffe", "réchauffer", "VERB", True),
    Token("Cœurs", "cœur", "NOUN", False),
    Token(".", ".", "PUNCT", True),
]

CONLLU = """# text = Les élus écoutent.
1\tLes\tle\tDET\t_\t_\t2\tdet\t_\t_
2\télus\télu\tNOUN\t_\t_\t3\tnsubj\t_\t_
3\técoutent\técouter\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_
"""


@pytest.fixture(scope="module")
def lemmas():
    spec = importlib.util.spec_from_file_location("bench_lemmas", BENCH / "lemmas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(lemmas, noise, sentence=SENTENCE):
    return [token.form for token in lemmas.NOISES[noise]([sentence], random.Random(0))[0]]


def test_accents_are_stripped_and_capitals_have_none(lemmas):
    assert spoilt(lemmas, "accents") == ["L'", "ete", "rechauffe", "Coeurs", "."]
    assert spoilt(lemmas, "capitals") == ["L'", "ETE", "RECHAUFFE", "COEURS", "."]


def test_one_long_small_content_word_in_ten_is_mistyped(lemmas):
    word, name = (
        Token("réchauffe", "réchauffer", "VERB", True),
        Token("Lyon", "Lyon", "PROPN", True),
    )
    typed = spoilt(lemmas, "typos", [word, name] * 2_000)

    assert set(typed[1::2]) == {"Lyon"}
    wrong = [form for form in typed[::2] if form != "réchauffe"]
    assert 0.08 < len(wrong) / 2_000 < 0.11
    assert {len(form) for form in wrong} == {8, 9, 10}


def test_the_mix_has_no_accents_capitals_nor_punctuation(lemmas):
    mixed = spoilt(lemmas, "mix", SENTENCE)

    assert len(mixed) == 4
    assert [mixed[0], mixed[1]] == ["l'", "ete"]
    assert all(form.isascii() and form == form.lower() for form in mixed)


def test_a_word_cut_otherwise_is_wrong(lemmas):
    gold = [lemmas._places(SENTENCE)]
    whole = dict(zip(gold[0], ["le", "été", "RÉCHAUFFER", "cœur", "."], strict=True))
    glued = {**whole, (0, 5): "l'été"}
    del glued[2, 5]

    assert lemmas._right(gold, [SENTENCE], [whole]) == 3
    assert lemmas._right(gold, [SENTENCE], [glued]) == 2
    assert lemmas._wrong(gold, [SENTENCE], [glued]) == {("NOUN", "été", "été", ""): 1}


@pytest.mark.model
def test_one_line_gives_every_number_and_errors_go_elsewhere(tmp_path):
    path = tmp_path / "élus.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, BENCH / "lemmas.py", path], capture_output=True, encoding="utf-8"
    )
    measured = json.loads(run.stdout)

    by_file = measured.pop("files")
    assert by_file == {str(path): measured}
    assert measured["content_gold"] == measured["content_end_to_end"] == 100
    noises = {"accents", "capitals", "typos", "mix"}
    ways = {"content_gold", "content_end_to_end", "fast_gold", "stock_gold", "stock_end_to_end"}
    assert set(measured) == ways | noises | {f"stock_{noise}" for noise in noises}


def test_another_file_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "autre.csv"
    path.write_text("id;reponse\n1;oui\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, BENCH / "lemmas.py", path], capture_output=True, encoding="utf-8"
    )

    assert run.returncode == 1
    assert "autre.csv" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture(scope="module")
def tagging():
    spec = importlib.util.spec_from_file_location("bench_tagging", BENCH / "tagging.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_tagging"] = module  # dataclasses look for their module
    spec.loader.exec_module(module)
    return module


def test_rows_are_kept_by_a_number_or_a_word(tagging):
    row = {"lecteurs": "10", "ville": "Lyon"}
    assert tagging.kept(row, "")
    assert tagging.kept(row, "lecteurs>=3")
    assert not tagging.kept(row, "lecteurs < 3")
    assert tagging.kept(row, "ville==Lyon")
    assert not tagging.kept(row, "ville != Lyon")
    with pytest.raises(SystemExit, match="--where"):
        tagging.kept(row, "absente==1")


def test_themes_of_twenty_answers_are_measured_with_what_is_said_of_them(tagging, tmp_path):
    path = tmp_path / "définitions.csv"
    path.write_text("name,parent,definition\nVélo,,Circuler à vélo\nRare,,Jamais\n", "utf-8")
    held = [{"Vélo", "Bois"}] * 20 + [{"Bois"}, {"Rare"}]
    book = tagging.themed(held, path)
    assert [(theme.label, theme.definition) for theme in book] == [
        ("Bois", ""),
        ("Vélo", "Circuler à vélo"),
    ]


LABELLED = "réponse\tthèmes\tlecteurs\n" + "".join(
    f"{text}\t{themes}\t{number % 4}\n"
    for number in range(120)
    for text, themes in [
        [("plus de pistes cyclables", "Vélo"), ("planter des arbres", "Nature")][number % 2],
        [("des arbres le long des pistes", "Vélo | Nature"), ("rien du tout", "")][number % 2],
    ][: 1 + number % 3 // 2]
)


@pytest.mark.model
def test_one_line_gives_the_scores_of_every_tagger(tmp_path):
    path = tmp_path / "réponses.tsv"
    path.write_text(LABELLED, encoding="utf-8")
    command = [sys.executable, BENCH / "tagging.py", path, "--text", "réponse", "--themes"]
    asked = ["thèmes", "--labels", "0,40", "--where", "lecteurs>=1", "--seeds", "2", "--no-queues"]
    run = subprocess.run(
        [*command, *asked, "--retag", path, "--column", "réponse"],
        capture_output=True,
        encoding="utf-8",
    )
    measured = json.loads(run.stdout)

    taggers = {"lexicon", "similarity", "learned", "combined"}
    assert set(measured["labels"]) == {"0", "40"}
    for scores in measured["labels"].values():
        assert set(scores) == {"macro_f1", "micro_f1", "macro_ap"}
        assert all(set(each) == taggers for each in scores.values())
    assert measured["labels"]["40"]["macro_f1"]["combined"] > 0.95
    assert (measured["themes"], measured["seeds"]) == (2, 2)
    assert measured["cpu_s_per_10k"] > 0
    assert set(measured["retag"]["cpu_s"]) == {"0", "500"}


COUNTED = ("lost", "unseen", "doubled", "misattributed")


@pytest.mark.browser
def test_one_line_gives_what_the_board_costs_and_loses(tmp_path):
    path = tmp_path / "réponses.csv"
    said = [f"{number},oui,planter des arbres et des fleurs {number}" for number in range(60)]
    path.write_text("\n".join(["n,accord,réponse", *said]), encoding="utf-8")
    asked = ["--column", "réponse", "--n", "60", "--browsers", "2", "--presses", "10"]
    run = subprocess.run(
        [sys.executable, BENCH / "board.py", path, *asked, "--only", "keys,many,fast"],
        capture_output=True,
        encoding="utf-8",
    )
    measured = json.loads(run.stdout)

    assert 0 < measured["key_ms_median"] <= measured["key_ms_p95"]
    assert {measured[name] for name in COUNTED} == {0}
    assert measured["key_ms_p95_8"] > 0
    assert measured["server_cpu_ms"] > 0


def test_a_column_that_is_not_in_the_corpus_is_asked_for(tmp_path):
    path = tmp_path / "autre.csv"
    path.write_text("id;reponse\n1;oui\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, BENCH / "board.py", path, "--column", "texte", "--only", "keys"],
        capture_output=True,
        encoding="utf-8",
    )

    assert run.returncode == 1
    assert "--column" in run.stderr
    assert "Traceback" not in run.stderr


def test_one_line_gives_what_each_kind_of_table_costs():
    command = [sys.executable, BENCH / "tables.py", "--respondents", "200", "--themes", "4"]
    run = subprocess.run(
        [*command, "--levels", "3", "--times", "1"], capture_output=True, text=True, check=True
    )
    measured = json.loads(run.stdout)
    assert measured["respondents"] == 200
    kinds = ("cross", "together", "themes", "by", "closed", "ordinal")
    assert all(measured[f"{kind}_cpu_s"] >= 0 for kind in kinds)
