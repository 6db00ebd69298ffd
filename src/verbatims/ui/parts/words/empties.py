"""Réponses vides: the answers that say nothing, and those often given that may say nothing."""

import pandas as pd
import streamlit as st

from verbatims.frames import ANSWERED, EMPTY, EMPTY_ANSWER, TAKEN_BACK
from verbatims.language import N_, _, ngettext
from verbatims.study import Study
from verbatims.ui.parts.text import number
from verbatims.ui.parts.words import desk, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "empties"
EXPLAINED = N_(
    "« RAS », « néant », « ne sais pas » : comptées à part, jamais codées ni classées. "
    "À la suite, les réponses données à l’identique par plusieurs personnes."
)
_ALL, _EMPTY, _OTHER = N_("Toutes"), N_("Vides"), N_("Réponses répétées")


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the answers chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, _("mot de la réponse"))
            rows = _filtered(rows)
            desk.add(
                _("Ajouter une réponse à tenir pour vide"),
                _("Tenir pour vide"),
                lambda typed: [Ruling(EMPTY_ANSWER, typed, EMPTY)],
                key=KEY,
                holder=_("la réponse entière"),
            )
        found = lists.matching(rows, words)
        about = _("Réponses vides et répétées")
        chosen = table.choose(found, _columns(), key=KEY, about=about)
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
        _("Montrer"),
        [_ALL, _EMPTY, _OTHER],
        default=_ALL,
        required=True,
        format_func=_,
        key="empties_kept",
        persist_state="session",
        label_visibility="collapsed",
    )
    if chosen == _ALL:
        return rows
    return rows[(rows["taken"] == "réponse") == (chosen == _OTHER)]


def _columns() -> table.Columns:
    return {
        "form": table.text(_("Réponse"), width=280),
        "n": table.figure("n", help=_("Nombre de personnes qui l’ont donnée")),
        "taken": table.text(_("Tenue pour")),
        "decision": table.text(_("Votre décision")),
    }


def _panel(chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        answer = _("« {text} »", text=row["form"])
        desk.title(answer, about=_met(row), decision=row["decision"])
    else:
        n = len(forms)
        desk.several(
            forms, ngettext("{n} réponse choisie", "{n} réponses choisies", n, n=number(n))
        )
    _actions(chosen)


def _met(row: "pd.Series[str]") -> str:
    if pd.isna(row["n"]):
        return ""
    n = int(row["n"])
    return ngettext("Donnée {n} fois", "Donnée {n} fois", n, n=number(n))


def _actions(chosen: pd.DataFrame) -> None:
    taken = chosen["decision"].where(chosen["decision"] != "", chosen["taken"])
    empty = chosen.loc[taken == "vide", "form"]
    full = chosen.loc[taken != "vide", "form"]
    ruled = chosen.loc[chosen["decision"] != "", "form"]
    with st.container(horizontal=True):
        answered = [Ruling(EMPTY_ANSWER, form, ANSWERED) for form in empty]
        desk.act(_("En fait, c’est une réponse"), answered, key=KEY, name="answered")
        emptied = [Ruling(EMPTY_ANSWER, form, EMPTY) for form in full]
        desk.act(_("Tenir pour vide"), emptied, key=KEY, name="empty")
        back = [Ruling(EMPTY_ANSWER, form, TAKEN_BACK) for form in ruled]
        desk.act(_("Retirer ma décision"), back, key=KEY, name="back", type="tertiary")
