"""A word and the rows where it is met → a few answers that hold it, the word marked in them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from verbatims.language import _, ngettext
from verbatims.model import Questionnaire
from verbatims.ui.parts.text import escape, number
from verbatims.ui.parts.words.read import Flags, Read

_SHOWN = 5
_AROUND = 140  # characters on each side of the word

Span = tuple[int, int]


def draw(read: Read, met: pd.DataFrame, questionnaire: Questionnaire, *, key: str) -> None:
    """A few verbatims among those of these rows of LEMMAS, then others if asked."""
    ids = met["verbatim_id"].unique().tolist()
    if not ids:
        heading = _("Aucune réponse à montrer.")
        st.html(f'<p class="v-note">{heading}</p>')
        return
    seen = st.session_state.setdefault("word_examples", {})
    start = seen.get(key, 0) % len(ids)
    chosen = ids[start : start + _SHOWN]
    asked = questionnaire.open
    titles = {question.id: question.title for question in asked} if len(asked) > 1 else {}
    spans = _spans(met[met["verbatim_id"].isin(chosen)])
    quotes = "".join(_quote(read.texts.loc[name], spans[name], titles) for name in chosen)
    place = _place(start, len(chosen), len(ids))
    said = _("En contexte")
    st.html(
        f'<p class="v-label">{said} <span>{place}</span></p>'
        f'<div class="v-contexts" lang="fr">{quotes}</div>'
    )
    if len(ids) > _SHOWN:
        st.button(
            _("Autres exemples"),
            key=f"more {key}",
            type="tertiary",
            icon=":material/refresh:",
            on_click=seen.__setitem__,
            args=(key, start + len(chosen)),
        )


def rows(read: Read, found: Flags) -> pd.DataFrame:
    """The rows of LEMMAS so flagged, with what an example needs of them."""
    return read.lemmas.loc[found, ["verbatim_id", "start", "end"]]


def context(text: str, spans: Sequence[Span]) -> str:
    """The text around the first span, cut between words, each span marked; as HTML."""
    start, end = _window(text, spans[0])
    pieces = ["… " if start else ""]
    place = start
    for first, last in spans:
        if first < place or last > end:
            continue
        pieces += [escape(text[place:first]), f"<mark>{escape(text[first:last])}</mark>"]
        place = last
    pieces += [escape(text[place:end]), " …" if end < len(text) else ""]
    return "".join(pieces).strip()


def _place(start: int, shown: int, total: int) -> str:
    """« 12 verbatims », « 6 à 10 sur 12 verbatims »."""
    verbatims = ngettext("{n} verbatim", "{n} verbatims", total, n=number(total))
    if total <= shown:
        return verbatims
    return _(
        "{first} à {last} sur {verbatims}",
        first=start + 1,
        last=start + shown,
        verbatims=verbatims,
    )


def _window(text: str, span: Span) -> Span:
    """Where to cut: whole words, about as much on each side, and not for a few characters."""
    start, end = max(span[0] - _AROUND, 0), min(span[1] + _AROUND, len(text))
    if start < _AROUND // 2:
        start = 0
    if len(text) - end < _AROUND // 2:
        end = len(text)
    if start:
        space = text.find(" ", start, span[0])
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", span[1], end)
        end = space if space >= 0 else end
    return start, end


def _spans(met: pd.DataFrame) -> dict[str, list[Span]]:
    """Where the word stands in each verbatim, in order."""
    spans: dict[str, list[Span]] = {}
    columns = (met[name].tolist() for name in ("verbatim_id", "start", "end"))
    for name, start, end in zip(*columns, strict=True):
        spans.setdefault(name, []).append((start, end))
    return spans


def _quote(verbatim: "pd.Series[str]", spans: Sequence[Span], titles: dict[str, str]) -> str:
    about = " · ".join(
        filter(None, (verbatim["respondent_id"], titles.get(verbatim["question"], "")))
    )
    return (
        f"<blockquote>{context(verbatim['text'], spans)}"
        f"<footer>{escape(about)}</footer></blockquote>"
    )
