"""What an analyst asks of one question: crossed by another, with or without… → a Figure."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from verbatims.language import N_, _
from verbatims.model import Criterion, Figure, Kind
from verbatims.study import Study
from verbatims.ui.parts.results import subjects
from verbatims.ui.parts.results.subjects import Subject


class _Switch(NamedTuple):
    """An option that is on or off, and what it is for."""

    name: str  # the field of Figure
    label: str
    why: str


_DONT_KNOW = _Switch(
    "dont_know",
    N_("« Ne sais pas » dans la base"),
    N_("Sans lui, les parts sont celles des seules personnes qui ont donné une note."),
)
_FINITE = _Switch(
    "finite",
    N_("Population finie"),
    N_("Les intervalles tiennent compte de la part de la population qui a répondu."),
)
_HOLM = _Switch(
    "holm",
    N_("Correction de Holm"),
    N_(
        "Plus sévère que celle de Benjamini et Hochberg : le risque d’une seule fausse alerte "
        "parmi tous les tests reste sous 5 %."
    ),
)
_BANDS = _Switch(
    "bands",
    N_("Notes par tranches"),
    N_("Sans elles, une ligne par note."),
)


def figure(opened: Study, question: str, among: Sequence[Criterion]) -> Figure:
    """Draw the choices of a card; they keep their values from one page to another."""
    by = _by(opened, question)
    asked = Figure(question, among=tuple(among))
    if by is not None:
        item = _item(opened, question, by)
        asked = replace(asked, by=by.question, by_item=by.item, item=item)
    return replace(asked, **_switches(question, _offered(opened, question, by)))


def key(question: str, name: str) -> str:
    """The key of an option of a card."""
    return f"results_{name} {question}"


def _by(opened: Study, question: str) -> Subject | None:
    """What the question is crossed by; by itself, what comes together."""
    offered = [each for each in subjects.every(opened) if _makes_sense(opened, question, each)]
    still(key(question, "by"), offered)
    return st.selectbox(
        _("Croiser par"),
        offered,
        index=None,
        format_func=lambda subject: _crossing(opened, question, subject),
        key=key(question, "by"),
        placeholder=_("Croiser par…"),
        label_visibility="collapsed",
        width=300,
        persist_state="session",
    )


def _makes_sense(opened: Study, question: str, by: Subject) -> bool:
    """Whether a question is crossed by this one; by itself, when it takes several answers."""
    if by.question != question or by.item:
        return True
    asked = opened.questionnaire[question]
    return asked.kind in (Kind.MULTI, Kind.OPEN)


def _crossing(opened: Study, question: str, subject: Subject) -> str:
    if subject.question == question and not subject.item:
        return _("Avec elle-même : ce qui va ensemble")
    return subjects.named(opened, subject)


def _item(opened: Study, question: str, by: Subject) -> str:
    """The row of a grid that is crossed, by another of its rows or by another question."""
    if subjects.is_open(opened, question):
        return ""
    rows = subjects.items(opened.questionnaire[question])
    if rows == [""]:
        return ""
    rows = [row for row in rows if Subject(question, row) != by]
    still(key(question, "item"), rows)
    chosen: str = st.selectbox(
        _("Ligne croisée"),
        rows,
        key=key(question, "item"),
        label_visibility="collapsed",
        width=220,
        persist_state="session",
    )
    return chosen


def _offered(opened: Study, question: str, by: Subject | None) -> list[_Switch]:
    """The options that change something in this figure."""
    is_open = subjects.is_open(opened, question)
    offered = [_HOLM] if by is not None else []
    if by is None and not is_open and _has_dont_know(opened, question):
        offered.append(_DONT_KNOW)
    if by is None and not is_open and opened.questionnaire[question].bands:
        offered.append(_BANDS)
    if by is None and opened.weights.population:
        offered.append(_FINITE)
    return offered


def _has_dont_know(opened: Study, question: str) -> bool:
    asked = opened.questionnaire[question]
    return asked.answer_kind is Kind.RATING and bool(asked.dont_know)


def _switches(question: str, offered: Sequence[_Switch]) -> dict[str, Any]:
    if not offered:
        return {}
    chosen = {}
    with st.popover(_("Options"), icon=":material/tune:", type="tertiary"):
        for switch in offered:
            chosen[switch.name] = st.toggle(
                _(switch.label),
                value=getattr(Figure(), switch.name),
                key=key(question, switch.name),
                help=_(switch.why),
                persist_state="session",
            )
    return chosen


def still(name: str, offered: Collection[object]) -> None:
    """Forget a choice that is not offered any more."""
    if st.session_state.get(name) not in offered:
        st.session_state.pop(name, None)
