"""A study goes from its folder to the server, or back: all of it, and what it was is kept.

A move may be cut short at any time. The marker is there before the copy on the server is, and after
the file is back: as long as both are in the folder, the file is whole, and counts.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Table, func, insert, select

from verbatims.errors import StudyError
from verbatims.language import _
from verbatims.store import places, tables
from verbatims.store.base import take_turn
from verbatims.store.database import Database, make_tables, upgrade
from verbatims.store.places import FILE, MARKER
from verbatims.store.postgresql import NUMBER, VARIABLE, Space, given, schema_name
from verbatims.store.sqlite import File

_AT_ONCE = 5_000  # rows in memory


def to_server(folder: Path) -> Path:
    """From study.db to the server that the environment names; where the file is kept."""
    if not (folder / FILE).exists():
        raise StudyError(
            _("« {folder} » : l'étude est déjà sur un serveur. Rien n'a changé.", folder=folder)
        )
    url = given()
    if url is None:
        raise StudyError(
            _(
                "Donnez l'adresse du serveur dans la variable {variable}, puis recommencez. Par "
                "exemple : export {variable}=postgresql://nom:motdepasse@serveur:5432/base",
                variable=VARIABLE,
            )
        )
    if (folder / MARKER).exists():
        _finish(folder)
    held = File(folder / FILE)
    upgrade(held)
    held.keep_to_oneself()
    kept = folder / f"{FILE}.bak-{_today()}"
    try:
        made = _copied(held, url)
        held.engine.dispose()
        _leave(folder, kept, made)
    except BaseException:
        held.share()
        raise
    return kept


def _copied(held: File, url: URL) -> Space:
    """A study in its folder, copied whole to a server and marked so, or not at all."""
    folder = held.path.parent
    with held.engine.begin() as source:
        source.exec_driver_sql("BEGIN EXCLUSIVE")
        study = _study(source)
        made = Space(url, schema_name(folder, study))
        try:
            with made.engine.begin() as target:
                made.make(target)
                copy(source, target, made)
                made.count_on(target)
                places.mark(folder, made, study)
        except BaseException:
            (folder / MARKER).unlink(missing_ok=True)
            raise
    return made


def _leave(folder: Path, kept: Path, made: Space) -> None:
    """From now on the folder leads to the server."""
    try:
        os.replace(folder / FILE, kept)
    except BaseException:
        made.drop()
        (folder / MARKER).unlink()
        raise


def _finish(folder: Path) -> str:
    """After a move cut short, either way: the study is in its folder; where its copy is kept."""
    held, study = places.named(folder)
    kept = _kept(held)
    if held.holds(study):
        with held.engine.begin() as connection:
            held.rename(connection, kept)
    (folder / MARKER).unlink()
    return kept


def _kept(held: Space) -> str:
    return f"{held.space}_bak_{_today().replace('-', '')}"


def to_folder(folder: Path) -> str:
    """From the server to study.db; the name under which the server keeps what was there."""
    if (folder / FILE).exists() and (folder / MARKER).exists():
        return _finish(folder)
    if (folder / FILE).exists():
        raise StudyError(
            _("« {file} » existe déjà : l'étude est dans son dossier.", file=folder / FILE)
        )
    held = places.marked(folder)
    upgrade(held)
    kept = _kept(held)
    beside = folder / f".{FILE}.part"
    beside.unlink(missing_ok=True)
    try:
        with held.engine.begin() as source:
            take_turn(source)
            made = File(beside)
            with made.engine.begin() as target:
                copy(source, target, made)
            made.engine.dispose()
            held.rename(source, kept)
            os.replace(beside, folder / FILE)
    finally:
        beside.unlink(missing_ok=True)
    File(folder / FILE).share()
    (folder / MARKER).unlink()
    return kept


def copy(source: Connection, target: Connection, made: Database) -> None:
    """Every table of a study, in an empty database."""
    make_tables(made, target)
    for table in tables.metadata.sorted_tables:
        rows = select(table).order_by(*table.primary_key.columns)
        if table is tables.settings:
            rows = rows.where(table.c.name != NUMBER)
        for part in source.execute(rows).mappings().partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in part])
        _compare(_count(source, table), _count(target, table), table)


def _compare(before: int, after: int, table: Table) -> None:
    if before != after:
        raise StudyError(
            _(
                "La copie de la table « {table} » a {after} lignes au lieu de {before} : "
                "l'étude est restée où elle était. Recommencez.",
                table=table.name,
                after=after,
                before=before,
            )
        )


def _count(connection: Connection, table: Table) -> int:
    rows = select(func.count()).select_from(table)
    if table is tables.settings:
        rows = rows.where(table.c.name != NUMBER)
    return int(connection.execute(rows).scalar_one())


def _study(connection: Connection) -> str:
    own = select(tables.settings.c.value).where(tables.settings.c.name == "id")
    return str(connection.execute(own).scalar_one())


def _today() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
