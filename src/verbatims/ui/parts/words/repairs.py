"""Réparations: each word read as another one, to refuse or to force."""

from functools import partial

import pandas as pd
import streamlit as st

from verbatims.corrections import key
from verbatims.frames import REPAIR, TAKEN_BACK
from verbatims.language import N_, _, ngettext
from verbatims.study import Study
from verbatims.ui.parts.text import number
from verbatims.ui.parts.words import desk, examples, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "repairs"
EXPLAINED = N_(
    "Fautes de frappe, accents et majuscules : le mot écrit est lu comme un mot connu. "
    "Le texte d’origine n’est jamais modifié."
)


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the words chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, _("mot écrit ou lu"))
            _add()
        found = lists.matching(rows, words)
        chosen = table.choose(found, _columns(), key=KEY, about=_("Mots lus comme un autre"))
    with beside:
        _panel(opened, read, chosen)


def listed(opened: Study, read: Read) -> pd.DataFrame:
    """The list of this tab."""
    standing = rulings.standing(opened)
    ruled = standing.loc[standing["kind"] == REPAIR, "form"].tolist()
    return lists.repairs(read.repairs, standing, read.counts_of(ruled))


def count(opened: Study, read: Read) -> int:
    """How many words are read as another one, or were ruled on."""
    return len(listed(opened, read))


def _columns() -> table.Columns:
    return {
        "form": table.text(_("Écrit")),
        "read": table.text(_("Lu")),
        "n": table.figure("n", help=_("Nombre de fois que le mot est écrit ainsi")),
        "verbatims": table.figure(_("Verbatims")),
        "decision": table.text(_("Votre décision")),
    }


def _panel(opened: Study, read: Read, chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    if not forms:
        desk.hint()
        return
    if len(forms) == 1:
        row = chosen.iloc[0]
        met = desk.met(int(row["n"]), int(row["verbatims"]))
        into = row["read"] if key(REPAIR, row["read"]) != row["form"] else ""
        desk.title(row["form"], into=into, about=met, decision=row["decision"])
    else:
        n = len(forms)
        desk.several(forms, ngettext("{n} mot choisi", "{n} mots choisis", n, n=number(n)))
    _actions(chosen)
    found = read.is_form(forms) & read.lemmas["repaired"].isin(chosen["repaired"]).to_numpy()
    met_rows = examples.rows(read, found)
    examples.draw(read, met_rows, opened.questionnaire, key=f"{KEY} {forms[0]} {len(forms)}")


def _actions(chosen: pd.DataFrame) -> None:
    forms = chosen["form"].tolist()
    open_ = chosen[chosen["decision"] != lists.AS_WRITTEN]["form"]
    ruled = chosen[chosen["decision"] != ""]["form"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        desk.act(
            _("Refuser"),
            [Ruling(REPAIR, form, form) for form in open_],
            key=KEY,
            name="refuse",
            icon=":material/block:",
            help=_("Lire le mot tel qu’il est écrit"),
        )
        desk.act(
            _("Retirer ma décision"),
            [Ruling(REPAIR, form, TAKEN_BACK) for form in ruled],
            key=KEY,
            name="back",
            type="tertiary",
        )
    desk.ask(
        _("Corriger en…"),
        _("Corriger"),
        partial(_forced, forms),
        key=KEY,
        name="force",
        holder=_("mot à lire"),
    )


def _forced(forms: list[str], typed: str) -> list[Ruling]:
    return [Ruling(REPAIR, form, typed) for form in forms]


def _add() -> None:
    """A word that the tool reads as it is written, and should not."""
    with (
        st.popover(_("Ajouter"), icon=":material/add:"),
        st.form("repairs_add_form", border=False),
    ):
        st.text_input(_("Mot écrit"), key="repairs_written", placeholder=_("tel qu’on le trouve"))
        st.text_input(_("Mot à lire"), key="repairs_meant", placeholder=_("correctement écrit"))
        st.form_submit_button(_("Ajouter la réparation"), on_click=_added)


def _added() -> None:
    written, meant = (st.session_state[f"repairs_{name}"] for name in ("written", "meant"))
    if not (written.strip() and meant.strip()):
        rulings.refuse(_("Donnez le mot écrit et le mot à lire."))
    elif rulings.make([Ruling(REPAIR, written, meant)]):
        st.session_state["repairs_written"] = st.session_state["repairs_meant"] = ""
