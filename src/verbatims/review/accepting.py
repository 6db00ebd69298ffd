"""Suggestions sure enough to be accepted unread, if any: what can be promised, or why nothing."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.language import _, ngettext, percent
from verbatims.measures.intervals import clopper_pearson
from verbatims.review.stopping import ALL, validated

FEWEST = 100  # random validated answers under which nothing is promised
LOOSER = 1.5  # each threshold tried lets in half as many pairs again
MOST = 5_000  # pairs within which the first threshold is looked for

Floats = NDArray[np.float64]
Coded = tuple[pd.DataFrame, pd.DataFrame]  # labels and scores of the same answers and themes


@dataclass(frozen=True)
class Offer:
    """A score above which the unread suggestions of a theme ("" for all) may be accepted."""

    theme: str
    threshold: float
    pairs: int  # unread, at or above the threshold
    low: float  # lower bound of their precision
    validated: int  # random answers that it rests on
    says: str  # the promise and what it does not promise


@dataclass(frozen=True)
class Refusal:
    """Why nothing is offered for a theme, in one sentence."""

    theme: str
    says: str


@dataclass(frozen=True)
class Promise:
    """How many of the accepted suggestions are to be right, and how sure one is of it."""

    precision: float
    confidence: float

    def low(self, right: Floats, n: Floats) -> Floats:
        """The one-sided lower bound of a precision."""
        return clopper_pearson(right, n, confidence=2 * self.confidence - 1)[0]

    @property
    def said(self) -> str:
        return _(
            "{precision} justes à {confidence} de confiance",
            precision=percent(self.precision),
            confidence=percent(self.confidence),
        )


def auto_accept(
    labels: pd.DataFrame,
    crossfit: pd.DataFrame,
    scores: pd.DataFrame,
    random_ids: Collection[str],
    *,
    precision: float = 0.95,
    confidence: float = 0.90,
) -> dict[str, Offer | Refusal]:
    """What may be accepted unread, by theme and for all together (theme "").

    Thresholds are tried from the strictest, each letting in half as many random validated pairs
    again, and the last is kept before the first whose Clopper-Pearson lower bound falls short:
    tried in an order set beforehand and stopped at the first failure, they need no correction for
    being many (fixed-sequence testing; Angelopoulos et al. 2021, "Learn then test"). Only scores
    that never saw the answer count (`crossfit`), and only answers that chance chose. Big steps
    fall short of the limit more often than not, which leaves room for what chance does to those
    that are accepted. Where coders chose to read the surest answers, the unread ones are worth
    less than the random ones: what they found there is taken off (see `_tried`).

    What is promised: with `confidence`, the accepted suggestions are right at `precision` or more,
    among answers drawn like the validated ones. Each promise stands alone. That of a theme is for
    that theme; of ten themes accepted at 90 %, one may fall short. That of all together is
    marginal: it holds over the pairs of all themes, some of which may be under it, and takes the
    pairs of one answer as independent.
    """
    promise = Promise(precision, confidence)
    drawn = validated(labels, crossfit, random_ids)
    chosen = validated(labels, crossfit, labels.index.difference(list(random_ids), sort=False))
    unread = scores[~scores.index.isin(labels.index)]
    themes = list(drawn[0].columns)
    return {
        name: _offer(name, Evidence.of(own, drawn, chosen, unread), promise)
        for name, own in [*((theme, [theme]) for theme in themes), (ALL, themes)]
    }


def accepted(offer: Offer, labels: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The pairs that an offer is about: verbatim_id, theme, score; verbatims as in `scores`."""
    unread = scores[~scores.index.isin(labels.index)]
    own = [theme for theme in labels.columns if theme in unread and offer.theme in (theme, ALL)]
    values = unread[own].to_numpy(dtype=float)
    rows, columns = np.nonzero(values >= offer.threshold)
    return pd.DataFrame(
        {
            "verbatim_id": unread.index.to_numpy(dtype=object)[rows],
            "theme": np.array(own, dtype=object)[columns],
            "score": values[rows, columns],
        }
    )


@dataclass(frozen=True)
class Pairs:
    """Coded pairs, from the surest."""

    scores: Floats
    right: NDArray[np.bool_]

    @classmethod
    def of(cls, truth: pd.DataFrame, scored: pd.DataFrame) -> "Pairs":
        known = (truth.notna() & scored.notna()).to_numpy()
        right, scores = truth.to_numpy()[known] == 1, scored.to_numpy(dtype=float)[known]
        surest = np.argsort(-scores, kind="stable")
        return cls(scores[surest], right[surest])


