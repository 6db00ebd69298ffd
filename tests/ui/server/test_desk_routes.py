"""What the board's routes answer: the contract, to whom, and how they refuse."""

from collections.abc import Iterator
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

SURVEY = "id;Attentes\nr1;Coordonner\nr2;Financer\nr3;Écouter\n"
QUESTIONNAIRE = """questions:
  - {id: repondant, kind: id, column: id}
  - {id: attentes, kind: open, column: Attentes}
"""
CODEBOOK = """themes:
  - {id: coordination, label: Coordination, colour: "#336699", terms: [coordonner]}
  - {id: financement, label: Financement, terms: [financer]}
"""
R1, R2, R3 = (f"r{n}:attentes" for n in (1, 2, 3))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    files = {"s.csv": SURVEY, "q.yaml": QUESTIONNAIRE, "c.yaml": CODEBOOK}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    made = Study.create(
        tmp_path / "essai", questionnaire=tmp_path / "q.yaml", codebook=tmp_path / "c.yaml"
    )
    made.import_file(tmp_path / "s.csv")
    shelf.register(made)
    return made


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=server.routes())) as opened:
        yield opened


def ask(client: TestClient, token: str, path: str, **sent: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/verbatims/{path}", headers={HEADER: token}, json=sent)
    return answer.status_code, answer.json()


def test_a_batch_gives_sheets_progress_and_once_what_the_board_is_about(study, client):
    token = study.team.token("Claire")
    status, answer = ask(client, token, "batch", n=2, about=True)
    assert status == 200
    assert [sheet["id"] for sheet in answer["sheets"]] == [R1, R2]
    assert (answer["progress"], answer["end"]) == ({"read": 0, "scope": 3}, False)
    about = answer["about"]
    assert (about["coder"], about["role"]) == ("Claire", "lead")
    first = {name: about["themes"][0][name] for name in ("id", "key", "letter", "number", "colour")}
    assert first == {
        "id": "coordination",
        "key": "1",
        "letter": "c",
        "number": 1,
        "colour": "#336699",
    }
    _, rest = ask(client, token, "batch", after=R2, have=[R1, R2])
    assert ([sheet["id"] for sheet in rest["sheets"]], rest["end"]) == ([R3], True)
    assert "about" not in rest


def test_decisions_are_acknowledged_or_refused_each_by_its_id(study, client):
    token = study.team.token("Claire")
    entries = [
        {"uid": "a", "what": "decide", "verbatim": R1, "present": ["coordination"]},
        {"uid": "b", "what": "decide", "verbatim": "r9:attentes"},
    ]
    for _ in range(2):
        status, answer = ask(client, token, "decisions", entries=entries)
        assert (status, answer["acked"]) == (200, ["a"])
        assert [refusal["uid"] for refusal in answer["refused"]] == ["b"]
    assert len(study.decisions()) == 2
    status, answer = ask(client, token, "sheet", id=R1)
    assert (status, answer["sheet"]["present"]) == (200, ["coordination"])


def test_what_is_near_is_answered_and_a_verbatim_that_left_is_refused_with_advice(study, client):
    token = study.team.token("Claire")
    status, answer = ask(client, token, "near", id=R1)
    assert (status, answer["others"], answer["similar"]) == (200, [], [])
    for path in ("sheet", "near"):
        status, answer = ask(client, token, path, id="r9:attentes")
        assert status == 409
        assert "n'est plus dans l'étude" in answer["says"]


def test_what_is_near_the_verbatim_that_follows_comes_with_the_decision(study, client):
    token = study.team.token("Claire")
    decided = {"uid": "a", "what": "decide", "verbatim": R1}
    ask(client, token, "near", id=R2)  # long the first time
    _, answer = ask(client, token, "decisions", entries=[decided], near=R2)
    assert (answer["acked"], answer["near"]["id"]) == (["a"], R2)
    _, alone = ask(client, token, "near", id=R2)
    assert answer["near"] == {"id": R2, **alone}
    _, answer = ask(client, token, "decisions", near="r9:attentes")
    assert "near" not in answer


def test_readers_look_and_decide_nothing_and_strangers_get_nothing(study, client):
    study.store.add_coder("Zoé", role=Role.READER)
    token = study.team.token("Zoé")
    assert ask(client, token, "batch")[0] == 200
    entry = {"uid": "a", "what": "decide", "verbatim": R1}
    assert ask(client, token, "decisions", entries=[entry])[0] == 403
    assert study.decisions().empty
    for path in ("batch", "sheet", "near", "decisions"):
        assert ask(client, "", path)[0] == 401


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("batch", {"filters": "tout"}),
        ("batch", {"after": 3}),
        ("batch", {"have": "r1"}),
        ("sheet", {"id": ["r1"]}),
        ("decisions", {"entries": {"uid": "a"}}),
    ],
)
def test_what_cannot_be_read_is_refused(study, client, path, sent):
    status, answer = ask(client, study.team.token("Claire"), path, **sent)
    assert (status, answer["says"]) == (409, "Demande illisible : rechargez la page.")
