"""Who is to read what: plans drawn, seen before they are kept, followed and taken back."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from verbatims import review
from verbatims.errors import StudyError
from verbatims.folding import fold
from verbatims.frames import ANSWERED
from verbatims.language import _
from verbatims.model import Codebook, Role
from verbatims.study.stages import Stages

POSITIVES = 10  # under so many answers with a theme, agreement on it is told in counts only

_PER_CODER = ["coder", "alone", "double", "assigned", "read"]


@dataclass(frozen=True)
class Wish:
    """What is asked of a plan: whose shares, the part coded twice, of which answers."""

    shares: Mapping[str, float]
    twice: float = 0.0  # between 0 and 1
    question: str = ""  # every question when ""
    only_new: bool = False  # just the answers that no standing plan names


@dataclass(frozen=True)
class Draft:
    """A plan that is not kept yet: verbatim_id, coder, and whether the coder has `read` it."""

    wish: Wish
    assigned: pd.DataFrame
    had: frozenset[str] = frozenset()  # the answers that anyone has read before

    @property
    def answers(self) -> int:
        return int(self.assigned["verbatim_id"].nunique())

    @property
    def doubles(self) -> int:
        return len(self.assigned) - self.answers

    @property
    def known(self) -> int:
        """How many answers to code twice were read before: how may have been seen since."""
        names = self.assigned["verbatim_id"]
        return int(names[names.duplicated()].isin(self.had).sum())

    @property
    def coders(self) -> pd.DataFrame:
        """coder, alone, double, assigned, read; by name."""
        return _per_coder(self.assigned)

    @property
    def pairs(self) -> pd.DataFrame:
        """coder, other, n: how many answers each pair of coders reads."""
        double = self.assigned[self.assigned["verbatim_id"].duplicated(keep=False)]
        coders = double.sort_values(["verbatim_id", "coder"])["coder"].tolist()
        counts = Counter(zip(coders[::2], coders[1::2], strict=True))
        names = sorted(self.assigned["coder"].unique())
        rows = [(*pair, counts[pair]) for pair in combinations(names, 2)]
        return pd.DataFrame(rows, columns=["coder", "other", "n"])


@dataclass(frozen=True)
class Plan:
    """A plan that stands, and how far its coders are; answers that a later plan took are out."""

    number: int
    wish: Wish
    blind: bool
    hides_machine: bool
    author: str
    made_at: str
    answers: int  # when it was made
    taken: int  # those that a later plan decides about, or that have left the study
    doubles: int
    done: int  # doubles that both their coders have read
    begun: int  # doubles that one of them has read
    coders: pd.DataFrame  # coder, alone, double, assigned, read; by name


class Planning:
    """The plans of a study; the last that names an answer says who reads it."""

    def __init__(self, stages: Stages, book: Codebook) -> None:
        self.stages = stages
        self.store = stages.store
        self.book = book

    # -- before --------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Who may be asked to code: those with an account that lets them, else those met so far."""
        coders = self.store.coders()
        if len(coders):
            may = coders["active"].astype(bool) & (coders["role"] != Role.READER)
            return sorted(coders.loc[may, "name"], key=fold)
        met = {*self.store.decisions()["coder"], *self.store.assignments()["coder"]}
        return sorted(met, key=fold)

    def pool(self, question: str = "", *, only_new: bool = False) -> list[str]:
        """The answers with content to share out: of one question or of all, planned or not."""
        verbatims = self.stages.verbatims()
        kept = verbatims["status"] == ANSWERED
        if question:
            kept &= verbatims["question"] == question
        if only_new:
            kept &= ~verbatims["verbatim_id"].isin(self.store.assignments()["verbatim_id"])
        return verbatims.loc[kept, "verbatim_id"].tolist()

    def draft(self, wish: Wish) -> Draft:
        """What a plan would be; see review.assign. Nothing is kept."""
        ids = self.pool(wish.question, only_new=wish.only_new)
        if not ids:
            raise StudyError(
                _(
                    "Toutes ces réponses sont déjà réparties : refaites la répartition entière, ou "
                    "choisissez une autre question."
                )
                if wish.only_new
                else _(
                    "Aucune réponse à répartir : importez un fichier, ou choisissez une autre "
                    "question."
                )
            )
        read = review.readers(self.store.decisions())
        assigned = review.assign(ids, wish.shares, twice=wish.twice, read=read)
        return Draft(wish, _with_read(assigned, read), frozenset(read))

    def themes(self, question: str = "") -> pd.DataFrame:
        """theme, label, share: the part of the answers in which each theme is suggested."""
        ids, tags = self.pool(question), self.stages.tags()
        found = tags[tags["verbatim_id"].isin(ids)].drop_duplicates(["verbatim_id", "theme"])
        counts = found["theme"].value_counts()
        rows = [
            (theme.id, theme.label, counts.get(theme.id, 0) / max(len(ids), 1))
            for theme in self.book
        ]
        return pd.DataFrame(rows, columns=["theme", "label", "share"])

    def needed(self, question: str = "") -> int | None:
        """How many answers hold POSITIVES presences of the median theme of those suggested."""
        shares = self.themes(question)["share"]
        suggested = shares[shares > 0]
        if suggested.empty:
            return None
        return math.ceil(round(POSITIVES / suggested.median(), 6))

    # -- what stands ---------------------------------------------------------------------

    def save(
        self, draft: Draft, *, author: str, blind: bool | None = None, hides_machine: bool = False
    ) -> int:
        """Keep a plan; its number. Blind unless said otherwise as soon as some are read twice."""
        about = {**asdict(draft.wish), "answers": draft.answers}
        return self.store.add_plan(
            draft.assigned,
            about=about,
            blind=draft.doubles > 0 if blind is None else blind,
            hides_machine=hides_machine,
            author=author,
        )

    def take_back(self, number: int, *, author: str = "") -> None:
        """Undo a plan: the one before it says again who reads what; decisions stay."""
        if number not in {plan.number for plan in self.plans()}:
            raise StudyError(
                _(
                    "Il n'y a pas de répartition n° {number} à reprendre : elle l'a déjà été, ou "
                    "n'a jamais existé.",
                    number=number,
                )
            )
        self.store.take_back_plan(number, author=author)

    def plans(self) -> list[Plan]:
        """The plans that were not taken back, the oldest first, and how far each is."""
        made = self.store.plans()
        standing = made[~made["taken_back"].astype(bool)]
        if standing.empty:
            return []
        read = review.readers(self.store.decisions())
        held = _with_read(self.store.assignments(), read)
        return [
            _plan(row, held[held["plan"] == row["number"]]) for row in standing.to_dict("records")
        ]

    def waiting(self, coder: str) -> list[str]:
        """The answers that a coder is to read and has not read, in the random order."""
        held = self.store.assignments()
        own = _with_read(
            held[held["coder"] == coder], review.readers(self.store.decisions(coder=coder))
        )
        return review.random_order(own.loc[~own["read"], "verbatim_id"])

    def unsuggested(self, coder: str) -> int:
        """How many of them are to be read without seeing what the machine suggests."""
        held = self.store.assignments()
        hidden = held.loc[held["hides_machine"].astype(bool), "verbatim_id"]
        return len(set(self.waiting(coder)) & set(hidden))


