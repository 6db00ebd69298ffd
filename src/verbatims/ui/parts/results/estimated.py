"""« Estimation »: the share of each theme in all the answers, from those that chance chose."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.language import _, ngettext, number, percent
from verbatims.model import Figure, Role, Table
from verbatims.study import Study
from verbatims.study.prevalence import EXACT, MACHINE
from verbatims.ui import state, steps
from verbatims.ui.parts import filters, findings, page
from verbatims.ui.parts.grid import scrolled
from verbatims.ui.parts.learning.figures import share
from verbatims.ui.parts.results import made, subjects
from verbatims.ui.parts.text import escape, typeset

Row = Mapping[Hashable, Any]

_QUESTION = "results_estimated"


def draw(opened: Study) -> None:
    """A figure and its interval for each theme, and how many more answers would narrow it."""
    page.note(
        _(
            "Quand une partie seulement des réponses est codée, et que le hasard a choisi "
            "lesquelles, la part de chaque thème dans toutes les réponses s’estime : un chiffre, "
            "et l’intervalle où il se trouve 95 fois sur 100. La machine resserre l’intervalle ; "
            "elle ne décide pas du chiffre, et ses erreurs y sont comptées."
        )
    )
    question = _question(opened)
    figure = Figure(question, estimated=True)
    with st.spinner(_("Estimation…")):
        table = made.table(opened, figure)
    _bar(opened, figure, table)
    _shares(table)
    _refused(table)
    page.note(" ".join(table.notes))


def _question(opened: Study) -> str:
    titles = {
        name: title
        for name, title in subjects.titles(opened).items()
        if subjects.is_open(opened, name)
    }
    chosen: str = st.selectbox(
        _("Question ouverte"),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key=_QUESTION,
        label_visibility="collapsed",
        width=560,
        persist_state="session",
    )
    return chosen


def _bar(opened: Study, figure: Figure, table: Table) -> None:
    """How much was drawn and read, the way to go on, and the way to keep the figures."""
    drawn = int(table.rows["drawn"].max()) if len(table.rows) else 0
    total = int(table.rows["total"].max()) if len(table.rows) else 0
    said = _read(drawn, total)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="v-said" role="status">{said}</p>', width="content")
        if drawn < total and state.may(Role.CODER) and _goes_on():
            filters.at_random(figure.question)
            st.switch_page(steps.CODING.page)
        st.space("stretch")
        if _due(table).any():
            findings.keep_button(opened, figure, table)


def _read(drawn: int, total: int) -> str:
    """« 120 réponses tirées au hasard et lues, sur 1 355 », for HTML."""
    if drawn == total:
        return escape(_("Toutes les réponses sont lues : ces parts sont exactes."))
    read = ngettext(
        "{n} réponse tirée au hasard et lue", "{n} réponses tirées au hasard et lues", drawn
    )
    return _("{read}, sur {total}", read=f"<b>{read}</b>", total=number(total))


def _goes_on() -> bool:
    return st.button(_("Coder au hasard"), key="results_code", icon=":material/shuffle:")


def _due(table: Table) -> "pd.Series[bool]":
    """The themes of which something is estimated, were it only how high the share may be."""
    return table.rows["high"].notna()


def _shares(table: Table) -> None:
    rows = table.rows[_due(table)].sort_values("share", ascending=False, kind="stable")
    if rows.empty:
        return
    exact = (rows["method"] == EXACT).all()
    titles = [_("Thème"), _("Part") if exact else _("Part estimée"), _("Trouvé parmi les lues")]
    if not exact:
        titles += [_("Avec la machine"), _("À coder encore")]
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_line(row) for row in rows.to_dict("records"))
    said = escape(table.title)
    caption = f'<caption class="v-hidden">{said}</caption>'
    made = f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    st.html(scrolled(f'<table class="v-table v-sure">{made}</table>', table.title))


def _line(row: Row) -> str:
    n, drawn = number(row["n"]), number(row["drawn"])
    cells = [_estimate(row), escape(_("{n} sur {base}", n=n, base=drawn))]
    if row["method"] != EXACT:
        cells += [escape(_worth(row)), escape(_more(row))]
    return (
        f'<tr><th scope="row">{escape(str(row["label"]))}</th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    )


def _estimate(row: Row) -> str:
    """The share, its interval as a band and in words; for HTML."""
    if pd.isna(row["share"]):
        return escape(_("au plus {high}", high=percent(row["high"])))
    if row["method"] == EXACT:
        return f"<b>{percent(row['share'])}</b>"
    notes = (row[name] for name in ("caution", "note") if row[name])
    said = "".join(f'<p class="v-note">{escape(typeset(str(note)))}</p>' for note in notes)
    return share(row["share"], row["low"], row["high"]) + said


def _worth(row: Row) -> str:
    """« valent 141 réponses lues »; nothing when only coders speak."""
    if row["method"] != MACHINE:
        return "—"
    worth = int(row["worth"])
    return ngettext(
        "valent {told} réponse lue", "valent {told} réponses lues", worth, told=number(worth)
    )


def _more(row: Row) -> str:
    """« environ 80 de plus pour ± 5 points »."""
    more = int(row["more"])
    if not more:
        return _("aucune : déjà à ± 5 points")
    return ngettext(
        "environ {told} de plus pour ± 5 points",
        "environ {told} de plus pour ± 5 points",
        more,
        told=number(more),
    )


def _refused(table: Table) -> None:
    """Why nothing is estimated for some themes."""
    rows = table.rows[~_due(table)]
    for note, own in rows.groupby("note", sort=False):
        named = ", ".join(str(label) for label in own["label"])
        about = f"<b>{escape(named)}</b>\u00a0: " if len(own) < len(table.rows) else ""
        st.html(f'<p class="v-note">{about}{escape(typeset(str(note)))}</p>')
