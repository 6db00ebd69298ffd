"""What the tabs share: a list on the left, what is chosen in it on the right, and its buttons."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from verbatims.language import N_, _, ngettext
from verbatims.ui.parts.text import escape, literal, number, typeset
from verbatims.ui.parts.words import lists, rulings, table
from verbatims.ui.parts.words.rulings import Ruling

UNDECIDED = "?"
_NAMED = 12
_HINT = N_("Pointez une ligne pour la voir de près ; cochez-en plusieurs pour décider d’un coup.")


def sides() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The list, and beside it what is chosen."""
    left, right = st.columns([1.45, 1], gap="medium")
    return left, right


def filtered(rows: pd.DataFrame, kept: Mapping[str, str], *, key: str) -> pd.DataFrame:
    """The rows with the decision asked for; `kept` names each, still to be said; "" is all."""
    chosen = st.segmented_control(
        _("Montrer"),
        list(kept),
        default=next(iter(kept)),
        required=True,
        format_func=lambda decision: _(kept[decision]),
        key=f"{key}_kept",
        persist_state="session",
        label_visibility="collapsed",
    )
    if chosen == UNDECIDED:
        return rows[rows["decision"] == ""]
    return rows[rows["decision"] == chosen] if chosen else rows


def title(word: str, *, into: str = "", about: str = "", decision: str = "") -> None:
    """The word that is chosen, what it is read as, what was decided of it (see `lists`)."""
    read_as = escape(_("lu comme"))
    arrow = f' <i aria-label="{read_as}">→</i> <b>{escape(into)}</b>' if into else ""
    ruled = f'<span class="v-ruled">{escape(lists.shown(decision))}</span>' if decision else ""
    st.html(
        f'<h2 class="v-word" lang="fr"><b>{escape(word)}</b>{arrow}{ruled}</h2>'
        f'<p class="v-note">{escape(typeset(about))}</p>'
    )


def met(n: int, verbatims: int) -> str:
    """How often and where: « 6 occurrences dans 4 verbatims »."""
    return _(
        "{occurrences} dans {verbatims}",
        occurrences=ngettext("{n} occurrence", "{n} occurrences", n, n=number(n)),
        verbatims=ngettext("{n} verbatim", "{n} verbatims", verbatims, n=number(verbatims)),
    )


def several(words: Sequence[str], how_many: str) -> None:
    """How many are ticked, and the first of them by name."""
    named = ", ".join(words[:_NAMED])
    others = len(words) - _NAMED
    if others > 0:
        named = ngettext(
            "{first} et {n} autre",
            "{first} et {n} autres",
            others,
            first=named,
            n=number(others),
        )
    st.html(
        f'<h2 class="v-word">{escape(how_many)}</h2><p class="v-note" lang="fr">{escape(named)}</p>'
    )


def hint() -> None:
    """What to do while nothing is chosen."""
    st.html(f'<p class="v-note">{typeset(_(_HINT))}</p>')


def act(label: str, made: Sequence[Ruling], *, key: str, name: str, **look: str) -> None:
    """A button that makes these rulings in one gesture; none where there is nothing to make."""
    if not made:
        return
    st.button(
        label,
        key=f"{key}_{name}",
        on_click=_act,
        args=(key, tuple(made)),
        **look,  # type: ignore[arg-type]
    )


def ask(
    label: str,
    button: str,
    made: Callable[[str], Sequence[Ruling]],
    *,
    key: str,
    name: str,
    holder: str = "",
) -> None:
    """A field and its button, which makes the rulings that what is typed asks for."""
    with (
        st.form(f"{key}_{name}_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(label, key=f"{key}_{name}", placeholder=holder)
        st.form_submit_button(button, on_click=_typed, args=(key, name, made))


def add(
    label: str, button: str, made: Callable[[str], Sequence[Ruling]], *, key: str, holder: str
) -> None:
    """The same, behind a button of the list: for what is not in it."""
    with st.popover(_("Ajouter"), icon=":material/add:"):
        ask(label, button, made, key=key, name="add", holder=holder)


def fault() -> None:
    """What was wrong with the last gesture."""
    if rulings.fault():
        st.error(literal(typeset(rulings.fault())))


def about(text: str) -> None:
    """What a button beside bears on."""
    st.html(f'<p class="v-note" lang="fr">{escape(typeset(text))}</p>')


def _act(key: str, made: Sequence[Ruling]) -> None:
    if rulings.make(made):
        table.untick(key)


def _typed(key: str, name: str, made: Callable[[str], Sequence[Ruling]]) -> None:
    typed = " ".join(st.session_state[f"{key}_{name}"].split())
    if not typed:
        rulings.refuse(_("Écrivez d’abord dans le champ."))
    elif rulings.make(made(typed)):
        st.session_state[f"{key}_{name}"] = ""
        table.untick(key)
