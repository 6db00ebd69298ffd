"""The command that takes a study to the team's server, and back."""

from typing import Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.language import N_, _


@app.command(
    cls=Command,
    help=N_("Porter une étude sur le serveur PostgreSQL de DATABASE_URL, ou l'en ramener."),
)
def move(
    folder: StudyFolder,
    local: Annotated[
        bool, typer.Option("--local", help=N_("Du serveur vers le dossier de l'étude."))
    ] = False,
) -> None:
    from verbatims.study import Study

    kept = Study.move(folder, local=local)
    if local:
        say(
            _(
                "L'étude est dans son dossier. Le serveur la garde aussi, sous le nom {kept}.",
                kept=kept,
            )
        )
    else:
        say(_("L'étude est sur le serveur. Ce qu'elle était est gardé : {kept}", kept=kept))
