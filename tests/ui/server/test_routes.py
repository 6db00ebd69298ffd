"""What the server answers: to whom, for which study, and how it refuses."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from verbatims import settings
from verbatims.errors import StudyError
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.ui import server, shelf
from verbatims.ui.server.routes import HEADER, LARGEST, answering
from verbatims.ui.server.session import cookie_name


@answering(Role.CODER)
def said(study: Study, coder: Coder, body: dict[str, Any]) -> dict[str, Any]:
    if "refuse" in body:
        raise StudyError("Le thème a disparu : rouvrez la page.")
    return {"study": study.title, "coder": coder.name, "role": coder.role, "heard": body}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    made = Study.create(tmp_path / "essai")
    shelf.register(made)
    return made


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = Starlette(routes=[Route("/verbatims/said", said, methods=["POST"]), *server.routes()])
    with TestClient(app) as opened:
        yield opened


def ask(
    client: TestClient, token: str = "", path: str = "said", **sent: Any
) -> tuple[int, dict[str, Any]]:
    headers = {HEADER: token} | sent.pop("headers", {})
    answer = client.post(f"/verbatims/{path}", headers=headers, **{"json": {}} | sent)
    return answer.status_code, answer.json()


def test_a_coder_is_answered_by_name_and_role(study: Study, client: TestClient) -> None:
    status, answer = ask(client, study.team.token("Claire"), json={"n": 3})
    assert status == 200
    assert answer == {"study": "essai", "coder": "Claire", "role": "lead", "heard": {"n": 3}}


def test_nobody_is_answered_without_a_token_or_with_one_that_was_altered(
    study: Study, client: TestClient
) -> None:
    token = study.team.token("Claire")
    assert ask(client)[0] == 401
    assert ask(client, "abc")[0] == 401
    status, answer = ask(client, token[:-3] + "AAA")
    assert status == 401
    assert "identifiez-vous" in answer["says"]


def test_a_study_that_is_not_open_yet_asks_to_try_again(
    study: Study, client: TestClient, tmp_path: Path
) -> None:
    elsewhere = Study.create(tmp_path / "ailleurs")
    assert ask(client, elsewhere.team.token("Claire"))[0] == 503
    assert ask(client, study.team.token("Claire"))[0] == 200


def test_what_is_sent_from_a_copy_of_a_study_goes_to_that_copy(
    study: Study, client: TestClient, tmp_path: Path
) -> None:
    shutil.copytree(study.path, tmp_path / "copie")
    copy = shelf.study_at(tmp_path / "copie")
    assert copy is not None
    assert ask(client, study.team.token("Claire"))[1]["study"] == "essai"
    assert ask(client, copy.team.token("Claire"))[1]["study"] == "copie"
    assert cookie_name(copy.team.place) != cookie_name(study.team.place)


def test_studies_of_the_usual_folder_and_of_the_environment_are_found(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    usual = Study.create(tmp_path / "etudes" / "usuelle")
    started = Study.create(tmp_path / "demarree")
    (tmp_path / "etudes" / "cassee").mkdir()
    (tmp_path / "etudes" / "cassee" / "study.db").write_text("rien", "utf-8")
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(started.path))
    assert ask(client, usual.team.token("Claire"))[1]["study"] == "usuelle"
    assert ask(client, started.team.token("Claire"))[1]["study"] == "demarree"


def test_where_strangers_come_no_other_study_is_opened(
    study: Study, client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_only", [])
    served = Study.create(tmp_path / "etudes" / "servie")
    shelf.keep_to(served.path)
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(served.path))
    assert ask(client, served.team.token("Claire"))[1]["study"] == "servie"
    assert ask(client, study.team.token("Claire"))[0] == 503


def test_roles_are_those_of_the_table_at_the_moment_of_asking(
    study: Study, client: TestClient
) -> None:
    study.team.add("Claire", Role.LEAD)
    study.team.add("Marc", Role.READER)
    token = study.team.token("Marc")
    status, answer = ask(client, token)
    assert status == 403
    assert "rôle" in answer["says"]
    study.team.change_role("Marc", Role.CODER)
    assert ask(client, token)[1]["role"] == "coder"
    study.team.close("Marc")
    assert ask(client, token)[0] == 401


def test_what_cannot_be_done_is_said_as_advice(study: Study, client: TestClient) -> None:
    status, answer = ask(client, study.team.token("Claire"), json={"refuse": True})
    assert (status, answer) == (409, {"says": "Le thème a disparu : rouvrez la page."})


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_not_a_json_object_is_refused(
    study: Study, client: TestClient, content: bytes
) -> None:
    token = study.team.token("Claire")
    answer = client.post("/verbatims/said", headers={HEADER: token}, content=content)
    assert answer.status_code == 400


def test_too_much_at_once_is_refused(study: Study, client: TestClient) -> None:
    status, _ = ask(client, study.team.token("Claire"), json={"text": "a" * LARGEST})
    assert status == 413


def test_what_another_site_sends_is_refused(study: Study, client: TestClient) -> None:
    token = study.team.token("Claire")
    for origin in ("https://ailleurs.example", "null", "http://testserver.example"):
        assert ask(client, token, headers={"Origin": origin})[0] == 403
        assert ask(client, token, "session", headers={"Origin": origin})[0] == 403
        assert ask(client, path="leave", headers={"Origin": origin})[0] == 403
    assert ask(client, token, headers={"Origin": "http://testserver"})[0] == 200
    by_proxy = {"Origin": "https://verbatims.example", "X-Forwarded-Host": "verbatims.example"}
    assert ask(client, token, headers=by_proxy)[0] == 200


def test_the_browser_keeps_a_token_out_of_reach_of_scripts_then_forgets_it(
    study: Study, client: TestClient
) -> None:
    token, name = study.team.token("Claire"), cookie_name(study.team.place)
    answer = client.post("/verbatims/session", headers={HEADER: token})
    said = answer.headers["set-cookie"]
    assert said.startswith(f'{name}="{token}";')
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    assert "Secure" not in said
    left = client.post("/verbatims/leave", json={"study": study.team.place})
    assert left.headers["set-cookie"].startswith(f'{name}="";')
    assert "Max-Age=0" in left.headers["set-cookie"]


def test_the_cookie_goes_by_https_alone_where_the_app_is_reached_by_https(
    study: Study, client: TestClient
) -> None:
    headers = {HEADER: study.team.token("Claire"), "X-Forwarded-Proto": "https"}
    assert "Secure" in client.post("/verbatims/session", headers=headers).headers["set-cookie"]


def test_no_cookie_is_kept_for_who_proves_nothing(study: Study, client: TestClient) -> None:
    answer = client.post("/verbatims/session", headers={HEADER: study.team.token("Claire")[:-3]})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    odd = client.post("/verbatims/leave", json={"study": "a; Path=/"})
    assert "set-cookie" not in odd.headers


def test_the_board_s_files_are_served(client: TestClient) -> None:
    for file in sorted(server.STATIC.glob("*.js")):
        assert client.get(f"/verbatims/static/{file.name}").status_code == 200
    assert client.get("/verbatims/static/../server.py").status_code == 404
