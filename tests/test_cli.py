"""The command line: what a user types, what is said, how it ends."""

import io
import os
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from verbatims.cli import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def verbatims(*arguments: str | Path) -> Done:
    said, complained = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    typed = ["verbatims", *map(str, arguments)]
    with (
        patch.object(sys, "argv", typed),
        patch.dict(os.environ, {"COLUMNS": "100"}),
        redirect_stdout(said),
        redirect_stderr(complained),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(int(ended.value.code or 0), *map(_written, (said, complained)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def test_help_lists_the_commands_in_french():
    done = verbatims("--help")
    assert done.returncode == 0
    assert "Commandes" in done.stdout
    for name in ("demo", "new", "draft", "check", "run", "status", "export", "app", "import"):
        assert f" {name} " in done.stdout


def test_help_is_cheap_because_it_loads_nothing_heavy():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = "import sys, verbatims.cli; print(*sys.modules)"
    call = [sys.executable, "-c", code]
    loaded = subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not {"pandas", "numpy", "spacy", "streamlit", "sqlalchemy"} & set(loaded)
    assert after.ru_utime - before.ru_utime < 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rum",), "Voulez-vous dire 'run'"),
        (("run",), "Il manque l'argument"),
        (("run", "x", "--nimporte"), "Option inconnue"),
        (("run", "x", "y"), "Argument en trop"),
        (("run", "x", "-k", "dix"), "Valeur refusée"),
    ],
    ids=["typo", "missing", "option", "extra", "not a number"],
)
def test_a_wrong_call_ends_with_2_and_says_why_in_french(arguments, said):
    done = verbatims(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["run", "status", "check", "export"])
def test_a_folder_without_study_ends_with_1_and_advice(command, tmp_path):
    done = verbatims(command, tmp_path)
    assert done.returncode == 1
    assert "ne contient pas d'étude" in done.stderr
    assert "verbatims new" in done.stderr


def test_a_file_that_is_not_there_ends_with_1(tmp_path):
    done = verbatims("draft", tmp_path / "absent.csv")
    assert done.returncode == 1
    assert "absent.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_draft_never_overwrites(tmp_path):
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n2;RAS\n")
    (tmp_path / "q.yaml").write_text("à moi")
    done = verbatims("draft", tmp_path / "e.csv", "-o", tmp_path / "q.yaml")
    assert done.returncode == 1
    assert "existe déjà" in done.stderr
    assert (tmp_path / "q.yaml").read_text() == "à moi"


QUESTIONNAIRE = """
questions:
  - {id: repondant, kind: id, column: id}
  - {id: avis, kind: open, column: avis, text: "Qu'en pensez-vous ?"}
"""


def test_a_new_study_is_imported_checked_and_described(tmp_path):
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n2;RAS\n3;\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    made = verbatims(
        "new", tmp_path / "etude", tmp_path / "e.csv", "--questionnaire", tmp_path / "q.yaml"
    )
    assert made.returncode == 0, made.stderr
    assert "3 répondants" in made.stdout
    assert verbatims("check", tmp_path / "etude").returncode == 0
    said = verbatims("status", tmp_path / "etude").stdout
    assert "3 sollicités, 1 réponse, 1 sans contenu, 1 sans réponse ; 0 lue." in said


def test_a_folder_that_was_there_is_left_as_it_was_when_the_import_fails(tmp_path):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "notes.txt").write_text("à garder")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    made = verbatims(
        "new", tmp_path / "etude", tmp_path / "absent.csv", "--questionnaire", tmp_path / "q.yaml"
    )
    assert made.returncode == 1
    assert [path.name for path in (tmp_path / "etude").iterdir()] == ["notes.txt"]


def test_the_faults_of_both_files_are_told_together(tmp_path):
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n")
    (tmp_path / "q.yaml").write_text("questions:\n  - {id: avis, kind: ouvert, column: avis}\n")
    (tmp_path / "c.yaml").write_text("themes:\n  - {id: lien, terms: [lien]}\n")
    files = ["--questionnaire", tmp_path / "q.yaml", "--codebook", tmp_path / "c.yaml"]
    made = verbatims("new", tmp_path / "etude", tmp_path / "e.csv", *files)
    assert made.returncode == 1
    assert "q.yaml, ligne 2" in made.stderr
    assert "c.yaml, ligne 2" in made.stderr


