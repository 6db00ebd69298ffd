"""The commands on results: every table and drawing of the report, and the weights behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, counting, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import StudyError, VerbatimsError
from verbatims.language import N_, _, ngettext

if TYPE_CHECKING:
    from verbatims.model import Criterion, Figure
    from verbatims.study import Study

_LABEL = 40  # characters of an answer


@app.command(
    cls=Command,
    help=N_(
        "Écrire les tableaux (CSV, un classeur XLSX) et les graphiques (SVG, PNG) du rapport : "
        "tous, ou ceux que l'on demande."
    ),
)
def tables(  # noqa: PLR0913 - the options of a command
    folder: StudyFolder,
    to: Annotated[
        Path | None, typer.Option("--to", help=N_("Où ; par défaut, tableaux/ dans l'étude."))
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option("--question", help=N_("Cette question seulement ; une par option.")),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help=N_("La croiser par cette question ; une par option.")),
    ] = None,
    among: Annotated[
        list[str] | None,
        typer.Option(
            "--among",
            help=N_("Parmi ceux qui ont répondu ainsi : « question=réponse|autre réponse »."),
        ),
    ] = None,
    finite: Annotated[
        bool, typer.Option("--finite", help=N_("Intervalles pour une population finie."))
    ] = False,
    holm: Annotated[
        bool, typer.Option("--holm", help=N_("p corrigés selon Holm, plus sévère."))
    ] = False,
    charts: Annotated[
        bool, typer.Option("--charts/--no-charts", help=N_("Avec les graphiques, ou sans."))
    ] = True,
    international: Annotated[
        bool, typer.Option("--international", help=N_("Virgules et points décimaux, sans BOM."))
    ] = False,
) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    figures = study.figures
    asked = _asked(study, question or [], by or []) if question or by else figures.report()
    criteria = tuple(_criterion(written) for written in among or [])
    wanted = [_with(figure, criteria, finite=finite, holm=holm) for figure in asked]
    with counting(_("Tableaux")) as progress:
        written = figures.write(
            wanted,
            to or study.path / "tableaux",
            charts=charts,
            international=international,
            progress=progress,
        )
    made = ngettext("{n} tableau", "{n} tableaux", len(wanted))
    files = ngettext("{n} fichier", "{n} fichiers", len(written))
    say(_("{made}, {files} dans {folder}", made=made, files=files, folder=written[0].parent))


@app.command(
    cls=Command,
    help=N_("Voir le redressement, ou le poser d'après un fichier de marges (weighting.yaml)."),
)
def weights(
    folder: StudyFolder,
    margins: Annotated[
        Path | None, typer.Option("--margins", help=N_("Les marges à poser, en YAML."))
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help=N_("Retirer le redressement de l'étude."))
    ] = False,
) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    if margins is not None:
        study.weights.copy(margins)
    elif remove:
        study.weights.save("")
    for line in _weighed(study):
        say(line)


def _asked(study: "Study", questions: Sequence[str], by: Sequence[str]) -> list["Figure"]:
    """Each question by each other; every question when none is named, not crossed without by."""
    from verbatims.model import Figure

    known = [one.id for one in (*study.questionnaire.closed, *study.questionnaire.open)]
    for name in (*questions, *by):
        if name not in known:
            raise VerbatimsError(
                _(
                    "Il n'y a pas de question « {question} » : {listed}.",
                    question=name,
                    listed=", ".join(known),
                )
            )
    chosen = questions or [one.id for one in study.questionnaire.open]
    return [Figure(name, by=other) for name in chosen for other in by or [""]]


def _criterion(written: str) -> "Criterion":
    from verbatims.model import Criterion

    question, equals, answers = written.partition("=")
    if not equals or not answers:
        raise VerbatimsError(
            _(
                "--among « {written} » : écrivez « question=réponse », les réponses séparées par "
                "« | ».",
                written=written,
            )
        )
    name, bracket, item = question.strip().partition("[")
    chosen = tuple(answer.strip() for answer in answers.split("|"))
    return Criterion(name.strip(), chosen, item.rstrip("] ") if bracket else "")


def _with(
    figure: "Figure", criteria: tuple["Criterion", ...], *, finite: bool, holm: bool
) -> "Figure":
    if figure.estimated:  # of all answers, by what chance chose among them
        return figure
    return replace(figure, among=criteria, finite=finite, holm=holm)


def _weighed(study: "Study") -> Iterator[str]:
    report, population = study.weights.report, study.weights.population
    if population is not None:
        yield _("Population : {population} personnes.", population=population)
    if report is None:
        yield _("Aucun redressement : les poids sont ceux du fichier d'enquête.")
        return
    yield from report.says
    heads = ("n", _("brut %"), _("cible %"), _("redressé %"))
    yield f"{'':{_LABEL}}{''.join(f'{head:>12}' for head in heads)}"
    for row in report.margins.to_dict("records"):
        shares = [100 * row[name] for name in ("share", "target", "weighted_share")]
        told = "".join(f"{share:>12.1f}" for share in shares)
        yield f"{str(row['answer'])[: _LABEL - 1]:{_LABEL}}{row['n']:>12}{told}"
    if report.problem:
        raise StudyError(report.says[0])
