"""Fixtures shared by all tests, and how hypothesis behaves on a busy machine."""

import gc
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
import psycopg
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from sqlalchemy import update

from verbatims import frames, importers, nlp, questionnaire
from verbatims.model import Raw
from verbatims.store import moving, places, postgresql, sqlite, tables

settings.register_profile("steady", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("steady")
gc.set_threshold(20_000, 20, 20)  # what the libraries hold stays: no use in looking at it often


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="every study on a real server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server, the tests of the files that know studies: the others would change in nothing."""
    if not config.getoption("postgresql"):
        return
    knows = re.compile(r"verbatims\.(study|store|cli|ui)\b|\bStudy\b")
    files = {item.path for item in items}
    kept = {path for path in files if knows.search(path.read_text("utf-8"))}
    config.hook.pytest_deselected(items=[item for item in items if item.path not in kept])
    items[:] = [item for item in items if item.path in kept]


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _every_study_on_a_server(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("postgresql"):
        os.environ["DATABASE_URL"] = request.getfixturevalue("server")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL: DATABASE_URL's, else one that is started here.

    Where none is installed the tests are skipped, and fail where everything must run.
    """
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        message = "pas de PostgreSQL sur cette machine (apt-get install postgresql)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with tempfile.TemporaryDirectory(prefix="verbatims-postgresql-") as folder:
        yield from _serving(Path(initdb).parent, Path(folder))


def _serving(programs: Path, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "password").write_text("secret")
    as_other = _not_root(folder)
    flags = ["-U", "verbatims", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", "--no-sync"]
    command = [
        programs / "initdb",
        *flags,
        f"--pwfile={folder / 'password'}",
        "-D",
        folder / "data",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_other)
    settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}"]
    settings += [
        *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
        *("wal_level=minimal", "max_wal_senders=0", "max_connections=300"),
    ]
    command = [programs / "postgres", "-D", folder / "data", *(f"--{name}" for name in settings)]
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **as_other)
        try:
            url = f"postgresql://verbatims:secret@127.0.0.1:{port}/postgres"
            _wait_for(url)
            yield url
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(20)


def _not_root(folder: Path) -> dict[str, str | int]:
    """PostgreSQL refuses to run as root: who else, once the folder is theirs."""
    if not hasattr(os, "geteuid") or os.geteuid():
        return {}
    import pwd  # not on Windows

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    other = names.get("postgres") or names["nobody"]
    for path in (folder, *folder.iterdir()):
        os.chown(path, other.pw_uid, other.pw_gid)
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _wait_for(url: str, *, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture
def on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies in their folder, whatever the environment names."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def on_postgresql(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """New studies on a real server."""
    monkeypatch.setenv("DATABASE_URL", server)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request: pytest.FixtureRequest) -> str:
    """A test that runs once on each engine; its name."""
    request.getfixturevalue(f"on_{request.param}")
    return request.param


@pytest.fixture(scope="session")
def copied() -> Callable[[Path, Path], Path]:
    """The folder of a study, or one that holds it, copied elsewhere: to change at will.

    What is on a server is copied there too: the folder has only the marker that leads to it.
    """

    def copied(template: Path, to: Path) -> Path:
        shutil.copytree(template, to, dirs_exist_ok=True)
        for marker in to.rglob(places.MARKER):
            _copy_there(marker.parent)
        return to

    return copied


def _copy_there(folder: Path) -> None:
    held, url, study = places.marked(folder), postgresql.given(), uuid4().hex
    assert url is not None
    made = postgresql.Space(url, postgresql.schema_name(folder, study))
    with held.engine.connect() as source, made.engine.begin() as target:
        made.make(target)
        moving.copy(source, target, made)
        made.count_on(target)
        own = tables.settings.c.name == "id"
        target.execute(update(tables.settings).where(own).values(value=study))
    places.mark(folder, made, study)


@pytest.fixture(scope="session", autouse=True)
def _disk_not_waited_for() -> Iterator[None]:
    """A test's study need not outlive a power cut."""
    configure = sqlite._configure

    def hurried(connection: Any, record: Any) -> None:
        configure(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "_configure", hurried)
        yield


@pytest.fixture(scope="session", autouse=True)
def app_prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each app that opens looks for components in all that is installed, compiles its pages, and
    knows them only after one run: once is enough here, and an app opens on any page at once."""
    if "streamlit.testing.v1" not in sys.modules:
        yield
        return
    from streamlit.components.v2 import manifest_scanner
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache
    from streamlit.testing.v1 import AppTest, app_test, local_script_runner

    from verbatims import settings
    from verbatims.ui import server

    found, compiled = manifest_scanner.scan_component_manifests(), ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: compiled)
        with pytest.MonkeyPatch.context() as without_study:
            without_study.chdir(tmp_path_factory.mktemp("no-study"))
            without_study.delenv(settings.STUDY_VARIABLE, raising=False)
            known = AppTest.from_file(server.SCRIPT, default_timeout=60).run()._registered_pages
        opened = app_test.AppTest.__init__

        def knowing_pages(app: AppTest, *args: Any, **options: Any) -> None:
            opened(app, *args, **options)
            app._registered_pages = known

        patch.setattr(AppTest, "__init__", knowing_pages)
        yield


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies that need no French model: each word is its own lemma, a verb, and means nothing."""
    _replace_model(monkeypatch)


@pytest.fixture(scope="module")
def without_model_here() -> Iterator[None]:
    """The same for all the tests of a file, and for the studies that they share."""
    with pytest.MonkeyPatch.context() as patch:
        _replace_model(patch)
        yield


def _replace_model(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(nlp, "lemmas", _split_on_spaces)
    patch.setattr(nlp, "vectors", _mean_nothing)


def _mean_nothing(words: Sequence[str], cache: Path) -> NDArray[np.float32]:  # noqa: ARG001
    return np.zeros((len(words), 2), dtype=np.float32)


def _split_on_spaces(verbatims: pd.DataFrame, _cache: Path, **_: object) -> pd.DataFrame:
    rows = []
    answered = verbatims[verbatims["status"] == frames.ANSWERED]
    for verbatim_id, text in zip(answered["verbatim_id"], answered["text"], strict=True):
        end = 0
        for position, word in enumerate(text.split()):
            start = text.index(word, end)
            end = start + len(word)
            rows.append((verbatim_id, position, word, word.lower(), "VERB", start, end, ""))
    return frames.LEMMAS.check(pd.DataFrame(rows, columns=list(frames.LEMMAS.columns)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data kept beside the project; tests that need it skip without it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("les données réelles (../shared) ne sont pas sur cette machine")
    return folder


@pytest.fixture(scope="session")
def rouen(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Raw, Path]:
    """A real survey of 4,253 people, and its questionnaire: the draft, corrected."""
    raw = importers.read(shared / "data" / "survey" / "fub_velo2025_rouen.csv")
    asked = json.loads(
        (shared / "data" / "survey" / "fub_velo2025_questions.json").read_text("utf-8")
    )
    path = tmp_path_factory.mktemp("rouen") / "questionnaire.yaml"
    drafted = questionnaire.draft(raw, title="Baromètre vélo 2025, métropole de Rouen")
    blocks = [_corrected(block, asked) for block in drafted.split("\n\n")]
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    return raw, path


_NOT_ANSWERS = {"commentaires", "insee", "q2", "q65", "score"}
_NOT_ANSWERS |= {"ressenti", "securite", "confort", "efforts", "services"}
_RIDERS = {f"q{number}" for number in (*range(7, 38), *range(39, 49))}
_RIDES = "Tous les jours ou presque,1 à 3 fois par semaine,1 à 3 fois par mois,1 à 3 fois par an"


def _corrected(block: str, asked: dict[str, dict]) -> str:
    """What an analyst would put right: texts, labels of scales, filters, columns to leave out."""
    found = re.search(r"- id: (\w+)", block)
    if found is None:
        return block
    name = found[1]
    if name in _NOT_ANSWERS:
        return f"  - {{id: {name}, kind: ignore, column: {name}}}"
    block = re.sub(r"  # À VÉRIFIER.*\n", "", block)
    if name in asked and "kind: ignore" not in block:
        text = json.dumps(asked[name]["question"], ensure_ascii=False)
        block = re.sub(r"(    kind: \w+\n)", rf"\1    text: {text}\n", block)
        for value, label in asked[name].get("answer", {}).items():
            if label:
                block = block.replace(f"      {value}: {value}", f'      {value}: "{label}"')
    if name in _RIDERS:
        block += f"\n    asked_if: {{q6: [{_RIDES}]}}"
    return block
