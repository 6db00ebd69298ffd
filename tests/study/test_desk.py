"""The desk: what a coder is shown, in which order, what is written; and nothing of it twice."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatims.errors import StudyError
from verbatims.frames import RANDOM
from verbatims.model import Coder, Role, Source
from verbatims.review import Filters
from verbatims.study import Study
from verbatims.study.desk import Desk, memory

SURVEY = """id;Structure;Satisfaction;Attentes;Autre
r1;Association;Oui;Coordonner les acteurs;Rien de plus à dire
r2;Entreprise;Non;Financer et coordonner;Du temps
r3;Entreprise;Oui;RAS;
r4;Association;Oui;Du temps !;
r5;Entreprise;Non;DU TEMPS;Financer l'écoute
r6;Association;Oui;Écouter les cœurs;Coordonner
"""
INTERVIEW = """qui;propos
e1;Bonjour à tous
e1;Il faut coordonner
e1;Et puis financer
e1;Voilà pour moi
e1;Merci de votre écoute
e1;Au revoir
"""
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure}
  - {id: satisfait, kind: single, column: Satisfaction, text: "Êtes-vous satisfait ?"}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
  - {id: autre, kind: open, column: Autre}
  - {id: personne, kind: id, source: interview, column: qui}
  - {id: propos, kind: open, source: interview, column: propos}
"""
CODEBOOK = """themes:
  - {id: coordination, label: Coordination, terms: [coordonner]}
  - {id: financement, label: Financement, definition: L'argent, terms: [financer]}
"""
R1, R2, R4, R5, R6 = (f"r{n}:attentes" for n in (1, 2, 4, 5, 6))
ANNE, PAUL = Coder("Anne", Role.CODER), Coder("Paul", Role.CODER)


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory,
    without_model_here: None,  # noqa: ARG001  (it replaces the model)
) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    files = {"s.csv": SURVEY, "i.csv": INTERVIEW, "q.yaml": QUESTIONNAIRE, "c.yaml": CODEBOOK}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    made = Study.create(
        folder / "etude", questionnaire=folder / "q.yaml", codebook=folder / "c.yaml"
    )
    made.import_file(folder / "s.csv")
    made.import_file(folder / "i.csv", source=Source.INTERVIEW)
    made.run()
    made.store.close()
    return folder / "etude"


