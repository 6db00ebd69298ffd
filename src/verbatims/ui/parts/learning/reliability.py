"""Fiabilité: whether to go on reading, and how far the suggestions can be trusted."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from verbatims.language import _, ngettext
from verbatims.review.stopping import ALL
from verbatims.study import Study
from verbatims.ui import state, steps
from verbatims.ui.keys import Key, keys
from verbatims.ui.parts import filters, page
from verbatims.ui.parts.grid import scrolled
from verbatims.ui.parts.learning import accepting, figures, saturation
from verbatims.ui.parts.text import escape, number, typeset

_QUESTION = "reliability_question"


def draw(opened: Study) -> None:
    """Saturation, precision and recall, and what may be accepted unread."""
    if opened.version(work=False)[1] is None:
        page.nothing(_("Rien n’est encore suggéré."), steps.STUDY, _("Lancer l’analyse"))
        return
    question = _question(opened)
    st.header(_("Faut-il continuer ?"), anchor=False)
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
    st.header(_("Ce que valent les suggestions"), anchor=False)
    _worth(opened, question)
    st.header(_("Accepter sans lire"), anchor=False)
    accepting.draw(opened, question)


def _question(opened: Study) -> str:
    """The open question that is measured: they are never mixed."""
    titles = {question.id: question.title for question in opened.questionnaire.open}
    if len(titles) == 1:
        return next(iter(titles))
    return str(
        st.selectbox(
            _("Question"),
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
    page.note(
        _(
            "{read} parmi celles que le hasard a tirées, sur {validated} en tout. Seules "
            "celles-là permettent de mesurer.",
            read=ngettext("{n} réponse lue", "{n} réponses lues", drawn, n=number(drawn)),
            validated=ngettext("{n} validée", "{n} validées", validated, n=number(validated)),
        )
    )
    if st.button(_("Coder au hasard"), key="code_at_random", icon=":material/shuffle:"):
        filters.at_random(question)
        st.switch_page(steps.CODING.page)


def _worth(opened: Study, question: str) -> None:
    """Precision and recall by theme, with what they cannot say."""
    learning = opened.learning
    name = f"reliability {question}"
    rows = state.kept(opened, name, lambda: learning.reliability(question)).to_dict("records")
    if not rows:
        page.note(_("Rien à mesurer : aucune réponse de cette question n’a de suggestion."))
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
            (_("Thème"), ""),
            (_("Retenus"), ' class="v-figure"'),
            (_("Suggérés"), ' class="v-figure"'),
            (_("Précision"), ' class="v-first"'),
            (_("Rappel"), ""),
        )
    )
    about = _("Précision et rappel des suggestions")
    st.html(
        scrolled(
            f'<table class="v-table v-sure"><caption class="v-hidden">{about}</caption>'
            f"<thead><tr>{heads}</tr></thead>"
            f"<tbody>{_row(opened, own, whole)}{body}</tbody></table>",
            about,
        )
    )
    page.note(
        _(
            "Précision : la part des suggestions qui sont justes. Rappel : la part des réponses "
            "d’un thème qui sont suggérées. Intervalles à 90 % (Clopper-Pearson), d’après les "
            "seules réponses tirées au hasard."
        )
    )


def _row(opened: Study, own: Mapping[str, Key], row: Mapping[Hashable, Any]) -> str:
    theme = row["theme"]
    if theme == ALL:
        said = _("Tous les thèmes")
        name = f"<b>{said}</b>"
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
