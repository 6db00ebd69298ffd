"""Results → the CSV files of the report, safe to open in a spreadsheet.

A text cell that a spreadsheet would run as a formula carries an apostrophe in front; everything
else is as in the study.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd

from verbatims.bases import TICKED, of_base
from verbatims.export.results import Dialect, Results
from verbatims.frames import ACCEPTED, ANSWERED, BLANK, DONT_KNOW, EMPTY, HUMAN
from verbatims.model import CodedCorpus, Kind, Question, Source, Table

STATUSES = {ANSWERED: "répondu", EMPTY: "sans contenu", BLANK: "blanc"}
SOURCES = {Source.SURVEY: "enquête", Source.INTERVIEW: "entretien"}
MACHINE_MADE = "acceptées par la machine"  # suggestions accepted unread, whatever the file
OUT_OF_BASE = "hors base"  # answered although the filter excludes them
WHOLE = "Ensemble"
FIGURE, QUOTE = "chiffre", "citation"
BETWEEN = " | "
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so

Cell = str | int | float | None


def theme_frequencies(results: Results, path: Path, dialect: Dialect) -> None:
    """One row per open question and theme: everyone first, then each group of each profile."""
    shares = {"share": "% des répondants", "low": "borne basse 95 %", "high": "borne haute 95 %"}
    if any("weighted_share" in table.rows for table in results.themes.values()):
        shares["weighted_share"] = "% redressé"
    counts = {"n": "n répondants", "mentions": "n mentions", "suggested": "suggestions"}
    counts["accepted"] = MACHINE_MADE
    bases = {
        "asked": "base sollicités",
        "answered": "base répondu",
        "empty": "base sans contenu",
        "blank": "base blanc",
        "coded": "base codés",
    }
    header = ["question", "profil", "modalité", "thème", "libellé", "parent"]
    rows = [
        [question, by or WHOLE, row["group"], row["theme"], row["label"], row["parent"]]
        + [row[name] for name in counts]
        + [as_percent(row.get(name)) for name in shares]
        + [row[name] for name in bases]
        for (question, by), table in _everyone_first(results.themes)
        for row in _with_base(table).to_dict("records")
    ]
    write_rows(path, [*header, *counts.values(), *shares.values(), *bases.values()], rows, dialect)


def codings(results: Results, path: Path, dialect: Dialect) -> None:
    """One row per respondent, a column per theme: 1, 0, or nothing while that is not known.

    It is not known before all answers of the respondent have been read with that theme in the
    codebook. A theme stands here as coders put it; a parent does not count its sub-themes.
    """
    coded = results.coded
    written = _in_base(coded)
    written = written[written["status"] == ANSWERED]
    read = written[written["verbatim_id"].isin(set(coded.readers))]
    answers, answers_read = _count(written), _count(read)
    respondent = read.set_index("verbatim_id")["respondent_id"]
    held = _retained(coded).assign(person=lambda codings: codings["verbatim_id"].map(respondent))
    found = set(zip(held["person"], held["theme"], strict=True))
    themes = _themes(coded)
    sought = _sought(read, coded, themes)
    rows = []
    for person, source in zip(
        coded.respondents["respondent_id"], coded.respondents["source"], strict=True
    ):
        n, n_read = answers.get(person, 0), answers_read.get(person, 0)
        known = sought[person] if n == n_read > 0 else frozenset()
        absent = dict.fromkeys(known, 0)
        marks = [1 if (person, theme) in found else absent.get(theme) for theme in themes]
        rows.append([person, SOURCES[source], n, n_read, *marks])
    write_rows(path, ["répondant", "source", "réponses", "réponses lues", *themes], rows, dialect)


def coded_verbatims(results: Results, path: Path, dialect: Dialect) -> None:
    """Every verbatim with its text, what coders retained, what the machine suggests, who read.

    Then what they noted, and who wants to talk it over. What was accepted unread has its own
    column: coders have not retained it.
    """
    coded = results.coded
    retained = _by_verbatim(_retained(coded), _themes(coded))
    accepted = _by_verbatim(_present(coded, ACCEPTED), _themes(coded))
    suggested = _by_verbatim(coded.tags, _themes(coded))
    asked = set(_in_base(coded)["verbatim_id"])
    header = ["verbatim", "répondant", "question", "texte", "statut"]
    header += ["thèmes", MACHINE_MADE, "suggestions", "lu par", "mémos", "à discuter"]
    memos = _memos(results.memos)
    flags = results.flags.sort_values("coder").groupby("verbatim_id")["coder"].agg(list)
    rows = [
        [
            *(row["verbatim_id"], row["respondent_id"], row["question"], row["text"]),
            STATUSES[row["status"]] if row["verbatim_id"] in asked else OUT_OF_BASE,
            BETWEEN.join(retained.get(row["verbatim_id"], ())),
            BETWEEN.join(accepted.get(row["verbatim_id"], ())),
            BETWEEN.join(suggested.get(row["verbatim_id"], ())),
            BETWEEN.join(coded.readers.get(row["verbatim_id"], ())),
            memos.get(row["verbatim_id"], ""),
            BETWEEN.join(flags.get(row["verbatim_id"], ())),
        ]
        for row in coded.verbatims.to_dict("records")
    ]
    write_rows(path, header, rows, dialect)


def passages(results: Results, path: Path, dialect: Dialect) -> None:
    """One row per passage that a coder marked for a theme; places count characters from 0."""
    coded = results.coded
    label = coded.codebook.label
    marked = coded.verbatims.merge(results.passages, on="verbatim_id")
    header = ["verbatim", "répondant", "question", "thème", "libellé", "codeur", "début", "fin"]
    rows = [
        [
            *(row["verbatim_id"], row["respondent_id"], row["question"]),
            *(row["theme"], label(row["theme"]), row["coder"], row["start"], row["end"]),
            row["text"][row["start"] : row["end"]],
        ]
        for row in marked.to_dict("records")
    ]
    write_rows(path, [*header, "passage"], rows, dialect)


def quotes(results: Results, path: Path, dialect: Dialect) -> None:
    """The quotes picked, in order, with what the report may say of who speaks."""
    coded = results.coded
    retained = _by_verbatim(_retained(coded), _themes(coded))
    titles = {question.id: question.title for question in coded.questionnaire}
    profiles = _profiles(coded)
    picks = results.picks.sort_values(["rank", "verbatim_id"])
    picked = picks.merge(coded.verbatims, on="verbatim_id")
    rows = [
        [
            rank,
            row["text"],
            BETWEEN.join(map(coded.codebook.label, retained.get(row["verbatim_id"], ()))),
            titles.get(row["question"], row["question"]),
            profiles.get(row["respondent_id"], ""),
            row["note"],
        ]
        for rank, row in enumerate(picked.to_dict("records"), 1)
    ]
    write_rows(path, ["rang", "citation", "thèmes", "question", "profil", "note"], rows, dialect)


def findings(results: Results, path: Path, dialect: Dialect) -> None:
    """What is kept for the report, in order: the sentence, what it rests on, what has changed."""
    columns = {
        "sentence": "phrase",
        "seen": "chiffre",
        "text": "citation",
        "title": "question",
        "among": "parmi",
        "stale": "à revoir",
        "made_at": "retenu le",
        "run": "analyse du",
    }
    rows = [
        [rank, FIGURE if row["text"] == "" else QUOTE, *(row[name] for name in columns)]
        for rank, row in enumerate(results.findings.to_dict("records"), 1)
    ]
    write_rows(path, ["rang", "nature", *columns.values()], rows, dialect)


def _sought(
    read: pd.DataFrame, coded: CodedCorpus, themes: Sequence[str]
) -> dict[str, frozenset[str]]:
    """The themes that were in the codebook at every reading of a respondent's answers."""
    everything = frozenset(themes)
    known: dict[str, frozenset[str]] = {}
    for person, verbatim_id in zip(read["respondent_id"], read["verbatim_id"], strict=True):
        of_this = coded.sought.get(verbatim_id, everything)
        known[person] = known.get(person, everything) & of_this
    return known


