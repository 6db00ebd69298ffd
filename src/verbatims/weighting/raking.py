"""Respondents, their answers and margins → their weights, and what these are worth."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.language import N_, _, decimal, ngettext, number, percent
from verbatims.measures.weighting import UNKNOWN, Raked, design_effect, effective, rake
from verbatims.model import Questionnaire, Source
from verbatims.weighting.reading import Margin, Weighting

HEAVY = 2.0  # a design effect from which weights cost more than half of the respondents

Codes = NDArray[np.integer]

NOT_MET = N_(
    "Les marges ne tiennent pas toutes : écart restant {gap}. Regroupez des réponses rares, "
    "élargissez les bornes des poids, ou retirez une marge."
)
TOO_HEAVY = N_(
    "Les poids sont très inégaux : les intervalles redressés en sont plus larges. Bornez-les, ou "
    "retirez une marge."
)
NOT_APPLIED = N_("Redressement non appliqué, les parts sont brutes : {why}")


@dataclass(frozen=True)
class Report:
    """What raking gave; `problem` says why it could not be done, and weights stay as they were.

    `margins` has a row per answer of each margin: question, answer, n, share (of those who
    answered), target, weighted_share.
    """

    n: int
    worth: float
    effect: float
    lowest: float
    highest: float
    raked: Raked | None
    unknown: dict[str, int]
    margins: pd.DataFrame
    problem: str = ""

    @property
    def says(self) -> list[str]:
        """It in words, what went wrong first."""
        return list(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.problem:
            yield _(NOT_APPLIED, why=self.problem)
            return
        if self.raked and not self.raked.converged:
            yield _(NOT_MET, gap=percent(self.raked.gap))
        if self.effect >= HEAVY:
            yield _(TOO_HEAVY)
        yield _(
            "{n} répondants redressés en valent {worth} (effet de plan {effect}) ; poids de {low} "
            "à {high}, 1 étant le poids moyen.",
            n=number(self.n),
            worth=decimal(self.worth, 0),
            effect=decimal(self.effect, 2),
            low=decimal(self.lowest, 2),
            high=decimal(self.highest, 2),
        )
        if self.raked and self.raked.trimmed:
            yield ngettext(
                "{n} poids tenu par une borne.",
                "{n} poids tenus par une borne.",
                self.raked.trimmed,
            )
        for question, n in self.unknown.items():
            yield ngettext(
                "{n} répondant n'a pas répondu à « {question} » : cette marge ne change pas son "
                "poids.",
                "{n} répondants n'ont pas répondu à « {question} » : cette marge ne change pas "
                "leur poids.",
                n,
                question=question,
            )


def weigh(
    weighting: Weighting,
    questionnaire: Questionnaire,
    respondents: pd.DataFrame,
    answers: pd.DataFrame,
) -> tuple[pd.DataFrame, Report]:
    """The respondents with their new weights, of mean 1 in the survey; those of interviews stay.

    Raking starts from the weights that they have. When it cannot be done, they keep those, and
    the report says why.
    """
    surveyed = (respondents["source"] == Source.SURVEY).to_numpy()
    people: pd.Index[str] = pd.Index(respondents.loc[surveyed, "respondent_id"])
    start = respondents.loc[surveyed, "weight"].to_numpy(dtype=float)
    coded = [_coded(margin, people, answers) for margin in weighting.margins]
    problem = _problem(weighting, questionnaire, coded, len(people))
    raked = None if problem or not coded else _raked(weighting, start / start.mean(), coded)
    weights = start if raked is None else raked.weights
    made = respondents.assign(weight=respondents["weight"].mask(surveyed, np.nan))
    made.loc[surveyed, "weight"] = weights
    return made, _report(weighting, questionnaire, coded, weights, raked, problem)


def _raked(weighting: Weighting, start: NDArray[np.float64], coded: list[Codes]) -> Raked:
    targets = [[target for _answer, target in margin.targets] for margin in weighting.margins]
    return rake(start, coded, targets, bounds=weighting.trim)


def _coded(margin: Margin, people: "pd.Index[str]", answers: pd.DataFrame) -> Codes:
    """The place of each person's answer among the targets, UNKNOWN when it is none of them."""
    own = answers[answers["question"] == margin.question]
    names = pd.Index([answer for answer, _target in margin.targets], dtype=object)
    codes = np.full(len(people), UNKNOWN)
    at = people.get_indexer(pd.Index(own["respondent_id"]))
    codes[at[at >= 0]] = names.get_indexer(pd.Index(own["value"]))[at >= 0]
    return codes


def _problem(
    weighting: Weighting, questionnaire: Questionnaire, coded: list[Codes], people: int
) -> str:
    if not people:
        return _("l'enquête n'a pas de répondant.")
    for margin, codes in zip(weighting.margins, coded, strict=True):
        title = questionnaire[margin.question].title
        if not any(target for _answer, target in margin.targets):
            return _("aucune cible à « {question} ».", question=title)
        for place, (answer, target) in enumerate(margin.targets):
            if target and not (codes == place).any():
                return _(
                    "personne n'a répondu « {answer} » à « {question} » ; regroupez cette réponse "
                    "avec une autre, ou mettez sa cible à 0.",
                    answer=answer,
                    question=title,
                )
    return ""


def _report(
    weighting: Weighting,
    questionnaire: Questionnaire,
    coded: list[Codes],
    weights: NDArray[np.float64],
    raked: Raked | None,
    problem: str,
) -> Report:
    titles = [questionnaire[margin.question].title for margin in weighting.margins]
    unknown = {
        title: int((codes == UNKNOWN).sum()) for title, codes in zip(titles, coded, strict=True)
    }
    known = len(weights) > 0
    return Report(
        n=len(weights),
        worth=effective(weights),
        effect=design_effect(weights) if known else 1.0,
        lowest=float(weights.min() / weights.mean()) if known else 1.0,
        highest=float(weights.max() / weights.mean()) if known else 1.0,
        raked=raked,
        unknown={title: n for title, n in unknown.items() if n},
        margins=_compared(weighting, coded, weights),
        problem=problem,
    )


def _compared(
    weighting: Weighting, coded: list[Codes], weights: NDArray[np.float64]
) -> pd.DataFrame:
    """Each target beside what was found, before and after."""
    rows = []
    for margin, codes in zip(weighting.margins, coded, strict=True):
        known, size = codes >= 0, len(margin.targets)
        counts = np.bincount(codes[known], minlength=size)
        weighed = np.bincount(codes[known], weights=weights[known], minlength=size)
        total = sum(target for _answer, target in margin.targets)
        for (answer, target), n, w in zip(margin.targets, counts, weighed, strict=True):
            rows.append(
                {
                    "question": margin.question,
                    "answer": answer,
                    "n": int(n),
                    "share": n / max(counts.sum(), 1),
                    "target": target / total if total else np.nan,
                    "weighted_share": w / weighed.sum() if weighed.sum() else np.nan,
                }
            )
    columns = ["question", "answer", "n", "share", "target", "weighted_share"]
    return pd.DataFrame(rows, columns=columns)
