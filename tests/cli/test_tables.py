"""`verbatims tables` and `verbatims weights`, as an analyst types them."""

import csv

import pytest

from verbatims.cli import tables as commands
from verbatims.errors import VerbatimsError
from verbatims.study import Study

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: sexe, kind: single, column: Sexe, labels: [F, H], profile: true}
  - {id: avis, kind: single, column: Avis, labels: [pour, contre]}
  - {id: attentes, kind: open, column: Attentes}
"""
MARGINS = "margins:\n  sexe: {F: 50, H: 50}\n"


@pytest.fixture
def study(tmp_path):
    made = Study.create(tmp_path / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook("themes:\n  - {id: temps, label: Temps}\n")
    lines = [f"f{n};F;pour;du temps" for n in range(15)]
    lines += [f"h{n};H;contre;des moyens" for n in range(10)]
    file = tmp_path / "enquete.csv"
    file.write_text("id;Sexe;Avis;Attentes\n" + "\n".join(lines), "utf-8")
    made.import_file(file)
    for row in made.verbatims().itertuples():
        made.decide("Léa", row.verbatim_id, present=["temps"] * ("temps" in row.text))
    return made


@pytest.fixture
def said(study, capsys):
    def run(command, *typed):
        commands.app([command, str(study.path), *map(str, typed)], standalone_mode=False)
        return capsys.readouterr().out

    return run


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_every_table_of_the_report_is_written_in_the_study(study, said):
    told = said("tables", "--no-charts")
    folder = study.path / "tableaux"
    assert names(folder) >= {
        *("tableaux.csv", "tableaux.xlsx", "sexe.csv", "avis.csv", "attentes.csv"),
        *("attentes_par_sexe.csv", "attentes_par_sexe_tests.csv", "avis_par_sexe.csv"),
        "attentes_ensemble.csv",
    }
    assert told.startswith(f"{len(list(csv_index(folder)))} tableaux, ")
    assert str(folder) in told


def csv_index(folder):
    with (folder / "tableaux.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def test_a_table_that_is_asked_for_is_written_alone_with_its_drawing(tmp_path, said):
    said("tables", "--question", "avis", "--by", "sexe", "--to", tmp_path / "un")
    assert names(tmp_path / "un") == {
        *("tableaux.csv", "tableaux.xlsx", "avis_par_sexe.csv", "avis_par_sexe_tests.csv"),
        *("avis_par_sexe.svg", "avis_par_sexe.png"),
    }


def test_tables_among_some_say_so(tmp_path, said):
    said("tables", "--question", "attentes", "--among", "avis=pour|contre", "--to", tmp_path / "un")
    (row,) = csv_index(tmp_path / "un")
    assert "Parmi ceux qui ont dit « pour » ou « contre »" in row["remarques"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--question", "age"), "Il n'y a pas de question « age » : sexe, avis, attentes"),
        (("--among", "avis"), "écrivez « question=réponse »"),
        (("--among", "avis=peut-être"), "Choisissez parmi : pour, contre"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(study, said, typed, told):
    with pytest.raises(VerbatimsError) as refusal:
        said("tables", *typed)
    assert told in str(refusal.value)
    assert not (study.path / "tableaux").exists()


def test_margins_are_set_shown_and_taken_away(study, tmp_path, said):
    assert said("weights") == "Aucun redressement : les poids sont ceux du fichier d'enquête.\n"
    file = tmp_path / "marges.yaml"
    file.write_text("population: 60\n" + MARGINS, "utf-8")
    told = said("weights", "--margins", file)
    assert "Population : 60 personnes." in told
    assert "25 répondants redressés en valent 24" in told
    assert "60,0" in told or "60.0" in told
    assert study.weights.text() == file.read_text("utf-8")
    assert "Aucun redressement" in said("weights", "--remove")
    assert not study.weights.path.exists()


def test_wrong_margins_change_nothing(study, tmp_path, said):
    file = tmp_path / "marges.yaml"
    file.write_text("margins:\n  sexe: {F: 50}\n", "utf-8")
    with pytest.raises(VerbatimsError, match="erreur à corriger"):
        said("weights", "--margins", file)
    assert not study.weights.path.exists()
