"""Text file with separators (CSV, TSV, « Texte Unicode ») → raw frame."""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from verbatims.errors import FileError, Problem, capped, named_lines, printable
from verbatims.importers import table
from verbatims.language import N_, _, lasting, ngettext
from verbatims.model import Raw

LARGEST = 1_000_000_000  # bytes, once decompressed

SEPARATORS = {
    ";": N_("point-virgule"),
    "\t": N_("tabulation"),
    ",": N_("virgule"),
    "|": N_("barre verticale"),
}
_NO_SEPARATOR = "\x1f"  # found in no text: the whole line is one cell

_BOMS = {  # UTF-32 before UTF-16, whose mark it begins with
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_EIGHT_BITS = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_COMMON = frozenset("éèêàâçùûôîœ’")
_RARER = frozenset("ëäüöïÿæÉÈÊËÀÂÄÇÙÛÜÔÖÎÏŸŒÆ«»‘“”…–—•€°²\u00a0")
_LOST = "\ufffd"
_CONTROLS = frozenset(map(chr, range(1, 32))) - set("\t\n\v\f\r")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

csv.field_size_limit(2**31 - 1)


def read(path: Path) -> Raw:
    """Read a delimited text file; encoding, separator and line ends are found out and told."""
    data, file = _content(path), printable(path.name)
    problems: list[Problem] = []
    text = _Text(data, _encoding(data))
    _check(text, file, problems)
    separator, skipped = _separator(text)
    return table.raw(
        _rows(text, separator, skipped=skipped, file=file, problems=problems),
        file=file,
        origin=lasting(partial(_origin, text, separator)),
        problems=problems,
    )


@dataclass(frozen=True)
class _Text:
    data: bytes
    encoding: str

    def whole(self) -> str:
        return self.data.decode(self.encoding, errors="replace")

    def lines(self) -> Iterator[str]:
        """Physical lines with their own ends: a bare CR inside quotes is part of an answer."""
        return io.TextIOWrapper(
            io.BytesIO(self.data), encoding=self.encoding, errors="replace", newline=""
        )


def _content(path: Path) -> bytes:
    file = printable(path.name)
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opened(path, "rb") as content:
            data: bytes = content.read(LARGEST + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileError(
            _(
                "Le fichier « {file} » est compressé, mais abîmé ou coupé : téléchargez-le de "
                "nouveau.",
                file=file,
            )
        ) from error
    if len(data) > LARGEST:
        raise FileError(
            _(
                "Le fichier « {file} » dépasse {n} Mo : découpez-le.",
                file=file,
                n=LARGEST // 1_000_000,
            )
        )
    if data.startswith(_WORKBOOKS):
        raise FileError(
            _(
                "Le fichier « {file} » est un classeur et non un texte : donnez-lui l'extension "
                ".xlsx, .xls ou .ods, ou réenregistrez-le en CSV UTF-8.",
                file=file,
            )
        )
    return data


def _encoding(data: bytes) -> str:
    """The mark at the head says it; else UTF-8; else the charset that gives the most French."""
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return encoding
    text = data.decode("utf-8", errors="replace")
    lost = text.count(_LOST)
    if lost == 0 or lost < sum(not char.isascii() for char in text) - lost:
        return "utf-8"
    # Longer guesses by statistics do worse: on a few French lines they answer Korean or Arabic.
    accented = data.translate(None, bytes(range(128)))[:100_000]
    return max(_EIGHT_BITS, key=lambda encoding: _french(accented.decode(encoding, "replace")))


def _french(text: str) -> int:
    return sum(3 * (char in _COMMON) + (char in _RARER) for char in text)


def _check(text: _Text, file: str, problems: list[Problem]) -> None:
    """Refuse what is not text; warn of characters that cannot be decoded, with their lines."""
    whole = text.whole()
    lost = whole.count(_LOST)
    odd = sum(char in _CONTROLS for char in whole[:100_000])
    if "\0" in whole or lost + odd > 0.1 * len(whole):
        raise FileError(
            _(
                "Le fichier « {file} » n'est pas un texte lisible : réenregistrez l'enquête "
                "au format « CSV UTF-8 » ou en classeur .xlsx.",
                file=file,
            )
        )
    if whole.lstrip().startswith("****"):
        raise FileError(
            _(
                "Le fichier « {file} » est un corpus IRaMuTeQ, qui n'est pas encore lu : donnez un "
                "tableau avec une ligne par texte, et une colonne par variable.",
                file=file,
            )
        )
    if not lost:
        return
    found = [number for number, line in enumerate(_LINE_END.split(whole), 1) if _LOST in line]
    message = ngettext(
        "{n} caractère illisible en {encoding}, avec « {lost} » à la place : {lines}. Si le "
        "fichier d'origine est intact, réexportez-le au format « CSV UTF-8 ».",
        "{n} caractères illisibles en {encoding}, avec « {lost} » à la place : {lines}. Si le "
        "fichier d'origine est intact, réexportez-le au format « CSV UTF-8 ».",
        lost,
        encoding=_(_ENCODINGS[text.encoding]),
        lost=_LOST,
        lines=named_lines(found),
    )
    problems.append(Problem(message, file=file, line=found[0], severity="warning"))


def _separator(text: _Text) -> tuple[str, int]:
    """The separator, and how many lines stand before the headers (Excel's « sep=; »)."""
    head = list(islice(text.lines(), 2_000))
    told = re.fullmatch(r"sep=(.)[\r\n]*", head[0]) if head else None
    if told:
        return told[1], 1
    fits = {separator: _fit(head, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: fits[separator])
    return (best if fits[best] > (0.0, 0) else _NO_SEPARATOR), 0


def _fit(head: list[str], separator: str) -> tuple[float, int]:
    """The share of rows as wide as the headers, and this width; zeros if it separates nothing."""
    rows = [row for row in csv.reader(head, delimiter=separator) if any(row)]
    widths = [len(row) for row in rows[:200]]
    if not widths or widths[0] < 2:
        return 0.0, 0
    right = sum(width == widths[0] for width in widths[1:])
    share = right / max(1, len(widths) - 1)
    # A comma in the only header of a file of sentences is no separator: some rows have none.
    if share < 0.5 and 1 in widths and not (_are_names(rows[0]) and max(widths[1:]) > 1):
        return 0.0, 0
    return share, widths[0]


def _are_names(cells: list[str]) -> bool:
    """« id;avis » is two headers even over broken rows; « Quoi, et pourquoi ? » is a sentence."""
    return all(cell and cell == cell.strip() for cell in cells)


def _rows(
    text: _Text, separator: str, *, skipped: int, file: str, problems: list[Problem]
) -> Iterator[table.NumberedRow]:
    lines = islice(text.lines(), skipped, None)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    faults: list[Problem] = []
    while True:
        line = skipped + reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(Problem(_advice(error), file=file, line=line))
    problems += capped(faults, table.other_lines)


def _advice(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return _(
            "un guillemet ouvert dans cette ligne n'est jamais refermé : fermez-le, ou "
            "téléchargez de nouveau le fichier s'il est coupé."
        )
    return _(
        "un guillemet fermant n'est pas suivi d'un séparateur : dans une réponse entre "
        'guillemets, chaque guillemet doit être doublé ("").'
    )


_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": N_("UTF-8 avec BOM"),
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
}


def _origin(text: _Text, separator: str) -> str:
    encoding = _(_ENCODINGS[text.encoding])
    if separator == _NO_SEPARATOR:
        return _("texte {encoding}, une seule colonne", encoding=encoding)
    known = SEPARATORS.get(separator, "")
    named = _(known) if known else _("« {text} »", text=separator)
    return _("texte {encoding}, séparateur : {separator}", encoding=encoding, separator=named)
