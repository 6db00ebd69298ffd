"""A corpus → the rows of its source, all replaced at once; what coders did is never lost."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from verbatims.errors import Problem, StudyError
from verbatims.frames import READ, TEXT_CHANGED, WITHDRAWN
from verbatims.language import _, ngettext
from verbatims.model import Corpus, Source
from verbatims.store import tables

# What keeps a verbatim from leaving.
_WORK = (tables.decisions, tables.memos, tables.picks, tables.flags, tables.adjudications)


def replace(connection: Connection, corpus: Corpus, source: Source) -> list[Problem]:
    """All of one source by `corpus`; what was coded but has another text now is to read again."""
    _refuse_shared_ids(connection, corpus, source)
    changed = _keep_what_is_coded(connection, corpus, source)
    void = _void_acceptances(connection, corpus, source)
    _unassign(connection, corpus, source)
    _replace_source(connection, corpus, source)
    _unread(connection, changed)
    return [*(_to_read_again(verbatim_id) for verbatim_id in changed), *void]


def insert_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    if len(frame):
        connection.execute(insert(table), _rows(frame))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _refuse_shared_ids(connection: Connection, corpus: Corpus, source: Source) -> None:
    others = select(tables.respondents.c.respondent_id).where(
        tables.respondents.c.source != str(source)
    )
    shared = set(connection.execute(others).scalars()) & set(corpus.respondents["respondent_id"])
    if shared:
        raise StudyError(
            _(
                "Les personnes interrogées en entretien et les répondants de l'enquête doivent "
                "avoir des identifiants différents ; rien n'a été importé. Par exemple, préfixez "
                "ceux des entretiens par « E- »."
            ),
            [
                Problem(_("identifiant « {name} » présent des deux côtés", name=name))
                for name in sorted(shared)
            ],
        )


def _keep_what_is_coded(connection: Connection, corpus: Corpus, source: Source) -> list[str]:
    """Refuse to lose a coded, picked or annotated verbatim; give those whose text changes."""
    touched = _touched(connection, source)
    incoming = dict(zip(corpus.verbatims["verbatim_id"], corpus.verbatims["text"], strict=True))
    lost = [verbatim_id for verbatim_id in touched if verbatim_id not in incoming]
    if lost:
        raise StudyError(
            _(
                "Ce fichier ferait perdre du travail déjà fait ; rien n'a été importé. "
                "Vérifiez qu'il contient tous les répondants, avec les mêmes identifiants, "
                "ou créez une nouvelle étude."
            ),
            [
                Problem(_("verbatim « {name} » : codé, mais absent du fichier", name=verbatim_id))
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
    stamp = {"theme": "", "value": WITHDRAWN, "gesture": TEXT_CHANGED, "codebook": "", "queue": ""}
    rows = [
        {"verbatim_id": row.verbatim_id, "coder": row.coder, **stamp, "made_at": now()}
        for row in connection.execute(readings)
    ]
    if rows:
        connection.execute(insert(tables.decisions), rows)
    _unsettle(connection, changed)


def _unsettle(connection: Connection, changed: list[str]) -> None:
    """What was adjudicated was so for the text of then."""
    columns = tables.adjudications.c
    own = select(columns.verbatim_id, columns.theme).where(columns.verbatim_id.in_(changed))
    stamp = {"value": WITHDRAWN, "gesture": TEXT_CHANGED, "reason": "", "author": ""}
    rows = [
        {"verbatim_id": row.verbatim_id, "theme": row.theme, **stamp, "made_at": now()}
        for row in connection.execute(own.distinct().order_by(*own.selected_columns))
    ]
    if rows:
        connection.execute(insert(tables.adjudications), rows)


def _to_read_again(verbatim_id: str) -> Problem:
    return Problem(
        _(
            "verbatim « {name} » : le texte a changé depuis qu'il a été codé ; il revient parmi "
            "ceux à lire.",
            name=verbatim_id,
        ),
        severity="warning",
    )


def _void_acceptances(connection: Connection, corpus: Corpus, source: Source) -> list[Problem]:
    """A suggestion accepted unread holds for the text it was made on: a machine can redo it."""
    accepted = select(tables.acceptances.c.verbatim_id)
    held = connection.execute(_texts(source, tables.verbatims.c.verbatim_id.in_(accepted)))
    incoming = dict(zip(corpus.verbatims["verbatim_id"], corpus.verbatims["text"], strict=True))
    gone = [row.verbatim_id for row in held if incoming.get(row.verbatim_id) != row.text]
    if not gone:
        return []
    columns = tables.acceptances.c
    statement = delete(tables.acceptances).where(columns.verbatim_id == bindparam("gone"))
    connection.execute(statement, [{"gone": verbatim_id} for verbatim_id in gone])
    said = ngettext(
        "ce qui était accepté sans lecture dans {n} réponse ne compte plus : le texte a changé ou "
        "disparu.",
        "ce qui était accepté sans lecture dans {n} réponses ne compte plus : le texte a changé ou "
        "disparu.",
        len(gone),
    )
    return [Problem(said, severity="warning")]


def _unassign(connection: Connection, corpus: Corpus, source: Source) -> None:
    """What leaves the file without having been read is to be read by nobody any more."""
    columns = tables.assignments.c
    assigned = select(columns.verbatim_id)
    held = connection.execute(_texts(source, tables.verbatims.c.verbatim_id.in_(assigned)))
    gone = {row.verbatim_id for row in held} - set(corpus.verbatims["verbatim_id"])
    if gone:
        statement = delete(tables.assignments).where(columns.verbatim_id == bindparam("gone"))
        connection.execute(statement, [{"gone": verbatim_id} for verbatim_id in sorted(gone)])


def _texts(source: Source, those: ColumnElement[bool]) -> Select[tuple[str, str]]:
    """The present texts of some verbatims of a source, in order."""
    return (
        select(tables.verbatims.c.verbatim_id, tables.verbatims.c.text)
        .join(tables.respondents)
        .where(tables.respondents.c.source == str(source))
        .where(those)
        .order_by(tables.verbatims.c.position)
    )


def _touched(connection: Connection, source: Source) -> dict[str, str]:
    """The verbatims that someone worked on, in whatever way, with their present text."""
    worked_on = [select(table.c.verbatim_id) for table in _WORK]
    query = _texts(source, tables.verbatims.c.verbatim_id.in_(worked_on[0].union(*worked_on[1:])))
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
    insert_frame(connection, tables.answers, corpus.answers)


def _upsert(connection: Connection, table: Table, frame: pd.DataFrame, known: set[str]) -> None:
    key = table.primary_key.columns[0].name
    is_known = frame[key].isin(known)
    insert_frame(connection, table, frame[~is_known])
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


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
