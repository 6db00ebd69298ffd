"""The store keeps what coders did, whatever is imported or undone around it."""

import pandas as pd
import pytest

from verbatims import frames
from verbatims.errors import FileError, StudyError
from verbatims.model import Corpus, Gesture, Raw, Source
from verbatims.store import Store


def survey(*rows: tuple[str, str], source: str = "survey") -> tuple[Corpus, Raw, Source]:
    """A corpus of one open question « q », from (respondent, text) pairs."""
    respondents = pd.DataFrame(
        [{"respondent_id": name, "source": source, "weight": 1.0} for name, _ in rows]
    )
    answers = pd.DataFrame(
        [
            {"respondent_id": name, "question": "age", "item": "", "value": "18-34"}
            for name, _ in rows
        ]
    )
    verbatims = pd.DataFrame(
        [
            {
                "verbatim_id": f"{name}:q",
                "respondent_id": name,
                "question": "q",
                "text": text,
                "status": "answered",
            }
            for name, text in rows
        ]
    )
    raw = Raw(pd.DataFrame({"q": [text for _, text in rows]}), (2,) * len(rows), "f.csv", "UTF-8")
    return Corpus(respondents, answers, verbatims), raw, Source(source)


@pytest.fixture
def store(tmp_path, on_both):  # noqa: ARG001
    store = Store.create(tmp_path)
    yield store
    store.close()


def decision(verbatim_id: str, theme: str, value: str = "present", coder: str = "Anne"):
    return {"verbatim_id": verbatim_id, "theme": theme, "value": value, "coder": coder}


def accept(store: Store, *verbatim_ids: str, theme: str = "lien") -> int:
    rows = pd.DataFrame({"verbatim_id": verbatim_ids, "theme": theme, "score": 0.97})
    return store.accept(theme, rows, about={"précision": 0.95}, author="Anne")


def test_what_is_saved_comes_back_in_the_order_of_the_file(store):
    store.save_corpus(*survey(("r10", "Désectoriser"), ("r2", "É\u0301té œuvre 🚲\r\nligne")))
    assert list(store.respondents()["respondent_id"]) == ["r10", "r2"]
    assert list(store.verbatims()["text"]) == ["Désectoriser", "É\u0301té œuvre 🚲\r\nligne"]
    assert list(store.answers()["value"]) == ["18-34", "18-34"]


def test_importing_again_updates_adds_and_removes(store):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux")))
    store.save_corpus(*survey(("r3", "trois"), ("r1", "un bis")))
    assert list(store.verbatims()["text"]) == ["trois", "un bis"]
    assert list(store.answers()["respondent_id"]) == ["r1", "r3"]


def test_an_import_that_would_lose_a_coded_verbatim_changes_nothing(store):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux")))
    store.add_decisions([decision("r1:q", "lien")], gesture="g1")
    with pytest.raises(StudyError, match=r"r1:q"):
        store.save_corpus(*survey(("r2", "deux bis")))
    assert list(store.verbatims()["text"]) == ["un", "deux"]
    assert store.imports_made() == 1


def test_a_coded_text_that_changes_is_reported_and_keeps_its_decisions(store):
    store.save_corpus(*survey(("r1", "un")))
    store.add_decisions([decision("r1:q", "lien")], gesture="g1")
    problems = store.save_corpus(*survey(("r1", "un corrigé")))
    assert [problem.severity for problem in problems] == ["warning"]
    assert list(store.decisions()["theme"]) == ["lien"]


def test_interviews_stay_when_the_survey_is_imported_again(store):
    store.save_corpus(*survey(("r1", "un")))
    store.save_corpus(*survey(("E1", "propos"), source="interview"))
    store.save_corpus(*survey(("r2", "deux")))
    assert list(store.respondents()["respondent_id"]) == ["r2", "E1"]


def test_interviews_may_not_share_an_id_with_the_survey(store):
    store.save_corpus(*survey(("1", "un")))
    with pytest.raises(StudyError, match="préfixez"):
        store.save_corpus(*survey(("1", "propos"), source="interview"))


