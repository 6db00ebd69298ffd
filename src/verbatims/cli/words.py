"""The commands on words: how the machine reads them, and what the analyst rules about them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.errors import VerbatimsError, counted
from verbatims.locale import Command, typer

if TYPE_CHECKING:
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
    "held": "tenue ensemble",
    "refused": "refusée",
    "forced": "forcée",
    "stop": "vide",
    "kept": "gardé",
    "empty": "vide",
    "answered": "réponse",
}
_HEADERS = {
    "form": "forme",
    "pos": "nature",
    "lemma": "lemme",
    "n": "n",
    "verbatims": "verbatims",
    "reason": "motif",
    "repaired": "lu",
    "ruling": "décision",
    "expression": "expression",
    "score": "G²",
    "word": "mot",
    "verbs_only": "verbe seulement",
    "answer": "réponse",
    "kind": "genre",
    "value": "valeur",
    "author": "auteur",
    "made_at": "le",
}


@app.command("words", cls=Command)
def list_words(
    folder: StudyFolder,
    which: Annotated[List, typer.Argument(help="La liste à montrer.", metavar="LISTE")] = (
        List.LEMMAS
    ),
    find: Annotated[
        str, typer.Option("--find", help="Seulement les lignes qui contiennent ces lettres.")
    ] = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="L'écrire, entière.")] = None,
) -> None:
    """Lister les mots comme ils sont lus : lemmes, réparations, expressions, mots vides…"""
    from verbatims.study import Study

    rows = _rows(Study.open(folder).words, which)
    if find:
        rows = rows[rows.astype("string").apply(_holds, word=find).any(axis=1)]
    rows = _in_french(rows)
    if csv is None:
        _show(rows)
    else:
        _write(rows, csv)


@app.command("rule", cls=Command)
def rule(  # noqa: PLR0913  (each is an option)
    folder: StudyFolder,
    what: Annotated[Ruling, typer.Argument(help="Sur quoi.", metavar="GENRE")],
    form: Annotated[str, typer.Argument(help="Le mot, tel qu'il est écrit.", metavar="FORME")],
    value: Annotated[
        str, typer.Argument(help="Le mot à lire, ou le lemme.", metavar="VALEUR")
    ] = "",
    pos: Annotated[str, typer.Option("--pos", help="Cette nature seulement (NOUN, VERB…).")] = "",
    reason: Annotated[str, typer.Option("--motif", help="Pourquoi.")] = "",
    author: Annotated[str, typer.Option("--auteur", help="Qui décide.")] = "",
    refuse: Annotated[
        bool, typer.Option("--non", help="Refuser : laisser tel quel, ne pas tenir pour vide…")
    ] = False,
    take_back: Annotated[
        bool, typer.Option("--retirer", help="Reprendre une décision passée.")
    ] = False,
) -> None:
    """Décider d'un mot : réparation, lemme, expression, mot vide, réponse vide."""
    from verbatims.study import Study

    words = Study.open(folder).words
    if take_back:
        words.take_back(what.kind, form, pos=pos, author=author)
    else:
        ruled = _value(what, form, value, refuse)
        words.rule(what.kind, form, ruled, pos=pos, reason=reason, author=author)
    say(f"Noté. La prochaine analyse s'en servira : verbatims run {folder}")


def _value(what: Ruling, form: str, value: str, refuse: bool) -> str:
    from verbatims import frames

    needs = what in (Ruling.REPAIR, Ruling.LEMMA)
    if value and (refuse or not needs):
        raise VerbatimsError(
            f"« {value} » est de trop : mettez entre guillemets ce qui tient en plusieurs mots."
        )
    if refuse and what is Ruling.LEMMA:
        raise VerbatimsError("Un lemme ne se refuse pas : donnez-en un autre, ou --retirer.")
    if not (refuse or value) and needs:
        raise VerbatimsError(f"Que faut-il lire pour « {form} » ? Donnez le mot à sa suite.")
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


def _in_french(rows: "pd.DataFrame") -> "pd.DataFrame":
    for name in {"ruling", "value"} & set(rows):
        rows = rows.assign(**{name: rows[name].replace(_SAID)})
    if "kind" in rows:
        rows = rows.assign(
            kind=rows["kind"].replace({ruling.kind: str(ruling) for ruling in Ruling})
        )
    return rows.rename(columns=_HEADERS)


def _holds(column: "pd.Series[str]", word: str) -> "pd.Series[bool]":
    from verbatims.folding import fold

    return column.fillna("").map(fold).str.contains(fold(word), regex=False)


def _show(rows: "pd.DataFrame") -> None:
    if rows.empty:
        say("Rien.")
        return
    say(rows.head(_SHOWN).to_string(index=False))
    if len(rows) > _SHOWN:
        say(f"… {_SHOWN} sur {counted(len(rows), 'ligne')} ; --find MOT, ou --csv FICHIER.")


def _write(rows: "pd.DataFrame", file: Path) -> None:
    from verbatims.export import FRENCH, write_rows

    if file.exists():
        raise VerbatimsError(f"« {file} » existe déjà ; choisissez un autre nom.")
    write_rows(file, list(rows.columns), rows.itertuples(index=False, name=None), FRENCH)
    say(f"Écrit : {file} ({counted(len(rows), 'ligne')}).")
