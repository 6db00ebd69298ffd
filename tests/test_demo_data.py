"""The demo study of data/: reproducible, honest about its bases, and awkward like a real survey."""

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

from verbatims import bases, codebook, corpus, importers, questionnaire
from verbatims.frames import ABSENT, PRESENT, READ
from verbatims.model import Source

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
FILES = ("pionniers.csv", "citations.csv", "codages_demo.csv")

PUBLISHED = {
    "decloisonnement": "Désectoriser, mettre de la cohérence dans toutes les initiatives; "
    "travailler à la complémentarité",
    "coordination": "Coordonner; agir ensemble; inter-connaissance pour susciter l'envie de faire "
    "ensemble",
    "valorisation": "Valoriser, faire connaitre, illustrer les résultats",
    "reseaux_entreprises": "Intégrer la thématique dans les chantiers des réseaux d'entreprises",
}
NOTHING = {"RAS", "ras", "nsp", "Néant", "idem", "-", "Rien"}


def rows(file: str, delimiter: str = ";") -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


@pytest.fixture(scope="module")
def survey() -> list[dict[str, str]]:
    return rows("pionniers.csv")


@pytest.fixture(scope="module")
def questions() -> dict[str, dict]:
    text = (DATA / "questionnaire.yaml").read_text(encoding="utf-8")
    return {question["id"]: question for question in yaml.safe_load(text)["questions"]}


@pytest.fixture(scope="module")
def themes() -> dict[str, dict]:
    text = (ROOT / "codebook.yaml").read_text(encoding="utf-8")
    return {theme["id"]: theme for theme in yaml.safe_load(text)["themes"]}


@pytest.fixture(scope="module")
def written() -> dict[str, list[dict]]:
    return tomllib.loads((DATA / "reponses.toml").read_text(encoding="utf-8"))


def said(survey: list[dict[str, str]], column: str) -> list[str]:
    """The answers that say something."""
    return [row[column] for row in survey if row[column].strip() and row[column] not in NOTHING]


# --- Reproducible -----------------------------------------------------------------------------


def test_the_script_writes_the_committed_bytes(tmp_path):
    subprocess.run([sys.executable, DATA / "simulate.py", tmp_path], check=True)
    for file in FILES:
        assert (tmp_path / file).read_bytes() == (DATA / file).read_bytes(), file


# --- Bases and bounds -------------------------------------------------------------------------


def test_there_are_52_respondents_each_once(survey):
    assert [row["N°"] for row in survey] == [f"R{n:02}" for n in range(1, 53)]


def test_34_are_asked_which_actors_should_take_part_and_all_of_them_answer(survey, questions):
    question = questions["acteurs_animation"]
    ((condition, labels),) = question["asked_if"].items()
    codes = questions[condition]["labels"]
    asked = [row for row in survey if codes.get(int(row["Q3"] or 0)) in labels]
    answering = [row for row in survey if all(row[header] for header in question["columns"])]
    assert len(asked) == 34
    assert answering == asked


def test_nobody_else_has_a_word_in_the_filtered_question(survey, questions):
    headers = questions["acteurs_animation"]["columns"]
    silent = [row for row in survey if not any(row[header] for header in headers)]
    assert len(silent) == 52 - 34


def test_marks_run_from_1_to_10_or_say_ne_sais_pas(survey, questions):
    headers = questions["domaines"]["columns"]
    marks = {row[header] for row in survey for header in headers}
    assert len(headers) == 16
    assert marks <= {*map(str, range(1, 11)), "99"}
    assert "99" in marks


def test_every_column_of_the_file_is_in_the_questionnaire_and_the_reverse(survey, questions):
    declared = Counter(
        header
        for question in questions.values()
        if question.get("source") != "interview"
        for header in headers_of(question)
    )
    assert declared == Counter(survey[0].keys())


