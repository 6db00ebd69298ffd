"""Studies stay open for every session and route of the process."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from verbatims import settings
from verbatims.study import Study
from verbatims.ui import shelf


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.STUDY_VARIABLE, raising=False)
    return Study.create(tmp_path / "etude")


def test_a_study_is_opened_once_until_its_files_change(study: Study) -> None:
    first = shelf.study_at(study.path)
    assert first is not None
    assert shelf.study_at(study.path) is first
    study.save_codebook("title: Une grille\nthemes:\n  - {id: a, label: A, terms: [a]}\n")
    assert shelf.study_at(study.path) is not first


def test_a_study_that_takes_the_place_of_another_is_opened_anew(study: Study) -> None:
    first = shelf.study_at(study.path)
    study.path.rename(study.path.with_name("partie"))
    assert shelf.study_at(study.path) is None
    other = Study.create(study.path)
    second = shelf.study_at(study.path)
    assert first is not None
    assert second is not None
    assert (first.team.id, second.team.id) == (study.team.id, other.team.id)
    assert shelf.study_of(study.team.place) is None
    assert shelf.study_of(other.team.place) is second


def test_a_study_is_found_once_open(study: Study) -> None:
    assert shelf.study_of(study.team.place) is None
    opened = shelf.study_at(study.path)
    assert shelf.study_of(study.team.place) is opened
    shutil.rmtree(study.path)
    assert shelf.study_of(study.team.place) is None


def test_two_copies_of_a_study_stay_apart(study: Study, tmp_path: Path) -> None:
    shutil.copytree(study.path, tmp_path / "copie")
    first, second = shelf.study_at(study.path), shelf.study_at(tmp_path / "copie")
    assert first is not None
    assert second is not None
    assert first.team.id == second.team.id
    assert shelf.study_of(first.team.place) is first
    assert shelf.study_of(second.team.place) is second


def test_what_several_ask_for_at_once_is_made_once(study: Study) -> None:
    made = []

    def make() -> int:
        made.append(1)
        sleep(0.05)
        return len(made)

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda _: shelf.kept(study, "essai", make), range(8)))
    assert given == [1] * 8
    study.store.add_run("essai", parameters={}, rows=0, seconds=0.0, codebook="")
    assert shelf.kept(study, "essai", make) == 2
