"""questionnaire.yaml → Questionnaire, or every fault of the file at once."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml import MappingNode, Node, SequenceNode

from verbatims.errors import FileError, QuestionnaireError
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
from verbatims.questionnaire.yaml_nodes import Faults, compose, line, suggestion

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
_KEYS = _ALWAYS.union(*_SPECIFIC.values())
_REQUIRED = {Kind.ORDINAL: ("labels",), Kind.RATING: ("bounds",), Kind.GRID: ("of",)}
_ROWS = (Kind.SINGLE, Kind.ORDINAL, Kind.RATING, Kind.MULTI)  # what the rows of a grid may be
_ID = re.compile(r"[a-z0-9_]+")


def load(path: Path) -> Questionnaire:
    """Read a questionnaire; QuestionnaireError carries all the problems, each with its line."""
    faults = Faults(path.name)
    top = faults.mapping(
        compose(_content(path), path.name),
        known=("title", "notice", "questions"),
        what="le questionnaire",
    )
    entries = [_entry(node, faults) for node in _items(top, faults)]
    read = [entry for entry in entries if entry is not None]
    _check_unique(read)
    _check_filters(read)
    questionnaire = Questionnaire(
        tuple(entry.question for entry in read if entry.question),
        title=_told(top, "title", faults),
        notice=_told(top, "notice", faults),
    )
    if faults.problems:
        found = sorted(dict.fromkeys(faults.problems), key=lambda problem: problem.line or 0)
        raise QuestionnaireError(f"Le questionnaire « {path.name} » est à corriger.", found)
    return questionnaire


@dataclass(frozen=True)
class _Written:
    """A question as written: its node, the nodes of its keys, and where to tell of faults."""

    node: Node
    nodes: Mapping[str, Node]
    faults: Faults

    def has(self, key: str) -> bool:
        return key in self.nodes

    def text(self, key: str) -> str:
        return self.faults.text(self.nodes[key], what=key) if key in self.nodes else ""

    def texts(self, key: str) -> tuple[str, ...]:
        return self.faults.texts(self.nodes[key], what=key) if key in self.nodes else ()

    def fault(self, message: str, key: str = "") -> None:
        self.faults.add(message, self.nodes.get(key, self.node))


@dataclass(frozen=True)
class _Entry:
    """A question with its place; `question` is None when it cannot be understood."""

    id: str
    written: _Written
    question: Question | None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(
            f"Le questionnaire « {path} » ne peut pas être lu ({error.strerror or error})."
        ) from error


def _items(top: Mapping[str, Node], faults: Faults) -> list[Node]:
    node = top.get("questions")
    if isinstance(node, SequenceNode) and node.value:
        return list(node.value)
    if not faults.problems:
        raise QuestionnaireError(
            f"Le questionnaire « {faults.file} » ne décrit aucune question : sous « questions: », "
            "écrivez une ligne « - id: … » pour chacune."
        )
    return []


def _told(nodes: Mapping[str, Node], key: str, faults: Faults) -> str:
    return faults.text(nodes[key], what=key).strip() if key in nodes else ""


def _entry(node: Node, faults: Faults) -> _Entry | None:
    if not isinstance(node, MappingNode):
        faults.add("chaque question commence par « - id: … », avec ses clés dessous.", node)
        return None
    written = _Written(node, faults.mapping(node, known=_KEYS, what="question"), faults)
    identifier = written.text("id")
    for key in ("id", "kind"):
        if not written.has(key):
            written.fault(f"il manque « {key} » à une question.")
    if written.has("id") and not _ID.fullmatch(identifier):
        written.fault(
            f"id « {identifier} » : n'employez que a-z, 0-9 et _ (ni accent ni espace).", "id"
        )
    return _Entry(identifier, written, _question(written))


def _question(written: _Written) -> Question | None:
    before = len(written.faults.problems)
    kind = _kind(written, "kind", tuple(Kind))
    of = _kind(written, "of", _ROWS) if kind is Kind.GRID else None
    if kind is None or (kind is Kind.GRID and written.has("of") and of is None):
        return None
    _check_keys(written, kind, of)
    columns = _columns(written, kind)
    labels, codes = _labels(written)
    bounds = _bounds(written)
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
        dont_know=written.texts("dont_know"),
        missing=written.texts("missing"),
        profile=_profile(written),
        source=_source(written),
        asked_if=_asked_if(written),
    )
    return question if len(written.faults.problems) == before else None


def _kind(written: _Written, key: str, allowed: tuple[Kind, ...]) -> Kind | None:
    name = written.text(key)
    if name in allowed:
        return Kind(name)
    if written.has(key):
        near = suggestion(name, allowed)
        written.fault(f"genre « {name} » inconnu{near} : {', '.join(allowed)}.", key)
    return None


def _check_keys(written: _Written, kind: Kind, of: Kind | None) -> None:
    used = _ALWAYS | _SPECIFIC[kind]
    if of:
        used |= _SPECIFIC[of] - {"profile"}
    for key in written.nodes:
        if key not in used:
            written.fault(f"« {key} » ne s'emploie pas avec le genre « {kind} ».", key)
    required = set(_REQUIRED.get(kind, ())) | set(_REQUIRED.get(of or kind, ()))
    if of is Kind.MULTI or (kind is Kind.MULTI and written.has("column")):
        required.add("separator")
    for key in sorted(required):
        if not (written.has(key) if key != "separator" else written.text(key)):
            name = written.text("id")
            written.fault(f"il manque « {key} » à la question « {name} » ({of or kind}).")


def _columns(written: _Written, kind: Kind) -> tuple[Column, ...]:
    name = written.text("id")
    if written.has("column") == written.has("columns"):
        written.fault(f"donnez à la question « {name} » « column », ou bien « columns ».")
        return ()
    if written.has("column"):
        if kind is Kind.GRID:
            written.fault("une grille a plusieurs colonnes : employez « columns ».", "column")
        return (Column(written.text("column")),)
    columns = _many(written.nodes["columns"], written.faults)
    if kind is Kind.IGNORE:
        return tuple(Column(column.header) for column in columns)
    if kind in (Kind.GRID, Kind.MULTI):
        items = [column.item for column in columns]
        _check_distinct(items, written.nodes["columns"], written.faults)
        return columns
    if len(columns) != 1:
        written.fault(f"la question « {name} » ({kind}) tient dans une seule colonne.", "columns")
    return tuple(Column(column.header) for column in columns)


def _many(node: Node, faults: Faults) -> tuple[Column, ...]:
    """A mapping header: item, or a list of headers that are their own items."""
    if isinstance(node, MappingNode):
        return tuple(
            Column(header, faults.text(item, what="columns").strip() or header)
            for header, item in faults.pairs(node, what="columns")
        )
    return tuple(Column(header, header) for header in faults.texts(node, what="columns"))


def _check_distinct(texts: list[str], node: Node, faults: Faults) -> None:
    for text, times in Counter(texts).items():
        if times > 1:
            faults.add(f"« {text} » est écrit {times} fois.", node)


def _labels(written: _Written) -> tuple[tuple[str, ...], dict[str, str]]:
    """The answers in order, and for a mapping the value in the file of each."""
    node, faults = written.nodes.get("labels"), written.faults
    if node is None:
        return (), {}
    if isinstance(node, MappingNode):
        codes = {
            value: faults.text(label, what="labels").strip() or value
            for value, label in faults.pairs(node, what="labels")
        }
        return tuple(dict.fromkeys(codes.values())), codes
    labels = [label.strip() for label in faults.texts(node, what="labels")]
    _check_distinct(labels, node, faults)
    if not all(labels):
        faults.add("une réponse de « labels » est vide.", node)
    return tuple(labels), {}


def _items_ticked(kind: Kind, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The answers of a multi held in several columns are the items of these columns."""
    return tuple(c.item for c in columns if c.item) if kind is Kind.MULTI else ()


