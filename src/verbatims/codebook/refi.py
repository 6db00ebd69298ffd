"""The XML of a REFI-QDA codebook, alone or inside a project → its codes, as they are."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from verbatims.errors import CodebookError, FileError, Problem, printable
from verbatims.language import N_, _, ngettext

LARGEST = 500_000_000  # bytes, once decompressed
DEEPEST = 50  # levels of codes; a codebook that people read has four or five

_PROJECT = re.compile(r"[^/]+\.qde", re.IGNORECASE)
_DAMAGED = (  # what zipfile raises of an archive that is, or that a password protects
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError),
)
_ZIP = b"PK\x03\x04"
_READ = ("Codes", "Code", "Description", "Sets")
_ADVICE = {
    expat.errors.XML_ERROR_NO_ELEMENTS: N_(
        "le fichier est vide ou coupé ; exportez-le de nouveau depuis le logiciel d'où il vient."
    ),
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: N_(
        "le fichier est coupé ici ; exportez-le de nouveau depuis le logiciel d'où il vient."
    ),
    expat.errors.XML_ERROR_TAG_MISMATCH: N_(
        "une balise ne se referme pas ; exportez-le de nouveau depuis le logiciel d'où il vient."
    ),
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: N_(
        "un attribut est écrit deux fois ; gardez-en un."
    ),
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: N_("encodage inconnu ; réenregistrez-le en UTF-8."),
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: N_(
        "« & » suivi d'un nom inconnu ; écrivez « &amp; » pour le signe lui-même."
    ),
}
_DEFAULT_ADVICE = N_(
    "ce n'est plus du XML lisible à partir d'ici ; exportez-le de nouveau depuis le logiciel d'où "
    "il vient, en UTF-8."
)


@dataclass(eq=False)
class Code:
    """A `Code` element; `parent` is the one that holds it."""

    name: str
    guid: str = ""
    colour: str = ""
    codable: bool = True
    description: str = ""
    parent: "Code | None" = None
    line: int = 0


@dataclass
class Codes:
    """What was found: the codes, parents first; elements left aside; the project's name, if any."""

    codes: list[Code] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    project: str | None = None
    root: str = ""


def codes(path: Path) -> Codes:
    """Read a .qdc, or the codebook of a .qdpx; raise a FileError or a CodebookError."""
    data = _content(path)
    found = _parsed(data, path)
    if found.root not in ("CodeBook", "Project"):
        raise _refusal(
            path,
            _(
                "la racine du fichier est « {root} » et non « CodeBook » ; exportez une grille au "
                "format REFI-QDA (.qdc).",
                root=found.root,
            ),
            1,
        )
    if not found.codes:
        if found.left["Set"]:
            told = _(
                "aucun code dans ce fichier (des ensembles « Set » seulement) ; exportez une "
                "grille qui en a."
            )
        else:
            told = _("aucun code dans ce fichier ; exportez une grille qui en a.")
        raise _refusal(path, told)
    return found


