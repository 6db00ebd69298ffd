"""questionnaire.yaml → Questionnaire, or every fault of the file at once."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from yaml import MappingNode

from verbatims.errors import QuestionnaireError
from verbatims.frames import DONT_KNOW
from verbatims.marked_yaml import Fields, Reader, loops, meant
from verbatims.model import (
    CLOSED,
    AskedIf,
    Band,
    Column,
    Kind,
    Question,
    Questionnaire,
    Source,
)

_ROOT_KEYS = ("title", "notice", "questions")
_ALWAYS = {"id", "kind", "column", "columns", "text", "source"}
_RESPONSE = {"asked_if", "missing"}
_SPECIFIC = {
    Kind.ID: set[str](),
    Kind.WEIGHT: set[str](),
    Kind.IGNORE: set[str](),
    Kind.OPEN: _RESPONSE,
    Kind.SINGLE: _RESPONSE | {"labels", "profile"},
    Kind.ORDINAL: _RESPONSE | {"labels", "profile"},
    Kind.RATING: _RESPONSE | {"bounds", "bands", "dont_know", "profile"},
    Kind.MULTI: _RESPONSE | {"labels", "separator", "profile"},
    Kind.GRID: _RESPONSE | {"of"},
}
_KEYS = sorted(_ALWAYS.union(*_SPECIFIC.values()))
_REQUIRED = {Kind.ORDINAL: ("labels",), Kind.RATING: ("bounds",), Kind.GRID: ("of",)}
_ROWS = (Kind.SINGLE, Kind.ORDINAL, Kind.RATING, Kind.MULTI)  # what the rows of a grid may be
_ID = re.compile(r"[a-z0-9_]+")
_NOTE = re.compile(r"-?\d+(\.\d*[1-9])?")


def load(path: Path) -> Questionnaire:
    """Read a questionnaire; QuestionnaireError carries all the problems, each with its line."""
    reader = Reader(path, "Questionnaire", QuestionnaireError)
    root = reader.root(_ROOT_KEYS, what="le questionnaire")
    entries = _entries(root)
    _check_unique(entries)
    _check_filters(entries)
    questionnaire = Questionnaire(
        tuple(entry.question for entry in entries if entry.question),
        title=root.text("title").strip(),
        notice=root.text("notice").strip(),
    )
    reader.check()
    return questionnaire


@dataclass(frozen=True)
class _Entry:
    """A question with its place; `question` is None when it cannot be understood."""

    id: str
    written: Fields
    question: Question | None


def _entries(root: Fields) -> list[_Entry]:
    nodes = root.nodes_of("questions")
    if not nodes and not root.reader.problems:
        root.note(
            "aucune question ; décrivez-en sous « questions: », une par tiret « - ».", "questions"
        )
    read = [root.reader.fields(node, _KEYS, what="une question") for node in nodes]
    return [_entry(written) for written in read if written is not None]


def _entry(written: Fields) -> _Entry:
    identifier = written.text("id")
    for key in ("id", "kind"):
        if not written.has(key):
            written.note(f"il manque « {key} » à une question.")
    if written.has("id") and not _ID.fullmatch(identifier):
        written.note(
            f"id « {identifier} » : n'employez que a-z, 0-9 et _ (ni accent ni espace).", "id"
        )
    return _Entry(identifier, written, _question(written))


def _question(written: Fields) -> Question | None:
    before = len(written.reader.problems)
    kind = _kind(written, "kind", tuple(Kind))
    of = _kind(written, "of", _ROWS) if kind is Kind.GRID else None
    if kind is None or (kind is Kind.GRID and written.has("of") and of is None):
        return None
    _check_keys(written, kind, of)
    columns = _columns(written, kind)
    labels, codes = _labels(written)
    bounds = written.interval("bounds")
    question = Question(
        id=written.text("id"),
        kind=kind,
        columns=columns,
        text=written.text("text").strip(),
        of=of,
        labels=labels or _items_ticked(kind, columns),
        codes=codes,
        separator=written.text("separator"),
        bounds=bounds,
        bands=_bands(written, bounds),
        dont_know=written.texts("dont_know", alone=True),
        missing=written.texts("missing", alone=True),
        profile=written.flag("profile"),
        source=_source(written),
        asked_if=_asked_if(written),
    )
    return question if len(written.reader.problems) == before else None


def _kind(written: Fields, key: str, allowed: tuple[Kind, ...]) -> Kind | None:
    name = written.text(key)
    if name in allowed:
        return Kind(name)
    if written.has(key):
        written.note(f"genre « {name} » inconnu ; {meant(name, allowed)}", key)
    return None


def _check_keys(written: Fields, kind: Kind, of: Kind | None) -> None:
    used = _ALWAYS | _SPECIFIC[kind]
    if of:
        used |= _SPECIFIC[of] - {"profile"}
    for key in written.nodes:
        if key not in used:
            written.note(f"« {key} » ne s'emploie pas avec le genre « {kind} ».", key)
    required = set(_REQUIRED.get(kind, ())) | set(_REQUIRED.get(of or kind, ()))
    if of is Kind.MULTI or (kind is Kind.MULTI and written.has("column")):
        required.add("separator")
    for key in sorted(required):
        if not written.has(key):
            name = written.text("id")
            written.note(f"il manque « {key} » à la question « {name} » ({of or kind}).")


def _columns(written: Fields, kind: Kind) -> tuple[Column, ...]:
    name = written.text("id")
    if written.has("column") == written.has("columns"):
        written.note(f"donnez à la question « {name} » « column », ou bien « columns ».")
        return ()
    if written.has("column"):
        if kind is Kind.GRID:
            written.note("une grille a plusieurs colonnes : employez « columns ».", "column")
        return (Column(written.text("column")),)
    columns = _many(written)
    if kind is Kind.IGNORE:
        return tuple(Column(column.header) for column in columns)
    if kind in (Kind.GRID, Kind.MULTI):
        _check_distinct([column.item for column in columns], written, "columns")
        return columns
    if len(columns) != 1:
        written.note(f"la question « {name} » ({kind}) tient dans une seule colonne.", "columns")
    return tuple(Column(column.header) for column in columns)


def _many(written: Fields) -> tuple[Column, ...]:
    """A mapping header: item, or a list of headers that are their own items."""
    if not isinstance(written.given("columns"), MappingNode):
        headers = written.texts("columns", alone=True)
        return tuple(Column(header, header) for header in headers)
    named = _named(written, "columns")
    return tuple(Column(header, item) for header, item in named.items())


def _named(written: Fields, key: str) -> dict[str, str]:
    """A mapping of texts; a name left empty is that of its key."""
    return {
        name: written.reader.text(node, what=f"« {key} »").strip() or name
        for name, node in written.pairs(key)
    }


def _check_distinct(texts: list[str], written: Fields, key: str) -> None:
    for text, times in Counter(texts).items():
        if times > 1:
            written.note(f"« {text} » est écrit {times} fois.", key)


def _labels(written: Fields) -> tuple[tuple[str, ...], dict[str, str]]:
    """The answers in order, and for a mapping the value in the file of each."""
    if isinstance(written.given("labels"), MappingNode):
        codes = _named(written, "labels")
        return tuple(dict.fromkeys(codes.values())), codes
    labels = [label.strip() for label in written.texts("labels", alone=True)]
    _check_distinct(labels, written, "labels")
    if not all(labels):
        written.note("une réponse de « labels » est vide.", "labels")
    return tuple(labels), {}


def _items_ticked(kind: Kind, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The answers of a multi held in several columns are the items of these columns."""
    return tuple(c.item for c in columns if c.item) if kind is Kind.MULTI else ()


