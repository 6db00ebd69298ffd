"""Counts and their bases → shares with their intervals, or the reason why there are none."""

import numpy as np
import pandas as pd

from verbatims.language import N_, _, decimal, ngettext, number
from verbatims.measures.intervals import finite, wilson
from verbatims.measures.weighting import design_effect, effective

SMALL = 30  # below, a share is printed with a warning
TINY = 10  # below, no share is printed and nothing is tested
LIGHT = 1_000  # above, one respondent weighs nothing that is printed

WEIGHTED = N_("Parts brutes ; parts redressées à côté (◇ sur le graphique), effectifs bruts.")
ROUNDED = N_("Parts arrondies : leur total peut s'écarter de 100 %.")
FINITE = N_(
    "Intervalles resserrés : les {population} personnes sont tenues pour toute la population. Ils "
    "ne disent rien de celles qui n'ont pas répondu, et ne valent que pour l'ensemble."
)

TOO_SMALL = N_(
    "La population annoncée ({population}) est plus petite que la base ({n}) : intervalles non "
    "resserrés. Corrigez-la dans « Redressement »."
)


def shares(
    n: pd.Series,
    base: pd.Series,
    *,
    shown: bool | pd.Series = True,
    population: int | None = None,
) -> pd.DataFrame:
    """`share`, `low` and `high`, on the index of `n`; NaN where not shown or the base is tiny.

    With a `population`, which must be that of each base, intervals know its size.
    """
    kept = base.where((base >= TINY) & shown).astype("float64")
    share = n / kept
    worth = kept if population is None else pd.Series(finite(kept, population), index=kept.index)
    known = np.isfinite(worth)
    low, high = wilson((share * worth).where(known), worth.where(known))
    low, high = np.where(known, low, share), np.where(known, high, share)
    return pd.DataFrame({"share": share, "low": low, "high": high}, index=n.index)


def known_size(population: int | None, bases: pd.Series) -> int | None:
    """The size of the population, when these bases can all be of it."""
    return population if population and population >= bases.max() else None


def population_notes(population: int | None, bases: pd.Series) -> list[str]:
    """What knowing the size of the population changed, or why it changed nothing."""
    if not population:
        return []
    told = number(population)
    if known_size(population, bases) is None:
        return [_(TOO_SMALL, population=told, n=number(bases.max()))]
    return [_(FINITE, population=told)]


def weighted_interval(share: pd.Series, worth: pd.Series) -> pd.DataFrame:
    """`weighted_low` and `weighted_high`: Wilson's on the equal respondents a base is worth."""
    kept = worth.where((worth > 0) & share.notna()).astype("float64")
    low, high = wilson((share.clip(0, 1) * kept).where(kept.notna()), kept)
    return pd.DataFrame({"weighted_low": low, "weighted_high": high}, index=share.index)


def is_weighted(respondents: pd.DataFrame) -> bool:
    """Whether weights say anything: equal ones change no share."""
    return respondents["weight"].nunique() > 1


def weighted_notes(weights: pd.Series) -> list[str]:
    """What weights do, and what they cost to those who have them."""
    cost = _(
        "Redressement : {n} répondants en valent {worth} (effet de plan {effect}) ; les "
        "intervalles redressés en tiennent compte.",
        n=number(len(weights)),
        worth=decimal(effective(weights), 0),
        effect=decimal(design_effect(weights), 2),
    )
    return [_(WEIGHTED), cost]


def cautions(bases: pd.Series) -> list[str]:
    """What to say of small bases, the smallest first; and what one respondent weighs in them."""
    notes = []
    if ((bases > 0) & (bases < TINY)).any():
        notes.append(_("Sous {n} répondants, les parts ne sont pas affichées.", n=TINY))
    shown = bases[bases >= TINY]
    if (shown < SMALL).any():
        notes.append(
            _("Sous {n} répondants, l'effectif est faible : à lire avec prudence.", n=SMALL)
        )
    return [*notes, *_one_respondent(shown)]


def _one_respondent(bases: pd.Series) -> list[str]:
    """What one answer more or less changes, where that shows."""
    if bases.empty or bases.min() > LIGHT:
        return []
    points = 100 / bases.min()
    most, least = decimal(points), decimal(100 / bases.max())
    if most == least:
        return [
            ngettext(
                "Un répondant pèse {points} point.",
                "Un répondant pèse {points} points.",
                int(points),
                points=most,
            )
        ]
    return [
        ngettext(
            "Un répondant pèse de {least} à {most} point.",
            "Un répondant pèse de {least} à {most} points.",
            int(points),
            least=least,
            most=most,
        )
    ]
