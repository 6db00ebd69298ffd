"""Codings → how many respondents hold each theme, as a share only once everything is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

import pandas as pd

from verbatims.analysis.closed import given, in_order
from verbatims.analysis.shares import (
    WEIGHTED,
    cautions,
    is_weighted,
    shares,
)
from verbatims.bases import of_base
from verbatims.frames import ACCEPTED, ANSWERED, EMPTY, HUMAN
from verbatims.language import N_, _, ngettext
from verbatims.measures import intervals
from verbatims.model import Base, Codebook, CodedCorpus, Question, Source, Table

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
    *("share", "low", "high", "weighted_share", "suggested", "accepted"),
    *("asked", "answered", "empty", "blank", "coded"),
)

Members = Mapping[str, Collection[str]]  # group -> its respondents


def base(coded: CodedCorpus, question: str) -> Base:
    """Who was asked an open question, who wrote something, whose answer has been read."""
    return _base(_verbatims(coded, question), coded.readers)


def themes(coded: CodedCorpus, *, question: str = "") -> Table:
    """One row per theme, in the order of the codebook, for one open question or all of the survey.

    `rows`: theme, label, parent, n (respondents, by coders), mentions (verbatims), share (of those
    who wrote something), low, high, suggested (respondents, by the machine), accepted (respondents,
    by suggestions accepted unread), weighted_share when weights differ. Shares are NaN until every
    answer has been read.
    """
    verbatims = _verbatims(coded, question)
    rows = _rows(coded, verbatims, {"": list(verbatims["respondent_id"].unique())})
    found = _base(verbatims, coded.readers)
    notes = (
        _base_note(found),
        *_unread_note(verbatims, coded.readers, UNREAD),
        *_reading_notes(coded, verbatims, rows),
    )
    columns = [name for name in rows if name not in ("group", *asdict(found))]
    return Table(_title(coded, question), rows[columns], found, notes)


def themes_by(coded: CodedCorpus, by: Question, *, question: str = "") -> Table:
    """The same among those who gave each answer to the closed question `by`.

    `rows`: group, the columns of `themes`, then the group's own asked, answered, empty, blank and
    coded. Shares are NaN until every answer of the group has been read, and below ten of them.
    """
    verbatims = _verbatims(coded, question)
    members = _groups(by, coded)
    rows = _rows(coded, verbatims, members)
    found = _base(verbatims, coded.readers)
    notes = (
        _base_note(found),
        *_unread_note(verbatims, coded.readers, UNREAD_GROUPS),
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


def _verbatims(coded: CodedCorpus, question: str) -> pd.DataFrame:
    chosen = [coded.questionnaire[question]] if question else _survey_questions(coded)
    return pd.concat([coded.verbatims.iloc[:0], *(of_base(one, coded) for one in chosen)])


def _survey_questions(coded: CodedCorpus) -> list[Question]:
    return [q for q in coded.questionnaire.open if q.source == Source.SURVEY]


def _title(coded: CodedCorpus, question: str) -> str:
    return coded.questionnaire[question].title if question else _("Thèmes de toutes les questions")


def _base(verbatims: pd.DataFrame, read: Collection[str]) -> Base:
    """Counts of respondents; one with several verbatims is coded once all of them are read."""
    written = verbatims[verbatims["status"] == ANSWERED]
    people, answered = set(verbatims["respondent_id"]), set(written["respondent_id"])
    unread = set(written.loc[~written["verbatim_id"].isin(set(read)), "respondent_id"])
    empty = set(verbatims.loc[verbatims["status"] == EMPTY, "respondent_id"]) - answered
    return Base(
        asked=len(people),
        answered=len(answered),
        empty=len(empty),
        blank=len(people - answered - empty),
        coded=len(answered - unread),
    )


def _rows(coded: CodedCorpus, verbatims: pd.DataFrame, members: Members) -> pd.DataFrame:
    written = _written(verbatims, members)
    held, suggested, accepted = (
        _holders(coded.codebook, found).merge(written, on="verbatim_id")
        for found in (_retained(coded), coded.tags, _present(coded, ACCEPTED))
    )
    listed = _listed(coded)
    pairs = pd.MultiIndex.from_product([list(members), list(listed)], names=["group", "theme"])
    counts = {
        "n": _distinct(held, "respondent_id", pairs),
        "mentions": _distinct(held, "verbatim_id", pairs),
        "suggested": _distinct(suggested, "respondent_id", pairs),
        "accepted": _distinct(accepted, "respondent_id", pairs),
    }
    rows = pd.DataFrame(counts).reset_index()
    rows = rows.join(_bases(verbatims, members, coded.readers), on="group")
    complete = (rows["coded"] == rows["answered"]) & ~rows["theme"].isin(_late(coded, verbatims))
    rows = rows.join(shares(rows["n"], rows["answered"], shown=complete))
    people = coded.respondents["respondent_id"].isin(verbatims["respondent_id"])
    if is_weighted(coded.respondents[people]):
        rows = rows.assign(weighted_share=_weighted(rows, held, written, coded.respondents))
    rows = rows.assign(
        label=rows["theme"].map(listed), parent=rows["theme"].map(_parents(coded.codebook))
    )
    rows = rows.fillna({"parent": ""})
    return rows[[name for name in ROWS if name in rows]]


def _late(coded: CodedCorpus, verbatims: pd.DataFrame) -> list[str]:
    """The themes that entered the codebook when some of these verbatims had already been read."""
    read = {coded.sought[name] for name in verbatims["verbatim_id"] if name in coded.sought}
    always = frozenset.intersection(*read) if read else frozenset(_listed(coded))
    return [theme for theme in _listed(coded) if theme not in always]


def _written(verbatims: pd.DataFrame, members: Members) -> pd.DataFrame:
    """The verbatims with content, once per group of their respondent."""
    pairs = [(group, person) for group, own in members.items() for person in own]
    groups = pd.DataFrame(pairs, columns=["group", "respondent_id"], dtype="object")
    written = verbatims.loc[verbatims["status"] == ANSWERED, ["verbatim_id", "respondent_id"]]
    return written.merge(groups, on="respondent_id")


def _retained(coded: CodedCorpus) -> pd.DataFrame:
    return _present(coded, HUMAN)


def _present(coded: CodedCorpus, source: str) -> pd.DataFrame:
    return coded.codings[coded.codings["present"] & (coded.codings["source"] == source)]


def _bases(verbatims: pd.DataFrame, members: Members, read: Collection[str]) -> pd.DataFrame:
    bases = {
        group: asdict(_base(verbatims[verbatims["respondent_id"].isin(own)], read))
        for group, own in members.items()
    }
    names = list(asdict(Base(0, 0)))
    return pd.DataFrame.from_dict(bases, orient="index", columns=names).astype("int64")


def _listed(coded: CodedCorpus) -> dict[str, str]:
    """The labels of the codebook's themes, then those coders found before they left it."""
    left = sorted(_retained(coded)["theme"].unique())
    return {
        theme: coded.codebook.label(theme)
        for theme in [*(entry.id for entry in coded.codebook), *left]
    }


