"""What can be picked in a figure, by mouse on its drawing or by keyboard in a list."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from verbatims.language import _, number
from verbatims.model import Figure, Table
from verbatims.study import Study
from verbatims.ui.parts.results import made
from verbatims.ui.parts.results.options import key, still
from verbatims.ui.parts.results.printed import printed

Pick = tuple[str, ...]  # the values of the fields that name a row of the table

PICKED = "picked"  # how the selection of a drawing is called
_TURN, _ELSEWHERE = "turn", "results_elsewhere"
_NAMES = (("row", "column"), ("theme",), ("item", "answer"))
_LABELS = {"row": "row_label", "column": "column_label", "theme": "label"}


def chart(opened: Study, figure: Figure, table: Table) -> None:
    """The drawing; what is clicked in it is chosen in the list beneath."""
    question = figure.question
    # under another name once the list says otherwise, so that nothing stays marked in it
    name = f"{key(question, 'chart')} {st.session_state.get(key(question, _TURN), 0)}"
    st.vega_lite_chart(
        spec=made.drawing(opened, figure),
        theme=None,
        key=name,
        on_select=partial(_clicked, question, name, names(table)),
    )


def menu(figure: Figure, table: Table) -> Pick | None:
    """The list of what has somebody behind it, for who has no mouse; what is chosen in it."""
    name = key(figure.question, PICKED)
    labels = _labels(table)
    still(name, labels)
    return st.selectbox(
        _("Voir les verbatims de…"),
        list(labels),
        index=None,
        format_func=lambda pick: labels.get(pick, ""),
        key=name,
        placeholder=_("Voir les verbatims de… (ou cliquez sur le graphique)"),
        label_visibility="collapsed",
        on_change=_listed,
        args=(figure.question,),
    )


def close(question: str) -> None:
    """Choose nothing any more in a figure."""
    st.session_state.pop(key(question, PICKED), None)
    st.session_state[key(question, _TURN)] = st.session_state.get(key(question, _TURN), 0) + 1


def elsewhere() -> bool:
    """Whether what was just chosen closes what was open in another figure."""
    return bool(st.session_state.pop(_ELSEWHERE, False))


def names(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table."""
    return next(each for each in _NAMES if set(each) <= set(table.rows))


def label(table: Table, pick: Pick) -> str:
    return _labels(table)[pick].rpartition(" (")[0]


def _labels(table: Table) -> dict[Pick, str]:
    """How each row that counts somebody is called, and how many it counts."""
    fields = names(table)
    counted = table.rows[table.rows["n"] > 0]
    return {
        tuple(str(row[name]) for name in fields): f"{_label(row, fields)} ({number(row['n'])})"
        for row in counted.to_dict("records")
    }


def _label(row: Mapping[Any, Any], fields: tuple[str, ...]) -> str:
    said = (str(row[_LABELS.get(name, name)]) for name in fields)
    return " › ".join(printed(each) for each in said if each)


def _clicked(question: str, name: str, fields: Sequence[str]) -> None:
    """Choose in the list what was clicked; a click beside everything closes what is open."""
    points = st.session_state[name].selection.get(PICKED, [])
    pick = tuple(str(points[0].get(each, "")) for each in fields) if points else None
    st.session_state[key(question, PICKED)] = pick
    _alone(question)


def _listed(question: str) -> None:
    """What the list says is not marked in the drawing."""
    st.session_state[key(question, _TURN)] = st.session_state.get(key(question, _TURN), 0) + 1
    _alone(question)


def _alone(question: str) -> None:
    """One figure at a time has the answers behind it in sight."""
    mine = key(question, PICKED)
    others = [
        name
        for name in map(str, st.session_state)
        if name.startswith(key("", PICKED)) and name != mine and st.session_state[name] is not None
    ]
    for name in others:
        close(name.removeprefix(key("", PICKED)))
        st.session_state[_ELSEWHERE] = True
