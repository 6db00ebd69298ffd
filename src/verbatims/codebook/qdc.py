"""REFI-QDA codebook (.qdc, version 1.0) ↔ Codebook: strict when writing, tolerant when reading.

https://www.qdasoftware.org. A Description holds the definition of a theme, and below it, one a
line, what the format has no place for: « Exclure : … », « Terme : … », « Statut : retiré ».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from verbatims.codebook import foreign, refi
from verbatims.codebook.naming import distinct, identifier, is_id
from verbatims.codebook.refi import Code
from verbatims.codebook.settling import settled
from verbatims.errors import (
    CodebookError,
    FileError,
    Problem,
    capped,
    named_texts,
    printable,
)
from verbatims.language import _, ngettext
from verbatims.model import DROP, KEEP, Codebook, Term, Theme, ThemeStatus

NAMESPACE = "urn:QDA-XML:codebook:1.0"

_OURS = UUID("6f1d6a0e-5f0b-5d0c-9b7e-3d1f5b8f2c4a")  # of the GUIDs made from ids
_GUID = re.compile(r"\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_PLAIN = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)

_SAID = {  # field of a theme -> how its lines begin
    "definition": "Définition",
    "include": "Inclure",
    "exclude": "Exclure",
    "examples": "Exemple",
    "terms": "Terme",
    "negation": "Négation",
    "status": "Statut",
    "replaces": "Remplace",
    "id": "Identifiant",
}
_FIELDS = {word.casefold(): name for name, word in _SAID.items()}
_LINE = re.compile(rf"({'|'.join(_FIELDS)})\s*:\s*(\S.*)", re.IGNORECASE)
_ONCE = ("negation", "status", "id")
_FLAT = "::"


def read(path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
    """The codebook of a .qdc or of a .qdpx project, and what of it was changed or left out."""
    found = refi.codes(path)
    notes = _Notes(printable(path.name))
    if found.project is not None:
        notes.note(_("c'est un projet entier : seule sa grille est lue, ni sources ni codages."))
    themes = _themes(found.codes, notes)
    if found.left:
        told = ", ".join(
            _("{n} « {element} »", n=n, element=name) for name, n in found.left.items()
        )
        notes.note(_("éléments sans équivalent ici, laissés de côté : {elements}.", elements=told))
    stand, changes = settled(tuple(themes.values()))
    for theme, change in changes:
        told = _("« {theme} » : {change}", theme=theme.label, change=change)
        notes.note(told, theme.line)
    return Codebook(stand, foreign.text(found.project or "")), notes.told()


def guids(path: Path) -> dict[str, str]:
    """The GUIDs in a .qdc, by the ids that `read` gives; to write them again as they are."""
    themes = _themes(refi.codes(path).codes, _Notes(printable(path.name)))
    found = {theme.id: code.guid.strip() for code, theme in themes.items()}
    return {theme_id: guid for theme_id, guid in found.items() if _GUID.fullmatch(guid)}


def write(
    book: Codebook, path: Path, *, origin: str, guids: Mapping[str, str] | None = None
) -> None:
    """Write every theme, retired ones too; `origin` is the name and version of this program.

    `guids` are those that themes had elsewhere; the others are made of their ids, always the same.
    """
    if not book.themes:
        raise CodebookError(_("La grille n'a aucun thème, et un fichier .qdc en veut un au moins."))
    try:
        path.write_bytes("\n".join(_document(book, origin, guids or {})).encode())
    except OSError as error:
        raise FileError(
            _(
                "Impossible d'écrire « {file} » ({error}). Fermez-le s'il est ouvert ailleurs, et "
                "vérifiez vos droits.",
                file=printable(path),
                error=error.strerror or error,
            )
        ) from error


def _document(book: Codebook, origin: str, guids: Mapping[str, str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f"<CodeBook xmlns={quoteattr(NAMESPACE)} origin={quoteattr(foreign.text(origin))}>"
    yield "<Codes>"
    yield from _codes(book, guids)
    yield "</Codes>"
    yield "</CodeBook>"
    yield ""


def _codes(book: Codebook, guids: Mapping[str, str]) -> Iterator[str]:
    """Themes nested by parent, however deep, those of one parent in the order of the book."""
    ids = {theme.id for theme in book.themes}
    below: dict[str, list[Theme]] = {}
    for theme in book.themes:
        below.setdefault(theme.parent if theme.parent in ids else "", []).append(theme)
    ahead: list[Theme | None] = [*reversed(below.get("", ()))]  # None where a Code ends
    while ahead:
        following = ahead.pop()
        if following is None:
            yield "</Code>"
            continue
        guid = guids.get(following.id) or str(uuid5(_OURS, following.id))
        yield _opening(following, guid)
        yield f"<Description>{escape(_description(following))}</Description>"
        ahead += [None, *reversed(below.get(following.id, ()))]


def _opening(theme: Theme, guid: str) -> str:
    colour = foreign.colour(theme.colour)
    coloured = f" color={quoteattr(colour)}" if colour else ""
    name = quoteattr(foreign.text(theme.label))
    return f'<Code guid={quoteattr(guid)} name={name} isCodable="true"{coloured}>'


def _description(theme: Theme) -> str:
    definition = foreign.text(theme.definition)
    if _LINE.fullmatch(definition):  # would be read as something else
        definition = _line("definition", definition)
    lines = [definition] if definition else []
    for name in ("include", "exclude", "examples"):
        lines += [_line(name, said) for said in getattr(theme, name)]
    lines += [_line("terms", term.written) for term in theme.terms]
    if theme.negation != KEEP:
        said = foreign.DROPPED if theme.negation == DROP else theme.negation
        lines.append(_line("negation", said))
    if theme.status is not ThemeStatus.ACTIVE:
        lines.append(_line("status", foreign.STATUSES[theme.status]))
    lines += [_line("replaces", replaced) for replaced in theme.replaces]
    return "\n".join([*lines, _line("id", theme.id)])


def _line(name: str, said: str) -> str:
    return f"{_SAID[name]} : {foreign.text(said)}"


@dataclass
class _Notes:
    """What is to be told of a file, by kind: a file may have the same fault everywhere."""

    file: str
    single: list[Problem] = field(default_factory=list)
    terms: list[Problem] = field(default_factory=list)

    def note(self, message: str, line: int | None = None) -> None:
        self.single.append(Problem(message, self.file, line, severity="warning"))

    def note_term(self, fault: str, line: int) -> None:
        message = _("terme laissé de côté : {fault}", fault=fault)
        self.terms.append(Problem(message, self.file, line, severity="warning"))

    def told(self) -> tuple[Problem, ...]:
        return (*capped(self.single, _other_notes), *capped(self.terms, _other_terms))


def _other_notes(n: int) -> str:
    return ngettext("et {n} autre remarque.", "et {n} autres remarques.", n)


def _other_terms(n: int) -> str:
    return ngettext("et {n} autre terme.", "et {n} autres termes.", n)


def _other_codes(n: int) -> str:
    return ngettext("et {n} autre code.", "et {n} autres codes.", n)


Said = Mapping[str, Sequence[str]]  # what a Description says, by field of a theme


def _themes(codes: Sequence[Code], notes: _Notes) -> dict[Code, Theme]:
    """The theme of each code, and of the parents that were only in names."""
    _check_names(codes, notes.file)
    nested = _nested(codes, notes)
    said = {code: _said(code) for code in nested}
    labels = _labels(nested, notes)
    ids = _ids(said, labels, notes)
    colours = _colours(nested, notes)
    _tell_folders(nested, notes)
    return {
        code: Theme(
            id=ids[code],
            label=label,
            parent=ids[code.parent] if code.parent else "",
            definition=" ".join(said[code].get("definition", ())),
            include=tuple(said[code].get("include", ())),
            exclude=tuple(said[code].get("exclude", ())),
            examples=tuple(said[code].get("examples", ())),
            colour=colours.get(code, ""),
            status=_status(said[code]),
            negation=_negation(code, said[code], ids, notes),
            replaces=tuple(said[code].get("replaces", ())),
            terms=_terms(code, said[code], notes),
            line=code.line,
        )
        for code, label in zip(nested, labels, strict=True)
    }


def _check_names(codes: Sequence[Code], file: str) -> None:
    """Names in one line; a code without one cannot be told apart."""
    for code in codes:
        code.name = foreign.text(code.name)
    nameless = [
        Problem(_("ce code n'a pas de nom (« name ») ; donnez-lui en un."), file, code.line)
        for code in codes
        if not code.name
    ]
    if nameless:
        told = _("Grille de codage « {file} » : elle n'a pas été importée.", file=file)
        raise CodebookError(told, capped(nameless, _other_codes))


def _nested(codes: Sequence[Code], notes: _Notes) -> list[Code]:
    """The codes; those that a flat file names « Parent::Enfant », under their parents."""
    ways = {code: _way(code) for code in codes}
    if any(code.parent for code in codes) or all(len(way) == 1 for way in ways.values()):
        return list(codes)
    known = {way: code for code, way in ways.items()}
    nested: list[Code] = []
    made: list[str] = []
    for code, way in ways.items():
        for depth in range(1, len(way)):
            above = way[:depth]
            if above not in known:
                known[above] = Code(above[-1], parent=known.get(above[:-1]), line=code.line)
                nested.append(known[above])
                made.append(above[-1])
        code.name, code.parent = way[-1], known.get(way[:-1])
        nested.append(code)
    notes.note(_placed_under(made))
    return nested


def _placed_under(made: Sequence[str]) -> str:
    if not made:
        return _("noms « Parent::Enfant » : les thèmes sont placés sous leurs parents.")
    return _(
        "noms « Parent::Enfant » : les thèmes sont placés sous leurs parents ; parents ajoutés : "
        "{parents}.",
        parents=named_texts(made),
    )


def _way(code: Code) -> tuple[str, ...]:
    """The names in a name, from the top; what this program wrote is never flattened."""
    names = tuple(map(foreign.text, code.name.split(_FLAT)))
    return names if all(names) and "id" not in _said(code) else (code.name,)


def _said(code: Code) -> Said:
    """The lines of a Description by field; those that are not ours make the definition."""
    said: dict[str, list[str]] = {}
    for line in filter(None, map(foreign.text, code.description.splitlines())):
        found = _LINE.fullmatch(line)
        name = _FIELDS[found[1].casefold()] if found else ""
        if found and _is_ours(name, found[2]) and not (name in _ONCE and name in said):
            said.setdefault(name, []).append(found[2])
        else:
            said.setdefault("definition", []).append(line)
    return said


def _is_ours(name: str, value: str) -> bool:
    if name == "status":
        return foreign.status(value) is not None
    if name == "negation":
        return is_id(value) or foreign.negation(value, ()) is not None
    return name not in ("id", "replaces") or is_id(value)


def _ids(said: Mapping[Code, Said], labels: Sequence[str], notes: _Notes) -> dict[Code, str]:
    """The id that a code came with, if it is the first to have it; else one made of its label."""
    first: dict[str, Code] = {}
    for code, fields in said.items():
        for own in fields.get("id", ()):
            if first.setdefault(own, code) is not code:
                told = _(
                    "identifiant « {id} » déjà pris ; « {code} » en reçoit un autre.",
                    id=own,
                    code=code.name,
                )
                notes.note(told, code.line)
    ids = {code: own for own, code in first.items()}
    taken = set(first)
    for code, label in zip(said, labels, strict=True):
        if code not in ids:
            ids[code] = identifier(label, taken)
            taken.add(ids[code])
    return ids


def _labels(codes: Sequence[Code], notes: _Notes) -> list[str]:
    names = [code.name for code in codes]
    labels = distinct(names, [code.parent.name if code.parent else "" for code in codes])
    changed = [now for was, now in zip(names, labels, strict=True) if was != now]
    if changed:
        told = named_texts(changed)
        notes.note(_("noms portés par plusieurs codes, complétés : {names}.", names=told))
    return labels


def _colours(codes: Sequence[Code], notes: _Notes) -> dict[Code, str]:
    given = {code: code.colour.strip() for code in codes if code.colour.strip()}
    read = {code: colour for code, said in given.items() if (colour := foreign.colour(said))}
    rewritten = [
        f"{given[code]} → {colour}"
        for code, colour in read.items()
        if not _PLAIN.fullmatch(given[code])
    ]
    unread = [said for code, said in given.items() if code not in read]
    if rewritten:
        told = named_texts(list(dict.fromkeys(rewritten)))
        notes.note(_("couleurs réécrites : {colours}.", colours=told))
    if unread:
        told = named_texts(list(dict.fromkeys(unread)))
        notes.note(
            _("couleurs illisibles, laissées au choix de l'outil : {colours}.", colours=told)
        )
    return read


def _tell_folders(codes: Sequence[Code], notes: _Notes) -> None:
    folders = [code.name for code in codes if not code.codable]
    if folders:
        told = ngettext(
            "{n} dossier du fichier, qu'on n'y peut coder (isCodable) : {folders} ; ici, des "
            "thèmes.",
            "{n} dossiers du fichier, qu'on n'y peut coder (isCodable) : {folders} ; ici, des "
            "thèmes.",
            len(folders),
            folders=named_texts(folders),
        )
        notes.note(told)


def _status(said: Said) -> ThemeStatus:
    return foreign.status("".join(said.get("status", ()))) or ThemeStatus.ACTIVE


def _negation(code: Code, said: Said, ids: Mapping[Code, str], notes: _Notes) -> str:
    for written in said.get("negation", ()):
        known = foreign.negation(written, set(ids.values()))
        if known is not None:
            return known
        message = _(
            "« {code} » : la négation renvoie au thème inconnu « {theme} » ; sans effet.",
            code=code.name,
            theme=written,
        )
        notes.note(message, code.line)
    return KEEP


def _terms(code: Code, said: Said, notes: _Notes) -> tuple[Term, ...]:
    kept, faults = foreign.sought(said.get("terms", ()), code.line)
    for fault in faults:
        notes.note_term(fault, code.line)
    return kept
