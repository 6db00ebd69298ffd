"""Codings → which verbatims hold which theme, its sub-themes' included."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatims.bases import of_base
from verbatims.frames import HUMAN
from verbatims.model import Codebook, CodedCorpus, Question, Source


def asked_verbatims(coded: CodedCorpus, question: str) -> pd.DataFrame:
    """The verbatims of those asked an open question, or each of the survey's when ""."""
    chosen = [coded.questionnaire[question]] if question else survey_questions(coded)
    return pd.concat([coded.verbatims.iloc[:0], *(of_base(one, coded) for one in chosen)])


def survey_questions(coded: CodedCorpus) -> list[Question]:
    return [q for q in coded.questionnaire.open if q.source == Source.SURVEY]


def retained(coded: CodedCorpus) -> pd.DataFrame:
    """The codings by which coders found a theme."""
    return present(coded, HUMAN)


def is_read(coded: CodedCorpus, verbatims: pd.DataFrame) -> NDArray[np.bool_]:
    """For each of these verbatims, whether coders have read it to the end."""
    ids = verbatims["verbatim_id"]
    return np.fromiter(map(coded.readers.__contains__, ids), dtype=bool, count=len(ids))


def present(coded: CodedCorpus, source: str) -> pd.DataFrame:
    return coded.codings[coded.codings["present"] & (coded.codings["source"] == source)]


def holders(codebook: Codebook, found: pd.DataFrame) -> pd.DataFrame:
    """The verbatims of each theme, its sub-themes' included."""
    above = parents(codebook)
    lines = [(theme, over) for theme in found["theme"].unique() for over in _up(above, theme)]
    lineage = pd.DataFrame(lines, columns=["found", "theme"], dtype="object")
    own = found[["verbatim_id", "theme"]].rename(columns={"theme": "found"})
    if (lineage["found"] == lineage["theme"]).all():
        return found[["verbatim_id", "theme"]].drop_duplicates()
    return own.merge(lineage, on="found")[["verbatim_id", "theme"]].drop_duplicates()


def listed(coded: CodedCorpus) -> dict[str, str]:
    """The labels of the codebook's themes, then those coders found before they left it."""
    left = sorted(retained(coded)["theme"].unique())
    return {
        theme: coded.codebook.label(theme)
        for theme in [*(entry.id for entry in coded.codebook), *left]
    }


def late(coded: CodedCorpus, verbatims: pd.DataFrame) -> list[str]:
    """The themes that entered the codebook when some of these verbatims had already been read."""
    sought = map(coded.sought.get, verbatims["verbatim_id"])
    read = {themes for themes in sought if themes is not None}
    if not read:
        return []
    always = frozenset.intersection(*read)
    return [theme for theme in listed(coded) if theme not in always]


def parents(codebook: Codebook) -> dict[str, str]:
    return {entry.id: entry.parent for entry in codebook}


def _up(above: Mapping[str, str], theme: str) -> list[str]:
    line = [theme]
    while (over := above.get(line[-1], "")) and over not in line:
        line.append(over)
    return line


def holds(coded: CodedCorpus, verbatims: pd.DataFrame, question: str, theme: str) -> pd.Series:
    """Which of these verbatims answer the question, any of the survey's when "", with the theme."""
    asked = asked_verbatims(coded, question)["verbatim_id"]
    held = holders(coded.codebook, retained(coded))
    own = held.loc[held["theme"] == theme, "verbatim_id"]
    return verbatims["verbatim_id"].isin(own) & verbatims["verbatim_id"].isin(asked)