def _bands(written: Fields, bounds: tuple[float, float] | None) -> tuple[Band, ...]:
    reader = written.reader
    bands: list[Band] = []
    for label, node in written.pairs("bands"):
        interval = reader.interval(node, what=f"la bande « {label} »")
        if interval is None:
            continue
        low, high = interval
        if bounds and (low < bounds[0] or high > bounds[1]):
            reader.note(node, f"la bande « {label} » sort des bornes de la note.")
        if any(low <= band.high and band.low <= high for band in bands):
            reader.note(node, f"la bande « {label} » en recouvre une autre.")
        bands.append(Band(label, low, high))
    return tuple(bands)


def _source(written: Fields) -> Source:
    name = written.text("source") or Source.SURVEY
    if name not in tuple(Source):
        written.note(f"source « {name} » inconnue ; {meant(name, tuple(Source))}", "source")
        return Source.SURVEY
    return Source(name)


def _asked_if(written: Fields) -> AskedIf | None:
    if not written.has("asked_if"):
        return None
    pairs = written.pairs("asked_if")
    if len(pairs) != 1:
        written.note("asked_if : donnez une question filtre, {question: [réponses]}.", "asked_if")
        return None
    question, node = pairs[0]
    answers = written.reader.texts(node, what="« asked_if »", alone=True)
    told = tuple(answer.strip() for answer in answers if answer.strip())
    if not told:
        written.note(f"asked_if : donnez au moins une réponse à « {question} ».", "asked_if")
    return AskedIf(question, told)


