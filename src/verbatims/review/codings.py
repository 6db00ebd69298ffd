"""Tags, decisions and acceptances → the codings that count."""

import pandas as pd

from verbatims.frames import ACCEPTANCES, ACCEPTED, CODINGS, HUMAN, MACHINE
from verbatims.review.decisions import readers
from verbatims.review.replacing import UNCHANGED, Replacements, Sought, decided, successor


def codings(
    tags: pd.DataFrame,
    decisions: pd.DataFrame,
    acceptances: pd.DataFrame | None = None,
    replacements: Replacements = UNCHANGED,
    sought: Sought | None = None,
    adjudications: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What counts: the coders' word where a verbatim was read, the suggestions elsewhere.

    A suggestion accepted unread is ACCEPTED, the others are MACHINE: a reading, whatever it found,
    does away with both. On coders who disagree, on `replacements`, `sought` and `adjudications`,
    see `decided`.
    """
    human = decided(decisions, replacements, sought, adjudications).assign(source=HUMAN)
    accepted = ACCEPTANCES.empty() if acceptances is None else acceptances
    heirs = {theme: successor(theme, replacements) for theme in accepted["theme"].unique()}
    accepted = accepted.assign(theme=accepted["theme"].map(heirs), source=ACCEPTED)
    machine = pd.concat([_pairs(accepted), _pairs(tags.assign(source=MACHINE))])
    machine = machine[~machine["verbatim_id"].isin(list(readers(decisions)))]
    both = pd.concat([human, machine.assign(present=True)])
    # the accepted come before the suggestions that they were
    first = both.drop_duplicates(["verbatim_id", "theme"])
    return CODINGS.check(first.sort_values(["verbatim_id", "theme"]).reset_index(drop=True))


def _pairs(found: pd.DataFrame) -> pd.DataFrame:
    return found[["verbatim_id", "theme", "source"]].drop_duplicates().astype("object")
