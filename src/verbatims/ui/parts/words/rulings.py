"""What the analyst does about words → rulings in the study; the last gesture can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from verbatims import corrections
from verbatims.errors import StudyError, VerbatimsError
from verbatims.frames import TAKEN_BACK
from verbatims.language import _
from verbatims.model import Role
from verbatims.study import Study
from verbatims.ui import state

_DONE, _SAID = "word_gestures", "word_said"


@dataclass(frozen=True)
class Ruling:
    """One thing ruled; with the value TAKEN_BACK it is left to the tool again."""

    kind: str
    form: str
    value: str
    pos: str = ""
    reason: str = ""

    @property
    def thing(self) -> tuple[str, str, str]:
        """What it is about: two rulings on the same thing replace each other."""
        return (self.kind, corrections.key(self.kind, self.form), self.pos)


@dataclass(frozen=True)
class Gesture:
    """Rulings made at once, with what stood before them."""

    made: tuple[Ruling, ...]
    before: tuple[Ruling, ...]


def standing(opened: Study) -> pd.DataFrame:
    """The rulings that stand, as CORRECTIONS."""
    return state.kept(opened, "word rulings", opened.words.rulings)


def make(rulings: Sequence[Ruling]) -> bool:
    """Save the rulings of one gesture, all of those before the first that makes no sense."""
    st.session_state[_SAID] = ""
    made: list[Ruling] = []
    before: list[Ruling] = []
    try:
        opened = _opened()
        known = _by_thing(standing(opened))
        for ruling in rulings:
            _save(opened, ruling)
            made.append(ruling)
            taken_back = Ruling(ruling.kind, ruling.form, TAKEN_BACK, ruling.pos)
            before.append(known.get(ruling.thing, taken_back))
    except VerbatimsError as error:
        st.session_state[_SAID] = error.message
    if made:
        _gestures().append(Gesture(tuple(made), tuple(before)))
    return len(made) == len(rulings)


def undo() -> None:
    """Put things back as they stood before the last gesture of this session."""
    st.session_state[_SAID] = ""
    opened = state.study()
    if opened is None or not _gestures():
        return
    for ruling in _gestures().pop().before:
        _save(opened, ruling)


def last() -> Gesture | None:
    """The last gesture of this session that has not been undone."""
    return _gestures()[-1] if _gestures() else None


def fault() -> str:
    """What was wrong with the last gesture, "" when nothing was."""
    return str(st.session_state.get(_SAID, ""))


def refuse(message: str) -> None:
    """Say why nothing was done."""
    st.session_state[_SAID] = message


def forget_fault() -> None:
    st.session_state[_SAID] = ""


def _by_thing(rulings: pd.DataFrame) -> dict[tuple[str, str, str], Ruling]:
    columns = ["kind", "form", "value", "pos", "reason"]
    every = [Ruling(*row) for row in rulings[columns].itertuples(index=False, name=None)]
    return {ruling.thing: ruling for ruling in every}


def _save(opened: Study, ruling: Ruling) -> None:
    opened.words.rule(
        ruling.kind,
        ruling.form,
        ruling.value,
        pos=ruling.pos,
        reason=ruling.reason,
        author=state.author(Role.CODER),
    )


def _opened() -> Study:
    opened = state.study()
    if opened is None:
        raise StudyError(_("La session a été interrompue : rien n’a été enregistré."))
    return opened


def _gestures() -> list[Gesture]:
    gestures: list[Gesture] = st.session_state.setdefault(_DONE, [])
    return gestures
