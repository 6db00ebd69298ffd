"""The answers in which a proposed term is met, the term marked in each."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from verbatims.language import _
from verbatims.study import Study
from verbatims.ui import reading, state
from verbatims.ui.parts.text import escape
from verbatims.ui.parts.words.examples import Span, context

Found = Mapping[tuple[str, str], Sequence[Span]]  # (verbatim_id, term) -> where it stands


def find(opened: Study, theme: str, added: pd.DataFrame) -> Found:
    """Where the terms proposed to a theme stand in their examples."""
    return state.kept(opened, f"examples {theme}", lambda: _find(opened, added))


def _find(opened: Study, added: pd.DataFrame) -> Found:
    ids = {name for names in added["examples"] for name in names}
    tags = opened.learning.passages(added["term"].tolist(), ids)
    spans: dict[tuple[str, str], list[Span]] = {}
    columns = (tags[name].tolist() for name in ("verbatim_id", "rule", "start", "end"))
    for name, term, start, end in zip(*columns, strict=True):
        spans.setdefault((name, term), []).append((start, end))
    return spans


def draw(opened: Study, term: str, ids: Sequence[str], found: Found) -> None:
    """A popover with the examples of a proposal."""
    read = reading.load(opened)
    quotes = ""
    for name in ids:
        verbatim = read.verbatim(name)
        if verbatim is not None and (name, term) in found:
            text = context(verbatim["text"], found[name, term])
            about = escape(verbatim["respondent_id"])
            quotes += f"<blockquote>{text}<footer>{about}</footer></blockquote>"
    if quotes:
        with st.popover(_("Exemples"), type="tertiary", width="stretch"):
            st.html(f'<div class="v-contexts" lang="fr">{quotes}</div>', width=460)
