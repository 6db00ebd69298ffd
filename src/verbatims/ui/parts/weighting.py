"""« Redressement »: what is known of the population, and what it makes of the weights."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import _, number, percent
from verbatims.model import Question, Role
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import escape, literal, typeset
from verbatims.weighting import Margin, Report, Weighting, marginable, written

_CHOSEN, _POPULATION, _TRIMMED, _LOW, _HIGH = (
    f"weights_{name}" for name in ("questions", "population", "trimmed", "low", "high")
)
_FORMER = "weights_former"  # the file that was just taken away, to put it back
_USUAL_TRIM = (0.3, 3.0)


def show(opened: Study) -> None:
    """What the weights are worth, then the margins, which a lead may change."""
    page.note(
        _(
            "Quand on connaît la population, les poids des répondants peuvent être ajustés pour "
            "que l’échantillon lui ressemble (calage sur marges). Les effectifs bruts restent "
            "toujours affichés, et les tests portent sur eux."
        )
    )
    try:
        asked, report = opened.weights.asked, opened.weights.report
    except VerbatimsError as error:
        page.failure(error)
        if state.may(Role.LEAD):
            _taking_away(opened)
        return
    if report is not None:
        _report(opened, report)
    if state.may(Role.LEAD):
        _editor(opened, asked)
        _taking_away(opened)
    elif report is None:
        page.note(_("Aucun redressement. Un responsable de l’étude peut en décider un."))


# -- what they are worth -------------------------------------------------------------------


def _report(opened: Study, report: Report) -> None:
    said = "".join(f"<p>{escape(typeset(sentence))}</p>" for sentence in report.says)
    alarming = report.problem or (report.raked is not None and not report.raked.converged)
    st.html(f'<div class="{"v-stale" if alarming else "v-said"}" role="status">{said}</div>')
    headings = [
        Heading(_("Réponse")),
        *(
            Heading(title, figures=True)
            for title in (_("n"), _("Part brute"), _("Cible"), _("Part redressée"))
        ),
    ]
    for question, own in report.margins.groupby("question", sort=False):
        title = opened.questionnaire[str(question)].title
        st.html(f'<h2 class="v-part">{escape(typeset(title))}</h2>')
        draw(headings, [_compared(row) for row in own.to_dict("records")], about=title)


def _compared(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    shares = (row[name] for name in ("share", "target", "weighted_share"))
    told = ("—" if pd.isna(share) else percent(share) for share in shares)
    return str(row["answer"]), number(row["n"]), *told


# -- what is known -------------------------------------------------------------------------


def _editor(opened: Study, asked: Weighting) -> None:
    """The questions whose margins are known, then their targets in one form."""
    possible = {question.id: question for question in marginable(opened.questionnaire)}
    with st.container(border=True, key="weights_editor"):
        if not possible:
            page.note(_("Aucune question à réponse unique : rien ne peut servir de marge."))
        chosen = st.multiselect(
            _("Questions dont la répartition dans la population est connue"),
            list(possible),
            default=[margin.question for margin in asked.margins if margin.question in possible],
            format_func=lambda name: possible[name].title,
            placeholder=_("Choisir une question ou plusieurs"),
            key=_CHOSEN,
        )
        with st.form("weights", border=False):
            targets = {name: _targets(opened, possible[name], asked) for name in chosen}
            population = st.number_input(
                _("Taille de la population, si elle est connue"),
                min_value=1,
                value=asked.population,
                step=1,
                width=320,
                key=_POPULATION,
                help=_(
                    "Par exemple 200, quand 52 personnes sur 200 ont répondu : les intervalles "
                    "peuvent alors en tenir compte."
                ),
            )
            trim = _trim(asked)
            if st.form_submit_button(_("Enregistrer"), type="primary"):
                _save(opened, _weighting(targets, population, trim))


def _targets(opened: Study, question: Question, asked: Weighting) -> dict[str, float | None]:
    """A number for each answer; those of the file to begin with."""
    known = {margin.question: dict(margin.targets) for margin in asked.margins}
    st.html(f'<h3 class="v-part">{escape(typeset(question.title))}</h3>')
    counts = _counts(opened, question)
    found: dict[str, float | None] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for answer in question.labels or tuple(counts):
            found[answer] = st.number_input(
                literal(_("{answer} ({n} répondants)", answer=answer, n=counts.get(answer, 0))),
                min_value=0.0,
                value=known.get(question.id, {}).get(answer),
                placeholder=_("effectif ou %"),
                width=260,
                key=f"weights_{question.id} {answer}",
            )
    return found


def _counts(opened: Study, question: Question) -> dict[str, int]:
    answers = opened.answers()
    counts = answers.loc[answers["question"] == question.id, "value"].value_counts()
    return {str(answer): int(n) for answer, n in counts.items()}


def _trim(asked: Weighting) -> tuple[float, float] | None:
    low, high = asked.trim or _USUAL_TRIM
    with st.container(horizontal=True, vertical_alignment="bottom"):
        trimmed = st.toggle(
            _("Borner les poids"),
            value=asked.trim is not None,
            key=_TRIMMED,
            help=_("Un poids très élevé fait parler une personne pour beaucoup d’autres."),
        )
        low = st.number_input(
            _("Au moins (1 = poids moyen)"), 0.0, 0.99, low, 0.05, key=_LOW, width=200
        )
        high = st.number_input(
            _("Au plus (1 = poids moyen)"), 1.01, 100.0, high, 0.5, key=_HIGH, width=200
        )
    return (low, high) if trimmed else None


def _weighting(
    targets: Mapping[str, Mapping[str, float | None]],
    population: int | None,
    trim: tuple[float, float] | None,
) -> Weighting:
    """What was written in the form; an answer left blank is not said, and will be asked for."""
    margins = tuple(
        Margin(question, tuple((name, value) for name, value in own.items() if value is not None))
        for question, own in targets.items()
    )
    return Weighting(population, margins, trim)


def _save(opened: Study, asked: Weighting) -> None:
    try:
        opened.weights.save(written(asked) if asked != Weighting() else "")
    except VerbatimsError as error:
        page.failure(error)
        return
    st.session_state.pop(_FORMER, None)
    st.toast(_("Redressement enregistré."))
    st.rerun()


def _taking_away(opened: Study) -> None:
    """To do without, and to put back what was taken away."""
    former = st.session_state.get(_FORMER, "")
    if opened.weights.text():
        st.button(
            _("Retirer le redressement"),
            key="weights_remove",
            icon=":material/delete:",
            on_click=_remove,
            args=(opened,),
        )
    elif former:
        st.button(
            _("Remettre le redressement"),
            key="weights_back",
            icon=":material/undo:",
            on_click=_put_back,
            args=(opened, former),
        )


def _remove(opened: Study) -> None:
    st.session_state[_FORMER] = opened.weights.text()
    opened.weights.save("")
    _forget(_fields())


def _put_back(opened: Study, former: str) -> None:
    opened.weights.save(former)
    _forget(_fields())


def _fields() -> list[str]:
    return [
        str(key)
        for key in st.session_state
        if str(key).startswith("weights_")
        and key not in (_FORMER, "weights_remove", "weights_back")
    ]


def _forget(keys: Sequence[str]) -> None:
    """Show again what the file says."""
    for key in keys:
        del st.session_state[key]
