"""The command's terminal: the app that commands join, what it says, its progress bars."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.usage import LANGUAGE, Group, typer
from verbatims.language import ENGLISH, FRENCH, N_, _

if TYPE_CHECKING:
    from verbatims.model import Progress
    from verbatims.study import StageProgress

app = typer.Typer(
    name="verbatims",
    cls=Group,
    help=N_("Analyse qualitative de réponses ouvertes en français, sur votre machine."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)


class Language(StrEnum):
    """Those of LANGUAGES, as Typer wants to be told what may be chosen."""

    FR = FRENCH
    EN = ENGLISH


@app.callback()
def _speak(
    lang: Annotated[
        Language | None,
        typer.Option(LANGUAGE, help=N_("La langue : fr, ou en pour l'anglais.")),
    ] = None,
) -> None:
    """Before any command: what concerns them all."""


StudyFolder = Annotated[
    Path, typer.Argument(help=N_("Le dossier de l'étude."), metavar=N_("ÉTUDE"))
]

STAGE_LABELS = {
    "lemmes": N_("Lemmes"),
    "suggestions": N_("Suggestions de thèmes"),
    "classes": N_("Classes"),
}


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
                bars[stage] = int(display.add_task(_(STAGE_LABELS[stage]), total=total))
            display.update(bars[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield show


@contextmanager
def counting(what: str) -> "Iterator[Progress]":
    """One progress bar, likewise."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    with Bars(console=console, transient=True, disable=not console.is_terminal) as display:
        bar = display.add_task(what, total=None)
        yield lambda done, total: display.update(bar, completed=done, total=total)


def say(text: str) -> None:
    typer.echo(text)
