"""The command on agreement: how far coders of the same answers say the same."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbatims.study import Measured

_FIGURES = {"agreement": N_("accord"), "kappa": "κ", "ac1": "AC1", "pabak": "PABAK", "alpha": "α"}
_COUNTS = {"n": "n", "both": N_("tous"), "split": N_("désaccord"), "neither": N_("aucun")}
_LABEL = 28  # characters of a theme's label


@app.command(
    "agreement",
    cls=Command,
    help=N_("Mesurer l'accord entre codeurs : effectifs, κ, AC1, PABAK, α de Krippendorff."),
)
def show_agreement(
    folder: StudyFolder,
    question: Annotated[str, typer.Option("--question", help=N_("Cette question seulement."))] = "",
    coders: Annotated[
        list[str] | None, typer.Option("--coder", help=N_("Ces codeurs seulement ; un par option."))
    ] = None,
    machine: Annotated[
        bool, typer.Option("--machine", help=N_("L'accord avec les suggestions, plutôt."))
    ] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help=N_("L'écrire, en entier."))] = None,
) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    known = [one.id for one in study.questionnaire.open]
    if question and question not in known:
        listed = ", ".join(known)
        raise VerbatimsError(
            _(
                "Il n'y a pas de question ouverte « {question} » : {listed}.",
                question=question,
                listed=listed,
            )
        )
    found = study.agreement.measures(question, coders=coders or None, machine=machine)
    if not found:
        say(_nothing(machine=machine))
    elif csv is None:
        for measured in found:
            _show(measured)
    else:
        _write(found, csv)


def _nothing(*, machine: bool) -> str:
    if machine:
        return _("Aucune réponse lue n'a de suggestion : lancez l'analyse, puis codez.")
    return _("Aucune réponse n'a été codée par deux personnes : rien à mesurer.")


def _show(measured: "Measured") -> None:
    from verbatims.measures.agreement import printed

    say(measured.said)
    heads = [f"{_(title):>10}" for title in (*_COUNTS.values(), *_FIGURES.values())]
    say(f"{'':{_LABEL}}{''.join(heads)}")
    for row in measured.themes.rows.to_dict("records"):
        counts = [f"{row[name]:>10.0f}" for name in _COUNTS]
        figures = [f"{printed(row[name]):>10}" for name in _FIGURES]
        say(f"{row['label'][: _LABEL - 1]:{_LABEL}}{''.join([*counts, *figures])}  {row['note']}")
    for row in measured.sets.rows.to_dict("records"):
        bounds = f"[{printed(row['low'])} ; {printed(row['high'])}] "
        interval = "" if math.isnan(row["low"]) else bounds
        label, value = row["label"], f"α = {printed(row['value'])} {interval}{row['verdict']}"
        say(_("{title} : {value}", title=_(label), value=value))
    for note in dict.fromkeys((*measured.themes.notes, *measured.sets.notes)):
        say(f"  {note}")
    say("")


def _write(found: "Sequence[Measured]", file: Path) -> None:
    from verbatims.export import FRENCH, write_agreement

    if file.exists():
        raise VerbatimsError(_("« {file} » existe déjà ; choisissez un autre nom.", file=file))
    groups = [(measured.name, measured.themes, measured.sets) for measured in found]
    write_agreement(groups, file, FRENCH)
    say(_("Écrit : {file}.", file=file))
