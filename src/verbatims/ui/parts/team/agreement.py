"""Accord: how far coders who read the same answers agree; a picture first, then the figures."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.export import FRENCH, write_agreement
from verbatims.language import N_, _, number, percent
from verbatims.measures.agreement import printed
from verbatims.study import Measured, Study
from verbatims.ui import state, steps
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading
from verbatims.ui.parts.grid import draw as draw_grid
from verbatims.ui.parts.team import dots
from verbatims.ui.parts.text import escape, typeset

_COUNTS = {
    "n": N_("Codées à plusieurs"),
    "both": N_("Tous : présent"),
    "first": N_("Seulement {coder}"),
    "second": N_("Seulement {coder}"),
    "split": N_("Désaccords"),
    "neither": N_("Tous : absent"),
}
_FIGURES = {"kappa": N_("κ de Cohen"), "ac1": N_("AC1 de Gwet"), "pabak": "PABAK", "alpha": "α"}
_PAIRS = {False: N_("Entre codeurs"), True: N_("Codeurs et machine")}


def draw(opened: Study) -> None:
    """The question, who is compared with whom; then the drawing, the table and the file."""
    question, machine = _asked(opened)
    name = f"agreement {question} {machine}"
    with st.spinner(_("Calcul des intervalles…"), show_time=False):
        found = state.kept(
            opened, name, lambda: opened.agreement.measures(question, machine=machine)
        )
    if not found:
        _nothing(machine=machine)
        return
    measured = _chosen(found)
    _sets(measured)
    if measured.themes.rows["alpha"].notna().any():
        st.altair_chart(dots.chart(measured.themes), theme=None)
    _table(measured)
    _remarks(measured)
    page.note(" ".join(dict.fromkeys((*measured.themes.notes, *measured.sets.notes))))
    _file(found, machine=machine)


def _asked(opened: Study) -> tuple[str, bool]:
    titles = {"": _("Toutes les questions ouvertes")}
    titles |= {question.id: question.title for question in opened.questionnaire.open}
    asked, who = st.columns([1.6, 1], gap="large", vertical_alignment="bottom")
    with asked:
        question = st.selectbox(
            _("Question"),
            list(titles),
            format_func=titles.__getitem__,
            key="agreement_question",
            persist_state="session",
        )
    with who:
        machine = st.segmented_control(
            _("Qui"),
            list(_PAIRS),
            default=False,
            required=True,
            format_func=lambda machine: _(_PAIRS[machine]),
            key="agreement_machine",
            label_visibility="collapsed",
        )
    return str(question or ""), bool(machine)


def _nothing(*, machine: bool) -> None:
    if machine:
        message = _("Aucune réponse lue n’a encore de suggestion à comparer.")
        page.nothing(message, steps.STUDY, _("Lancer l’analyse"))
    else:
        message = _("Aucune réponse n’a encore été codée par deux personnes : rien à mesurer.")
        page.nothing(message, steps.CODING, _("Coder"))


def _chosen(found: tuple[Measured, ...]) -> Measured:
    """One group of coders: all together first."""
    names = {measured.name: measured for measured in found}
    if len(names) == 1:
        return found[0]
    chosen = st.selectbox(_("Codeurs"), list(names), key="agreement_coders", width=640)
    return names.get(str(chosen), found[0])


def _sets(measured: Measured) -> None:
    """Alpha on whole answers, the one figure to quote."""
    items = "".join(
        f"<div><dt>{escape(_(row['label']))}</dt><dd>{_alpha(row)}</dd></div>"
        for row in measured.sets.rows.to_dict("records")
    )
    st.header(" – ".join(_named(measured)), anchor=False)
    st.html(f'<dl class="v-alphas">{items}</dl><style>{_STYLE}</style>')


def _alpha(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["value"]):
        return "—"
    value = f"<b>α = {printed(row['value'])}</b> "
    if pd.isna(row["low"]):
        return f"{value}<span>{escape(row['verdict'])}</span>"
    interval = _("{low} à {high}", low=printed(row["low"]), high=printed(row["high"]))
    return f"{value}<span>{escape(typeset(interval))}</span> <i>{escape(row['verdict'])}</i>"


def _named(measured: Measured) -> tuple[str, ...]:
    """Who is compared, as it reads: names, or what was retained and the machine."""
    return tuple(map(_, measured.coders)) if measured.machine else measured.coders


def _table(measured: Measured) -> None:
    rows = measured.themes.rows
    counts = [name for name in _COUNTS if rows[name].notna().any()]
    if "first" in counts:  # what the two say alone adds up to the disagreements
        counts.remove("split")
    figures = [name for name in _FIGURES if name != "kappa" or len(measured.coders) == 2]
    coders = _named(measured)
    who = {"first": coders[0], "second": coders[-1]}
    titles = [_(_COUNTS[name], coder=who.get(name, "")) for name in counts]
    titles += [_("Prévalence"), _("Accord"), *(_(_FIGURES[name]) for name in figures)]
    headings = [Heading(_("Thème")), *(Heading(title, figures=True) for title in titles)]
    lines = [
        (
            str(row["label"]),
            *(number(int(row[name])) for name in counts),
            percent(row["prevalence"]),
            percent(row["agreement"]) or "—",
            *(_with_interval(row, name) for name in figures),
        )
        for row in rows.to_dict("records")
    ]
    draw_grid(headings, lines, about=measured.themes.title)


def _remarks(measured: Measured) -> None:
    """Each remark once, with the themes that it bears on."""
    said = measured.themes.rows
    for note, rows in said[said["note"] != ""].groupby("note", sort=False):
        page.note(_("{themes} : {note}", themes=", ".join(rows["label"]), note=note))


def _with_interval(row: Mapping[Hashable, Any], name: str) -> str:
    if pd.isna(row[f"{name}_low"]):
        return printed(row[name])
    low, high = printed(row[f"{name}_low"]), printed(row[f"{name}_high"])
    return _("{value} ({low} à {high})", value=printed(row[name]), low=low, high=high)


def _file(found: tuple[Measured, ...], *, machine: bool) -> None:
    name = "accord_machine.csv" if machine else "accord_codeurs.csv"
    st.download_button(
        _("Télécharger le CSV"),
        lambda: _written(found),
        name,
        "text/csv",
        key="get_agreement",
        on_click="ignore",
        icon=":material/download:",
    )


def _written(found: tuple[Measured, ...]) -> bytes:
    groups = [(measured.name, measured.themes, measured.sets) for measured in found]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "accord.csv"
        write_agreement(groups, path, FRENCH)
        return path.read_bytes()


_STYLE = """
.v-alphas { display: flex; flex-wrap: wrap; gap: .8rem 2.4rem; margin: 0 0 .4rem;
  padding: 0 !important; }
.v-alphas dt { color: var(--v-quiet); font-size: .93rem; }
.v-alphas dd { margin: .1rem 0 0; }
.v-alphas b { font-size: 1.2rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.v-alphas span { color: var(--v-quiet); font-variant-numeric: tabular-nums; margin-left: .3rem; }
.v-alphas i { font-style: normal; font-weight: 600; margin-left: .4rem; padding: 0 .5rem;
  border: 1px solid currentColor; border-radius: 4px; font-size: .9rem; }
"""