@pytest.fixture
def study(template: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Study:
    return Study.open(copied(template, tmp_path / "etude"))


@pytest.fixture(scope="module")
def another(
    template: Path, copied: Callable[[Path, Path], Path]
) -> Callable[[], AbstractContextManager[Study]]:
    """A study of one's own, for as long as it is used."""

    @contextmanager
    def another() -> Iterator[Study]:
        with tempfile.TemporaryDirectory() as folder:
            study = Study.open(copied(template, Path(folder) / "etude"))
            with closing(study.store):
                yield study

    return another


@pytest.fixture
def anne(study: Study) -> Desk:
    return study.desk(ANNE)


def decide(uid: str, verbatim: str, *present: str, **more: Any) -> dict[str, Any]:
    return {"uid": uid, "what": "decide", "verbatim": verbatim, "present": [*present], **more}


def ids(desk: Desk, filters: Filters, **more: Any) -> list[str]:
    return [sheet["id"] for sheet in desk.batch(filters, **more)["sheets"]]


def log(study: Study) -> list[tuple[Any, ...]]:
    columns = ["verbatim_id", "theme", "coder", "value", "gesture", "queue"]
    return list(study.decisions()[columns].itertuples(index=False, name=None))


# -- what is shown -----------------------------------------------------------------------


def test_a_batch_holds_what_this_coder_has_not_read_in_the_order_of_the_file(study, anne):
    attentes = Filters(question="attentes")
    assert ids(anne, attentes) == [R1, R2, R4, R5, R6]
    anne.write([decide("a", R1, "coordination")])
    study.desk(PAUL).write([decide("b", R2)])
    answer = anne.batch(attentes, n=2)
    assert [sheet["id"] for sheet in answer["sheets"]] == [R2, R4]
    assert (answer["progress"], answer["end"]) == ({"read": 1, "scope": 5}, False)


def test_filters_choose_by_question_theme_state_words_profile_and_closed_answer(anne):
    anne.write([decide("a", R1, "financement")])
    everything = {"question": "attentes", "state": ""}
    assert ids(anne, Filters(**everything)) == [R1, R2, R4, R5, R6]
    assert ids(anne, Filters(**everything, theme="financement")) == [R1, R2]
    assert ids(anne, Filters(**everything, theme="coordination")) == [R2]
    assert ids(anne, Filters(question="attentes", state="done")) == [R1]
    assert ids(anne, Filters(**everything, search="COEURS ecouter")) == [R6]
    assert ids(anne, Filters(**everything, profile=("structure", "Association"))) == [R1, R4, R6]


def test_filters_come_as_the_browser_sends_them_and_what_is_unknown_counts_for_nothing(anne):
    sent = {"question": "autre", "order": "théière", "state": 3, "profile": ["structure"]}
    assert anne.filters(sent) == Filters(question="autre")
    assert anne.filters({"state": "", "profile": ["a", "b"]}) == Filters(
        state="", profile=("a", "b")
    )


def test_a_sheet_says_all_that_is_known_of_a_verbatim(anne):
    sheet = anne.sheet(R2)
    text = {name: sheet[name] for name in ("id", "respondent", "question", "source", "text")}
    assert text == {
        "id": R2,
        "respondent": "r2",
        "question": "attentes",
        "source": "survey",
        "text": "Financer et coordonner",
    }
    assert sheet["profile"] == [("structure", "Entreprise")]
    assert sheet["closed"] == [("Êtes-vous satisfait ?", "Non")]
    assert sheet["tags"] == [
        {"theme": "financement", "start": 0, "end": 8, "says": "terme : « financer »"},
        {"theme": "coordination", "start": 12, "end": 22, "says": "terme : « coordonner »"},
    ]
    assert sheet["suggested"] == ["coordination", "financement"]
    assert sheet["why"][0] == {
        "theme": "financement",
        "says": ["terme : « financer »"],
        "how": "par les termes",
    }
    assert (sheet["read"], sheet["present"], sheet["closed_to"]) == (False, [], "")


def test_a_sheet_can_be_sent_as_it_is(anne):
    assert json.loads(json.dumps(anne.batch(Filters()) | anne.about() | anne.near(R1)))


def test_the_analyst_chooses_which_closed_answers_stand_beside(study, anne):
    study.store.set_setting("closed_beside", json.dumps(["structure"]))
    assert anne.sheet(R1)["closed"] == [("structure", "Association")]


def test_a_turn_of_an_interview_comes_with_two_turns_before_and_after(anne):
    sheet = anne.sheet("e1:propos:4")
    assert [turn["text"] for turn in sheet["before"]] == ["Il faut coordonner", "Et puis financer"]
    assert [turn["text"] for turn in sheet["after"]] == ["Merci de votre écoute", "Au revoir"]
    assert anne.sheet("e1:propos:1")["before"] == []
    assert anne.sheet(R1)["before"] == []


def test_what_says_the_same_but_for_signs_and_capitals_is_shown_together_until_read(anne):
    alike = [{"id": R5, "text": "DU TEMPS"}]
    assert anne.sheet(R4)["alike"] == alike
    assert anne.sheet("r2:autre")["alike"] == []  # another question
    anne.write([decide("a", R5)])
    assert anne.sheet(R4)["alike"] == []


def test_a_verbatim_that_is_not_there_is_refused_with_advice(anne):
    for ask in (anne.sheet, anne.near):
        with pytest.raises(StudyError, match="n'est plus dans l'étude"):
            ask("r9:attentes")


def test_near_a_verbatim_are_the_other_answers_of_its_respondent_and_the_most_similar(study, anne):
    study.desk(PAUL).write([decide("b", R2, "financement")])
    near = anne.near(R1)
    assert [(one["question"], one["text"]) for one in near["others"]] == [
        ("autre", "Rien de plus à dire")
    ]
    assert near["similar"][0] == {
        "id": R2,
        "text": "Financer et coordonner",
        "themes": ["financement"],
        "coder": "Paul",
        "score": near["similar"][0]["score"],
    }


def test_before_any_analysis_nothing_is_similar_and_that_is_said(study, anne):
    shutil.rmtree(study.path / "cache")
    near = anne.near(R1)
    assert (near["similar"], near["note"]) == (
        [],
        "Les réponses semblables viendront après l'analyse.",
    )


def test_about_tells_the_themes_the_coder_and_what_can_be_undone(study, anne):
    anne.write([decide("a", R1), decide("b", R2), {"uid": "undo:b", "what": "undo"}])
    about = anne.about()
    assert [(theme["id"], theme["definition"]) for theme in about["themes"]] == [
        ("coordination", ""),
        ("financement", "L'argent"),
    ]
    assert (about["coder"], about["role"], about["codebook"]) == (
        "Anne",
        "coder",
        study.codebook.hash,
    )
    assert about["history"] == {"undo": [["undo:a", R1]], "redo": [["undo:undo:b", R2]]}


# -- queues ------------------------------------------------------------------------------

ATTENTES = Filters(question="attentes")


def test_a_queue_goes_on_after_what_was_shown_and_ends(anne):
    first = ids(anne, ATTENTES, n=2)
    rest = anne.batch(ATTENTES, after=first[-1], have=first, n=3)
    assert [sheet["id"] for sheet in rest["sheets"]] == [R4, R5, R6]
    assert rest["end"]


def test_what_was_skipped_stays_behind_until_the_queue_is_asked_for_anew(anne):
    ids(anne, ATTENTES, n=2)
    anne.write([decide("b", R2)])
    assert ids(anne, ATTENTES, after=R2) == [R4, R5, R6]
    assert ids(anne, ATTENTES) == [R1, R4, R5, R6]


def test_what_was_decided_elsewhere_meanwhile_does_not_come(anne):
    ids(anne, ATTENTES, n=1)
    anne.write([decide("d", R4)])
    assert ids(anne, ATTENTES, after=R1, have=[R1]) == [R2, R5, R6]


def test_after_the_server_restarts_nothing_is_skipped_nor_comes_twice(anne):
    first = ids(anne, ATTENTES, n=2)
    anne.write([decide("a", R1)])
    memory._held.clear()
    again = Desk(Study.open(anne.study.path), ANNE)
    assert ids(again, ATTENTES, after=R1, have=first) == [R4, R5, R6]


def test_a_run_changes_what_follows_but_nothing_that_was_shown(study, anne):
    by_theme = Filters(question="attentes", order="theme", theme="financement")
    first = ids(anne, by_theme, n=2)
    study.save_codebook(CODEBOOK.replace("financer", "écouter"))
    study.run()
    rest = ids(anne, by_theme, after=first[-1], have=first)
    assert sorted([*first, *rest]) == [R1, R2, R4, R5, R6]
    assert rest[0] == R6


def test_an_import_changes_what_follows_but_nothing_that_was_shown(study, anne, tmp_path):
    first = ids(anne, ATTENTES, n=2)
    lines = SURVEY.splitlines(keepends=True)
    fresh = [lines[0], "r0;Association;Oui;Nouveau venu;\n", *lines[1:]]
    (tmp_path / "s.csv").write_text("".join(fresh), "utf-8")
    study.import_file(tmp_path / "s.csv")
    assert ids(anne, ATTENTES, after=first[-1]) == ["r0:attentes", R4, R5, R6]


def test_every_order_shows_each_verbatim_once_and_says_which_order_chose_it(anne):
    for order in ("file", RANDOM, "uncertain", "rare", "theme", "cluster"):
        theme = "financement" if order == "theme" else ""
        filters = Filters(question="attentes", order=order, theme=theme)
        sheets = anne.batch(filters)["sheets"]
        assert sorted(sheet["id"] for sheet in sheets) == [R1, R2, R4, R5, R6]
        assert {sheet["queue"] for sheet in sheets} <= {order, RANDOM}


def test_what_holds_a_theme_split_since_it_was_read_comes_back_to_be_read_again(study, anne):
    anne.write([decide("a", R2, "financement"), decide("b", R1)])
    study.save_codebook(
        CODEBOOK.replace("definition", "status: retired, definition")
        + "  - {id: dons, label: Dons, replaces: [financement], terms: [don]}\n"
        "  - {id: prets, label: Prêts, replaces: [financement], terms: [prêt]}\n"
    )
    again = Filters(order="split")
    assert anne.about()["to_reread"] == 1
    answer = anne.batch(again)
    assert [sheet["id"] for sheet in answer["sheets"]] == [R2]
    assert answer["progress"] == {"read": 0, "scope": 1}


def test_a_theme_merged_since_is_shown_under_its_new_name(study, anne):
    anne.write([decide("a", R1, "financement", spans=[["financement", 0, 4]])])
    study.save_codebook(CODEBOOK.replace("id: financement", "id: argent, replaces: [financement]"))
    sheet = anne.sheet(R1)
    assert (sheet["present"], sheet["spans"]) == (["argent"], [["argent", 0, 4]])
    assert ids(anne, Filters(theme="argent", state="", question="attentes")) == [R1]


steps = st.lists(
    st.tuples(st.sampled_from(["decide", "skip", "undo", "restart"]), st.integers(1, 3)),
    max_size=12,
)


@settings(max_examples=8)
@given(steps, st.sampled_from(["file", RANDOM, "uncertain", "theme"]))
def test_whatever_is_done_nothing_decided_comes_back_and_everything_comes(another, made, order):
    """A browser that asks for `n` at a time, and knows what it was given."""
    with another() as study:
        theme = "coordination" if order == "theme" else ""
        filters = Filters(question="attentes", order=order, theme=theme)
        desk, seen, last, read = study.desk(ANNE), [], "", []
        for what, n in [*made, ("skip", 9)]:
            if what == "undo" and read:
                gesture = f"undo:{read.pop()}"
                desk.write([{"uid": gesture, "what": "undo"}])
                continue
            if what == "restart":
                memory._held.clear()
                desk = study.desk(ANNE)
            fresh = ids(desk, filters, after=last, have=seen, n=n)
            assert not set(fresh) & set(seen)
            seen += fresh
            last = seen[-1] if seen else ""
            if what == "decide":
                desk.write([decide(f"{name}{len(seen)}", name) for name in fresh])
                read += [f"{name}{len(seen)}" for name in fresh]
        assert sorted(seen) == [R1, R2, R4, R5, R6]


# -- what is written ---------------------------------------------------------------------


def test_a_decision_is_a_whole_reading_with_its_passages_order_codebook_and_time(study, anne):
    made_at = "2026-01-02T03:04:05.678+01:00"
    entry = decide(
        "a", R2, "financement", absent=["coordination"], spans=[["financement", 0, 8]],
        queue=RANDOM, made_at=made_at, codebook=study.codebook.hash,
    )  # fmt: skip
    assert anne.write([entry]) == (["a"], [])
    assert log(study) == [
        (R2, "financement", "Anne", "present", "a", RANDOM),
        (R2, "coordination", "Anne", "absent", "a", RANDOM),
        (R2, "", "Anne", "read", "a", RANDOM),
    ]
    made = study.decisions().iloc[0]
    assert (made["made_at"], made["codebook"]) == (
        "2026-01-02T02:04:05.678+00:00",
        study.codebook.hash,
    )
    sheet = anne.sheet(R2)
    assert (sheet["read"], sheet["present"]) == (True, ["financement"])
    assert sheet["spans"] == [["financement", 0, 8]]


@pytest.mark.parametrize(
    "made_at", ["hier", "2999-01-01T00:00:00Z", 3, "2026-01-02T03:04:05", None]
)
def test_a_time_that_cannot_be_is_that_of_the_server(study, anne, made_at):
    anne.write([decide("a", R1, made_at=made_at)])
    made = pd.to_datetime(study.decisions()["made_at"].iloc[0])
    assert abs(pd.Timestamp.now("UTC") - made) < pd.Timedelta(minutes=5)


def test_a_decision_on_a_codebook_known_to_the_study_keeps_it_else_has_that_of_now(study, anne):
    before = study.codebook.hash
    study.save_codebook(CODEBOOK.replace("L'argent", "L'argent public"))
    anne.write([decide("a", R1, codebook=before), decide("b", R2, codebook="inconnu")])
    assert list(study.decisions()["codebook"]) == [before, study.codebook.hash]
    assert study.codebook.hash in study.store.codebook_themes()


def test_those_decided_with_another_that_says_the_same_are_one_gesture(study, anne):
    anne.write([decide("a", R4, "financement", also=[R5, R4, R5], queue=RANDOM)])
    assert [(row[0], row[3], row[5]) for row in log(study)] == [
        (R4, "present", RANDOM),
        (R4, "read", RANDOM),
        (R5, "present", "alike"),
        (R5, "read", "alike"),
    ]
    anne.write([{"uid": "undo:a", "what": "undo"}])
    assert ids(anne, ATTENTES) == [R1, R2, R4, R5, R6]


def test_passages_go_with_the_very_same_text_only(study, anne):
    spans = [["financement", 0, 2], ["coordination", 0, 2]]
    anne.write([decide("a", R4, "financement", also=[R5], spans=spans)])
    assert [tuple(row) for row in study.store.spans()[["verbatim_id", "theme"]].to_numpy()] == [
        (R4, "financement")
    ]


def test_a_theme_left_out_the_second_time_is_rejected_even_within_one_request(study, anne):
    anne.write([decide("a", R1, "coordination", "financement"), decide("b", R1, "financement")])
    assert [row[1:4:2] for row in log(study) if row[4] == "b"] == [
        ("financement", "present"),
        ("coordination", "absent"),
        ("", "read"),
    ]
    anne.write([{"uid": "undo:b", "what": "undo"}])
    assert anne.sheet(R1)["present"] == ["coordination", "financement"]
    anne.write([{"uid": "undo:undo:b", "what": "undo"}, decide("c", R1)])
    assert [row[1] for row in log(study) if row[4] == "c" and row[3] == "absent"] == ["financement"]


def test_a_coder_undoes_their_own_gestures_only(study, anne):
    study.desk(PAUL).write([decide("p", R1)])
    undoing = [{"uid": uid, "what": "undo"} for uid in ("undo:p", "undo:inconnu", "p", "undo:")]
    acked, refused = anne.write([*undoing, decide("p", R2)])
    assert acked == []
    assert [one["uid"] for one in refused] == ["undo:p", "undo:inconnu", "p", "undo:", "p"]
    assert [row[2] for row in log(study)] == ["Paul"]


def test_what_is_wrong_is_refused_with_advice_and_takes_nothing_else_away(study, anne):
    wrong = [
        decide("undo:x", R1),
        decide("x" * 65, R1),
        decide("gone", "r9:attentes"),
        decide("also", R1, also=["r9:attentes"]),
        decide("theme", R1, "mobilité"),
        decide("late", R1, "financement", spans=[["financement", 0, 99]]),
        decide("back", R1, "financement", spans=[["financement", 5, 2]]),
        decide("odd", R1, "financement", spans="partout"),
        {"uid": "what", "what": "dormir"},
        {"uid": "", "what": "decide"},
        "bonjour",
    ]
    acked, refused = anne.write([*wrong, decide("right", R1)])
    assert acked == ["right"]
    assert len(refused) == len(wrong)
    assert all(one["says"] for one in refused)
    assert {row[4] for row in log(study)} == {"right"}


def test_what_the_study_refuses_in_the_end_takes_nothing_else_away(study, anne, monkeypatch):
    """As when an import takes a verbatim away between the look and the writing."""
    hear, note = study.store.add_gestures, study.store.add_memo

    def refusing(gestures):
        gestures = list(gestures)
        if any(gesture.verbatim_id == R2 for gesture in gestures):
            raise StudyError("Parti.")
        return hear(gestures)

    def refusing_memo(coder, name, text):
        if name == R2:
            raise StudyError("Parti.")
        note(coder, name, text)

    monkeypatch.setattr(study.store, "add_gestures", refusing)
    monkeypatch.setattr(study.store, "add_memo", refusing_memo)
    memos = [
        {"uid": f"m{name}", "what": "memo", "verbatim": name, "text": "Note"} for name in (R2, R1)
    ]
    acked, refused = anne.write([decide("a", R1), decide("b", R2), decide("c", R4), *memos])
    assert acked == ["a", "c", f"m{R1}"]
    assert refused == [{"uid": "b", "says": "Parti."}, {"uid": f"m{R2}", "says": "Parti."}]


def test_a_reader_writes_nothing(study):
    acked, refused = study.desk(Coder("Zoé", Role.READER)).write([decide("a", R1)])
    assert (acked, len(refused), log(study)) == ([], 1, [])


def test_a_memo_a_flag_and_a_star_are_written_when_they_change(study, anne):
    entries = [
        {"uid": "m1", "what": "memo", "verbatim": R1, "text": "À revoir"},
        {"uid": "f1", "what": "flag", "verbatim": R1, "raised": True},
        {"uid": "p1", "what": "pick", "verbatim": R1, "picked": True},
    ]
    for _ in range(2):
        assert anne.write(entries) == (["m1", "f1", "p1"], [])
    sheet = anne.sheet(R1)
    assert (sheet["memo"], sheet["flagged"], sheet["picked"]) == ("À revoir", True, True)
    assert study.store.lasts()._asdict().items() >= {"memos": 1, "flags": 1}.items()
    paul = study.desk(PAUL).sheet(R1)
    assert (paul["memo"], paul["flagged"], paul["picked"]) == ("", False, True)
    anne.write([{"uid": "p2", "what": "pick", "verbatim": R1, "picked": False}])
    assert not anne.sheet(R1)["picked"]


def test_a_text_that_changed_is_read_again_and_old_passages_are_not_shown(study, anne, tmp_path):
    anne.write([decide("a", R1, "coordination", spans=[["coordination", 0, 10]])])
    (tmp_path / "s.csv").write_text(SURVEY.replace("les acteurs", "les élus"), "utf-8")
    study.import_file(tmp_path / "s.csv")
    sheet = anne.sheet(R1)
    assert (sheet["text"], sheet["read"], sheet["spans"]) == ("Coordonner les élus", False, [])
    assert ids(anne, ATTENTES)[0] == R1


def test_two_servers_on_one_study_see_each_other_s_work(study, anne):
    other = Study.open(study.path)
    ids(anne, ATTENTES)
    other.store.add_gestures([])
    Desk(other, ANNE).write([decide("a", R1)])
    assert anne.sheet(R1)["read"]


entries = st.lists(
    st.one_of(
        st.builds(
            lambda n, name, themes, also: ("decide", n, name, themes, also),
            st.integers(0, 5),
            st.sampled_from([R1, R4]),
            st.lists(st.sampled_from(["coordination", "financement"]), unique=True),
            st.booleans(),
        ),
        st.builds(lambda n, depth: ("undo", n, depth), st.integers(0, 5), st.integers(1, 3)),
    ),
    max_size=10,
)


def _sent(made: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """As a browser would: it undoes what it did, and gives no id twice."""
    known: set[str] = set()
    for what, n, *more in made:
        uid = f"g{n}" if what == "decide" else f"{'undo:' * more[0]}g{n}"
        if uid in known or (what == "undo" and uid.removeprefix("undo:") not in known):
            continue
        known.add(uid)
        if what == "undo":
            yield {"uid": uid, "what": "undo"}
        else:
            name, themes, also = more
            yield decide(uid, name, *themes, also=[R5] if also else [])


@settings(max_examples=10)
@given(entries, st.lists(st.integers(0, 10), max_size=6))
def test_entries_sent_twice_and_split_anywhere_make_the_same_log(another, made, cuts):
    sent = list(_sent(made))
    with another() as once, another() as often:
        once.desk(ANNE).write(sent)
        for end in [*sorted(cuts), len(sent)]:  # what was sent is sent again, with what came since
            acked, refused = often.desk(ANNE).write(sent[:end])
            assert (acked, refused) == ([entry["uid"] for entry in sent[:end]], [])
        assert log(often) == log(once)
        assert often.store.gestures("Anne") == once.store.gestures("Anne")
        assert often.desk(ANNE).history() == once.desk(ANNE).history()


steps_of_three = st.lists(
    st.tuples(
        st.sampled_from(["Anne", "Paul", "Léa", "arbitrage"]),
        st.sampled_from([R1, R2]),
        st.lists(st.sampled_from(["coordination", "financement"]), unique=True),
        st.booleans(),
    ),
    max_size=9,
)


@settings(max_examples=12)
@given(steps_of_three)
def test_what_the_desk_holds_for_retained_is_what_counts_in_the_tables(another, made):
    with another() as study:
        for name, verbatim, present, undone in made:
            coder = Coder(name, Role.CODER)
            if name == "arbitrage":
                rows = [{"verbatim_id": verbatim, "theme": "financement", "value": "absent"}]
                study.store.add_adjudications(rows, gesture=str(undone), reason="", author="Zoé")
            elif undone and study.desk(coder).history()["undo"]:
                study.undo(name)
            else:
                study.decide(name, verbatim, present=present)
        counted = study.codings().query("source == 'coder' and present")
        desk = study.desk(ANNE)
        with desk.memory.lock:
            held = desk.view().held
        assert {(name, theme) for name, themes in held.items() for theme in themes} == set(
            zip(counted["verbatim_id"], counted["theme"], strict=True)
        )


def test_a_decision_made_on_another_text_is_refused(study, anne, tmp_path):
    before = anne.sheet(R1)["stamp"]
    (tmp_path / "s.csv").write_text(SURVEY.replace("les acteurs", "les élus"), "utf-8")
    study.import_file(tmp_path / "s.csv")
    acked, refused = anne.write([decide("a", R1, stamp=before), decide("b", R2)])
    assert acked == ["b"]
    assert "Le texte de cette réponse a changé" in refused[0]["says"]
    assert anne.write([decide("c", R1, stamp=anne.sheet(R1)["stamp"])]) == (["c"], [])


def test_those_that_no_longer_say_the_same_are_left_out(study, anne):
    anne.write([decide("a", R4, "financement", also=[R5, R6])])
    assert {row[0] for row in log(study)} == {R4, R5}


def test_turns_of_an_interview_are_like_no_other(study, anne, tmp_path):
    said = INTERVIEW.replace("Et puis financer", "Il faut coordonner")
    (tmp_path / "i.csv").write_text(said, "utf-8")
    study.import_file(tmp_path / "i.csv", source=Source.INTERVIEW)
    sheet = anne.sheet("e1:propos:2")
    assert (sheet["text"], sheet["alike"]) == ("Il faut coordonner", [])


@pytest.mark.parametrize("odd", ["\ud83d", "\0"])
@pytest.mark.parametrize("where", ["text", "uid", "present", "queue", "verbatim", "unknown"])
def test_a_text_that_cannot_be_written_takes_nothing_else_away(study, anne, odd, where):
    entry = {
        "text": {"uid": "x", "what": "memo", "verbatim": R2, "text": f"a{odd}"},
        "uid": decide(f"x{odd}", R2),
        "present": decide("x", R2, f"a{odd}"),
        "queue": decide("x", R2, queue=odd),
        "verbatim": decide("x", odd),
        "unknown": decide("x", R2, more=[{odd: 1}]),
    }[where]
    acked, refused = anne.write([entry, decide("a", R1)])
    assert acked == ["a"]
    assert "ne peut être enregistré" in refused[0]["says"]
    assert json.dumps(refused, ensure_ascii=False).encode()
    assert {row[0] for row in log(study)} == {R1}


def test_odd_filters_count_for_nothing(anne):
    for odd in ([], ["file"], {"a": 1}, 3):
        sent = dict.fromkeys(("order", "theme", "question", "search"), odd)
        assert anne.filters({**sent, "state": odd, "profile": odd}) == Filters()


def test_what_a_plan_gives_to_others_is_refused_but_to_a_lead(study, anne):
    assigned = pd.DataFrame({"verbatim_id": [R1, R5], "coder": "Paul"})
    study.store.add_plan(assigned, about={}, blind=False, hides_machine=False, author="Léa")
    acked, refused = anne.write([decide("a", R1), decide("b", R4, also=[R5])])
    assert acked == ["b"]
    assert "La répartition donne cette réponse à d'autres" in refused[0]["says"]
    assert {row[0] for row in log(study)} == {R4}
    lead = study.desk(Coder("Léa", Role.LEAD))
    assert lead.write([decide("l", R1)]) == (["l"], [])
    assert study.desk(PAUL).write([decide("p", R1)]) == (["p"], [])
