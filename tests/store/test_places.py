"""A study is where its folder says; what is wrong there is said as advice, and no password."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from verbatims.errors import FileError, StudyError, VerbatimsError
from verbatims.model import Corpus, Raw, Source
from verbatims.store import Store


def filled(store: Store, *texts: str) -> Store:
    """One open question « q », answered by r1, r2, …"""
    names = [f"r{number}" for number, _ in enumerate(texts, start=1)]
    respondents = pd.DataFrame({"respondent_id": names, "source": "survey", "weight": 1.0})
    answers = pd.DataFrame({"respondent_id": names, "question": "a", "item": "", "value": "1"})
    verbatims = respondents[["respondent_id"]].assign(
        verbatim_id=[f"{name}:q" for name in names],
        question="q",
        text=list(texts),
        status="answered",
    )
    raw = Raw(pd.DataFrame({"q": texts}), (2,) * len(texts), "f.csv", "UTF-8")
    store.save_corpus(Corpus(respondents, answers, verbatims), raw, Source.SURVEY)
    return store


@pytest.mark.usefixtures("on_postgresql")
def test_a_study_on_a_server_has_a_schema_of_its_own_and_a_marker_without_password(
    tmp_path, server
):
    folder = tmp_path / "Enquête « été » 2026"
    folder.mkdir()
    store = Store.create(folder)
    other = Store.create(tmp_path)
    assert Store.exists(folder)
    assert [path.name for path in folder.iterdir()] == ["study.pg"]
    marker = (folder / "study.pg").read_text("utf-8")
    schema = re.search(r"schema: (enquete_ete_2026_[0-9a-f]{8})\n", marker)
    assert schema is not None
    assert store.setting("id") in marker
    assert psycopg.conninfo.conninfo_to_dict(server)["password"] not in marker
    filled(store, "un")
    assert other.verbatims().empty
    with psycopg.connect(server) as connection:
        said = connection.execute(f"SELECT text FROM {schema[1]}.verbatims").fetchall()
    assert said == [("un",)]


@pytest.mark.usefixtures("on_both")
def test_a_study_is_opened_again_where_it_was_created(tmp_path):
    filled(Store.create(tmp_path), "un").close()
    opened = Store.open(tmp_path)
    assert list(opened.verbatims()["text"]) == ["un"]


@pytest.mark.parametrize("form", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_form_of_the_address_is_taken(tmp_path, monkeypatch, server, form):
    monkeypatch.setenv("DATABASE_URL", form + server[server.index("://") :])
    Store.create(tmp_path)
    assert (tmp_path / "study.pg").is_file()


@pytest.mark.usefixtures("on_sqlite")
def test_a_study_in_its_folder_stays_there_whatever_the_environment_names(tmp_path, monkeypatch):
    filled(Store.create(tmp_path), "un").close()
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert list(Store.open(tmp_path).verbatims()["text"]) == ["un"]


def _refusal(folder: Path) -> str:
    with pytest.raises(VerbatimsError) as refused:
        Store.open(folder)
    return str(refused.value)


@pytest.fixture
def served(tmp_path: Path, on_postgresql: None) -> Path:  # noqa: ARG001
    """The folder of a study on a server."""
    filled(Store.create(tmp_path), "un").close()
    return tmp_path


def test_without_an_address_the_advice_is_to_give_it(served, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    assert "export DATABASE_URL=postgresql://" in _refusal(served)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _at(server: str, **changed: object) -> str:
    told = {**psycopg.conninfo.conninfo_to_dict(server), **changed}
    return "postgresql://{user}:{password}@{host}:{port}/{dbname}".format(**told)


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        ({"password": "tr0mpe"}, "le nom ou le mot de passe est refusé"),
        ({"user": "inconnue", "password": "tr0mpe"}, "le nom ou le mot de passe est refusé"),
        ({"dbname": "absente"}, "le serveur n'a pas cette base"),
        ({"port": "down"}, "le serveur ne répond pas"),
        ({"host": "nulle-part.invalid"}, "le serveur ne répond pas"),
    ],
    ids=["password", "user", "database", "server down", "unknown host"],
)
def test_a_server_that_cannot_be_reached_says_why_without_the_password(
    served, server, monkeypatch, changed, advice
):
    if changed.get("port"):
        changed = {"port": _free_port()}
    url = _at(server, **changed)
    monkeypatch.setenv("DATABASE_URL", url)
    refusal = _refusal(served)
    assert advice in refusal
    assert psycopg.conninfo.conninfo_to_dict(url)["password"] not in refusal


@pytest.mark.parametrize("url", ["secret", "mysql://a:secret@b/c", "postgresql://a:secret@b:x/c"])
def test_an_address_that_is_none_is_refused_and_not_repeated(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(StudyError, match="n'est pas l'adresse d'une base") as refused:
        Store.create(tmp_path)
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_marker_whose_study_has_left_the_server_says_so(served, server):
    schema = re.search(r"schema: (\w+)", (served / "study.pg").read_text())[1]
    with psycopg.connect(server) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")
    assert "n'y est pas, ou n'y est plus" in _refusal(served)


def test_a_marker_that_names_the_schema_of_another_study_is_refused(served):
    marker = served / "study.pg"
    marker.write_text(re.sub(r"study: \w+", "study: autre", marker.read_text("utf-8")), "utf-8")
    assert "n'y est pas, ou n'y est plus" in _refusal(served)


@pytest.mark.parametrize("said", ["", "schema: x; DROP TABLE y\nstudy: 1\n", "schema: été"])
def test_a_damaged_marker_is_refused(served, said):
    (served / "study.pg").write_text(said, "utf-8")
    assert "est abîmé" in _refusal(served)


def test_without_its_library_the_advice_is_to_install_it(served, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'psycopg[binary]'" in _refusal(served)


def test_a_server_that_was_restarted_is_found_again(served, server):
    store = Store.open(served)
    assert len(store.verbatims()) == 1
    with psycopg.connect(server) as connection:  # what a restart does to each connection
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    store.add_memo("Anne", "r1:q", "à revoir")
    assert list(store.memos()["text"]) == ["à revoir"]


def test_a_text_that_postgresql_cannot_hold_is_refused_whole(served):
    store = Store.open(served)
    with pytest.raises(StudyError, match="caractère nul"):
        filled(store, "un", "de\x00ux")
    assert list(store.verbatims()["text"]) == ["un"]


def test_a_name_too_long_for_the_index_of_a_server_is_refused_with_advice(served):
    store = Store.open(served)
    with pytest.raises(FileError, match="trop long pour le serveur"):
        store.set_setting("".join(chr(256 + n * 7919 % 50_000) for n in range(4_000)), "1")


@pytest.mark.usefixtures("on_both")
def test_half_a_character_is_refused_with_advice(tmp_path):
    store = filled(Store.create(tmp_path), "un")
    with pytest.raises(StudyError, match="moitié de caractère"):
        store.add_memo("Anne", "r1:q", "Bravo \ud83d")
    assert store.memos().empty


def test_a_refusal_never_prints_what_people_answered(served):
    store = Store.open(served)
    with pytest.raises(StudyError, match="refuse cette écriture") as refused:
        store.add_memo("Anne", "inconnu:q", "Il a dit à Jeanne")
    assert "Jeanne" not in str(refused.value)
    assert "inconnu" not in str(refused.value)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("53100", "le disque du serveur est plein"),
        ("25006", "en lecture seule"),
        ("42501", "demandez le droit CREATE"),
        ("55P03", "réessayez dans un instant"),
        ("XX000", "erreur de la base"),
    ],
)
def test_what_a_server_refuses_becomes_advice(served, code, advice):
    store = Store.open(served)
    raised = f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$"
    with store.engine.connect() as connection, pytest.raises(FileError, match=advice):
        connection.exec_driver_sql(raised)


@pytest.mark.usefixtures("on_both")
def test_a_study_that_is_removed_leaves_nothing_behind(tmp_path, on_both, server):
    Store.create(tmp_path).close()
    schema = re.search(r"schema: (\w+)", _text(tmp_path / "study.pg"))
    Store.remove(tmp_path)
    assert not Store.exists(tmp_path)
    assert list(tmp_path.iterdir()) == []
    if on_both == "postgresql":
        with psycopg.connect(server) as connection:
            left = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
            assert connection.execute(left, (schema[1],)).fetchone() is None


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


# Two processes, each sure to be alone: n gestures each, by one coder or two.
WRITER = """
import sys
from pathlib import Path
from verbatims.model import Gesture
from verbatims.store import Store

