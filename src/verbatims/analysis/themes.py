"""Codings → how many respondents hold each theme, as a share only once everything is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from verbatims.analysis import held
from verbatims.analysis.closed import INSIDE, given, in_order
from verbatims.analysis.shares import (
    cautions,
    is_weighted,
    known_size,
    population_notes,
    shares,
    weighted_interval,
    weighted_notes,
)
from verbatims.frames import ACCEPTED, ANSWERED, EMPTY
from verbatims.language import N_, _, ngettext
from verbatims.measures import intervals
from verbatims.measures.intervals import Floats
from verbatims.model import Base, CodedCorpus, Question, Table

MANY = N_("Plusieurs thèmes possibles par réponse : le total peut dépasser 100 %.")
PARENTS = N_("Un thème parent compte les répondants qui l'ont, lui ou l'un de ses sous-thèmes.")
ALL_QUESTIONS = N_("Toutes les questions ouvertes de l'enquête réunies, hors entretiens.")
LATE = N_(
    "Part non affichée pour {labels} : une partie des réponses a été lue quand la grille ne "
    "l'avait pas ; relisez-les pour l'obtenir."
)
MACHINE_MADE = {
    "suggested": N_("Les suggestions sont un décompte de la machine, pas une fréquence."),
    "accepted": N_("Celles acceptées sans lecture ne comptent ni comme lues ni dans les parts."),
}
UNREAD = N_("Part non affichée : {read} sur {total}. Terminez le codage pour l'obtenir.")
UNREAD_GROUPS = N_("{read} sur {total} : part affichée pour les seuls groupes entièrement lus.")
OVERLAP = N_("Groupes non exclusifs : un répondant peut compter dans plusieurs.")

ROWS = (
    *("group", "theme", "label", "parent", "n", "mentions"),
    *("share", "low", "high", "citations", "weighted_share", "weighted_low", "weighted_high"),
    *("suggested", "accepted"),
    *("asked", "answered", "empty", "blank", "coded"),
)

Members = Mapping[str, Collection[str]]  # group -> its respondents


def base(coded: CodedCorpus, question: str) -> Base:
    """Who was asked an open question, who wrote something, whose answer has been read."""
    return _base(_States(coded, held.asked_verbatims(coded, question)))


def themes(coded: CodedCorpus, *, question: str = "") -> Table:
    """One row per theme, in the order of the codebook, for one open question or all of the survey.

    `rows`: theme, label, parent, n (respondents, by coders), mentions (verbatims), share (of those
    who wrote something), low, high, citations (share of all the themes found, each once per
    respondent), suggested (respondents, by the machine), accepted (respondents, by suggestions
    accepted unread); weighted_share, weighted_low and weighted_high when weights differ. Shares are
    NaN until every answer has been read.
    """
    verbatims = held.asked_verbatims(coded, question)
    states = _States(coded, verbatims)
    rows = _rows(coded, verbatims, states, {"": list(states.people)})
    found = _base(states)
    notes = (
        _base_note(found),
        *_unread_note(coded, verbatims, UNREAD),
        *_reading_notes(coded, verbatims, rows),
    )
    columns = [name for name in rows if name not in ("group", *asdict(found))]
    return Table(_title(coded, question), rows[columns], found, notes)


def themes_by(coded: CodedCorpus, by: Question, *, question: str = "") -> Table:
    """The same among those who gave each answer to the closed question `by`.

    `rows`: group, the columns of `themes`, then the group's own asked, answered, empty, blank and
    coded. Shares are NaN until every answer of the group has been read, and below ten of them.
    """
    verbatims = held.asked_verbatims(coded, question)
    members = _groups(by, coded)
    states = _States(coded, verbatims)
    rows = _rows(coded, verbatims, states, members)
    found = _base(states)
    notes = (
        _base_note(found),
        *_unread_note(coded, verbatims, UNREAD_GROUPS),
        *_group_notes(by, verbatims, members),
        *_reading_notes(coded, verbatims, rows),
    )
    title = _("{title} — selon : {by}", title=_title(coded, question), by=by.title)
    return Table(title, rows, found, notes)


def frequencies(coded: CodedCorpus) -> dict[tuple[str, str], Table]:
    """Every open question, alone then by each profile question of its source: (question, by)."""
    tables = {
        (question.id, ""): themes(coded, question=question.id)
        for question in coded.questionnaire.open
    }
    for question in coded.questionnaire.open:
        for by in coded.questionnaire.profile:
            if by.source == question.source:
                tables[question.id, by.id] = themes_by(coded, by, question=question.id)
    return tables


def _title(coded: CodedCorpus, question: str) -> str:
    return coded.questionnaire[question].title if question else _("Thèmes de toutes les questions")


def _base(states: "_States") -> Base:
    """Counts of respondents; one with several verbatims is coded once all of them are read."""
    counts = states.matrix.sum(axis=0).astype(int).tolist()
    return Base(**dict(zip(STATES, counts, strict=True)))


def _rows(
    coded: CodedCorpus, verbatims: pd.DataFrame, states: "_States", members: Members
) -> pd.DataFrame:
    listed = held.listed(coded)
    counted = _Counted(coded, verbatims, members, tuple(listed))
    rows = _named(list(members), listed, held.parents(coded.codebook))
    counts = {"n": counted.people(held.retained(coded)), "mentions": counted.mentions}
    counts["suggested"] = counted.people(coded.tags)
    counts["accepted"] = counted.people(held.present(coded, ACCEPTED))
    rows = rows.assign(**{name: values.T.ravel() for name, values in counts.items()})
    rows = rows.assign(citations=_citations(rows))
    rows = rows.join(_bases(states, members), on="group")
    complete = (rows["coded"] == rows["answered"]) & ~rows["theme"].isin(
        held.late(coded, verbatims)
    )
    population = known_size(coded.population if list(members) == [""] else None, rows["answered"])
    rows = rows.join(shares(rows["n"], rows["answered"], shown=complete, population=population))
    rows = rows.assign(citations=rows["citations"].where(rows["share"].notna()))
    if counted.is_weighted:
        weighed = counted.weighed(held.retained(coded)).T.ravel()
        share = pd.Series(weighed, index=rows.index).where(rows["share"].notna())
        worth = pd.Series(np.repeat(counted.worth, len(listed)), index=rows.index)
        rows = rows.assign(weighted_share=share).join(weighted_interval(share, worth))
    return rows[[name for name in ROWS if name in rows]]


class _Counted:
    """Who holds what, in groups: written verbatims and their people, as places in arrays."""

    def __init__(
        self,
        coded: CodedCorpus,
        verbatims: pd.DataFrame,
        members: Members,
        themes: tuple[str, ...],
    ) -> None:
        written = verbatims[verbatims["status"] == ANSWERED]
        self.codebook = coded.codebook
        self.verbatims: pd.Index[str] = pd.Index(written["verbatim_id"])
        self.of_person, writers = pd.factorize(written["respondent_id"])
        self.writers: pd.Index[str] = pd.Index(writers)
        self.themes: pd.Index[str] = pd.Index(themes, dtype=object)
        self.groups = _indicators(self.writers, members.values())
        place = pd.Index(coded.respondents["respondent_id"])
        weights = coded.respondents["weight"].to_numpy(dtype=float)
        self.weights = weights[place.get_indexer(self.writers)]
        asked = place.isin(verbatims["respondent_id"])
        self.is_weighted = is_weighted(coded.respondents[asked])
        self.mentions = self._mentions(held.retained(coded))

    def people(self, found: pd.DataFrame) -> Floats:
        """Themes × groups: how many people hold each theme."""
        counts: Floats = self._held(found).T @ self.groups
        return counts.astype("int64")

    def weighed(self, found: pd.DataFrame) -> Floats:
        """Themes × groups: the share of each theme, by the weights of those who wrote."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share: Floats = (self._held(found).T * self.weights) @ self.groups
            return np.asarray(share / (self.weights @ self.groups))

    @property
    def worth(self) -> Floats:
        """How many equal respondents those who wrote in each group are worth."""
        with np.errstate(divide="ignore", invalid="ignore"):
            worth: Floats = (self.weights @ self.groups) ** 2 / (self.weights**2 @ self.groups)
        return worth

    def _mentions(self, found: pd.DataFrame) -> Floats:
        rows, columns = self._places(found)
        counts = np.zeros((len(self.themes), self.groups.shape[1]), dtype="int64")
        np.add.at(counts, columns, self.groups[self.of_person[rows]].astype("int64"))
        return counts

    def _held(self, found: pd.DataFrame) -> Floats:
        """People × themes: 1 where one of their verbatims holds it."""
        rows, columns = self._places(found)
        matrix = np.zeros((len(self.writers), len(self.themes)))
        matrix[self.of_person[rows], columns] = 1
        return matrix

    def _places(self, found: pd.DataFrame) -> tuple[Any, Any]:
        own = held.holders(self.codebook, found)
        rows = self.verbatims.get_indexer(pd.Index(own["verbatim_id"]))
        columns = self.themes.get_indexer(pd.Index(own["theme"]))
        known = (rows >= 0) & (columns >= 0)
        return rows[known], columns[known]


