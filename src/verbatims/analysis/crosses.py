"""Two variables → a cell per pair of their categories, with its test; and a test per row."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from verbatims.analysis.pairs import CONSTANT, FEW, OVERLAP, UNREAD, Pair, is_same
from verbatims.analysis.row_tests import no_tests, row_tests
from verbatims.analysis.shares import (
    ROUNDED,
    TINY,
    cautions,
    shares,
    weighted_interval,
    weighted_notes,
)
from verbatims.analysis.variables import Flags, Variable
from verbatims.language import N_, _, ngettext
from verbatims.measures import association, independence
from verbatims.measures.intervals import NOTE as WILSON_NOTE
from verbatims.measures.intervals import Floats
from verbatims.measures.multiplicity import benjamini_hochberg, holm
from verbatims.model import Cross

LEVEL = 0.05  # under which a corrected p is marked

FEW_OUTSIDE = N_("Moins de {n} répondants hors du groupe : pas de test.")
SAME = N_("Le thème avec lui-même : rien à tester.")
CELLS = N_(
    "▲ ▼ : plus, ou moins, que chez les autres répondants (Fisher exact sous 5 attendus, sinon "
    "χ² ; {n} cases, p corrigés selon {method}, sous 5 %)."
)
METHODS = {True: "Holm", False: "Benjamini-Hochberg"}
RAW_TESTS = N_("Les tests portent sur les effectifs bruts, sans redressement.")
TOGETHER = N_("Part de ceux de la colonne qui ont aussi la ligne.")


def cross(rows: Variable, columns: Variable, *, holm: bool = False) -> Cross:
    """What each group of `columns` says to `rows`; shares are of the group.

    `rows`, a line per pair of categories: row, row_label, column, column_label, n (who is in
    both), row_n (who is in the row), base (the group), share, low, high, expected, residual, pem,
    p and p_adjusted (in the group or in the rest), sign ("+", "-" or "": p_adjusted under 5 %),
    note (why a figure is missing), and weighted_share, weighted_low, weighted_high when weights
    differ. `tests`, a line per row when several answers are possible, else one: row, row_label,
    test, statistic, p, p_adjusted, effect, effect_name, n, note. Counts are of those who answered
    both, read or not; of those not read, themes are not known, and no share is shown. A group of
    fewer than ten has neither share nor test.
    """
    if is_same(rows, columns):
        return together(rows, holm=holm)
    pair = Pair.of(rows, columns)
    frame = _cells(pair, corrected=_correction(holm))
    title = _("{title} — selon : {by}", title=rows.title, by=columns.title)
    notes = (*_base_notes(pair), *_reading_notes(pair, frame, holm))
    return Cross(title, frame, pair.base, notes, row_tests(pair, _correction(holm)))


def together(variable: Variable, *, holm: bool = False) -> Cross:
    """Which answers of one question, or themes, come together; the same columns as `cross`.

    A pair is tested once, and shown on both sides; on the diagonal stands who holds each.
    """
    pair = Pair.of(variable, variable)
    frame = _cells(pair, corrected=_correction(holm))
    title = _("{title} — qui va avec quoi", title=variable.title)
    notes = (*_base_notes(pair), _(TOGETHER), *_reading_notes(pair, frame, holm))
    return Cross(title, frame, pair.base, notes, no_tests())


def _correction(by_holm: bool) -> Callable[[Any], Floats]:
    return holm if by_holm else benjamini_hochberg


def _cells(pair: Pair, *, corrected: Callable[[Any], Floats]) -> pd.DataFrame:
    names = _named(pair)
    row_n, base, shape = pair.row_n, pair.sizes, pair.n.shape
    notes = _cell_notes(pair)
    p = np.where(notes == "", _cell_p(pair), np.nan)
    p_adjusted = _once(p, corrected) if pair.is_alone else corrected(p)
    margins = (pair.n, row_n[:, None], base[None, :], pair.total)
    residual = association.adjusted_residual(*margins)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = row_n[:, None] * base[None, :] / pair.total
    marked = np.where(p_adjusted < LEVEL, np.where(residual > 0, "+", "-"), "")
    columns = {
        "n": pair.n.astype("int64"),
        "row_n": np.broadcast_to(row_n[:, None], shape).astype("int64"),
        "base": np.broadcast_to(base[None, :], shape).astype("int64"),
        "expected": expected,
        "residual": residual,
        "pem": association.pem_local(*margins),
        "p": p,
        "p_adjusted": p_adjusted,
        "sign": marked,
        "note": notes,
    }
    frame = names.assign(**{name: values.ravel() for name, values in columns.items()})
    shown = pd.Series(_shown(pair).ravel(), index=frame.index)
    frame = frame.join(shares(frame["n"], frame["base"], shown=shown))
    if pair.is_weighted:
        frame = frame.join(_weighted(pair, frame["share"]))
    return frame[[name for name in CELL if name in frame]]


CELL = (
    *("row", "row_label", "column", "column_label", "n", "row_n", "base", "share", "low", "high"),
    *("weighted_share", "weighted_low", "weighted_high"),
    *("expected", "residual", "pem", "p", "p_adjusted", "sign", "note"),
)


def _named(pair: Pair) -> pd.DataFrame:
    rows, columns = pair.rows, pair.columns
    wide, high = len(columns.categories), len(rows.categories)
    return pd.DataFrame(
        {
            "row": np.repeat(np.array(rows.categories, dtype=object), wide),
            "row_label": np.repeat(np.array(rows.labels, dtype=object), wide),
            "column": np.tile(np.array(columns.categories, dtype=object), high),
            "column_label": np.tile(np.array(columns.labels, dtype=object), high),
        }
    )


def _shown(pair: Pair) -> Flags:
    """Rows × columns: whether everything behind a share was read, with the theme at hand."""
    unread = (pair.based & ~pair.known).astype(float) @ pair.groups
    whole = np.array([not why for why in pair.rows.withheld], dtype=bool)
    sound = np.array([not why for why in pair.columns.withheld], dtype=bool)
    return np.asarray(whole[:, None] & (sound & (unread == 0))[None, :])


def _cell_p(pair: Pair) -> Floats:
    """In the group or in the rest, in the row or not."""
    row_n, base, n = pair.row_n[:, None], pair.sizes[None, :], pair.n
    p, _exact = independence.two_by_two(n, row_n - n, base - n, pair.total - row_n - base + n)
    return p


def _cell_notes(pair: Pair) -> Any:
    """Rows × columns: why a cell has no test, the first reason that holds; "" where it has one."""
    base, row_n = pair.sizes, pair.row_n
    notes = np.full(pair.n.shape, "", dtype=object)
    if pair.total:
        empty = (row_n == 0) | (row_n == pair.total)
        notes[empty, :] = _(CONSTANT)
        notes[:, (base == 0) | (base == pair.total)] = _(CONSTANT)
    if pair.is_alone:
        np.fill_diagonal(notes, _(SAME))
    notes[:, pair.total - base < TINY] = _(FEW_OUTSIDE, n=TINY)
    notes[:, base < TINY] = _(FEW, n=TINY)
    if not pair.is_read:
        notes[:] = _(UNREAD)
    for at, why in enumerate(pair.rows.withheld):
        if why:
            notes[at, :] = why
    for at, why in enumerate(pair.columns.withheld):
        if why:
            notes[:, at] = why
    return notes


def _once(p: Floats, corrected: Callable[[Any], Floats]) -> Floats:
    """Each pair counted once in the family, and its p on both sides of the diagonal."""
    upper = np.triu_indices(len(p), 1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[upper] = corrected(np.where(np.isnan(p[upper]), p.T[upper], p[upper]))
    adjusted.T[upper] = adjusted[upper]
    return np.where(np.isnan(p), np.nan, adjusted)


def _weighted(pair: Pair, share: pd.Series) -> pd.DataFrame:
    weights = pair.rows.weights[:, None]
    sums = (weights * pair.groups).sum(axis=0)
    squares = (weights**2 * pair.groups).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (pair.held * weights).T @ pair.groups / sums
        worth = np.broadcast_to(sums**2 / squares, part.shape)
    weighed = pd.Series(part.ravel(), index=share.index).where(share.notna())
    bounds = weighted_interval(weighed, pd.Series(worth.ravel(), index=share.index))
    return bounds.assign(weighted_share=weighed)


# -- notes --------------------------------------------------------------------------------


def _base_notes(pair: Pair) -> list[str]:
    answered = ngettext("{n} répondant", "{n} répondants", pair.total)
    asked = len(pair.based)
    if asked == pair.total:
        notes = [_("Base : {answered}.", answered=answered)]
    elif pair.is_alone:
        notes = [_("Base : {answered} sur {asked}.", answered=answered, asked=asked)]
    else:
        both = _(
            "Base : {answered} aux deux questions, sur {asked}.", answered=answered, asked=asked
        )
        notes = [both]
    if not pair.is_read:
        read, total = int(pair.known.sum()), pair.total
        notes.append(_("{read} répondants lus sur {total}.", read=read, total=total))
    return notes


def _reading_notes(pair: Pair, frame: pd.DataFrame, by_holm: bool) -> list[str]:
    notes = cautions(pd.Series(pair.sizes))
    if not pair.is_partition and not pair.is_alone:
        notes.append(_(OVERLAP))
    tested = int(frame["p"].notna().sum())
    if tested:
        family = tested // 2 if pair.is_alone else tested
        notes.append(_(CELLS, n=family, method=METHODS[by_holm]))
    if frame["share"].isna().all():
        return notes
    notes += [_(WILSON_NOTE), _(ROUNDED)]
    if pair.is_weighted:
        weights = pd.Series(pair.rows.weights[pair.based])
        notes += [*weighted_notes(weights), *([_(RAW_TESTS)] if tested else [])]
    return notes
