"""Filters, columns and an order → a page of the grid of answers, as one coder may see it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatims.language import _
from verbatims.model import Kind, Question
from verbatims.study.desk.columns import LAST
from verbatims.study.desk.ranks import order
from verbatims.study.desk.sight import Sight, ranks, sight
from verbatims.study.desk.view import View

Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Row = dict[str, Any]

SIZES = (50, 100, 200)

# Who has read, as a filter.
BY_ME, NOT_BY_ME, BY_ANYONE, BY_NOBODY = "done", "unread", "anyone", "nobody"
# What a verbatim bears, as a filter.
FLAGGED, PICKED, NOTED = "flagged", "picked", "noted"

# The columns that every study has; those of closed questions are named after CLOSED_PREFIX.
RESPONDENT, QUESTION, TEXT, THEMES, READ, MARKS = (
    *("respondent", "question", "text"),
    *("themes", "read", "marks"),
)
ALWAYS = (RESPONDENT, TEXT, THEMES)
CLOSED_COLUMN = "closed"
CLOSED_PREFIX = f"{CLOSED_COLUMN}:"
SETTING = "grid_columns"  # those that the study shows, as a JSON list
FEW = 3  # profile questions shown before anyone chooses
MANY = 200  # beyond, the answers to a question are too many to choose from


@dataclass(frozen=True)
class Wanted:
    """Which answers; "" lets all pass."""

    question: str = ""
    theme: str = ""
    profile: tuple[str, str] = ("", "")
    state: str = ""
    mark: str = ""
    search: str = ""


@dataclass(frozen=True)
class Page:
    """Which of them, in which order: that of the file when `column` is ""."""

    columns: tuple[str, ...]
    column: str = ""
    down: bool = False
    number: int = 1
    size: int = SIZES[0]


def page(view: View, wanted: Wanted, asked: Page) -> dict[str, Any]:
    """The rows of one page, the last one when there are not as many."""
    found = np.flatnonzero(passing(view, wanted))
    ordered = found if not asked.column else order(_rank(view, asked), found, down=asked.down)
    pages = max(-(-len(ordered) // asked.size), 1)
    number = min(max(asked.number, 1), pages)
    shown = ordered[(number - 1) * asked.size : number * asked.size]
    return {
        "rows": _rows(view, shown.tolist(), asked.columns),
        "total": len(ordered),
        "pages": pages,
        "page": number,
    }


def passing(view: View, wanted: Wanted) -> Flags:
    """The answers that pass the filters, of what the coder may see."""
    index, seen = view.index, sight(view)
    found = index.answered.copy()
    if wanted.question:
        found &= index.of_question(wanted.question)
    if wanted.profile[0]:
        found &= index.in_group(*wanted.profile)
    if wanted.theme:
        found &= seen.holding(wanted.theme)
    if wanted.state in _STATES:
        found &= _STATES[wanted.state](seen)
    if wanted.mark in _MARKS:
        found &= _MARKS[wanted.mark](view, seen)
    return index.holding(wanted.search, found) if wanted.search.strip() else found


_STATES: Mapping[str, Callable[[Sight], Flags]] = {
    BY_ME: lambda seen: seen.mine,
    NOT_BY_ME: lambda seen: ~seen.mine,
    BY_ANYONE: lambda seen: seen.read,
    BY_NOBODY: lambda seen: ~seen.read,
}

_MARKS: Mapping[str, Callable[[View, Sight], Flags]] = {
    FLAGGED: lambda _view, seen: seen.flagged,
    PICKED: lambda view, _seen: picked(view),
    NOTED: lambda _view, seen: seen.noted,
}


def picked(view: View) -> Flags:
    """What is chosen as a quote, as far as the coder may see it."""
    return view.index.flags(view.picked)


# -- order ---------------------------------------------------------------------------------


def _rank(view: View, asked: Page) -> NDArray[np.int32]:
    """The rank of each answer in the column that orders them."""
    kept = ranks(view)
    if asked.column.startswith(CLOSED_PREFIX):
        return kept.column(asked.column.removeprefix(CLOSED_PREFIX)).rank
    by_column: Mapping[str, Callable[[], NDArray[np.int32]]] = {
        RESPONDENT: lambda: kept.respondent,
        QUESTION: lambda: kept.question,
        TEXT: lambda: kept.text,
        THEMES: lambda: _by_theme(sight(view)),
        READ: lambda: _by_reader(sight(view)),
        MARKS: lambda: _by_mark(view, sight(view)),
    }
    return by_column[asked.column]()


def _by_theme(seen: Sight) -> NDArray[np.int32]:
    """By the first theme in the order of the codebook, then by how many there are."""
    some = seen.shown.any(axis=1)
    if not some.any():
        return np.full(len(seen.read), LAST, dtype=np.int32)
    first, count = seen.shown.argmax(axis=1), seen.shown.sum(axis=1)
    return np.where(some, first * (len(seen.themes) + 1) + count, LAST).astype(np.int32)


def _by_reader(seen: Sight) -> NDArray[np.int32]:
    """Read by the coder, then by others only, then by nobody."""
    return np.where(seen.mine, 0, np.where(seen.read, 1, 2)).astype(np.int32)


def _by_mark(view: View, seen: Sight) -> NDArray[np.int32]:
    """To discuss, then quotes, then memos; what bears no mark last."""
    marks = [seen.flagged, picked(view), seen.noted]
    return np.select(marks, list(range(len(marks))), LAST).astype(np.int32)


# -- rows ----------------------------------------------------------------------------------


def _rows(view: View, places: list[int], columns: tuple[str, ...]) -> list[Row]:
    quotes = picked(view)
    closed = {
        name: ranks(view).column(name.removeprefix(CLOSED_PREFIX))
        for name in columns
        if name.startswith(CLOSED_PREFIX)
    }
    others = sorted({by for by, _name in view.log.memos if by != view.coder.name})
    return [
        _row(view, at, others)
        | {
            "picked": bool(quotes[at]),
            "closed": {name: column.at(at) for name, column in closed.items()},
        }
        for at in places
    ]


def _row(view: View, at: int, others: list[str]) -> Row:
    index, log, name = view.index, view.log, view.index.ids[at]
    closed_to = view.hides(at)
    coder = view.coder.name
    readers = log.readers.get(name, ())
    seen = [reader for reader in readers if not closed_to or reader == coder]
    writers = [coder] if closed_to else [coder, *others]
    memos = [(by, log.memos.get((by, name), "")) for by in writers]
    return {
        "id": name,
        "respondent": index.respondents[at],
        "question": index.questions[at],
        "text": index.texts[at],
        "themes": _chips(view, at, seen),
        "readers": sorted(seen, key=lambda reader: (reader != coder, reader)),
        "memo": "\n".join(
            text if by == coder else _("{coder} : {text}", coder=by, text=text)
            for by, text in memos
            if text
        ),
        "flagged": bool(sight(view).flagged[at]),
        "closed_to": closed_to,
    }


def _chips(view: View, at: int, readers: list[str]) -> list[Row]:
    """The themes that a row shows; and of each what it is: read by whom, or by nobody yet."""
    seen, name = sight(view), view.index.ids[at]
    shown = [seen.themes[column] for column in np.flatnonzero(seen.shown[at]).tolist()]
    if not readers:
        accepted = view.book.now(tuple(view.log.accepted.get(name, ())))
        return [
            {"theme": theme, "state": "accepted" if theme in accepted else "suggested", "by": []}
            for theme in shown
        ]
    found = {reader: view.book.now(view.log.reading(reader, name).present) for reader in readers}
    by = {theme: [reader for reader in readers if theme in found[reader]] for theme in shown}
    own = view.coder.name
    others = own in readers
    return [
        {
            "theme": theme,
            "state": "others" if others and own not in by[theme] else "coded",
            "by": by[theme],
        }
        for theme in shown
    ]


# -- what can be shown ---------------------------------------------------------------------


def columns(view: View) -> list[dict[str, Any]]:
    """Every column that a study can show, in their order."""
    several = len(view.study.questionnaire.open) > 1
    own = [RESPONDENT, *([QUESTION] if several else []), TEXT, THEMES]
    closed = view.study.questionnaire.closed
    return [
        *({"id": name, "kind": name, "always": name in ALWAYS} for name in own),
        *(_closed_column(question) for question in closed),
        *({"id": name, "kind": name, "always": False} for name in (READ, MARKS)),
    ]


def _closed_column(question: Question) -> dict[str, Any]:
    return {
        "id": CLOSED_PREFIX + question.id,
        "kind": CLOSED_COLUMN,
        "label": question.title,
        "profile": question.profile,
        "figure": question.kind is Kind.RATING,
        "always": False,
    }


def groups(view: View) -> list[tuple[str, str, list[str]]]:
    """Each profile question, its title and the answers to choose from: its list, or those found."""
    found = []
    for question in view.study.questionnaire.profile:
        labels = list(question.labels) or _given(view, question)
        if question.kind is not Kind.GRID and len(labels) <= MANY:
            found.append((question.id, question.title, labels))
    return found


def _given(view: View, question: Question) -> list[str]:
    if question.kind is not Kind.MULTI:
        return list(ranks(view).column(question.id).words)
    return [column.item for column in question.columns if column.item]


def chosen(view: View) -> tuple[str, ...]:
    """The columns that the study shows: those last chosen, else its own and some of the profile."""
    known = columns(view)
    profile = [one["id"] for one in known if one.get("profile")][:FEW]
    kept = json.loads(view.study.store.setting(SETTING) or "null")
    wanted = [QUESTION, READ, MARKS, *profile] if kept is None else kept
    return tuple(one["id"] for one in known if one["always"] or one["id"] in wanted)


def choose(view: View, wanted: tuple[str, ...]) -> None:
    """Show these columns from now on, to all who work in the study."""
    view.study.store.set_setting(SETTING, json.dumps(wanted))