def _parents(codebook: Codebook) -> dict[str, str]:
    return {entry.id: entry.parent for entry in codebook}


def _holders(codebook: Codebook, found: pd.DataFrame) -> pd.DataFrame:
    """The verbatims of each theme, its sub-themes' included."""
    parents = _parents(codebook)
    lines = [(theme, above) for theme in found["theme"].unique() for above in _up(parents, theme)]
    lineage = pd.DataFrame(lines, columns=["found", "theme"], dtype="object")
    own = found[["verbatim_id", "theme"]].rename(columns={"theme": "found"})
    return own.merge(lineage, on="found")[["verbatim_id", "theme"]].drop_duplicates()


def _up(parents: Mapping[str, str], theme: str) -> list[str]:
    line = [theme]
    while (above := parents.get(line[-1], "")) and above not in line:
        line.append(above)
    return line


def _distinct(held: pd.DataFrame, column: str, pairs: pd.MultiIndex) -> pd.Series:
    return held.groupby(["group", "theme"])[column].nunique().reindex(pairs, fill_value=0)


def _weighted(
    rows: pd.DataFrame, held: pd.DataFrame, written: pd.DataFrame, respondents: pd.DataFrame
) -> pd.Series:
    weight = respondents.set_index("respondent_id")["weight"]
    holders = held.drop_duplicates(["group", "theme", "respondent_id"])
    writers = written.drop_duplicates(["group", "respondent_id"])
    of_theme = holders["respondent_id"].map(weight).groupby([holders["group"], holders["theme"]])
    of_group = writers["respondent_id"].map(weight).groupby(writers["group"])
    pairs = pd.MultiIndex.from_frame(rows[["group", "theme"]])
    n = of_theme.sum().reindex(pairs, fill_value=0.0).reset_index(drop=True)
    return (n / rows["group"].map(of_group.sum())).where(rows["share"].notna())


def _groups(by: Question, coded: CodedCorpus) -> dict[str, list[str]]:
    """Who gave each answer; the answers of a grid are told apart by their row."""
    chosen = given(by, coded.respondents, coded.answers)
    items, answers = in_order(by, chosen)
    own = chosen.groupby(["item", "answer"])["respondent_id"].agg(list).to_dict()
    return {
        f"{item} › {answer}" if item else answer: own.get((item, answer), [])
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


def _unread_note(verbatims: pd.DataFrame, read: Collection[str], consequence: str) -> list[str]:
    written = verbatims.loc[verbatims["status"] == ANSWERED, "verbatim_id"]
    done = int(written.isin(set(read)).sum())
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
    bases = rows.drop_duplicates("group")["answered"]
    yield from cautions(bases)
    if late := _late(coded, verbatims):
        labels = ", ".join(_("« {text} »", text=coded.codebook.label(theme)) for theme in late)
        yield _(LATE, labels=labels)
    yield _(MANY)
    if any(theme.parent for theme in coded.codebook):
        yield _(PARENTS)
    if len(set(verbatims["question"])) > 1:
        yield _(ALL_QUESTIONS)
    if rows["share"].notna().any():
        yield _(intervals.NOTE)
    if "weighted_share" in rows and rows["weighted_share"].notna().any():
        yield _(WEIGHTED)
    yield from (_(note) for name, note in MACHINE_MADE.items() if rows[name].any())
    unwritten = verbatims.loc[verbatims["status"] != ANSWERED, "verbatim_id"]
    strays = int(_retained(coded)["verbatim_id"].isin(unwritten).sum())
    if strays:
        yield ngettext(
            "{n} codage sur des réponses sans contenu, hors des comptes.",
            "{n} codages sur des réponses sans contenu, hors des comptes.",
            strays,
        )
