"""Unread verbatims → the order to read them in, and why each comes where it does.

Verbatims are told by their place in the file, in arrays: there may be a hundred thousand, of which
a coder sees fifty. So reasons are said only for those that are asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.frames import RANDOM, UNCLUSTERED
from verbatims.language import N_, _, ngettext
from verbatims.review.sampling import random_order

FILE, UNCERTAIN, RARE, THEME, CLUSTER, SPLIT = (
    *("file", "uncertain", "rare", "theme"),
    *("cluster", "split"),
)

EVERY = 5  # one place out of five is chance's, so that what is suggested stays measurable

SURE = 0.19  # the doubt of a score of 5 % or 95 %
SAYS_SURE = N_("la machine n'hésite sur aucun thème")
DRAWN = N_("tirage au hasard : pour mesurer")

Floats = NDArray[np.floating]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

Says = Callable[[Ints], list[str]]  # some of the verbatims -> why each comes where it does
Ranked = tuple[Ints, Says]  # the verbatims, best first; and why


@dataclass(frozen=True)
class Guide:
    """What orders go by, a row for each of `ids`; they do without what is missing."""

    ids: Sequence[str] = ()
    scores: Floats = field(default_factory=lambda: np.empty((0, 0)))  # verbatims × themes
    themes: Sequence[str] = ()  # of the columns of the scores
    coded: Mapping[str, int] = field(default_factory=dict)  # theme -> answers that hold it
    clusters: Ints = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    drawn: Ints = field(default_factory=lambda: np.empty(0, dtype=np.intp))  # chance's order
    names: Mapping[str, str] = field(default_factory=dict)  # theme -> what it is called
    calibrated: bool = True  # whether scores read as probabilities
    hidden: Flags | None = None  # where nothing may be said of what the machine found

    @classmethod
    def of(
        cls,
        ids: Sequence[str],
        *,
        scores: pd.DataFrame | None = None,
        clusters: pd.DataFrame | None = None,
        **more: Any,
    ) -> "Guide":
        """From frames: `scores` wide, see tagging; `clusters` as CLUSTERS."""
        wide = pd.DataFrame() if scores is None else scores
        return cls(
            ids,
            aligned(ids, wide),
            [str(theme) for theme in wide.columns],
            clusters=_clusters(ids, clusters),
            drawn=_drawn(ids),
            **more,
        )

    def name(self, theme: str) -> str:
        return _("« {text} »", text=self.names.get(theme, theme))

    def shown(self, pool: Ints) -> Floats:
        """The scores of some verbatims, 0 where they are hidden."""
        scores = self.scores[pool] if len(self.themes) else np.empty((len(pool), 0))
        if self.hidden is not None:
            scores[self.hidden[pool]] = 0
        return scores


def aligned(ids: Sequence[str], wide: pd.DataFrame) -> Floats:
    """A frame of scores with a row for each of `ids`; 0 for a verbatim without words."""
    rows = wide.index.get_indexer(pd.Index(ids))
    scores = np.zeros((len(ids), wide.shape[1]), dtype=np.float32)
    scores[rows >= 0] = wide.to_numpy(dtype=np.float32)[rows[rows >= 0]]
    return scores


def _clusters(ids: Sequence[str], clusters: pd.DataFrame | None) -> Ints:
    if clusters is None:
        return np.full(len(ids), UNCLUSTERED, dtype=np.intp)
    rows = pd.Index(clusters["verbatim_id"]).get_indexer(pd.Index(ids))
    found = np.append(clusters["cluster"].to_numpy(dtype=np.intp), UNCLUSTERED)
    placed: Ints = found[rows]
    return placed


def _drawn(ids: Sequence[str]) -> Ints:
    """The place of each verbatim in the random order."""
    position = {name: place for place, name in enumerate(ids)}
    return np.argsort(np.array([position[name] for name in random_order(ids)], dtype=np.intp))


@dataclass(frozen=True)
class Ranking:
    """Verbatims in their order; `chance` marks those that chance put in their place."""

    order: Ints
    chance: Flags
    name: str
    says: Says

    def __len__(self) -> int:
        return len(self.order)

    def queues(self, at: Ints) -> list[str]:
        """Which order chose those at some places: this one, or RANDOM for chance."""
        return [RANDOM if drawn else self.name for drawn in self.chance[at]]

    def reasons(self, at: Ints) -> list[str]:
        """Why those at some places come there; "" when there is nothing to say."""
        said = self.says(self.order[at])
        told = zip(self.chance[at], said, strict=True)
        return [_(DRAWN) if drawn else why for drawn, why in told]


@dataclass(frozen=True)
class Order:
    """An order offered to coders, in words to be said with `_`.

    `mixed` leaves one place out of five to chance.
    """

    label: str
    why: str
    rank: Callable[[Ints, Guide, str], Ranked]
    mixed: bool = True


def order(name: str, pool: Ints, guide: Guide, theme: str = "") -> Ranking:
    """The verbatims of `pool` (in the order of the file) in the order `name` of ORDERS.

    The random places follow the random order of the pool: they make up the random part of what
    is coded (see sampling.random_part) when the pool is all that is unread of a question.
    `theme` is the one that the order THEME is about.
    """
    chosen = ORDERS[name]
    ranked, says = chosen.rank(pool, guide, theme)
    if chosen.mixed:
        return Ranking(*_mixed(ranked, guide.drawn), name, says)
    return Ranking(ranked, np.full(len(ranked), name == RANDOM), name, says)


def _mixed(ranked: Ints, drawn: Ints) -> tuple[Ints, Flags]:
    lots = ranked[np.argsort(drawn[ranked])]
    placed: set[int] = set()
    best, chance = _fresh(ranked, placed), _fresh(lots, placed)
    order = [next(chance if place % EVERY == EVERY - 1 else best) for place in range(len(ranked))]
    return np.array(order, dtype=np.intp), np.arange(len(order)) % EVERY == EVERY - 1


def _fresh(source: Ints, placed: set[int]) -> Iterator[int]:
    """Those not placed yet, each placed as it is given."""
    for verbatim in source.tolist():
        if verbatim not in placed:
            placed.add(verbatim)
            yield verbatim


def _silent(some: Ints) -> list[str]:
    return [""] * len(some)


def _as_in_the_file(pool: Ints, _guide: Guide, _theme: str) -> Ranked:
    return pool, _silent


def _at_random(pool: Ints, guide: Guide, _theme: str) -> Ranked:
    return pool[np.argsort(guide.drawn[pool])], _silent


def _uncertain_first(pool: Ints, guide: Guide, _theme: str) -> Ranked:
    def says(some: Ints) -> list[str]:
        scores = guide.shown(some)
        return _unhidden(some, _hesitations(scores, _doubt(scores), guide), guide)

    return _best_first(pool, _doubt(guide.shown(pool)).sum(axis=1)), says


def _rare_first(pool: Ints, guide: Guide, _theme: str) -> Ranked:
    """Doubt, weighed by how little each theme has been coded: 1/√(n + 1).

    The best strategy measured on two questions of the Grand Débat (bench/labelling.py): it finds
    the themes that random reading leaves without examples, and still learns the others.
    """
    coded = [guide.coded.get(theme, 0) for theme in guide.themes]
    if not coded:
        return pool, _silent
    weight = (1 / np.sqrt(np.array(coded) + 1)).astype(np.float32)

    def says(some: Ints) -> list[str]:
        rare = [_rare(guide.name(theme), n) for theme, n in zip(guide.themes, coded, strict=True)]
        doubt = _doubt(guide.shown(some))
        first = (doubt * weight).argmax(axis=1)
        sure = doubt[np.arange(len(some)), first] < SURE
        told = [_(SAYS_SURE) if no else rare[at] for at, no in zip(first, sure, strict=True)]
        return _unhidden(some, told, guide)

    return _best_first(pool, _doubt(guide.shown(pool)) @ weight), says


def _rare(name: str, n: int) -> str:
    return ngettext(
        "thème rare : {theme}, {n} réponse codée",
        "thème rare : {theme}, {n} réponses codées",
        n,
        theme=name,
    )


def _most_probable_first(pool: Ints, guide: Guide, theme: str) -> Ranked:
    if theme not in guide.themes:
        return pool, _silent
    column = list(guide.themes).index(theme)

    def says(some: Ints) -> list[str]:
        if not guide.calibrated:
            told = [_("parmi les plus proches de {theme}", theme=guide.name(theme))] * len(some)
        else:
            scores = guide.shown(some)[:, column]
            name = guide.name(theme)
            told = [_("{theme} : {share}", theme=name, share=_percent(one)) for one in scores]
        return _unhidden(some, told, guide)

    return _best_first(pool, guide.shown(pool)[:, column]), says


def _each_cluster_in_turn(pool: Ints, guide: Guide, _theme: str) -> Ranked:
    cluster = pd.Series(guide.clusters[pool])
    turn = cluster.groupby(cluster).cumcount()
    # in each turn, those that no class took come last
    order = np.lexsort((cluster, cluster == UNCLUSTERED, turn))

    def says(some: Ints) -> list[str]:
        return [
            _("classe {n}", n=n) if n != UNCLUSTERED else _("hors de toute classe")
            for n in guide.clusters[some]
        ]

    return pool[order], says


def _to_read_again(pool: Ints, _guide: Guide, _theme: str) -> Ranked:
    return pool, lambda some: [_("un de ses thèmes a été scindé depuis sa lecture")] * len(some)


ORDERS: dict[str, Order] = {
    FILE: Order(N_("dans l'ordre"), N_("comme dans le fichier"), _as_in_the_file, mixed=False),
    RANDOM: Order(
        N_("au hasard"), N_("pour mesurer : précision des suggestions et parts"), _at_random,
        mixed=False,
    ),
    UNCERTAIN: Order(
        N_("les incertaines d'abord"), N_("celles où la machine hésite lui apprennent le plus"),
        _uncertain_first,
    ),
    RARE: Order(
        N_("les thèmes rares d'abord"),
        N_("pour trouver des exemples de ce qui est encore peu codé"),
        _rare_first,
    ),
    THEME: Order(
        N_("par thème"), N_("celles qui parlent le plus probablement d'un thème"),
        _most_probable_first,
    ),
    CLUSTER: Order(
        N_("par classe"), N_("une réponse de chaque classe à tour de rôle"), _each_cluster_in_turn
    ),
    SPLIT: Order(
        N_("à relire"), N_("celles dont un thème a été scindé depuis leur lecture"), _to_read_again,
        mixed=False,
    ),
}  # fmt: skip


def _doubt(scores: Floats) -> Floats:
    """From 0 when a score says yes or no to 1 in the middle: 4p(1 − p)."""
    return 4 * scores * (1 - scores)


def _best_first(pool: Ints, values: Floats) -> Ints:
    """Ties as in the pool."""
    return pool[np.argsort(-values, kind="stable")]


def _unhidden(some: Ints, told: list[str], guide: Guide) -> list[str]:
    if guide.hidden is None:
        return told
    return ["" if no else why for no, why in zip(guide.hidden[some], told, strict=True)]


def _hesitations(scores: Floats, doubt: Floats, guide: Guide) -> list[str]:
    """Between which two themes each verbatim is the hardest to tell, or about which one."""
    if not doubt.size:
        return [""] * len(scores)
    # float32 noise is no reason to name one theme before the other
    hardest = np.argsort(-doubt.round(6), axis=1, kind="stable")
    first, second = hardest[:, 0], hardest[:, min(1, doubt.shape[1] - 1)]
    rows = np.arange(len(scores))
    both = (first != second) & (doubt[rows, second] >= doubt[rows, first] / 2)
    names = [guide.name(theme) for theme in guide.themes]
    said = [
        [_scored(names[c], score, guide) for c, score in zip(of, scores[rows, of], strict=True)]
        for of in (first, second)
    ]
    reasons = np.where(doubt[rows, first] < SURE, _(SAYS_SURE), "").tolist()
    return [
        reason or _hesitant(one, other if two else "")
        for one, other, two, reason in zip(*said, both, reasons, strict=True)
    ]


def _hesitant(one: str, other: str) -> str:
    if not other:
        return _("hésite sur {theme}", theme=one)
    return _("hésite entre {theme} et {other}", theme=one, other=other)


def _scored(name: str, score: float, guide: Guide) -> str:
    return f"{name} ({_percent(score)})" if guide.calibrated else name


def _percent(score: float) -> str:
    return _("{n} %", n=f"{100 * score:.0f}")
