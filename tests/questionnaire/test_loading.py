"""questionnaire.yaml: what it says is read as written, and every fault is told with its line."""

from pathlib import Path

import pytest

from verbatims import questionnaire
from verbatims.errors import QuestionnaireError
from verbatims.model import AskedIf, Band, Column, Kind, Questionnaire, Source

WHOLE = """\
title: Pionniers
notice: Données simulées
questions:
  - id: repondant
    kind: id
    column: "N°"
  - id: structure
    kind: single
    profile: true
    column: Structure
    text: "Vous êtes…"
    labels: [Association, Entreprise]
  - id: articulation
    kind: ordinal
    column: Q4
    labels: {1: Non, 2: Oui, 3: "Oui, très"}
    missing: [99]
  - id: types
    kind: multi
    column: Q5
    separator: ";"
    labels: [Descendante, Remontante]
  - id: leviers
    kind: multi
    columns: {Q9_1: "Mécénat", Q9_2: "Fonds publics"}
  - id: domaines
    kind: grid
    of: rating
    columns: {Q8_1: "La sécurité", Q8_2: ~}
    bounds: [1, 10]
    bands: {"1 à 4": [1, 4], "5 à 10": [5, 10]}
    dont_know: [99, "Ne sais pas"]
  - id: attentes
    kind: open
    column: 2025
    asked_if: {articulation: [Oui, "Oui, très"]}
  - {id: poids, kind: weight, column: poids}
  - {id: technique, kind: ignore, columns: [start, end]}
  - {id: personne, kind: id, source: interview, column: personne}
"""


def load(text: str, folder: Path) -> Questionnaire:
    path = folder / "questionnaire.yaml"
    path.write_text(text, encoding="utf-8")
    return questionnaire.load(path)


def faults(questions: str, folder: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(QuestionnaireError) as caught:
        load(f"questions:\n{questions}", folder)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_a_whole_questionnaire_is_read(tmp_path: Path) -> None:
    read = load(WHOLE, tmp_path)

    assert (read.title, read.notice) == ("Pionniers", "Données simulées")
    assert [q.kind for q in read] == [
        *(Kind.ID, Kind.SINGLE, Kind.ORDINAL, Kind.MULTI, Kind.MULTI, Kind.GRID),
        *(Kind.OPEN, Kind.WEIGHT, Kind.IGNORE, Kind.ID),
    ]
    assert read["structure"].profile
    assert read["structure"].labels == ("Association", "Entreprise")
    assert read["types"].separator == ";"
    assert read["leviers"].columns == (Column("Q9_1", "Mécénat"), Column("Q9_2", "Fonds publics"))
    assert read["leviers"].labels == ("Mécénat", "Fonds publics")
    assert read["domaines"].of is Kind.RATING
    assert read["domaines"].bounds == (1, 10)
    assert read["domaines"].bands == (Band("1 à 4", 1, 4), Band("5 à 10", 5, 10))
    assert read["domaines"].dont_know == ("99", "Ne sais pas")
    assert read["attentes"].asked_if == AskedIf("articulation", ("Oui", "Oui, très"))
    assert [column.header for column in read["technique"].columns] == ["start", "end"]
    assert read["personne"].source is Source.INTERVIEW


def test_scalars_are_taken_as_written_and_not_as_yaml_booleans_or_numbers(tmp_path: Path) -> None:
    read = load(
        "questions:\n"
        "  - {id: q, kind: single, column: 1.0, labels: {01: Non, yes: No, 1e3: Oui, ~: null}}\n",
        tmp_path,
    )["q"]

    assert read.columns == (Column("1.0"),)
    assert dict(read.codes) == {"01": "Non", "yes": "No", "1e3": "Oui", "~": "null"}
    assert read.labels == ("Non", "No", "Oui", "null")


def test_an_empty_label_stands_for_its_code(tmp_path: Path) -> None:
    read = load(
        "questions:\n"
        '  - {id: q, kind: ordinal, column: q, labels: {1: Jamais, 2: "", 3: Toujours}}\n',
        tmp_path,
    )

    assert read["q"].labels == ("Jamais", "2", "Toujours")


def test_all_faults_are_told_together_in_the_order_of_the_lines(tmp_path: Path) -> None:
    found = faults(
        "  - id: Structure\n"
        "    kind: singel\n"
        "    colum: Structure\n"
        "  - id: note\n"
        "    kind: rating\n"
        "    column: Q1\n"
        "    labels: [a, b]\n"
        "  - id: note\n"
        "    kind: open\n"
        "    column: Q2\n"
        "    asked_if: {notes: [8]}\n",
        tmp_path,
    )

    assert [line for line, _ in found] == [2, 3, 4, 5, 8, 9, 12]
    texts = [message for _, message in found]
    assert "n'employez que a-z" in texts[0]
    assert "« singel » inconnu ; vouliez-vous dire « single » ?" in texts[1]
    assert "« colum » ; vouliez-vous dire « column » ?" in texts[2]
    assert "il manque « bounds »" in texts[3]
    assert "« labels » ne s'emploie pas" in texts[4]
    assert "« note » sert déjà ligne 5" in texts[5]
    assert "« notes » n'existe pas ; vouliez-vous dire « note » ?" in texts[6]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("{kind: open, column: q}", "il manque « id »"),
        ("{id: q, column: q}", "il manque « kind »"),
        ("{id: q, kind: open}", "« column », ou bien « columns »"),
        ("{id: q, kind: open, column: a, columns: [b]}", "« column », ou bien « columns »"),
        ("{id: q, kind: open, columns: [a, b]}", "tient dans une seule colonne"),
        ("{id: q, kind: open, column: }", "« column », ou bien « columns »"),
        ("{id: q, kind: ordinal, column: q}", "il manque « labels »"),
        ("{id: q, kind: ordinal, column: q, labels: }", "il manque « labels »"),
        ("{id: q, kind: multi, column: q}", "il manque « separator »"),
        ("{id: q, kind: grid, columns: {a: A}}", "il manque « of »"),
        ("{id: q, kind: grid, of: open, columns: {a: A}}", "genre « open » inconnu"),
        ("{id: q, kind: grid, of: single, column: a}", "employez « columns »"),
        ("{id: q, kind: grid, of: multi, columns: {a: A}}", "il manque « separator »"),
        ("{id: q, kind: grid, of: single, columns: {a: A, b: A}}", "« A » est écrit 2 fois"),
        ("{id: q, kind: single, column: q, labels: [a, a]}", "« a » est écrit 2 fois"),
        ("{id: q, kind: rating, column: q, bounds: 10}", "« bounds » attend deux nombres"),
        (
            "{id: q, kind: rating, column: q, bounds: [1, 5], bands: {bas: [2, 1]}}",
            "la bande « bas » : le premier nombre dépasse",
        ),
        (
            "{id: q, kind: rating, column: q, bounds: [1, 5], bands: {bas: [0, 2]}}",
            "sort des bornes",
        ),
        (
            "{id: q, kind: rating, column: q, bounds: [1, 5], bands: {a: [1, 3], b: [3, 5]}}",
            "en recouvre une autre",
        ),
        ("{id: q, kind: open, column: q, profile: true}", "ne s'emploie pas"),
        ("{id: q, kind: single, column: q, profile: peut-être}", "true ou false"),
        ("{id: q, kind: open, column: q, source: radio}", "source « radio » inconnue"),
        ("{id: q, kind: single, column: q, asked_if: {q: [a]}}", "se filtrer elle-même"),
        ("{id: q, kind: open, column: q, asked_if: {a: [b], c: [d]}}", "une question filtre"),
        ("{id: [q], kind: open, column: q}", "« id » attend un texte"),
        ("juste un mot", "une question s'écrit avec des lignes « clé: valeur »"),
    ],
)
def test_a_fault_is_told_with_its_line(question: str, message: str, tmp_path: Path) -> None:
    found = faults(f"  - {question}\n", tmp_path)

    assert any(message in text for _, text in found)
    assert {line for line, _ in found} == {2}


