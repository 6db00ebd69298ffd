"""Unread verbatims → the order to read them in, and why each comes where it does."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.errors import counted
from verbatims.frames import CLUSTERS, RANDOM, UNCLUSTERED
from verbatims.review.replacing import Replacements
from verbatims.review.sampling import random_order

FILE, UNCERTAIN, RARE, THEME, CLUSTER, SPLIT = (
    *("file", "uncertain", "rare", "theme"),
    *("cluster", "split"),
)

EVERY = 5  # one place out of five is chance's, so that what is suggested stays measurable

SURE = 0.19  # the doubt of a score of 5 % or 95 %
SAYS_SURE = "la machine n'hésite sur aucun thème"
DRAWN = "tirage au hasard : pour mesurer"

Ranked = tuple[Sequence[int], Sequence[str]]  # positions in the pool, best first; why, by position

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Guide:
    """What orders go by; they do without what is missing."""

    scores: pd.DataFrame = field(default_factory=pd.DataFrame)  # wide, see tagging
    labels: pd.DataFrame = field(default_factory=pd.DataFrame)  # wide, see labels.py
    clusters: pd.DataFrame = field(default_factory=CLUSTERS.empty)
    names: Mapping[str, str] = field(default_factory=dict)  # theme -> what it is called
    calibrated: bool = True  # whether scores read as probabilities
    reread: Collection[str] = ()  # see replacing.to_reread
    replacements: Replacements = field(default_factory=dict)

    def name(self, theme: str) -> str:
        return f"« {self.names.get(theme, theme)} »"

    def of(self, pool: Sequence[str]) -> Floats:
        """The scores of a pool, a row each; 0 for a verbatim without words."""
        return self.scores.reindex(list(pool), fill_value=0).to_numpy(dtype=float)


@dataclass(frozen=True)
class Place:
    """A verbatim in its place: `queue` is the order that chose it, RANDOM for chance."""

    verbatim_id: str
    queue: str
    reason: str


@dataclass(frozen=True)
class Order:
    """An order offered to coders; `mixed` leaves one place out of five to chance."""

    label: str
    why: str
    rank: Callable[[Sequence[str], Guide, str], Ranked]
    mixed: bool = True


def order(
    name: str, pool: Sequence[str], guide: Guide | None = None, theme: str = ""
) -> list[Place]:
    """The verbatims of `pool` (ids in the order of the file) in the order `name` of ORDERS.

    The random places follow the random order of the pool: they make up the random part of what
    is coded (see sampling.random_part) when the pool is all that is unread of a question.
    `theme` is the one that the order THEME is about.
    """
    chosen = ORDERS[name]
    positions, reasons = chosen.rank(pool, guide or Guide(), theme)
    ranked = [Place(pool[position], name, reasons[position]) for position in positions]
    return _mixed(ranked) if chosen.mixed else ranked


def _mixed(ranked: Sequence[Place]) -> list[Place]:
    drawn = (Place(name, RANDOM, DRAWN) for name in random_order(p.verbatim_id for p in ranked))
    chosen = iter(ranked)
    placed: dict[str, Place] = {}
    while len(placed) < len(ranked):
        source = drawn if len(placed) % EVERY == EVERY - 1 else chosen
        place = next(place for place in source if place.verbatim_id not in placed)
        placed[place.verbatim_id] = place
    return list(placed.values())


def _as_in_the_file(pool: Sequence[str], _guide: Guide, _theme: str) -> Ranked:
    return range(len(pool)), [""] * len(pool)


def _at_random(pool: Sequence[str], _guide: Guide, _theme: str) -> Ranked:
    position = {name: place for place, name in enumerate(pool)}
    return [position[name] for name in random_order(pool)], [DRAWN] * len(pool)


def _uncertain_first(pool: Sequence[str], guide: Guide, _theme: str) -> Ranked:
    scores = guide.of(pool)
    doubt = _doubt(scores)
    return _best_first(doubt.sum(axis=1)), _hesitations(scores, doubt, guide)


def _rare_first(pool: Sequence[str], guide: Guide, _theme: str) -> Ranked:
    """Doubt, weighed by how little each theme has been coded: 1/√(n + 1).

    The best strategy measured on two questions of the Grand Débat (bench/labelling.py): it finds
    the themes that random reading leaves without examples, and still learns the others.
    """
    coded = (guide.labels.reindex(columns=guide.scores.columns) == 1).sum()
    doubt = _doubt(guide.of(pool))
    if not doubt.size:
        return range(len(pool)), [""] * len(pool)
    weighed = doubt / np.sqrt(coded.to_numpy(dtype=float) + 1)
    says = [
        f"thème rare : {guide.name(str(theme))}, {counted(n, 'réponse codée')}"
        for theme, n in coded.items()
    ]
    first = weighed.argmax(axis=1)
    sure = doubt[np.arange(len(pool)), first] < SURE
    reasons = [SAYS_SURE if no else says[theme] for theme, no in zip(first, sure, strict=True)]
    return _best_first(weighed.sum(axis=1)), reasons


def _most_probable_first(pool: Sequence[str], guide: Guide, theme: str) -> Ranked:
    if theme not in guide.scores:
        return range(len(pool)), [""] * len(pool)
    scores = guide.scores[theme].reindex(list(pool), fill_value=0).to_numpy(dtype=float)
    if not guide.calibrated:
        return _best_first(scores), [f"parmi les plus proches de {guide.name(theme)}"] * len(pool)
    return _best_first(scores), [f"{guide.name(theme)} : {_percent(score)}" for score in scores]


def _each_cluster_in_turn(pool: Sequence[str], guide: Guide, _theme: str) -> Ranked:
    of = guide.clusters.set_index("verbatim_id")["cluster"]
    cluster = of.reindex(list(pool)).fillna(UNCLUSTERED).astype(int).reset_index(drop=True)
    turn = cluster.groupby(cluster).cumcount()
    # in each turn, those that no class took come last
    last = cluster == UNCLUSTERED
    says = {n: f"classe {n}" if n != UNCLUSTERED else "hors de toute classe" for n in set(cluster)}
    return np.lexsort((cluster, last, turn)).tolist(), [says[n] for n in cluster]


def _to_read_again(pool: Sequence[str], _guide: Guide, _theme: str) -> Ranked:
    return range(len(pool)), ["un de ses thèmes a été scindé depuis sa lecture"] * len(pool)


ORDERS: dict[str, Order] = {
    FILE: Order("dans l'ordre", "comme dans le fichier", _as_in_the_file, mixed=False),
    RANDOM: Order(
        "au hasard", "pour mesurer : précision des suggestions et parts", _at_random, mixed=False
    ),
    UNCERTAIN: Order(
        "les incertaines d'abord", "celles où la machine hésite lui apprennent le plus",
        _uncertain_first,
    ),
    RARE: Order(
        "les thèmes rares d'abord", "pour trouver des exemples de ce qui est encore peu codé",
        _rare_first,
    ),
    THEME: Order(
        "par thème", "celles qui parlent le plus probablement d'un thème", _most_probable_first
    ),
    CLUSTER: Order(
        "par classe", "une réponse de chaque classe à tour de rôle", _each_cluster_in_turn
    ),
    SPLIT: Order(
        "à relire", "celles dont un thème a été scindé depuis leur lecture", _to_read_again,
        mixed=False,
    ),
}  # fmt: skip


def _doubt(scores: Floats) -> Floats:
    """From 0 when a score says yes or no to 1 in the middle: 4p(1 − p)."""
    return 4 * scores * (1 - scores)


def _best_first(values: Floats) -> list[int]:
    """Ties as in the pool."""
    positions: list[int] = np.argsort(-values, kind="stable").tolist()
    return positions


def _hesitations(scores: Floats, doubt: Floats, guide: Guide) -> list[str]:
    """Between which two themes each verbatim is the hardest to tell, or about which one."""
    if not doubt.size:
        return [""] * len(scores)
    # float32 noise is no reason to name one theme before the other
    hardest = np.argsort(-doubt.round(6), axis=1, kind="stable")
    first, second = hardest[:, 0], hardest[:, min(1, doubt.shape[1] - 1)]
    rows = np.arange(len(scores))
    both = (first != second) & (doubt[rows, second] >= doubt[rows, first] / 2)
    names = [guide.name(str(theme)) for theme in guide.scores.columns]
    said = [
        [_scored(names[c], score, guide) for c, score in zip(of, scores[rows, of], strict=True)]
        for of in (first, second)
    ]
    reasons = np.where(doubt[rows, first] < SURE, SAYS_SURE, "").tolist()
    return [
        reason or (f"hésite entre {one} et {other}" if two else f"hésite sur {one}")
        for one, other, two, reason in zip(*said, both, reasons, strict=True)
    ]


def _scored(name: str, score: float, guide: Guide) -> str:
    return f"{name} ({_percent(score)})" if guide.calibrated else name


def _percent(score: float) -> str:
    return f"{100 * score:.0f} %"
