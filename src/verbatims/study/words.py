"""The words of a study as the machine reads them, and the analyst's rulings on them."""

import pandas as pd

from verbatims import corpus, corrections, frames
from verbatims.content import content, stop_words
from verbatims.errors import StudyError
from verbatims.folding import composed
from verbatims.language import _
from verbatims.study.stages import CLUSTERS, Stages


class Words:
    """Lists to check words in, as the last run read them; what is ruled applies from the next."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages

    # -- rulings -------------------------------------------------------------------------

    def rule(
        self,
        kind: str,
        form: str,
        value: str,
        *,
        pos: str = "",
        reason: str = "",
        author: str = "",
    ) -> None:
        """Append a ruling (see frames.CORRECTIONS); raise StudyError if it makes no sense."""
        form, value = (composed(" ".join(text.split())) for text in (form, value))
        corrections.check(kind, form, value, pos=pos, reason=reason)
        ruling = {"kind": kind, "form": form, "pos": pos, "value": value}
        self.stages.store.add_correction({**ruling, "reason": reason.strip(), "author": author})

    def take_back(self, kind: str, form: str, *, pos: str = "", author: str = "") -> None:
        """Leave a word to the tool again; raise StudyError when nothing was ruled about it."""
        rulings = self.rulings()
        own = rulings[(rulings["kind"] == kind) & (rulings["pos"] == pos)]
        if corrections.key(kind, form) not in {corrections.key(kind, of) for of in own["form"]}:
            raise StudyError(
                _(
                    "Aucune décision ne porte sur {word} : voyez la liste des décisions (pour un "
                    "lemme, la nature compte).",
                    word=_("« {text} »", text=form) + (f" ({pos})" if pos else ""),
                )
            )
        self.rule(kind, form, frames.TAKEN_BACK, pos=pos, author=author)

    def rulings(self) -> pd.DataFrame:
        """The rulings that stand, as CORRECTIONS."""
        return corrections.standing(self.stages.store.corrections())

    def waiting(self) -> int:
        """How many rulings the last run did not know: made since, changed or taken back."""
        return self.stages.waiting()

    # -- lists ---------------------------------------------------------------------------

    def lemmas(self) -> pd.DataFrame:
        """form, pos, lemma, n, verbatims, reason of the ruling or ""; the most frequent first."""
        from verbatims import analysis

        return analysis.lemma_table(self.stages.lemmas(), self.rulings())

    def repairs(self) -> pd.DataFrame:
        """form, repaired, n, verbatims, ruling ("forced", "refused" or ""); most frequent first."""
        from verbatims import analysis

        return analysis.repair_table(self.stages.lemmas(), self.rulings())

    def expressions(self) -> pd.DataFrame:
        """expression, n, verbatims, score: what the corpus suggests, neither held nor refused."""
        from verbatims.nlp import expressions

        ruled = corrections.read(self.stages.store.corrections())
        held, refused = ruled.expressions, ruled.refused_expressions
        return expressions.propose(self.stages.lemmas(), held=held, refused=refused)

    def held(self) -> pd.DataFrame:
        """expression, n, verbatims of those that the analyst holds together."""
        from verbatims import analysis

        held = self.stages.heard(CLUSTERS).expressions
        return analysis.expression_table(self.stages.terms(), held)

    def stop_words(self) -> pd.DataFrame:
        """The tool's own list of words without content."""
        return stop_words()

    def empties(self) -> pd.DataFrame:
        """answer, n: what was taken as an empty answer."""
        return corpus.empties(self.stages.verbatims())

    def content(self) -> pd.DataFrame:
        """The lemmas that carry content, expressions held together."""
        ruled = self.stages.heard(CLUSTERS)
        return content(self.stages.terms(), stop=ruled.stop_words, kept=ruled.kept_words)
