"""What the browser session remembers: the study that is open, who codes; and frames kept warm."""

import os
from pathlib import Path

import streamlit as st

from verbatims.errors import StudyError
from verbatims.language import _
from verbatims.model import Role
from verbatims.settings import STUDIES_FOLDER, STUDY_VARIABLE
from verbatims.study import Study
from verbatims.study.team import plain_name
from verbatims.ui import identity, shelf
from verbatims.ui.shelf import kept

__all__ = [
    "author",
    "coder",
    "keep_address",
    "kept",
    "lost_address",
    "may",
    "open_study",
    "role",
    "set_coder",
    "study",
    "study_path",
]

_STUDY = "opened_study"
_NAME, _FOLDER = "etude", "dossier"  # in the address: a study of the usual folder, or any other


def open_study(path: Path | None) -> None:
    """From now on this session works in the study of this folder, or in none."""
    for key in list(st.session_state):
        if key not in identity.KEPT:
            del st.session_state[key]
    st.session_state[_STUDY] = str(path or "")


def study_path() -> Path | None:
    """The folder chosen in this session, else the one in the address, else the command line's.

    Where strangers come, always the one that is served.
    """
    if shelf.only() is not None:
        return shelf.only()
    if _STUDY not in st.session_state:
        chosen = _in_address() or os.environ.get(STUDY_VARIABLE, "")
        if not chosen:
            return None
        st.session_state[_STUDY] = chosen  # the menu's links forget the address
    chosen = st.session_state[_STUDY]
    return Path(chosen) if chosen else None


def lost_address() -> str:
    """The name in the address of a study that is not there; "" when all is well."""
    if shelf.only() is not None or _STUDY in st.session_state or _in_address():
        return ""
    return st.query_params.get(_NAME, "") or st.query_params.get(_FOLDER, "")


def keep_address() -> None:
    """Write the study in the page's address, so that a reload opens it again."""
    wanted = _address()
    for parameter in {_NAME, _FOLDER} - set(wanted):
        st.query_params.pop(parameter, None)
    for parameter, value in wanted.items():
        st.query_params[parameter] = value


def study() -> Study | None:
    """The open study; None when there is none, or when its folder has gone."""
    path = study_path()
    return shelf.study_at(path) if path is not None else None


def coder() -> str:
    """Who codes in this session; "" until somebody says so: there is no default coder."""
    opened = study()
    if opened is None:
        return identity.named()
    found = identity.current(opened)
    return found.name if found is not None else ""


def role() -> Role | None:
    """What this session may do; None for who has yet to say who they are."""
    opened = study()
    return identity.role(opened) if opened is not None else Role.LEAD


def may(asked: Role) -> bool:
    """Whether this session may do what `asked` does."""
    opened = study()
    return opened is None or identity.may(opened, asked)


def author(asked: Role) -> str:
    """Under whose name a change is kept; refused to whoever may not make it any more."""
    if not may(asked):
        raise StudyError(
            _("Votre rôle dans l’étude ne permet plus ce changement : rien n’a été enregistré.")
        )
    return coder()


def set_coder(name: str) -> None:
    """Take the name given in an open study; elsewhere a name is not enough."""
    opened, name = study(), plain_name(name)
    if opened is None or not opened.team.open:
        return
    if name:
        identity.enter(opened, name)
    else:
        identity.leave(opened)


def _address() -> dict[str, str]:
    path = study_path()
    if path is None or shelf.only() is not None:
        return {}
    if path.resolve().parent == STUDIES_FOLDER.resolve():
        return {_NAME: path.name}
    started_on = os.environ.get(STUDY_VARIABLE, "")
    if started_on and Path(started_on).resolve() == path.resolve():
        return {}  # without anything in the address it is this one that opens
    return {_FOLDER: str(path.resolve())}


def _in_address() -> str:
    """The study that the address names, on this machine; "" when it is not there."""
    name = st.query_params.get(_NAME, "")
    if name:
        known = name in {path.name for path in shelf.usual()}
        return str(STUDIES_FOLDER / name) if known else ""
    folder = Path(st.query_params.get(_FOLDER, "") or ".")
    here = folder.is_absolute() and not folder.drive.startswith("\\\\")  # no other machine's
    return str(folder) if here and Study.exists(folder) else ""
