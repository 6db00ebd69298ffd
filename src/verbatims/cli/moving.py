"""The command that takes a study to the team's server, and back."""

from typing import Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.locale import Command, typer


@app.command(cls=Command)
def move(
    folder: StudyFolder,
    local: Annotated[
        bool, typer.Option("--local", help="Du serveur vers le dossier de l'étude.")
    ] = False,
) -> None:
    """Porter une étude sur le serveur PostgreSQL de DATABASE_URL, ou l'en ramener."""
    from verbatims.study import Study

    kept = Study.move(folder, local=local)
    if local:
        say(f"L'étude est dans son dossier. Le serveur la garde aussi, sous le nom {kept}.")
    else:
        say(f"L'étude est sur le serveur. Ce qu'elle était est gardé : {kept}")
