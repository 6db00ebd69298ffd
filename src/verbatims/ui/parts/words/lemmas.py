"""Lemmes: each form, as which part of speech it is read, and its lemma; to change with a reason."""

import pandas as pd
import streamlit as st

from verbatims.content import CONTENT_POS
from verbatims.corrections import PARTS_OF_SPEECH
from verbatims.frames import LEMMA, TAKEN_BACK
from verbatims.language import N_, _
from verbatims.study import Study
from verbatims.ui.parts.text import escape
from verbatims.ui.parts.words import desk, examples, lists, rulings, table
from verbatims.ui.parts.words.read import Read
from verbatims.ui.parts.words.rulings import Ruling

KEY = "lemmas"
EXPLAINED = N_(
    "Le lemme réunit les formes d’un même mot : « coordonnons » et « coordonner ». "
    "Les thèmes et les classes se fondent sur lui."
)
_FULL, _ALL, _RULED = N_("Mots pleins"), N_("Toutes les natures"), N_("Mes décisions")


def draw(opened: Study, read: Read) -> None:
    """The list, and what can be ruled of the form chosen in it."""
    rows = listed(opened, read)
    listing, beside = desk.sides()
    with listing:
        with st.container(horizontal=True, vertical_alignment="center"):
            words = table.search(KEY, _("forme ou lemme"))
            rows = _of_nature(rows)
        found = lists.matching(rows, words)
        chosen = table.choose(
            found, _columns(), key=KEY, about=_("Formes et leurs lemmes"), several=False
        )
    with beside:
        if chosen.empty:
            desk.hint()
        else:
            _panel(opened, read, chosen.iloc[0])


def listed(opened: Study, read: Read) -> pd.DataFrame:
    """The list of this tab."""
    return lists.lemmas(read.words, rulings.standing(opened))


def count(_opened: Study, read: Read) -> int:
    """How many forms there are, each as often as it has natures and lemmas."""
    return len(read.words)


def _of_nature(rows: pd.DataFrame) -> pd.DataFrame:
    natures = sorted(set(rows["nature"]))
    chosen = st.selectbox(
        _("Nature"),
        [_FULL, _ALL, *natures, _RULED],
        format_func=_,
        key="lemmas_nature",
        persist_state="session",
        label_visibility="collapsed",
        width=190,
    )
    if chosen == _FULL:
        return rows[rows["pos"].isin(CONTENT_POS)]
    if chosen == _RULED:
        return rows[rows["decision"] != ""]
    return rows if chosen == _ALL else rows[rows["nature"] == chosen]


def _columns() -> table.Columns:
    return {
        "form": table.text(_("Forme")),
        "nature": table.text(_("Nature")),
        "lemma": table.text(_("Lemme")),
        "n": table.figure("n", help=_("Nombre de fois que la forme est lue ainsi")),
        "verbatims": table.figure(_("Verbatims")),
        "decision": table.text(_("Votre décision")),
    }


def _panel(opened: Study, read: Read, row: "pd.Series[str]") -> None:
    met = desk.met(int(row["n"]), int(row["verbatims"]))
    into = "" if row["lemma"] == row["form"] else row["lemma"]
    about = f"{_(row['nature'])} · {met}"
    desk.title(row["form"], into=into, about=about, decision=row["decision"])
    if row["reason"]:
        said = _("Motif : {reason}", reason=row["reason"])
        st.html(f'<p class="v-note">{escape(said)}</p>')
    _form(row)
    if row["decision"]:
        ruled = rulings.standing(opened)
        _take_back(row, ruled[ruled["kind"] == LEMMA])
    found = read.is_form([row["form"]]) & (read.lemmas["pos"] == row["pos"]).to_numpy()
    found &= (read.lemmas["lemma"] == row["lemma"]).to_numpy()
    name = f"{KEY} {row['form']} {row['pos']} {row['lemma']}"
    examples.draw(read, examples.rows(read, found), opened.questionnaire, key=name)


def _form(row: "pd.Series[str]") -> None:
    """The other lemma, why, and for which nature."""
    scopes = [row["pos"], ""] if row["pos"] in PARTS_OF_SPEECH else [""]
    with st.form("lemmas_form", border=False):
        lemma, reason = st.columns([1, 1.4], gap="small")
        lemma.text_input(_("Autre lemme"), key="lemmas_lemma")
        reason.text_input(_("Motif"), key="lemmas_reason", placeholder=_("en quelques mots"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.radio(
                _("Pour"),
                scopes,
                format_func=lambda pos: (
                    _("cette nature ({nature})", nature=_(row["nature"]))
                    if pos
                    else _("toutes les natures")
                ),
                key=f"lemmas_scope {row['pos']}",
                horizontal=True,
                width="stretch",
                label_visibility="collapsed",
            )
            st.form_submit_button(
                _("Changer le lemme"), on_click=_change, args=(row["form"], row["pos"])
            )


def _change(form: str, pos: str) -> None:
    lemma, reason = (st.session_state[f"lemmas_{name}"].strip() for name in ("lemma", "reason"))
    scope = st.session_state[f"lemmas_scope {pos}"]
    if not lemma:
        rulings.refuse(_("Écrivez le lemme."))
    elif rulings.make([Ruling(LEMMA, form, lemma, scope, reason)]):
        st.session_state["lemmas_lemma"] = st.session_state["lemmas_reason"] = ""


def _take_back(row: "pd.Series[str]", ruled: pd.DataFrame) -> None:
    """Take back the ruling that bears on this row: that of its nature, else that of all."""
    own = Ruling(LEMMA, row["form"], TAKEN_BACK, row["pos"])
    known = {
        Ruling(LEMMA, form, TAKEN_BACK, pos).thing
        for form, pos in zip(ruled["form"], ruled["pos"], strict=True)
    }
    wide = Ruling(LEMMA, row["form"], TAKEN_BACK)
    taken = own if own.thing in known else wide
    desk.act(_("Retirer ma décision"), [taken], key=KEY, name="back", type="tertiary")