def _bounds(written: _Written) -> tuple[float, float] | None:
    if not written.has("bounds"):
        return None
    return written.faults.interval(written.nodes["bounds"], what="bounds")


def _bands(written: _Written, bounds: tuple[float, float] | None) -> tuple[Band, ...]:
    if not written.has("bands"):
        return ()
    faults = written.faults
    bands: list[Band] = []
    for label, node in faults.pairs(written.nodes["bands"], what="bands"):
        interval = faults.interval(node, what=f"bande « {label} »")
        if interval is None:
            continue
        low, high = interval
        if bounds and (low < bounds[0] or high > bounds[1]):
            faults.add(f"la bande « {label} » sort des bornes de la note.", node)
        if any(low <= band.high and band.low <= high for band in bands):
            faults.add(f"la bande « {label} » en recouvre une autre.", node)
        bands.append(Band(label, low, high))
    return tuple(bands)


def _profile(written: _Written) -> bool:
    if not written.has("profile"):
        return False
    return written.faults.flag(written.nodes["profile"], what="profile")


def _source(written: _Written) -> Source:
    name = written.text("source") or Source.SURVEY
    if name not in tuple(Source):
        written.fault(f"source « {name} » inconnue : {', '.join(Source)}.", "source")
        return Source.SURVEY
    return Source(name)


