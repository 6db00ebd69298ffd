"""What has been read → whether to go on: new themes, and how far suggestions can be relied on."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from verbatims.frames import READ
from verbatims.language import _, ngettext
from verbatims.measures.intervals import clopper_pearson
from verbatims.review.decisions import live, readers
from verbatims.review.replacing import UNCHANGED, Replacements, decided

LAST = 10  # answers over which new themes are counted
ENOUGH = 30  # random validated answers under which nothing is measured
CONFIDENCE = 0.90

ALL = ""  # in place of a theme: all of them together


def saturation(decisions: pd.DataFrame, replacements: Replacements = UNCHANGED) -> pd.DataFrame:
    """A row per answer read, in the order in which they were read to the end for the first time.

    Columns: verbatim_id, read (answers so far), themes (found so far), new (themes first found in
    the last ten). Queues that look for rare themes make it fall sooner than chance would.
    """
    found = decided(decisions, replacements)
    made = live(decisions).sort_values("number")
    standing = made["verbatim_id"].isin(list(readers(decisions)))
    read = made[standing & (made["value"] == READ)]
    order = read.drop_duplicates("verbatim_id")["verbatim_id"].reset_index(drop=True)
    place = pd.Series(range(1, len(order) + 1), index=order, dtype="int64")
    met = found[found["present"]]
    first = met["verbatim_id"].map(place).groupby(met["theme"]).min()
    fresh = first.value_counts().reindex(place.to_numpy(), fill_value=0)
    return pd.DataFrame(
        {
            "verbatim_id": order.to_numpy(),
            "read": place.to_numpy(),
            "themes": fresh.cumsum().to_numpy(),
            "new": fresh.rolling(LAST, min_periods=1).sum().astype("int64").to_numpy(),
        }
    )


def saturation_note(curve: pd.DataFrame) -> str:
    """What a saturation says, in one sentence."""
    if len(curve) < LAST:
        return _(
            "Il faut {n} réponses lues pour voir si de nouveaux thèmes apparaissent encore.", n=LAST
        )
    themes, new = int(curve["themes"].iloc[-1]), int(curve["new"].iloc[-1])
    so_far = ngettext(
        "{n} thème en {read} réponses lues",
        "{n} thèmes en {read} réponses lues",
        themes,
        read=len(curve),
    )
    if new:
        return ngettext(
            "{n} thème de plus dans les {last} dernières réponses ({so_far}).",
            "{n} thèmes de plus dans les {last} dernières réponses ({so_far}).",
            new,
            last=LAST,
            so_far=so_far,
        )
    since = int((curve["themes"] == themes).sum()) - (1 if themes else 0)
    return _(
        "Aucun thème de plus dans les {last} dernières réponses ({so_far}).",
        last=since,
        so_far=so_far,
    )


def reliability(
    labels: pd.DataFrame,
    crossfit: pd.DataFrame,
    scores: pd.DataFrame,
    threshold: Mapping[str, float],
    random_ids: Collection[str],
) -> pd.DataFrame:
    """Precision and recall of the suggestions, by theme and for all (theme ""), in that order.

    Columns: theme, n (random answers validated), held, suggested, right (the last two both),
    precision, precision_low, precision_high, recall, recall_low, recall_high, reason ("", or in
    words why a figure is missing). Only from the answers that chance chose (`random_ids`) and
    scores that never saw them: `crossfit`, or `scores` when nothing was learned. The intervals are
    Clopper-Pearson's at 90 %; those of all themes take the pairs of one answer as independent.
    """
    truth, scored = validated(labels, crossfit if len(crossfit) else scores, random_ids)
    limits = np.array([threshold.get(str(theme), np.inf) for theme in truth.columns])
    held, suggested = truth == 1, scored >= limits
    counts = pd.DataFrame(
        {
            "n": truth.notna().sum(),
            "held": held.sum(),
            "suggested": suggested.sum(),
            "right": (held & suggested).sum(),
        }
    )
    counts.loc[ALL] = counts.sum()
    counts.loc[ALL, "n"] = len(truth)
    counts = counts.rename_axis("theme").reset_index().astype({"n": "int64"})
    enough = counts["n"] >= ENOUGH
    return counts.assign(
        **_proportion("precision", counts["right"], counts["suggested"].where(enough)),
        **_proportion("recall", counts["right"], counts["held"].where(enough)),
        reason=[
            _missing(*row) for row in counts[["n", "held", "suggested"]].itertuples(index=False)
        ],
    )


def validated(
    labels: pd.DataFrame, unseen: pd.DataFrame, random_ids: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The labels of the random answers, and their scores; NaN in both where a theme is unknown."""
    names = [name for name in random_ids if name in labels.index and name in unseen.index]
    themes = [theme for theme in labels.columns if theme in unseen.columns]
    truth = labels.loc[names, themes]
    return truth, unseen.loc[names, themes].where(truth.notna())


def _proportion(name: str, right: pd.Series, base: pd.Series) -> dict[str, pd.Series]:
    base = base.where(base > 0)
    low, high = clopper_pearson(right.where(base.notna()), base, confidence=CONFIDENCE)
    bounds = {f"{name}_low": low, f"{name}_high": high}
    return {name: right / base, **{key: pd.Series(bound) for key, bound in bounds.items()}}


def _missing(n: int, held: int, suggested: int) -> str:
    if n < ENOUGH:
        return ngettext(
            "{n} réponse validée parmi celles tirées au hasard : il en faut {least} pour mesurer.",
            "{n} réponses validées parmi celles tirées au hasard : il en faut {least} pour "
            "mesurer.",
            n,
            least=ENOUGH,
        )
    if not suggested:
        return _("Jamais suggéré parmi elles : la précision ne se mesure pas.")
    if not held:
        return _("Jamais retenu parmi elles : le rappel ne se mesure pas.")
    return ""
