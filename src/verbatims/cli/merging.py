"""The command that brings two local studies' work together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.errors import StudyError, counted
from verbatims.locale import Command, typer

if TYPE_CHECKING:
    from verbatims.study.merging import Conflict

_SHOWN = 10

_NOUNS = {
    "gestures": "geste",
    "decisions": "décision",
    "adjudications": "arbitrage",
    "memos": "mémo",
    "flags": "signalement",
    "picks": "citation",
}


@app.command(cls=Command)
def merge(
    folder: StudyFolder,
    other: Annotated[Path, typer.Argument(help="L'étude à y verser.", metavar="AUTRE")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Où écrire la liste des conflits.")
    ] = None,
) -> None:
    """Verser dans une étude ce qui a été fait dans une copie ; l'autre n'est pas touchée."""
    from verbatims.study import Study, merging

    if folder.resolve() == other.resolve():
        raise StudyError("C'est deux fois la même étude : il n'y a rien à fusionner.")
    merged = merging.merge(Study.open(folder), Study.open(other))
    brought = {name: merged.brought(name) for name in _NOUNS}
    told = [counted(n, _NOUNS[name]) for name, n in brought.items() if n]
    say(f"Versé : {', '.join(told)}." if told else "Rien de nouveau à verser.")
    if merged.conflicts:
        path = output or folder / "exports" / "conflits_fusion.csv"
        names = {"ours": folder.resolve().name, "theirs": other.resolve().name}
        merging.write(merged.conflicts, path, **names)
        _show(merged.conflicts, path)


def _show(conflicts: "tuple[Conflict, ...]", path: Path) -> None:
    say(f"À voir ({len(conflicts)}), tout est dans {path} :")
    for told in conflicts[:_SHOWN]:
        place = ", ".join(filter(None, (told.verbatim_id, told.coder, told.theme)))
        say(f"  - {told.what} ({place})")
    if len(conflicts) > _SHOWN:
        say(f"  et {counted(len(conflicts) - _SHOWN, 'autre')}.")
