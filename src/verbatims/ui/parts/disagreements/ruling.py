"""What a lead decides of the themes that readers disagree on, with keys or clicks, and why."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.study import Study
from verbatims.ui.keys import keys
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape, literal, moment, typeset

AT = "disagreements_at"  # the answer on the desk
DIGITS = 9
_DRAFT, _SAID, _FAULT = "disagreement_draft", "disagreement_said", "disagreement_fault"
_STATES = {
    True: (":material/check_box:", "présent"),
    False: (":material/disabled_by_default:", "absent"),
    None: (":material/help:", "à trancher"),
}

Rows = Sequence[Mapping[Hashable, Any]]


def sign(place: int) -> str:
    """What marks the disputed theme of this place, and turns it: a digit, "" after the ninth.

    Not its key on the board: that may be a letter, and Streamlit keeps C and R to itself.
    """
    return str(place) if place <= DIGITS else ""


def draw(opened: Study, lead: str, rows: Rows, following: str) -> None:
    """Each disputed theme with who says what; what was decided; for a `lead`, what to decide."""
    verbatim_id = rows[0]["verbatim_id"]
    signs = keys(opened.codebook)
    with st.container(border=True, key="disagreement_panel"):
        st.html('<p class="v-label">Thèmes en désaccord</p>')
        for place, row in enumerate(rows, start=1):
            key = signs.get(row["theme"])
            _theme(opened, row, sign(place), key.colour if key else "", leads=bool(lead))
        if not lead:
            page.note("Un responsable de l’étude arbitre ; vous voyez ce qu’il a décidé.")
            return
        _decide(opened, lead, rows, following)
        if any(row["ruling"] is not None for row in rows):
            st.button(
                "Annuler l’arbitrage",
                key=f"unrule {verbatim_id}",
                shortcut="z",
                type="tertiary",
                icon=":material/undo:",
                on_click=_undo,
                args=(opened, lead, verbatim_id),
            )


def tell() -> None:
    """What the last gesture did, or why it could not."""
    fault, said = st.session_state.pop(_FAULT, ""), st.session_state.pop(_SAID, "")
    if fault:
        st.error(literal(typeset(fault)))
    elif said:
        st.toast(said)


def _theme(
    opened: Study, row: Mapping[Hashable, Any], digit: str, colour: str, *, leads: bool
) -> None:
    label = opened.codebook.label(row["theme"])
    if leads:
        icon, state_ = _STATES[_drafted(row)]
        st.button(
            f"{f'`{digit}` ' if digit else ''}**{literal(label)}** : {state_}",
            key=f"rule_{row['verbatim_id']} {row['theme']}",
            icon=icon,
            shortcut=digit or None,
            width="stretch",
            on_click=_turn,
            args=(row,),
        )
    else:
        mark = f'<span class="v-number {colour}">{digit}</span> ' if digit else ""
        st.html(f'<p class="v-ruling">{mark}<b>{escape(label)}</b></p>')
    st.html("".join(f'<p class="v-note">{escape(typeset(line))}</p>' for line in _said(row)))


def _said(row: Mapping[Hashable, Any]) -> list[str]:
    """Who says what, and what was decided of it, in sentences."""
    lines = [
        f"{said} pour {', '.join(row[who])}"
        for who, said in (("retained", "Présent"), ("rejected", "Absent"))
        if row[who]
    ]
    if row["ruling"] is not None:
        ruled = "présent" if row["ruling"] else "absent"
        when = moment(row["ruled_at"])
        lines.append(f"Arbitré par {row['author']} le {when} : {ruled}. « {row['reason']} »")
    if row["since"]:
        lines.append(f"Relu depuis par {', '.join(row['since'])}.")
    return lines


def _decide(opened: Study, lead: str, rows: Rows, following: str) -> None:
    verbatim_id = rows[0]["verbatim_id"]
    with st.form(f"adjudicate {verbatim_id}", border=False):
        key = f"reason {verbatim_id}"
        st.text_input("Motif", key=key, placeholder="pourquoi, en quelques mots")
        st.form_submit_button(
            "Arbitrer et passer au suivant",
            type="primary",
            width="stretch",
            on_click=_adjudicate,
            args=(opened, lead, rows, following),
        )


def _drafted(row: Mapping[Hashable, Any]) -> bool | None:
    """What the lead has in mind: chosen just now, else as adjudicated, else nothing yet."""
    chosen: dict[str, bool] = _draft(row["verbatim_id"])
    ruling: bool | None = row["ruling"]
    return chosen.get(row["theme"], ruling)


def _draft(verbatim_id: str) -> dict[str, bool]:
    """The choices on the answer on the desk; another answer begins anew."""
    kept: tuple[str, dict[str, bool]] = st.session_state.get(_DRAFT, ("", {}))
    if kept[0] != verbatim_id:
        st.session_state[_DRAFT] = kept = (verbatim_id, {})
    return kept[1]


def _turn(row: Mapping[Hashable, Any]) -> None:
    """Present first, then absent, then present again."""
    _draft(row["verbatim_id"])[row["theme"]] = _drafted(row) is not True


def _adjudicate(opened: Study, lead: str, rows: Rows, following: str) -> None:
    verbatim_id = rows[0]["verbatim_id"]
    themes = {row["theme"]: held for row in rows if (held := _drafted(row)) is not None}
    if not themes:
        st.session_state[_FAULT] = (
            "Dites d’abord si le thème est présent ou absent : cliquez-le, ou pressez sa touche."
        )
        return
    try:
        reason = str(st.session_state.get(f"reason {verbatim_id}", ""))
        opened.agreement.adjudicate(lead, verbatim_id, themes, reason=reason)
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.session_state.pop(_DRAFT, None)
    if len(themes) == len(rows):
        st.session_state[AT] = following
    st.session_state[_SAID] = "Arbitré ; les décisions des codeurs restent."


def _undo(opened: Study, lead: str, verbatim_id: str) -> None:
    st.session_state.pop(_DRAFT, None)
    try:
        opened.agreement.undo(lead, verbatim_id)
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.session_state[_SAID] = "Arbitrage annulé."
