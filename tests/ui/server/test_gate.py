"""Who is let in, before any page: this machine alone, or a study where everyone signs in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import server, shelf
from verbatims.ui.server import gate

UPLOAD = "/_stcore/upload_file/session-1/fichier-1"


@pytest.fixture(autouse=True)
def _on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_only", [])
    monkeypatch.setattr(gate, "_bringing", {})


@pytest.fixture
def served(tmp_path: Path) -> Study:
    """A study with accounts, served to other machines."""
    study = Study.create(tmp_path / "etude")
    study.team.add("Claire", Role.LEAD)
    study.team.add("Marc", Role.CODER)
    shelf.keep_to(study.path)
    return study


async def answer(_request: Request) -> Response:
    return PlainTextResponse("oui")


async def hear(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("oui")
    await socket.close()


@contextmanager
def client(url: str = "http://127.0.0.1:8501", *, asker: str = "127.0.0.1") -> Iterator[TestClient]:
    routes = [
        Route("/", answer),
        Route("/sous/_stcore/upload_file/{a}/{b}", answer, methods=["PUT", "DELETE"]),
        Route("/_stcore/upload_file/{a}/{b}", answer, methods=["PUT", "DELETE"]),
        WebSocketRoute("/_stcore/stream", hear),
    ]
    app = Starlette(routes=routes, middleware=server.middleware())
    with TestClient(app, base_url=url, client=(asker, 50000)) as opened:
        yield opened


def hears(asking: TestClient, **headers: str) -> bool:
    stream = str(asking.base_url).replace("http", "ws", 1) + "/_stcore/stream"
    try:
        with asking.websocket_connect(stream, headers=headers) as socket:
            return socket.receive_text() == "oui"
    except WebSocketDisconnect:
        return False


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "127.0.0.1", "localhost:9", "[::1]:8501"])
def test_this_machine_is_answered_under_its_own_names(host: str) -> None:
    with client() as asking:
        assert asking.get("/", headers={"Host": host}).text == "oui"
        assert hears(asking, Host=host, Origin=f"http://{host}")


@pytest.mark.parametrize("host", ["rebind.example:8501", "192.0.2.7", "", "[", "127.0.0.1.nip.io"])
def test_a_name_that_another_site_gave_this_machine_is_refused(host: str) -> None:
    with client() as asking:
        refused = asking.get("/", headers={"Host": host})
        assert refused.status_code == 403
        assert "http://localhost" in refused.text
        assert not hears(asking, Host=host, Origin=f"http://{host}")


def test_another_machine_is_refused_whatever_name_it_gives() -> None:
    with client(asker="192.0.2.9") as asking:
        assert asking.get("/").status_code == 403
        assert not hears(asking)
    with client("http://192.0.2.7:8501") as asking:
        assert asking.get("/", headers={"Host": "localhost:8501"}).status_code == 403
    with client(asker="::ffff:127.0.0.1") as asking:
        assert asking.get("/").status_code == 200


@pytest.mark.usefixtures("served")
def test_a_study_with_accounts_is_served_to_others_under_any_name() -> None:
    with client("https://verbatims.example", asker="192.0.2.9") as asking:
        assert asking.get("/").text == "oui"
        assert hears(asking, Origin="https://verbatims.example")


def test_the_page_of_another_site_does_not_get_the_app_s_socket(served: Study) -> None:
    with client("https://verbatims.example", asker="192.0.2.9") as asking:
        assert not hears(asking, Origin="https://ailleurs.example")
        by_proxy = {"Host": "interne:8501", "X-Forwarded-Host": "verbatims.example"}
        assert hears(asking, Origin="https://verbatims.example", **by_proxy)
    assert shelf.only() == served.path.resolve()


def test_only_a_lead_s_session_brings_files_where_others_come(served: Study) -> None:
    with client("https://verbatims.example", asker="192.0.2.9") as asking:
        for path in (UPLOAD, f"/sous{UPLOAD}"):
            assert asking.put(path).status_code == 403
            gate.may_bring("session-1", served.team.token("Marc"))
            assert "responsable" in asking.put(path).text
            gate.may_bring("session-1", served.team.token("Claire"))
            assert asking.put(path).text == "oui"
            assert asking.put(path.replace("session-1", "session-2")).status_code == 403
            gate.may_bring("session-1", "")
            assert asking.delete(path).status_code == 403


def test_on_one_s_own_machine_files_are_brought_without_signing_in() -> None:
    with client() as asking:
        assert asking.put(UPLOAD).text == "oui"
