"""Cell of a closed question → its answer, or the reason why it has none."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from verbatims.bases import TICKED, TICKED_WORDS, UNTICKED, UNTICKED_WORDS
from verbatims.folding import fold, squeeze
from verbatims.frames import DONT_KNOW
from verbatims.language import _
from verbatims.model import Kind, Question

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_WHOLE = re.compile(r"([-+]?\d+)[.,]0+")


@dataclass(frozen=True)
class Cell:
    """What a cell says: no answer at all, or answers; `doubts` are values with what is wrong."""

    answers: tuple[str, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    blank: bool = False


BLANK_CELL = Cell(blank=True)
Reader = Callable[[str], Cell]


def reader(question: Question, item: str = "") -> Reader:
    """How the cells of a question, or of a row of a grid, are read."""
    kind = question.answer_kind
    if kind is Kind.RATING:
        return _rating(question)
    if kind is Kind.MULTI:
        return _list(question) if question.separator else _tick(question, item)
    return _choice(question)


def decimal(written: str) -> float | None:
    """The number written with a point or a decimal comma; None for anything else."""
    return float(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None


def _choice(question: Question) -> Reader:
    named, missing = _named(question), _squeezed(question.missing)

    def read(cell: str) -> Cell:
        value = _known(squeeze(cell), named, missing)
        if not value or value in missing:
            return BLANK_CELL
        if value in named or not named:
            return Cell((named.get(value, value),))
        return Cell((value,), ((value, _unlisted()),))

    return read


def _rating(question: Question) -> Reader:
    missing, dont_know = _squeezed(question.missing), _squeezed(question.dont_know)
    low, high = question.bounds or (float("-inf"), float("inf"))

    def read(cell: str) -> Cell:
        value = _known(squeeze(cell), dont_know, missing)
        if not value or value in missing:
            return BLANK_CELL
        if value in dont_know:
            return Cell((DONT_KNOW,))
        number = decimal(value)
        if number is None:
            return Cell((), ((value, _("n'est pas un nombre, laissé hors des calculs")),))
        if not low <= number <= high:
            told = _(
                "note hors des bornes ({low} à {high}), laissée hors des calculs",
                low=f"{low:g}",
                high=f"{high:g}",
            )
            return Cell((), ((value, told),))
        return Cell((str(int(number)) if number.is_integer() else repr(number),))

    return read


def _tick(question: Question, item: str) -> Reader:
    missing, own = _squeezed(question.missing), fold(squeeze(item))

    def read(cell: str) -> Cell:
        value = squeeze(cell)
        folded = fold(_WHOLE.sub(r"\1", value))
        if not value or value in missing:
            return BLANK_CELL
        if folded in TICKED_WORDS or folded == own:
            return Cell((TICKED,))
        if folded in UNTICKED_WORDS:
            return Cell((UNTICKED,))
        return Cell((), ((value, _("ni cochée ni décochée, laissée de côté")),))

    return read


def _list(question: Question) -> Reader:
    named, missing = _named(question), _squeezed(question.missing)
    longest = 1 + max((label.count(question.separator) for label in named), default=0)

    def read(cell: str) -> Cell:
        if squeeze(cell) in missing:
            return BLANK_CELL
        parts = _parts(cell.split(question.separator), question.separator, named, longest)
        values = [_known(part, named, missing) for part in parts]
        told = [value for value in values if value not in missing]
        if not told:
            return BLANK_CELL
        answers = dict.fromkeys(named.get(value, value) for value in told)
        unknown = dict.fromkeys(value for value in told if named and value not in named)
        return Cell(tuple(answers), tuple((value, _unlisted()) for value in unknown))

    return read


def _unlisted() -> str:
    return _("réponse absente des libellés, gardée telle quelle")


def _parts(cut: list[str], separator: str, named: Mapping[str, str], longest: int) -> Iterable[str]:
    """The answers of a list; a label that holds the separator itself is put together again."""
    start = 0
    while start < len(cut):
        for stop in range(min(len(cut), start + longest), start, -1):
            part = squeeze(separator.join(cut[start:stop]))
            if part in named or stop == start + 1:
                break
        start = stop
        if part:
            yield part


def _named(question: Question) -> dict[str, str]:
    """The label of each value that may stand in the file: its codes, and the labels themselves."""
    return {squeeze(label): label for label in question.labels} | {
        squeeze(code): label for code, label in question.codes.items()
    }


def _squeezed(values: Iterable[str]) -> frozenset[str]:
    return frozenset(map(squeeze, values))


def _known(value: str, *known: Iterable[str]) -> str:
    """The value, without the « .0 » that some programs add when only this makes it known."""
    if any(value in values for values in known):
        return value
    whole = _WHOLE.fullmatch(value)
    return whole[1] if whole and any(whole[1] in values for values in known) else value
