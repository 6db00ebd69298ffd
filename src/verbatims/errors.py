"""What can go wrong, said so that an analyst knows what to do next."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from verbatims.language import _, ngettext

_SHOWN = 20  # problems of one kind told one by one; the others are counted together
_LONGEST = 60  # characters of a cell worth quoting


@dataclass(frozen=True)
class Problem:
    """One thing found wrong or doubtful in a file, with its place.

    A column is named in a table and numbered in a text; lines and columns count from 1.
    """

    message: str
    file: str = ""
    line: int | None = None
    column: str | int = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line is not None:
            place.append(_("ligne {line}", line=self.line))
        if self.column:
            place.append(_named_column(self.column))
        if not place:
            return self.message
        return _("{place} : {message}", place=", ".join(place), message=self.message)


def named_lines(numbers: Sequence[int], *, shown: int = 5) -> str:
    """Lines to print: « ligne 3 », « lignes 3, 8 et 12 », « lignes 3, 8, … (40 en tout) »."""
    if len(numbers) == 1:
        return _("ligne {line}", line=numbers[0])
    if len(numbers) > shown:
        first = ", ".join(str(number) for number in numbers[:shown])
        return _("lignes {first}, … ({n} en tout)", first=first, n=len(numbers))
    first = ", ".join(str(number) for number in numbers[:-1])
    return _("lignes {first} et {last}", first=first, last=numbers[-1])


def named_texts(texts: Sequence[str], *, shown: int = 5) -> str:
    """Texts to print: « a », « b » et 38 autres."""
    first = ", ".join(_("« {text} »", text=short(text)) for text in texts[:shown])
    others = len(texts) - shown
    if others <= 0:
        return first
    return ngettext("{first} et {n} autre", "{first} et {n} autres", others, first=first)


def short(text: str) -> str:
    """A cell as it can be quoted: on one line, and cut when long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def printable(path: Path | str) -> str:
    """A path or the name of a file; some systems let bytes in that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")


def capped(
    problems: Sequence[Problem], others: Callable[[int], str], *, shown: int = _SHOWN
) -> list[Problem]:
    """The first problems of one kind, then one for the rest, which `others` says by their number:

    « et 40 autres lignes fautives. »
    """
    first, rest = list(problems[:shown]), problems[shown:]
    if rest:
        column = rest[0].column if isinstance(rest[0].column, str) else ""
        first.append(replace(rest[0], message=others(len(rest)), line=None, column=column))
    return first


class VerbatimsError(Exception):
    """Something the analyst can put right; the message says how, in the reader's language.

    What went wrong comes before what was only doubtful.
    """

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(sorted(problems, key=_is_warning))

    def __str__(self) -> str:
        told = [f"  - {_told(problem)}" for problem in self.problems]
        return "\n".join([self.message, *told])


def _named_column(column: str | int) -> str:
    if isinstance(column, str):
        return _("colonne « {column} »", column=column)
    return _("colonne {column}", column=column)


def _told(problem: Problem) -> str:
    if not _is_warning(problem):
        return str(problem)
    return _("(à savoir) {problem}", problem=problem)


def _is_warning(problem: Problem) -> bool:
    return problem.severity == "warning"


class FileError(VerbatimsError):
    """A file cannot be read or written."""


class QuestionnaireError(VerbatimsError):
    """`questionnaire.yaml` is wrong, or does not fit the survey file."""


class CodebookError(VerbatimsError):
    """`codebook.yaml` is wrong."""


class StudyError(VerbatimsError):
    """The study cannot do what is asked of it."""
