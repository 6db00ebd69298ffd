"""The commands of a study's life: made, imported, run, looked at, exported."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims import settings
from verbatims.cli.console import STAGE_LABELS, StudyFolder, app, progress, say
from verbatims.errors import Problem, VerbatimsError, counted
from verbatims.locale import Command, typer

if TYPE_CHECKING:
    from verbatims.model import Base
    from verbatims.study import Stage, Study

SurveyFile = Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, XLS ou ODS.", metavar="FICHIER")]

MISREAD = "Le questionnaire a changé depuis l'import : importez de nouveau le fichier."


@app.command(cls=Command)
def demo(
    folder: Annotated[Path, typer.Argument(help="Où créer l'étude.", metavar="DOSSIER")] = (
        settings.STUDIES_FOLDER / "pionniers"
    ),
    no_app: Annotated[bool, typer.Option("--no-app", help="Créer sans ouvrir.")] = False,
    port: Annotated[int, typer.Option(help="Le port.", min=1, max=65535)] = settings.PORT,
) -> None:
    """Créer l'étude de démonstration (données simulées) et l'ouvrir."""
    from verbatims import demo as demo_study

    with progress() as watched:
        study = demo_study.build(folder, progress=watched)
    say(f"Étude de démonstration prête : {study.path}")
    if not no_app:
        _open_app(study.path, port)


@app.command(cls=Command)
def new(
    folder: Annotated[Path, typer.Argument(help="Le dossier à créer.", metavar="ÉTUDE")],
    file: SurveyFile,
    questionnaire: Annotated[
        Path | None, typer.Option(help="Décrit les colonnes ; sinon un brouillon est écrit.")
    ] = None,
    codebook: Annotated[Path | None, typer.Option(help="La grille de codage.")] = None,
) -> None:
    """Créer une étude à partir d'un fichier d'enquête."""
    from verbatims.study import Study

    with _whole_or_not_at_all(folder):
        study = Study.create(folder, questionnaire=questionnaire, codebook=codebook)
        if questionnaire is not None:
            _import(study, file, interviews=False)
            return
        _write_draft(file, study.questionnaire_path)
        say(
            f"Brouillon écrit : {study.questionnaire_path}\n"
            "Relisez-le (les lignes « À VÉRIFIER » d'abord), puis importez :\n"
            f"  verbatims import {folder} {file}"
        )


@app.command("import", cls=Command)
def import_(
    folder: StudyFolder,
    file: SurveyFile,
    interviews: Annotated[
        bool, typer.Option("--entretiens", help="Une ligne par tour de parole.")
    ] = False,
) -> None:
    """Importer un fichier dans une étude ; tout, ou rien en cas d'erreur."""
    from verbatims.study import Study

    _import(Study.open(folder), file, interviews=interviews)


@app.command(cls=Command)
def draft(
    file: SurveyFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Où l'écrire ; sinon à l'écran.")
    ] = None,
) -> None:
    """Écrire un premier questionnaire.yaml à partir d'un fichier d'enquête."""
    if output is None:
        sys.stdout.buffer.write(_draft(file).encode())
    else:
        _write_draft(file, output)
        say(f"Écrit : {output}. Relisez d'abord les lignes « À VÉRIFIER ».")


@app.command(cls=Command)
def check(folder: StudyFolder) -> None:
    """Vérifier questionnaire.yaml et codebook.yaml."""
    from verbatims.study import Study

    study = Study.open(folder)
    say(f"Questionnaire, sans erreur : {counted(len(study.questionnaire.questions), 'question')}.")
    say(f"Grille de codage, sans erreur : {counted(len(study.codebook), 'thème')}.")
    if study.misread:
        say(MISREAD)


