"""The studies that are open and what was made from them, shared by all sessions and routes."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from verbatims.errors import VerbatimsError
from verbatims.language import spoken
from verbatims.settings import STUDIES_FOLDER, STUDY_VARIABLE
from verbatims.study import Study

Kept = TypeVar("Kept")
_Key = tuple[str, str]

_STUDY = "study"

_held: dict[_Key, tuple[object, Any]] = {}  # the last version of each thing, by study and name
_locks: defaultdict[_Key, RLock] = defaultdict(RLock)  # what is asked for twice is made once
_paths: dict[str, Path] = {}  # the folder of each place that a token may name
_only: list[Path] = []  # where strangers come: the only study that may be opened
_own = RLock()


def keep_to(path: Path) -> None:
    """From now on, and until the process ends, open no other study than this one."""
    _only[:] = [path.resolve()]


def only() -> Path | None:
    """The only study that may be opened here; None on a machine of one's own."""
    return _only[0] if _only else None


def study_at(path: Path) -> Study | None:
    """The study of a folder, kept open; None when there is none here, or when it has gone."""
    path = path.resolve()
    if only() not in (None, path) or not Study.exists(path):
        return None
    return last(path, _STUDY, _version(path), lambda: _noted(Study.open(path)))


def register(study: Study) -> None:
    """Keep a study that is already open."""
    path = study.path.resolve()
    last(path, _STUDY, _version(path), lambda: _noted(study))


def usual() -> list[Path]:
    """The studies of the usual folder, by name."""
    return sorted(path for path in STUDIES_FOLDER.glob("*") if Study.exists(path))


def study_of(place: str) -> Study | None:
    """The study that a token names, in its very folder, were it not yet open in this process."""
    for path in (*_known(place), *_unopened()):
        study = _readable(path)
        if study is not None and study.team.place == place:
            return study
    return None


def kept(study: Study, name: str, make: Callable[[], Kept], *, work: bool = True) -> Kept:
    """What `make` gives, until the study changes; shared by all, never to be altered.

    Each language has its own, for what is made may hold texts.
    Without `work`, only a new import or run does, or a change in the two files of the study.
    """
    version: tuple[object, ...] = (*study.version(work=work), *stamps(study.path))
    return last(study.path, f"{name} ({spoken()})", version, make)


def last(path: Path, name: str, version: object, make: Callable[[], Kept]) -> Kept:
    """What was last made under this name for this study, made again when the version is another."""
    key = (str(path), name)
    with _own:
        lock = _locks[key]
    with lock:
        if key not in _held or _held[key][0] != version:
            _held[key] = (version, make())
        made: Kept = _held[key][1]
    return made


def stamps(path: Path) -> tuple[int, ...]:
    """When the files that define a study were last written; 0 for one that is not there."""
    files = (path / "questionnaire.yaml", path / "codebook.yaml", path / "weighting.yaml")
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)


def _version(path: Path) -> tuple[object, ...]:
    """Another when the files change, and when a study takes the place of another."""
    held = Study.file(path)
    return (*stamps(path), held, held.stat().st_ino if held is not None else 0)


def _noted(study: Study) -> Study:
    """Remember where this study is."""
    with _own:
        _paths[study.team.place] = study.path.resolve()
    return study


def _known(place: str) -> tuple[Path, ...]:
    with _own:
        return (_paths[place],) if place in _paths else ()


def _unopened() -> Iterator[Path]:
    """The environment's study, then those of the usual folder, but for those already open."""
    chosen = os.environ.get(STUDY_VARIABLE, "")
    found = [Path(chosen)] if chosen else []
    with _own:
        opened = set(_paths.values())
    return (path for path in (*found, *usual()) if path.resolve() not in opened)


def _readable(path: Path) -> Study | None:
    try:
        return study_at(path)
    except VerbatimsError:
        return None  # what is wrong with it is said to who opens it
