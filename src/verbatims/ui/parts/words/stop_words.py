"""Mots vides: the words that say nothing of the theme, the tool's and the analyst's."""

import pandas as pd
import streamlit as st

from verbatims.frames import KEPT, STOP, STOP_WORD, TAKEN_BACK
from verbatims.language import N_, _, ngettext
from verbatims.study import Study
from verbatims.ui.parts.text import number
from verbatims.ui.parts.words import desk, examples, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "stops"
EXPLAINED = N_(
    "Ces mots sont lus, mais ne servent ni aux classes, ni aux nuages, ni au choix des citations. "
    "Gardez ceux qui, dans cette enquête, veulent dire quelque chose."
)
_FILTERS = {"": N_("Tous"), "mot vide": N_("Ajoutés"), "gardé": N_("Gardés")}


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the words chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, _("mot"))
            rows = desk.filtered(rows, _FILTERS, key=KEY)
            desk.add(
                _("Ajouter un mot vide"),
                _("Ajouter"),
                lambda typed: [Ruling(STOP_WORD, typed, STOP)],
                key=KEY,
                holder=_("lemme : « enquête », « question »"),
            )
        found = lists.matching(rows, words)
        chosen = table.choose(found, _columns(), key=KEY, about=_("Mots vides"))
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
        "form": table.text(_("Mot")),
        "scope": table.text(_("Vide comme")),
        "n": table.figure("n", help=_("Nombre de fois que le mot est dans les réponses")),
        "decision": table.text(_("Votre décision")),
    }


def _panel(opened: Study, read: Read, chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        n = int(row["n"])
        met = ngettext("{n} occurrence", "{n} occurrences", n, n=number(n))
        desk.title(row["form"], about=met, decision=row["decision"])
    else:
        n = len(forms)
        desk.several(forms, ngettext("{n} mot choisi", "{n} mots choisis", n, n=number(n)))
    _actions(chosen)
    if len(forms) == 1:
        met_rows = examples.rows(read, read.is_lemma(forms[0]))
        examples.draw(read, met_rows, opened.questionnaire, key=f"{KEY} {forms[0]}")


def _actions(chosen: pd.DataFrame) -> None:
    tool = chosen.loc[~chosen["decision"].isin(["mot vide", "gardé"]), "form"]
    ruled = chosen.loc[chosen["decision"] != "", "form"]
    with st.container(horizontal=True):
        kept = [Ruling(STOP_WORD, form, KEPT) for form in tool]
        desk.act(_("Garder : il a du sens ici"), kept, key=KEY, name="keep")
        back = [Ruling(STOP_WORD, form, TAKEN_BACK) for form in ruled]
        desk.act(_("Retirer ma décision"), back, key=KEY, name="back", type="tertiary")
