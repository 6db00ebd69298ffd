"""Frames ↔ SQL: saves what cannot be computed again, loads it back; nothing else knows SQL."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import func, insert, select

from verbatims.errors import Problem, StudyError
from verbatims.frames import (
    ANSWERS,
    CORRECTIONS,
    RESPONDENTS,
    VERBATIMS,
)
from verbatims.language import _, each
from verbatims.model import Codebook, Corpus, Raw, Source
from verbatims.store import moving, places, sources, tables
from verbatims.store.accepting import Accepting
from verbatims.store.database import Database
from verbatims.store.findings import Findings
from verbatims.store.following import Following
from verbatims.store.joining import Joining
from verbatims.store.sources import now
from verbatims.store.team import Team
from verbatims.store.work import Work


class Store(Work, Team, Accepting, Findings, Following, Joining):
    """The database of one study."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.engine = database.engine

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Make the database of a new study, where the environment says: see places."""
        return cls(places.create(folder))

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open the database of a study, brought up to date; refuse any other, untouched."""
        return cls(places.open_(folder))

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a folder holds a study."""
        return places.file(folder) is not None

    @staticmethod
    def file(folder: Path) -> Path | None:
        """The file of a folder that is, or stands for, the database; another after a move."""
        return places.file(folder)

    @staticmethod
    def remove(folder: Path) -> None:
        """Do away with the database of a study that was just made."""
        places.remove(folder)

    @staticmethod
    def move(folder: Path, *, local: bool) -> str:
        """To the server that the environment names, or back; where what it was is kept."""
        if not Store.exists(folder):
            raise StudyError(_("« {folder} » ne contient pas d'étude.", folder=folder))
        return moving.to_folder(folder) if local else str(moving.to_server(folder))

    # -- what was imported ---------------------------------------------------------------

    def save_corpus(
        self, corpus: Corpus, raw: Raw, source: Source, *, questionnaire: str = ""
    ) -> tuple[Problem, ...]:
        """Replace all of one source by `corpus`, in one transaction; what coders did is kept.

        `questionnaire` is the fingerprint of the one it was read with.
        """
        with self._writing() as connection:
            changed = sources.replace(connection, corpus, source)
            problems = (*corpus.problems, *changed)
            connection.execute(
                insert(tables.imports).values(
                    file=raw.file,
                    source=str(source),
                    origin=json.dumps(each(raw.origin), ensure_ascii=False),
                    rows=len(raw.frame),
                    questionnaire=questionnaire,
                    problems="\n".join(str(problem) for problem in problems),
                    made_at=now(),
                )
            )
        return problems

    def respondents(self) -> pd.DataFrame:
        rows = select(tables.respondents).order_by(*_survey_first())
        return RESPONDENTS.check(self._frame(rows))

    def answers(self) -> pd.DataFrame:
        columns = tables.answers.c
        rows = select(tables.answers).order_by(columns.question, columns.respondent_id)
        return self._frame(rows)[list(ANSWERS.columns)]

    def verbatims(self) -> pd.DataFrame:
        in_order = (*_survey_first()[:1], tables.verbatims.c.position)
        rows = select(tables.verbatims).join(tables.respondents).order_by(*in_order)
        return VERBATIMS.check(self._frame(rows))

    def imports(self) -> pd.DataFrame:
        return self._frame(select(tables.imports).order_by(tables.imports.c.number))

    # -- what the analyst rules about words ----------------------------------------------

    def add_correction(self, correction: Mapping[str, str]) -> None:
        """Append a row of CORRECTIONS, but for its number and date."""
        self._write(insert(tables.corrections).values(**correction, made_at=now()))

    def corrections(self) -> pd.DataFrame:
        rows = select(tables.corrections).order_by(tables.corrections.c.number)
        return CORRECTIONS.check(self._frame(rows))

    # -- the codebooks met ---------------------------------------------------------------

    def keep_codebook(self, book: Codebook, text: str) -> None:
        """Remember a codebook by its hash, so that past decisions stay readable."""
        known = select(tables.codebooks.c.hash).where(tables.codebooks.c.hash == book.hash)
        with self._writing() as connection:
            if connection.execute(known).first() is None:
                themes = json.dumps([theme.id for theme in book])
                met = {"hash": book.hash, "themes": themes, "text": text, "seen_at": now()}
                connection.execute(insert(tables.codebooks).values(met))

    def codebook_themes(self) -> dict[str, frozenset[str]]:
        """The themes of each codebook ever used, by its hash."""
        query = select(tables.codebooks.c.hash, tables.codebooks.c.themes)
        with self.engine.connect() as connection:
            return {
                row.hash: frozenset(json.loads(row.themes)) for row in connection.execute(query)
            }

    def codebook_texts(self) -> pd.DataFrame:
        """hash, seen_at, text of every codebook ever used, the oldest first."""
        columns = tables.codebooks.c
        rows = select(columns.hash, columns.seen_at, columns.text)
        return self._frame(rows.order_by(columns.seen_at, columns.hash))

    def add_edit(
        self, *, before: str, after: str, said: str, author: str, taught: bool = False
    ) -> None:
        """Remember what codebook.yaml was before and after a change made here.

        `taught` says that the answers validated until then proposed it.
        """
        edit = {"before": before, "after": after, "said": said, "author": author, "taught": taught}
        self._write(insert(tables.edits).values(**edit, made_at=now()))

    def edits(self) -> pd.DataFrame:
        return self._frame(select(tables.edits).order_by(tables.edits.c.number))

    # -- what was run --------------------------------------------------------------------

    def add_run(
        self, stage: str, *, parameters: Mapping[str, Any], rows: int, seconds: float, codebook: str
    ) -> None:
        run = {
            "stage": stage,
            "parameters": json.dumps(parameters, ensure_ascii=False, sort_keys=True),
            "codebook_hash": codebook,
            "rows": rows,
            "seconds": seconds,
            "made_at": now(),
        }
        self._write(insert(tables.runs).values(run))

    def runs(self) -> pd.DataFrame:
        return self._frame(select(tables.runs).order_by(tables.runs.c.number))

    def version(self, *, work: bool = True, findings: bool = True) -> tuple[object, ...]:
        """Changes whenever something is written; for those who keep frames in memory.

        Without `work`, only with an import or a run; without `findings`, not with what is kept for
        the report, which changes no figure.
        """
        made = (tables.imports, tables.runs)
        done = (
            *(tables.decisions, tables.memos, tables.corrections, tables.batches),
            *(tables.adjudications, tables.flags, tables.plans),
            *((tables.findings,) if findings else ()),
        )
        logs = (*made, *done) if work else made
        lasts = [select(func.max(log.c.number)).scalar_subquery() for log in logs]
        picks = select(tables.picks).order_by(tables.picks.c.rank)
        with self.engine.connect() as connection:
            picked = connection.execute(picks).all() if work else []
            return (*connection.execute(select(*lasts)).one(), *map(tuple, picked))

    def imports_made(self) -> int:
        """How many imports there have been: the texts change with this number, and only then."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.max(tables.imports.c.number))).scalar() or 0

    def close(self) -> None:
        self.engine.dispose()


def _survey_first() -> tuple[Any, ...]:
    return tables.respondents.c.source.desc(), tables.respondents.c.position
