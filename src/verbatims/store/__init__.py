"""Frames ↔ SQL: saves what cannot be computed again, loads it back; nothing else knows SQL."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    Select,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, IntegrityError

from verbatims.errors import FileError, Problem, StudyError
from verbatims.frames import (
    ANSWERS,
    DECISIONS,
    PICKS,
    READ,
    RESPONDENTS,
    TEXT_CHANGED,
    VERBATIMS,
    WITHDRAWN,
)
from verbatims.model import Codebook, Corpus, Raw, Source
from verbatims.store import tables

Rows = list[dict[str, Any]]

# What marks a SQLite file as ours ("verb"), and the number of its schema: one more at each change.
APPLICATION, SCHEMA = 0x76657262, 1

# What SQLite says → what the analyst can do.
_ADVICE = (
    ("locked", "elle est occupée par un autre programme ; réessayez dans un instant."),
    ("full", "le disque est plein ; libérez de la place, puis recommencez."),
    ("readonly", "elle est en lecture seule ; vérifiez les droits du dossier."),
    ("unable to open", "impossible de l'ouvrir en écriture ; vérifiez les droits du dossier."),
    ("disk i/o", "le disque ne répond pas, ou il est plein ou en lecture seule."),
    ("malformed", "elle est abîmée ; reprenez une copie de sauvegarde du dossier."),
    ("not a database", "ce n'est pas une base d'étude ; reprenez une copie de sauvegarde."),
)


class Store:
    """The database of one study."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make the database of a new study."""
        store = cls(path)
        with store.engine.connect() as connection:  # it stays with the file
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with store.engine.begin() as connection:
            tables.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        return store

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open the database of a study; refuse any other, and change nothing in it."""
        store = cls(path)
        with store.engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar()
            schema = connection.exec_driver_sql("PRAGMA user_version").scalar()
        if application != APPLICATION:
            raise FileError(f"« {path} » n'est pas la base d'une étude de Verbatims.")
        if schema != SCHEMA:
            raise FileError(
                f"« {path} » a été faite par une autre version de Verbatims (base n° {schema}, "
                f"celle-ci lit la n° {SCHEMA}). Ouvrez-la avec cette version-là."
            )
        return store

    # -- what was imported ---------------------------------------------------------------

    def save_corpus(
        self, corpus: Corpus, raw: Raw, source: Source, *, questionnaire: str = ""
    ) -> tuple[Problem, ...]:
        """Replace all of one source by `corpus`, in one transaction; what coders did is kept.

        `questionnaire` is the fingerprint of the one it was read with.
        """
        with self.engine.begin() as connection:
            _refuse_shared_ids(connection, corpus, source)
            changed = _keep_what_is_coded(connection, corpus, source)
            _replace_source(connection, corpus, source)
            _unread(connection, changed)
            problems = (*corpus.problems, *map(_to_read_again, changed))
            connection.execute(
                insert(tables.imports).values(
                    file=raw.file,
                    source=str(source),
                    origin=raw.origin,
                    rows=len(raw.frame),
                    questionnaire=questionnaire,
                    problems="\n".join(str(problem) for problem in problems),
                    made_at=_now(),
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

    def add_decisions(self, rows: Rows, *, gesture: str, codebook: str = "") -> None:
        """Append what one gesture of a coder decided; nothing when there is nothing."""
        if rows:
            stamp = {"gesture": gesture, "codebook": codebook, "made_at": _now()}
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
        memo = {"verbatim_id": verbatim_id, "coder": coder, "text": text, "made_at": _now()}
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
            _insert(connection, tables.picks, PICKS.check(picks))

    # -- the codebooks met ---------------------------------------------------------------

    def keep_codebook(self, book: Codebook, text: str) -> None:
        """Remember a codebook by its hash, so that past decisions stay readable."""
        known = select(tables.codebooks.c.hash).where(tables.codebooks.c.hash == book.hash)
        with self.engine.begin() as connection:
            if connection.execute(known).first() is None:
                themes = json.dumps([theme.id for theme in book])
                met = {"hash": book.hash, "themes": themes, "text": text, "seen_at": _now()}
                connection.execute(insert(tables.codebooks).values(met))

    def codebook_themes(self) -> dict[str, frozenset[str]]:
        """The themes of each codebook ever used, by its hash."""
        query = select(tables.codebooks.c.hash, tables.codebooks.c.themes)
        with self.engine.connect() as connection:
            return {
                row.hash: frozenset(json.loads(row.themes)) for row in connection.execute(query)
            }

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
            "made_at": _now(),
        }
        self._write(insert(tables.runs).values(run))

    def runs(self) -> pd.DataFrame:
        return self._frame(select(tables.runs).order_by(tables.runs.c.number))

    def version(self) -> tuple[object, ...]:
        """Changes whenever something is written; for those who keep frames in memory."""
        logs = (tables.imports, tables.decisions, tables.memos, tables.runs)
        lasts = [select(func.max(log.c.number)).scalar_subquery() for log in logs]
        with self.engine.connect() as connection:
            picked = connection.execute(select(tables.picks).order_by(tables.picks.c.rank)).all()
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


def _engine(path: Path) -> Engine:
    # the parameters are people's answers: no error may print them
    engine = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)

    @event.listens_for(engine, "handle_error")
    def _advise(context: ExceptionContext) -> None:
        said = str(context.original_exception)
        if isinstance(context.sqlalchemy_exception, IntegrityError):
            raise StudyError(f"L'étude refuse cette écriture, qui ne lui va pas ({said}).")
        if isinstance(context.sqlalchemy_exception, DatabaseError):
            known = (advice for clue, advice in _ADVICE if clue in said.lower())
            raise FileError(f"« {path} » : {next(known, f'erreur de la base ({said}).')}")

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        for pragma in ("busy_timeout=5000", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _survey_first() -> tuple[Any, ...]:
    return tables.respondents.c.source.desc(), tables.respondents.c.position


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _refuse_shared_ids(connection: Connection, corpus: Corpus, source: Source) -> None:
    others = select(tables.respondents.c.respondent_id).where(
        tables.respondents.c.source != str(source)
    )
    shared = set(connection.execute(others).scalars()) & set(corpus.respondents["respondent_id"])
    if shared:
        raise StudyError(
            "Les personnes interrogées en entretien et les répondants de l'enquête doivent avoir "
            "des identifiants différents ; rien n'a été importé. Par exemple, préfixez ceux des "
            "entretiens par « E- ».",
            [Problem(f"identifiant « {name} » présent des deux côtés") for name in sorted(shared)],
        )


def _keep_what_is_coded(connection: Connection, corpus: Corpus, source: Source) -> list[str]:
    """Refuse to lose a coded, picked or annotated verbatim; give those whose text changes."""
    touched = _touched(connection, source)
    incoming = dict(zip(corpus.verbatims["verbatim_id"], corpus.verbatims["text"], strict=True))
    lost = [verbatim_id for verbatim_id in touched if verbatim_id not in incoming]
    if lost:
        raise StudyError(
            "Ce fichier ferait perdre du travail déjà fait ; rien n'a été importé. "
            "Vérifiez qu'il contient tous les répondants, avec les mêmes identifiants, "
            "ou créez une nouvelle étude.",
            [
                Problem(f"verbatim « {verbatim_id} » : codé, mais absent du fichier")
                for verbatim_id in lost
            ],
        )
    return [name for name, text in touched.items() if incoming[name] != text]


def _unread(connection: Connection, changed: list[str]) -> None:
    """A text that changed has not been read: whoever read it finds it again in the queue."""
    columns = tables.decisions.c
    readings = (
        select(columns.verbatim_id, columns.coder)
        .where(columns.value == READ, columns.verbatim_id.in_(changed))
        .distinct()
        .order_by(columns.verbatim_id, columns.coder)
    )
    stamp = {"theme": "", "value": WITHDRAWN, "gesture": TEXT_CHANGED, "codebook": ""}
    rows = [
        {"verbatim_id": row.verbatim_id, "coder": row.coder, **stamp, "made_at": _now()}
        for row in connection.execute(readings)
    ]
    if rows:
        connection.execute(insert(tables.decisions), rows)


def _to_read_again(verbatim_id: str) -> Problem:
    return Problem(
        f"verbatim « {verbatim_id} » : le texte a changé depuis qu'il a été codé ; il revient "
        "parmi ceux à lire.",
        severity="warning",
    )


def _touched(connection: Connection, source: Source) -> dict[str, str]:
    """The verbatims that someone coded, annotated or picked, with their present text."""
    worked_on = [
        select(table.c.verbatim_id) for table in (tables.decisions, tables.memos, tables.picks)
    ]
    query = (
        select(tables.verbatims.c.verbatim_id, tables.verbatims.c.text)
        .join(tables.respondents)
        .where(tables.respondents.c.source == str(source))
        .where(tables.verbatims.c.verbatim_id.in_(worked_on[0].union(*worked_on[1:])))
        .order_by(tables.verbatims.c.position)
    )
    return {row.verbatim_id: row.text for row in connection.execute(query)}


def _replace_source(connection: Connection, corpus: Corpus, source: Source) -> None:
    ours = select(tables.respondents.c.respondent_id).where(
        tables.respondents.c.source == str(source)
    )
    connection.execute(delete(tables.answers).where(tables.answers.c.respondent_id.in_(ours)))
    respondents = corpus.respondents.assign(position=range(len(corpus.respondents)))
    verbatims = corpus.verbatims.assign(position=range(len(corpus.verbatims)))
    known_respondents = set(connection.execute(ours).scalars())
    known_verbatims = set(
        connection.execute(
            select(tables.verbatims.c.verbatim_id).where(tables.verbatims.c.respondent_id.in_(ours))
        ).scalars()
    )
    _upsert(connection, tables.respondents, respondents, known_respondents)
    _delete_absent(connection, tables.verbatims, verbatims, known_verbatims)
    _upsert(connection, tables.verbatims, verbatims, known_verbatims)
    _delete_absent(connection, tables.respondents, respondents, known_respondents)
    _insert(connection, tables.answers, corpus.answers)


def _upsert(connection: Connection, table: Table, frame: pd.DataFrame, known: set[str]) -> None:
    key = table.primary_key.columns[0].name
    is_known = frame[key].isin(known)
    _insert(connection, table, frame[~is_known])
    if is_known.any():
        others: dict[str, Any] = {
            name: bindparam(f"new_{name}") for name in frame.columns if name != key
        }
        rows = _rows(frame[is_known].rename(columns=lambda name: f"new_{name}"))
        statement = update(table).where(table.c[key] == bindparam(f"new_{key}")).values(others)
        connection.execute(statement, rows)


def _delete_absent(
    connection: Connection, table: Table, frame: pd.DataFrame, known: set[str]
) -> None:
    key = table.primary_key.columns[0].name
    absent = sorted(known - set(frame[key]))
    if absent:
        statement = delete(table).where(table.c[key] == bindparam("gone"))
        connection.execute(statement, [{"gone": value} for value in absent])


def _insert(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    if len(frame):
        connection.execute(insert(table), _rows(frame))


def _rows(frame: pd.DataFrame) -> Rows:
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