@app.command(cls=Command)
def run(
    folder: StudyFolder,
    k: Annotated[int | None, typer.Option("-k", help="Nombre de classes ; 0 : proposé.")] = None,
    fast: Annotated[
        bool, typer.Option("--rapide", help="Un premier regard, sans analyse grammaticale.")
    ] = False,
    tagger: Annotated[
        str,
        typer.Option(
            "--tagger", help="lexicon, similarity, learned ou combined.", metavar="MÉTHODE"
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Recalculer même sans changement.")
    ] = False,
) -> None:
    """Lemmatiser, suggérer des thèmes, grouper ; seulement ce qui a changé."""
    from verbatims.study import Study

    study = Study.open(folder)
    with progress() as watched:
        stages = study.run(progress=watched, k=k, fast=fast, tagger=tagger, force=force)
    for stage in stages:
        say(_stage_line(stage))
    say(study.stages.note())
    say(study.clustering().note)


@app.command(cls=Command)
def status(folder: StudyFolder) -> None:
    """Dire où en est une étude."""
    from verbatims.study import Study

    study = Study.open(folder)
    state = study.status()
    say(study.title + (f" — {study.notice}" if study.notice else ""))
    for done in state.imports.to_dict("records"):
        say(
            f"Importé le {done['made_at'][:10]} : {done['file']} "
            f"({counted(done['rows'], 'ligne')} ; {done['origin']})"
        )
    for question in study.questionnaire.open:
        say(f"{question.title}\n  {_base_line(state.bases[question.id])}")
    if state.fast:
        say("Dernière analyse : rapide, sans analyse grammaticale (verbatims run pour l'autre).")
    if state.waiting:
        say(f"Décisions sur les mots qui attendent la prochaine analyse : {state.waiting}.")
    if state.misread:
        say(MISREAD)
    elif not len(state.runs):
        say("Analyse : pas encore lancée (verbatims run).")
    elif state.outdated:
        say("Les textes ou la grille ont changé depuis l'analyse : verbatims run.")


@app.command(cls=Command)
def export(
    folder: StudyFolder,
    international: Annotated[
        bool, typer.Option("--international", help="Virgules et points décimaux, sans BOM.")
    ] = False,
) -> None:
    """Écrire les CSV dans exports/ (par défaut pour Excel en français)."""
    from verbatims.study import Study

    for path in Study.open(folder).export(international=international):
        say(str(path))


@app.command("app", cls=Command)
def open_app(
    folder: Annotated[
        Path | None, typer.Argument(help="L'étude à ouvrir.", metavar="ÉTUDE")
    ] = None,
    port: Annotated[int, typer.Option(help="Le port.", min=1, max=65535)] = settings.PORT,
    address: Annotated[
        str,
        typer.Option(
            help="L'adresse où servir : une autre que celle-ci demande une étude avec des comptes.",
            metavar="ADRESSE",
        ),
    ] = settings.ADDRESS,
) -> None:
    """Ouvrir l'application dans le navigateur (par défaut, sur cette machine seulement)."""
    _open_app(folder, port, address)


def _open_app(folder: Path | None, port: int, address: str = settings.ADDRESS) -> None:
    from verbatims import ui
    from verbatims.study import Study

    if folder is not None:
        Study.open(folder)
    ui.serve(folder, port, address)


def _draft(file: Path) -> str:
    from verbatims.study import draft as draft_of

    return draft_of(file)[1]


def _write_draft(file: Path, output: Path) -> None:
    if output.exists():
        raise VerbatimsError(f"« {output} » existe déjà ; choisissez un autre nom avec -o.")
    text = _draft(file)
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_name(f".{output.name}.draft")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _whole_or_not_at_all(folder: Path) -> Iterator[None]:
    """Remove what was put in the folder, and the folder if it was new, if what follows fails."""
    from verbatims.study import Study

    before = set(folder.iterdir()) if folder.is_dir() else None
    already = Study.exists(folder)
    try:
        yield
    except BaseException:
        if not already:
            Study.remove(folder)
        if before is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            for path in set(folder.iterdir()) - before:
                path.unlink()
        raise


def _import(study: "Study", file: Path, *, interviews: bool) -> None:
    from verbatims.model import Source

    source = Source.INTERVIEW if interviews else Source.SURVEY
    corpus = study.import_file(file, source=source)
    say(
        f"{counted(len(corpus.respondents), 'répondant')}, "
        f"{counted(len(corpus.verbatims), 'réponse ouverte attendue')}."
    )
    _warn(corpus.problems)


def _warn(problems: tuple[Problem, ...]) -> None:
    if problems:
        say(f"À savoir ({len(problems)}) :")
    for problem in problems:
        say(f"  - {problem}")


def _stage_line(stage: "Stage") -> str:
    label = STAGE_LABELS[stage.name]
    if not stage.done:
        return f"{label} : rien de nouveau ({counted(stage.rows, 'ligne gardée')})."
    seconds = f"{stage.seconds:.1f}".replace(".", ",")
    return f"{label} : {counted(stage.rows, 'ligne')} en {seconds} s."


def _base_line(base: "Base") -> str:
    return (
        f"{counted(base.asked, 'sollicité')}, {counted(base.answered, 'réponse')}, "
        f"{base.empty} sans contenu, {base.blank} sans réponse ; {counted(base.coded, 'lue')}."
    )
