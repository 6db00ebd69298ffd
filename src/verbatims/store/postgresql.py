"""A study kept on a team's PostgreSQL server: a schema of its own, an engine that gives advice."""

import os
import re
from functools import partial
from pathlib import Path
from weakref import finalize

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError
from sqlalchemy.schema import CreateSchema

from verbatims.errors import FileError, StudyError
from verbatims.folding import fold
from verbatims.language import N_, _
from verbatims.store import tables
from verbatims.store.base import insert_new, refuse_half
from verbatims.store.database import SCHEMA

VARIABLE = "DATABASE_URL"
NUMBER = "schema"  # the setting that holds the number of the tables

_DRIVER = "postgresql+psycopg"
_DRIVERS = ("postgres", "postgresql", _DRIVER)
_LONGEST = 40  # letters of the folder's name in that of its schema: PostgreSQL holds 63 in all

# A machine that goes away in the middle of writing does not keep the others waiting for long.
_OPTIONS = "-c lock_timeout=20s -c idle_in_transaction_session_timeout=120s"

_MOVED = N_("l'étude n'y est pas, ou n'y est plus : a-t-elle été déplacée ? Rouvrez-la.")
_BUSY = N_("elle est occupée par une autre écriture ; réessayez dans un instant.")

# What PostgreSQL says, by its code → what the analyst can do.
_CODES = {
    "53100": N_("le disque du serveur est plein ; libérez de la place, puis recommencez."),
    "53300": N_("le serveur a trop de connexions ouvertes ; réessayez dans un instant."),
    "25006": N_("elle est en lecture seule ; voyez avec qui tient le serveur."),
    "42501": N_("accès refusé ; demandez le droit CREATE sur la base à qui tient le serveur."),
    "42P01": _MOVED,
    "3F000": _MOVED,
    "54000": N_(
        "un identifiant ou une réponse fermée est trop long pour le serveur (2 700 octets au "
        "plus) ; raccourcissez-le dans le fichier, puis recommencez. Rien n'a été écrit."
    ),
    "55P03": _BUSY,
    "40P01": _BUSY,
}

# What is said when no connection is made has no code, and may be in French.
_CLUES = (
    (
        r"password|mot de passe|authentication|authentification|\brole\b|le rôle",
        N_(
            "le nom ou le mot de passe est refusé ; vérifiez-les dans {variable} (un signe spécial "
            "s'y écrit en code : « @ » devient « %40 »)."
        ),
    ),
    (
        r"database .* does not exist|la base de données .* n'existe pas",
        N_("le serveur n'a pas cette base ; créez-la (createdb), ou corrigez {variable}."),
    ),
    (
        r"refused|refusée|timeout|timed out|délai|resolve|unreachable|no such file|not known",
        N_(
            "le serveur ne répond pas ; vérifiez qu'il est en marche et que son adresse est la "
            "bonne dans {variable}."
        ),
    ),
    (r"ssl", N_("la connexion chiffrée (SSL) a échoué ; voyez avec qui tient le serveur.")),
    (
        "NUL",
        N_(
            "un texte contient le caractère nul (U+0000), que PostgreSQL ne peut pas garder ; "
            "retirez-le, puis recommencez. Rien n'a été écrit."
        ),
    ),
)
_CUT = N_("la connexion au serveur a été coupée ; rien n'a été écrit à moitié, recommencez.")


def given() -> URL | None:
    """The server that the environment names; None when it names none."""
    written = os.environ.get(VARIABLE, "").strip()
    return _url(written) if written else None


def _url(written: str) -> URL:
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _DRIVERS or not url.database:
        # what was written may hold a password: it is not repeated
        raise StudyError(
            _(
                "{variable} n'est pas l'adresse d'une base : écrivez-la "
                "postgresql://nom:motdepasse@serveur:5432/base.",
                variable=VARIABLE,
            )
        )
    return url.set(drivername=_DRIVER)


def schema_name(folder: Path, study_id: str) -> str:
    """A name that says which study it is, and is no other's: « enquete_2026_1f3a9c02 »."""
    slug = re.sub(r"[^a-z0-9]+", "_", fold(folder.resolve().name)).strip("_")[:_LONGEST]
    return f"{slug if slug[:1].isalpha() else f'etude_{slug}'}_{study_id[:8]}"


