"""Fiabilité: whether to go on reading, and how far the suggestions can be trusted."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from verbatims.review.stopping import ALL
from verbatims.study import Study
from verbatims.ui import state, steps
from verbatims.ui.keys import Key, keys
from verbatims.ui.parts import filters, page
from verbatims.ui.parts.learning import accepting, figures, saturation
from verbatims.ui.parts.text import escape, number, plural, typeset

_QUESTION = "reliability_question"


def draw(opened: Study) -> None:
    """Saturation, precision and recall, and what may be accepted unread."""
    if opened.version(work=False)[1] is None:
        page.nothing("Rien n’est encore suggéré.", steps.STUDY, "Lancer l’analyse")
        return
    question = _question(opened)
    st.header("Faut-il continuer ?", anchor=False)
    curve, note = state.kept(opened, "saturation", opened.learning.saturation)
    drawing, beside = st.columns([1.15, 1], gap="large")
    with drawing:
        if len(curve):
            saturation.draw(curve, note)
        else:
            page.note(note)
    with beside:
        if len(curve):
            st.html(f'<p class="v-said">{escape(typeset(note))}</p>')
        _random(opened, question)
    st.header("Ce que valent les suggestions", anchor=False)
    _worth(opened, question)
    st.header("Accepter sans lire", anchor=False)
    accepting.draw(opened, question)


def _question(opened: Study) -> str:
    """The open question that is measured: they are never mixed."""
    titles = {question.id: question.title for question in opened.questionnaire.open}
    if len(titles) == 1:
        return next(iter(titles))
    return str(
        st.selectbox(
            "Question",
            list(titles),
            format_func=titles.__getitem__,
            key=_QUESTION,
            persist_state="session",
            width=640,
        )
    )


def _random(opened: Study, question: str) -> None:
    """How many answers were read as chance drew them, and the way to read more."""
    learning = opened.learning
    drawn = state.kept(opened, f"drawn {question}", lambda: len(learning.drawn(question)))
    validated = state.kept(opened, "validated count", lambda: learning.validated)
    said = (
        f"{plural(drawn, 'réponse lue', 'réponses lues')} parmi celles que le hasard a tirées, "
        f"sur {plural(validated, 'validée')} en tout. Seules celles-là permettent de mesurer."
    )
    page.note(said)
    if st.button("Coder au hasard", key="code_at_random", icon=":material/shuffle:"):
        filters.at_random(question)
        st.switch_page(steps.CODING.page)


def _worth(opened: Study, question: str) -> None:
    """Precision and recall by theme, with what they cannot say."""
    learning = opened.learning
    name = f"reliability {question}"
    rows = state.kept(opened, name, lambda: learning.reliability(question)).to_dict("records")
    if not rows:
        page.note("Rien à mesurer : aucune réponse de cette question n’a de suggestion.")
        return
    whole = next(row for row in rows if row["theme"] == ALL)
    if math.isnan(whole["precision"]) and math.isnan(whole["recall"]):
        page.note(whole["reason"])
        return
    own = keys(opened.codebook)
    body = "".join(_row(opened, own, row) for row in rows if row is not whole)
    heads = "".join(
        f'<th scope="col"{side}>{title}</th>'
        for title, side in (
            ("Thème", ""),
            ("Retenus", ' class="v-figure"'),
            ("Suggérés", ' class="v-figure"'),
            ("Précision", ' class="v-first"'),
            ("Rappel", ""),
        )
    )
    st.html(
        '<div class="v-scroll"><table class="v-table v-sure"><caption class="v-hidden">'
        f"Précision et rappel des suggestions</caption><thead><tr>{heads}</tr></thead><tbody>"
        f"{_row(opened, own, whole)}{body}</tbody></table></div>"
    )
    page.note(
        "Précision : la part des suggestions qui sont justes. Rappel : la part des réponses d’un "
        "thème qui sont suggérées. Intervalles à 90 % (Clopper-Pearson), d’après les seules "
        "réponses tirées au hasard."
    )


def _row(opened: Study, own: Mapping[str, Key], row: Mapping[Hashable, Any]) -> str:
    theme = row["theme"]
    if theme == ALL:
        name = "<b>Tous les thèmes</b>"
    else:
        key = own.get(theme)
        number_ = f'<span class="v-number {key.colour}">{key.sign}</span> ' if key else ""
        name = f"{number_}{escape(opened.codebook.label(theme))}"
    return (
        f'<tr><th scope="row">{name}</th><td class="v-figure">{number(row["held"])}</td>'
        f'<td class="v-figure">{number(row["suggested"])}</td>{_shares(row)}</tr>'
    )


def _shares(row: Mapping[Hashable, Any]) -> str:
    """The two cells, where the reason stands in the place of what is missing."""
    why = f'<span class="v-note">{escape(typeset(row["reason"]))}</span>'
    precision, recall = (
        [row[f"{what}{bound}"] for bound in ("", "_low", "_high")]
        for what in ("precision", "recall")
    )
    if math.isnan(precision[0]) and math.isnan(recall[0]):
        return f'<td class="v-first" colspan="2">{why}</td>'
    cells = [
        figures.share(*share) if not math.isnan(share[0]) else why for share in (precision, recall)
    ]
    return f'<td class="v-first">{cells[0]}</td><td>{cells[1]}</td>'
