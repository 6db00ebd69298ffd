"""Who works in this session: found again at each run, from what proves it; nobody by default."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from verbatims.language import _
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.study.team import Team, reaches
from verbatims.ui import shelf
from verbatims.ui.server.gate import may_bring
from verbatims.ui.server.session import cookie_name

_NAME, _TOKENS = "coder", "coder_tokens"
KEPT = (_NAME, _TOKENS)  # what a session keeps when it goes from a study to another
_LEFT = ""  # in the place of a token: the browser's cookie is not to be believed either

_Known = tuple[Coder | None, Role | None]  # who works in a study, and what they may do there
_run: ContextVar[dict[str, _Known] | None] = ContextVar("run", default=None)


@contextmanager
def known_once() -> Iterator[None]:
    """Within, look at the accounts of a study once: what a page draws is one moment's."""
    began = _run.set({})
    try:
        yield
    finally:
        _run.reset(began)


def current(study: Study) -> Coder | None:
    """Who works in this study: by this session, else by the browser's cookie, else by OIDC."""
    return _known(study)[0]


def _known(study: Study) -> _Known:
    seen, place = _run.get(), _id(study)
    if seen is None:
        return _look(study)
    if place not in seen:
        seen[place] = _look(study)
    return seen[place]


def _look(study: Study) -> _Known:
    found = _found(study)
    if found is None:
        return None, Role.LEAD if study.team.open else None
    return found, found.role


def _found(study: Study) -> Coder | None:
    team = study.team
    if team.open and _name():
        return team.find(_name())
    return _proven(study) or (None if team.open or _has_left(study) else _by_email(team))


def role(study: Study) -> Role | None:
    """What this session may do; in an open study anything, even before a name is given."""
    return _known(study)[1]


def may(study: Study, asked: Role) -> bool:
    """Whether this session may do what `asked` does."""
    return reaches(role(study), asked)


def enter(study: Study, name: str) -> None:
    """From now on this session is this coder, who has proven it or works in an open study."""
    st.session_state[_NAME] = name
    _tokens()[_id(study)] = study.team.token(name)
    _forget()


def leave(study: Study) -> None:
    """This session is nobody's any more."""
    st.session_state[_NAME] = ""
    _tokens()[_id(study)] = _LEFT
    _forget()


def named() -> str:
    """The name that was given in this session, where no study is open; "" before."""
    return _name()


def token(study: Study) -> str:
    """What the browser shows to the routes of the server; "" for nobody."""
    found = current(study)
    return study.team.token(found.name) if found is not None else ""


def remember(study: Study) -> None:
    """Have the browser keep, for the next time, who this session is; or forget it."""
    found, study_id = current(study), _id(study)
    if found is not None and study.team.open and not _tokens().get(study_id):
        enter(study, found.name)  # a name given before this study was opened
    data = {
        "base": st.get_option("server.baseUrlPath").strip("/"),
        "study": study_id,
        "token": _tokens().get(study_id, "") if found is not None else "",
        "coder": found.name if found is not None else "",
        "left": _has_left(study),
        "moved": _(
            "Cet onglet était à {before} ; vous y travaillez maintenant sous le nom de {coder}."
        ),
    }
    _component()(key="session", data=data)
    run = get_script_run_ctx()
    if run is not None and shelf.only() is not None:
        may_bring(run.session_id, token(study))


def oidc() -> bool:
    """Whether one may sign in by OIDC, as .streamlit/secrets.toml says."""
    return "is_logged_in" in st.user


def email() -> str:
    """The address under which OIDC knows who sits here, once it is sure of it; "" otherwise."""
    known = cast("dict[str, object]", st.user.to_dict()) if oidc() else {}
    sure = known.get("is_logged_in") and known.get("email_verified", True)
    return str(known.get("email") or "") if sure else ""


def _proven(study: Study) -> Coder | None:
    """By a token: this session's, else the browser's, which the session then makes its own."""
    own = _tokens().get(_id(study))
    if own is not None:
        return study.team.holder(own) if own else None
    shown = st.context.cookies.get(cookie_name(_id(study)), "")
    found = study.team.holder(shown) if shown else None
    if found is not None:
        enter(study, found.name)
    return found


def _by_email(team: Team) -> Coder | None:
    found = team.with_email(email())
    if found is not None:
        st.session_state[_NAME] = found.name
    return found


def _forget() -> None:
    """Look again at who works here, in what is left of the run."""
    seen = _run.get()
    if seen is not None:
        seen.clear()


def _has_left(study: Study) -> bool:
    return _tokens().get(_id(study)) == _LEFT


def _name() -> str:
    return str(st.session_state.get(_NAME, ""))


def _tokens() -> dict[str, str]:
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    return tokens


def _id(study: Study) -> str:
    return study.team.place


@cache
def _component() -> Callable[..., object]:
    script = Path(__file__).parent / "server" / "session.js"
    return st.components.v2.component("verbatims_session", js=script.read_text("utf-8"))