def _indicators(people: "pd.Index[str]", groups: Collection[Collection[str]]) -> Floats:
    """People × groups: 1 for each member of each group."""
    matrix = np.zeros((len(people), len(groups)))
    for column, own in enumerate(groups):
        places = people.get_indexer(pd.Index(list(own), dtype=object))
        matrix[places[places >= 0], column] = 1
    return matrix


def _named(
    groups: list[str], listed: Mapping[str, str], parents: Mapping[str, str]
) -> pd.DataFrame:
    themes = list(listed)
    pairs = pd.MultiIndex.from_product([groups, themes], names=["group", "theme"])
    rows = pairs.to_frame(index=False).astype("object")
    return rows.assign(
        label=rows["theme"].map(listed),
        parent=[parents.get(theme, "") for theme in rows["theme"]],
    )


def _citations(rows: pd.DataFrame) -> pd.Series:
    """What each theme is of all that is said in its group; a parent counts no more than once."""
    first = rows["n"].where(rows["parent"] == "", 0)
    total = first.groupby(rows["group"]).transform("sum")
    return rows["n"] / total.where(total > 0)


def _bases(states: "_States", members: Members) -> pd.DataFrame:
    """The base of each group: its people asked, answered, empty, blank and wholly read."""
    groups = _indicators(states.people, members.values())
    counts = (states.matrix.T @ groups).T.astype("int64")
    return pd.DataFrame(counts, index=pd.Index(list(members)), columns=list(STATES))


