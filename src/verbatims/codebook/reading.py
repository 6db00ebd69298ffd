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
from verbatims.language import N_, _
from verbatims.marked_yaml import Fields, Reader, line_of, loops, meant
from verbatims.model import DROP, KEEP, Codebook, Term, Theme, ThemeStatus

ROOT_KEYS = ("title", "themes")
THEME_KEYS = (
    *("id", "label", "parent", "definition", "include", "exclude", "examples"),
    *("colour", "status", "negation", "replaces", "terms"),
)

_EXPORTED = N_("nom d'une colonne des exports")  # in codages.csv, each theme has its own
_NEGATED = N_("mot réservé à « negation »")
_RESERVED = {"source": _EXPORTED, KEEP: _NEGATED, DROP: _NEGATED}
_ID = re.compile(r"[a-z0-9_-]+")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_COMMENTED = re.compile(r"[ \t]+#[0-9a-f]{3,6}\b", re.IGNORECASE)


def load(path: Path) -> Codebook:
    """Read a codebook; raise a CodebookError that lists every problem found."""
    reader = Reader(path, _("Grille de codage"), CodebookError)
    return _codebook(reader.root(ROOT_KEYS, what=_("la grille")))


def parse(text: str, name: str = "codebook.yaml") -> Codebook:
    """Read the text of a codebook; `name` is that of its file in the errors."""
    reader = Reader(Path(name), _("Grille de codage"), CodebookError)
    return _codebook(reader.root_of(text, ROOT_KEYS, what=_("la grille")))


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
    near = meant(written, tuple(ThemeStatus))
    return _("statut « {status} » inconnu ; {near}", status=written, near=near)


def colour_fault(written: str) -> str:
    """What is wrong with a colour, "" if nothing."""
    if not written or _COLOUR.fullmatch(written):
        return ""
    return _(
        '« {written} » n\'est pas une couleur ; écrivez-la entre guillemets, comme "#1b9e77".',
        written=written,
    )


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
        self.written.reader.note(found[-1], _("« replaces » : {fault}", fault=message))


_Entries = Sequence[_Entry]


def _codebook(fields: Fields) -> Codebook:
    reader = fields.reader
    read = [_entry(node, reader) for node in fields.nodes_of("themes")]
    entries = [entry for entry in read if entry is not None]
    if not entries and not reader.problems:
        told = _("aucun thème ; ajoutez-en sous « themes: », un par tiret « - ».")
        fields.note(told, "themes")
    for check in _CHECKS:
        check(entries)
    book = Codebook(tuple(entry.theme for entry in entries), squeeze(fields.text("title")))
    reader.check()
    return replace(book, hash=content_hash(book))


def _entry(node: Node, reader: Reader) -> _Entry | None:
    fields = reader.fields(node, THEME_KEYS, what=_("un thème"))
    if fields is None:
        return None
    for key in ("id", "label"):
        if not fields.has(key) or fields.text(key).isspace():
            fields.note(_("ce thème n'a pas de « {key} » ; ajoutez-le.", key=key))
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
    return _(
        '« {colour} » se lit comme un commentaire ; écrivez la couleur « "{colour}" ».',
        colour=colour,
    )


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
            message = _(
                "terme « {term} » déjà écrit ligne {line} ; effacez-le.",
                term=written,
                line=seen[key],
            )
            fields.reader.note(node, message)
        else:
            seen[key] = term.line
            yield term


def _check_ids(entries: _Entries) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        named = entry.theme.id
        if named and not _ID.fullmatch(named):
            entry.note(_odd_id(named), "id")
        elif named in _RESERVED:
            told = _(
                "identifiant « {id} » : {reason} ; prenez-en un autre, comme « {id}s ».",
                id=named,
                reason=_(_RESERVED[named]),
            )
            entry.note(told, "id")
        elif named in seen:
            told = _(
                "identifiant « {id} » déjà pris ligne {line} ; choisissez-en un autre.",
                id=named,
                line=seen[named],
            )
            entry.note(told, "id")
        elif named:
            seen[named] = entry.written.line("id")


