"""What a lead decides of the themes that readers disagree on, with keys or clicks, and why."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from verbatims.errors import VerbatimsError
from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui.keys import keys
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape, literal, moment, typeset

AT = "disagreements_at"  # the answer on the desk
DIGITS = 9
_DRAFT, _SAID, _FAULT = "disagreement_draft", "disagreement_said", "disagreement_fault"
_STATES = {
    True: (":material/check_box:", N_("présent")),
    False: (":material/disabled_by_default:", N_("absent")),
    None: (":material/help:", N_("à trancher")),
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
        said = _("Thèmes en désaccord")
        st.html(f'<p class="v-label">{said}</p>')
        for place, row in enumerate(rows, start=1):
            key = signs.get(row["theme"])
            _theme(opened, row, sign(place), key.colour if key else "", leads=bool(lead))
        if not lead:
            page.note(_("Un responsable de l’étude arbitre ; vous voyez ce qu’il a décidé."))
            return
        _decide(opened, lead, rows, following)
        if any(row["ruling"] is not None for row in rows):
            undo = _("Annuler l’arbitrage")
            with pressed("undo"):
                st.button(
                    f"{undo} `z`",
                    key=f"unrule {verbatim_id}",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_undo,
                    args=(opened, lead, verbatim_id),
                )


def pressed(name: str, width: Literal["stretch", "content"] = "stretch") -> DeltaGenerator:
    """Around the button that a key presses, if any: see board/static/rulings.js."""
    return st.container(key=f"disagreement-press-{name}" if name else None, width=width)


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
        icon, held = _STATES[_drafted(row)]
        theme = f"{f'`{digit}` ' if digit else ''}**{literal(label)}**"
        with pressed(digit):
            st.button(
                _("{theme} : {state}", theme=theme, state=_(held)),
                key=f"rule_{row['verbatim_id']} {row['theme']}",
                icon=icon,
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
    lines = []
    if row["retained"]:
        lines.append(_("Présent pour {coders}", coders=", ".join(row["retained"])))
    if row["rejected"]:
        lines.append(_("Absent pour {coders}", coders=", ".join(row["rejected"])))
    if row["ruling"] is not None:
        ruled = _(
            "Arbitré par {author} le {when} : {state}. « {reason} »",
            author=row["author"],
            when=moment(row["ruled_at"]),
            state=_("présent") if row["ruling"] else _("absent"),
            reason=row["reason"],
        )
        lines.append(ruled)
    if row["since"]:
        lines.append(_("Relu depuis par {coders}.", coders=", ".join(row["since"])))
    return lines


def _decide(opened: Study, lead: str, rows: Rows, following: str) -> None:
    verbatim_id = rows[0]["verbatim_id"]
    with st.form(f"adjudicate {verbatim_id}", border=False):
        key = f"reason {verbatim_id}"
        st.text_input(_("Motif"), key=key, placeholder=_("pourquoi, en quelques mots"))
        st.form_submit_button(
            _("Arbitrer et passer au suivant"),
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
        st.session_state[_FAULT] = _(
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
    st.session_state[_SAID] = _("Arbitré ; les décisions des codeurs restent.")


def _undo(opened: Study, lead: str, verbatim_id: str) -> None:
    st.session_state.pop(_DRAFT, None)
    try:
        opened.agreement.undo(lead, verbatim_id)
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.session_state[_SAID] = _("Arbitrage annulé.")
