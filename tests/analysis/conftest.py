"""A small coded survey, made of what each person said."""

import pandas as pd
import pytest

from verbatims.analysis import cross, variable
from verbatims.frames import TAGS
from verbatims.model import Codebook, CodedCorpus, Column, Kind, Question, Questionnaire, Theme

STRUCTURE = Question("structure", Kind.SINGLE, (Column("s"),), text="Vous êtes…", labels=())
ACCORD = Question("accord", Kind.ORDINAL, (Column("a"),), labels=("Non", "Plutôt", "Oui"))
NOTE = Question("note", Kind.RATING, (Column("n"),), bounds=(0, 10))
OUTILS = Question("outils", Kind.MULTI, (Column("m1", "carte"), Column("m2", "réunion")))
OPEN = Question("attentes", Kind.OPEN, (Column("o"),), text="Qu'attendez-vous ?")
CODEBOOK = Codebook((Theme("coordination", "Coordination"), Theme("moyens", "Moyens")))


def surveyed(people, *, weights=None, unread=(), sought=None):
    """A corpus from a dict per person: question -> answer, « attentes » -> themes found, or None.

    A multi is a tuple of items.
    """
    answers, verbatims, codings = [], [], []
    for i, said in enumerate(people):
        own = f"r{i}"
        for question, value in said.items():
            if question == "attentes":
                verbatims.append((f"{own}:o", own, question, "dit", "answered"))
                codings += [(f"{own}:o", theme, True, "coder") for theme in value]
            elif isinstance(value, tuple):
                answers += [(own, question, item, "1") for item in value]
            else:
                answers.append((own, question, "", value))
    written = pd.DataFrame(
        verbatims, columns=["verbatim_id", "respondent_id", "question", "text", "status"]
    )
    names = [f"r{i}" for i in range(len(people))]
    return CodedCorpus(
        questionnaire=Questionnaire((STRUCTURE, ACCORD, NOTE, OUTILS, OPEN)),
        codebook=CODEBOOK,
        respondents=pd.DataFrame(
            {"respondent_id": names, "source": "survey", "weight": weights or [1.0] * len(names)}
        ),
        answers=pd.DataFrame(answers, columns=["respondent_id", "question", "item", "value"]),
        verbatims=written,
        tags=pd.DataFrame(columns=[*TAGS.columns]),
        codings=pd.DataFrame(codings, columns=["verbatim_id", "theme", "present", "source"]),
        readers={name: ("Léa",) for name in written["verbatim_id"] if name[:-2] not in unread},
        sought=sought or {},
    )


@pytest.fixture(scope="session")
def corpus():
    """What makes a corpus of what people said, see `surveyed`."""
    return surveyed


@pytest.fixture(scope="session")
def crossed():
    """What makes the cross of two questions of such a corpus."""

    def made(people, rows, columns, **more):
        coded = surveyed(people, **more)
        return cross(variable(coded, rows), variable(coded, columns))

    return made
