"""What is found wrong or doubtful in a raw frame, row by row → problems with lines and counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from verbatims.errors import Problem, QuestionnaireError, capped, short
from verbatims.model import Raw

Rows = npt.NDArray[np.int64]


@dataclass
class Notes:
    """Gathers problems; rows are positions in the frame, told as lines of the file."""

    raw: Raw
    problems: list[Problem] = field(default_factory=list)

    def error(self, message: str, *, column: str = "", rows: Rows | None = None) -> None:
        self.errors([(message, rows)], "", column=column)

    def errors(
        self, found: Iterable[tuple[str, Rows | None]], noun: str, *, column: str = ""
    ) -> None:
        """Errors of one kind, in the order of their first lines; too many are counted together."""
        problems = [
            Problem(
                message, self.raw.file, None if rows is None else self.raw.lines[rows[0]], column
            )
            for message, rows in found
        ]
        self.problems += capped(problems, noun)

    def warn(self, message: str, *, column: str = "", row: int | None = None) -> None:
        line = None if row is None else self.raw.lines[row]
        self.problems.append(Problem(message, self.raw.file, line, column, "warning"))

    def lines(self, rows: Iterable[int]) -> list[int]:
        return [self.raw.lines[row] for row in rows]

    def doubts(self, header: str, codes: Rows, doubts: Sequence[Sequence[tuple[str, str]]]) -> None:
        """One warning for each doubtful value, with its count; `doubts` has one entry a code."""
        if not any(doubts):
            return
        times = np.bincount(codes, minlength=len(doubts))
        first = np.unique(codes, return_index=True)[1].tolist()
        counts: Counter[tuple[str, str]] = Counter()
        rows: dict[tuple[str, str], int] = {}
        for code, found in enumerate(doubts):
            for doubt in found:
                counts[doubt] += int(times[code])
                rows[doubt] = min(first[code], rows.get(doubt, first[code]))
        told = sorted(counts, key=lambda doubt: (rows[doubt], doubt))
        problems = [
            Problem(
                f"« {short(value)} » : {reason} ({counts[value, reason]} fois, d'abord à cette "
                "ligne).",
                self.raw.file,
                self.raw.lines[rows[value, reason]],
                header,
                "warning",
            )
            for value, reason in told
        ]
        self.problems += capped(problems, "valeur douteuse")

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def stop_on_errors(self) -> None:
        if self.has_errors:
            raise QuestionnaireError(
                f"Le fichier « {self.raw.file} » et le questionnaire ne vont pas ensemble : "
                "rien n'a été importé.",
                self.problems,
            )
