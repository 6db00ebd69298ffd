"""Mots vides: the words that say nothing of the theme, the tool's and the analyst's."""

import pandas as pd
import streamlit as st

from verbatims.frames import KEPT, STOP, STOP_WORD, TAKEN_BACK
from verbatims.study import Study
from verbatims.ui.parts.text import plural
from verbatims.ui.parts.words import desk, examples, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "stops"
EXPLAINED = (
    "Ces mots sont lus, mais ne servent ni aux classes, ni aux nuages, ni au choix des citations. "
    "Gardez ceux qui, dans cette enquête, veulent dire quelque chose."
)
_FILTERS = {"": "Tous", "mot vide": "Ajoutés", "gardé": "Gardés"}


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the words chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, "mot")
            rows = desk.filtered(rows, _FILTERS, key=KEY)
            desk.add(
                "Ajouter un mot vide",
                "Ajouter",
                lambda typed: [Ruling(STOP_WORD, typed, STOP)],
                key=KEY,
                holder="lemme : « enquête », « question »",
            )
        found = lists.matching(rows, words)
        chosen = table.choose(found, _columns(), key=KEY, about="Mots vides")
    with beside:
        _panel(opened, read, chosen)


def listed(opened: Study, read: Read) -> pd.DataFrame:
    """The list of this tab."""
    return lists.stop_words(read.stop_words, rulings.standing(opened), read.lemma_counts)


def count(opened: Study, read: Read) -> int:
    """How many words are left without content: the tool's but those kept, and those added."""
    return int((listed(opened, read)["decision"] != "gardé").sum())


def _columns() -> table.Columns:
    return {
        "form": table.text("Mot"),
        "scope": table.text("Vide comme"),
        "n": table.figure("n", help="Nombre de fois que le mot est dans les réponses"),
        "decision": table.text("Votre décision"),
    }


def _panel(opened: Study, read: Read, chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        met = plural(int(row["n"]), "occurrence")
        desk.title(row["form"], about=met, decision=row["decision"])
    else:
        desk.several(forms, "mots choisis")
    _actions(chosen)
    if len(forms) == 1:
        met_rows = examples.rows(read, read.is_lemma(forms[0]))
        examples.draw(read, met_rows, opened.questionnaire, key=f"{KEY} {forms[0]}")


def _actions(chosen: pd.DataFrame) -> None:
    tool = chosen.loc[~chosen["decision"].isin(["mot vide", "gardé"]), "form"]
    ruled = chosen.loc[chosen["decision"] != "", "form"]
    with st.container(horizontal=True):
        kept = [Ruling(STOP_WORD, form, KEPT) for form in tool]
        desk.act("Garder : il a du sens ici", kept, key=KEY, name="keep")
        back = [Ruling(STOP_WORD, form, TAKEN_BACK) for form in ruled]
        desk.act("Retirer ma décision", back, key=KEY, name="back", type="tertiary")
