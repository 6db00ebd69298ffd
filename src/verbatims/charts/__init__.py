"""A table → its drawing, with the question, the base and the notes always in sight."""

import altair as alt

from verbatims.charts.bars import bars, lemmas
from verbatims.charts.estimates import estimates
from verbatims.charts.frame import ASIDE, PICKED, WIDTH
from verbatims.charts.ink import FAINT, INK, LIGHT, PALETTE, PAPER, PRIMARY, RULE
from verbatims.charts.matrix import cooccurrence, heatmap, matrix
from verbatims.charts.stacked import bands, centred, stacked
from verbatims.model import Cross, Kind, Question, Table

__all__ = [
    "ASIDE",
    "FAINT",
    "INK",
    "LIGHT",
    "PALETTE",
    "PAPER",
    "PICKED",
    "PRIMARY",
    "RULE",
    "bands",
    "bars",
    "centred",
    "closed",
    "cooccurrence",
    "draw",
    "estimates",
    "heatmap",
    "lemmas",
    "matrix",
    "stacked",
]

ESTIMATED = "method"  # a column of estimated shares only


def draw(
    question: Question | None, table: Table, *, width: int = WIDTH, live: bool = False
) -> alt.LayerChart:
    """The drawing that suits a table; `question` is the closed one that it counts, if it is.

    A `live` one has the selection PICKED, made by a click, on the columns that name its rows.
    """
    if isinstance(table, Cross):
        is_square = set(table.rows["row"]) == set(table.rows["column"])
        drawn = cooccurrence if is_square and table.tests.empty else heatmap
        return drawn(table, width=width, live=live)
    if ESTIMATED in table.rows:
        return estimates(table, width=width, live=live)
    if question is None:
        return bars(table, width=width, live=live)
    return closed(question, table, width=width, live=live)


def closed(
    question: Question, table: Table, *, width: int = WIDTH, live: bool = False
) -> alt.LayerChart:
    """The drawing that suits a closed question."""
    if question.kind is not Kind.GRID:
        ranked = question.kind in (Kind.SINGLE, Kind.MULTI)
        return bars(table, ranked=ranked, width=width, live=live)
    if question.of is Kind.RATING:
        return bands(table, width=width, live=live)
    if question.of is Kind.MULTI:
        return matrix(table, width=width, live=live)
    if question.of is Kind.ORDINAL:
        return centred(table, width=width, live=live)
    return stacked(table, ordered=False, width=width, live=live)
