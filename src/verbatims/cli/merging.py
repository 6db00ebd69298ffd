"""The command that brings two local studies' work together."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import StudyError
from verbatims.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbatims.study.merging import Conflict, Merged

_SHOWN = 10

_BROUGHT: Mapping[str, Callable[[int], str]] = {
    "gestures": lambda n: ngettext("{n} geste", "{n} gestes", n),
    "decisions": lambda n: ngettext("{n} décision", "{n} décisions", n),
    "adjudications": lambda n: ngettext("{n} arbitrage", "{n} arbitrages", n),
    "memos": lambda n: ngettext("{n} mémo", "{n} mémos", n),
    "flags": lambda n: ngettext("{n} signalement", "{n} signalements", n),
    "picks": lambda n: ngettext("{n} citation", "{n} citations", n),
    "findings": lambda n: ngettext("{n} ligne de « À retenir »", "{n} lignes de « À retenir »", n),
}


@app.command(
    cls=Command,
    help=N_("Verser dans une étude ce qui a été fait dans une copie ; l'autre n'est pas touchée."),
)
def merge(
    folder: StudyFolder,
    other: Annotated[Path, typer.Argument(help=N_("L'étude à y verser."), metavar=N_("AUTRE"))],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=N_("Où écrire la liste des conflits."))
    ] = None,
) -> None:
    from verbatims.study import Study, merging

    if folder.resolve() == other.resolve():
        raise StudyError(_("C'est deux fois la même étude : il n'y a rien à fusionner."))
    merged = merging.merge(Study.open(folder), Study.open(other))
    told = ", ".join(_brought(merged))
    say(_("Versé : {told}.", told=told) if told else _("Rien de nouveau à verser."))
    if merged.conflicts:
        path = output or folder / "exports" / "conflits_fusion.csv"
        names = {"ours": folder.resolve().name, "theirs": other.resolve().name}
        merging.write(merged.conflicts, path, **names)
        _show(merged.conflicts, path)


def _brought(merged: "Merged") -> "Iterator[str]":
    """« 3 décisions », « 1 mémo »: what there is of each."""
    for name, said in _BROUGHT.items():
        if n := merged.brought(name):
            yield said(n)


def _show(conflicts: "tuple[Conflict, ...]", path: Path) -> None:
    say(_("À voir ({conflicts}), tout est dans {path} :", conflicts=len(conflicts), path=path))
    for told in conflicts[:_SHOWN]:
        place = ", ".join(filter(None, (told.verbatim_id, told.coder, told.theme)))
        say(f"  - {told.what} ({place})")
    if len(conflicts) > _SHOWN:
        others = len(conflicts) - _SHOWN
        say(ngettext("  et {n} autre.", "  et {n} autres.", others))