def test_a_filter_must_name_answers_of_a_closed_question(tmp_path: Path) -> None:
    found = faults(
        "  - {id: a, kind: single, column: a, labels: {1: Oui, 2: Non}}\n"
        "  - {id: b, kind: open, column: b, asked_if: {a: [1, Non]}}\n"
        "  - {id: c, kind: open, column: c, asked_if: {b: [x]}}\n",
        tmp_path,
    )

    assert [line for line, _ in found] == [3, 4]
    assert "« 1 » : pas de telle réponse à « a » ; vouliez-vous dire « Oui » ?" in found[0][1]
    assert "n'est pas une question fermée" in found[1][1]


def test_questions_that_wait_for_one_another_are_told_once(tmp_path: Path) -> None:
    found = faults(
        "  - {id: a, kind: single, column: a, asked_if: {b: [x]}}\n"
        "  - {id: b, kind: single, column: b, asked_if: {c: [x]}}\n"
        "  - {id: c, kind: single, column: c, asked_if: {b: [x]}}\n",
        tmp_path,
    )

    assert found == [(3, "asked_if en boucle : b → c → b ; effacez-en un.")]


@pytest.mark.parametrize("answers", ["[]", '[""]', "", "~"])
def test_a_filter_names_at_least_one_answer(answers: str, tmp_path: Path) -> None:
    found = faults(
        "  - {id: a, kind: single, column: a, labels: [Oui]}\n"
        f"  - {{id: b, kind: open, column: b, asked_if: {{a: {answers}}}}}\n",
        tmp_path,
    )

    assert [line for line, _ in found] == [3]


def test_a_filter_on_a_note_names_notes_within_its_bounds(tmp_path: Path) -> None:
    note = "  - {id: n, kind: rating, column: n, bounds: [1, 10]}\n"
    asked = "  - {id: q, kind: open, column: q, asked_if: {n: [%s]}}\n"

    load("questions:\n" + note + asked % "9, 10, 7.5, nsp", tmp_path)
    found = faults(note + asked % "0, 10, 11, dix", tmp_path)

    assert found == [
        (3, "asked_if : « 0 », « 11 », « dix » : « n » est une note, de 1 à 10 ou « nsp ».")
    ]


def test_one_identifier_and_one_weight_are_enough(tmp_path: Path) -> None:
    found = faults(
        "  - {id: a, kind: id, column: a}\n"
        "  - {id: b, kind: id, column: b}\n"
        "  - {id: c, kind: id, column: c, source: interview}\n",
        tmp_path,
    )

    assert [(line, "voir « a »" in message) for line, message in found] == [(3, True)]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 1, "le fichier est vide"),
        ("title: A\nquestions: []\n", 2, "aucune question"),
        ("title: A\n", 1, "aucune question"),
        ("questions: a\n", 1, "« questions » attend une liste"),
        ("- a\n- b\n", 1, "le questionnaire s'écrit avec des lignes « clé: valeur »"),
        ("questions:\n  - id: q\n    text: Q1: pourquoi ?\n", 3, "« : » en trop"),
    ],
)
def test_what_is_no_questionnaire_is_refused(
    content: str, line: int, message: str, tmp_path: Path
) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        load(content, tmp_path)

    (problem,) = caught.value.problems
    assert problem.line == line
    assert message in problem.message
