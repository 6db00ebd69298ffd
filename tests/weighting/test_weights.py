"""weighting.yaml: what it may say, what it makes of weights, and what is shown of it."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from verbatims import analysis
from verbatims.errors import VerbatimsError
from verbatims.measures.weighting import effective
from verbatims.model import Column, Criterion, Figure, Kind, Question, Questionnaire
from verbatims.study import Study
from verbatims.weighting import Margin, Weighting, load, weigh, written

SEX = Question("sexe", Kind.SINGLE, (Column("s"),), labels=("F", "H"))
AGE = Question("age", Kind.ORDINAL, (Column("a"),), labels=("moins de 40", "40 et plus"))
TOOLS = Question("outils", Kind.MULTI, (Column("o", "carte"),))
OPEN = Question("attentes", Kind.OPEN, (Column("x"),))
BOOK = Questionnaire((SEX, AGE, TOOLS, OPEN))
HALVES = Margin("sexe", (("F", 50), ("H", 50)))


def surveyed(counts):
    """Respondents and answers from {(sex, age): n}; None for who did not say."""
    people = [pair for pair, n in counts.items() for _ in range(n)]
    names = [f"r{i}" for i in range(len(people))]
    rows = [
        (name, question, "", value)
        for name, pair in zip(names, people, strict=True)
        for question, value in zip(("sexe", "age"), pair, strict=True)
        if value is not None
    ]
    respondents = pd.DataFrame({"respondent_id": names, "source": "survey", "weight": 1.0})
    return respondents, pd.DataFrame(rows, columns=["respondent_id", "question", "item", "value"])


def test_weights_bring_the_margins_and_have_a_mean_of_one():
    respondents, answers = surveyed({("F", None): 30, ("H", None): 10})
    made, report = weigh(Weighting(margins=(HALVES,)), BOOK, respondents, answers)
    assert made["weight"].tolist() == pytest.approx([2 / 3] * 30 + [2.0] * 10)
    assert report.margins["weighted_share"].tolist() == pytest.approx([0.5, 0.5])
    assert report.margins["share"].tolist() == [0.75, 0.25]
    assert report.worth == pytest.approx(effective(made["weight"]))
    assert report.says[0].startswith("40 répondants redressés en valent 30 (effet de plan 1,33)")


def test_interviews_keep_their_weight_and_are_no_part_of_it():
    respondents, answers = surveyed({("F", None): 30, ("H", None): 10})
    pioneers = pd.DataFrame({"respondent_id": ["p"], "source": "interview", "weight": 7.0})
    everyone = pd.concat([pioneers, respondents], ignore_index=True)
    made, report = weigh(Weighting(margins=(HALVES,)), BOOK, everyone, answers)
    assert made["weight"].iloc[0] == 7
    assert made["weight"].iloc[1:].mean() == pytest.approx(1)
    assert report.n == 40


def test_who_did_not_say_keeps_the_ratio_and_is_counted():
    respondents, answers = surveyed({("F", None): 20, ("H", None): 10, (None, None): 6})
    made, report = weigh(Weighting(margins=(HALVES,)), BOOK, respondents, answers)
    assert report.unknown == {"sexe": 6}
    assert any("6 répondants n'ont pas répondu à « sexe »" in told for told in report.says)
    assert made["weight"].iloc[-6:].tolist() == pytest.approx([1.0] * 6)


def test_weights_that_were_there_are_where_it_starts():
    respondents, answers = surveyed({("F", None): 2, ("H", None): 2})
    respondents["weight"] = [3.0, 1.0, 1.0, 1.0]
    made, _report = weigh(Weighting(margins=(HALVES,)), BOOK, respondents, answers)
    women = made["weight"].iloc[:2]
    assert women.iloc[0] / women.iloc[1] == pytest.approx(3)


def test_rows_in_another_order_give_the_same_weights():
    counts = {pair: 3 + n for n, pair in enumerate(product("FH", AGE.labels))}
    respondents, answers = surveyed(counts)
    margins = (HALVES, Margin("age", (("moins de 40", 30), ("40 et plus", 70))))
    made, _report = weigh(Weighting(margins=margins), BOOK, respondents, answers)
    shuffled, _report = weigh(
        Weighting(margins=margins),
        BOOK,
        respondents.sample(frac=1, random_state=1),
        answers.sample(frac=1, random_state=2),
    )
    expected = made.set_index("respondent_id")["weight"].sort_index()
    assert np.allclose(shuffled.set_index("respondent_id")["weight"].sort_index(), expected)


def test_a_target_nobody_answers_leaves_the_weights_and_says_why():
    respondents, answers = surveyed({("F", None): 12})
    made, report = weigh(Weighting(margins=(HALVES,)), BOOK, respondents, answers)
    assert made["weight"].tolist() == [1.0] * 12
    assert "personne n'a répondu « H » à « sexe »" in report.says[0]
    assert report.says[0].startswith("Redressement non appliqué")


def test_margins_that_cannot_hold_within_the_bounds_say_what_to_do():
    respondents, answers = surveyed({("F", None): 95, ("H", None): 5})
    asked = Weighting(margins=(HALVES,), trim=(0.3, 3))
    made, report = weigh(asked, BOOK, respondents, answers)
    assert made["weight"].max() <= 3 + 1e-6
    assert report.says[0].startswith("Les marges ne tiennent pas toutes")
    assert any("5 poids tenus par une borne" in told for told in report.says)


# -- the file ------------------------------------------------------------------------------


def test_what_is_written_is_read_as_it_was(tmp_path):
    asked = Weighting(
        population=200,
        margins=(HALVES, Margin("age", (("moins de 40", 30.5), ("40 et plus", 69.5)))),
        trim=(0.3, 3),
    )
    file = tmp_path / "weighting.yaml"
    file.write_text(written(asked), "utf-8")
    assert load(file, BOOK) == asked
    file.write_text(written(Weighting(population=52)), "utf-8")
    assert load(file, BOOK) == Weighting(population=52)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("margins: {sex: {F: 1, H: 1}}", "vouliez-vous dire « sexe »"),
        ("margins: {outils: {carte: 1}}", "à réponse unique"),
        ("margins: {attentes: {a: 1, b: 2}}", "à réponse unique"),
        ("margins: {sexe: {F: 1, Hommes: 1}}", "réponse inconnue « Hommes »"),
        ("margins: {sexe: {F: 1}}", "il manque « H »"),
        ("margins: {sexe: {F: 1, H: -2}}", "ne peut pas être négatif"),
        ("margins: {sexe: {F: un, H: 2}}", "« un » n'est pas un nombre"),
        ("population: 52,5", "un nombre entier"),
        ("population: 0", "un nombre entier"),
        ("trim: [2, 3]", "1 est le poids moyen"),
        ("trimm: [0.3, 3]", "vouliez-vous dire « trim »"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_advice(tmp_path, text, told):
    file = tmp_path / "weighting.yaml"
    file.write_text(f"# des marges\n{text}\n", "utf-8")
    with pytest.raises(VerbatimsError) as refusal:
        load(file, BOOK)
    assert told in str(refusal.value)
    assert "ligne 2" in str(refusal.value)


# -- in a study ----------------------------------------------------------------------------

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: sexe, kind: single, column: Sexe, labels: [F, H], profile: true}
  - {id: avis, kind: single, column: Avis, labels: [pour, contre]}
  - {id: attentes, kind: open, column: Attentes}
"""
MARGINS = "margins:\n  sexe: {F: 50, H: 50}\n"