@dataclass(frozen=True)
class Evidence:
    """The pairs of a theme or of all: those that chance drew, those read by choice, the unread."""

    n: int  # answers that chance drew
    drawn: Pairs
    chosen: Pairs
    unread: Floats

    @classmethod
    def of(cls, own: list[str], drawn: Coded, chosen: Coded, unread: pd.DataFrame) -> "Evidence":
        """From the labels and scores of the drawn and of the chosen, in the columns `own`."""
        return cls(
            int(drawn[0][own].notna().any(axis=1).sum()),
            Pairs.of(drawn[0][own], drawn[1][own]),
            Pairs.of(chosen[0][own], chosen[1][own]),
            unread[own].to_numpy(dtype=float),
        )


def _offer(theme: str, evidence: Evidence, promise: Promise) -> Offer | Refusal:
    n = evidence.n
    if n < FEWEST:
        says = ngettext(
            "{n} réponse validée parmi celles tirées au hasard : il en faut {least} pour accepter "
            "sans lire.",
            "{n} réponses validées parmi celles tirées au hasard : il en faut {least} pour "
            "accepter sans lire.",
            n,
            least=FEWEST,
        )
        return Refusal(theme, says)
    sizes, found, lows = _tried(evidence, promise)
    passed = int(np.argmin(np.append(lows >= promise.precision, False)))
    if not passed:
        return Refusal(theme, _short(sizes, found, lows, promise))
    size = int(sizes[passed - 1])
    threshold = float(evidence.drawn.scores[size - 1])
    pairs = int((evidence.unread >= threshold).sum())
    if not pairs:
        return Refusal(theme, _("Plus aucune suggestion non lue n'est assez sûre."))
    says = _promised(theme, pairs, (size, n), promise)
    return Offer(theme, threshold, pairs, float(lows[passed - 1]), n, says)


def _tried(evidence: Evidence, promise: Promise) -> tuple[Floats, Floats, Floats]:
    """How many random pairs each threshold lets in, how many right, the bound for the unread.

    The first threshold lets in as few as can keep the promise when all but one are right; ties are
    let in together. Above a threshold the answers that chance did not draw hold u unread pairs and
    c read by choice, r of them right; if at least p of all are right (Clopper-Pearson), at least
    (p (u + c) - r) / u of the unread are.
    """
    drawn, chosen = evidence.drawn, evidence.chosen
    n = np.arange(1.0, min(len(drawn.right), MOST) + 1)
    first = int(np.argmax(np.append(promise.low(n - 1, n) >= promise.precision, True)))
    sizes = [min(first + 1, len(drawn.right))]
    while (size := max(sizes[-1] + 1, round(sizes[-1] * LOOSER))) <= len(drawn.right):
        sizes.append(size)
    limits = np.unique(drawn.scores[np.array(sizes) - 1])[::-1]
    tried, unread, read, right = (
        np.array([(scores >= limit).sum() for limit in limits], dtype=float)
        for scores in (drawn.scores, evidence.unread, chosen.scores, chosen.scores[chosen.right])
    )
    found = np.cumsum(drawn.right)[tried.astype(int) - 1].astype(float)
    low = promise.low(found, tried)
    left = (low * (unread + read) - right) / np.maximum(unread, 1)
    return tried, found, np.where(unread > 0, np.clip(left, 0, low), low)


def _short(sizes: Floats, found: Floats, lows: Floats, promise: Promise) -> str:
    return _(
        "Des {size} suggestions les plus sûres validées au hasard, {right} étaient justes : on ne "
        "peut en promettre que {low}, et non {promise}.",
        size=f"{sizes[0]:.0f}",
        right=f"{found[0]:.0f}",
        low=_percent(lows[0]),
        promise=promise.said,
    )


def _promised(theme: str, pairs: int, measured: tuple[int, int], promise: Promise) -> str:
    size, n = measured
    limit = (
        _(
            "Cela vaut pour ce thème seul : si vous en acceptez dix ainsi, l'un peut manquer à la "
            "promesse."
        )
        if theme
        else _("Cela vaut pour tous les thèmes ensemble : l'un ou l'autre peut être en dessous.")
    )
    promised = ngettext(
        "{n} suggestion à accepter sans lire : au moins {promise}, d'après les {size} plus sûres "
        "de {answers} réponses validées au hasard.",
        "{n} suggestions à accepter sans lire : au moins {promise}, d'après les {size} plus sûres "
        "de {answers} réponses validées au hasard.",
        pairs,
        promise=promise.said,
        size=size,
        answers=n,
    )
    return f"{promised} {limit}"


def _percent(share: float) -> str:
    """Rounded down: what falls short must not read as reached."""
    return _("{n} %", n=int(100 * share + 1e-9))
