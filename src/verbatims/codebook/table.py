"""A table of themes, one a row, ↔ Codebook.

Columns are known by their headers, blind to case and accents; several texts in a cell are parted
by « ; », « | », or line ends, and each is whole on a line that begins with « • ».
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verbatims.codebook import foreign
from verbatims.codebook.naming import identifier, is_id
from verbatims.codebook.settling import settled
from verbatims.errors import CodebookError, Problem, capped, named_texts
from verbatims.folding import fold, words_of
from verbatims.language import _, ngettext
from verbatims.marked_yaml import loops, meant
from verbatims.model import DROP, KEEP, Codebook, Raw, Theme, ThemeStatus

_HEADERS = {  # field -> the header written, then the others that are read; the first found is used
    "label": ("nom", "name", "label", "libellé", "intitulé", "thème", "theme", "code"),
    "id": ("identifiant", "id"),
    "parent": ("parent", "thème parent"),
    "definition": ("définition", "definition", "description"),
    "include": ("inclure", "include", "inclut"),
    "exclude": ("exclure", "exclude", "exclut"),
    "examples": ("exemples", "examples", "exemple", "example"),
    "terms": ("termes", "terms", "terme", "mots-clés", "mots clés", "keywords"),
    "negation": ("négation", "negation"),
    "colour": ("couleur", "colour", "color"),
    "status": ("statut", "status"),
    "replaces": ("remplace", "replaces"),
}
_MOST_TOLD = 50
_LINES = re.compile(r"[\r\n]+")
_BULLET = re.compile(r"[•–-]\s+")
_PARTING = re.compile(r"[;|\r\n]")
_SHIELD = re.compile(r"'(?=[=+@\t\r-])")  # what an export puts before a would-be formula

Row = Mapping[str, str]  # the cells of a row by field; "" where there is no such column


def from_rows(raw: Raw) -> tuple[Codebook, tuple[Problem, ...]]:
    """The codebook of a table, and what was doubtful; raise a CodebookError with every error."""
    notes = _Notes(raw.file, _headers(raw))
    if "label" not in notes.headers:
        raise _headless(raw)
    rows = _rows(raw, notes)
    ids = _Ids.of(rows, notes)
    themes = tuple(_theme(line, row, ids, notes) for line, row in rows.items())
    _check_loops(themes, notes)
    if notes.errors:
        raise _refusal(raw.file, notes.errors)
    stand, changes = settled(themes)
    for theme, change in changes:
        told = _("« {theme} » : {change}", theme=theme.label, change=change)
        notes.warn(theme.line, "label", told)
    unread = [header for header in raw.frame.columns if header not in notes.headers.values()]
    return Codebook(stand), (*raw.problems, *_unread(unread, notes), *notes.warnings)


def to_rows(book: Codebook) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of every theme, retired ones too, as `from_rows` reads them."""
    return [headers[0] for headers in _HEADERS.values()], [
        [
            theme.label,
            theme.id,
            book.label(theme.parent),
            theme.definition,
            _cell(theme.include),
            _cell(theme.exclude),
            _cell(theme.examples),
            _cell(term.written for term in theme.terms),
            {KEEP: "", DROP: foreign.DROPPED}.get(theme.negation, theme.negation),
            theme.colour,
            foreign.STATUSES[theme.status],
            _cell(theme.replaces),
        ]
        for theme in book.themes
    ]


def items(cell: str) -> list[str]:
    """The texts of a cell."""
    lines = [line for line in map(foreign.text, _LINES.split(cell)) if line]
    if lines and all(map(_BULLET.match, lines)):
        return [_BULLET.sub("", line, count=1) for line in lines]
    if len(lines) == 1:
        lines = re.split(r"\|" if "|" in cell else ";", lines[0])
    return [item for item in map(str.strip, lines) if item]


def _cell(texts: Iterable[str]) -> str:
    """The texts in one cell, in lines of their own when they hold what would part them."""
    said = list(texts)
    cell = " ; ".join(said)
    if any(map(_PARTING.search, said)) or _BULLET.match(cell):
        return "\n".join(f"• {item}" for item in said)
    return cell


