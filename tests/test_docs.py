"""The documents say what is true now."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from verbatims import cli, export, importers, settings, study

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "verbatims"
COMMANDS = [command.name or command.callback.__name__ for command in cli.app.registered_commands]
COMMANDS += [group.name for group in cli.app.registered_groups]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_line_in_the_guide(command, monkeypatch, capsys):
    assert f"`verbatims {command}" in text("docs/guide.md")
    monkeypatch.setattr(sys, "argv", ["verbatims", command, "--help"])
    with pytest.raises(SystemExit, match="0"):
        cli.main()
    assert "Affiche cette aide." in capsys.readouterr().out


def test_the_architecture_page_names_every_module_and_no_other():
    tree = re.search(r"src/verbatims/\n(.*?)\ntests/", text("ARCHITECTURE.md"), re.DOTALL)
    named = set(re.findall(r"(?:^  |  )([a-z_]+(?:\.py|/))", tree.group(1), re.MULTILINE))
    real = {
        path.name + ("/" if path.is_dir() else "")
        for path in PACKAGE.iterdir()
        if not path.name.startswith("__") and path.name != "py.typed"
    }
    assert named == real


@pytest.mark.parametrize("name", export.WRITERS)
def test_every_exported_file_is_in_the_guide(name):
    assert f"`{name}`" in text("docs/guide.md")


@pytest.mark.parametrize("suffix", importers.READERS)
def test_every_format_is_in_the_readme(suffix):
    assert suffix.removeprefix(".").upper() in text("README.md")


def test_every_command_of_the_readme_and_guide_exists():
    called = re.findall(
        r"^verbatims (\w+)|`verbatims (\w+)", text("README.md") + text("docs/guide.md")
    )
    assert {first or second for first, second in called} <= set(COMMANDS)


def test_every_target_of_the_readme_exists():
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`?make (\w+)", text("README.md") + text("CONTRIBUTING.md"))) <= targets


def test_every_stage_has_a_french_label():
    assert set(cli.STAGE_LABELS) == {study.LEMMAS, study.TAGS, study.CLUSTERS}


def test_the_sample_codebook_and_the_demo_s_files_are_where_the_package_looks():
    assert settings.shipped("codebook.yaml").is_file()
    assert (settings.shipped("data") / "pionniers.csv").is_file()


def test_the_project_names_no_machine_and_no_address():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".json"} or not path.suffix:
            assert not re.search(r"https?://[\w.-]+/(simple|packages)/", path.read_text("utf-8")), (
                name
            )