STATES = ("asked", "answered", "empty", "blank", "coded")


class _States:
    """Those who were asked, and in `matrix`, people × STATES, what is known of their answers."""

    def __init__(self, coded: CodedCorpus, verbatims: pd.DataFrame) -> None:
        at, people = pd.factorize(verbatims["respondent_id"])
        self.people: pd.Index[str] = pd.Index(people)
        status = verbatims["status"].to_numpy()
        unread = ~held.is_read(coded, verbatims) & (status == ANSWERED)
        has = {name: np.zeros(len(people), dtype=bool) for name in (ANSWERED, EMPTY, "unread")}
        has[ANSWERED][at[status == ANSWERED]] = True
        has[EMPTY][at[status == EMPTY]] = True
        has["unread"][at[unread]] = True
        answered, empty = has[ANSWERED], has[EMPTY] & ~has[ANSWERED]
        everyone = np.ones(len(people), dtype=bool)
        found = (
            everyone,
            answered,
            empty,
            everyone & ~answered & ~empty,
            answered & ~has["unread"],
        )
        self.matrix: Floats = np.column_stack(found).astype(float)


def _groups(by: Question, coded: CodedCorpus) -> dict[str, list[str]]:
    """Who gave each answer; the answers of a grid are told apart by their row."""
    chosen = given(by, coded.respondents, coded.answers)
    items, answers = in_order(by, chosen)
    own = chosen.groupby(["item", "answer"])["respondent_id"].agg(list).to_dict()
    return {
        f"{item}{INSIDE}{answer}" if item else answer: own.get((item, answer), [])
        for item in items
        for answer in answers
    }


