"""The commands of a study's life: made, imported, run, looked at, exported."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims import settings
from verbatims.cli.console import STAGE_LABELS, StudyFolder, app, progress, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import Problem, VerbatimsError
from verbatims.language import N_, _, decimal, ngettext

if TYPE_CHECKING:
    from verbatims.model import Base
    from verbatims.study import Stage, Study

SurveyFile = Annotated[
    Path, typer.Argument(help=N_("CSV, TSV, XLSX, XLS ou ODS."), metavar=N_("FICHIER"))
]

MISREAD = N_("Le questionnaire a changé depuis l'import : importez de nouveau le fichier.")


@app.command(
    cls=Command,
    help=N_("Créer l'étude de démonstration (données simulées) et l'ouvrir."),
)
def demo(
    folder: Annotated[Path, typer.Argument(help=N_("Où créer l'étude."), metavar=N_("DOSSIER"))] = (
        settings.STUDIES_FOLDER / "pionniers"
    ),
    no_app: Annotated[bool, typer.Option("--no-app", help=N_("Créer sans ouvrir."))] = False,
    port: Annotated[int, typer.Option(help=N_("Le port."), min=1, max=65535)] = settings.PORT,
) -> None:
    from verbatims import demo as demo_study

    with progress() as watched:
        study = demo_study.build(folder, progress=watched)
    say(_("Étude de démonstration prête : {path}", path=study.path))
    if not no_app:
        _open_app(study.path, port)


@app.command(
    cls=Command,
    help=N_("Créer une étude à partir d'un fichier d'enquête."),
)
def new(
    folder: Annotated[Path, typer.Argument(help=N_("Le dossier à créer."), metavar=N_("ÉTUDE"))],
    file: SurveyFile,
    questionnaire: Annotated[
        Path | None, typer.Option(help=N_("Décrit les colonnes ; sinon un brouillon est écrit."))
    ] = None,
    codebook: Annotated[Path | None, typer.Option(help=N_("La grille de codage."))] = None,
) -> None:
    from verbatims.study import Study

    with _whole_or_not_at_all(folder):
        study = Study.create(folder, questionnaire=questionnaire, codebook=codebook)
        if questionnaire is not None:
            _import(study, file, interviews=False)
            return
        _write_draft(file, study.questionnaire_path)
        say(
            _(
                "Brouillon écrit : {path}\n"
                "Relisez-le (les lignes « À VÉRIFIER » d'abord), puis importez :\n"
                "  verbatims import {folder} {file}",
                path=study.questionnaire_path,
                folder=folder,
                file=file,
            )
        )


@app.command(
    "import",
    cls=Command,
    help=N_("Importer un fichier dans une étude ; tout, ou rien en cas d'erreur."),
)
def import_(
    folder: StudyFolder,
    file: SurveyFile,
    interviews: Annotated[
        bool, typer.Option("--entretiens", help=N_("Une ligne par tour de parole."))
    ] = False,
) -> None:
    from verbatims.study import Study

    _import(Study.open(folder), file, interviews=interviews)


@app.command(
    cls=Command,
    help=N_("Écrire un premier questionnaire.yaml à partir d'un fichier d'enquête."),
)
def draft(
    file: SurveyFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=N_("Où l'écrire ; sinon à l'écran."))
    ] = None,
) -> None:
    if output is None:
        sys.stdout.buffer.write(_draft(file).encode())
    else:
        _write_draft(file, output)
        say(_("Écrit : {output}. Relisez d'abord les lignes « À VÉRIFIER ».", output=output))


@app.command(
    cls=Command,
    help=N_("Vérifier questionnaire.yaml et codebook.yaml."),
)
def check(folder: StudyFolder) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    say(
        _(
            "Questionnaire, sans erreur : {questions}.",
            questions=ngettext("{n} question", "{n} questions", len(study.questionnaire.questions)),
        )
    )
    say(
        _(
            "Grille de codage, sans erreur : {themes}.",
            themes=ngettext("{n} thème", "{n} thèmes", len(study.codebook)),
        )
    )
    if study.misread:
        say(_(MISREAD))


@app.command(
    cls=Command,
    help=N_("Lemmatiser, suggérer des thèmes, grouper ; seulement ce qui a changé."),
)
def run(
    folder: StudyFolder,
    k: Annotated[
        int | None, typer.Option("-k", help=N_("Nombre de classes ; 0 : proposé."))
    ] = None,
    fast: Annotated[
        bool, typer.Option("--rapide", help=N_("Un premier regard, sans analyse grammaticale."))
    ] = False,
    tagger: Annotated[
        str,
        typer.Option(
            "--tagger", help=N_("lexicon, similarity, learned ou combined."), metavar=N_("MÉTHODE")
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help=N_("Recalculer même sans changement."))
    ] = False,
) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    with progress() as watched:
        stages = study.run(progress=watched, k=k, fast=fast, tagger=tagger, force=force)
    for stage in stages:
        say(_stage_line(stage))
    say(study.stages.note())
    say(study.clustering().note)


@app.command(
    cls=Command,
    help=N_("Dire où en est une étude."),
)
def status(folder: StudyFolder) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    state = study.status()
    say(study.title + (f" — {study.notice}" if study.notice else ""))
    for done in state.imports.to_dict("records"):
        say(
            _(
                "Importé le {made_at} : {file} ({lines} ; {origin})",
                made_at=done["made_at"][:10],
                file=done["file"],
                lines=ngettext("{n} ligne", "{n} lignes", done["rows"]),
                origin=done["origin"],
            )
        )
    for question in study.questionnaire.open:
        say(f"{question.title}\n  {_base_line(state.bases[question.id])}")
    if state.fast:
        say(_("Dernière analyse : rapide, sans analyse grammaticale (verbatims run pour l'autre)."))
    if state.waiting:
        say(
            _(
                "Décisions sur les mots qui attendent la prochaine analyse : {waiting}.",
                waiting=state.waiting,
            )
        )
    if state.misread:
        say(_(MISREAD))
    elif not len(state.runs):
        say(_("Analyse : pas encore lancée (verbatims run)."))
    elif state.outdated:
        say(_("Les textes ou la grille ont changé depuis l'analyse : verbatims run."))


@app.command(
    cls=Command,
    help=N_("Écrire les CSV dans exports/ (par défaut pour Excel en français)."),
)
def export(
    folder: StudyFolder,
    international: Annotated[
        bool, typer.Option("--international", help=N_("Virgules et points décimaux, sans BOM."))
    ] = False,
) -> None:
    from verbatims.study import Study

    for path in Study.open(folder).export(international=international):
        say(str(path))


@app.command(
    "app",
    cls=Command,
    help=N_("Ouvrir l'application dans le navigateur (par défaut, sur cette machine seulement)."),
)
def open_app(
    folder: Annotated[
        Path | None, typer.Argument(help=N_("L'étude à ouvrir."), metavar=N_("ÉTUDE"))
    ] = None,
    port: Annotated[int, typer.Option(help=N_("Le port."), min=1, max=65535)] = settings.PORT,
    address: Annotated[
        str,
        typer.Option(
            help=N_(
                "L'adresse où servir : une autre que celle-ci demande une étude avec des comptes."
            ),
            metavar=N_("ADRESSE"),
        ),
    ] = settings.ADDRESS,
) -> None:
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
        raise VerbatimsError(
            _("« {output} » existe déjà ; choisissez un autre nom avec -o.", output=output)
        )
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
        _(
            "{respondents}, {answers}.",
            respondents=ngettext("{n} répondant", "{n} répondants", len(corpus.respondents)),
            answers=ngettext(
                "{n} réponse ouverte attendue",
                "{n} réponses ouvertes attendues",
                len(corpus.verbatims),
            ),
        )
    )
    _warn(corpus.problems)


def _warn(problems: tuple[Problem, ...]) -> None:
    if problems:
        say(_("À savoir ({problems}) :", problems=len(problems)))
    for problem in problems:
        say(f"  - {problem}")


def _stage_line(stage: "Stage") -> str:
    label = _(STAGE_LABELS[stage.name])
    if not stage.done:
        return _(
            "{label} : rien de nouveau ({lines}).",
            label=label,
            lines=ngettext("{n} ligne gardée", "{n} lignes gardées", stage.rows),
        )
    seconds = decimal(stage.seconds)
    return _(
        "{label} : {lines} en {seconds} s.",
        label=label,
        lines=ngettext("{n} ligne", "{n} lignes", stage.rows),
        seconds=seconds,
    )


def _base_line(base: "Base") -> str:
    return _(
        "{asked}, {answers}, {empty} sans contenu, {blank} sans réponse ; {coded}.",
        asked=ngettext("{n} sollicité", "{n} sollicités", base.asked),
        answers=ngettext("{n} réponse", "{n} réponses", base.answered),
        empty=base.empty,
        blank=base.blank,
        coded=ngettext("{n} lue", "{n} lues", base.coded),
    )