def _asked_if(written: _Written) -> AskedIf | None:
    if not written.has("asked_if"):
        return None
    pairs = written.faults.pairs(written.nodes["asked_if"], what="asked_if")
    if len(pairs) != 1:
        written.fault("asked_if : donnez une question filtre, {question: [réponses]}.", "asked_if")
        return None
    question, node = pairs[0]
    answers = written.faults.texts(node, what="asked_if")
    return AskedIf(question, tuple(answer.strip() for answer in answers))


def _check_unique(entries: list[_Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.id in first:
            message = f"l'id « {entry.id} » sert déjà ligne {first[entry.id]}."
            entry.written.fault(message, "id")
        elif entry.id:
            first[entry.id] = line(entry.written.nodes["id"])
    for kind, named in ((Kind.ID, "d'identifiant"), (Kind.WEIGHT, "de poids")):
        for source in Source:
            same = [e for e in entries if e.question and _is(e.question, kind, source)]
            for entry in same[1:]:
                message = f"une seule question {named} est possible : voir « {same[0].id} »."
                entry.written.fault(message, "kind")


def _is(question: Question, kind: Kind, source: Source) -> bool:
    return question.kind is kind and question.source is source


def _check_filters(entries: list[_Entry]) -> None:
    known = {entry.id: entry.question for entry in entries}
    for entry in entries:
        told = entry.question.asked_if if entry.question else None
        if told is None or entry.question is None:
            continue
        if told.question not in known:
            near = suggestion(told.question, known)
            message = f"asked_if : la question « {told.question} » n'existe pas{near}."
            entry.written.fault(message, "asked_if")
            continue
        asker = known[told.question]
        message = _filter_fault(entry.question, told, asker) if asker else ""
        if message:
            entry.written.fault(f"asked_if : {message}", "asked_if")


def _filter_fault(question: Question, told: AskedIf, asker: Question) -> str:
    if asker.id == question.id:
        return "une question ne peut pas se filtrer elle-même."
    if asker.kind not in CLOSED or asker.source is not question.source:
        return f"« {asker.id} » n'est pas une question fermée de la même source."
    if not asker.labels or asker.kind is Kind.GRID:
        return ""
    unknown = [answer for answer in told.answers if answer not in asker.labels]
    near = "".join(
        suggestion(asker.codes.get(answer, answer), asker.labels) for answer in unknown[:1]
    )
    named = ", ".join(f"« {answer} »" for answer in unknown)
    return f"{named} : pas de telle réponse à « {asker.id} »{near}." if unknown else ""
