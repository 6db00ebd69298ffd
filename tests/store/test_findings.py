"""What is kept for the report is a log: the last line of each part counts, on every engine."""

import json

import pytest

from verbatims.errors import StudyError
from verbatims.frames import ABOUT, REMOVED, SEEN, SENTENCE
from verbatims.store import Store

pytestmark = pytest.mark.usefixtures("on_both")


@pytest.fixture
def store(tmp_path):
    made = Store.create(tmp_path)
    yield made
    made.close()


def keep(store: Store, uid: str, author: str = "Anne", **parts: str) -> None:
    store.write_finding(uid, {ABOUT: json.dumps(uid), SEEN: "{}", **parts}, author=author)


def standing(store: Store) -> list[str]:
    found = store.findings()
    return list(found.loc[~found["removed"], "uid"])


def lines(store: Store) -> int:
    return len(store.work()["findings"])


def test_what_is_kept_comes_in_the_order_in_which_it_was_kept(store):
    assert store.findings().empty
    for uid in ("b", "a", "c"):
        keep(store, uid)
    found = store.findings()
    assert list(found["uid"]) == ["b", "a", "c"]
    assert list(found["rank"]) == [0, 1, 2]
    assert list(found["about"]) == ['"b"', '"a"', '"c"']


def test_keeping_the_same_thing_twice_keeps_it_once_by_who_kept_it_first(store):
    keep(store, "a")
    before = lines(store)
    keep(store, "a", "Paul")
    assert lines(store) == before
    assert list(store.findings()["author"]) == ["Anne"]


def test_the_last_sentence_stands_and_the_others_stay_in_the_log(store):
    keep(store, "a", sentence="Un tiers.")
    keep(store, "b")
    store.write_finding("a", {SENTENCE: "Près d'un tiers. 🚲"}, author="Paul")
    assert list(store.findings()["sentence"]) == ["Près d'un tiers. 🚲", ""]
    assert "Un tiers." in set(store.work()["findings"]["value"])


def test_one_finding_is_told_by_its_parts_and_nothing_of_one_that_was_never_kept(store):
    keep(store, "a", sentence="Un tiers.")
    parts = {"about": '"a"', "seen": "{}", "sentence": "Un tiers.", "removed": ""}
    assert store.finding("a") == parts
    store.order_findings(["a"], author="Anne")
    assert store.finding("") == store.finding("b") == {}


def test_an_order_holds_for_those_it_names_and_the_others_come_after(store):
    for uid in "abc":
        keep(store, uid)
    store.order_findings(["c", "gone", "a", "c"], author="Anne")
    keep(store, "d")
    assert standing(store) == ["c", "a", "b", "d"]


def test_what_is_removed_comes_back_in_its_place(store):
    for uid in "abc":
        keep(store, uid)
    store.write_finding("b", {REMOVED: "1"}, author="Anne")
    assert standing(store) == ["a", "c"]
    store.write_finding("b", {REMOVED: ""}, author="Anne")
    assert standing(store) == ["a", "b", "c"]


def test_each_gesture_gives_the_study_another_version_but_changes_no_answer(store):
    versions, without = [store.version()], store.version(work=False)
    keep(store, "a")
    versions.append(store.version())
    store.write_finding("a", {SENTENCE: "Un tiers."}, author="Anne")
    versions.append(store.version())
    store.order_findings(["a"], author="Anne")
    versions.append(store.version())
    assert len(set(versions)) == 4
    assert store.version(work=False) == without


def test_a_part_that_nobody_knows_is_refused(store):
    with pytest.raises(StudyError, match="refuse cette écriture"):
        store.write_finding("a", {"colour": "red"}, author="Anne")


def test_a_study_of_the_fourth_version_keeps_its_settings_and_learns_to_keep_findings(tmp_path):
    old = Store.create(tmp_path)
    study_id = old.setting("id")
    with old.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE findings")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA user_version = 4")
        else:
            connection.exec_driver_sql("UPDATE settings SET value = '4' WHERE name = 'schema'")
    old.close()

    opened = Store.open(tmp_path)

    assert opened.findings().empty
    keep(opened, "a")
    assert standing(opened) == ["a"]
    assert opened.setting("id") == study_id
    opened.close()
    Store.open(tmp_path).close()