def _odd_id(named: str) -> str:
    return _(
        "identifiant « {id} » : minuscules sans accent, chiffres, « _ » et « - » seulement.",
        id=named,
    )


def _check_labels(entries: _Entries) -> None:
    """Tables and exports name themes by their labels: two alike could not be told apart."""
    seen: dict[str, _Entry] = {}
    for entry in entries:
        label = entry.theme.label
        first = seen.setdefault(fold(label), entry)
        if label and first is not entry:
            told = _(
                "libellé « {label} » déjà pris ligne {line} ; choisissez-en un autre.",
                label=label,
                line=first.written.line("label"),
            )
            entry.note(told, "label")


def _check_parents(entries: _Entries) -> None:
    known = {entry.theme.id: entry for entry in entries if entry.theme.id}
    for entry in entries:
        theme = entry.theme
        if theme.parent and theme.parent not in known:
            near = meant(theme.parent, tuple(known))
            told = _("thème parent inconnu : « {theme} » ; {near}", theme=theme.parent, near=near)
            entry.note(told, "parent")
        elif theme.parent and not _retired(theme) and _retired(known[theme.parent].theme):
            told = _(
                "thème parent retiré : « {parent} » ; placez « {theme} » ailleurs, ou donnez-lui "
                "« status: retired ».",
                parent=theme.parent,
                theme=theme.id,
            )
            entry.note(told, "parent")
    for loop in loops({name: entry.theme.parent for name, entry in known.items()}):
        told = " → ".join([*loop, loop[0]])
        message = _("thèmes parents en boucle : {loop} ; effacez un « parent ».", loop=told)
        known[loop[0]].note(message, "parent")


def _check_negations(entries: _Entries) -> None:
    known = {entry.theme.id: entry.theme for entry in entries if entry.theme.id}
    for entry in entries:
        fault = _negation_fault(entry.theme, known)
        if fault:
            entry.note(_("« negation » : {fault}", fault=fault), "negation")


def _negation_fault(theme: Theme, known: dict[str, Theme]) -> str:
    said = theme.negation
    if said in (KEEP, DROP):
        return ""
    if said not in known:
        near = meant(said, (KEEP, DROP, *known))
        return _("thème « {theme} » inconnu ; {near}", theme=said, near=near)
    if said == theme.id:
        return _(
            "« {theme} » ne peut pas se désigner lui-même ; écrivez « keep » ou « drop ».",
            theme=said,
        )
    if _retired(known[said]) and not _retired(theme):
        return _(
            "« {retired} » est retiré ; dans « {theme} », écrivez « keep » ou « drop ».",
            retired=said,
            theme=theme.id,
        )
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
        message = _("« replaces » en boucle : {loop} ; effacez-en un.", loop=told)
        themes[loop[0]].note(message, "replaces")


def _replaced_fault(old: str, theme: Theme, heirs: Sequence[str], entry: _Entry | None) -> str:
    if not _ID.fullmatch(old):
        return _odd_id(old)
    if theme.replaces.count(old) > 1:
        return _("« {theme} » est écrit deux fois ; gardez-en un.", theme=old)
    if old == theme.id and set(heirs) == {old}:
        return _("« {theme} » ne peut pas se remplacer lui-même ; effacez-le.", theme=old)
    if entry and old not in heirs and not _retired(entry.theme):
        return _(
            "« {theme} » est encore un thème ; donnez-lui « status: retired » ou, s'il reste "
            "l'une de ses parts, « replaces: [{theme}] ».",
            theme=old,
        )
    return ""


def _retired(theme: Theme) -> bool:
    return theme.status is ThemeStatus.RETIRED


_CHECKS = (_check_ids, _check_labels, _check_parents, _check_negations, _check_replaced)
