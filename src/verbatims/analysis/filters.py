"""Who is kept in a table: those who gave some answers, or said something of some themes."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from verbatims.analysis.closed import INSIDE, given, in_order
from verbatims.analysis.held import asked_verbatims, holders, is_read, listed, retained
from verbatims.errors import VerbatimsError
from verbatims.frames import ANSWERED
from verbatims.language import N_, _
from verbatims.model import CodedCorpus, Criterion, Cross, Kind, Question, Table

FOUND_SO_FAR = N_(
    "Réponses pas toutes lues : ce sont ceux que l'on a trouvés jusqu'ici, d'où ni part ni test."
)


def among(coded: CodedCorpus, criteria: Iterable[Criterion]) -> CodedCorpus:
    """The corpus of those who meet every criterion; VerbatimsError when one cannot be."""
    wanted = tuple(criteria)
    if not wanted:
        return coded
    kept = people(coded, wanted)
    respondents, answers, verbatims = (
        frame[frame["respondent_id"].isin(kept)]
        for frame in (coded.respondents, coded.answers, coded.verbatims)
    )
    tags, codings = (
        frame[frame["verbatim_id"].isin(verbatims["verbatim_id"])]
        for frame in (coded.tags, coded.codings)
    )
    return replace(
        coded,
        respondents=respondents,
        answers=answers,
        verbatims=verbatims,
        tags=tags,
        codings=codings,
        among=(*coded.among, *wanted),
        population=None,  # what it is for some of the respondents is not known
    )


def people(coded: CodedCorpus, criteria: Iterable[Criterion]) -> "pd.Index[str]":
    """The ids of those who meet every criterion, in the order of the respondents."""
    kept: pd.Index[str] = pd.Index(coded.respondents["respondent_id"])
    for criterion in criteria:
        kept = kept[kept.isin(_meeting(coded, criterion))]
    return kept


def told_among(everyone: CodedCorpus, kept: CodedCorpus, table: Table) -> Table:
    """The table of `kept` with a note on who they are, when that is not everyone.

    Chosen by a theme while reading is not over, they are only those found so far: counts stay,
    shares and tests go.
    """
    if not kept.among:
        return table
    what = _(" et ").join(_said(everyone, criterion) for criterion in kept.among)
    note = _("Parmi ceux qui ont dit {what} (Base : {n}).", what=what, n=len(kept.respondents))
    if _is_whole(everyone, kept.among):
        return replace(table, notes=(note, *table.notes))
    counts = replace(table, rows=_counts(table.rows), notes=(note, _(FOUND_SO_FAR)))
    return replace(counts, tests=counts.tests.iloc[:0]) if isinstance(counts, Cross) else counts


def _is_whole(coded: CodedCorpus, criteria: Iterable[Criterion]) -> bool:
    """Whether all that could have brought someone among them has been read."""
    for criterion in criteria:
        if _question(coded, criterion) is None:
            verbatims = asked_verbatims(coded, criterion.question)
            if not is_read(coded, verbatims[verbatims["status"] == ANSWERED]).all():
                return False
    return True


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, where only what is counted is left."""
    blank = {str(name): np.nan for name in rows if rows[name].dtype.kind == "f"}
    words = {name: "" for name in ("sign", "note") if name in rows}
    return rows.assign(**blank, **words)


def _said(coded: CodedCorpus, criterion: Criterion) -> str:
    question = _question(coded, criterion)
    names = criterion.answers
    if question is None:
        names = tuple(coded.codebook.label(name) for name in names)
    said = _(" ou ").join(_("« {text} »", text=name) for name in names)
    title = _title(coded, criterion)
    return _("{answers} à « {question} »", answers=said, question=title)


def _title(coded: CodedCorpus, criterion: Criterion) -> str:
    if not criterion.question:
        return _("toutes les questions ouvertes")
    title = coded.questionnaire[criterion.question].title
    return f"{title}{INSIDE}{criterion.item}" if criterion.item else title


def _meeting(coded: CodedCorpus, criterion: Criterion) -> pd.Series:
    question = _question(coded, criterion)
    if question is None:
        verbatims = asked_verbatims(coded, criterion.question)
        _refuse_unknown(_title(coded, criterion), criterion.answers, list(listed(coded)))
        held = holders(coded.codebook, retained(coded))
        named = held.loc[held["theme"].isin(criterion.answers), "verbatim_id"]
        return verbatims.loc[verbatims["verbatim_id"].isin(named), "respondent_id"]
    chosen = given(question, coded.respondents, coded.answers)
    items, answers = in_order(question, chosen)
    _refuse_unknown(question.title, [criterion.item], items)
    _refuse_unknown(question.title, criterion.answers, answers)
    own = chosen["answer"].isin(criterion.answers) & (chosen["item"] == criterion.item)
    return chosen.loc[own, "respondent_id"]


def _refuse_unknown(title: str, wanted: Iterable[str], known: Collection[str]) -> None:
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise VerbatimsError(
            _(
                "Filtre : « {unknown} » n'est pas une réponse à « {question} ». Choisissez parmi : "
                "{known}.",
                unknown=unknown[0],
                question=title,
                known=", ".join(known),
            )
        )


def _question(coded: CodedCorpus, criterion: Criterion) -> Question | None:
    """The closed question that it is about; None for an open one, or all of them."""
    if not criterion.question:
        return None
    try:
        found = coded.questionnaire[criterion.question]
        return None if found.kind is Kind.OPEN else found
    except KeyError:
        raise VerbatimsError(
            _(
                "Filtre : la question « {question} » n'est plus dans le questionnaire. "
                "Retirez ce filtre.",
                question=criterion.question,
            )
        ) from None
