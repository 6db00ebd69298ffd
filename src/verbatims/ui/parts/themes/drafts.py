"""A change of the codebook that is not saved yet: one draft per session, from a text to another.

Every way to change the codebook (fields, buttons, text, file) ends in this draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from verbatims import codebook
from verbatims.codebook.diff import Change
from verbatims.errors import CodebookError, VerbatimsError
from verbatims.language import _, ngettext
from verbatims.model import Codebook, Role
from verbatims.study import Study
from verbatims.ui import state

_DRAFT, _FAULTS, _ROUND, _BY = "codebook_draft", "codebook_faults", "codebook_round", "codebook_by"
_SEEN = "codebook_seen"  # the file as the fields show it
SAVING = "saving"  # the place of what went wrong in saving or undoing
_LONGEST = 90


@dataclass(frozen=True)
class Draft:
    """What the file was when the draft began, and what it would become."""

    base: str
    text: str

    @property
    def changes(self) -> tuple[Change, ...]:
        """In words; nothing when one of the two texts cannot be read."""
        try:
            return codebook.diff(parsed(self.base), parsed(self.text))
        except CodebookError:
            return ()

    @property
    def said(self) -> str:
        """In one line, for the history."""
        changes = self.changes
        if not changes:
            return ""
        first = changes[0].said.rstrip(".")
        first = first if len(first) <= _LONGEST else first[: _LONGEST - 1].rstrip() + "…"
        others = len(changes) - 1
        if not others:
            return first
        return ngettext(
            "{first}, et {n} autre changement",
            "{first}, et {n} autres changements",
            others,
            first=first,
        )


@lru_cache(maxsize=8)
def parsed(text: str) -> Codebook:
    """The codebook of a text; an empty one where nothing is written. Raises CodebookError."""
    return codebook.parse(text) if text.strip() else Codebook(())


def current() -> Draft | None:
    draft: Draft | None = st.session_state.get(_DRAFT)
    return draft


def text(opened: Study) -> str:
    """The text to change: the draft's, else the file's."""
    draft = current()
    return draft.text if draft else opened.editing.text()


def put(opened: Study, new: str, *, by: str, fresh: bool = True) -> None:
    """Make `new` the draft; none is left when it is the file again.

    `fresh` fields are drawn again from it; a field that made the change itself keeps its hand.
    """
    draft = current()
    base = draft.base if draft else opened.editing.text()
    st.session_state[_DRAFT] = Draft(base, new) if new != base else None
    st.session_state[_BY] = by
    if fresh:
        _renew()


def change(
    opened: Study, make: Callable[[str], str], *, by: str, place: str = "", fresh: bool = True
) -> bool:
    """Change the draft's text; what is wrong is kept for its `place`. Whether it was done."""
    forget_fault(place)
    try:
        put(opened, make(text(opened)), by=by, fresh=fresh)
    except VerbatimsError as error:
        blame(place, error)
        return False
    return True


def follow(opened: Study) -> None:
    """Draw the fields again when somebody else has changed the file under them."""
    written = opened.editing.text()
    if current() is None and st.session_state.get(_SEEN, written) != written:
        _renew()
    st.session_state[_SEEN] = written


def abandon() -> None:
    st.session_state[_DRAFT] = None
    st.session_state[_FAULTS] = {}
    _renew()


def rebase(opened: Study) -> None:
    """Put the draft above the file as it is now: saving it will replace that one."""
    draft = current()
    if draft is not None:
        base = opened.editing.text()
        st.session_state[_DRAFT] = Draft(base, draft.text) if draft.text != base else None
    forget_fault(SAVING)


def save(opened: Study) -> None:
    """Write the draft; when the file has changed meanwhile, it is kept and that is said."""
    draft = current()
    if draft is None:
        return
    try:
        opened.editing.save(
            draft.text, base=draft.base, said=draft.said, author=state.author(Role.LEAD)
        )
    except VerbatimsError as error:
        blame(SAVING, error)
        return
    st.session_state[_DRAFT] = None
    st.session_state[_SEEN] = draft.text
    forget_fault(SAVING)
    st.toast(_("Grille de codage enregistrée."))


def undo(opened: Study) -> None:
    """Put the file back as it was before the last change."""
    forget_fault(SAVING)
    try:
        said = opened.editing.undo(state.author(Role.LEAD))
    except VerbatimsError as error:
        blame(SAVING, error)
        return
    if said:
        st.toast(_("Dernier changement annulé."))


def blame(place: str, error: VerbatimsError) -> None:
    """Keep what went wrong, to be told at its place."""
    st.session_state.setdefault(_FAULTS, {})[place] = error


def fault(place: str) -> VerbatimsError | None:
    error: VerbatimsError | None = st.session_state.get(_FAULTS, {}).get(place)
    return error


def forget_fault(place: str) -> None:
    st.session_state.get(_FAULTS, {}).pop(place, None)


def made_by(name: str) -> bool:
    """Whether there is a draft, and it was last changed there."""
    return current() is not None and st.session_state.get(_BY) == name


def key(name: str) -> str:
    """The key of a field that is drawn again once the draft changes by another hand."""
    return f"codebook_{st.session_state.get(_ROUND, 0)}_{name}"


def _renew() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
