"""Each browser is answered in its own language, by pages and by routes, refusals included."""

import gettext
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from verbatims import language, settings
from verbatims.errors import StudyError
from verbatims.language import ENGLISH, FRENCH, VARIABLE, _, plural_pair, speaking, spoken
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.ui import server, shelf
from verbatims.ui.board import grid_words, words
from verbatims.ui.server import tongue
from verbatims.ui.server.routes import HEADER, answering
from verbatims.ui.server.tongue import of_page

ENGLISH_FIRST = {"Accept-Language": "en-GB,en;q=0.9,fr;q=0.8"}


class Signed(gettext.NullTranslations):
    """The texts as they are written, each under the name of the language that was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def gettext(self, message: str) -> str:
        return f"{self.name}| {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True)
def _signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(language, "_asked", [])
    monkeypatch.setattr(language, "_catalogue", Signed)


@answering(Role.CODER)
def said(study: Study, coder: Coder, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    if "refuse" in body:
        raise StudyError(_("Le thème a disparu : rouvrez la page."))
    return {"spoken": spoken()}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shelf, "_only", [])
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    made = Study.create(tmp_path / "essai")
    shelf.register(made)
    return made


@pytest.fixture
def client() -> Iterator[TestClient]:
    routes = [Route("/verbatims/said", said, methods=["POST"]), *server.routes()]
    app = Starlette(routes=routes, middleware=server.middleware())
    here = "http://127.0.0.1:8501"
    with TestClient(app, base_url=here, client=("127.0.0.1", 50000)) as opened:
        yield opened


# -- routes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [
        (None, FRENCH),
        ("fr-FR,fr;q=0.9,en;q=0.5", FRENCH),
        ("en-GB,en;q=0.9,fr;q=0.8", ENGLISH),
        ("de,en;q=0.7", ENGLISH),
        ("de", FRENCH),
    ],
)
def test_a_request_is_handled_in_its_language(
    wanted: str | None, heard: str, study: Study, client: TestClient
) -> None:
    headers = {HEADER: study.team.token("Claire")} | ({"Accept-Language": wanted} if wanted else {})
    answer = client.post("/verbatims/said", headers=headers, json={})
    assert answer.json() == {"spoken": heard}
    assert spoken() == FRENCH


def test_what_was_chosen_for_everyone_goes_before_what_a_browser_asks(
    study: Study, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, FRENCH)
    headers = {HEADER: study.team.token("Claire"), **ENGLISH_FIRST}
    answer = client.post("/verbatims/said", headers=headers, json={})
    assert answer.json() == {"spoken": FRENCH}


@pytest.mark.parametrize("path", ["said", "session", "grid", "batch"])
def test_a_stranger_is_refused_in_the_language_of_the_request(
    path: str, client: TestClient
) -> None:
    for headers, heard in ((ENGLISH_FIRST, ENGLISH), ({}, FRENCH)):
        refused = client.post(f"/verbatims/{path}", headers=headers, json={})
        assert refused.status_code == 401
        assert refused.json()["says"].startswith(f"{heard}| ")


def test_what_cannot_be_done_is_said_in_the_language_of_the_request(
    study: Study, client: TestClient
) -> None:
    headers = {HEADER: study.team.token("Claire"), **ENGLISH_FIRST}
    refused = client.post("/verbatims/said", headers=headers, json={"refuse": True})
    assert refused.status_code == 409
    assert refused.json()["says"].startswith("en| ")
    unreadable = client.post("/verbatims/leave", headers=ENGLISH_FIRST, content="[")
    assert unreadable.json()["says"].startswith("en| ")


@pytest.mark.usefixtures("study")
def test_the_gate_refuses_in_the_language_of_the_request(client: TestClient) -> None:
    strange = {"Host": "rebind.example"}
    assert client.get("/", headers=strange | ENGLISH_FIRST).text.startswith("en| ")
    assert client.get("/", headers=strange).text.startswith("fr| ")


# -- pages ---------------------------------------------------------------------------------


def page(locale: str) -> AppTest:
    """The app without a study, on a page that asks for one."""
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    app.context = {"locale": locale} if locale else {}
    return app.run().switch_page("../pages/results.py").run()


def texts(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize(
    ("locale", "heard"), [("", FRENCH), ("fr-CA", FRENCH), ("en-US", ENGLISH), ("de", FRENCH)]
)
def test_a_page_speaks_the_language_of_its_browser(
    locale: str, heard: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    drawn = page(locale)
    assert not drawn.exception
    assert f"{heard}| Aucune étude" in texts(drawn)
    assert f"<h1>{heard}| Résultats</h1>" in texts(drawn)


def test_a_page_asks_as_its_requests_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_page() == ""
    context = SimpleNamespace(headers={"Accept-Language": "de,en;q=0.7"}, locale="de")
    monkeypatch.setattr(st, "context", context)
    assert of_page() == ""
    monkeypatch.setattr(tongue, "get_script_run_ctx", lambda **_asked: object())
    assert of_page() == "de,en;q=0.7"
    context.headers = {}
    assert of_page() == "de"


def test_a_callback_or_a_fragment_hears_what_the_browser_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    language.listen(of_page)
    monkeypatch.setattr(tongue, "get_script_run_ctx", lambda **_asked: object())
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=ENGLISH_FIRST, locale=None))
    assert spoken() == ENGLISH


def test_what_is_kept_for_all_is_kept_in_each_language(study: Study) -> None:
    def make() -> str:
        return _("Aucune réponse n’a encore été lue.")

    with speaking(ENGLISH):
        english = shelf.kept(study, "essai", make)
    assert english.startswith("en| ")
    assert shelf.kept(study, "essai", make).startswith("fr| ")
    with speaking(ENGLISH):
        assert shelf.kept(study, "essai", make) is english


# -- what the browser fills in ---------------------------------------------------------------


@pytest.mark.parametrize("named", [words.words, grid_words.words])
def test_the_words_of_the_board_name_their_language_and_leave_their_places_open(
    named: Any,
) -> None:
    for name in (FRENCH, ENGLISH):
        with speaking(name):
            given = dict(named())
        assert given.pop("language") == name
        for text in given.values():
            forms = [text] if isinstance(text, str) else text
            assert all(form.startswith(f"{name}| ") for form in forms)


def test_a_pair_is_one_and_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv(VARIABLE, raising=False)
    with speaking(FRENCH):
        assert plural_pair("{n} autre", "{n} autres") == ["{n} autre", "{n} autres"]
