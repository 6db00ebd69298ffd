"""Whoever signed in stays the same coder, and never becomes another, whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from verbatims.model import Role
from verbatims.study import Study

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parents[2]
QUESTIONNAIRE = """title: Essai secret
questions:
  - {id: repondant, kind: id, column: id}
  - {id: idees, kind: open, column: Idées, text: "Vos idées ?"}
"""
CODEBOOK = """title: Grille
themes:
  - {id: velo, label: Vélo, definition: Aller à vélo., terms: [vélo]}
"""


@dataclass
class Server:
    """The app on a port of its own, which may be killed and come back."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.launch()
        wait_until(self._answers)

    def launch(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py")]
        flags = [f"--server.port={self.port}", "--server.headless=true", *self.flags]
        kept = {name: value for name, value in os.environ.items() if name != "VERBATIMS_STUDY"}
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                command + flags,
                cwd=self.folder,
                env=kept | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def restart(self) -> None:
        self.kill()
        self.start()

    def _answers(self) -> bool:
        return answers(f"{self.url}/_stcore/health")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.kill()
        print((server.folder / "server.log").read_text("utf-8"))


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study.create(tmp_path / "etudes" / "essai")
    made.save_questionnaire(QUESTIONNAIRE)
    made.save_codebook(CODEBOOK)
    survey = tmp_path / "enquete.csv"
    survey.write_text("id;Idées\nr1;du vélo\nr2;des arbres\n", "utf-8")
    made.import_file(survey)
    return made


@pytest.fixture
def server(tmp_path: Path, study: Study) -> Iterator[Server]:
    with running(Server(tmp_path, {"VERBATIMS_STUDY": str(study.path)})) as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(locale="fr-FR") as made:
        yield made


def wait_until(done: Callable[[], bool], *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.2)


def opened(context: BrowserContext, server: Server, page: str = "") -> Page:
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(f"{server.url}/{page}")
    return tab


def sign_in(tab: Page, name: str, key: str) -> None:
    tab.get_by_label("Votre nom").fill(name)
    tab.get_by_label("Votre clé").fill(key)
    tab.get_by_role("button", name="Entrer").click()


def says(tab: Page, badge: str) -> None:
    """Every page says under whose name one works."""
    expect(tab.get_by_test_id("stPopover").first).to_contain_text(badge, timeout=60_000)


def cookie(context: BrowserContext, study: Study) -> str:
    """What the browser keeps for this study, out of reach of scripts; "" for nothing."""
    name = f"verbatims_{study.team.place}"
    found = [cookie for cookie in context.cookies() if cookie["name"] == name]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" for cookie in found)
    return found[0]["value"] if found else ""


def test_a_coder_stays_the_same_when_the_server_is_killed_on_every_page(
    server: Server, study: Study, context: BrowserContext
) -> None:
    study.team.add("Hélène", Role.LEAD)
    key = study.team.add("Claire", Role.CODER)
    tab = opened(context, server)
    expect(tab.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
    expect(tab.locator("body")).not_to_contain_text("Essai secret")
    sign_in(tab, "claire", "AAAA-AAAA-AAAA-AAAA")
    expect(tab.get_by_text("ne vont pas ensemble")).to_be_visible()
    sign_in(tab, "claire", key)
    says(tab, "Claire · codage")
    wait_until(lambda: bool(cookie(context, study)))

    server.restart()
    says(tab, "Claire · codage")
    tab.get_by_role("link", name="Résultats").click()
    expect(tab.get_by_role("heading", name="Résultats", exact=True)).to_be_visible()
    says(tab, "Claire · codage")
    tab.get_by_role("link", name="Thèmes").click()
    says(tab, "Claire · codage")
    says(opened(context, server, "export"), "Claire · codage")


def test_two_coders_in_two_browsers_are_never_one_another(
    server: Server, study: Study, browser: Browser
) -> None:
    keys = {"Claire": study.team.add("Claire", Role.LEAD)}
    keys["Marc"] = study.team.add("Marc", Role.CODER)
    with (
        browser.new_context(locale="fr-FR") as first,
        browser.new_context(locale="fr-FR") as second,
    ):
        claire, marc = opened(first, server), opened(second, server)
        sign_in(claire, "Claire", keys["Claire"])
        sign_in(marc, "Marc", keys["Marc"])
        says(claire, "Claire · responsable")
        says(marc, "Marc · codage")
        wait_until(lambda: bool(cookie(first, study) and cookie(second, study)))
        server.restart()
        for _ in range(2):
            claire.reload()
            marc.reload()
            says(marc, "Marc · codage")
            says(claire, "Claire · responsable")
        study.team.close("Marc")
        marc.get_by_role("link", name="Résultats").click()
        expect(marc.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()


def test_two_tabs_keep_their_coders_until_a_restart_which_is_then_said(
    server: Server, study: Study, context: BrowserContext
) -> None:
    first, second = opened(context, server), opened(context, server)
    name_oneself(first, "Claire")
    wait_until(lambda: bool(cookie(context, study)))
    claire_s = cookie(context, study)
    name_oneself(second, "Marc")
    wait_until(lambda: cookie(context, study) != claire_s)
    first.get_by_role("link", name="Étude").click()
    says(first, "Claire")
    server.restart()
    first.reload()
    says(first, "Marc")
    expect(first.get_by_role("alert")).to_contain_text("Cet onglet était à Claire")
    says(second, "Marc")


def name_oneself(tab: Page, name: str) -> None:
    tab.get_by_role("link", name="Codage").click()
    tab.get_by_label("Votre nom ou vos initiales").fill(name)
    tab.get_by_role("button", name="Commencer à coder").click()
    says(tab, name)


def test_who_leaves_is_nobody_until_they_say_who_they_are_again(
    server: Server, study: Study, context: BrowserContext
) -> None:
    key = study.team.add("Claire", Role.LEAD)
    tab = opened(context, server)
    sign_in(tab, "Claire", key)
    says(tab, "Claire")
    wait_until(lambda: bool(cookie(context, study)))
    tab.get_by_test_id("stPopover").first.get_by_role("button").click()
    tab.get_by_role("button", name="Changer", exact=True).click()
    expect(tab.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
    wait_until(lambda: not cookie(context, study))
    tab.reload()
    expect(tab.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()


def test_a_study_outside_the_usual_folder_is_still_open_after_a_reload(
    server: Server, context: BrowserContext, tmp_path: Path
) -> None:
    elsewhere = Study.create(tmp_path / "ailleurs" / "autre-etude")
    tab = opened(context, server)
    expect(tab.get_by_text("Essai secret")).to_be_visible()
    tab.get_by_role("button", name="Changer d’étude").click()
    tab.get_by_label("Un autre dossier").fill(str(elsewhere.path))
    tab.keyboard.press("Enter")
    expect(tab.locator(".v-study")).to_have_text("autre-etude")
    tab.reload()
    expect(tab.locator(".v-study")).to_have_text("autre-etude")


def test_other_machines_are_served_a_study_with_accounts_only(
    study: Study, tmp_path: Path, context: BrowserContext
) -> None:
    other = Study.create(tmp_path / "etudes" / "libre")
    open_to_all = {"flags": ("--server.address=0.0.0.0",)}
    server = Server(tmp_path, {"VERBATIMS_STUDY": str(study.path)}, **open_to_all)
    server.launch()
    assert server.process.wait(60) != 0
    assert "verbatims coders add" in (tmp_path / "server.log").read_text("utf-8")
    study.team.add("Claire", Role.LEAD)
    with running(server):
        tab = opened(context, server, f"?etude={other.path.name}")
        expect(tab.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()
        expect(tab.get_by_role("button", name="Changer d’étude")).to_have_count(0)
        tab.goto(f"{server.url}/?dossier={other.path}")
        expect(tab.get_by_role("heading", name="Qui êtes-vous ?")).to_be_visible()


@pytest.fixture
def provider() -> Iterator[str]:
    """An OIDC provider that knows a coder of the study and a stranger."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for name in ("claire", "inconnu"):
        claims = f'{{"sub": "{name}", "email": "{name}@exemple.fr"}}'
        command += ["--user-claims", claims]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as served:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/.well-known/openid-configuration"))
        yield f"http://127.0.0.1:{port}"
        served.kill()


def test_who_signs_in_by_oidc_is_the_coder_who_has_their_address(
    study: Study, tmp_path: Path, context: BrowserContext, provider: str
) -> None:
    study.team.add("Claire", Role.LEAD, email="Claire@exemple.fr")
    server = Server(tmp_path, {"VERBATIMS_STUDY": str(study.path)})
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "{server.url}/oauth2callback"
cookie_secret = "{"s" * 40}"
client_id = "verbatims"
client_secret = "essai"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        "utf-8",
    )
    with running(server):
        tab = opened(context, server)
        by_oidc(tab, "inconnu")
        expect(tab.get_by_role("alert")).to_contain_text("inconnu@exemple.fr")
        expect(tab.get_by_role("alert")).to_contain_text("aucun compte de cette étude")
        expect(tab.locator("body")).not_to_contain_text("Essai secret")
        tab.get_by_role("button", name="Se déconnecter").click()
        tab.wait_for_url("**/end_session**")  # where the provider would ask to confirm
        tab.goto(server.url)
        by_oidc(tab, "claire")
        says(tab, "Claire · responsable")
        server.restart()
        says(tab, "Claire · responsable")
        tab.get_by_role("link", name="Résultats").click()
        says(tab, "Claire · responsable")
        study.team.change_email("Claire", "autre@exemple.fr")
        tab.get_by_role("link", name="Étude").click()
        expect(tab.get_by_role("alert")).to_contain_text("aucun compte de cette étude")


def by_oidc(tab: Page, subject: str) -> None:
    tab.get_by_role("button", name="Se connecter").click()
    tab.get_by_role("button", name=subject).first.click()
