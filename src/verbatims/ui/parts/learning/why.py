"""Why each theme is suggested for the verbatim on the desk: its score, and its reasons in words."""

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from verbatims.errors import counted
from verbatims.frames import READ
from verbatims.model import Codebook, Theme
from verbatims.study import Study
from verbatims.ui.parts.text import escape, percent, typeset
from verbatims.ui.parts.verbatim import colour, sign

BEGINNER = 20  # answers under which a coder is shown the reasons without asking for them
_OPEN, _KEY = "why_open", "coding_why"
_SHORT = re.compile(" réponses? sur ")

_SUREST = 0.99  # a probability that is learned is never certain


def look(opened: Study, coder: str) -> None:
    """Whether the reasons are shown, until the coder says otherwise."""
    if _OPEN not in st.session_state:
        own = opened.decisions()
        own = own[(own["coder"] == coder) & (own["value"] == READ)]
        st.session_state[_OPEN] = own["verbatim_id"].nunique() < BEGINNER


def draw(opened: Study, tags: pd.DataFrame, *, note: str, calibrated: bool) -> None:
    """The suggestions on one verbatim, with what all of them stand on."""
    found = tags[tags["theme"].isin([theme.id for theme in opened.codebook])]
    title = counted(found["theme"].nunique(), "suggestion") if len(found) else "aucune suggestion"
    box = st.expander(
        f"Pourquoi — {title}",
        expanded=st.session_state.get(_OPEN, True),
        key=_KEY,
        type="compact",
        on_change=_remember,
    )
    with box:
        told = lines(opened.codebook, found, calibrated=calibrated)
        stands = f'<p class="v-note">{escape(typeset(note))}</p>' if note else ""
        st.html(f"{told}{stands}" or '<p class="v-note">Rien à expliquer.</p>')


def _remember() -> None:
    st.session_state[_OPEN] = st.session_state[_KEY]


def lines(codebook: Codebook, tags: pd.DataFrame, *, calibrated: bool) -> str:
    """One line per suggested theme, the surest first; as HTML."""
    places = {theme.id: (place, theme) for place, theme in enumerate(codebook, start=1)}
    ranked = tags.sort_values("score", ascending=False, kind="stable")
    themes = [name for name in ranked["theme"].unique() if name in places]
    told = [_line(*places[name], tags[tags["theme"] == name], calibrated) for name in themes]
    return f'<ul class="v-why" lang="fr">{"".join(told)}</ul>' if told else ""


def _line(place: int, theme: Theme, own: pd.DataFrame, calibrated: bool) -> str:
    pairs = list(zip(own["rule"], own["evidence"], strict=True))
    by_term = any(_written(theme, rule) for rule, _ in pairs)
    how = "par les termes" if by_term else "ressemblance"
    score = percent(min(own["score"].max(), _SUREST)) if calibrated else how
    return (
        f'<li><span class="v-number {colour(place)}">{sign(place)}</span>'
        f"<b>{escape(theme.label)}</b><i>{score}</i>"
        f"<span>{escape(typeset(' ; '.join(reasons(theme, pairs))))}</span></li>"
    )


def reasons(theme: Theme, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The reasons (rule, words of the text) of a theme, each said once, those of a kind together.

    « appris : « tri » (12 réponses sur 14), « bac » (5 sur 6) ».
    """
    kinds: dict[str, list[str]] = {}
    for rule, words in pairs:
        kind, reason = _parted(theme, rule, words)
        said = kinds.setdefault(kind, [])
        if reason not in said:
            said.append(reason)
    return [_joined(kind, said) for kind, said in kinds.items()]


def _parted(theme: Theme, rule: str, words: str) -> tuple[str, str]:
    """A reason as its kind, "" when it has none, and the rest."""
    if _written(theme, rule):
        return "terme", f"« {rule} »{_as_found(rule, words)}"
    kind, said, reason = rule.partition(" : ")
    return (kind, reason) if said else ("", rule)


def _joined(kind: str, said: Sequence[str]) -> str:
    first, *others = said
    told = ", ".join((first, *(_SHORT.sub(" sur ", reason) for reason in others)))
    return f"{kind} : {told}" if kind else told


def _written(theme: Theme, rule: str) -> bool:
    return rule in {term.written for term in theme.terms}


def _as_found(rule: str, words: str) -> str:
    return "" if words.casefold() == rule.casefold() else f" (« {words} »)"
