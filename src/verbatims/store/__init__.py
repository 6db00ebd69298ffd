"""Frames ↔ SQL: saves what cannot be computed again, loads it back; nothing else knows SQL."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Select, delete, func, insert, select

from verbatims.errors import Problem, StudyError
from verbatims.frames import (
    ACCEPTANCES,
    ANSWERS,
    CORRECTIONS,
    DECISIONS,
    PICKS,
    RESPONDENTS,
    VERBATIMS,
)
from verbatims.model import Codebook, Corpus, Raw, Source
from verbatims.store import database, sources, tables
from verbatims.store.sources import now

Rows = list[dict[str, Any]]


class Store:
    """The database of one study."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = database.engine(path)

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make the database of a new study."""
        store = cls(path)
        database.create(store.engine)
        return store

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open the database of a study, brought up to date; refuse any other, untouched."""
        store = cls(path)
        database.upgrade(store.engine, path)
        return store

    # -- what was imported ---------------------------------------------------------------

    def save_corpus(
        self, corpus: Corpus, raw: Raw, source: Source, *, questionnaire: str = ""
    ) -> tuple[Problem, ...]:
        """Replace all of one source by `corpus`, in one transaction; what coders did is kept.

        `questionnaire` is the fingerprint of the one it was read with.
        """
        with self.engine.begin() as connection:
            changed = sources.replace(connection, corpus, source)
            problems = (*corpus.problems, *changed)
            connection.execute(
                insert(tables.imports).values(
                    file=raw.file,
                    source=str(source),
                    origin=raw.origin,
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

    # -- what coders do ------------------------------------------------------------------

    def add_decisions(
        self, rows: Rows, *, gesture: str, codebook: str = "", queue: str = ""
    ) -> None:
        """Append what one gesture of a coder decided; nothing when there is nothing."""
        if rows:
            stamp = {"gesture": gesture, "codebook": codebook, "queue": queue, "made_at": now()}
            with self.engine.begin() as connection:
                connection.execute(insert(tables.decisions), [{**row, **stamp} for row in rows])

    def decisions(self, *, coder: str = "", verbatim_id: str = "") -> pd.DataFrame:
        columns = tables.decisions.c
        rows = select(tables.decisions).order_by(columns.number)
        if coder:
            rows = rows.where(columns.coder == coder)
        if verbatim_id:
            rows = rows.where(columns.verbatim_id == verbatim_id)
        return DECISIONS.check(self._frame(rows))

    def add_memo(self, coder: str, verbatim_id: str, text: str) -> None:
        memo = {"verbatim_id": verbatim_id, "coder": coder, "text": text, "made_at": now()}
        self._write(insert(tables.memos).values(memo))

    def memos(self) -> pd.DataFrame:
        """The last memo of each coder on each verbatim; an emptied one is left out."""
        memos = self._frame(select(tables.memos).order_by(tables.memos.c.number))
        last = memos.drop_duplicates(["verbatim_id", "coder"], keep="last")
        return last[last["text"] != ""].reset_index(drop=True)

    def picks(self) -> pd.DataFrame:
        return PICKS.check(self._frame(select(tables.picks).order_by(tables.picks.c.rank)))

    def save_picks(self, picks: pd.DataFrame) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(tables.picks))
            sources.insert_frame(connection, tables.picks, PICKS.check(picks))

    # -- what is accepted unread ---------------------------------------------------------

    def accept(
        self, theme: str, rows: pd.DataFrame, *, about: Mapping[str, Any], author: str
    ) -> int:
        """Accept suggestions together: `rows` as ACCEPTANCES, but for the batch it gives.

        `theme` is "" for a batch over all of them; `about` is what was measured and promised.
        """
        said = json.dumps(about, ensure_ascii=False, sort_keys=True)
        batch = {"theme": theme, "about": said, "author": author, "made_at": now()}
        with self.engine.begin() as connection:
            made = insert(tables.batches).values(**batch).returning(tables.batches.c.number)
            number: int = connection.execute(made).scalar_one()
            accepted = ACCEPTANCES.check(rows.assign(batch=number))
            sources.insert_frame(connection, tables.acceptances, accepted)
        return number

    def take_back(self, batch: int, *, author: str) -> None:
        """Take a whole batch back, by one more line; raise StudyError when it does not stand."""
        batches = self.batches()
        own = batches[(batches["number"] == batch) & ~batches["taken_back"]]
        if own.empty:
            raise StudyError(
                f"Le lot n° {batch} n'existe pas ou a déjà été repris : rouvrez la page pour voir "
                "les lots qui comptent."
            )
        undoing = {"theme": own["theme"].iloc[0], "about": "{}", "takes_back": batch}
        self._write(insert(tables.batches).values(**undoing, author=author, made_at=now()))

    def acceptances(self) -> pd.DataFrame:
        """What was accepted and not taken back; by the last batch, for a pair that two hold."""
        columns = tables.acceptances.c
        undone = select(tables.batches.c.takes_back).where(tables.batches.c.takes_back.is_not(None))
        rows = select(tables.acceptances).where(columns.batch.not_in(undone))
        held = self._frame(rows.order_by(columns.batch, columns.verbatim_id, columns.theme))
        last = held.drop_duplicates(["verbatim_id", "theme"], keep="last")
        return ACCEPTANCES.check(last).reset_index(drop=True)

    def batches(self) -> pd.DataFrame:
        """number, theme ("" for all), n, about, author, made_at, taken_back; the oldest first.

        `n` counts the pairs whose text is still the one that was accepted.
        """
        made, pairs = tables.batches.c, tables.acceptances.c
        n = select(func.count()).where(pairs.batch == made.number).scalar_subquery()
        undoing = tables.batches.alias()
        undone = select(undoing.c.number).where(undoing.c.takes_back == made.number).exists()
        columns = (made.number, made.theme, n.label("n"), made.about, made.author, made.made_at)
        rows = select(*columns, undone.label("taken_back")).where(made.takes_back.is_(None))
        batches = self._frame(rows.order_by(made.number))
        return batches.assign(
            about=[json.loads(said) for said in batches["about"]],
            taken_back=batches["taken_back"].astype(bool),
        )

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
        with self.engine.begin() as connection:
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

    def version(self, *, work: bool = True) -> tuple[object, ...]:
        """Changes whenever something is written; for those who keep frames in memory.

        Without `work`, only with an import or a run.
        """
        made = (tables.imports, tables.runs)
        done = (tables.decisions, tables.memos, tables.corrections, tables.batches)
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

    def _frame(self, query: Select[Any]) -> pd.DataFrame:
        with self.engine.connect() as connection:
            result = connection.execute(query)
            return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def _write(self, statement: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(statement)


def _survey_first() -> tuple[Any, ...]:
    return tables.respondents.c.source.desc(), tables.respondents.c.position
