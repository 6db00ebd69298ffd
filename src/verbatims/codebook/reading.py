"""codebook.yaml → Codebook, or every error of the file at once, each with its place."""

import hashlib
import json
import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from yaml import Node, ScalarNode

from verbatims.codebook import terms
from verbatims.codebook.replacing import heirs_of, rounds
from verbatims.errors import CodebookError
from verbatims.folding import fold, squeeze
from verbatims.marked_yaml import Fields, Reader, line_of, loops, meant
from verbatims.model import DROP, KEEP, Codebook, Term, Theme, ThemeStatus

ROOT_KEYS = ("title", "themes")
THEME_KEYS = (
    *("id", "label", "parent", "definition", "include", "exclude", "examples"),
    *("colour", "status", "negation", "replaces", "terms"),
)

_EXPORTED = "nom d'une colonne des exports"  # in codages.csv, each theme has its own
_NEGATED = "mot réservé à « negation »"
_RESERVED = {"source": _EXPORTED, KEEP: _NEGATED, DROP: _NEGATED}
_ID = re.compile(r"[a-z0-9_-]+")
_ID_ADVICE = "minuscules sans accent, chiffres, « _ » et « - » seulement"
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_COMMENTED = re.compile(r"[ \t]+#[0-9a-f]{3,6}\b", re.IGNORECASE)


def load(path: Path) -> Codebook:
    """Read a codebook; raise a CodebookError that lists every problem found."""
    reader = Reader(path, "Grille de codage", CodebookError)
    return _codebook(reader.root(ROOT_KEYS, what="la grille"))


def parse(text: str, name: str = "codebook.yaml") -> Codebook:
    """Read the text of a codebook; `name` is that of its file in the errors."""
    reader = Reader(Path(name), "Grille de codage", CodebookError)
    return _codebook(reader.root_of(text, ROOT_KEYS, what="la grille"))


def content_hash(book: Codebook) -> str:
    """The same for two codebooks that say the same, however they are laid out."""
    content = asdict(replace(book, hash=""))
    for theme in content["themes"]:
        del theme["line"]
        theme["terms"] = [term["written"] for term in theme["terms"]]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def status_fault(written: str) -> str:
    """What is wrong with a status, "" if nothing."""
    if not written or written in tuple(ThemeStatus):
        return ""
    return f"statut « {written} » inconnu ; {meant(written, tuple(ThemeStatus))}"


def colour_fault(written: str) -> str:
    """What is wrong with a colour, "" if nothing."""
    if not written or _COLOUR.fullmatch(written):
        return ""
    advice = 'écrivez-la entre guillemets, comme "#1b9e77"'
    return f"« {written} » n'est pas une couleur ; {advice}."


def full_colour(written: str) -> str:
    """A colour without fault in six digits: « #1BF » → "#11bbff"."""
    digits = written.removeprefix("#").lower()
    return f"#{''.join(char * 2 for char in digits) if len(digits) == 3 else digits}"


@dataclass(frozen=True)
class _Entry:
    """A theme and where it is written."""

    theme: Theme
    written: Fields

    def note(self, message: str, key: str = "") -> None:
        self.written.note(message, key)

    def note_id(self, named: str, message: str) -> None:
        """Something wrong with one of the ids that the theme replaces."""
        found = [node for node in self.written.items("replaces") if squeeze(node.value) == named]
        self.written.reader.note(found[-1], f"« replaces » : {message}")


_Entries = Sequence[_Entry]


def _codebook(fields: Fields) -> Codebook:
    reader = fields.reader
    read = [_entry(node, reader) for node in fields.nodes_of("themes")]
    entries = [entry for entry in read if entry is not None]
    if not entries and not reader.problems:
        fields.note("aucun thème ; ajoutez-en sous « themes: », un par tiret « - ».", "themes")
    for check in _CHECKS:
        check(entries)
    book = Codebook(tuple(entry.theme for entry in entries), squeeze(fields.text("title")))
    reader.check()
    return replace(book, hash=content_hash(book))


def _entry(node: Node, reader: Reader) -> _Entry | None:
    fields = reader.fields(node, THEME_KEYS, what="un thème")
    if fields is None:
        return None
    for key in ("id", "label"):
        if not fields.has(key) or fields.text(key).isspace():
            fields.note(f"ce thème n'a pas de « {key} » ; ajoutez-le.")
    theme = Theme(
        id=squeeze(fields.text("id")),
        label=squeeze(fields.text("label")),
        parent=squeeze(fields.text("parent")),
        definition=squeeze(fields.text("definition")),
        include=_lines(fields, "include"),
        exclude=_lines(fields, "exclude"),
        examples=_lines(fields, "examples"),
        colour=_colour(fields),
        status=_status(fields),
        negation=squeeze(fields.text("negation")) or KEEP,
        replaces=_lines(fields, "replaces"),
        terms=tuple(_terms(fields)),
        line=fields.line(),
    )
    return _Entry(theme, fields)


