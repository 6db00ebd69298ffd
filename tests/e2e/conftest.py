"""A real server on a free port of this machine, and a real Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PROJECT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped here, and fail where everything must run."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = "pas de Chromium sur cette machine (apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with sync_playwright() as playwright:
        expect.set_options(timeout=30_000)
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of the app, which works in `tmp_path`; a test that fails shows what it said."""
    with _serving(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """Serves the app from a folder, for the tests that share it."""
    return _serving


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py")]
    flags = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    env = {name: value for name, value in os.environ.items() if name != "VERBATIMS_STUDY"}
    with (folder / "server.log").open("w+") as log:
        server = subprocess.Popen(
            command + flags, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)
            log.seek(0)
            print(log.read())


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page of the app, in French; it must not ask anything of another machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(served)
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith((served, "data:", "blob:"))] == []


def _wait(url: str, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"le serveur ne répond pas : {url}")
