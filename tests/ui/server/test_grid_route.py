"""The grid over JSON: what is asked is understood or set right, and who may do what."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from verbatims import settings
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import server, shelf
from verbatims.ui.server.routes import HEADER

SURVEY = "id;Structure;Attentes\nr1;Association;Le calme\nr2;Entreprise;Financer\nr3;;RAS\n"
QUESTIONNAIRE = """title: Essai
questions:
  - {id: repondant, kind: id, column: id}
  - {id: structure, kind: single, profile: true, column: Structure, text: Structure}
  - {id: attentes, kind: open, column: Attentes, text: "Qu'attendez-vous ?"}
"""
CODEBOOK = """themes:
  - {id: calme, label: Calme, terms: [calme]}
  - {id: argent, label: Argent, colour: "#aa0000", terms: [financer]}
"""

Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    files = {"survey.csv": SURVEY, "questionnaire.yaml": QUESTIONNAIRE, "codebook.yaml": CODEBOOK}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    made = Study.create(
        tmp_path / "etude",
        questionnaire=tmp_path / "questionnaire.yaml",
        codebook=tmp_path / "codebook.yaml",
    )
    made.import_file(tmp_path / "survey.csv")
    shelf.register(made)
    return made


@pytest.fixture
def ask(study: Study) -> Iterator[Ask]:
    with TestClient(Starlette(routes=server.routes())) as client:

        def asked(path: str, coder: str = "Anne", **body: Any) -> tuple[int, dict[str, Any]]:
            headers = {HEADER: study.team.token(coder)}
            answer = client.post(f"/verbatims/{path}", headers=headers, json=body)
            return answer.status_code, answer.json()

        yield asked


def test_a_page_comes_with_its_columns_and_once_with_what_there_is_to_choose_from(
    ask: Ask,
) -> None:
    status, answer = ask("grid", about=True, columns=None)
    assert status == 200
    assert [row["text"] for row in answer["rows"]] == ["Le calme", "Financer"]
    assert [(one["id"], one["label"]) for one in answer["columns"]] == [
        ("respondent", "Répondant"),
        ("text", "Réponse"),
        ("themes", "Thèmes"),
        ("closed:structure", "Structure"),
        ("read", "Lecture"),
        ("marks", "Marques"),
    ]
    about = answer["about"]
    assert about["themes"][1] == {
        **{"id": "argent", "label": "Argent", "colour": "#aa0000", "sign": "2", "number": 2},
    }
    assert about["profile"] == [["structure", "Structure", ["Association", "Entreprise"]]]
    assert (about["coder"], about["may_code"]) == ("Anne", True)
    assert "about" not in ask("grid", columns=None)[1]


def test_the_columns_that_a_coder_keeps_are_there_the_next_time(ask: Ask) -> None:
    ask("grid", columns=["marks"], keep=True)
    shown = [one["id"] for one in ask("grid", columns=None)[1]["columns"]]
    assert shown == ["respondent", "text", "themes", "marks"]


def test_filters_orders_and_pages_are_heard(ask: Ask) -> None:
    _, answer = ask("grid", filters={"search": "CALME"}, sort=["text", "desc"], size=100, page=1)
    assert [row["respondent"] for row in answer["rows"]] == ["r1"]
    _, answer = ask("grid", filters={"profile": ["structure", "Entreprise"]})
    assert [row["respondent"] for row in answer["rows"]] == ["r2"]
    _, answer = ask("grid", sort=["closed:structure", "desc"])
    assert [row["respondent"] for row in answer["rows"]] == ["r2", "r1"]


@pytest.mark.parametrize(
    "odd",
    [
        {"filters": "x", "sort": 3, "page": "x", "size": 7, "columns": [1, "no"]},
        {"filters": {"profile": [1], "state": "no", "mark": 3}, "sort": ["no", "asc"], "page": -4},
        {"filters": {"profile": ["no", "x"]}, "sort": ["closed:no", "asc"]},
    ],
)
def test_what_is_not_understood_is_left_out(ask: Ask, odd: dict[str, Any]) -> None:
    assert ask("grid", **odd)[0] == 200


def test_many_answers_are_coded_at_once_after_being_counted(study: Study, ask: Ask) -> None:
    ids = [row["id"] for row in ask("grid")[1]["rows"]]
    gesture = {"uid": "u1", "what": "add", "theme": "argent", "ids": ids}
    status, counts = ask("bulk", **gesture, preview=True)
    assert (status, counts["changed"], len(study.decisions())) == (200, 2, 0)
    assert ask("bulk", **gesture)[1]["changed"] == 2
    assert ask("bulk", **gesture)[1]["changed"] == 2
    assert sorted(study.decisions().query("theme == 'argent'")["verbatim_id"]) == sorted(ids)
    assert set(study.decisions()["queue"]) == {"bulk"}
    undo = {"uid": "undo:u1", "what": "undo"}
    assert ask("decisions", entries=[undo])[1]["acked"] == ["undo:u1"]
    assert [row["readers"] for row in ask("grid")[1]["rows"]] == [[], []]


def test_all_that_passes_is_coded_if_it_is_still_what_was_counted(study: Study, ask: Ask) -> None:
    gesture = {"uid": "u1", "what": "nothing", "filters": {"search": "e"}}
    status, said = ask("bulk", **gesture, expected=7)
    assert (status, "a changé entre-temps" in said["says"]) == (409, True)
    assert len(study.decisions()) == 0
    assert ask("bulk", **gesture, expected=2)[1]["newly_read"] == 2
    unread = {"search": "e", "state": "unread"}
    assert ask("bulk", uid="u1", what="nothing", filters=unread, expected=2)[0] == 200


def test_a_reader_looks_and_codes_nothing(study: Study, ask: Ask) -> None:
    study.team.add("Anne", Role.LEAD)
    study.team.add("Léa", Role.READER)
    status, answer = ask("grid", "Léa", about=True, columns=["marks"], keep=True)
    assert (status, answer["about"]["may_code"]) == (200, False)
    assert study.store.setting("grid_columns") == ""
    assert ask("bulk", "Léa", uid="u1", what="nothing", filters={}, expected=2)[0] == 403


def test_a_gesture_of_no_known_kind_is_refused(ask: Ask) -> None:
    assert ask("bulk", uid="u1", what="erase", ids=[])[0] == 409
    assert ask("bulk", uid="undo:u1", what="nothing", ids=[])[0] == 409
    assert ask("bulk", uid="u1", what=["add"], theme={}, ids=[["r1"]])[0] == 409
