"""What is found wrong or doubtful in a raw frame, row by row → problems with lines and counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from verbatims.errors import Problem, QuestionnaireError, capped, short
from verbatims.language import _, ngettext
from verbatims.model import Raw

Rows = npt.NDArray[np.int64]


@dataclass
class Notes:
    """Gathers problems; rows are positions in the frame, told as lines of the file."""

    raw: Raw
    problems: list[Problem] = field(default_factory=list)

    def error(self, message: str, *, column: str = "", rows: Rows | None = None) -> None:
        line = None if rows is None else self.raw.lines[rows[0]]
        self.problems.append(Problem(message, self.raw.file, line, column))

    def errors(
        self,
        found: Iterable[tuple[str, Rows | None]],
        others: Callable[[int], str],
        *,
        column: str = "",
    ) -> None:
        """Errors of one kind, in the order of their first lines; `others` counts those past 20."""
        told = Notes(self.raw)
        for message, rows in found:
            told.error(message, column=column, rows=rows)
        self.problems += capped(told.problems, others)

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
                _told_doubt(*doubt, counts[doubt]),
                self.raw.file,
                self.raw.lines[rows[doubt]],
                header,
                "warning",
            )
            for doubt in told
        ]
        self.problems += capped(problems, _other_doubts)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def stop_on_errors(self) -> None:
        if self.has_errors:
            raise QuestionnaireError(
                _(
                    "Le fichier « {file} » et le questionnaire ne vont pas ensemble : rien n'a "
                    "été importé.",
                    file=self.raw.file,
                ),
                self.problems,
            )


def _told_doubt(value: str, reason: str, times: int) -> str:
    return ngettext(
        "« {value} » : {reason} ({n} fois, d'abord à cette ligne).",
        "« {value} » : {reason} ({n} fois, d'abord à cette ligne).",
        times,
        value=short(value),
        reason=reason,
    )


def _other_doubts(n: int) -> str:
    return ngettext("et {n} autre valeur douteuse.", "et {n} autres valeurs douteuses.", n)