def _check_unique(entries: list[_Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.id in first:
            message = f"l'id « {entry.id} » sert déjà ligne {first[entry.id]}."
            entry.written.note(message, "id")
        elif entry.id:
            first[entry.id] = entry.written.line("id")
    for kind, named in ((Kind.ID, "d'identifiant"), (Kind.WEIGHT, "de poids")):
        for source in Source:
            same = [e for e in entries if e.question and _is(e.question, kind, source)]
            for entry in same[1:]:
                message = f"une seule question {named} est possible : voir « {same[0].id} »."
                entry.written.note(message, "kind")


def _is(question: Question, kind: Kind, source: Source) -> bool:
    return question.kind is kind and question.source is source


def _check_filters(entries: list[_Entry]) -> None:
    known = {entry.id: entry.question for entry in entries}
    for entry in entries:
        told = entry.question.asked_if if entry.question else None
        if told is None or entry.question is None:
            continue
        if told.question not in known:
            near = meant(told.question, [name for name in known if name])
            message = f"asked_if : la question « {told.question} » n'existe pas ; {near}"
            entry.written.note(message, "asked_if")
            continue
        asker = known[told.question]
        message = _filter_fault(entry.question, told, asker) if asker else ""
        if message:
            entry.written.note(f"asked_if : {message}", "asked_if")
    _check_loops(entries)


def _check_loops(entries: list[_Entry]) -> None:
    """Questions that wait for one another are asked of nobody."""
    written = {entry.id: entry.written for entry in entries}
    questions = [entry.question for entry in entries if entry.question]
    above = {q.id: q.asked_if.question for q in questions if q.asked_if}
    for loop in loops(above):
        if len(loop) > 1:
            told = " → ".join([*loop, loop[0]])
            written[loop[0]].note(f"asked_if en boucle : {told} ; effacez-en un.", "asked_if")


def _filter_fault(question: Question, told: AskedIf, asker: Question) -> str:
    if asker.id == question.id:
        return "une question ne peut pas se filtrer elle-même."
    if asker.kind not in CLOSED or asker.source is not question.source:
        return f"« {asker.id} » n'est pas une question fermée de la même source."
    if asker.answer_kind is Kind.RATING and asker.bounds:
        return _notes_fault(told.answers, asker.id, asker.bounds)
    if not asker.labels or asker.kind is Kind.GRID:
        return ""
    unknown = [answer for answer in told.answers if answer not in asker.labels]
    if not unknown:
        return ""
    near = meant(asker.codes.get(unknown[0], unknown[0]), asker.labels)
    named = ", ".join(f"« {answer} »" for answer in unknown)
    return f"{named} : pas de telle réponse à « {asker.id} » ; {near}"


def _notes_fault(answers: tuple[str, ...], asker: str, bounds: tuple[float, float]) -> str:
    low, high = bounds
    unknown = [answer for answer in answers if answer != DONT_KNOW and not _is_note(answer, bounds)]
    if not unknown:
        return ""
    named = ", ".join(f"« {answer} »" for answer in unknown)
    return f"{named} : « {asker} » est une note, de {low:g} à {high:g} ou « {DONT_KNOW} »."


def _is_note(answer: str, bounds: tuple[float, float]) -> bool:
    """Is it a note as `corpus` writes them, « 7 » or « 7.5 »?"""
    return bool(_NOTE.fullmatch(answer)) and bounds[0] <= float(answer) <= bounds[1]
