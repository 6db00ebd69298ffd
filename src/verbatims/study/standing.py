"""Where a study stands: what was imported, answered, read, run, and what waits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from verbatims.language import told
from verbatims.model import Base

if TYPE_CHECKING:
    from verbatims.study import Study


@dataclass(frozen=True)
class Status:
    """Where a study stands."""

    bases: dict[str, Base]  # by open question
    respondents: dict[str, int]  # by source
    imports: pd.DataFrame
    runs: pd.DataFrame
    outdated: bool  # the texts or the codebook have changed since the suggestions were made
    misread: bool  # the questionnaire has changed since the import
    fast: bool  # the last analysis did without parts of speech
    waiting: int  # rulings on words that the last analysis did not know


def status_of(study: "Study") -> Status:
    from verbatims import analysis

    coded = study.coded()
    imports = study.store.imports()
    counts = coded.respondents["source"].value_counts()
    return Status(
        bases={
            question.id: analysis.base(coded, question.id) for question in study.questionnaire.open
        },
        respondents={str(source): int(n) for source, n in counts.items()},
        imports=imports.assign(origin=imports["origin"].map(told)),
        runs=study.store.runs(),
        outdated=study.outdated,
        misread=study.misread,
        fast=study.stages.fast,
        waiting=study.stages.waiting(),
    )
