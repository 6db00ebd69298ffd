"""questionnaire.yaml → Questionnaire, or every fault of the file at once."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from yaml import MappingNode

from verbatims.errors import QuestionnaireError
from verbatims.frames import DONT_KNOW
from verbatims.language import N_, _
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
_ALONE = {
    Kind.ID: N_("une seule question d'identifiant est possible : voir « {id} »."),
    Kind.WEIGHT: N_("une seule question de poids est possible : voir « {id} »."),
}


def load(path: Path) -> Questionnaire:
    """Read a questionnaire; QuestionnaireError carries all the problems, each with its line."""
    reader = Reader(path, _("Questionnaire"), QuestionnaireError)
    root = reader.root(_ROOT_KEYS, what=_("le questionnaire"))
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
            _("aucune question ; décrivez-en sous « questions: », une par tiret « - »."),
            "questions",
        )
    read = [root.reader.fields(node, _KEYS, what=_("une question")) for node in nodes]
    return [_entry(written) for written in read if written is not None]


def _entry(written: Fields) -> _Entry:
    identifier = written.text("id")
    for key in ("id", "kind"):
        if not written.has(key):
            written.note(_("il manque « {key} » à une question.", key=key))
    if written.has("id") and not _ID.fullmatch(identifier):
        told = _("id « {id} » : n'employez que a-z, 0-9 et _ (ni accent ni espace).", id=identifier)
        written.note(told, "id")
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
        near = meant(name, allowed)
        written.note(_("genre « {name} » inconnu ; {near}", name=name, near=near), key)
    return None


def _check_keys(written: Fields, kind: Kind, of: Kind | None) -> None:
    used = _ALWAYS | _SPECIFIC[kind]
    if of:
        used |= _SPECIFIC[of] - {"profile"}
    for key in written.nodes:
        if key not in used:
            told = _("« {key} » ne s'emploie pas avec le genre « {kind} ».", key=key, kind=kind)
            written.note(told, key)
    required = set(_REQUIRED.get(kind, ())) | set(_REQUIRED.get(of or kind, ()))
    if of is Kind.MULTI or (kind is Kind.MULTI and written.has("column")):
        required.add("separator")
    for key in sorted(required):
        if not written.has(key):
            told = _(
                "il manque « {key} » à la question « {id} » ({kind}).",
                key=key,
                id=written.text("id"),
                kind=of or kind,
            )
            written.note(told)


def _columns(written: Fields, kind: Kind) -> tuple[Column, ...]:
    name = written.text("id")
    if written.has("column") == written.has("columns"):
        written.note(_("donnez à la question « {id} » « column », ou bien « columns ».", id=name))
        return ()
    if written.has("column"):
        if kind is Kind.GRID:
            written.note(_("une grille a plusieurs colonnes : employez « columns »."), "column")
        return (Column(written.text("column")),)
    columns = _many(written)
    if kind is Kind.IGNORE:
        return tuple(Column(column.header) for column in columns)
    if kind in (Kind.GRID, Kind.MULTI):
        _check_distinct([column.item for column in columns], written, "columns")
        return columns
    if len(columns) != 1:
        told = _("la question « {id} » ({kind}) tient dans une seule colonne.", id=name, kind=kind)
        written.note(told, "columns")
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
        name: written.reader.text(node, what=_("« {text} »", text=key)).strip() or name
        for name, node in written.pairs(key)
    }


def _check_distinct(texts: list[str], written: Fields, key: str) -> None:
    for text, times in Counter(texts).items():
        if times > 1:
            written.note(_("« {text} » est écrit {n} fois.", text=text, n=times), key)


def _labels(written: Fields) -> tuple[tuple[str, ...], dict[str, str]]:
    """The answers in order, and for a mapping the value in the file of each."""
    if isinstance(written.given("labels"), MappingNode):
        codes = _named(written, "labels")
        return tuple(dict.fromkeys(codes.values())), codes
    labels = [label.strip() for label in written.texts("labels", alone=True)]
    _check_distinct(labels, written, "labels")
    if not all(labels):
        written.note(_("une réponse de « labels » est vide."), "labels")
    return tuple(labels), {}


def _items_ticked(kind: Kind, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The answers of a multi held in several columns are the items of these columns."""
    return tuple(c.item for c in columns if c.item) if kind is Kind.MULTI else ()