@dataclass
class _Notes:
    """What is wrong or doubtful in a file, each with its row and its column."""

    file: str
    headers: Mapping[str, str]  # by field
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, line: int, of: str, message: str) -> None:
        self.errors.append(Problem(message, self.file, line, self.headers.get(of, "")))

    def warn(self, line: int, of: str, message: str) -> None:
        place = self.headers.get(of, "")
        self.warnings.append(Problem(message, self.file, line, place, severity="warning"))


def _headers(raw: Raw) -> dict[str, str]:
    """The header of each field that the file has."""
    written = {words_of(header): str(header) for header in reversed(raw.frame.columns)}
    found = {}
    for name, known in _HEADERS.items():
        keys = [key for key in map(words_of, known) if key in written]
        if keys:
            found[name] = written[keys[0]]
    return found


def _rows(raw: Raw, notes: _Notes) -> dict[int, Row]:
    """The rows that have a name of their own, by line."""
    columns = {name: raw.frame[header].tolist() for name, header in notes.headers.items()}
    rows: dict[int, Row] = {}
    first: dict[str, int] = {}
    for number, line in enumerate(raw.lines):
        row = {name: _SHIELD.sub("", cells[number], count=1) for name, cells in columns.items()}
        label = foreign.text(row["label"])
        if not label:
            notes.error(line, "label", _("ce thème n'a pas de nom ; donnez-lui en un."))
        elif first.setdefault(fold(label), line) != line:
            told = _(
                "nom « {label} » déjà pris ligne {line} ; choisissez-en un autre.",
                label=label,
                line=first[fold(label)],
            )
            notes.error(line, "label", told)
        else:
            rows[line] = row
    return rows


@dataclass(frozen=True)
class _Ids:
    """The id of the theme of each row, and of what other rows call it."""

    of_line: Mapping[int, str]
    of_label: Mapping[str, str]
    of_written: Mapping[str, str]  # ids as they stand in the file, and as they are now
    labels: Sequence[str]

    @classmethod
    def of(cls, rows: Mapping[int, Row], notes: _Notes) -> "_Ids":
        of_line, of_written = _given_ids(rows, notes)
        taken = set(of_line.values())
        for line, row in rows.items():
            if line not in of_line:
                of_line[line] = identifier(row["label"], taken)
                taken.add(of_line[line])
        of_label = {fold(foreign.text(row["label"])): of_line[line] for line, row in rows.items()}
        labels = [foreign.text(row["label"]) for row in rows.values()]
        return cls(of_line, of_label, {**{known: known for known in taken}, **of_written}, labels)


def _given_ids(rows: Mapping[int, Row], notes: _Notes) -> tuple[dict[int, str], dict[str, str]]:
    """The ids of the file by line, put right if need be; and what was written for each."""
    of_line: dict[int, str] = {}
    of_written: dict[str, str] = {}
    first: dict[str, int] = {}
    given = {line: said for line, row in rows.items() if (said := _text(row, "id"))}
    taken = {said for said in given.values() if is_id(said)}
    for line, said in given.items():
        if first.setdefault(said, line) != line:
            told = _(
                "identifiant « {id} » déjà pris ligne {line} ; choisissez-en un autre.",
                id=said,
                line=first[said],
            )
            notes.error(line, "id", told)
            continue
        of_line[line] = of_written[said] = said if is_id(said) else identifier(said, taken)
        taken.add(of_line[line])
        if of_line[line] != said:
            told = _(
                "identifiant « {id} » réécrit « {new} » : minuscules sans accent, chiffres, « _ » "
                "et « - » seulement.",
                id=said,
                new=of_line[line],
            )
            notes.warn(line, "id", told)
    return of_line, of_written


def _theme(line: int, row: Row, ids: _Ids, notes: _Notes) -> Theme:
    terms, faults = foreign.sought(items(row.get("terms", "")), line)
    for fault in faults:
        notes.warn(line, "terms", _("terme laissé de côté : {fault}", fault=fault))
    return Theme(
        id=ids.of_line[line],
        label=_text(row, "label"),
        parent=_parent(line, row, ids, notes),
        definition=_text(row, "definition"),
        include=tuple(items(row.get("include", ""))),
        exclude=tuple(items(row.get("exclude", ""))),
        examples=tuple(items(row.get("examples", ""))),
        colour=_colour(line, row, notes),
        status=_status(line, row, notes),
        negation=_negation(line, row, ids, notes),
        replaces=_replaces(line, row, ids, notes),
        terms=terms,
        line=line,
    )


