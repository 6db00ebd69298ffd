"""Votes → how far coders agree on each theme and on whole answers, with what to make of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.language import N_, _, ngettext
from verbatims.measures import agreement as measures
from verbatims.measures.agreement import SOLID, TENTATIVE, Interval
from verbatims.measures.intervals import Floats
from verbatims.model import Base, Codebook, Table

PAIR = 2
FEWEST = 10  # answers with the theme under which only counts are given; FEW says so
PEOPLE = 10  # respondents under which resampling them says nothing
EXTREME, APART = 0.10, 0.20  # how rare a theme, how far from AC1 an alpha, that call for a word

FIGURES = ("agreement", "kappa", "ac1", "pabak", "alpha")
COUNTS = ("n", "both", "first", "second", "split", "neither")
SETS = {
    "masi": N_("Jeux de thèmes, distance MASI"),
    "jaccard": N_("Jeux de thèmes, distance de Jaccard"),
    "nominal": N_("Jeux de thèmes identiques ou non"),
}
VERDICTS = {SOLID: N_("solide"), TENTATIVE: N_("à confirmer"), -np.inf: N_("fragile")}

TOO_FEW = N_("trop peu de répondants pour un intervalle")
FEW = N_("Moins de 10 présences : effectifs seulement.")
NO_PAIR = N_("Aucune réponse que deux personnes aient pu coder avec ce thème.")
SAME = N_("Tous disent la même chose de toutes les réponses : accord et habitude se confondent.")
RARE = N_("Thème rare : κ et α y sont bas même si l'on est presque toujours d'accord. Lisez l'AC1.")
EVERYWHERE = N_(
    "Thème presque partout : κ et α y sont bas même si l'on est presque toujours d'accord. Lisez "
    "l'AC1."
)
UNIT = N_(
    "L'unité est la réponse. Ce qu'un codeur n'a pas lu, ou un thème absent de la grille quand il "
    "a lu, n'est pas compté comme absent : il manque."
)
INTERVALS = N_(
    "Intervalles à 95 % : 2 000 tirages des répondants avec remise, toutes les réponses d'une "
    "personne ensemble ; graine fixe."
)
PAIRWISE = N_("Le κ de Cohen est celui de deux personnes : il est donné par paire.")
SCALE = N_(
    "α de Krippendorff : 0,80 et plus, solide ; de 0,667 à 0,80, à confirmer ; moins, fragile."
)


def verdict(alpha: float) -> str:
    """What a value of alpha is worth, "" when there is none."""
    return next((_(said) for least, said in VERDICTS.items() if alpha >= least), "")


def agreement(
    votes: pd.DataFrame,
    respondents: Mapping[str, str],
    codebook: Codebook,
    coders: Sequence[str],
    *,
    title: str,
    notes: Sequence[str] = (),
) -> tuple[Table, Table]:
    """How far `coders` agree, by theme and on the sets of themes they find.

    `votes`: verbatim_id, theme, coder, present; `respondents`: of each verbatim. Rows of the first
    table: theme, label, n (answers that two at least could code with it), both (all of them
    retained it), first and second (only the one or the other, of two coders; NaN for more), split
    (some did), neither, prevalence, then agreement, kappa, ac1, pabak and alpha, each with its
    _low and _high, and note (why a figure is missing, or what to beware of). Kappa is for two
    coders. Rows of the second: measure, label (one of SETS, in French as in files: to be said with
    `_`), n, value, low, high, verdict. With fewer than PEOPLE respondents there are no intervals,
    and the verdict says so.
    """
    cube = _Cube.of(votes, coders, _listed(votes, codebook))
    people = np.array([respondents[name] for name in cube.units], dtype=object)
    base = Base(asked=len(set(people)), answered=len(set(people)), coded=len(set(people)))
    said = (_base_note(len(cube.units), base, coders), _(UNIT), _(INTERVALS), *notes)
    themes = _themes(cube, people, codebook)
    return (
        Table(title, themes, base, (*said, *([] if cube.pair else [_(PAIRWISE)]))),
        Table(title, _sets(cube, people), base, (*said, _(SCALE))),
    )


@dataclass(frozen=True)
class _Cube:
    """What each coder said: coders × units × themes, 1, 0 or NaN; only units that two rated."""

    units: list[str]
    themes: list[str]
    said: Floats

    @classmethod
    def of(cls, votes: pd.DataFrame, coders: Sequence[str], themes: Sequence[str]) -> "_Cube":
        own = votes[votes["coder"].isin(list(coders)) & votes["theme"].isin(list(themes))]
        by = own.groupby("verbatim_id")["coder"].nunique()
        units = by.index[by > 1].tolist()
        own = own[own["verbatim_id"].isin(units)]
        said = np.full((len(coders), len(units), len(themes)), np.nan)
        place = [
            pd.Index(list(names), dtype="object").get_indexer(pd.Index(own[column]))
            for names, column in ((coders, "coder"), (units, "verbatim_id"), (themes, "theme"))
        ]
        said[tuple(place)] = own["present"].to_numpy(dtype=float)
        return cls(units, list(themes), said)

    @property
    def pair(self) -> bool:
        return len(self.said) == PAIR

    @cached_property
    def counts(self) -> Floats:
        """Themes × units × (absent, present): how many coders say each."""
        each = [(self.said == value).sum(axis=0).T for value in (0, 1)]
        return np.stack(each, axis=-1).astype(float)


def _themes(cube: _Cube, people: NDArray[Any], codebook: Codebook) -> pd.DataFrame:
    rows = pd.DataFrame({"theme": cube.themes})
    rows = rows.assign(label=rows["theme"].map(codebook.label), **_effectives(cube))
    few = (rows["both"] + rows["split"] < FEWEST).to_numpy()
    values, bounds = _estimated(_figures(cube), people)
    for at, name in enumerate(FIGURES):
        for bound, figures in (("", values), ("_low", bounds.low), ("_high", bounds.high)):
            rows[name + bound] = np.where(few, np.nan, figures[:, at])
    return rows.assign(note=[_note(row) for row in rows.to_dict("records")])


def _effectives(cube: _Cube) -> dict[str, Any]:
    """How many answers hold each theme for all, for some or for none of their readers."""
    absent, present = np.moveaxis(cube.counts, -1, 0)
    paired = absent + present >= PAIR
    n, both = paired.sum(axis=1), (paired & (absent == 0)).sum(axis=1)
    neither = (paired & (present == 0)).sum(axis=1)
    votes = np.where(paired, absent + present, 0).sum(axis=1)
    retained = np.where(paired, present, 0).sum(axis=1)
    first, second = _one_only(cube)
    prevalence = np.divide(retained, votes, out=np.full(len(votes), np.nan), where=votes > 0)
    found = (n, both, first, second, n - both - neither, neither, prevalence)
    return dict(zip((*COUNTS, "prevalence"), found, strict=True))


def _one_only(cube: _Cube) -> tuple[Floats, Floats]:
    """How many answers only the first of two coders, only the second, found with each theme."""
    if not cube.pair:
        return np.full(len(cube.themes), np.nan), np.full(len(cube.themes), np.nan)
    a, b = cube.said
    return ((a == 1) & (b == 0)).sum(axis=0), ((a == 0) & (b == 1)).sum(axis=0)


def _figures(cube: _Cube) -> Callable[[Floats], Floats]:
    """From weights (resamples × units) to resamples × themes × FIGURES."""
    of_one = _of_two if cube.pair else _of_many

    def figures(weights: Floats) -> Floats:
        found = np.full((len(weights), len(cube.themes), len(FIGURES)), np.nan)
        for at in range(len(cube.themes)):
            found[:, at, :-1] = np.stack(of_one(cube, at, weights), axis=-1)
            alpha = measures.krippendorff_alpha(cube.counts[at], measures.nominal(2), weights)
            found[:, at, -1] = alpha
        return found

    return figures


def _of_two(cube: _Cube, at: int, weights: Floats) -> list[Floats]:
    a, b = cube.said[:, :, at]
    cells = [(a == first) & (b == second) for first in (0, 1) for second in (0, 1)]
    table = (weights @ np.stack(cells, axis=-1).astype(float)).reshape(-1, 2, 2)
    return [
        measures.percent_agreement(table),
        measures.cohen_kappa(table),
        measures.gwet_ac1(table),
        measures.pabak(table),
    ]


def _of_many(cube: _Cube, at: int, weights: Floats) -> list[Floats]:
    observed = measures.agreement_of_many(cube.counts[at], weights)
    ac1 = measures.gwet_ac1_of_many(cube.counts[at], weights)
    even = np.where(np.isnan(ac1), np.nan, 2 * observed - 1)
    return [observed, np.full(len(weights), np.nan), ac1, even]


def _estimated(
    figures: Callable[[Floats], Floats], people: NDArray[Any]
) -> tuple[Floats, Interval]:
    """The figures on what was observed, and their intervals; NaN with too few people."""
    values = figures(np.ones((1, len(people))))[0]
    if _too_few(people):
        nothing = np.full_like(values, np.nan)
        return values, Interval(nothing, nothing)
    return values, measures.bootstrap(figures, people)


def _too_few(people: NDArray[Any]) -> bool:
    return len(set(people)) < PEOPLE


def _note(row: Mapping[Any, Any]) -> str:
    if not row["n"]:
        return _(NO_PAIR)
    if row["both"] + row["split"] < FEWEST:
        return _(FEW)
    if np.isnan(row["alpha"]):
        return _(SAME)
    if row["ac1"] - row["alpha"] < APART or EXTREME < row["prevalence"] < 1 - EXTREME:
        return ""
    return _(RARE) if row["prevalence"] <= EXTREME else _(EVERYWHERE)


def _sets(cube: _Cube, people: NDArray[Any]) -> pd.DataFrame:
    """Alpha on the sets of themes that each reader finds, among those that all could find."""
    rows = pd.DataFrame({"measure": list(SETS), "label": list(SETS.values())})
    if not cube.units:
        return rows.assign(n=0, value=np.nan, low=np.nan, high=np.nan, verdict="")
    missing = np.isnan(cube.said)
    read = np.asarray(~missing.all(axis=2))
    shared = np.asarray(~(missing & read[:, :, None]).any(axis=0))
    # without a theme that all could find there is nothing to agree on
    read = read & np.asarray(shared.any(axis=1))
    found = np.where(shared & (cube.said == 1), 1.0, 0.0)
    values, places = np.unique(found[read], axis=0, return_inverse=True)
    ratings = np.full(read.shape, np.nan)
    ratings[read] = places.reshape(-1)
    counts = measures.counted(ratings, len(values))
    distances = (measures.masi(values), measures.jaccard(values), measures.nominal(len(values)))

    def alphas(weights: Floats) -> Floats:
        each = [measures.krippendorff_alpha(counts, apart, weights) for apart in distances]
        return np.stack(each, axis=-1)

    found_values, bounds = _estimated(alphas, people)
    n = int((read.sum(axis=0) >= PAIR).sum())
    rows = rows.assign(n=n, value=found_values, low=bounds.low, high=bounds.high)
    if _too_few(people):
        return rows.assign(verdict=np.where(rows["value"].isna(), "", _(TOO_FEW)))
    return rows.assign(verdict=rows["value"].map(verdict))


def _listed(votes: pd.DataFrame, codebook: Codebook) -> list[str]:
    """The themes that someone could find: those of the codebook in its order, then the others."""
    known = set(votes["theme"])
    listed = [theme.id for theme in codebook if theme.id in known]
    return [*listed, *sorted(known.difference(listed))]


def _base_note(units: int, base: Base, coders: Sequence[str]) -> str:
    people = ngettext("{n} répondant", "{n} répondants", base.answered)
    if len(coders) != PAIR:
        return ngettext(
            "{n} réponse codée par deux personnes ou plus, de {people}.",
            "{n} réponses codées par deux personnes ou plus, de {people}.",
            units,
            people=people,
        )
    return ngettext(
        "{n} réponse codée par {coder} et {other}, de {people}.",
        "{n} réponses codées par {coder} et {other}, de {people}.",
        units,
        coder=coders[0],
        other=coders[1],
        people=people,
    )