def _bands(written: Fields, bounds: tuple[float, float] | None) -> tuple[Band, ...]:
    reader = written.reader
    bands: list[Band] = []
    for label, node in written.pairs("bands"):
        interval = reader.interval(node, what=_("la bande « {label} »", label=label))
        if interval is None:
            continue
        low, high = interval
        if bounds and (low < bounds[0] or high > bounds[1]):
            reader.note(node, _("la bande « {label} » sort des bornes de la note.", label=label))
        if any(low <= band.high and band.low <= high for band in bands):
            reader.note(node, _("la bande « {label} » en recouvre une autre.", label=label))
        bands.append(Band(label, low, high))
    return tuple(bands)


def _source(written: Fields) -> Source:
    name = written.text("source") or Source.SURVEY
    if name not in tuple(Source):
        near = meant(name, tuple(Source))
        written.note(_("source « {name} » inconnue ; {near}", name=name, near=near), "source")
        return Source.SURVEY
    return Source(name)


def _asked_if(written: Fields) -> AskedIf | None:
    if not written.has("asked_if"):
        return None
    pairs = written.pairs("asked_if")
    if len(pairs) != 1:
        told = _("asked_if : donnez une question filtre, {question: [réponses]}.")
        written.note(told, "asked_if")
        return None
    question, node = pairs[0]
    answers = written.reader.texts(node, what=_("« {text} »", text="asked_if"), alone=True)
    kept = tuple(answer.strip() for answer in answers if answer.strip())
    if not kept:
        told = _("asked_if : donnez au moins une réponse à « {question} ».", question=question)
        written.note(told, "asked_if")
    return AskedIf(question, kept)


def _check_unique(entries: list[_Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.id in first:
            message = _("l'id « {id} » sert déjà ligne {line}.", id=entry.id, line=first[entry.id])
            entry.written.note(message, "id")
        elif entry.id:
            first[entry.id] = entry.written.line("id")
    for kind, fault in _ALONE.items():
        for source in Source:
            same = [e for e in entries if e.question and _is(e.question, kind, source)]
            for entry in same[1:]:
                entry.written.note(_(fault, id=same[0].id), "kind")


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
            message = _(
                "asked_if : la question « {question} » n'existe pas ; {near}",
                question=told.question,
                near=near,
            )
            entry.written.note(message, "asked_if")
            continue
        asker = known[told.question]
        message = _filter_fault(entry.question, told, asker) if asker else ""
        if message:
            entry.written.note(_("asked_if : {fault}", fault=message), "asked_if")
    _check_loops(entries)


def _check_loops(entries: list[_Entry]) -> None:
    """Questions that wait for one another are asked of nobody."""
    written = {entry.id: entry.written for entry in entries}
    questions = [entry.question for entry in entries if entry.question]
    above = {q.id: q.asked_if.question for q in questions if q.asked_if}
    for loop in loops(above):
        if len(loop) > 1:
            told = " → ".join([*loop, loop[0]])
            message = _("asked_if en boucle : {loop} ; effacez-en un.", loop=told)
            written[loop[0]].note(message, "asked_if")


def _filter_fault(question: Question, told: AskedIf, asker: Question) -> str:
    if asker.id == question.id:
        return _("une question ne peut pas se filtrer elle-même.")
    if asker.kind not in CLOSED or asker.source is not question.source:
        return _("« {id} » n'est pas une question fermée de la même source.", id=asker.id)
    if asker.answer_kind is Kind.RATING and asker.bounds:
        return _notes_fault(told.answers, asker.id, asker.bounds)
    if not asker.labels or asker.kind is Kind.GRID:
        return ""
    unknown = [answer for answer in told.answers if answer not in asker.labels]
    if not unknown:
        return ""
    near = meant(asker.codes.get(unknown[0], unknown[0]), asker.labels)
    return _(
        "{answers} : pas de telle réponse à « {id} » ; {near}",
        answers=_quoted(unknown),
        id=asker.id,
        near=near,
    )


def _notes_fault(answers: tuple[str, ...], asker: str, bounds: tuple[float, float]) -> str:
    low, high = bounds
    unknown = [answer for answer in answers if answer != DONT_KNOW and not _is_note(answer, bounds)]
    if not unknown:
        return ""
    return _(
        "{answers} : « {id} » est une note, de {low} à {high} ou « {dont_know} ».",
        answers=_quoted(unknown),
        id=asker,
        low=f"{low:g}",
        high=f"{high:g}",
        dont_know=DONT_KNOW,
    )


def _quoted(answers: list[str]) -> str:
    return ", ".join(_("« {text} »", text=answer) for answer in answers)


def _is_note(answer: str, bounds: tuple[float, float]) -> bool:
    """Is it a note as `corpus` writes them, « 7 » or « 7.5 »?"""
    return bool(_NOTE.fullmatch(answer)) and bounds[0] <= float(answer) <= bounds[1]
