"""`verbatims agreement`: what it prints, what it writes, what it says when there is nothing."""

import sys
from pathlib import Path

import pytest

from verbatims.cli import main
from verbatims.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, without_model_here: None) -> Study:  # noqa: ARG001
    """Twenty answers, half with the theme, and a second theme that nobody found."""
    made = Study.create(tmp_path_factory.mktemp("agreement") / "etude")
    made.save_questionnaire(
        "questions:\n  - {id: id, kind: id, column: id}\n  - {id: avis, kind: open, column: avis}\n"
    )
    made.save_codebook(
        "themes:\n"
        "  - {id: argent, label: Argent, definition: L'argent, terms: [financer]}\n"
        "  - {id: liens, label: Liens, definition: Les liens, terms: [relier]}\n"
    )
    file = made.path / "enquete.csv"
    file.write_text("id;avis\n" + "\n".join(f"r{n:02};financer {n}" for n in range(20)), "utf-8")
    made.import_file(file)
    made.run(tagger="lexicon", k=3)
    for n in range(20):
        made.decide("Anne", f"r{n:02}:avis", present=["argent"] if n < 11 else [])
    return made


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["verbatims", "agreement", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_one_coder_alone_has_nothing_to_measure(study, monkeypatch, capsys):
    assert ran(monkeypatch, study.path) == 0
    assert "rien à mesurer" in capsys.readouterr().out


def test_agreement_is_printed_and_written(study, monkeypatch, capsys, tmp_path):
    for n in range(20):
        study.decide("Paul", f"r{n:02}:avis", present=["argent"] if n < 10 else [])
    assert ran(monkeypatch, study.path, "--question", "avis") == 0
    said = capsys.readouterr().out
    assert "Anne – Paul" in said
    assert "0,90" in said
    assert "effectifs seulement" in said
    assert ran(monkeypatch, study.path, "--csv", tmp_path / "accord.csv") == 0
    assert (tmp_path / "accord.csv").read_text("utf-8-sig").count("\n") == 1 + 2 + 3
    assert ran(monkeypatch, study.path, "--csv", tmp_path / "accord.csv") == 1


def test_agreement_with_the_machine_is_apart(study, monkeypatch, capsys):
    assert ran(monkeypatch, study.path, "--machine") == 0
    assert "codage retenu – machine" in capsys.readouterr().out


def test_an_unknown_question_is_refused_with_those_there_are(study, monkeypatch, capsys):
    assert ran(monkeypatch, study.path, "--question", "nulle") == 1
    assert "avis" in capsys.readouterr().err