def test_every_closed_answer_is_one_that_the_questionnaire_knows(survey, questions):
    for question in questions.values():
        allowed = allowed_values(question)
        if allowed is None:
            continue
        for header in headers_of(question):
            cells = [row[header].split(question.get("separator")) for row in survey]
            given = (
                {part for cell in cells for part in cell}
                if "separator" in question
                else {row[header] for row in survey}
            )
            assert given - {""} <= allowed, header


def test_every_answer_offered_is_given_by_someone(survey, questions):
    for question in questions.values():
        if question["kind"] in ("single", "ordinal"):
            labels = question["labels"]
            given = {row[question["column"]] for row in survey} - {""}
            assert given == set(map(str, labels)), question["id"]


def headers_of(question: dict) -> list[str]:
    return list(question["columns"]) if "columns" in question else [question["column"]]


def allowed_values(question: dict) -> set[str] | None:
    if question["kind"] == "multi" and "columns" in question:
        return {"0", "1"}
    if "labels" not in question:
        return None
    return {str(value) for value in [*question["labels"], *question.get("missing", [])]}


def test_weights_are_positive_and_near_1_on_average(survey):
    weights = [float(row["Poids"]) for row in survey]
    assert min(weights) > 0.5
    assert sum(weights) / len(weights) == pytest.approx(1, abs=0.02)


# --- Conclusions of the deck that the closed answers must let an analyst find -----------------


def test_initiatives_go_up_and_down_more_than_across(survey):
    ticked = Counter(flow.split(" ")[0] for row in survey for flow in row["Q4"].split(";"))
    assert ticked["Descendante"] > ticked["Transversale"]
    assert ticked["Remontante"] > ticked["Transversale"]


def test_the_four_domains_that_matter_most_are_those_of_the_deck(survey, questions):
    def mean(header: str) -> float:
        marks = [int(row[header]) for row in survey if row[header] != "99"]
        return sum(marks) / len(marks)

    domains = questions["domaines"]["columns"]
    best = sorted(domains, key=mean, reverse=True)[:4]
    assert {domains[header] for header in best} == {
        "Les emplois, le chômage, l'insertion professionnelle",
        "La transition énergétique",
        "La pauvreté, la précarité",
        "Le lien social, l'isolement",
    }


# --- Open answers -----------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "low", "high"), [("Q12", 0.85, 0.90), ("Q13", 0.45, 0.60)])
def test_the_share_of_respondents_who_say_something(survey, column, low, high):
    assert low <= len(said(survey, column)) / len(survey) <= high


def test_open_answers_are_awkward_like_real_ones(survey):
    texts = [row[column] for row in survey for column in ("Q12", "Q13")]
    assert {"RAS", "nsp", "Néant", "idem", "", "  "} <= set(texts)
    assert any(";" in text for text in texts)
    assert any("\n- " in text for text in texts)
    assert any("\n2) " in text for text in texts)
    assert any("\n* " in text for text in texts)
    assert any("élu·e·s" in text for text in texts)
    assert any("🙂" in text for text in texts)
    assert any("’" in text for text in texts)
    assert any(text.isupper() and len(text) > 20 for text in texts)
    assert any(text.islower() and text.isascii() and len(text) > 20 for text in texts)
    assert any("Bonjour, merci" in text for text in texts)
    assert any("pas une question d'argent" in text for text in texts)
    assert any("decloisonement" in text for text in texts)


def test_answers_run_from_2_words_to_60(survey):
    lengths = [len(text.split()) for column in ("Q12", "Q13") for text in said(survey, column)]
    assert min(lengths) <= 2
    assert 50 <= max(lengths) <= 60


def test_no_two_respondents_say_the_same_thing(survey):
    texts = [text for column in ("Q12", "Q13") for text in said(survey, column)]
    assert len(texts) == len(set(texts))


def test_at_least_95_answers_were_written_all_different(written):
    texts = [entry["text"].casefold() for entries in written.values() for entry in entries]
    assert len(texts) == len(set(texts)) >= 95