def _text(row: Row, name: str) -> str:
    return foreign.text(row.get(name, ""))


def _parent(line: int, row: Row, ids: _Ids, notes: _Notes) -> str:
    said = _text(row, "parent")
    known = said and (ids.of_label.get(fold(said)) or ids.of_written.get(said))
    if known is None:
        near = meant(said, ids.labels)
        told = _("thème parent inconnu : « {theme} » ; {near}", theme=said, near=near)
        notes.error(line, "parent", told)
    return known or ""


def _colour(line: int, row: Row, notes: _Notes) -> str:
    said = _text(row, "colour")
    known = foreign.colour(said)
    if said and known is None:
        told = _("couleur « {colour} » illisible ; écrivez-la comme « #1f77b4 ».", colour=said)
        notes.error(line, "colour", told)
    return known or ""


def _status(line: int, row: Row, notes: _Notes) -> ThemeStatus:
    said = _text(row, "status")
    known = foreign.status(said)
    if said and known is None:
        near = meant(said, list(foreign.STATUSES.values()))
        told = _("statut « {status} » inconnu ; {near}", status=said, near=near)
        notes.error(line, "status", told)
    return known or ThemeStatus.ACTIVE


def _negation(line: int, row: Row, ids: _Ids, notes: _Notes) -> str:
    said = _text(row, "negation")
    if not said:
        return KEEP
    known = foreign.negation(ids.of_written.get(said, said), set(ids.of_line.values()))
    known = known or ids.of_label.get(fold(said))
    if known is None:
        told = _(
            "négation « {negation} » inconnue ; écrivez « garder », « écarter » ou un thème.",
            negation=said,
        )
        notes.error(line, "negation", told)
    return known or KEEP


def _replaces(line: int, row: Row, ids: _Ids, notes: _Notes) -> tuple[str, ...]:
    """Ids of themes that may have left the codebook: they need not be in the file."""
    replaced = []
    for said in items(row.get("replaces", "")):
        known = ids.of_written.get(said) or ids.of_label.get(fold(said), said)
        if is_id(known):
            replaced.append(known)
        else:
            near = meant(said, ids.labels)
            told = _("thème inconnu : « {theme} » ; {near}", theme=said, near=near)
            notes.error(line, "replaces", told)
    return tuple(replaced)


def _check_loops(themes: Sequence[Theme], notes: _Notes) -> None:
    by_id = {theme.id: theme for theme in themes}
    for loop in loops({theme.id: theme.parent for theme in themes}):
        told = " → ".join(by_id[theme_id].label for theme_id in [*loop, loop[0]])
        message = _("thèmes parents en boucle : {loop} ; effacez un parent.", loop=told)
        notes.error(by_id[loop[0]].line, "parent", message)


def _unread(headers: Sequence[str], notes: _Notes) -> list[Problem]:
    if not headers:
        return []
    known = ", ".join(written[0] for written in _HEADERS.values())
    told = ngettext(
        "{n} colonne sans emploi ici : {columns} ; colonnes lues : {known}.",
        "{n} colonnes sans emploi ici : {columns} ; colonnes lues : {known}.",
        len(headers),
        columns=named_texts(headers),
        known=known,
    )
    return [Problem(told, notes.file, severity="warning")]


def _headless(raw: Raw) -> CodebookError:
    told = _(
        "aucune colonne de noms parmi {columns} ; nommez l'une d'elles « nom » ; « parent » et "
        "« définition » sont lues aussi.",
        columns=named_texts(list(raw.frame.columns)),
    )
    return _refusal(raw.file, [Problem(told, raw.file)])


def _refusal(file: str, errors: Sequence[Problem]) -> CodebookError:
    in_order = sorted(errors, key=lambda problem: problem.line or 0)
    return CodebookError(
        ngettext(
            "Grille de codage « {file} » : une erreur à corriger.",
            "Grille de codage « {file} » : {n} erreurs à corriger.",
            len(errors),
            file=file,
        ),
        capped(in_order, _other_errors, shown=_MOST_TOLD),
    )


def _other_errors(n: int) -> str:
    return ngettext("et {n} autre erreur.", "et {n} autres erreurs.", n)
