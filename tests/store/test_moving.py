"""A study goes to the server and back; nothing is lost, and nothing is overwritten."""

import os
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from verbatims.errors import StudyError
from verbatims.frames import RANDOM
from verbatims.model import Corpus, Gesture, Raw, Source
from verbatims.store import Store

TEXT = "É\u0301té œuvre 🚲\r\nligne, « cité »"


@pytest.fixture
def worked(tmp_path: Path, on_sqlite: None) -> Path:  # noqa: ARG001
    """The folder of a study with something in every table."""
    store = Store.create(tmp_path)
    respondents = pd.DataFrame(
        {"respondent_id": ["r1", "E1"], "source": ["survey"] * 2, "weight": [1.0, 0.5]}
    )
    answers = pd.DataFrame(
        {"respondent_id": ["r1"], "question": ["age"], "item": [""], "value": ["18-34"]}
    )
    verbatims = pd.DataFrame(
        {
            "verbatim_id": ["r1:q", "E1:q"],
            "respondent_id": ["r1", "E1"],
            "question": "q",
            "text": [TEXT, ""],
            "status": ["answered", "blank"],
        }
    )
    raw = Raw(pd.DataFrame({"q": [TEXT, ""]}), (2, 3), "f.csv", "UTF-8")
    store.save_corpus(Corpus(respondents, answers, verbatims), raw, Source.SURVEY)
    work_on(store)
    store.close()
    return tmp_path


def work_on(store: Store) -> None:
    row = {"verbatim_id": "r1:q", "theme": "lien", "coder": "Anne", "value": "present"}
    span = {"verbatim_id": "r1:q", "theme": "lien", "start": 0, "end": 3}
    store.add_gestures([Gesture("g1", "Anne", "r1:q", (row,), (span,), "c", RANDOM)])
    settled = {"verbatim_id": "r1:q", "theme": "lien", "value": "absent"}
    store.add_adjudications([settled], gesture="a1", reason="voir", author="Anne")
    store.flag("Anne", "r1:q", raised=True)
    store.flag("Anne", "r1:q", raised=False)
    store.add_memo("Anne", "r1:q", "ironique")
    store.add_coder("Anne", role="lead", key_hash="x")
    assigned = pd.DataFrame({"verbatim_id": ["r1:q"], "coder": ["Paul"]})
    number = store.add_plan(assigned, about={"n": 1}, blind=True, hides_machine=False, author="A")
    store.take_back_plan(number, author="A")
    accepted = pd.DataFrame({"verbatim_id": ["r1:q"], "theme": ["lien"], "score": [0.97]})
    store.take_back(store.accept("lien", accepted, about={}, author="Anne"), author="Anne")
    store.pick("r1:q")
    store.annotate_pick("r1:q", "belle")
    store.write_finding("f1", {"about": "{}", "sentence": TEXT}, author="Anne")
    ruling = {"kind": "repair", "form": "copil", "pos": "", "value": "copil"}
    store.add_correction({**ruling, "reason": "sigle", "author": "Anne"})
    store.add_edit(before="", after="themes: []", said="créée", author="Anne", taught=True)
    store.add_run("lemmes", parameters={"k": 3}, rows=2, seconds=0.1, codebook="c")
    store.set_setting("closed_beside", '["age"]')


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    frames = {
        name: getattr(store, name)()
        for name in (
            *("respondents", "answers", "verbatims", "imports", "corrections", "edits", "runs"),
            *("decisions", "spans", "adjudications", "memos", "flags", "picks", "batches"),
            *("acceptances", "plans", "assignments", "coders", "findings"),
        )
    }
    held = {
        name: [tuple(map(str, row)) for row in frame.itertuples()] for name, frame in frames.items()
    }
    settings = [(store.setting(name),) for name in ("id", "secret", "closed_beside")]
    return {**held, "settings": settings, "gestures": store.gestures("Anne")}


def test_a_study_goes_to_the_server_and_back_with_all_that_it_holds(worked, server, monkeypatch):
    before = everything(Store.open(worked))
    monkeypatch.setenv("DATABASE_URL", server)

    kept = Path(Store.move(worked, local=False))

    assert sorted(path.name for path in worked.iterdir()) == sorted([kept.name, "study.pg"])
    moved = Store.open(worked)
    assert everything(moved) == before
    moved.add_memo("Paul", "r1:q", "sur le serveur")
    work_on_more(moved)
    after = everything(moved)
    moved.close()

    name = Store.move(worked, local=True)

    back = Store.open(worked)
    assert not (worked / "study.pg").exists()
    assert "_bak_" in name
    assert everything(back) == after
    work_on_more(back)
    back.close()
    again = Path(Store.move(worked, local=False))
    assert again.is_file()
    assert list(Store.open(worked).memos()["text"]) == ["ironique", "sur le serveur"]


def work_on_more(store: Store) -> None:
    """Every numbered table goes on from where it was."""
    before = store.version()
    row = {"verbatim_id": "r1:q", "theme": "moyens", "coder": "Anne", "value": "present"}
    name = f"g{len(store.gestures('Anne')) + 1}"
    assert store.add_gestures([Gesture(name, "Anne", "r1:q", (row,))]) == [True]
    assert store.decisions()["number"].is_monotonic_increasing
    store.add_run("lemmes", parameters={}, rows=2, seconds=0.1, codebook="c")
    assert store.version() != before


