"""Two variables on those who were asked both: what every cell and every test is made from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from verbatims.analysis.variables import Flags, Variable
from verbatims.language import N_
from verbatims.measures.intervals import Floats
from verbatims.model import Base

# Why a cell or a row has no test.
FEW = N_("Moins de {n} répondants : ni part ni test.")
UNREAD = N_("Réponses pas toutes lues : ni part ni test. Terminez le codage pour les obtenir.")
CONSTANT = N_("Tous pareils : rien à tester.")
OVERLAP = N_(
    "Groupes non exclusifs : pas de test d'ensemble ; chaque case se compare au reste des "
    "répondants."
)


@dataclass(frozen=True)
class Pair:
    """Two variables on those who were asked both; `based` answered both."""

    rows: Variable
    columns: Variable

    @classmethod
    def of(cls, rows: Variable, columns: Variable) -> "Pair":
        shared = rows.people[rows.people.isin(columns.people)]
        return cls(rows.on(shared), columns.on(shared))

    @cached_property
    def based(self) -> Flags:
        return self.rows.based & self.columns.based

    @cached_property
    def known(self) -> Flags:
        return self.based & self.rows.known & self.columns.known

    @cached_property
    def is_read(self) -> bool:
        return bool((self.known == self.based).all())

    @cached_property
    def total(self) -> int:
        return int(self.based.sum())

    @cached_property
    def held(self) -> Floats:
        return (self.rows.holds & self.based[:, None]).astype(float)

    @cached_property
    def groups(self) -> Floats:
        return (self.columns.holds & self.based[:, None]).astype(float)

    @cached_property
    def n(self) -> Floats:
        counts: Floats = self.held.T @ self.groups
        return counts

    @cached_property
    def row_n(self) -> Floats:
        return np.asarray(self.held.sum(axis=0))

    @cached_property
    def sizes(self) -> Floats:
        return np.asarray(self.groups.sum(axis=0))

    @cached_property
    def is_alone(self) -> bool:
        """Whether it is a question by itself."""
        return is_same(self.rows, self.columns)

    @cached_property
    def is_partition(self) -> bool:
        """Whether everyone is in one group at most."""
        return bool((self.groups.sum(axis=1) <= 1).all())

    @cached_property
    def is_weighted(self) -> bool:
        return len(set(self.rows.weights[self.based].tolist())) > 1

    @property
    def base(self) -> Base:
        asked = len(self.based)
        return Base(
            asked=asked,
            answered=self.total,
            blank=asked - self.total,
            coded=int(self.known.sum()),
        )


def is_same(rows: Variable, columns: Variable) -> bool:
    """Whether they are one question, or one row of a grid."""
    return (rows.question, rows.item) == (columns.question, columns.item)