def test_decisions_only_add_up(store):
    store.save_corpus(*survey(("r1", "un")))
    store.add_decisions([decision("r1:q", "lien")], gesture="g1")
    store.add_decisions([decision("r1:q", "lien", "absent")], gesture="g2")
    assert list(store.decisions()["value"]) == ["present", "absent"]
    assert store.decisions()["number"].is_monotonic_increasing


def test_a_gesture_sent_twice_is_heard_once(store):
    store.save_corpus(*survey(("r1", "un")))
    rows = (decision("r1:q", "lien"), decision("r1:q", "", "read"))
    spans = ({"verbatim_id": "r1:q", "theme": "lien", "start": 0, "end": 2},)
    gesture = Gesture("g1", "Anne", "r1:q", rows, spans, made_at="2026-01-02T10:00:00.000Z")
    other = Gesture("g2", "Anne", "r1:q", ())
    assert store.add_gestures([gesture, gesture, other]) == [True, False, True]
    assert store.add_gestures([gesture]) == [False]
    assert list(store.decisions()["theme"]) == ["lien", ""]
    assert list(store.spans()["end"]) == [2]
    assert store.gestures("Anne") == [("g1", "r1:q"), ("g2", "r1:q")]


@pytest.mark.parametrize(
    "wrong",
    [
        decision("inconnu:q", "lien"),
        decision("r1:q", "lien", "peut-être"),
        decision("r1:q", "lien", coder=""),
    ],
    ids=["unknown verbatim", "unknown value", "nobody"],
)
def test_a_decision_that_makes_no_sense_is_refused_whole(store, wrong):
    store.save_corpus(*survey(("r1", "un")))
    with pytest.raises(StudyError, match="refuse cette écriture"):
        store.add_decisions([decision("r1:q", "lien"), wrong], gesture="g1")
    assert store.decisions().empty


def test_the_last_memo_of_each_coder_counts_and_an_empty_one_removes_it(store):
    store.save_corpus(*survey(("r1", "un")))
    store.add_memo("Anne", "r1:q", "ironique ?")
    store.add_memo("Anne", "r1:q", "ironique")
    store.add_memo("Paul", "r1:q", "non")
    assert list(store.memos()["text"]) == ["ironique", "non"]
    store.add_memo("Anne", "r1:q", "")
    assert list(store.memos()["coder"]) == ["Paul"]


def test_the_version_moves_with_every_write(store):
    seen = [store.version()]
    store.save_corpus(*survey(("r1", "un")))
    seen.append(store.version())
    store.add_decisions([decision("r1:q", "lien")], gesture="g1")
    seen.append(store.version())
    store.add_memo("Anne", "r1:q", "à revoir")
    seen.append(store.version())
    store.pick("r1:q")
    seen.append(store.version())
    batch = accept(store, "r1:q")
    seen.append(store.version())
    store.take_back(batch, author="Anne")
    seen.append(store.version())
    assert len(set(seen)) == len(seen)


def test_an_empty_store_gives_empty_declared_frames(store):
    for frame, declared in (
        (store.respondents(), frames.RESPONDENTS),
        (store.verbatims(), frames.VERBATIMS),
        (store.decisions(), frames.DECISIONS),
        (store.picks(), frames.PICKS),
        (store.acceptances(), frames.ACCEPTANCES),
    ):
        assert list(frame.columns) == list(declared.columns)
        assert frame.empty


@pytest.mark.usefixtures("on_sqlite")
def test_a_file_that_is_no_database_says_so(tmp_path):
    (tmp_path / "study.db").write_text("bonjour " * 200)
    with pytest.raises(FileError, match="pas une base d.étude"):
        Store.open(tmp_path)


def test_what_was_ruled_about_words_comes_back_in_order(store):
    ruling = {"kind": "repair", "form": "copil", "pos": "", "value": "copil"}
    store.add_correction({**ruling, "reason": "sigle", "author": "Anne"})
    store.add_correction({**ruling, "value": "copie", "reason": "", "author": ""})
    assert list(store.corrections()["value"]) == ["copil", "copie"]


