"""Coders who read the same answers: where they disagree, what is decided of it, how far they agree.

What is still read blind is left out of everything here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from uuid import uuid4

import pandas as pd

from verbatims import codebook, review
from verbatims.errors import StudyError
from verbatims.frames import ALIKE, ANSWERED, BULK, READ
from verbatims.language import N_, _, ngettext
from verbatims.model import Codebook, Role, Table
from verbatims.review.visibility import openings, tasks
from verbatims.study.editing import standing_edits
from verbatims.study.learning import Learning
from verbatims.study.stages import Stages
from verbatims.study.team import Team

RETAINED, MACHINE = N_("codage retenu"), N_("machine")  # in place of coders: `_` says them

SHOWN = N_(
    "Là où les codeurs voyaient les suggestions (partout, sauf plan qui les cache), l'accord "
    "est flatteur."
)
UNSEEN = N_(
    "Suggestions de la dernière analyse, par des modèles qui n'avaient pas vu la réponse, sur les "
    "seules réponses lues."
)
TAUGHT = N_(
    "Des termes proposés d'après les réponses validées sont dans la grille : sur ces réponses, "
    "l'accord avec la machine est flatteur."
)


@dataclass(frozen=True)
class Measured:
    """How far some coders agree, or coders and the machine."""

    coders: tuple[str, ...]
    themes: Table  # see analysis.agreement
    sets: Table
    machine: bool = False

    @property
    def name(self) -> str:
        return " – ".join(self.coders)

    @property
    def said(self) -> str:
        """The same, in the language of who reads."""
        return " – ".join(map(_, self.coders)) if self.machine else self.name


@dataclass(frozen=True)
class Side:
    """What one reader found in a verbatim: the themes, where, and what they noted."""

    coder: str
    made_at: str
    present: tuple[str, ...]
    passages: tuple[tuple[str, int, int], ...]  # theme, start, end
    memo: str


class Agreement:
    """The decisions of all, side by side."""

    def __init__(self, stages: Stages, book: Codebook) -> None:
        self.stages = stages
        self.book = book
        self.store = stages.store

    # -- what each says ------------------------------------------------------------------

    @cached_property
    def decisions(self) -> pd.DataFrame:
        return self.store.decisions()

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """Who read each verbatim to the end."""
        return review.readers(self.decisions)

    @cached_property
    def closed(self) -> set[str]:
        """The verbatims still read blind."""
        return review.closed(tasks(self.store.assignments()), self.readers)

    @cached_property
    def sought(self) -> review.Sought:
        """The themes that each reader of a verbatim could find."""
        return review.sought(self.decisions, self.store.codebook_themes(), self._replaced)

    @cached_property
    def _replaced(self) -> review.Replacements:
        return codebook.replacements(self.book)

    @cached_property
    def one_by_one(self) -> pd.DataFrame:
        """The decisions, without those on answers that were not on the desk of who decided."""
        return self.decisions[~self.decisions["queue"].isin([BULK, ALIKE])]

    @cached_property
    def _openings(self) -> pd.Series:
        """Of each decision that counts, the number of the one that opened its blind answer."""
        opened = openings(tasks(self.store.assignments()), self.decisions)
        return self.one_by_one["verbatim_id"].map(opened).astype("float64")

    def votes(self) -> pd.DataFrame:
        """What each reader said of each theme in the answers that two at least have read.

        An answer coded in number, or with another that says the same, is nobody's own reading; of
        one that was read blind only what was said before it opened is.
        """
        return self._votes(self.one_by_one[~(self.one_by_one["number"] > self._openings)])

    def _votes(self, one_by_one: pd.DataFrame) -> pd.DataFrame:
        written = self._written()
        sought = review.sought(one_by_one, self.store.codebook_themes(), self._replaced)
        shared = {
            name: readings
            for name, readings in sought.items()
            if len(readings) > 1 and name not in self.closed and name in written
        }
        own = one_by_one[one_by_one["verbatim_id"].isin(list(shared))]
        return review.votes(own, shared, self._replaced)

    def disagreements(self) -> pd.DataFrame:
        """Where readers disagree, or did before it was adjudicated; in the order of the file."""
        votes, settled = self._votes(self.one_by_one), self.store.adjudications()
        own = self.decisions[self.decisions["verbatim_id"].isin(votes["verbatim_id"])]
        found = review.disagreements(own, votes, settled, self._replaced)
        verbatims = {name: place for place, name in enumerate(self._written())}
        themes = {theme.id: place for place, theme in enumerate(self.book)}
        placed = found.assign(
            at=found["verbatim_id"].map(verbatims),
            of=found["theme"].map(themes).fillna(len(themes)),
        )
        return placed.sort_values(["at", "of", "theme"], ignore_index=True)[list(found.columns)]

    def sides(self, verbatim_id: str) -> tuple[Side, ...]:
        """What each reader of a verbatim found, by name; nothing while it is read blind."""
        decisions = self.store.decisions(verbatim_id=verbatim_id)
        last = review.latest(decisions)
        read = last[last["value"] == READ].sort_values("coder")
        if verbatim_id in self.closed:
            return ()
        votes = review.votes(decisions, self._sought_in(verbatim_id), self._replaced)
        held = votes[votes["present"]].groupby("coder")["theme"].agg(tuple).to_dict()
        memos = self.store.memos()
        notes = memos[memos["verbatim_id"] == verbatim_id].set_index("coder")["text"].to_dict()
        return tuple(
            Side(coder, made_at, held.get(coder, ()), self._passages(gesture), notes.get(coder, ""))
            for coder, made_at, gesture in zip(
                read["coder"], read["made_at"], read["gesture"], strict=True
            )
        )

    def _sought_in(self, verbatim_id: str) -> review.Sought:
        return {verbatim_id: self.sought.get(verbatim_id, {})}

    def _passages(self, gesture: str) -> tuple[tuple[str, int, int], ...]:
        spans = self.store.spans()
        own = spans[(spans["gesture"] == gesture) & (spans["end"] > spans["start"])]
        return tuple(zip(own["theme"], own["start"], own["end"], strict=True))

    def traces(self) -> pd.DataFrame:
        """How each final coding came about, see review.traces; not of what is still read blind."""
        settled = self.store.adjudications()
        told = review.traces(self.decisions, self.sought, self._replaced, settled)
        return told[~told["verbatim_id"].isin(self.closed)].reset_index(drop=True)

    # -- what is decided of it -----------------------------------------------------------

    def adjudicate(
        self, lead: str, verbatim_id: str, themes: Mapping[str, bool], *, reason: str
    ) -> None:
        """Say which themes a verbatim holds, whatever its readers said; they keep their words."""
        self._refuse_others(lead)
        if not " ".join(reason.split()):
            raise StudyError(
                _("Dites pourquoi, en quelques mots : chaque arbitrage porte un motif.")
            )
        if verbatim_id in self.closed:
            raise StudyError(_("Cette réponse est lue en aveugle : attendez que tous l'aient lue."))
        if len(self.readers.get(verbatim_id, ())) < 2:
            raise StudyError(_("Cette réponse n'a plus deux lecteurs : il n'y a rien à arbitrer."))
        rows = review.adjudication(verbatim_id, themes)
        self.store.add_adjudications(
            rows, gesture=uuid4().hex, reason=" ".join(reason.split()), author=lead
        )

    def undo(self, lead: str, verbatim_id: str) -> bool:
        """Take back the last adjudication of a verbatim that stands; whether there was one."""
        self._refuse_others(lead)
        gesture, rows = review.undoing(self.store.adjudications(), verbatim_id)
        self.store.add_adjudications(rows, gesture=gesture, reason="", author=lead)
        return bool(rows)

    def _refuse_others(self, name: str) -> None:
        found = Team(self.store).find(name)
        if found is None or found.role is not Role.LEAD:
            raise StudyError(_("Seul un responsable de l'étude arbitre les désaccords."))

    # -- how far they agree --------------------------------------------------------------

    def measures(
        self, question: str = "", *, coders: Sequence[str] | None = None, machine: bool = False
    ) -> tuple[Measured, ...]:
        """All coders together if they are three or more, then two by two; or coders and machine.

        Of one open question or of all; `coders` leaves the others out. With `machine`, what coders
        retained is set against the suggestions of models that never saw the answer.
        """
        if machine:
            return self._against_machine(question)
        votes = self.votes()
        votes = votes[votes["verbatim_id"].isin(self._written(question))]
        named = sorted(votes["coder"].unique() if coders is None else set(coders))
        together = [tuple(named)] if len(named) > 2 else []
        return tuple(
            self._measured(votes, own, (_(SHOWN),) if self._suggested else ())
            for own in [*together, *combinations(named, 2)]
            if _share(votes, own)
        )

    def _measured(
        self, votes: pd.DataFrame, coders: tuple[str, ...], notes: Sequence[str]
    ) -> Measured:
        from verbatims import analysis

        machine = MACHINE in coders
        called = {name: _(name) if machine else name for name in coders}
        title = _("Accord : {coders}", coders=" – ".join(called.values()))
        notes = (*notes, *self._blind_notes(votes, coders), *self._closed_note())
        votes = votes.assign(coder=votes["coder"].map(called))
        themes, sets = analysis.agreement(
            votes, self._respondents, self.book, list(called.values()), title=title, notes=notes
        )
        return Measured(coders, themes, sets, machine=machine)

    def _against_machine(self, question: str) -> tuple[Measured, ...]:
        learning = Learning(self.stages, self.book)
        unseen, limits = learning.unseen, self.stages.threshold()
        written = [name for name in self._written(question) if name not in self.closed]
        read = review.readers(self.one_by_one)
        names = [name for name in written if name in read and name in unseen.index]
        names = [name for name in names if name in learning.labels.index]
        themes = [theme for theme in learning.labels.columns if theme in limits]
        if not names or not themes:
            return ()
        truth = learning.labels.loc[names, themes]
        suggested = unseen.loc[names, themes].ge(pd.Series(limits)[themes]).astype(float)
        votes = pd.concat([_long(truth, RETAINED), _long(suggested.where(truth.notna()), MACHINE)])
        taught = standing_edits(self.store)["taught"].any()
        notes = [_(note) for note in (UNSEEN, SHOWN, *([TAUGHT] if taught else []))]
        return (self._measured(votes, (RETAINED, MACHINE), notes),)

    @cached_property
    def _suggested(self) -> bool:
        return not self.stages.scores().empty

    @cached_property
    def _respondents(self) -> dict[str, str]:
        verbatims = self.stages.verbatims()
        return dict(zip(verbatims["verbatim_id"], verbatims["respondent_id"], strict=True))

    def _written(self, question: str = "") -> dict[str, str]:
        """The answers with content, to one question or to all, in the order of the file."""
        verbatims = self.stages.verbatims()
        own = verbatims[verbatims["status"] == ANSWERED]
        own = own[own["question"] == question] if question else own
        return dict(zip(own["verbatim_id"], own["question"], strict=True))

    def _blind_notes(self, votes: pd.DataFrame, coders: Sequence[str]) -> list[str]:
        """What makes their agreement easier than that of people who know nothing of each other."""
        own = votes[votes["coder"].isin(list(coders))]
        by = own.groupby("verbatim_id")["coder"].nunique()
        shared = set(by.index[by > 1])
        assigned = self.store.assignments()
        n = len(shared - set(assigned.loc[assigned["blind"], "verbatim_id"]))
        later = self.one_by_one[self.one_by_one["number"] > self._openings]
        later = later[later["verbatim_id"].isin(shared) & later["coder"].isin(list(coders))]
        known = later["verbatim_id"].nunique()
        read = self.one_by_one[self._openings.isna()].query("value == @READ")
        read = read[read["verbatim_id"].isin(shared) & read["coder"].isin(list(coders))]
        again = int((read.groupby(["verbatim_id", "coder"])["gesture"].nunique() > 1).sum())
        notes = []
        if n and MACHINE not in coders:
            notes.append(
                ngettext(
                    "{n} réponse sur {total} à lire sans répartition en aveugle : le second "
                    "lecteur a pu voir le codage du premier.",
                    "{n} réponses sur {total} à lire sans répartition en aveugle : le second "
                    "lecteur a pu voir le codage du premier.",
                    n,
                    total=len(shared),
                )
            )
        if again and MACHINE not in coders:
            notes.append(
                ngettext(
                    "{n} lecture refaite depuis la première fois : l'accord est celui des "
                    "dernières, après échange peut-être.",
                    "{n} lectures refaites depuis la première fois : l'accord est celui des "
                    "dernières, après échange peut-être.",
                    again,
                )
            )
        if known and MACHINE not in coders:
            notes.append(
                ngettext(
                    "{n} réponse en aveugle où une lecture est reprise ou refaite une fois le "
                    "codage des autres visible : l'accord est celui d'avant.",
                    "{n} réponses en aveugle où une lecture est reprise ou refaite une fois le "
                    "codage des autres visible : l'accord est celui d'avant.",
                    known,
                )
            )
        return notes

    def _closed_note(self) -> list[str]:
        n = len(self.closed)
        if not n:
            return []
        return [
            ngettext(
                "Sans {n} réponse encore en cours de lecture en aveugle.",
                "Sans {n} réponses encore en cours de lecture en aveugle.",
                n,
            )
        ]


def _share(votes: pd.DataFrame, coders: Sequence[str]) -> bool:
    """Whether two of them at least read one same answer."""
    own = votes[votes["coder"].isin(list(coders))]
    return bool((own.groupby("verbatim_id")["coder"].nunique() > 1).any())


def _long(wide: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Labels, a column per theme, as votes; what is not known is missing."""
    long = wide.rename_axis("verbatim_id").reset_index()
    long = long.melt("verbatim_id", var_name="theme", value_name="present").dropna()
    return long.assign(coder=coder, present=long["present"] == 1)