def _base_note(found: Base) -> str:
    answered = ngettext("{n} répondant", "{n} répondants", found.answered)
    asked = ngettext("{n} interrogé", "{n} interrogés", found.asked)
    empty = [_("{n} sans contenu", n=found.empty)] if found.empty else []
    blank = [_("{n} sans réponse", n=found.blank)] if found.blank else []
    if not empty and not blank:
        return _("Base : {answered}.", answered=answered)
    why = ", ".join([*empty, *blank])
    return _("Base : {answered} sur {asked} ({why}).", answered=answered, asked=asked, why=why)


def _unread_note(coded: CodedCorpus, verbatims: pd.DataFrame, consequence: str) -> list[str]:
    written = verbatims[verbatims["status"] == ANSWERED]
    done = int(held.is_read(coded, written).sum())
    if done == len(written):
        return []
    read_so_far = ngettext("{n} réponse lue", "{n} réponses lues", done)
    return [_(consequence, read=read_so_far, total=len(written))]


def _group_notes(by: Question, verbatims: pd.DataFrame, members: Members) -> list[str]:
    written = set(verbatims.loc[verbatims["status"] == ANSWERED, "respondent_id"])
    placed = [person for own in members.values() for person in own if person in written]
    notes = [_(OVERLAP)] if len(placed) > len(set(placed)) else []
    outside = len(written.difference(placed))
    if outside:
        notes.append(
            ngettext(
                "{n} répondant hors de tout groupe, sans « {title} ».",
                "{n} répondants hors de tout groupe, sans « {title} ».",
                outside,
                title=by.title,
            )
        )
    return notes


def _reading_notes(
    coded: CodedCorpus, verbatims: pd.DataFrame, rows: pd.DataFrame
) -> Iterable[str]:
    written = verbatims[verbatims["status"] == ANSWERED]
    yield from cautions(rows.drop_duplicates("group")["answered"])
    if late := held.late(coded, verbatims):
        labels = ", ".join(_("« {text} »", text=coded.codebook.label(theme)) for theme in late)
        yield _(LATE, labels=labels)
    yield _(MANY)
    if any(theme.parent for theme in coded.codebook):
        yield _(PARENTS)
    if len(set(verbatims["question"])) > 1:
        yield _(ALL_QUESTIONS)
    if rows["share"].notna().any():
        yield _(intervals.NOTE)
    if (rows["group"] == "").all() and rows["share"].notna().any():
        yield from population_notes(coded.population, rows["answered"])
    if "weighted_share" in rows and rows["weighted_share"].notna().any():
        people = coded.respondents["respondent_id"].isin(written["respondent_id"])
        yield from weighted_notes(coded.respondents.loc[people, "weight"])
    yield from (_(note) for name, note in MACHINE_MADE.items() if rows[name].any())
    unwritten = verbatims.loc[verbatims["status"] != ANSWERED, "verbatim_id"]
    strays = int(held.retained(coded)["verbatim_id"].isin(unwritten).sum())
    if strays:
        yield ngettext(
            "{n} codage sur des réponses sans contenu, hors des comptes.",
            "{n} codages sur des réponses sans contenu, hors des comptes.",
            strays,
        )
