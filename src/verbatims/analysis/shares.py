"""Counts and their bases → shares with their intervals, or the reason why there are none."""

import pandas as pd

from verbatims.language import N_, _
from verbatims.measures.intervals import wilson

SMALL = 30  # below, a share is printed with a warning
TINY = 10  # below, no share is printed

WEIGHTED = N_("Parts brutes ; le tableau donne aussi les parts redressées, jamais les effectifs.")


def shares(n: pd.Series, base: pd.Series, *, shown: bool | pd.Series = True) -> pd.DataFrame:
    """`share`, `low` and `high`, on the index of `n`; NaN where not shown or the base is tiny."""
    kept = base.where((base >= TINY) & shown).astype("float64")
    low, high = wilson(n.where(kept.notna()), kept)
    return pd.DataFrame({"share": n / kept, "low": low, "high": high}, index=n.index)


def is_weighted(respondents: pd.DataFrame) -> bool:
    """Whether weights say anything: equal ones change no share."""
    return respondents["weight"].nunique() > 1


def cautions(bases: pd.Series) -> list[str]:
    """What to say of small bases, the smallest first."""
    notes = []
    if ((bases > 0) & (bases < TINY)).any():
        notes.append(_("Sous {n} répondants, les parts ne sont pas affichées.", n=TINY))
    if ((bases >= TINY) & (bases < SMALL)).any():
        notes.append(
            _("Sous {n} répondants, l'effectif est faible : à lire avec prudence.", n=SMALL)
        )
    return notes