def test_written_answers_name_only_known_themes_and_structures(written, themes, questions):
    entries = [entry for answers in written.values() for entry in answers]
    for entry in entries:
        decoys = entry.get("decoys", [])
        assert set(entry["themes"]) | set(decoys) <= set(themes), entry["text"]
        assert not set(entry["themes"]) & set(decoys), entry["text"]
        assert set(entry.get("who", [])) <= set(questions["structure"]["labels"]), entry["text"]


def test_some_answers_have_no_theme_and_some_have_several(written):
    counts = [len(entry["themes"]) for answers in written.values() for entry in answers]
    assert counts.count(0) >= 15
    assert sum(count >= 2 for count in counts) >= 20


# --- The simulated coder ----------------------------------------------------------------------


def test_every_answer_of_the_coded_question_is_read_to_the_end_and_no_other(survey):
    coded = rows("codages_demo.csv", ",")
    read = [row["verbatim_id"] for row in coded if row["value"] == READ]
    answered = [row["N°"] for row in survey if row["Q12"] in said(survey, "Q12")]
    assert read == [f"{respondent_id}:attentes" for respondent_id in answered]


def test_each_coded_answer_ends_with_read_which_alone_has_no_theme():
    coded = rows("codages_demo.csv", ",")
    by_verbatim: dict[str, list[dict[str, str]]] = {}
    for row in coded:
        by_verbatim.setdefault(row["verbatim_id"], []).append(row)
    for gestures in by_verbatim.values():
        *judged, last = gestures
        assert (last["theme"], last["value"]) == ("", READ)
        assert all(row["theme"] and row["value"] in (PRESENT, ABSENT) for row in judged)
        assert len({row["theme"] for row in judged}) == len(judged)


def test_every_theme_is_present_at_least_twice_in_the_coded_question(themes):
    present = Counter(
        row["theme"] for row in rows("codages_demo.csv", ",") if row["value"] == PRESENT
    )
    assert set(present) == set(themes)
    assert min(present.values()) >= 2


# --- Quotes, questionnaire, codebook ----------------------------------------------------------


def test_the_published_quotes_are_interview_verbatims_word_for_word():
    assert {row["propos"] for row in rows("citations.csv")} == set(PUBLISHED.values())


def test_the_published_quotes_are_examples_of_the_themes_they_speak_of(themes):
    for theme, quote in PUBLISHED.items():
        assert quote in themes[theme]["examples"]


def test_every_theme_says_what_it_takes_in_and_leaves_out(themes):
    assert len(themes) == 12
    for theme in themes.values():
        assert theme["definition"].count("\n") == 0
        assert all(theme[key] for key in ("label", "include", "exclude", "examples", "terms"))


def test_the_questionnaire_says_that_the_data_are_simulated():
    text = (DATA / "questionnaire.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["notice"].startswith("Données simulées")


def test_the_questionnaire_shows_every_kind_of_question(questions):
    kinds = {(question["kind"], question.get("of")) for question in questions.values()}
    assert {kind for kind, _ in kinds} == {
        "id", "single", "ordinal", "multi", "grid", "open", "weight", "ignore"
    }  # fmt: skip
    assert {of for kind, of in kinds if kind == "grid"} == {"ordinal", "multi", "rating"}


def test_the_loaders_accept_both_files():
    assert len(codebook.load(ROOT / "codebook.yaml")) == 12
    loaded = questionnaire.load(DATA / "questionnaire.yaml")
    assert [question.id for question in loaded.open] == ["attentes", "aide", "entretien"]


def test_both_files_are_imported_without_a_problem_and_with_the_base_of_34():
    study = questionnaire.load(DATA / "questionnaire.yaml")
    survey = corpus.build(importers.read(DATA / "pionniers.csv"), study)
    quotes = corpus.build(importers.read(DATA / "citations.csv"), study, source=Source.INTERVIEW)
    filtered = study["acteurs_animation"]
    assert not survey.problems
    assert not quotes.problems
    assert len(quotes.verbatims) == 4
    assert len(bases.asked(filtered, survey.respondents, survey.answers)) == 34
    assert len(bases.answered(filtered, survey.answers)) == 34
