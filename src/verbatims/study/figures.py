"""What was asked for → its table, its drawing, and the answers behind a figure of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from verbatims.folding import fold
from verbatims.frames import ANSWERED, RANDOM
from verbatims.model import (
    CodedCorpus,
    Criterion,
    Cross,
    Figure,
    Kind,
    Progress,
    Question,
    Table,
    silent,
)

if TYPE_CHECKING:
    import altair as alt

    from verbatims.study import Study

WIDTH = 640
REMEMBERED = 4  # filters whose corpus is kept: the figures of a page share one
DRAWN = 50  # answers read for being drawn, from which shares are estimated

Picked = Mapping[str, str]  # item and answer, or theme, or row and column, as in the rows


class Figures:
    """The tables of a study as it stands when this is made."""

    def __init__(self, study: "Study") -> None:
        self.study = study
        self._kept: dict[tuple[Criterion, ...], CodedCorpus] = {}

    @cached_property
    def coded(self) -> CodedCorpus:
        return self.study.coded()

    def table(self, figure: Figure) -> Table:
        """The table asked for; a Cross when it is crossed."""
        from verbatims import analysis

        corpus = self._corpus(figure)
        table = analysis.told_among(self.coded, corpus, self._made(figure, corpus))
        return replace(table, notes=(*table.notes, *self._unweighed()))

    def chart(
        self, figure: Figure, table: Table, *, width: int = WIDTH, live: bool = False
    ) -> "alt.LayerChart":
        """The drawing that suits it; a `live` one can be clicked, see charts."""
        from verbatims import charts

        question = None if figure.by else self._closed_as(figure)
        return charts.draw(question, table, width=width, live=live)

    def behind(self, figure: Figure, picked: Picked) -> pd.DataFrame:
        """The verbatims behind a figure of its table, in the order of the study; as VERBATIMS.

        Of a theme, those where coders found it; of a closed answer, all that those who gave it
        wrote; of both, the first among the second.
        """
        corpus = self._corpus(figure)
        written = corpus.verbatims[corpus.verbatims["status"] == ANSWERED]
        for question, item, category in _conditions(figure, picked):
            written = written[self._says(corpus, written, Criterion(question, (category,), item))]
        return written.reset_index(drop=True)

    def people(self, among: tuple[Criterion, ...]) -> int:
        """How many respondents of the survey meet these criteria."""
        respondents = self._among(among).respondents
        return int((respondents["source"] == "survey").sum())

    def is_open(self, question: str) -> bool:
        return self._closed(question) is None

    # -- the report ----------------------------------------------------------------------

    def report(self) -> list[Figure]:
        """Every table that a report may need, in the order of the questionnaire.

        The closed questions; the themes of each open one, estimated too when chance drew enough of
        what was read; which themes come together; then both by each profile question.
        """
        questionnaire = self.coded.questionnaire
        closed = [Figure(question.id) for question in questionnaire.closed]
        opened = [each for question in questionnaire.open for each in self._themes(question)]
        simple = [one for one in questionnaire.closed if one.kind is not Kind.GRID]
        crossed = [
            Figure(one.id, by=profile.id)
            for one in (*questionnaire.open, *simple)
            for profile in questionnaire.profile
            if profile.kind is not Kind.GRID and profile.source == one.source
            if profile.id != one.id
        ]
        return [*closed, *opened, *crossed]

    def write(
        self,
        figures: Sequence[Figure],
        folder: Path,
        *,
        charts: bool = True,
        international: bool = False,
        progress: Progress = silent,
    ) -> list[Path]:
        """Write tables, and their drawings, to a folder: all of them, or none.

        The same study gives the same bytes, whenever and wherever. Raises FileError.
        """
        from verbatims import export

        named = [
            export.NamedTable(name, table, partial(self.chart, figure, table) if charts else None)
            for figure, name in zip(figures, self._names(figures), strict=True)
            for table in [self.table(figure)]
        ]
        dialect = export.INTERNATIONAL if international else export.FRENCH
        return export.write_tables(named, folder, dialect=dialect, progress=progress)

    def _names(self, figures: Sequence[Figure]) -> list[str]:
        """A name each, whatever two figures have in common."""
        met: Counter[str] = Counter()
        names = []
        for name in map(self.name, figures):
            met[name] += 1
            names.append(name if met[name] == 1 else f"{name}_{met[name]}")
        return names

    def name(self, figure: Figure) -> str:
        """A file stem that says what is in it: « attentes_par_structure »."""
        parts = [figure.question or "toutes", figure.item]
        if figure.by == figure.question and figure.by:
            parts.append("ensemble")
        elif figure.by:
            parts += ["par", figure.by, figure.by_item]
        parts += ["estime"] if figure.estimated else []
        return "_".join(_stem(part) for part in parts if part)

    def _themes(self, question: Question) -> list[Figure]:
        alone = Figure(question.id)
        together = Figure(question.id, by=question.id)
        estimated = [replace(alone, estimated=True)] if self._is_estimated(question.id) else []
        return [alone, *estimated, together]

    def _is_estimated(self, question: str) -> bool:
        """Whether a part only has been read, enough of it for being drawn."""
        written = self.coded.verbatims
        own = written[(written["question"] == question) & (written["status"] == ANSWERED)]
        if own["verbatim_id"].isin(set(self.coded.readers)).all():
            return False
        decisions = self.study.decisions()
        drawn = decisions.loc[decisions["queue"] == RANDOM, "verbatim_id"]
        return int(own["verbatim_id"].isin(drawn).sum()) >= DRAWN

    def _unweighed(self) -> list[str]:
        """Why what weighting.yaml asks for is not done."""
        problem = self.study.weights.problem
        return [problem] if problem else []

    # -- how it is made ------------------------------------------------------------------

    def _made(self, figure: Figure, corpus: CodedCorpus) -> Table:
        from verbatims import analysis

        if figure.estimated:
            return self.study.prevalence(figure.question)
        if figure.by:
            return self._crossed(figure, corpus)
        question = self._closed_as(figure)
        if question is None:
            return analysis.themes(corpus, question=figure.question)
        return analysis.closed(
            question,
            corpus.respondents,
            corpus.answers,
            dont_know=figure.dont_know,
            population=corpus.population,
        )

    def _crossed(self, figure: Figure, corpus: CodedCorpus) -> Cross:
        from verbatims import analysis

        rows = analysis.variable(corpus, figure.question, item=figure.item)
        columns = analysis.variable(corpus, figure.by, item=figure.by_item)
        return analysis.cross(rows, columns, holm=figure.holm)

    def _closed(self, question: str) -> Question | None:
        """The question, when it is a closed one."""
        found = self.coded.questionnaire[question] if question else None
        return None if found is None or found.kind is Kind.OPEN else found

    def _closed_as(self, figure: Figure) -> Question | None:
        """The same, with the bands that the figure asks for."""
        question = self._closed(figure.question)
        return question if question is None or figure.bands else replace(question, bands=())

    def _says(self, corpus: CodedCorpus, written: pd.DataFrame, criterion: Criterion) -> pd.Series:
        """Which of these verbatims hold the theme, or are of those who gave the answer."""
        from verbatims import analysis

        if self.is_open(criterion.question):
            return analysis.holds(corpus, written, criterion.question, criterion.answers[0])
        return written["respondent_id"].isin(analysis.people(corpus, [criterion]))

    def _corpus(self, figure: Figure) -> CodedCorpus:
        corpus = self._among(figure.among)
        if figure.finite and not figure.among:
            return replace(corpus, population=self.study.weights.population)
        return corpus

    def _among(self, criteria: tuple[Criterion, ...]) -> CodedCorpus:
        from verbatims import analysis

        if criteria not in self._kept:
            while len(self._kept) >= REMEMBERED:
                self._kept.pop(next(iter(self._kept)))
            self._kept[criteria] = analysis.among(self.coded, criteria)
        return self._kept[criteria]


def _conditions(figure: Figure, picked: Picked) -> list[tuple[str, str, str]]:
    """What was picked, as question, item and category."""
    if figure.by:
        rows = (figure.question, figure.item, picked["row"])
        return [rows, (figure.by, figure.by_item, picked["column"])]
    if "theme" in picked:
        return [(figure.question, "", picked["theme"])]
    return [(figure.question, picked.get("item", ""), picked["answer"])]


def _stem(part: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(part))
    return "-".join(kept.split())[:40] or "x"
