"""Work is shared out from the command line, seen first, followed and taken back."""

from pathlib import Path

import pytest

from verbatims.cli import planning
from verbatims.errors import VerbatimsError
from verbatims.study import Study

QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes}
"""
HALVES = ("--coder", "Anne=50", "--coder", "Paul=50 %")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Ten answers, of which Paul has read one."""
    made = Study.create(tmp_path / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    file = tmp_path / "enquete.csv"
    file.write_text("id;Attentes\n" + "".join(f"r{n};financer {n}\n" for n in range(10)), "utf-8")
    made.import_file(file)
    made.decide("Paul", "r0:attentes", present=[])
    return made


@pytest.fixture
def said(study, capsys):
    """What `verbatims assign` says of the study."""

    def run(*typed):
        planning.app(["assign", str(study.path), *typed], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_a_plan_is_shown_without_being_kept(study, said):
    shown = said(*HALVES, "--twice", "20", "--dry-run")
    assert shown.splitlines() == [
        "10 réponses, dont 2 à coder à deux.",
        "  Anne : 6 réponses (4 en propre, 2 à deux ; lues avant : 0)",
        "  Paul : 6 réponses (4 en propre, 2 à deux ; lues avant : 1)",
        "  Anne et Paul : 2 en commun",
        "En aveugle : chacun ne voit le codage de l'autre qu'une fois que les deux ont fini.",
        "Rien n'est enregistré (--dry-run).",
    ]
    assert study.planning.plans() == []


def test_a_plan_is_kept_followed_and_taken_back(study, said):
    kept = said(*HALVES, "--twice", "100", "--without-suggestions", "--auteur", "Claire")
    assert "Répartition n° 1 enregistrée" in kept
    (plan,) = study.planning.plans()
    assert (plan.author, plan.blind, plan.hides_machine, plan.doubles) == ("Claire", True, True, 10)
    assert said().splitlines() == [
        "Répartition n° 1, toutes les questions : 10 réponses.",
        "En aveugle : chacun ne voit le codage de l'autre qu'une fois que les deux ont fini.",
        "Sans suggestions : la mesure homme–machine est nette, la lecture plus lente.",
        "  Anne : lu 0 sur 10",
        "  Paul : lu 1 sur 10",
        "  À deux : 0 sur 10 ; second attendu : 1",
    ]
    assert "reprise" in said("--retirer", "1")
    assert "Aucune répartition" in said()


def test_names_without_shares_share_alike(study, said):
    said("--coder", "Anne", "--coder", "Paul", "--question", "attentes", "--no-blind")
    (plan,) = study.planning.plans()
    assert plan.coders["assigned"].tolist() == [5, 5]
    assert (plan.wish.question, plan.blind) == ("attentes", False)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        (("--coder", "Anne=beaucoup"), "la part est un nombre"),
        (("--coder", "=50"), "écrivez un nom et sa part"),
        (("--coder", "Anne=50", "--coder", "Anne=50"), "une fois par personne"),
        ((*HALVES, "--twice", "120"), "de 0 à 100"),
        ((*HALVES, "--question", "atentes"), "Il y a : « attentes »"),
        (("--coder", "Anne=1", "--twice", "50"), "au moins deux personnes"),
    ],
)
def test_what_cannot_be_shared_out_is_said_with_advice(said, typed, advice):
    with pytest.raises(VerbatimsError, match=advice):
        said(*typed)
