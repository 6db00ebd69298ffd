"""`verbatims move` and `verbatims merge`, and what `new` leaves on a server when it fails."""

import io
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import psycopg
import pytest

from verbatims.cli import main
from verbatims.study import Study

QUESTIONNAIRE = """
questions:
  - {id: id, kind: id, column: id}
  - {id: avis, kind: open, column: avis, text: "Qu'en pensez-vous ?"}
"""
BOOK = "themes:\n- id: lien\n  label: Lien social\n- id: moyens\n  label: Moyens\n"


def verbatims(*arguments: str | Path) -> tuple[int, str]:
    """How a command ended, and all that it said."""
    said = io.StringIO()
    with (
        patch.object(sys, "argv", ["verbatims", *map(str, arguments)]),
        patch.dict(os.environ, {"COLUMNS": "100"}),
        redirect_stdout(said),
        redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(ended.value.code or 0), said.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "e.csv").write_text("id;avis\n1;Se coordonner\n2;Du temps\n", "utf-8")
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE, "utf-8")
    (tmp_path / "c.yaml").write_text(BOOK, "utf-8")
    return tmp_path


def new(files: Path, name: str, file: str = "e.csv") -> tuple[int, str]:
    described = ("--questionnaire", files / "q.yaml", "--codebook", files / "c.yaml")
    return verbatims("new", files / name, files / file, *described)


@pytest.mark.usefixtures("on_sqlite")
def test_a_study_moves_to_the_server_and_back(files, server, monkeypatch):
    new(files, "etude")
    without = verbatims("move", files / "etude")
    assert without[0] == 1
    assert "Donnez l'adresse du serveur dans la variable DATABASE_URL" in without[1]

    monkeypatch.setenv("DATABASE_URL", server)
    code, said = verbatims("move", files / "etude")
    assert (code, "study.db.bak-" in said) == (0, True)
    assert "2 réponses" in verbatims("status", files / "etude")[1]

    code, said = verbatims("move", files / "etude", "--local")
    assert (code, "_bak_" in said) == (0, True)
    monkeypatch.delenv("DATABASE_URL")
    assert "2 réponses" in verbatims("status", files / "etude")[1]


@pytest.mark.usefixtures("on_sqlite")
def test_two_copies_are_merged_and_what_differs_is_written_down(files):
    new(files, "bureau")
    shutil.copytree(files / "bureau", files / "portable")
    Study.open(files / "bureau").decide("Anne", "1:avis", present=["lien"])
    Study.open(files / "portable").decide("Anne", "1:avis", present=["moyens"])
    Study.open(files / "portable").decide("Paul", "2:avis", present=["lien"])

    code, said = verbatims("merge", files / "bureau", files / "portable")

    listed = files / "bureau" / "exports" / "conflits_fusion.csv"
    assert code == 0
    assert "Versé : 3 gestes" in said
    assert "lecture (1:avis, Anne)" in said
    assert "Lien social;Moyens;portable" in listed.read_text("utf-8-sig")
    assert (
        "Rien de nouveau à verser." in verbatims("merge", files / "bureau", files / "portable")[1]
    )
    assert verbatims("merge", files / "bureau", files / "bureau")[0] == 1


@pytest.mark.usefixtures("on_postgresql")
def test_a_study_that_cannot_be_made_leaves_nothing_on_the_server(files, server):
    (files / "autre.csv").write_text("nom;ville\nx;y\n", "utf-8")
    code, _ = new(files, "refusee", "autre.csv")
    assert code == 1
    assert not (files / "refusee").exists()
    with psycopg.connect(server) as connection:
        left = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'refusee%'"
        assert connection.execute(left).fetchall() == []
    assert new(files, "refusee")[0] == 0