class Space:
    """The schema of a study on a server."""

    def __init__(self, url: URL, space: str) -> None:
        self.space = space
        self.name = f"{url.host or 'localhost'}:{url.port or 5432}/{url.database}, {space}"
        self.engine = self._engine(url)

    def _engine(self, url: URL) -> Engine:
        options = {"options": f"{_OPTIONS} -c search_path={self.space}", "connect_timeout": 10}
        try:
            # the parameters are people's answers: no error may print them
            made = create_engine(
                url, hide_parameters=True, pool_pre_ping=True, connect_args=options
            )
        except ModuleNotFoundError as error:
            raise StudyError(
                _(
                    "Cette étude est sur un serveur PostgreSQL, et il manque de quoi lui parler : "
                    "pip install 'psycopg[binary]', puis recommencez."
                )
            ) from error
        event.listen(made, "handle_error", partial(_advise, self.name))
        finalize(self, made.dispose)
        return made

    def make(self, connection: Connection) -> None:
        """The empty schema; raise StudyError where it is not possible."""
        if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
            raise StudyError(
                _(
                    "« {name} » : la base n'est pas en UTF-8, et perdrait des lettres. Créez-en "
                    "une autre : createdb --encoding=UTF8 --template=template0 NOM.",
                    name=self.name,
                )
            )
        if self.there(connection):
            raise StudyError(
                _("« {name} » : l'étude y est déjà ; rien n'a été fait.", name=self.name)
            )
        connection.execute(CreateSchema(self.space))

    def there(self, connection: Connection) -> bool:
        return bool(connection.exec_driver_sql("SELECT current_schema()").scalar())

    def drop(self) -> None:
        """Do away with the study."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {self.space} CASCADE")

    def rename(self, connection: Connection, name: str) -> None:
        """From now on nobody finds the study there."""
        connection.exec_driver_sql(f"ALTER SCHEMA {self.space} RENAME TO {name}")

    def check(self, study_id: str) -> None:
        """Raise FileError unless the study of this id is there."""
        if not self.holds(study_id):
            raise FileError(
                _(
                    "« {name} » : l'étude n'y est pas, ou n'y est plus. Vérifiez que {variable} "
                    "est l'adresse de la base où elle a été créée.",
                    name=self.name,
                    variable=VARIABLE,
                )
            )

    def holds(self, study_id: str) -> bool:
        with self.engine.connect() as connection:
            own = select(tables.settings.c.value).where(tables.settings.c.name == "id")
            return self.there(connection) and connection.execute(own).scalar() == study_id

    def schema(self, connection: Connection) -> int:
        own = select(tables.settings.c.value).where(tables.settings.c.name == NUMBER)
        return int(connection.execute(own).scalar_one())

    def stamp(self, connection: Connection) -> None:
        number = {"name": NUMBER, "value": str(SCHEMA)}
        if not insert_new(connection, tables.settings.c.name, [number]):
            own = tables.settings.c.name == NUMBER
            connection.execute(update(tables.settings).where(own).values(value=str(SCHEMA)))

    def count_on(self, connection: Connection) -> None:
        """Numbers go on after the highest, once rows were written with theirs."""
        for table in tables.metadata.sorted_tables:
            if "number" in table.c:
                last = f"(SELECT max(number) FROM {table.name})"
                counter = f"pg_get_serial_sequence('{table.name}', 'number')"
                connection.execute(text(f"SELECT setval({counter}, {last})"))


def _advise(name: str, context: ExceptionContext) -> None:
    if context.is_pre_ping:
        return  # a connection that was lost is made again
    original = context.original_exception
    refuse_half(original)
    if isinstance(context.sqlalchemy_exception, IntegrityError):
        said = getattr(getattr(original, "diag", None), "message_primary", "")
        raise StudyError(_("L'étude refuse cette écriture, qui ne lui va pas ({said}).", said=said))
    if isinstance(context.sqlalchemy_exception, DataError):  # what is written, not the base
        raise StudyError(_("L'étude refuse cette écriture : {advice}", advice=_advice(original)))
    if isinstance(context.sqlalchemy_exception, DatabaseError):
        cut = context.is_disconnect and context.connection is not None
        advice = _(_CUT) if cut else _advice(original)
        raise FileError(_("« {name} » : {advice}", name=name, advice=advice))


def _advice(error: BaseException | None) -> str:
    code = getattr(error, "sqlstate", None) or ""
    said = str(error)
    if code in _CODES:
        return _(_CODES[code])
    found = (_(advice, variable=VARIABLE) for clue, advice in _CLUES if re.search(clue, said, re.I))
    told = getattr(getattr(error, "diag", None), "message_primary", None)
    return next(found, _("erreur de la base ({said}).", said=told or said.splitlines()[0]))
