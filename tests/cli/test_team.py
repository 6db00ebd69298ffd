"""`verbatims coders`: accounts from the command line; and what `app` refuses without them."""

import io
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from verbatims.cli import main
from verbatims.model import Coder, Role
from verbatims.study import Study


def verbatims(*arguments: str | Path) -> tuple[int, str]:
    """How a command ended, and all that it said."""
    said = io.StringIO()
    with (
        patch.object(sys, "argv", ["verbatims", *map(str, arguments)]),
        patch.dict(os.environ, {"COLUMNS": "100"}),
        redirect_stdout(said),
        redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(ended.value.code or 0), said.getvalue()


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study.create(tmp_path / "etude")


def test_a_study_without_accounts_says_how_to_make_one(study: Study) -> None:
    code, said = verbatims("coders", study.path)
    assert code == 0
    assert "Aucun compte" in said
    assert "verbatims coders add" in said


def test_accounts_are_made_listed_changed_and_closed(study: Study) -> None:
    code, said = verbatims("coders", "add", study.path, "Claire", "--role", "responsable")
    key = re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", said)
    assert code == 0
    assert key is not None
    assert study.team.check("Claire", key[0]) == Coder("Claire", Role.LEAD)
    verbatims("coders", "add", study.path, "Marc", "--email", "marc@exemple.fr")
    verbatims("coders", "role", study.path, "Marc", "lecture")
    assert verbatims("coders", study.path)[1].splitlines() == [
        "Claire · responsable",
        "Marc · lecture · marc@exemple.fr",
        "2 comptes ouverts.",
    ]
    verbatims("coders", "remove", study.path, "Marc")
    assert "Marc · lecture · marc@exemple.fr · compte fermé" in verbatims("coders", study.path)[1]
    verbatims("coders", "key", study.path, "Claire")
    assert study.team.check("Claire", key[0]) is None


def test_a_role_that_does_not_exist_is_refused_with_those_that_do(study: Study) -> None:
    code, said = verbatims("coders", "add", study.path, "Claire", "--role", "chef")
    assert code == 1
    assert "responsable, codage ou lecture" in said


def test_the_last_lead_stays(study: Study) -> None:
    verbatims("coders", "add", study.path, "Claire", "--role", "responsable")
    code, said = verbatims("coders", "remove", study.path, "Claire")
    assert code == 1
    assert "dernier responsable" in said


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", "::", "ici.example"])
def test_an_address_open_to_others_is_refused_without_accounts(study: Study, address: str) -> None:
    for given in ([study.path], []):
        code, said = verbatims("app", *given, "--address", address)
        assert code == 1
        assert "verbatims coders add" in said
        assert f"--address {address}" in said


def test_a_study_with_a_lead_may_be_served_to_others(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[list[str]] = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda flags, **_: served.append(flags))
    monkeypatch.delenv("VERBATIMS_STUDY", raising=False)
    study.team.add("Claire", Role.LEAD)
    with patch.dict(os.environ):
        code, said = verbatims("app", study.path, "--address", "0.0.0.0", "--port", "8791")
    assert code == 0, said
    assert "--server.address=0.0.0.0" in served[0]
    assert "--server.enableXsrfProtection=true" in served[0]
    assert "chacun s’identifie" in said
