"""A table → its columns and cells as files hold them: French headings, what kind each figure is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandas as pd

from verbatims.export.csv_files import Cell, as_percent
from verbatims.model import Cross, Table


class Figure(StrEnum):
    """What a cell holds, hence how it is printed."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"  # a part of 1 in a workbook, in points in a CSV
    NUMBER = "number"
    FINE = "fine"  # with four decimals: p-values


@dataclass(frozen=True)
class Column:
    name: str
    heading: str
    kind: Figure

    @property
    def written(self) -> str:
        """The heading in a CSV, which has no format to say that it is in points."""
        return f"{self.heading} (%)" if self.kind is Figure.SHARE else self.heading


@dataclass(frozen=True)
class Sheet:
    """Rows under headings; cells are None where there is nothing to say."""

    columns: tuple[Column, ...]
    frame: pd.DataFrame

    @cached_property
    def cells(self) -> list[list[Cell]]:
        """With shares as parts of 1."""
        names = [column.name for column in self.columns]
        rows = self.frame[names].itertuples(index=False, name=None)
        kinds = [column.kind for column in self.columns]
        return [
            [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows
        ]

    @property
    def written(self) -> Iterator[list[Cell]]:
        """With shares in points, to one decimal, and other figures to six."""
        kinds = [column.kind for column in self.columns]
        for row in self.cells:
            yield [_rounded(value, kind) for value, kind in zip(row, kinds, strict=True)]


def sheet_of(table: Table) -> Sheet:
    """The rows of a table."""
    return Sheet(_columns(table.rows), table.rows)


def tests_of(table: Table) -> Sheet | None:
    """The tests of a cross, when it has some."""
    if not isinstance(table, Cross) or table.tests.empty:
        return None
    return Sheet(_columns(table.tests), table.tests)


_TEXTS = {
    "item": "ligne",
    "answer": "réponse",
    "theme": "thème",
    "label": "libellé",
    "parent": "parent",
    "group": "groupe",
    "row": "ligne (identifiant)",
    "row_label": "ligne",
    "column": "colonne (identifiant)",
    "column_label": "colonne",
}
_COUNTS = {
    "n": "n",
    "base": "base",
    "row_n": "n de la ligne",
    "drawn": "tirées et lues",
    "total": "réponses",
    "mentions": "n mentions",
    "suggested": "suggestions",
    "accepted": "acceptées par la machine",
    "rated": "n notes",
    "more": "réponses à lire pour ± 5 points",
}
_SHARES = {
    "share": "part",
    "low": "borne basse 95 %",
    "high": "borne haute 95 %",
    "citations": "part des citations",
    "weighted_share": "part redressée",
    "weighted_low": "redressée, borne basse",
    "weighted_high": "redressée, borne haute",
}
_NUMBERS = {
    "mean": "moyenne",
    "median": "médiane",
    "expected": "effectif attendu",
    "residual": "résidu ajusté",
    "pem": "PEM",
    "statistic": "statistique",
    "effect": "force du lien",
    "gain": "gain de la machine",
    "worth": "équivalent de réponses lues",
}
_FINE = {"p": "p", "p_adjusted": "p corrigée"}
_LAST = {
    "test": "test",
    "effect_name": "mesure du lien",
    "sign": "écart",
    "method": "méthode",
    "caution": "réserve",
    "note": "remarque",
}
COLUMNS = {
    **{name: Column(name, heading, Figure.TEXT) for name, heading in _TEXTS.items()},
    **{name: Column(name, heading, Figure.COUNT) for name, heading in _COUNTS.items()},
    **{name: Column(name, heading, Figure.SHARE) for name, heading in _SHARES.items()},
    **{name: Column(name, heading, Figure.NUMBER) for name, heading in _NUMBERS.items()},
    **{name: Column(name, heading, Figure.FINE) for name, heading in _FINE.items()},
    **{name: Column(name, heading, Figure.TEXT) for name, heading in _LAST.items()},
}
_SAME = {"row": "row_label", "column": "column_label"}  # said once when both say the same


def _columns(frame: pd.DataFrame) -> tuple[Column, ...]:
    """The columns that the frame has and that say something, in the order of COLUMNS."""
    return tuple(column for name, column in COLUMNS.items() if _is_told(frame, name))


def _is_told(frame: pd.DataFrame, name: str) -> bool:
    if name not in frame:
        return False
    if name in _SAME and (frame[name] == frame[_SAME[name]]).all():
        return False
    return bool((frame[name] != "").any()) if COLUMNS[name].kind is Figure.TEXT else True


def _cell(value: Any, kind: Figure) -> Cell:
    if kind is Figure.TEXT:
        return str(value) or None
    if not math.isfinite(value):  # not known, or an odds ratio without end
        return None
    return int(value) if kind is Figure.COUNT else float(value)


def _rounded(value: Cell, kind: Figure) -> Cell:
    if kind is Figure.SHARE and isinstance(value, float):
        return as_percent(value)
    return round(value, 6) if isinstance(value, float) else value
