"""The commands on words: how the machine reads them, and what the analyst rules about them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from verbatims.study import Words

_SHOWN = 40


class List(StrEnum):
    """What `verbatims words` lists, in the words of the command line."""

    LEMMAS = "lemmes"
    REPAIRS = "reparations"
    HELD = "expressions"
    PROPOSED = "propositions"
    STOP_WORDS = "mots-vides"
    EMPTIES = "reponses-vides"
    RULINGS = "decisions"


class Ruling(StrEnum):
    """What `verbatims rule` rules on, in the words of the command line."""

    REPAIR = "reparation"
    LEMMA = "lemme"
    EXPRESSION = "expression"
    STOP_WORD = "mot-vide"
    EMPTY_ANSWER = "reponse-vide"

    @property
    def kind(self) -> str:
        """As CORRECTIONS has it."""
        return self.name.lower().replace("_", " ")


_SAID = {
    "held": N_("tenue ensemble"),
    "refused": N_("refusée"),
    "forced": N_("forcée"),
    "stop": N_("mot vide"),
    "kept": N_("gardé"),
    "empty": N_("vide"),
    "answered": N_("réponse"),
}
_HEADERS = {
    "form": N_("forme"),
    "pos": N_("nature"),
    "lemma": N_("lemme"),
    "n": "n",
    "verbatims": N_("verbatims"),
    "reason": N_("motif"),
    "repaired": N_("lu"),
    "ruling": N_("décision"),
    "expression": N_("expression"),
    "score": "G²",
    "word": N_("mot"),
    "verbs_only": N_("verbe seulement"),
    "answer": N_("réponse"),
    "kind": N_("genre"),
    "value": N_("valeur"),
    "author": N_("auteur"),
    "made_at": N_("le"),
}


@app.command(
    "words",
    cls=Command,
    help=N_("Lister les mots comme ils sont lus : lemmes, réparations, expressions, mots vides…"),
)
def list_words(
    folder: StudyFolder,
    which: Annotated[List, typer.Argument(help=N_("La liste à montrer."), metavar=N_("LISTE"))] = (
        List.LEMMAS
    ),
    find: Annotated[
        str, typer.Option("--find", help=N_("Seulement les lignes qui contiennent ces lettres."))
    ] = "",
    csv: Annotated[Path | None, typer.Option("--csv", help=N_("L'écrire, entière."))] = None,
) -> None:
    from verbatims.study import Study

    rows = _rows(Study.open(folder).words, which)
    if find:
        rows = rows[rows.astype("string").apply(_holds, word=find).any(axis=1)]
    rows = _said(rows, _ if csv is None else str)  # the columns of a file keep their names
    if csv is None:
        _show(rows)
    else:
        _write(rows, csv)


@app.command(
    "rule",
    cls=Command,
    help=N_("Décider d'un mot : réparation, lemme, expression, mot vide, réponse vide."),
)
def rule(  # noqa: PLR0913  (each is an option)
    folder: StudyFolder,
    what: Annotated[Ruling, typer.Argument(help=N_("Sur quoi."), metavar=N_("GENRE"))],
    form: Annotated[
        str, typer.Argument(help=N_("Le mot, tel qu'il est écrit."), metavar=N_("FORME"))
    ],
    value: Annotated[
        str, typer.Argument(help=N_("Le mot à lire, ou le lemme."), metavar=N_("VALEUR"))
    ] = "",
    pos: Annotated[
        str, typer.Option("--pos", help=N_("Cette nature seulement (NOUN, VERB…)."))
    ] = "",
    reason: Annotated[str, typer.Option("--motif", help=N_("Pourquoi."))] = "",
    author: Annotated[str, typer.Option("--auteur", help=N_("Qui décide."))] = "",
    refuse: Annotated[
        bool, typer.Option("--non", help=N_("Refuser : laisser tel quel, ne pas tenir pour vide…"))
    ] = False,
    take_back: Annotated[
        bool, typer.Option("--retirer", help=N_("Reprendre une décision passée."))
    ] = False,
) -> None:
    from verbatims.study import Study

    words = Study.open(folder).words
    if take_back:
        words.take_back(what.kind, form, pos=pos, author=author)
    else:
        ruled = _value(what, form, value, refuse)
        words.rule(what.kind, form, ruled, pos=pos, reason=reason, author=author)
    say(_("Noté. La prochaine analyse s'en servira : verbatims run {folder}", folder=folder))


def _value(what: Ruling, form: str, value: str, refuse: bool) -> str:
    from verbatims import frames

    needs = what in (Ruling.REPAIR, Ruling.LEMMA)
    if value and (refuse or not needs):
        raise VerbatimsError(
            _(
                "« {value} » est de trop : mettez entre guillemets ce qui tient en plusieurs mots.",
                value=value,
            )
        )
    if refuse and what is Ruling.LEMMA:
        raise VerbatimsError(_("Un lemme ne se refuse pas : donnez-en un autre, ou --retirer."))
    if not (refuse or value) and needs:
        raise VerbatimsError(
            _("Que faut-il lire pour « {form} » ? Donnez le mot à sa suite.", form=form)
        )
    yes, no = {
        Ruling.EXPRESSION: (frames.HELD, frames.REFUSED),
        Ruling.STOP_WORD: (frames.STOP, frames.KEPT),
        Ruling.EMPTY_ANSWER: (frames.EMPTY, frames.ANSWERED),
    }.get(what, (value, form))
    return no if refuse else yes


def _rows(words: "Words", which: List) -> "pd.DataFrame":
    match which:
        case List.LEMMAS:
            return words.lemmas()
        case List.REPAIRS:
            return words.repairs()
        case List.HELD:
            return words.held()
        case List.PROPOSED:
            return words.expressions()
        case List.STOP_WORDS:
            return words.stop_words()
        case List.EMPTIES:
            return words.empties()
        case List.RULINGS:
            return words.rulings().drop(columns="number")


def _said(rows: "pd.DataFrame", said: "Callable[[str], str]") -> "pd.DataFrame":
    for name in {"ruling", "value"} & set(rows):
        rows = rows.assign(**{name: rows[name].replace(_told(_SAID, said))})
    if "kind" in rows:
        rows = rows.assign(
            kind=rows["kind"].replace({ruling.kind: str(ruling) for ruling in Ruling})
        )
    return rows.rename(columns=_told(_HEADERS, said))


def _told(labels: dict[str, str], said: "Callable[[str], str]") -> dict[str, str]:
    return {name: said(label) for name, label in labels.items()}


def _holds(column: "pd.Series[str]", word: str) -> "pd.Series[bool]":
    from verbatims.folding import fold

    return column.fillna("").map(fold).str.contains(fold(word), regex=False)


def _show(rows: "pd.DataFrame") -> None:
    if rows.empty:
        say(_("Rien."))
        return
    say(rows.head(_SHOWN).to_string(index=False))
    if len(rows) > _SHOWN:
        say(
            _(
                "… {shown} sur {lines} ; --find MOT, ou --csv FICHIER.",
                shown=_SHOWN,
                lines=ngettext("{n} ligne", "{n} lignes", len(rows)),
            )
        )


def _write(rows: "pd.DataFrame", file: Path) -> None:
    from verbatims.export import FRENCH, write_rows

    if file.exists():
        raise VerbatimsError(_("« {file} » existe déjà ; choisissez un autre nom.", file=file))
    write_rows(file, list(rows.columns), rows.itertuples(index=False, name=None), FRENCH)
    say(
        _(
            "Écrit : {file} ({lines}).",
            file=file,
            lines=ngettext("{n} ligne", "{n} lignes", len(rows)),
        )
    )
