"""The commands on the codebook: shown, compared, exchanged; and what the decisions teach it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.errors import Problem, VerbatimsError, counted
from verbatims.locale import Command, typer

if TYPE_CHECKING:
    import pandas as pd

    from verbatims.codebook import Change
    from verbatims.study import Study
    from verbatims.tagging.proposals import Effect

_AUTHOR = typer.Option("--auteur", help="Qui fait le changement.")


@app.command("codebook", cls=Command)
def show_codebook(
    folder: StudyFolder,
    read: Annotated[
        Path | None,
        typer.Option("--import", help="La remplacer : YAML, QDC, QDPX, CSV, XLSX.", metavar="F"),
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--export", help="L'écrire : .qdc, .csv ou .yaml.", metavar="F")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="Dire ce qui la sépare d'une autre.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Annuler le dernier changement.")] = False,
    author: Annotated[str, _AUTHOR] = "",
) -> None:
    """Montrer la grille de codage et ce qui y est à vérifier ; l'échanger, la comparer."""
    from verbatims.study import Study

    study = Study.open(folder)
    if read is not None:
        _import(study, read, author)
    elif write is not None:
        study.editing.write_file(write)
        say(f"Écrit : {write}")
    elif compare is not None:
        _compare(study, compare)
    elif undo:
        undone = study.editing.undo(author)
        say(f"Annulé : {undone}." if undone else "Rien à annuler.")
    else:
        _show(study)


@app.command("learn", cls=Command)
def learn(folder: StudyFolder) -> None:
    """Dire ce que les réponses validées apprennent : termes à ajouter, à retirer, fiabilité."""
    from verbatims.study import Study

    study = Study.open(folder)
    found = study.learning.proposals()
    say(study.learning.saturation()[1])
    if found.note:
        say(found.note)
        return
    _table("Termes à ajouter", study, found.additions, ("n", "hits", "adds"))
    _table("Termes à retirer", study, found.removals, ("n", "hits"))
    for sentence in found.overlaps["sentence"]:
        say(f"- {sentence}")
    for theme in found.unused:
        say(f"- « {study.codebook.label(theme)} » ne sert nulle part.")
    if found.effect is not None:
        say(_effect(found.effect))


def _import(study: "Study", file: Path, author: str) -> None:
    editing = study.editing
    base = editing.text()
    text, problems = editing.read_file(file)
    _warn(problems)
    changes = _changes(study, base, text)
    editing.save(text, base=base, said=f"Grille importée de « {file.name} »", author=author)
    for change in changes:
        say(f"- {change.said}")
    say(f"Grille remplacée : {counted(len(study.codebook), 'thème')}. Pour annuler : --undo.")


def _changes(study: "Study", base: str, text: str) -> "tuple[Change, ...]":
    """Nothing to compare with a codebook that is not there, or that this one repairs."""
    try:
        return study.editing.difference(base, text) if base else ()
    except VerbatimsError:
        return ()


def _warn(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        say(f"(à savoir) {problem}")


def _compare(study: "Study", file: Path) -> None:
    other, problems = study.editing.read_file(file)
    _warn(problems)
    _ = study.codebook  # raises with its faults, if it has any
    changes = study.editing.difference(study.editing.text(), other)
    for change in changes:
        say(f"- {change.said}")
    if not changes:
        say("Aucune différence.")


def _show(study: "Study") -> None:
    if not len(study.codebook):
        raise VerbatimsError(
            "La grille de codage est vide : écrivez-la, ou importez-la (--import FICHIER)."
        )
    say(study.codebook.title or "Grille de codage")
    tags = study.tags()
    suggested = tags.drop_duplicates(["verbatim_id", "theme"])["theme"].value_counts()
    for theme in study.codebook:
        n = counted(int(suggested.get(theme.id, 0)), "suggestion")
        say(f"  {theme.id} · {theme.label} : {counted(len(theme.terms), 'terme')}, {n}")
    if study.store.runs().empty:
        return
    warnings = study.editing.warnings(study.codebook)
    if len(warnings):
        say(f"À vérifier ({len(warnings)}) :")
    silent = warnings["kind"] == "nothing"
    for row in warnings[~silent].to_dict("records"):
        say(f"  - ligne {row['line']} : {row['message']}")
    for name, terms in warnings[silent].groupby("theme", sort=False):
        named = ", ".join(f"« {term} »" for term in terms["term"])
        say(f"  - {study.codebook.label(str(name))}, ne trouvent rien ({len(terms)}) : {named}")


def _table(title: str, study: "Study", rows: "pd.DataFrame", counts: tuple[str, ...]) -> None:
    if rows.empty:
        return
    titles = {"n": "validées", "hits": "avec le thème", "adds": "à suggérer"}
    shown = rows.assign(theme=rows["theme"].map(study.codebook.label))
    shown = shown[["theme", "term", *counts, "precision"]]
    percent = shown["precision"].map(lambda share: "" if share != share else f"{share:.0%}")
    shown = shown.assign(precision=percent).rename(
        columns={"theme": "thème", "term": "terme", "precision": "précision", **titles}
    )
    say(f"{title} :\n{shown.to_string(index=False)}")


def _effect(effect: "Effect") -> str:
    if effect.note:
        return effect.note
    before, after = effect.before, effect.after
    return (
        f"Sur {counted(effect.answers, 'réponse')} mises de côté, qui n'ont pas servi à proposer : "
        f"précision {before.precision:.0%} → {after.precision:.0%}, "
        f"rappel {before.recall:.0%} → {after.recall:.0%} si l'on suit tout."
    ).replace("%", " %")