class _Listener:
    """Hears the elements go by, whatever their namespace; refuses what declares entities."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self.path, self.found = path, Codes()
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._above: list[str] = []
        self._open: list[Code] = []
        self._said: list[str] | None = None  # of the Description being heard

    def _doctype(self, *_declared: object) -> None:
        raise _refusal(
            self.path,
            _(
                "ce fichier déclare un DOCTYPE, qu'une grille n'a pas et qui peut être piégé ; "
                "effacez cette ligne, ou exportez de nouveau la grille."
            ),
            self.parser.CurrentLineNumber,
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        given = {key.rpartition(":")[2].lower(): value for key, value in attributes.items()}
        if not self._above:
            self.found.root = name
            self.found.project = given.get("name", "") if name == "Project" else None
        depth = 1 if self.found.root == "Project" else 0
        if self._above[depth : depth + 1] == ["CodeBook"]:
            self._inside(name, given, in_sets="Sets" in self._above[: depth + 2])
        self._above.append(name)

    def _inside(self, name: str, given: dict[str, str], *, in_sets: bool) -> None:
        if name == "Set" or (name not in _READ and not in_sets):
            self.found.left[name] += 1
        elif name == "Code" and not in_sets:
            self._code(given)
        elif name == "Description" and self._open:
            self._said = []

    def _code(self, given: dict[str, str]) -> None:
        if len(self._open) == DEEPEST:
            raise _refusal(
                self.path,
                _(
                    "trop de niveaux : ce code est dans {n} autres ; remontez-le dans le logiciel "
                    "d'où vient la grille, puis exportez-la de nouveau.",
                    n=DEEPEST,
                ),
                self.parser.CurrentLineNumber,
            )
        code = Code(
            name=given.get("name", ""),
            guid=given.get("guid", ""),
            colour=given.get("color", given.get("colour", "")),
            codable=given.get("iscodable", "").strip().lower() not in ("false", "0"),
            parent=self._open[-1] if self._open else None,
            line=self.parser.CurrentLineNumber,
        )
        self._open.append(code)
        self.found.codes.append(code)

    def _end(self, tag: str) -> None:
        self._above.pop()
        name = tag.rpartition(":")[2]
        if name == "Description" and self._said is not None:
            code = self._open[-1]
            code.description = "\n".join(filter(None, [code.description, "".join(self._said)]))
            self._said = None
        elif name == "Code" and self._open:
            self._open.pop()

    def _text(self, text: str) -> None:
        if self._said is not None:
            self._said.append(text)


def _parsed(data: bytes, path: Path, encoding: str | None = None) -> Codes:
    listener = _Listener(path, encoding)
    try:
        listener.parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.errors.messages[error.code]
        # Written in UTF-8 by a program that declares the UTF-16 it has in memory.
        if said == expat.errors.XML_ERROR_INCORRECT_ENCODING and encoding is None:
            return _parsed(data, path, "utf-8")
        raise _refusal(path, _(_ADVICE.get(said, _DEFAULT_ADVICE)), error.lineno) from error
    except (LookupError, ValueError) as error:  # of an encoding that expat leaves to Python
        advice = _(_ADVICE[expat.errors.XML_ERROR_UNKNOWN_ENCODING])
        raise _refusal(path, advice, 1) from error
    return listener.found


def _content(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        told = _("« {file} » n'existe pas : vérifiez son nom et son dossier.", file=printable(path))
        raise FileError(told) from error
    except OSError as error:
        told = _(
            "Impossible de lire « {file} » ({error}). Vérifiez que c'est un fichier, et vos "
            "droits.",
            file=printable(path),
            error=error.strerror or error,
        )
        raise FileError(told) from error
    return _project(data, printable(path.name)) if data.startswith(_ZIP) else data


def _project(data: bytes, file: str) -> bytes:
    """The file of a .qdpx that holds its codebook: at its root, whatever its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = [each for each in archive.infolist() if _PROJECT.fullmatch(each.filename)]
            if len(held) == 1 and held[0].file_size <= LARGEST:
                return archive.read(held[0])
    except _DAMAGED as error:
        raise FileError(
            _("L'archive « {file} » est abîmée ou protégée : exportez-la de nouveau.", file=file)
        ) from error
    raise FileError(_unfit(file, len(held)))


def _unfit(file: str, projects: int) -> str:
    if projects == 1:
        return _(
            "L'archive « {file} » tient un projet de plus de {n} Mo : exportez la grille seule, au "
            "format .qdc.",
            file=file,
            n=LARGEST // 1_000_000,
        )
    return ngettext(
        "L'archive « {file} » a {n} projet (.qde) à sa racine au lieu d'un : exportez la grille "
        "seule, au format .qdc.",
        "L'archive « {file} » a {n} projets (.qde) à sa racine au lieu d'un : exportez la grille "
        "seule, au format .qdc.",
        projects,
        file=file,
    )


def _refusal(path: Path, message: str, line: int | None = None) -> CodebookError:
    file = printable(path.name)
    told = _("Grille de codage « {file} » : elle n'a pas été importée.", file=file)
    return CodebookError(told, [Problem(message, file, line)])
