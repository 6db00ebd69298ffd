"""From where the app may be reached, and what an open address asks."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from verbatims import settings
from verbatims.errors import VerbatimsError
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import shelf
from verbatims.ui.server import address


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setattr(shelf, "_only", [])
    monkeypatch.setenv(settings.STUDY_VARIABLE, str(tmp_path / "etude"))
    return Study.create(tmp_path / "etude")


@pytest.mark.parametrize("own", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_alone_reaches_its_own_addresses(own: str) -> None:
    assert not address.is_open(own)


@pytest.mark.parametrize("given", ["", "0.0.0.0", "::", "192.0.2.7", "verbatims.example"])
def test_any_other_address_is_open_to_others(given: str) -> None:
    assert address.is_open(given)


def test_an_open_address_asks_for_a_lead_who_can_sign_in(study: Study) -> None:
    with pytest.raises(VerbatimsError, match="verbatims coders add"):
        address.refuse_unguarded("0.0.0.0", study.path)
    study.store.add_coder("Claire", role=Role.LEAD, email="claire@exemple.fr")
    with pytest.raises(VerbatimsError, match="--address 0.0.0.0"):
        address.refuse_unguarded("0.0.0.0", study.path)  # OIDC is not set up
    study.team.new_key("Claire")
    address.refuse_unguarded("0.0.0.0", study.path)


def test_an_address_of_this_machine_asks_for_nothing(study: Study) -> None:
    address.refuse_unguarded("127.0.0.1", study.path)
    address.refuse_unguarded("127.0.0.1", None)


def test_streamlit_s_own_setting_is_checked_when_the_app_is_loaded(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": "0.0.0.0"}.get)
    with pytest.raises(SystemExit, match="verbatims coders add"):
        address.settle()
    study.team.add("Claire", Role.LEAD)
    address.settle()
    assert shelf.only() == study.path.resolve()


@pytest.mark.parametrize(
    ("asker", "asked", "elsewhere"),
    [
        (None, None, False),
        (None, "localhost:8501", False),
        ("192.0.2.9", "localhost:8501", True),
        ("127.0.0.1", "rebind.example:8501", True),
    ],
)
def test_a_page_is_not_drawn_for_another_machine_nor_under_another_name(
    asker: str | None,
    asked: str | None,
    elsewhere: bool,
    study: Study,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    headers = {"Host": asked} if asked else {}
    monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=asker, headers=headers))
    assert address.is_elsewhere() is elsewhere
    shelf.keep_to(study.path)
    assert not address.is_elsewhere()


def test_on_this_machine_any_study_may_be_opened(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": "127.0.0.1"}.get)
    address.settle()
    assert shelf.only() is None
    assert shelf.study_at(study.path) is not None