def test_what_a_study_was_before_it_moved_opens_again_once_put_back(worked, server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", server)
    kept = Path(Store.move(worked, local=False))
    (worked / "study.pg").unlink()
    kept.rename(worked / "study.db")
    assert list(Store.open(worked).memos()["text"]) == ["ironique"]


def test_a_study_does_not_move_twice(worked, server, monkeypatch):
    with pytest.raises(StudyError, match="DATABASE_URL"):
        Store.move(worked, local=False)
    with pytest.raises(StudyError, match="existe déjà"):
        Store.move(worked, local=True)
    monkeypatch.setenv("DATABASE_URL", server)
    Store.move(worked, local=False)
    with pytest.raises(StudyError, match="déjà sur un serveur"):
        Store.move(worked, local=False)


def test_a_study_that_the_server_has_already_is_not_copied_over_it(worked, server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", server)
    kept = Path(Store.move(worked, local=False))
    (worked / "study.pg").unlink()
    kept.rename(worked / "study.db")
    with pytest.raises(StudyError, match="l'étude y est déjà"):
        Store.move(worked, local=False)
    assert sorted(path.name for path in worked.iterdir() if "-" not in path.name) == ["study.db"]
    assert list(Store.open(worked).memos()["text"]) == ["ironique"]


def test_a_folder_without_a_study_has_nothing_to_move(tmp_path):
    with pytest.raises(StudyError, match="ne contient pas d'étude"):
        Store.move(tmp_path, local=False)
    assert list(tmp_path.iterdir()) == []


def test_a_study_whose_file_cannot_be_put_aside_stays_where_it_is(worked, server, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError("ouvert ailleurs")

    monkeypatch.setenv("DATABASE_URL", server)
    with monkeypatch.context() as patched:
        patched.setattr("os.replace", refused)
        with pytest.raises(PermissionError):
            Store.move(worked, local=False)
    assert not (worked / "study.pg").exists()
    assert list(Store.open(worked).memos()["text"]) == ["ironique"]
    Store.move(worked, local=False)
    assert list(Store.open(worked).memos()["text"]) == ["ironique"]


def test_a_study_that_is_open_elsewhere_stays_where_it_is(worked, server, monkeypatch):
    elsewhere = Store.open(worked)
    elsewhere.memos()
    monkeypatch.setenv("DATABASE_URL", server)
    monkeypatch.setattr("verbatims.store.sqlite.PATIENCE", 100)
    with pytest.raises(StudyError, match="ouverte ailleurs"):
        Store.move(worked, local=False)
    elsewhere.add_memo("Paul", "r1:q", "encore là")
    assert not (worked / "study.pg").exists()
    elsewhere.close()


def test_a_text_that_the_server_cannot_hold_leaves_the_study_where_it_is(
    worked, server, monkeypatch
):
    with sqlite3.connect(worked / "study.db") as connection:
        connection.execute("UPDATE memos SET text = ?", ("de\x00ux",))
    connection.close()
    monkeypatch.setenv("DATABASE_URL", server)
    with pytest.raises(StudyError, match="caractère nul"):
        Store.move(worked, local=False)
    assert list(Store.open(worked).memos()["text"]) == ["de\x00ux"]
    assert not (worked / "study.pg").exists()


class Killed(BaseException):
    """The machine stops: nothing that comes after is done, not even setting right."""


def cut_short(monkeypatch, name: str, folder: Path, *, local: bool) -> None:
    """A move that stops when it comes to `name`, as if killed: no handler sets anything right."""

    def stop(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(name, stop)
        patched.setattr("verbatims.store.postgresql.Space.drop", lambda _: None)
        patched.setattr("pathlib.Path.unlink", lambda _, **__: None)
        with pytest.raises(Killed):
            Store.move(folder, local=local)


@pytest.mark.parametrize("local", [False, True])
def test_a_move_to_the_server_cut_short_leaves_the_file_which_counts_and_moves_again(
    worked, server, monkeypatch, local
):
    monkeypatch.setenv("DATABASE_URL", server)
    before = everything(Store.open(worked))
    cut_short(monkeypatch, "os.replace", worked, local=False)
    assert {"study.db", "study.pg"} <= {path.name for path in worked.iterdir()}
    assert Store.open(worked).database.name.endswith("study.db")

    Store.move(worked, local=local)

    assert (worked / "study.db").exists() == local
    assert (worked / "study.pg").exists() != local
    assert everything(Store.open(worked)) == before


def test_a_copy_that_never_reached_the_server_does_not_keep_it_from_moving(
    worked, server, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", server)
    before = everything(Store.open(worked))
    marker = "schema: etude_absente\nstudy: " + Store.open(worked).setting("id")
    (worked / "study.pg").write_text(marker, "utf-8")
    assert everything(Store.open(worked)) == before
    Store.move(worked, local=False)
    assert not (worked / "study.db").exists()
    assert everything(Store.open(worked)) == before


@pytest.mark.parametrize("local", [False, True])
@pytest.mark.parametrize("forgotten", [False, True])
def test_a_way_back_cut_short_leaves_the_file_which_counts(
    worked, server, monkeypatch, forgotten, local
):
    monkeypatch.setenv("DATABASE_URL", server)
    Store.move(worked, local=False)
    before = everything(Store.open(worked))
    if forgotten:
        cut_short(monkeypatch, "verbatims.store.sqlite.File.share", worked, local=True)
    else:
        _cut_before_the_server_forgets(monkeypatch, worked)
    assert {"study.db", "study.pg"} <= {path.name for path in worked.iterdir()}
    assert everything(Store.open(worked)) == before

    Store.move(worked, local=local)

    assert (worked / "study.db").exists() == local
    assert (worked / "study.pg").exists() != local
    assert everything(Store.open(worked)) == before


def _cut_before_the_server_forgets(monkeypatch, folder: Path) -> None:
    replace = os.replace

    def stop(*paths: Path) -> None:
        replace(*paths)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", stop)
        with pytest.raises(Killed):
            Store.move(folder, local=True)
