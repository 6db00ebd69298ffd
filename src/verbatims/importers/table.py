"""Numbered rows of cells, headers first → Raw, with its headers made unique."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pandas as pd

from verbatims.errors import FileError, Problem, capped, named_lines, named_texts
from verbatims.language import _, ngettext
from verbatims.model import Raw

NumberedRow = tuple[int, Sequence[str]]  # the line where the row begins, and its cells

_CHUNK = 5_000


def raw(rows: Iterable[NumberedRow], *, file: str, origin: str, problems: list[Problem]) -> Raw:
    """Build the raw frame, or raise all the errors found; `rows` may add to `problems`."""
    rows = iter(rows)
    header = next((cells for _line, cells in rows if not _is_blank(cells)), None)
    if header is None and not problems:
        raise FileError(
            _("Le fichier « {file} » est vide : il n'y a ni en-têtes ni réponses.", file=file)
        )
    headers = _headers(header or (), file, problems)
    checked = _Checked(rows, len(headers), file)
    lines, columns = _columns(checked, len(headers))
    problems += checked.problems()
    if any(problem.severity == "error" for problem in problems):
        raise FileError(_("Le fichier « {file} » n'a pas été importé.", file=file), problems)
    if not lines:
        raise FileError(
            _("Le fichier « {file} » a des en-têtes mais aucune réponse.", file=file), problems
        )
    frame = pd.DataFrame(dict(zip(headers, columns, strict=True)), dtype="object")
    return Raw(frame, tuple(lines), file, origin, tuple(problems))


def other_lines(n: int) -> str:
    """What is said of the wrong lines that are not told one by one."""
    return ngettext("et {n} autre ligne fautive.", "et {n} autres lignes fautives.", n)


class _Checked:
    """The rows that hold something and have the right width, and an account of the others."""

    def __init__(self, rows: Iterator[NumberedRow], width: int, file: str) -> None:
        self._rows, self._width, self._file = rows, width, file
        self._blank: list[int] = []
        self._wrong: list[tuple[int, int]] = []

    def __iter__(self) -> Iterator[NumberedRow]:
        for line, cells in self._rows:
            if _is_blank(cells):
                self._blank.append(line)
            elif len(cells) != self._width:
                self._wrong.append((line, len(cells)))
            else:
                yield line, cells

    def problems(self) -> list[Problem]:
        found = [
            Problem(
                ngettext(
                    "{n} cellule au lieu de {width} : vérifiez les séparateurs et les guillemets "
                    "de cette ligne.",
                    "{n} cellules au lieu de {width} : vérifiez les séparateurs et les guillemets "
                    "de cette ligne.",
                    cells,
                    width=self._width,
                ),
                file=self._file,
                line=line,
            )
            for line, cells in self._wrong
        ]
        # A wrong separator makes every line wrong: the first ones are enough to see it.
        found = capped(found, other_lines)
        if self._blank:
            message = ngettext(
                "{n} ligne vide, sans effet : {lines}.",
                "{n} lignes vides, sans effet : {lines}.",
                len(self._blank),
                lines=named_lines(self._blank),
            )
            found.append(Problem(message, file=self._file, severity="warning"))
        return found


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(cells) or all(not cell.strip() for cell in cells)


def _headers(cells: Sequence[str], file: str, problems: list[Problem]) -> list[str]:
    """The headers as written; the empty ones are numbered, the repeated ones told apart."""
    taken = set(cells)
    times: Counter[str] = Counter()
    headers: list[str] = []
    empty: list[str] = []
    repeated: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = cell if cell.strip() else f"colonne {number}"
        times[name] += 1
        if name == cell and times[name] == 1:
            headers.append(cell)
            continue
        headers.append(_free(name, times[name], taken))
        taken.add(headers[-1])
        (repeated if name == cell else empty).append(headers[-1])
    if repeated:
        message = ngettext(
            "{n} en-tête répété ; à la place : {names}.",
            "{n} en-têtes répétés ; à la place : {names}.",
            len(repeated),
            names=named_texts(repeated),
        )
        problems.append(Problem(message, file=file, severity="warning"))
    if empty:
        problems.append(_empty_headers(empty, len(cells), file))
    return headers


def _free(name: str, number: int, taken: set[str]) -> str:
    if number == 1 and name not in taken:
        return name
    number = max(number, 2)
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def _empty_headers(names: list[str], width: int, file: str) -> Problem:
    message = ngettext(
        "{n} en-tête vide ; à la place : {names}.",
        "{n} en-têtes vides ; à la place : {names}.",
        len(names),
        names=named_texts(names),
    )
    if len(names) > width / 3:
        message = " ".join(
            (
                message,
                _(
                    "Le fichier semble avoir deux lignes d'en-têtes : réunissez-les en une seule, "
                    "ou la seconde sera prise pour un répondant."
                ),
            )
        )
    return Problem(message, file=file, severity="warning")


def _columns(rows: Iterable[NumberedRow], width: int) -> tuple[list[int], list[list[str]]]:
    """Turn rows into columns, chunk by chunk, keeping one copy of each text: answers repeat."""
    rows = iter(rows)
    lines: list[int] = []
    columns: list[list[str]] = [[] for _column in range(width)]
    kept: dict[str, str] = {}
    while chunk := list(islice(rows, _CHUNK)):
        lines += [line for line, _cells in chunk]
        by_column = zip(*(cells for _line, cells in chunk), strict=True)
        for column, cells in zip(columns, by_column, strict=True):
            column.extend(map(kept.setdefault, cells, cells))
    return lines, columns