@pytest.mark.parametrize("wrong", [{"kind": "other"}, {"form": ""}])
def test_a_ruling_on_nothing_is_refused(store, wrong):
    ruling = {"kind": "repair", "form": "copil", "pos": "", "value": "copil"}
    with pytest.raises(StudyError):
        store.add_correction({**ruling, "reason": "", "author": "", **wrong})


@pytest.mark.usefixtures("on_sqlite")
def test_a_study_of_the_first_version_is_brought_up_to_date_with_all_its_work(tmp_path):
    old = Store.create(tmp_path)
    old.save_corpus(*survey(("r1", "un")))
    old.add_decisions([decision("r1:q", "lien")], gesture="g1")
    with old.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE corrections")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    old.close()

    opened = Store.open(tmp_path)

    assert opened.corrections().empty
    assert list(opened.decisions()["theme"]) == ["lien"]
    opened.close()
    Store.open(tmp_path).close()


def test_what_is_accepted_together_stands_until_it_is_taken_back_together(store):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux")))
    first = accept(store, "r1:q", "r2:q")
    second = accept(store, "r1:q", theme="moyens")
    assert list(store.acceptances()["batch"]) == [first, first, second]

    store.take_back(first, author="Paul")

    assert list(store.acceptances()["theme"]) == ["moyens"]
    batches = store.batches().set_index("number")
    assert list(batches.index) == [first, second]
    assert batches["n"].to_dict() == {first: 2, second: 1}
    assert batches["taken_back"].to_dict() == {first: True, second: False}
    assert batches["about"][first] == {"précision": 0.95}


def test_a_pair_accepted_twice_counts_once_by_its_last_batch(store):
    store.save_corpus(*survey(("r1", "un")))
    first, second = accept(store, "r1:q"), accept(store, "r1:q")
    assert list(store.acceptances()["batch"]) == [second]
    store.take_back(second, author="Anne")
    assert list(store.acceptances()["batch"]) == [first]


@pytest.mark.parametrize("times", [0, 1])
def test_a_batch_that_does_not_stand_cannot_be_taken_back(store, times):
    store.save_corpus(*survey(("r1", "un")))
    batch = accept(store, "r1:q")
    for _ in range(times):
        store.take_back(batch, author="Anne")
    with pytest.raises(StudyError, match="n'existe pas ou a déjà été repris"):
        store.take_back(batch if times else 99, author="Anne")


def test_what_was_accepted_is_void_once_its_text_changes_or_goes_and_blocks_no_import(store):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux"), ("r3", "trois")))
    accept(store, "r1:q", "r2:q", "r3:q")
    problems = store.save_corpus(*survey(("r1", "un"), ("r2", "deux bis")))
    assert list(store.acceptances()["verbatim_id"]) == ["r1:q"]
    assert list(store.batches()["n"]) == [1]
    assert [problem.severity for problem in problems] == ["warning"]
    assert "2 réponses" in str(problems[0])


def plan(store: Store, *verbatim_ids: str) -> None:
    assigned = pd.DataFrame({"verbatim_id": verbatim_ids, "coder": "Paul"})
    store.add_plan(assigned, about={}, blind=True, hides_machine=False, author="Anne")


def test_what_is_only_assigned_may_leave_the_file(store):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux")))
    store.save_corpus(*survey(("E1", "propos"), source="interview"))
    plan(store, "r1:q", "r2:q", "E1:q")
    assert store.save_corpus(*survey(("r2", "deux bis"))) == ()
    assert list(store.assignments()["verbatim_id"]) == ["E1:q", "r2:q"]


def settle(store: Store) -> None:
    row = {"verbatim_id": "r1:q", "theme": "lien", "value": "present"}
    store.add_adjudications([row], gesture="a1", reason="le guide le dit", author="Anne")


