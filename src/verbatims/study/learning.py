"""What coders' decisions teach: terms to propose, how far to trust suggestions, when to stop."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from verbatims import codebook, review
from verbatims.errors import StudyError
from verbatims.frames import READ
from verbatims.language import N_, _
from verbatims.model import Codebook, Theme
from verbatims.study.editing import standing_edits
from verbatims.study.stages import Stages

if TYPE_CHECKING:
    from verbatims.tagging.proposals import Proposals

_RUN_AGAIN = N_("Les suggestions ne vont pas avec les textes ou la grille : relancez l'analyse.")


class Learning:
    """The decisions of now against the suggestions of the last run."""

    def __init__(self, stages: Stages, book: Codebook) -> None:
        self.stages = stages
        self.book = book
        self.store = stages.store

    # -- what there is to learn from -----------------------------------------------------

    @cached_property
    def decisions(self) -> pd.DataFrame:
        return self.store.decisions()

    @cached_property
    def labels(self) -> pd.DataFrame:
        """What coders found in the answers they read; wide: a row per answer, a theme a column."""
        return self.stages.labels(self.book, self.decisions, self.store.adjudications())

    @property
    def validated(self) -> int:
        """How many answers have been read to the end."""
        return len(self.labels)

    @property
    def new(self) -> int:
        """How many of them since the last run."""
        later = self.decisions[self.decisions["number"] > self.stages.decided]
        read = later.loc[later["value"] == READ, "verbatim_id"]
        return int(read[read.isin(self.labels.index)].nunique())

    # -- the codebook --------------------------------------------------------------------

    def proposals(self) -> "Proposals":
        """Terms to add and to drop, themes that overlap or are never used, and what it changes."""
        from verbatims.tagging import proposals

        return proposals.propose(self.stages.lemmas(), self.book, self.labels)

    def passages(self, terms: Sequence[str], ids: Collection[str]) -> pd.DataFrame:
        """Where terms stand in some answers, each looked for alone; as TAGS, named by `rule`."""
        from verbatims.codebook.terms import term
        from verbatims.tagging import lexicon

        names = dict.fromkeys(terms)
        alone = tuple(Theme(written, written, terms=(term(written, 0),)) for written in names)
        lemmas = self.stages.lemmas()
        return lexicon.tag(lemmas[lemmas["verbatim_id"].isin(ids)], Codebook(alone))

    # -- when to stop --------------------------------------------------------------------

    def saturation(self) -> tuple[pd.DataFrame, str]:
        """The new themes as answers are read, see review.saturation; and a sentence on it."""
        curve = review.saturation(self.decisions, codebook.replacements(self.book))
        return curve, review.saturation_note(curve)

    def drawn(self, question: str = "") -> list[str]:
        """The validated answers that chance chose, of one question or of all."""
        return review.random_part(self.stages.verbatims(), self.decisions, question)

    def measuring(self, question: str = "") -> list[str]:
        """Those of them that taught the codebook nothing: only they can judge suggestions.

        Once a proposed term is accepted, the answers that it was mined from find it right by
        construction. Left are those always held back from proposals, and those read since.
        """
        from verbatims.tagging import proposals

        drawn = self.drawn(question)
        taught = standing_edits(self.store).query("taught")
        if taught.empty:
            return drawn
        since = self.decisions[self.decisions["made_at"] > taught["made_at"].iloc[-1]]
        later = set(since["verbatim_id"]) - set(
            self.decisions.loc[~self.decisions["number"].isin(since["number"]), "verbatim_id"]
        )
        aside = proposals.held_back(pd.Index(drawn))
        return [name for name, held in zip(drawn, aside, strict=True) if held or name in later]

    def reliability(self, question: str = "") -> pd.DataFrame:
        """Precision and recall of the suggestions, by theme; see review.reliability."""
        unseen, scores = self.unseen, self.stages.scores()
        threshold = self.stages.threshold()
        return review.reliability(self.labels, unseen, scores, threshold, self.measuring(question))

    def offers(
        self, question: str = "", *, precision: float = 0.95
    ) -> Mapping[str, review.Offer | review.Refusal]:
        """What may be accepted unread, by theme and for all (""), or why nothing.

        Nothing while the suggestions do not go with the present texts and codebook, or were never
        made; what stands accepted already is not offered again.
        """
        if self.stages.scores().empty or self.stages.outdated(self.book):
            again = _(
                "Les suggestions ne vont plus avec les textes ou la grille : relancez l'analyse."
            )
            return {review.ALL: review.Refusal(review.ALL, again)}
        drawn = self.measuring(question)
        return review.auto_accept(
            self.labels, self.unseen, self._acceptable(question), drawn, precision=precision
        )

    def accept(
        self, theme: str, *, question: str = "", precision: float = 0.95, author: str = ""
    ) -> int:
        """Accept what is offered for a theme, unread; the number of the batch, to take it back."""
        offer = self.offers(question, precision=precision).get(theme)
        if not isinstance(offer, review.Offer):
            known = offer or self.offers(question, precision=precision).get(review.ALL)
            raise StudyError(known.says if known else _(_RUN_AGAIN))
        rows = review.accepted(offer, self.labels, self._acceptable(question))
        about = {**asdict(offer), "question": question, "precision": precision}
        return self.store.accept(theme, rows, about=about, author=author)

    def take_back(self, batch: int, *, author: str = "") -> None:
        self.store.take_back(batch, author=author)

    def batches(self) -> pd.DataFrame:
        """What was accepted unread: number, theme, n, about, author, made_at, taken_back."""
        return self.store.batches()

    @cached_property
    def unseen(self) -> pd.DataFrame:
        """Scores by models that never saw the answer: crossed, or made before it was validated."""
        crossed, scores = self.stages.crossfit(), self.stages.scores()
        later = scores.index.isin(self.labels.index) & ~scores.index.isin(crossed.index)
        return pd.concat([crossed, scores[later]])

    def _acceptable(self, question: str) -> pd.DataFrame:
        """The scores of the answers to a question, or to all; NaN where accepted already."""
        scores, verbatims = self.stages.scores(), self.stages.verbatims()
        if question:
            own = verbatims.loc[verbatims["question"] == question, "verbatim_id"]
            scores = scores[scores.index.isin(own)]
        scores = scores.copy()
        held = self.store.acceptances()
        rows = scores.index.get_indexer(pd.Index(held["verbatim_id"]))
        columns = scores.columns.get_indexer(pd.Index(held["theme"]))
        both = (rows >= 0) & (columns >= 0)
        values = scores.to_numpy(copy=True)
        values[rows[both], columns[both]] = np.nan
        return pd.DataFrame(values, index=scores.index, columns=scores.columns)
