"""What can go wrong, said so that an analyst knows what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One thing found wrong or doubtful in a file, with its place (lines count from 1)."""

    message: str
    file: str = ""
    line: int | None = None
    column: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line is not None:
            place.append(f"ligne {self.line}")
        if self.column:
            place.append(f"colonne « {self.column} »")
        return f"{', '.join(place)} : {self.message}" if place else self.message


def named_lines(numbers: Sequence[int], *, shown: int = 5) -> str:
    """Lines to print: « ligne 3 », « lignes 3, 8 et 12 », « lignes 3, 8, … (40 en tout) »."""
    if len(numbers) == 1:
        return f"ligne {numbers[0]}"
    if len(numbers) > shown:
        first = ", ".join(str(number) for number in numbers[:shown])
        return f"lignes {first}, … ({len(numbers)} en tout)"
    first = ", ".join(str(number) for number in numbers[:-1])
    return f"lignes {first} et {numbers[-1]}"


class VerbatimsError(Exception):
    """Something the analyst can put right; the message is in French and says how."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {problem}" for problem in self.problems)])


class FileError(VerbatimsError):
    """A file cannot be read or written."""


class QuestionnaireError(VerbatimsError):
    """`questionnaire.yaml` is wrong, or does not fit the survey file."""


class CodebookError(VerbatimsError):
    """`codebook.yaml` is wrong."""


class StudyError(VerbatimsError):
    """The study cannot do what is asked of it."""
