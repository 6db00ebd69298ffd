"""Mes décisions: the rulings that stand, to take back or to take away as a file."""

import pandas as pd
import streamlit as st

from verbatims.export.csv_files import FORMULA
from verbatims.frames import TAKEN_BACK
from verbatims.language import N_, _, ngettext
from verbatims.study import Study
from verbatims.ui.parts import page
from verbatims.ui.parts.text import moment
from verbatims.ui.parts.words import desk, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "rulings"
EXPLAINED = N_(
    "Ce que vous avez décidé des mots de cette étude, du plus récent au plus ancien. "
    "Une décision retirée rend le mot à l’outil ; le journal garde tout."
)
_FILE = {
    "title": N_("Genre"),
    "form": N_("Forme"),
    "nature": N_("Nature"),
    "decision": N_("Décision"),
    "reason": N_("Motif"),
    "author": N_("Par"),
    "when": N_("Le"),
}


def draw(opened: Study, _read: Read) -> None:
    """The rulings, and the buttons for those that are chosen."""
    rows = listed(opened)
    if rows.empty:
        page.note(_("Aucune décision pour l’instant."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        words = table.search(KEY, _("forme, décision ou motif"))
        _take(rows)
    found = lists.matching(rows, words)
    columns = {name: table.text(_(title)) for name, title in _FILE.items()}
    chosen = table.choose(found, columns, key=KEY, about=_("Décisions sur les mots"))
    if len(chosen):
        _actions(chosen)


def listed(opened: Study) -> pd.DataFrame:
    """The list of this tab."""
    rows = lists.decisions(rulings.standing(opened))
    return rows.assign(when=rows["made_at"].map(moment))


def count(opened: Study, _read: Read) -> int:
    """How many rulings stand."""
    return len(rulings.standing(opened))


def _safe(rows: pd.DataFrame) -> pd.DataFrame:
    """No cell that a spreadsheet would run as a formula."""
    return rows.map(lambda cell: f"'{cell}" if str(cell).startswith(FORMULA) else cell)


def _take(rows: pd.DataFrame) -> None:
    st.download_button(
        _("Télécharger"),
        lambda: (
            _safe(rows[list(_FILE)])
            .rename(columns=_FILE)
            .to_csv(sep=";", index=False)
            .encode("utf-8-sig")
        ),
        "decisions_mots.csv",
        "text/csv",
        key="rulings_file",
        on_click="ignore",
        icon=":material/download:",
    )


def _actions(chosen: pd.DataFrame) -> None:
    columns = (chosen[name] for name in ("kind", "form", "pos"))
    back = [Ruling(kind, form, TAKEN_BACK, pos) for kind, form, pos in zip(*columns, strict=True)]
    label = ngettext("Retirer cette décision", "Retirer ces {n} décisions", len(back))
    with st.container(horizontal=True, vertical_alignment="center"):
        desk.act(label, back, key=KEY, name="back")
        if len(back) == 1:
            ruling = chosen.iloc[0]
            desk.about(
                _(
                    "{kind} : « {form} » {decision}",
                    kind=lists.shown(ruling["title"]),
                    form=ruling["form"],
                    decision=lists.shown(ruling["decision"]),
                )
            )