def _plan(row: Mapping[Hashable, Any], held: pd.DataFrame) -> Plan:
    about = dict(row["about"])
    left = int(held["verbatim_id"].nunique())
    answers = int(about.pop("answers", left))
    double = held[held["verbatim_id"].duplicated(keep=False)]
    read = double.groupby("verbatim_id")["read"].sum()
    return Plan(
        number=int(row["number"]),
        wish=Wish(**{"shares": {}, **about}),
        blind=bool(row["blind"]),
        hides_machine=bool(row["hides_machine"]),
        author=row["author"],
        made_at=row["made_at"],
        answers=answers,
        taken=answers - left,
        doubles=len(read),
        done=int((read == 2).sum()),
        begun=int((read == 1).sum()),
        coders=_per_coder(held),
    )


def _with_read(assigned: pd.DataFrame, read: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    pairs = zip(assigned["verbatim_id"], assigned["coder"], strict=True)
    done = [coder in read.get(name, ()) for name, coder in pairs]
    return assigned.assign(read=pd.Series(done, index=assigned.index, dtype=bool))


def _per_coder(assigned: pd.DataFrame) -> pd.DataFrame:
    double = assigned["verbatim_id"].duplicated(keep=False)
    counted = assigned.assign(alone=~double, double=double, assigned=True)
    sums = counted.groupby("coder")[_PER_CODER[1:]].sum().astype(int)
    return sums.reset_index()[_PER_CODER]
