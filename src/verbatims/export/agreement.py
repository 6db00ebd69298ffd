"""How each coding came about, and how far coders agree → CSV files."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from verbatims.export.csv_files import Cell, write_rows
from verbatims.export.results import Dialect, Results
from verbatims.model import Table

DETAILS = {
    "verbatim_id": "verbatim",
    "theme": "thème",
    "label": "libellé",
    "present": "présent",
    "how": "établi par",
    "votes": "votes",
    "author": "arbitré par",
    "reason": "motif",
}
COUNTS = {
    "n": "réponses codées à plusieurs",
    "both": "présent pour tous",
    "first": "présent pour le premier seul",
    "second": "présent pour le second seul",
    "split": "désaccords",
    "neither": "absent pour tous",
}
FIGURES = {
    "agreement": "accord",
    "kappa": "κ de Cohen",
    "ac1": "AC1 de Gwet",
    "pabak": "PABAK",
    "alpha": "α de Krippendorff",
}
BOUNDS = {"": "", "_low": ", borne basse", "_high": ", borne haute"}
WHOLE = "Ensemble"

Group = tuple[str, Table, Table]  # who, then the tables of analysis.agreement: themes, sets


def coding_details(results: Results, path: Path, dialect: Dialect) -> None:
    """One row per verbatim and theme that someone decided on: who said what, who adjudicated."""
    label = results.coded.codebook.label
    told = results.traces.assign(
        label=results.traces["theme"].map(label), present=results.traces["present"].astype("int64")
    ).sort_values(["verbatim_id", "theme"])
    rows = told[list(DETAILS)].itertuples(index=False, name=None)
    write_rows(path, list(DETAILS.values()), rows, dialect)


def write_agreement(groups: Sequence[Group], path: Path, dialect: Dialect) -> None:
    """One row per group of coders and theme, then one per measure on whole answers."""
    figures = [f"{title}{bound}" for title in FIGURES.values() for bound in BOUNDS.values()]
    header = ["codeurs", "thème", "libellé", *COUNTS.values(), "prévalence", *figures, "remarque"]
    rows = [row for group in groups for row in (*_themes(group), *_sets(group))]
    write_rows(path, header, rows, dialect)


def _themes(group: Group) -> Iterator[list[Cell]]:
    who, themes, _ = group
    names = ["prevalence", *(f"{name}{bound}" for name in FIGURES for bound in BOUNDS)]
    for row in themes.rows.to_dict("records"):
        counts = [_count(row[name]) for name in COUNTS]
        figures = [_figure(row[name]) for name in names]
        yield [who, row["theme"], row["label"], *counts, *figures, row["note"]]


def _sets(group: Group) -> Iterator[list[Cell]]:
    """The measures on sets of themes, in the columns of alpha."""
    who, _, sets = group
    empty: list[Cell] = [None] * (len(COUNTS) + len(BOUNDS) * (len(FIGURES) - 1))
    for row in sets.rows.to_dict("records"):
        figures = [_figure(row[name]) for name in ("value", "low", "high")]
        yield [who, WHOLE, row["label"], _count(row["n"]), *empty, *figures, row["verdict"]]


def _count(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _figure(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)