folder, name, n = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store.open(folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(n):
    row = {"verbatim_id": "r1:q", "theme": "lien", "coder": name, "value": "present"}
    read = {**row, "theme": "", "value": "read"}
    (heard,) = store.add_gestures([Gesture(f"{name}-{number}", name, "r1:q", (row, read))])
    assert heard
    numbers = store.decisions(coder=name)["number"]
    assert len(numbers) == 2 * (number + 1), "a decision is missing"
    assert store.version()[2] >= numbers.max(), "the version went back"
store.close()
"""


@pytest.mark.usefixtures("on_both")
def test_two_processes_that_write_at_the_same_time_lose_nothing(tmp_path):
    store = filled(Store.create(tmp_path), "un")
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [
        subprocess.Popen([*command, name, "40"], text=True, **pipes) for name in ("Anne", "Paul")
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in running]
    assert [error for _, error in said] == ["", ""]

    decisions = store.decisions()
    assert decisions.groupby("coder").size().to_dict() == {"Anne": 80, "Paul": 80}
    # a gesture's rows hold together: nobody wrote between them
    assert (decisions["gesture"].to_numpy()[::2] == decisions["gesture"].to_numpy()[1::2]).all()
    assert [uid for uid, _ in store.gestures("Paul")] == [f"Paul-{n}" for n in range(40)]