def test_a_questionnaire_that_changed_asks_for_a_new_import(tmp_path):
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    study = tmp_path / "étude n° 1 ?#%20"
    verbatims("new", study, tmp_path / "e.csv", "--questionnaire", tmp_path / "q.yaml")
    (study / "questionnaire.yaml").write_text(QUESTIONNAIRE.replace("Qu'en", "Que"))
    assert "a changé" not in verbatims("status", study).stdout
    (study / "questionnaire.yaml").write_text(QUESTIONNAIRE.replace("id: avis", "id: opinion"))
    assert "importez de nouveau" in verbatims("status", study).stdout
    refused = verbatims("export", study)
    assert refused.returncode == 1
    assert "importez de nouveau" in refused.stderr


def test_a_file_of_another_program_is_never_touched(tmp_path):
    (tmp_path / "study.db").write_bytes(b"")
    refused = verbatims("status", tmp_path)
    assert refused.returncode == 1
    assert "n'est pas la base d'une étude" in refused.stderr
    assert (tmp_path / "study.db").read_bytes() == b""


def test_an_interrupted_run_says_that_nothing_is_lost(tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("verbatims.study.Study.open", interrupted)
    done = verbatims("run", tmp_path)
    assert done.returncode == 1
    assert "Interrompu" in done.stderr


def test_a_wrong_questionnaire_leaves_no_study_behind(tmp_path):
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n")
    (tmp_path / "q.yaml").write_text("questions:\n  - {id: avis, kind: ouvert, column: avis}\n")
    made = verbatims(
        "new", tmp_path / "etude", tmp_path / "e.csv", "--questionnaire", tmp_path / "q.yaml"
    )
    assert made.returncode == 1
    assert "ligne 2" in made.stderr
    assert not (tmp_path / "etude").exists()


@pytest.fixture
def read(tmp_path, without_model):  # noqa: ARG001  (it replaces the model)
    """A study of two answers that has been run, each word its own lemma."""
    survey = tmp_path / "enquete.csv"
    survey.write_text("id;Attentes\n1;Copil\n2;Réseau\n3;RAS\n", "utf-8")
    questionnaire = tmp_path / "questionnaire.yaml"
    questionnaire.write_text(
        "questions:\n  - {id: qui, kind: id, column: id}\n"
        '  - {id: attentes, kind: open, column: Attentes, text: "Quoi ?"}\n',
        "utf-8",
    )
    study = tmp_path / "etude"
    assert verbatims("new", study, survey, "--questionnaire", questionnaire).returncode == 0
    assert verbatims("run", study).returncode == 0
    return study


def test_words_are_listed_searched_and_written_to_a_file(read, tmp_path):
    assert "copil" in verbatims("words", read).stdout
    assert "copil" not in verbatims("words", read, "lemmes", "--find", "RESEAU").stdout
    assert "RAS" in verbatims("words", read, "reponses-vides").stdout
    assert verbatims("words", read, "expressions").stdout == "Rien.\n"
    done = verbatims("words", read, "--csv", tmp_path / "mots.csv")
    assert "2 lignes" in done.stdout
    assert (tmp_path / "mots.csv").read_text("utf-8-sig").startswith("forme;nature;lemme;n;")


def test_a_ruling_is_noted_listed_and_taken_back(read):
    assert verbatims("rule", read, "reparation", "copil", "--non").returncode == 0
    assert verbatims("rule", read, "expression", "lien social").returncode == 0
    said = verbatims("words", read, "decisions").stdout
    assert "tenue ensemble" in said
    assert "reparation" in said
    assert "mots qui attendent la prochaine analyse : 2" in verbatims("status", read).stdout
    assert verbatims("rule", read, "reparation", "copil", "--retirer").returncode == 0
    assert "copil" not in verbatims("words", read, "decisions").stdout


@pytest.mark.parametrize(
    ("ruling", "advice"),
    [
        (("lemme", "copil", "comité"), "Dites en quelques mots pourquoi"),
        (("lemme", "copil"), "Que faut-il lire pour « copil » ?"),
        (("lemme", "copil", "--non"), "Un lemme ne se refuse pas"),
        (("expression", "lien"), "un seul mot"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused_with_advice(read, ruling, advice):
    done = verbatims("rule", read, *ruling)
    assert done.returncode == 1
    assert advice in done.stderr
    assert verbatims("words", read, "decisions").stdout == "Rien.\n"


CODEBOOK = """themes:
  - {id: liens, label: Liens, terms: [coordonner, licorne]}
"""


def test_a_codebook_is_shown_exchanged_compared_and_undone(tmp_path, without_model):  # noqa: ARG001
    (tmp_path / "e.csv").write_text("id;avis\n1;se coordonner\n2;RAS\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "c.yaml").write_text(CODEBOOK)
    (tmp_path / "autre.csv").write_text("nom;définition\nLiens;Agir ensemble\nMoyens;\n")
    study = tmp_path / "etude"
    files = ["--questionnaire", tmp_path / "q.yaml", "--codebook", tmp_path / "c.yaml"]
    assert verbatims("new", study, tmp_path / "e.csv", *files).returncode == 0
    assert verbatims("run", study).returncode == 0

    shown = verbatims("codebook", study).stdout
    assert "liens · Liens : 2 termes, 1 suggestion" in shown
    assert "ne trouvent rien (1) : « licorne »" in shown
    assert verbatims("codebook", study, "--export", tmp_path / "g.qdc").returncode == 0
    same = verbatims("codebook", study, "--compare", tmp_path / "g.qdc").stdout
    assert same == "Aucune différence.\n"
    assert verbatims("codebook", study, "--import", tmp_path / "autre.csv").returncode == 0
    assert "2 thèmes" in verbatims("check", study).stdout
    assert "Annulé : Grille importée" in verbatims("codebook", study, "--undo").stdout
    assert (study / "codebook.yaml").read_text() == CODEBOOK


def test_what_is_learned_says_how_many_answers_are_missing(tmp_path, without_model):  # noqa: ARG001
    (tmp_path / "e.csv").write_text("id;avis\n1;se coordonner\n2;RAS\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "c.yaml").write_text(CODEBOOK)
    files = ["--questionnaire", tmp_path / "q.yaml", "--codebook", tmp_path / "c.yaml"]
    verbatims("new", tmp_path / "etude", tmp_path / "e.csv", *files)
    verbatims("run", tmp_path / "etude")
    assert "il en manque 30" in verbatims("learn", tmp_path / "etude").stdout


def test_a_tagger_that_does_not_exist_is_named_with_those_that_do(tmp_path, without_model):  # noqa: ARG001
    (tmp_path / "e.csv").write_text("id;avis\n1;se coordonner\n2;RAS\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    verbatims("new", tmp_path / "etude", tmp_path / "e.csv", "--questionnaire", tmp_path / "q.yaml")
    done = verbatims("run", tmp_path / "etude", "--tagger", "magie")
    assert done.returncode == 1
    assert "« magie » inconnue" in done.stderr
    assert "combined" in done.stderr


def test_a_sound_codebook_takes_the_place_of_a_broken_one(tmp_path, without_model):  # noqa: ARG001
    (tmp_path / "e.csv").write_text("id;avis\n1;se coordonner\n")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "c.yaml").write_text(CODEBOOK)
    study = tmp_path / "etude"
    verbatims("new", study, tmp_path / "e.csv", "--questionnaire", tmp_path / "q.yaml")
    for broken in (b"themes:\n  - id: a\n", "themes:\n - label: été".encode("cp1252")):
        (study / "codebook.yaml").write_bytes(broken)
        assert verbatims("check", study).returncode == 1
        assert (
            "codebook.yaml" in verbatims("codebook", study, "--compare", tmp_path / "c.yaml").stderr
        )
        assert verbatims("codebook", study, "--import", tmp_path / "c.yaml").returncode == 0
        assert verbatims("check", study).returncode == 0
