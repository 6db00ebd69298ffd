"""Réponses vides: the answers that say nothing, and those often given that may say nothing."""

import pandas as pd
import streamlit as st

from verbatims.frames import ANSWERED, EMPTY, EMPTY_ANSWER, TAKEN_BACK
from verbatims.study import Study
from verbatims.ui.parts.text import plural
from verbatims.ui.parts.words import desk, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "empties"
EXPLAINED = (
    "« RAS », « néant », « ne sais pas » : comptées à part, jamais codées ni classées. "
    "À la suite, les réponses données à l’identique par plusieurs personnes."
)
_ALL, _EMPTY, _OTHER = "Toutes", "Vides", "Réponses répétées"


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the answers chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, "mot de la réponse")
            rows = _filtered(rows)
            desk.add(
                "Ajouter une réponse à tenir pour vide",
                "Tenir pour vide",
                lambda typed: [Ruling(EMPTY_ANSWER, typed, EMPTY)],
                key=KEY,
                holder="la réponse entière",
            )
        found = lists.matching(rows, words)
        chosen = table.choose(found, _columns(), key=KEY, about="Réponses vides et répétées")
    with beside:
        _panel(chosen)


def listed(opened: Study, read: Read) -> pd.DataFrame:
    """The list of this tab."""
    return lists.answers(read.empties, read.repeated, rulings.standing(opened))


def count(opened: Study, read: Read) -> int:
    """How many different answers are taken as empty."""
    rows = listed(opened, read)
    return int((rows["decision"].where(rows["decision"] != "", rows["taken"]) == "vide").sum())


def _filtered(rows: pd.DataFrame) -> pd.DataFrame:
    chosen = st.segmented_control(
        "Montrer",
        [_ALL, _EMPTY, _OTHER],
        default=_ALL,
        required=True,
        key="empties_kept",
        persist_state="session",
        label_visibility="collapsed",
    )
    if chosen == _ALL:
        return rows
    return rows[(rows["taken"] == "réponse") == (chosen == _OTHER)]


def _columns() -> table.Columns:
    return {
        "form": table.text("Réponse", width=280),
        "n": table.figure("n", help="Nombre de personnes qui l’ont donnée"),
        "taken": table.text("Tenue pour"),
        "decision": table.text("Votre décision"),
    }


def _panel(chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        met = "" if pd.isna(row["n"]) else f"Donnée {plural(int(row['n']), 'fois', 'fois')}"
        desk.title(f"« {row['form']} »", about=met, decision=row["decision"])
    else:
        desk.several(forms, "réponses choisies")
    _actions(chosen)


def _actions(chosen: pd.DataFrame) -> None:
    taken = chosen["decision"].where(chosen["decision"] != "", chosen["taken"])
    empty = chosen.loc[taken == "vide", "form"]
    full = chosen.loc[taken != "vide", "form"]
    ruled = chosen.loc[chosen["decision"] != "", "form"]
    with st.container(horizontal=True):
        answered = [Ruling(EMPTY_ANSWER, form, ANSWERED) for form in empty]
        desk.act("En fait, c’est une réponse", answered, key=KEY, name="answered")
        emptied = [Ruling(EMPTY_ANSWER, form, EMPTY) for form in full]
        desk.act("Tenir pour vide", emptied, key=KEY, name="empty")
        back = [Ruling(EMPTY_ANSWER, form, TAKEN_BACK) for form in ruled]
        desk.act("Retirer ma décision", back, key=KEY, name="back", type="tertiary")