def _memos(memos: pd.DataFrame) -> dict[str, str]:
    """What coders noted on each verbatim, with who noted it."""
    said: dict[str, list[str]] = {}
    for row in memos.sort_values(["verbatim_id", "coder"]).to_dict("records"):
        said.setdefault(row["verbatim_id"], []).append(f"{row['coder']} : {row['text']}")
    return {verbatim_id: BETWEEN.join(lines) for verbatim_id, lines in said.items()}


def _everyone_first(
    tables: Mapping[tuple[str, str], Table],
) -> list[tuple[tuple[str, str], Table]]:
    return sorted(tables.items(), key=lambda entry: entry[0][1] != "")


def _with_base(table: Table) -> pd.DataFrame:
    """The rows of a group have their own base; the others share that of the table."""
    if "group" in table.rows:
        return table.rows
    return table.rows.assign(group="", **asdict(table.base))


def as_percent(share: float | None) -> float | None:
    """A share in points, to one decimal, halves up; nothing where it is withheld."""
    if share is None or pd.isna(share):
        return None
    return float(Decimal(str(round(share * 100, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _count(verbatims: pd.DataFrame) -> dict[str, int]:
    counts = verbatims["respondent_id"].value_counts()
    return dict(zip(counts.index, counts, strict=True))


def _in_base(coded: CodedCorpus) -> pd.DataFrame:
    parts = [of_base(question, coded) for question in coded.questionnaire.open]
    return pd.concat([coded.verbatims.iloc[:0], *parts])


def _retained(coded: CodedCorpus) -> pd.DataFrame:
    return _present(coded, HUMAN)


def _present(coded: CodedCorpus, source: str) -> pd.DataFrame:
    return coded.codings[coded.codings["present"] & (coded.codings["source"] == source)]


def _themes(coded: CodedCorpus) -> list[str]:
    """The themes of the codebook in its order, then those coders found before they left it."""
    left = sorted(_retained(coded)["theme"].unique())
    return list(dict.fromkeys([*(theme.id for theme in coded.codebook), *left]))


def _by_verbatim(found: pd.DataFrame, themes: Sequence[str]) -> dict[str, list[str]]:
    """The themes of each verbatim, in the order of `themes`."""
    rank = {theme: position for position, theme in enumerate(themes)}
    pairs = found[["verbatim_id", "theme"]].drop_duplicates()
    pairs = pairs.assign(rank=pairs["theme"].map(rank)).sort_values(["rank", "theme"])
    lists: dict[str, list[str]] = {}
    for verbatim_id, theme in zip(pairs["verbatim_id"], pairs["theme"], strict=True):
        lists.setdefault(verbatim_id, []).append(theme)
    return lists


def _profiles(coded: CodedCorpus) -> dict[str, str]:
    """What each respondent answered to the profile questions, in the order of the questionnaire."""
    said: dict[str, list[str]] = {}
    for question in coded.questionnaire.profile:
        given = coded.answers[coded.answers["question"] == question.id]
        for row in given.to_dict("records"):
            if answer := _answer(question, row["item"], row["value"]):
                said.setdefault(row["respondent_id"], []).append(answer)
    return {person: " · ".join(answers) for person, answers in said.items()}


def _answer(question: Question, item: str, value: str) -> str:
    if question.answer_kind is Kind.MULTI:
        return item if value == TICKED else ""
    printed = "Ne sais pas" if value == DONT_KNOW else value
    return f"{item} : {printed}" if item else printed


def write_rows(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect
) -> None:
    """A CSV file that a spreadsheet opens safely: no cell of it can be run as a formula."""
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        # "\r\n" for all: with another line end, Python leaves a bare "\r" in a cell unquoted
        writer = csv.writer(file, delimiter=dialect.separator, lineterminator="\r\n")
        writer.writerows([_printed(cell, dialect) for cell in row] for row in [header, *rows])


def _printed(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", dialect.decimal)
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return str(cell)
