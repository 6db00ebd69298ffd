"""The commands on the codebook: shown, compared, exchanged; and what the decisions teach it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import Problem, VerbatimsError
from verbatims.language import N_, _, ngettext, percent

if TYPE_CHECKING:
    import pandas as pd

    from verbatims.codebook import Change
    from verbatims.study import Study
    from verbatims.tagging.proposals import Effect

_TITLES = {
    "theme": N_("thème"),
    "term": N_("terme"),
    "precision": N_("précision"),
    "n": N_("validées"),
    "hits": N_("avec le thème"),
    "adds": N_("à suggérer"),
}
_AUTHOR = typer.Option("--auteur", help=N_("Qui fait le changement."))


@app.command(
    "codebook",
    cls=Command,
    help=N_("Montrer la grille de codage et ce qui y est à vérifier ; l'échanger, la comparer."),
)
def show_codebook(
    folder: StudyFolder,
    read: Annotated[
        Path | None,
        typer.Option(
            "--import", help=N_("La remplacer : YAML, QDC, QDPX, CSV, XLSX."), metavar=N_("F")
        ),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--export", help=N_("L'écrire : .qdc, .csv ou .yaml."), metavar=N_("F")),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help=N_("Dire ce qui la sépare d'une autre."))
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help=N_("Annuler le dernier changement."))
    ] = False,
    author: Annotated[str, _AUTHOR] = "",
) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    if read is not None:
        _import(study, read, author)
    elif write is not None:
        study.editing.write_file(write)
        say(_("Écrit : {file}", file=write))
    elif compare is not None:
        _compare(study, compare)
    elif undo:
        undone = study.editing.undo(author)
        say(_("Annulé : {undone}.", undone=undone) if undone else _("Rien à annuler."))
    else:
        _show(study)


@app.command(
    "learn",
    cls=Command,
    help=N_(
        "Dire ce que les réponses validées apprennent : termes à ajouter, à retirer, fiabilité."
    ),
)
def learn(folder: StudyFolder) -> None:
    from verbatims.study import Study

    study = Study.open(folder)
    found = study.learning.proposals()
    say(study.learning.saturation()[1])
    if found.note:
        say(found.note)
        return
    _table(_("Termes à ajouter"), study, found.additions, ("n", "hits", "adds"))
    _table(_("Termes à retirer"), study, found.removals, ("n", "hits"))
    for sentence in found.overlaps["sentence"]:
        say(f"- {sentence}")
    for theme in found.unused:
        say(_("- « {label} » ne sert nulle part.", label=study.codebook.label(theme)))
    if found.effect is not None:
        say(_effect(found.effect))


def _import(study: "Study", file: Path, author: str) -> None:
    editing = study.editing
    base = editing.text()
    text, problems = editing.read_file(file)
    _warn(problems)
    changes = _changes(study, base, text)
    editing.save(
        text, base=base, said=_("Grille importée de « {name} »", name=file.name), author=author
    )
    for change in changes:
        say(f"- {change.said}")
    say(
        _(
            "Grille remplacée : {themes}. Pour annuler : --undo.",
            themes=ngettext("{n} thème", "{n} thèmes", len(study.codebook)),
        )
    )


def _changes(study: "Study", base: str, text: str) -> "tuple[Change, ...]":
    """Nothing to compare with a codebook that is not there, or that this one repairs."""
    try:
        return study.editing.difference(base, text) if base else ()
    except VerbatimsError:
        return ()


def _warn(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        say(_("(à savoir) {problem}", problem=problem))


def _compare(study: "Study", file: Path) -> None:
    other, problems = study.editing.read_file(file)
    _warn(problems)
    study.codebook  # noqa: B018 - raises with its faults, if it has any
    changes = study.editing.difference(study.editing.text(), other)
    for change in changes:
        say(f"- {change.said}")
    if not changes:
        say(_("Aucune différence."))


def _show(study: "Study") -> None:
    if not len(study.codebook):
        raise VerbatimsError(
            _("La grille de codage est vide : écrivez-la, ou importez-la (--import FICHIER).")
        )
    say(study.codebook.title or _("Grille de codage"))
    tags = study.tags()
    suggested = tags.drop_duplicates(["verbatim_id", "theme"])["theme"].value_counts()
    for theme in study.codebook:
        say(
            _(
                "  {id} · {label} : {terms}, {suggestions}",
                id=theme.id,
                label=theme.label,
                terms=ngettext("{n} terme", "{n} termes", len(theme.terms)),
                suggestions=_suggestions(int(suggested.get(theme.id, 0))),
            )
        )
    if study.store.runs().empty:
        return
    warnings = study.editing.warnings(study.codebook)
    if len(warnings):
        say(_("À vérifier ({warnings}) :", warnings=len(warnings)))
    silent = warnings["kind"] == "nothing"
    for row in warnings[~silent].to_dict("records"):
        say(_("  - ligne {line} : {message}", line=row["line"], message=row["message"]))
    for name, terms in warnings[silent].groupby("theme", sort=False):
        named = ", ".join(_("« {text} »", text=term) for term in terms["term"])
        say(
            _(
                "  - {label}, ne trouvent rien ({terms}) : {named}",
                label=study.codebook.label(str(name)),
                terms=len(terms),
                named=named,
            )
        )


def _table(title: str, study: "Study", rows: "pd.DataFrame", counts: tuple[str, ...]) -> None:
    if rows.empty:
        return
    titles = {name: _(title) for name, title in _TITLES.items()}
    shown = rows.assign(theme=rows["theme"].map(study.codebook.label))
    shown = shown[["theme", "term", *counts, "precision"]]
    shown = shown.assign(precision=shown["precision"].map(percent)).rename(columns=titles)
    say(_("{title} :\n{table}", title=title, table=shown.to_string(index=False)))


def _effect(effect: "Effect") -> str:
    if effect.note:
        return effect.note
    before, after = effect.before, effect.after
    return _(
        "Sur {answers} mises de côté, qui n'ont pas servi à proposer : précision {precise} → "
        "{preciser}, rappel {found} → {finding} si l'on suit tout.",
        answers=ngettext("{n} réponse", "{n} réponses", effect.answers),
        precise=percent(before.precision),
        preciser=percent(after.precision),
        found=percent(before.recall),
        finding=percent(after.recall),
    )


def _suggestions(n: int) -> str:
    return ngettext("{n} suggestion", "{n} suggestions", n)
