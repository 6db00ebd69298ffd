"""What the tabs share: a list on the left, what is chosen in it on the right, and its buttons."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from verbatims.ui.parts.text import escape, literal, number, plural, typeset
from verbatims.ui.parts.words import rulings, table
from verbatims.ui.parts.words.rulings import Ruling

UNDECIDED = "?"
_NAMED = 12
_HINT = "Pointez une ligne pour la voir de près ; cochez-en plusieurs pour décider d’un coup."


def sides() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The list, and beside it what is chosen."""
    left, right = st.columns([1.45, 1], gap="medium")
    return left, right


def filtered(rows: pd.DataFrame, kept: Mapping[str, str], *, key: str) -> pd.DataFrame:
    """The rows with the decision that is asked for; `kept` names each, "" being all of them."""
    chosen = st.segmented_control(
        "Montrer",
        list(kept),
        default=next(iter(kept)),
        required=True,
        format_func=kept.__getitem__,
        key=f"{key}_kept",
        persist_state="session",
        label_visibility="collapsed",
    )
    if chosen == UNDECIDED:
        return rows[rows["decision"] == ""]
    return rows[rows["decision"] == chosen] if chosen else rows


def title(word: str, *, into: str = "", about: str = "", decision: str = "") -> None:
    """The word that is chosen, what it is read as, what was decided of it."""
    arrow = f' <i aria-label="lu comme">→</i> <b>{escape(into)}</b>' if into else ""
    ruled = f'<span class="v-ruled">{escape(decision)}</span>' if decision else ""
    st.html(
        f'<h2 class="v-word" lang="fr"><b>{escape(word)}</b>{arrow}{ruled}</h2>'
        f'<p class="v-note">{escape(typeset(about))}</p>'
    )


def met(n: int, verbatims: int) -> str:
    """How often and where: « 6 occurrences dans 4 verbatims »."""
    return f"{plural(n, 'occurrence')} dans {plural(verbatims, 'verbatim')}"


def several(words: Sequence[str], what: str) -> None:
    """How many are ticked, and the first of them by name."""
    first = ", ".join(words[:_NAMED])
    others = f" et {number(len(words) - _NAMED)} autres" if len(words) > _NAMED else ""
    st.html(
        f'<h2 class="v-word">{number(len(words))} {escape(what)}</h2>'
        f'<p class="v-note" lang="fr">{escape(first)}{others}</p>'
    )


def hint() -> None:
    """What to do while nothing is chosen."""
    st.html(f'<p class="v-note">{typeset(_HINT)}</p>')


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
    with st.popover("Ajouter", icon=":material/add:"):
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
        rulings.refuse("Écrivez d’abord dans le champ.")
    elif rulings.make(made(typed)):
        st.session_state[f"{key}_{name}"] = ""
        table.untick(key)
