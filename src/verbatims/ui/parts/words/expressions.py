"""Expressions: words held together as one; those that the corpus suggests."""

import pandas as pd
import streamlit as st

from verbatims.frames import EXPRESSION, HELD, REFUSED, TAKEN_BACK
from verbatims.language import N_, _, ngettext
from verbatims.study import Study
from verbatims.ui.parts.text import number
from verbatims.ui.parts.words import desk, examples, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "expressions"
EXPLAINED = N_(
    "Une expression compte comme un seul mot dans les classes, les nuages et les citations : "
    "« lien social », « réseau d’entreprises »."
)
_FILTERS = {
    "": N_("Toutes"),
    "tenue ensemble": N_("Tenues"),
    "refusée": N_("Refusées"),
    desk.UNDECIDED: N_("Proposées"),
}


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the expressions chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, _("mot de l’expression"))
            rows = desk.filtered(rows, _FILTERS, key=KEY)
            desk.add(
                _("Ajouter une expression"),
                _("Tenir ensemble"),
                lambda typed: [Ruling(EXPRESSION, typed, HELD)],
                key=KEY,
                holder=_("plusieurs mots, au singulier"),
            )
        found = lists.matching(rows, words)
        chosen = table.choose(found, _columns(), key=KEY, about=_("Expressions"))
    with beside:
        _panel(opened, read, chosen)


def listed(opened: Study, read: Read) -> pd.DataFrame:
    """The list of this tab."""
    return lists.expressions(read.held, read.proposals, rulings.standing(opened))


def count(opened: Study, _read: Read) -> int:
    """How many are held together."""
    standing = rulings.standing(opened)
    return int(((standing["kind"] == EXPRESSION) & (standing["value"] == HELD)).sum())


def _columns() -> table.Columns:
    return {
        "form": table.text(_("Expression")),
        "n": table.figure("n"),
        "verbatims": table.figure(_("Verbatims")),
        "score": table.figure(
            "G²",
            help=_("Rapport de vraisemblance : plus il est haut, plus ces mots vont ensemble"),
        ),
        "decision": table.text(_("Votre décision")),
    }


def _panel(opened: Study, read: Read, chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        desk.title(row["form"], about=_met(row), decision=row["decision"])
    else:
        n = len(forms)
        desk.several(
            forms,
            ngettext("{n} expression choisie", "{n} expressions choisies", n, n=number(n)),
        )
    _actions(chosen)
    if len(forms) == 1:
        met = read.expression(forms[0])
        examples.draw(read, met, opened.questionnaire, key=f"{KEY} {forms[0]}")


def _met(row: "pd.Series[str]") -> str:
    if pd.isna(row["n"]):
        counted = _("Sera comptée à la prochaine analyse.")
        return counted if row["decision"] != "refusée" else ""
    return desk.met(int(row["n"]), int(row["verbatims"]))


def _actions(chosen: pd.DataFrame) -> None:
    choices = ((_("Tenir ensemble"), HELD, "tenue ensemble"), (_("Refuser"), REFUSED, "refusée"))
    with st.container(horizontal=True):
        for label, value, decision in choices:
            forms = chosen.loc[chosen["decision"] != decision, "form"]
            made = [Ruling(EXPRESSION, form, value) for form in forms]
            desk.act(label, made, key=KEY, name=value)
        ruled = chosen.loc[chosen["decision"] != "", "form"]
        back = [Ruling(EXPRESSION, form, TAKEN_BACK) for form in ruled]
        desk.act(_("Retirer ma décision"), back, key=KEY, name="back", type="tertiary")
