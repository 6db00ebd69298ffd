"""Consecutive columns → one guess when they are the parts of a question."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from verbatims.bases import TICKED_WORDS, UNTICKED_WORDS
from verbatims.folding import fold, squeeze
from verbatims.language import _
from verbatims.model import Column, Kind, Question
from verbatims.questionnaire import answer_lists, scales
from verbatims.questionnaire.described import Described, pooled
from verbatims.questionnaire.kinds import Guess, closed

# « texte [item] », « Q8_1 » or « Q8 - 1 », « Q8a », « texte : item »
_HEADERS = (
    re.compile(r"(?P<name>.*\S)\s*\[(?P<item>[^\[\]]*)\]\s*", re.DOTALL),
    re.compile(
        r"(?P<name>.*\w)[ _.\-/]+(?P<item>(SQ|sq|R|r|item|Item|Y|y)?\d{1,3}[a-z]?|[a-zA-Z])"
    ),
    re.compile(r"(?P<name>[A-Za-z]+\d+)(?P<item>[a-z])"),
    re.compile(r"(?P<name>.{3,}?)\s*( [-–—] | ?: |->|>)\s*(?P<item>\S.*)", re.DOTALL),
)
_CODE_ITEM = re.compile(r"\w{1,4}\d*")

_WORDS = {"oui", "non", "o", "n", "yes", "no", "y"}

_CODED = re.compile(r"\d+([,;| ]\s*\d+)*")
_TOLD_APART = re.compile(r"(.*) \((\d+)\)", re.DOTALL)  # how importers name a repeated header
_COMPANION = re.compile(r"[ _.-]*\(?(texte?|label|lib|libelles?|2)\)?")


def coded_pair(columns: list[Described], frame: pd.DataFrame) -> list[Guess]:
    """A column of codes and its twin of labels (q6, q6_texte) → the codes with their labels."""
    if len(columns) < 2 or not _are_twins(*columns):
        return []
    codes, labels = columns
    separators, named = _named_codes(codes, labels, frame)
    if not named:
        return []
    in_order = {code: named[code] for code in sorted(named, key=lambda code: (int(code), code))}
    question = Question(
        id="",
        kind=Kind.MULTI if separators else _kind(list(in_order.values())),
        columns=(Column(codes.header),),
        labels=tuple(dict.fromkeys(in_order.values())),
        codes=in_order,
        separator=separators,
    )
    reason = _(
        "{n} codes, dont les libellés sont dans « {column} »", n=len(named), column=labels.header
    )
    apart = [label for label in question.labels if scales.is_no_opinion(label)]
    doubt = ""
    if apart and question.kind is Kind.ORDINAL:
        doubt = _("« {answer} » compte comme une réponse.", answer=apart[0])
    twin = Question(id="", kind=Kind.IGNORE, columns=(Column(labels.header),))
    return [
        Guess(codes.header, question, reason, doubt),
        Guess(labels.header, twin, _("libellés des codes de « {column} »", column=codes.header)),
    ]


def group(columns: list[Described], apart: set[str]) -> list[Guess]:
    """The columns from the first on that share the beginning of their headers and their answers."""
    for pattern in _HEADERS:
        name, run = _run(columns, apart, pattern)
        # The last column of a group is often « Autre (précisez) ».
        for some in (run, run[:-1]):
            if len(some) < 2:
                break
            described = [column for column, _item in some]
            items = [item for _column, item in some]
            for reading in _READINGS:
                if found := reading(described, items):
                    return [replace(found, name=name)]
    return []


def _are_twins(codes: Described, labels: Described) -> bool:
    return (
        _are_companions(codes.header, labels.header)
        and codes.filled == labels.filled > 0
        and all(_CODED.fullmatch(value) for value in codes.sample)
        and not labels.numbers
    )


def _are_companions(codes: str, labels: str) -> bool:
    """« q6 » and « q6_texte », or one header twice, told apart: « Âge (3) » and « Âge (4) »."""
    (first, rank), (second, next_rank) = _told_apart(codes), _told_apart(labels)
    if first == second:
        return next_rank == rank + 1
    rest = fold(second.removeprefix(first))
    return rank == next_rank and second.startswith(first) and _COMPANION.fullmatch(rest) is not None


def _told_apart(header: str) -> tuple[str, int]:
    """A header as it was in the file, and how many times it had been met."""
    match = _TOLD_APART.fullmatch(header)
    return (match[1], int(match[2])) if match else (header, 1)


def _named_codes(
    codes: Described, labels: Described, frame: pd.DataFrame
) -> tuple[str, dict[str, str]]:
    """The separator of the codes ("" for one code a cell), and the label of each; or nothing."""
    both = frame[[codes.header, labels.header]].drop_duplicates()
    pairs = [(str(code).strip(), str(label).strip()) for code, label in both.values]
    pairs = [(code, label) for code, label in pairs if code or label]
    named = _function([([code], [squeeze(label)]) for code, label in pairs])
    if named and all(code.isdecimal() for code in named):
        return "", named
    for separator in (",", ";", "|", " "):
        for between in answer_lists.SURE:
            split = [
                (answer_lists.split(code, separator), answer_lists.split(label, between))
                for code, label in pairs
            ]
            named = _function(split)
            if named and all(code.isdecimal() for code in named):
                return separator, named
    return "", {}


def _function(pairs: list[tuple[list[str], list[str]]]) -> dict[str, str]:
    """Each code with its only label; nothing if a code has two, or lengths differ."""
    named: dict[str, str] = {}
    for codes, labels in pairs:
        if len(codes) != len(labels):
            return {}
        for code, label in zip(codes, labels, strict=True):
            if named.setdefault(code, label) != label:
                return {}
    return named


def _kind(labels: list[str]) -> Kind:
    """Ordinal when the codes go up or down a scale."""
    told = [label for label in labels if not scales.is_no_opinion(label)]
    found = scales.order(told)
    rising = found is not None and list(found.labels) in (told, told[::-1])
    return Kind.ORDINAL if rising else Kind.SINGLE


def _run(
    columns: list[Described], apart: set[str], pattern: re.Pattern[str]
) -> tuple[str, list[tuple[Described, str]]]:
    name = ""
    run: list[tuple[Described, str]] = []
    for column in columns:
        match = pattern.fullmatch(column.header)
        if match is None or column.header in apart or (run and match["name"] != name):
            break
        name = match["name"]
        run.append((column, match["item"].strip()))
    return name, run


def _ticks(columns: list[Described], items: list[str]) -> Guess | None:
    together = pooled(columns)
    if together.distinct > len(TICKED_WORDS | UNTICKED_WORDS):
        return None
    values = {fold(value) for value in together.counts}
    if not values & TICKED_WORDS or not values <= TICKED_WORDS | UNTICKED_WORDS:
        return None
    doubt = _item_doubt(items)
    if values & _WORDS and values & UNTICKED_WORDS:
        doubt = _joined(_("choix multiple, ou grille de questions Oui/Non ?"), doubt)
    reason = _("choix multiple : colonnes cochées ou non")
    return _multi(columns, _texts(columns, items), reason, doubt)


def _own_labels(columns: list[Described], items: list[str]) -> Guess | None:
    """Columns that hold their own label where it was ticked, and nothing elsewhere."""
    labels = [squeeze(next(iter(column.counts), "")) for column in columns]
    told = [label for label in labels if label]
    if any(column.distinct > 1 for column in columns) or len(set(told)) < max(2, len(told)):
        return None
    texts = [label or text for label, text in zip(labels, _texts(columns, items), strict=True)]
    reason = _("choix multiple : chaque colonne contient sa propre réponse, ou rien")
    return _multi(columns, texts, reason, "")


def _grid(columns: list[Described], items: list[str]) -> Guess | None:
    together = pooled(columns)
    found = closed(together)
    if found is None or not _alike(columns, found.question):
        return None
    if not (found.question.labels or found.question.bounds):
        return None
    texts = _texts(columns, items)
    question = replace(
        found.question,
        kind=Kind.GRID,
        of=found.question.kind,
        columns=_columns(columns, texts),
    )
    doubt = _joined(found.doubt, _item_doubt(items))
    reason = _("même début d'en-tête et mêmes réponses ; {reason}", reason=found.reason)
    return Guess(columns[0].header, question, reason, doubt)


_READINGS: tuple[Callable[[list[Described], list[str]], Guess | None], ...] = (
    _ticks,
    _own_labels,
    _grid,
)


def _alike(columns: list[Described], question: Question) -> bool:
    """Do the columns draw on the same answers? Lists are compared by their parts."""
    between = question.separator
    split = answer_lists.split
    sets = [
        {
            part
            for value in column.counts
            for part in (split(value, between) if between else [value])
        }
        for column in columns
        if column.counts
    ]
    if question.bounds or len(sets) < 2:
        return len(sets) > 1
    times = Counter(value for some in sets for value in some)
    return all(
        len(some) >= 0.3 * len(times) and sum(times[value] > 1 for value in some) >= len(some) / 2
        for some in sets
    )


def _multi(columns: list[Described], texts: list[str], reason: str, doubt: str) -> Guess:
    question = Question(
        id="", kind=Kind.MULTI, columns=_columns(columns, texts), labels=tuple(texts)
    )
    return Guess(columns[0].header, question, reason, doubt)


def _texts(columns: list[Described], items: list[str]) -> list[str]:
    """The items when they are words, the whole headers when they are only codes or repeat."""
    if _item_doubt(items) or len(set(map(squeeze, items))) < len(items):
        return [squeeze(column.header) for column in columns]
    return [squeeze(item) for item in items]


def _item_doubt(items: list[str]) -> str:
    coded = all(_CODE_ITEM.fullmatch(item) for item in items)
    return _("écrivez le texte de chaque item.") if coded else ""


def _joined(*doubts: str) -> str:
    """Several doubts as sentences."""
    return " ".join(doubt[0].upper() + doubt[1:] for doubt in doubts if doubt)


def _columns(columns: list[Described], texts: list[str]) -> tuple[Column, ...]:
    return tuple(Column(c.header, text) for c, text in zip(columns, texts, strict=True))
