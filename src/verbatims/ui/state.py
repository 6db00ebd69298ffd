"""What the browser session remembers: the study that is open, who codes; and frames kept warm."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from verbatims.settings import STUDIES_FOLDER, STUDY_VARIABLE
from verbatims.study import Study

_STUDY, _CODER = "opened_study", "coder"
_PARAMETER = "etude"

Kept = TypeVar("Kept")


def open_study(path: Path | None) -> None:
    """From now on this session works in the study of this folder, or in none."""
    for key in list(st.session_state):
        if key != _CODER:
            del st.session_state[key]
    st.session_state[_STUDY] = str(path or "")


def study_path() -> Path | None:
    """The folder chosen in this session, else the one in the address, else the command line's."""
    if _STUDY not in st.session_state:
        chosen = _in_address() or os.environ.get(STUDY_VARIABLE, "")
        if not chosen:
            return None
        st.session_state[_STUDY] = chosen  # the menu's links forget the address
    chosen = st.session_state[_STUDY]
    return Path(chosen) if chosen else None


def lost_address() -> str:
    """The name in the address of a study that is not there; "" when all is well."""
    name = st.query_params.get(_PARAMETER, "")
    return name if name and _STUDY not in st.session_state and not _in_address() else ""


def keep_address() -> None:
    """Write the study in the page's address, so that a reload opens it again."""
    path = study_path()
    if path is not None and path.resolve().parent == STUDIES_FOLDER.resolve():
        st.query_params[_PARAMETER] = path.name
    else:
        st.query_params.pop(_PARAMETER, None)


def study() -> Study | None:
    """The open study; None when there is none, or when its folder has gone."""
    path = study_path()
    if path is None or not (path / "study.db").is_file():
        return None
    return _last(str(path.resolve()), "study", _stamps(path), lambda: Study.open(path.resolve()))


def coder() -> str:
    """Who codes in this session; "" until somebody says so: there is no default coder."""
    return str(st.session_state.get(_CODER, ""))


def set_coder(name: str) -> None:
    st.session_state[_CODER] = " ".join(name.split())


def kept(opened: Study, name: str, make: Callable[[], Kept], *, work: bool = True) -> Kept:
    """What `make` gives, until the study changes; shared by all sessions, never to be altered.

    Without `work`, only a new import or run does, or a change in the two files of the study.
    """
    version: tuple[object, ...] = (*opened.version(work=work), *_stamps(opened.path))
    return _last(str(opened.path), name, version, make)


def _in_address() -> str:
    """A study of the usual folder, by its name: an address cannot point anywhere else."""
    name = st.query_params.get(_PARAMETER, "")
    known = name and name in {path.parent.name for path in STUDIES_FOLDER.glob("*/study.db")}
    return str(STUDIES_FOLDER / name) if known else ""


def _last(study: str, name: str, version: object, make: Callable[[], Kept]) -> Kept:
    shelf = _shelf()
    if (study, name) not in shelf or shelf[study, name][0] != version:
        shelf[study, name] = (version, make())
    made: Kept = shelf[study, name][1]
    return made


@st.cache_resource
def _shelf() -> dict[tuple[str, str], tuple[object, Any]]:
    """The last version of each kept thing, by study and name."""
    return {}


def _stamps(study: Path) -> tuple[int, ...]:
    """When the two files of a study were last written; 0 for one that is not there."""
    files = (study / "questionnaire.yaml", study / "codebook.yaml")
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)