def _lines(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(filter(None, map(squeeze, fields.texts(key))))


def _colour(fields: Fields) -> str:
    written = squeeze(fields.text("colour"))
    fault = colour_fault(written) or (_hidden_colour(fields) if not written else "")
    if fault:
        fields.note(fault, "colour")
    return full_colour(written) if written and not fault else ""


def _hidden_colour(fields: Fields) -> str:
    """YAML takes « colour: #1b9e77 » for a comment, and the analyst for a colour."""
    node = fields.nodes.get("colour")
    if not isinstance(node, ScalarNode):
        return ""
    mark = node.end_mark
    found = _COMMENTED.match(mark.buffer or "", mark.pointer)
    if not found:
        return ""
    colour = found[0].strip()
    return f'« {colour} » se lit comme un commentaire ; écrivez la couleur « "{colour}" ».'


def _status(fields: Fields) -> ThemeStatus:
    written = squeeze(fields.text("status"))
    fault = status_fault(written)
    if fault:
        fields.note(fault, "status")
    return ThemeStatus(written) if written and not fault else ThemeStatus.ACTIVE


def _terms(fields: Fields) -> Iterator[Term]:
    seen: dict[Hashable, int] = {}
    for node in fields.items("terms"):
        written = squeeze(node.value)
        fault = terms.fault(written)
        if fault:
            fields.reader.note(node, fault)
            continue
        term = terms.term(written, line_of(node))
        key = terms.alike(term)
        if key in seen:
            message = f"terme « {written} » déjà écrit ligne {seen[key]} ; effacez-le."
            fields.reader.note(node, message)
        else:
            seen[key] = term.line
            yield term


def _check_ids(entries: _Entries) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        named = entry.theme.id
        if named and not _ID.fullmatch(named):
            entry.note(f"identifiant « {named} » : {_ID_ADVICE}.", "id")
        elif named in _RESERVED:
            advice = f"{_RESERVED[named]} ; prenez-en un autre, comme « {named}s »"
            entry.note(f"identifiant « {named} » : {advice}.", "id")
        elif named in seen:
            advice = f"déjà pris ligne {seen[named]} ; choisissez-en un autre"
            entry.note(f"identifiant « {named} » {advice}.", "id")
        elif named:
            seen[named] = entry.written.line("id")


def _check_labels(entries: _Entries) -> None:
    """Tables and exports name themes by their labels: two alike could not be told apart."""
    seen: dict[str, _Entry] = {}
    for entry in entries:
        label = entry.theme.label
        first = seen.setdefault(fold(label), entry)
        if label and first is not entry:
            advice = f"déjà pris ligne {first.written.line('label')} ; choisissez-en un autre"
            entry.note(f"libellé « {label} » {advice}.", "label")


def _check_parents(entries: _Entries) -> None:
    known = {entry.theme.id: entry for entry in entries if entry.theme.id}
    for entry in entries:
        theme = entry.theme
        if theme.parent and theme.parent not in known:
            near = meant(theme.parent, tuple(known))
            entry.note(f"thème parent inconnu : « {theme.parent} » ; {near}", "parent")
        elif theme.parent and not _retired(theme) and _retired(known[theme.parent].theme):
            advice = f"placez « {theme.id} » ailleurs, ou donnez-lui « status: retired »"
            entry.note(f"thème parent retiré : « {theme.parent} » ; {advice}.", "parent")
    for loop in loops({name: entry.theme.parent for name, entry in known.items()}):
        told = " → ".join([*loop, loop[0]])
        known[loop[0]].note(f"thèmes parents en boucle : {told} ; effacez un « parent ».", "parent")


def _check_negations(entries: _Entries) -> None:
    known = {entry.theme.id: entry.theme for entry in entries if entry.theme.id}
    for entry in entries:
        fault = _negation_fault(entry.theme, known)
        if fault:
            entry.note(f"« negation » : {fault}", "negation")


def _negation_fault(theme: Theme, known: dict[str, Theme]) -> str:
    said = theme.negation
    if said in (KEEP, DROP):
        return ""
    if said not in known:
        return f"thème « {said} » inconnu ; {meant(said, (KEEP, DROP, *known))}"
    if said == theme.id:
        return f"« {said} » ne peut pas se désigner lui-même ; écrivez « keep » ou « drop »."
    if _retired(known[said]) and not _retired(theme):
        return f"« {said} » est retiré ; dans « {theme.id} », écrivez « keep » ou « drop »."
    return ""


def _check_replaced(entries: _Entries) -> None:
    """An id taken over is gone, retired, or one of the several parts of what it was."""
    themes = {entry.theme.id: entry for entry in entries}
    heirs = heirs_of(entry.theme for entry in entries)
    for entry in entries:
        for old in dict.fromkeys(entry.theme.replaces):
            fault = _replaced_fault(old, entry.theme, heirs[old], themes.get(old))
            if fault:
                entry.note_id(old, fault)
    for loop in rounds(heirs):
        told = " → ".join([*loop, loop[0]])
        themes[loop[0]].note(f"« replaces » en boucle : {told} ; effacez-en un.", "replaces")


def _replaced_fault(old: str, theme: Theme, heirs: Sequence[str], entry: _Entry | None) -> str:
    if not _ID.fullmatch(old):
        return f"identifiant « {old} » : {_ID_ADVICE}."
    if theme.replaces.count(old) > 1:
        return f"« {old} » est écrit deux fois ; gardez-en un."
    if old == theme.id and set(heirs) == {old}:
        return f"« {old} » ne peut pas se remplacer lui-même ; effacez-le."
    if entry and old not in heirs and not _retired(entry.theme):
        return (
            f"« {old} » est encore un thème ; donnez-lui « status: retired » ou, s'il reste "
            f"l'une de ses parts, « replaces: [{old}] »."
        )
    return ""


def _retired(theme: Theme) -> bool:
    return theme.status is ThemeStatus.RETIRED


_CHECKS = (_check_ids, _check_labels, _check_parents, _check_negations, _check_replaced)