@pytest.mark.parametrize(
    "work",
    [
        lambda store: store.flag("Anne", "r1:q", raised=True),
        settle,
        lambda store: store.add_memo("Anne", "r1:q", "ironique"),
    ],
    ids=["flagged", "adjudicated", "annotated"],
)
def test_a_verbatim_that_someone_worked_on_may_not_leave_the_file(store, work):
    store.save_corpus(*survey(("r1", "un"), ("r2", "deux")))
    work(store)
    with pytest.raises(StudyError, match="r1:q"):
        store.save_corpus(*survey(("r2", "deux")))
    assert list(store.verbatims()["text"]) == ["un", "deux"]


def test_ids_come_in_the_order_of_their_signs_on_every_engine(store):
    names = ["a", "B", "é", "_", "10", "9", "Z", "🚲", "É"]
    store.save_corpus(*survey(*((name, "un") for name in names)))
    plan(store, *(f"{name}:q" for name in names))
    assert list(store.assignments()["verbatim_id"]) == sorted(f"{name}:q" for name in names)
    assert list(store.answers()["respondent_id"]) == sorted(names)


def test_what_was_accepted_on_interviews_stays_when_the_survey_is_imported_again(store):
    store.save_corpus(*survey(("r1", "un")))
    store.save_corpus(*survey(("E1", "propos"), source="interview"))
    accept(store, "E1:q")
    assert store.save_corpus(*survey(("r2", "deux"))) == ()
    assert list(store.acceptances()["verbatim_id"]) == ["E1:q"]


@pytest.mark.usefixtures("on_sqlite")
def test_a_study_of_the_second_version_keeps_its_work_and_learns_what_the_third_brought(tmp_path):
    old = Store.create(tmp_path)
    old.save_corpus(*survey(("r1", "un")))
    old.add_decisions([decision("r1:q", "lien")], gesture="g1")
    with old.engine.begin() as connection:
        for table in ("acceptances", "batches", "edits"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("ALTER TABLE decisions DROP COLUMN queue")
        connection.exec_driver_sql("PRAGMA user_version = 2")
    old.close()

    opened = Store.open(tmp_path)

    assert list(opened.decisions()["queue"]) == [""]
    opened.add_decisions([decision("r1:q", "moyens")], gesture="g2", queue=frames.RANDOM)
    assert list(opened.decisions()["queue"]) == ["", frames.RANDOM]
    assert accept(opened, "r1:q") == 1
    opened.close()


def says_it_is_of_number(store: Store, number: int) -> None:
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        else:
            said = f"UPDATE settings SET value = '{number}' WHERE name = 'schema'"
            connection.exec_driver_sql(said)


@pytest.mark.usefixtures("on_both")
def test_a_study_of_the_third_version_learns_who_made_which_gesture_and_when(tmp_path):
    old = Store.create(tmp_path)
    old.save_corpus(*survey(("r1", "un")))
    old.add_decisions([decision("r1:q", "lien"), decision("r1:q", "", "read")], gesture="g1")
    old.add_decisions([decision("r1:q", "lien", "withdrawn")], gesture="undo:g1")
    study_id = old.setting("id")
    new = ("gestures", "spans", "adjudications", "flags", "coders", "assignments", "plans")
    with old.engine.begin() as connection:
        for table in new:
            connection.exec_driver_sql(f"DROP TABLE {table}")
    says_it_is_of_number(old, 3)
    old.close()

    opened = Store.open(tmp_path)

    assert opened.gestures("Anne") == [("g1", "r1:q"), ("undo:g1", "r1:q")]
    assert opened.add_gestures([Gesture("g1", "Anne", "r1:q", ())]) == [False]
    assert opened.flags().empty
    assert opened.setting("id") == study_id
    opened.close()
    Store.open(tmp_path).close()


@pytest.mark.usefixtures("on_both")
def test_a_study_of_a_later_version_is_left_as_it_is(tmp_path):
    later = Store.create(tmp_path)
    says_it_is_of_number(later, 99)
    later.close()

    with pytest.raises(FileError, match="base n° 99"):
        Store.open(tmp_path)
