"""The command's terminal: the app that commands join, what it says, its progress bars."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.locale import Group, speak_french, typer

if TYPE_CHECKING:
    from verbatims.study import StageProgress

speak_french()

app = typer.Typer(
    name="verbatims",
    cls=Group,
    help="Analyse qualitative de réponses ouvertes en français, sur votre machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)

StudyFolder = Annotated[Path, typer.Argument(help="Le dossier de l'étude.", metavar="ÉTUDE")]

STAGE_LABELS = {"lemmes": "Lemmes", "suggestions": "Suggestions de thèmes", "classes": "Classes"}


@contextmanager
def progress() -> Iterator["StageProgress"]:
    """A progress bar per stage, on the error output and only where someone looks."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    bars: dict[str, int] = {}
    console = Console(stderr=True)
    with Bars(console=console, transient=True, disable=not console.is_terminal) as display:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = int(display.add_task(STAGE_LABELS[stage], total=total))
            display.update(bars[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield show


def say(text: str) -> None:
    typer.echo(text)
