"""One answer and its readings side by side: who found which theme, where, and noted what."""

from collections.abc import Collection, Sequence

import streamlit as st

from verbatims.model import Codebook
from verbatims.study import Study
from verbatims.study.agreeing import Side
from verbatims.ui import reading
from verbatims.ui.keys import Key, keys
from verbatims.ui.parts.text import escape, moment, typeset


def draw(opened: Study, verbatim_id: str, disputed: Collection[str]) -> None:
    """The text, then a column per reader."""
    row = reading.load(opened).verbatim(verbatim_id)
    if row is None:
        st.html('<p class="v-nothing">Ce verbatim n’est plus dans l’étude.</p>')
        return
    sides = opened.agreement.sides(verbatim_id)
    question = opened.questionnaire[row["question"]].title
    columns = "".join(_side(opened.codebook, side, row["text"], disputed) for side in sides)
    with st.container(border=True):
        st.html(
            f'<p class="v-who"><b>{escape(row["respondent_id"])}</b> {escape(question)}</p>'
            f'<p class="v-disputed">{escape(row["text"])}</p><div class="v-sides">{columns}</div>'
        )


def _side(book: Codebook, side: Side, text: str, disputed: Collection[str]) -> str:
    """What one reader says; the disputed themes that they did not retain are told as well."""
    signs = keys(book)
    order = [*signs, *(theme for theme in (*side.present, *disputed) if theme not in signs)]
    told = [theme for theme in order if theme in side.present or theme in disputed]
    items = "".join(
        _theme(book.label(theme), signs.get(theme), theme in side.present, theme in disputed)
        + _passages(text, [(a, b) for own, a, b in side.passages if own == theme])
        for theme in told
    )
    nothing = "" if side.present else '<li class="v-note">Rien à coder.</li>'
    memo = f'<p class="v-memo">{escape(side.memo)}</p>' if side.memo else ""
    when = escape(typeset(f"lu le {moment(side.made_at)}"))
    return (
        f'<section><h3>{escape(side.coder)}</h3><p class="v-note">{when}</p>'
        f"<ul>{nothing}{items}</ul>{memo}</section>"
    )


def _theme(label: str, key: Key | None, present: bool, disputed: bool) -> str:
    sign = f'<span class="v-number {key.colour}">{escape(key.sign)}</span>' if key else ""
    kind = " ".join(
        name for name, holds in (("v-differs", disputed), ("v-missed", not present)) if holds
    )
    said = "présent" if present else "absent"
    verdict = f"<i>{said}</i>" if disputed else ""
    return f'<li class="{kind}">{sign}<b>{escape(label)}</b>{verdict}</li>'


def _passages(text: str, spans: Sequence[tuple[int, int]]) -> str:
    quotes = " ".join(f"« {text[start:end]} »" for start, end in spans)
    return f'<li class="v-passage">{escape(typeset(quotes))}</li>' if quotes else ""
