"""What a coder does on one verbatim → decisions in the study, and the next verbatim on the desk.

Each gesture names the verbatim that was on screen, so a late key never decides another one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import streamlit as st

from verbatims.errors import StudyError, VerbatimsError
from verbatims.frames import PRESENT, READ
from verbatims.study import Study
from verbatims.ui import reading, state
from verbatims.ui.queue import Queue

_DRAFTS, _ASKED, SAID = "coding_drafts", "coding_asked_for", "coding_said"
_ACCEPTED = "coding_accepted"

Rest = ParamSpec("Rest")


def suggested(opened: Study, verbatim_id: str) -> list[str]:
    """The themes that the machine suggests or was let accept, in the order of the codebook."""
    found = set(reading.load(opened).tagged(verbatim_id)["theme"]) | accepted(verbatim_id)
    return [theme.id for theme in opened.codebook if theme.id in found]


def look(opened: Study) -> None:
    """Fetch what was accepted unread, once for all the verbatims that are gone through next."""
    rows = opened.store.acceptances()
    themes = rows.groupby("verbatim_id")["theme"].agg(frozenset)
    st.session_state[_ACCEPTED] = dict(themes)


def accepted(verbatim_id: str) -> frozenset[str]:
    """The themes of a verbatim that were accepted unread."""
    known: dict[str, frozenset[str]] = st.session_state.get(_ACCEPTED, {})
    return known.get(verbatim_id, frozenset())


def chosen(opened: Study, coder: str, verbatim_id: str) -> list[str]:
    """What is ticked now: the coder's draft, else what was decided, else the suggestions."""
    draft = _drafts().get((coder, verbatim_id))
    if draft is not None:
        return list(draft)
    standing = opened.standing(coder, verbatim_id)
    if (standing["value"] == READ).any():
        return list(standing.loc[standing["value"] == PRESENT, "theme"])
    return suggested(opened, verbatim_id)


def is_draft(coder: str, verbatim_id: str) -> bool:
    """Whether themes were ticked or unticked here without being validated."""
    return (coder, verbatim_id) in _drafts()


def memo(opened: Study, coder: str, verbatim_id: str) -> str:
    memos = state.kept(opened, "memos", opened.memos)
    own = memos[(memos["coder"] == coder) & (memos["verbatim_id"] == verbatim_id)]
    return str(own["text"].iloc[-1]) if len(own) else ""


def _gesture(
    act: Callable[Concatenate[Study, str, Rest], None],
) -> Callable[Rest, None]:
    """Give a gesture the open study and the coder of this very run; say what goes wrong."""

    @wraps(act)
    def done(*args: Rest.args, **kwargs: Rest.kwargs) -> None:
        st.session_state[SAID] = ""
        try:
            opened, coder = state.study(), state.coder()
            if opened is None or not coder:
                raise StudyError("La session a été interrompue : rien n’a été enregistré.")
            act(opened, coder, *args, **kwargs)
        except VerbatimsError as error:
            st.session_state[SAID] = error.message

    return done


@_gesture
def toggle(opened: Study, coder: str, verbatim_id: str, theme: str) -> None:
    """Tick or untick a theme; nothing is decided until the verbatim is validated."""
    ticked = chosen(opened, coder, verbatim_id)
    changed = [name for name in ticked if name != theme] if theme in ticked else [*ticked, theme]
    _drafts()[coder, verbatim_id] = changed


def validate(verbatim_id: str) -> None:
    """The verbatim holds the ticked themes, and no other that was suggested."""
    st.session_state[_ASKED] = (verbatim_id, True)


def nothing(verbatim_id: str) -> None:
    """The verbatim was read and holds no theme."""
    st.session_state[_ASKED] = (verbatim_id, False)


def carry_out() -> None:
    """Save the decision that was asked for, once every key of the same run has been heard.

    A digit and Enter typed at once reach us together, in no certain order.
    """
    asked = st.session_state.pop(_ASKED, None)
    if asked is not None:
        _decide(*asked)


@_gesture
def undo(opened: Study, coder: str) -> None:
    """Take back the last decision and put its verbatim on the desk, as it was before."""
    verbatim_id = opened.undo(coder)
    if verbatim_id is None:
        st.session_state[SAID] = "Il n’y a plus rien à annuler."
        return
    _drafts().pop((coder, verbatim_id), None)
    queue = _queue()
    queue.go(verbatim_id)
    if not (opened.standing(coder, verbatim_id)["value"] == READ).any():
        queue.read.discard(verbatim_id)


@_gesture
def write_memo(opened: Study, coder: str, verbatim_id: str, key: str) -> None:
    opened.write_memo(coder, verbatim_id, st.session_state[key])


@_gesture
def star(opened: Study, _coder: str, verbatim_id: str) -> None:
    """Choose the verbatim as a quote, or choose it no longer."""
    picked = verbatim_id in set(opened.picks.frame()["verbatim_id"])
    (opened.picks.remove if picked else opened.picks.add)(verbatim_id)


def forward() -> None:
    st.session_state[SAID] = ""
    _queue().forward()


def back() -> None:
    st.session_state[SAID] = ""
    _queue().back()


@_gesture
def _decide(opened: Study, coder: str, verbatim_id: str, ticked: bool) -> None:
    queue = _queue()
    if queue.current != verbatim_id:
        return  # a key pressed twice, while the next verbatim was on its way
    present = chosen(opened, coder, verbatim_id) if ticked else []
    rejected = [theme for theme in suggested(opened, verbatim_id) if theme not in present]
    order = queue.orders.get(verbatim_id, "")
    opened.decide(coder, verbatim_id, present=present, absent=rejected, queue=order)
    _drafts().pop((coder, verbatim_id), None)
    queue.read.add(verbatim_id)
    queue.forward()


def _drafts() -> dict[tuple[str, str], list[str]]:
    drafts: dict[tuple[str, str], list[str]] = st.session_state.setdefault(_DRAFTS, {})
    return drafts


def _queue() -> Queue:
    queue: Queue = st.session_state["coding_queue"]
    return queue
