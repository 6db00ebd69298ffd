"""A study's folder → its database: a SQLite file in it, or a marker that says where on a server."""

from pathlib import Path
from uuid import uuid4

from verbatims.errors import FileError, StudyError
from verbatims.language import N_, _
from verbatims.store import database
from verbatims.store.database import Database
from verbatims.store.postgresql import VARIABLE, Space, given, schema_name
from verbatims.store.sqlite import File

FILE, MARKER = "study.db", "study.pg"

_SAID = N_(
    "# Cette étude est sur le serveur PostgreSQL de l'équipe : celui de la variable {variable}."
)


def file(folder: Path) -> Path | None:
    """The file that says where the study of a folder is; None when there is no study."""
    return next((path for path in (folder / FILE, folder / MARKER) if path.is_file()), None)


def create(folder: Path) -> Database:
    """An empty database: on the server that the environment names, else in the folder."""
    study, url = uuid4().hex, given()
    if url is not None:
        return _create_there(folder, Space(url, schema_name(folder, study)), study)
    made = File(folder / FILE)
    made.share()
    database.create(made, study)
    return made


def _create_there(folder: Path, made: Space, study: str) -> Space:
    with made.engine.begin() as connection:
        made.make(connection)
    try:
        database.create(made, study)
        mark(folder, made, study)
    except BaseException:
        made.drop()
        raise
    return made


def mark(folder: Path, space: Space, study: str) -> None:
    said = _(_SAID, variable=VARIABLE)
    (folder / MARKER).write_text(f"{said}\nschema: {space.space}\nstudy: {study}\n", "utf-8")


def open_(folder: Path) -> Database:
    """The database of a folder that holds a study, brought up to date.

    Where a move was cut short, the folder has both a file and a marker: the file counts.
    """
    found: Database = File(folder / FILE) if (folder / FILE).is_file() else marked(folder)
    database.upgrade(found)
    if isinstance(found, File):
        if not found.path.is_file():  # it was moved while we waited for it
            return open_(folder)
        found.share()
    return found


def marked(folder: Path) -> Space:
    """The study on a server that the folder's marker names."""
    found, study = named(folder)
    found.check(study)
    return found


def named(folder: Path) -> tuple[Space, str]:
    """Where the folder's marker says that the study is, and its id; it may not be there."""
    space, study = _read(folder / MARKER)
    url = given()
    if url is None:
        raise StudyError(
            _(
                "L'étude « {study} » est sur le serveur PostgreSQL de l'équipe. Donnez l'adresse "
                "de sa base dans la variable {variable}, puis recommencez. Par exemple : export "
                "{variable}=postgresql://nom:motdepasse@serveur:5432/base",
                study=folder.resolve().name,
                variable=VARIABLE,
            )
        )
    return Space(url, space), study


def _read(marker: Path) -> tuple[str, str]:
    """The schema and the study that a marker names."""
    lines = marker.read_text("utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines if ": " in line and line[0] != "#")
    space, study = said.get("schema", ""), said.get("study", "")
    if not space.isidentifier() or not space.isascii() or not study:
        raise FileError(
            _(
                "« {file} » est abîmé : il doit dire « schema: … » et « study: … ». Reprenez-le "
                "d'une copie de sauvegarde du dossier.",
                file=marker,
            )
        )
    return space, study


def remove(folder: Path) -> None:
    """Do away with the database of a study that is just made, wherever it is."""
    if (folder / MARKER).is_file():
        marked(folder).drop()
    for name in (MARKER, FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