@pytest.fixture
def study(tmp_path):
    """Thirty women, for; ten men, against; the first answer of each read, and so all."""
    made = Study.create(tmp_path / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    lines = [f"f{n};F;pour;du temps" for n in range(30)]
    lines += [f"h{n};H;contre;des moyens" for n in range(10)]
    file = tmp_path / "enquete.csv"
    file.write_text("id;Sexe;Avis;Attentes\n" + "\n".join(lines), "utf-8")
    made.import_file(file)
    made.save_codebook("themes:\n  - {id: temps, label: Temps}\n  - {id: moyens, label: Moyens}\n")
    for row in made.verbatims().itertuples():
        made.decide("Léa", row.verbatim_id, present=["temps" if "temps" in row.text else "moyens"])
    return made


def test_every_kind_of_table_shows_weighted_shares_beside_the_counts(study):
    study.weights.save(MARGINS)
    figures = study.figures
    closed = figures.table(Figure("avis"))
    themes = figures.table(Figure("attentes"))
    crossed = figures.table(Figure("attentes", by="avis"))
    assert closed.rows["n"].tolist() == [30, 10]
    assert closed.rows["share"].tolist() == [0.75, 0.25]
    assert closed.rows["weighted_share"].tolist() == pytest.approx([0.5, 0.5])
    assert themes.rows["weighted_share"].tolist() == pytest.approx([0.5, 0.5])
    assert "weighted_low" in crossed.rows
    for table in (closed, themes):
        assert any("40 répondants en valent 30" in note for note in table.notes)


def test_what_stands_on_weights_changes_with_the_file(study):
    before = study.version()
    uid = study.findings.keep_figure(Figure("avis"), sentence="Trois quarts sont pour.")
    assert not next(kept for kept in study.findings.all() if kept.uid == uid).stale
    study.weights.save(MARGINS)
    assert study.version() != before
    assert next(kept for kept in study.findings.all() if kept.uid == uid).stale
    study.weights.save("")
    assert not study.weights.path.exists()
    assert study.respondents()["weight"].tolist() == [1.0] * 40


def test_a_wrong_text_changes_nothing(study):
    study.weights.save(MARGINS)
    with pytest.raises(VerbatimsError):
        study.weights.save("margins: {sexe: {F: 1}}")
    assert study.weights.text() == MARGINS
    assert study.weights.asked.margins == (HALVES,)


def test_a_file_gone_wrong_stops_no_one_and_is_said_under_every_table(study):
    study.weights.path.write_text("margins: {sexe: {F: 1}}\n", "utf-8")
    study = Study.open(study.path)
    assert study.respondents()["weight"].tolist() == [1.0] * 40
    note = study.figures.table(Figure("avis")).notes[-1]
    assert note.startswith("Redressement non appliqué, les parts sont brutes : Redressement «")
    with pytest.raises(VerbatimsError, match="erreur à corriger"):
        _ = study.weights.asked


def test_a_redress_that_cannot_be_done_is_said_under_every_table(study):
    study.weights.save("margins:\n  avis: {pour: 1, contre: 1}\n")
    assert not study.figures.table(Figure("avis")).notes[-1].startswith("Redressement non")
    study.save_questionnaire(QUESTIONNAIRE.replace("[pour, contre]", "[pour, contre, sans avis]"))
    study.weights.save("margins:\n  avis: {pour: 1, contre: 1, sans avis: 1}\n")
    table = study.figures.table(Figure("avis"))
    assert table.notes[-1].startswith("Redressement non appliqué")
    assert "weighted_share" not in table.rows


def test_the_size_of_the_population_narrows_intervals_only_when_asked_and_of_everyone(study):
    study.weights.save("population: 50\n")
    figures = study.figures
    wide, narrow = figures.table(Figure("avis")), figures.table(Figure("avis", finite=True))
    assert (narrow.rows["high"] < wide.rows["high"]).all()
    assert any("50 personnes" in note for note in narrow.notes)
    women = (Criterion("sexe", ("F",)),)
    among = [figures.table(Figure("avis", among=women, finite=finite)) for finite in (False, True)]
    pd.testing.assert_frame_equal(among[0].rows, among[1].rows)


def test_a_population_smaller_than_the_answers_is_said_and_changes_nothing(study):
    study.weights.save("population: 30\n")
    table = study.figures.table(Figure("avis", finite=True))
    assert any("plus petite que la base" in note for note in table.notes)
    assert (
        analysis.closed(study.questionnaire["avis"], study.respondents(), study.answers())
        .rows["high"]
        .tolist()
        == table.rows["high"].tolist()
    )
