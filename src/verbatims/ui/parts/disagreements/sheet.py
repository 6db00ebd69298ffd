"""One answer and its readings side by side: who found which theme, where, and noted what."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from verbatims.frames import BLANK
from verbatims.language import _
from verbatims.model import Codebook, Source
from verbatims.study import Study
from verbatims.study.agreeing import Side
from verbatims.ui import reading
from verbatims.ui.keys import keys
from verbatims.ui.parts.disagreements.ruling import sign
from verbatims.ui.parts.text import escape, moment, typeset

TURNS = 2  # shown before and after one of an interview


def draw(opened: Study, verbatim_id: str, disputed: Sequence[str]) -> None:
    """The text, with what was said around it in an interview, then a column per reader."""
    row = reading.load(opened).verbatim(verbatim_id)
    if row is None:
        label = _("Ce verbatim n’est plus dans l’étude.")
        st.html(f'<p class="v-nothing">{label}</p>')
        return
    sides = opened.agreement.sides(verbatim_id)
    question = opened.questionnaire[row["question"]]
    signs = {theme: sign(place) for place, theme in enumerate(disputed, start=1)}
    columns = "".join(_side(opened.codebook, side, row["text"], signs) for side in sides)
    before, after = _turns(opened, row) if question.source is Source.INTERVIEW else ("", "")
    with st.container(border=True):
        st.html(
            f'<p class="v-who"><b>{escape(row["respondent_id"])}</b> {escape(question.title)}'
            f'</p>{before}<p class="v-disputed">{escape(row["text"])}</p>{after}'
            f'<div class="v-sides">{columns}</div>'
        )


def _turns(opened: Study, row: "pd.Series[str]") -> tuple[str, str]:
    """What was said just before and just after, in an interview."""
    verbatims = reading.load(opened).verbatims
    own = verbatims[verbatims["respondent_id"] == row["respondent_id"]]
    own = own[(own["status"] != BLANK) | (own["verbatim_id"] == row["verbatim_id"])]
    at = own["verbatim_id"].tolist().index(row["verbatim_id"])
    turns = own["text"].tolist()
    around = (turns[max(at - TURNS, 0) : at], turns[at + 1 : at + 1 + TURNS])
    before, after = (
        "".join(f'<p class="v-around">{escape(text)}</p>' for text in texts) for texts in around
    )
    return before, after


def _side(book: Codebook, side: Side, text: str, disputed: Mapping[str, str]) -> str:
    """What one reader says; the disputed themes that they did not retain are told as well."""
    known = keys(book)
    order = [*known, *(theme for theme in (*side.present, *disputed) if theme not in known)]
    told = [theme for theme in order if theme in side.present or theme in disputed]
    items = "".join(
        _theme(
            book.label(theme),
            _mark(disputed.get(theme, ""), known[theme].colour if theme in known else ""),
            theme in side.present,
            theme in disputed,
        )
        + _passages(text, [(a, b) for own, a, b in side.passages if own == theme])
        for theme in told
    )
    said = _("Rien à coder.")
    nothing = "" if side.present else f'<li class="v-note">{said}</li>'
    memo = f'<p class="v-memo">{escape(side.memo)}</p>' if side.memo else ""
    when = escape(typeset(_("lu le {when}", when=moment(side.made_at))))
    return (
        f'<section><h3>{escape(side.coder)}</h3><p class="v-note">{when}</p>'
        f"<ul>{nothing}{items}</ul>{memo}</section>"
    )


def _mark(digit: str, colour: str) -> str:
    return f'<span class="v-number {colour}">{digit}</span>' if digit else ""


def _theme(label: str, mark: str, present: bool, disputed: bool) -> str:
    kind = " ".join(
        name for name, holds in (("v-differs", disputed), ("v-missed", not present)) if holds
    )
    said = _("présent") if present else _("absent")
    verdict = f"<i>{said}</i>" if disputed else ""
    return f'<li class="{kind}">{mark}<b>{escape(label)}</b>{verdict}</li>'


def _passages(text: str, spans: Sequence[tuple[int, int]]) -> str:
    quotes = " ".join(_("« {text} »", text=text[start:end]) for start, end in spans)
    return f'<li class="v-passage">{escape(typeset(quotes))}</li>' if quotes else ""
