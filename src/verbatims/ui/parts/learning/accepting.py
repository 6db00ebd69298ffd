"""Suggestions accepted unread where the measured precision allows it; taken back in one click."""

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import _, ngettext
from verbatims.model import Role
from verbatims.review import Offer, Refusal
from verbatims.review.stopping import ALL
from verbatims.study import Study
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape, literal, moment, number, percent, typeset

_PRECISIONS = (0.90, 0.95, 0.98)
_PRECISION, _FAULT = "wanted_precision", "accepting_fault"


def draw(opened: Study, question: str) -> None:
    """What is offered, what is refused and why, and what was accepted so far."""
    precision: float = st.segmented_control(
        _("Part de suggestions justes à garantir"),
        _PRECISIONS,
        default=0.95,
        required=True,
        format_func=percent,
        key=_PRECISION,
        persist_state="session",
    )
    if st.session_state.get(_FAULT):
        st.error(literal(typeset(st.session_state[_FAULT])))
    offers = state.kept(
        opened,
        f"offers {question} {precision}",
        lambda: opened.learning.offers(question, precision=precision),
    )
    new = [offer for offer in offers.values() if isinstance(offer, Offer)]
    for offer in sorted(new, key=lambda offer: offer.theme != ALL):
        _offer(opened, offer, question, precision)
    _refused(opened, offers, offered=bool(new))
    _batches(opened, question)


def _offer(opened: Study, offer: Offer, question: str, precision: float) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="v-said"><b>{escape(_name(opened, offer.theme))}</b></p>'
            f'<p class="v-note">{escape(typeset(offer.says))}</p>',
            width="stretch",
        )
        with st.popover(_("Accepter sans lire…"), key=f"offer {offer.theme}"):
            page.note(
                _(
                    "Ces suggestions seront marquées « acceptée par la machine » partout, exports "
                    "compris. Elles ne comptent ni comme lues, ni dans les parts. Vous pourrez "
                    "les reprendre."
                )
            )
            st.button(
                ngettext(
                    "Accepter {n} suggestion",
                    "Accepter {n} suggestions",
                    offer.pairs,
                    n=number(offer.pairs),
                ),
                key=f"accept {offer.theme}",
                type="primary",
                on_click=_accept,
                args=(opened, offer.theme, question, precision),
            )


def _refused(opened: Study, offers: Mapping[str, Offer | Refusal], *, offered: bool) -> None:
    """Why nothing is offered: for all themes together, then for each in a fold."""
    refusals = {name: said for name, said in offers.items() if isinstance(said, Refusal)}
    whole = refusals.pop(ALL, None)
    if whole is not None and not offered:
        page.note(whole.says)
    told = {refusal.says for refusal in refusals.values()}
    if not told or told == {whole.says if whole else ""}:
        return
    items = "".join(
        f"<dt>{escape(_name(opened, name))}</dt><dd>{escape(typeset(refusal.says))}</dd>"
        for name, refusal in refusals.items()
    )
    n = len(refusals)
    label = ngettext("Refusé pour {n} thème", "Refusé pour {n} thèmes", n, n=number(n))
    with st.expander(label, type="compact"):
        st.html(f'<dl class="v-refused">{items}</dl>')


def _batches(opened: Study, question: str) -> None:
    """What was accepted for this question, the last first."""
    batches = opened.learning.batches().iloc[::-1].to_dict("records")
    own = [row for row in batches if row["about"].get("question", "") == question]
    if not own:
        return
    said = _("Accepté jusqu’ici, par la machine")
    st.html(f'<p class="v-label v-apart">{said}</p>')
    for row in own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="v-note">{_told(opened, row)}</p>', width="stretch")
            if not row["taken_back"]:
                st.button(
                    _("Reprendre"),
                    key=f"take_back {row['number']}",
                    icon=":material/undo:",
                    on_click=_take_back,
                    args=(opened, row["number"]),
                )


def _told(opened: Study, row: Mapping[Hashable, Any]) -> str:
    """« Coordination · 34 suggestions · le 23/11/2026 à 12:10, par Claire »."""
    made_at = moment(row["made_at"])
    parts = [
        ngettext("{n} suggestion", "{n} suggestions", row["n"], n=number(row["n"])),
        _("le {moment}, par {author}", moment=made_at, author=row["author"])
        if row["author"]
        else _("le {moment}", moment=made_at),
    ]
    if "precision" in row["about"]:
        parts.append(_("au moins {share} justes", share=percent(row["about"]["precision"])))
    parts += [_("reprises depuis")] if row["taken_back"] else []
    return f"<b>{escape(_name(opened, row['theme']))}</b> · {escape(' · '.join(parts))}"


def _name(opened: Study, theme: str) -> str:
    return opened.codebook.label(theme) if theme != ALL else _("Tous les thèmes")


def _accept(opened: Study, theme: str, question: str, precision: float) -> None:
    st.session_state[_FAULT] = ""
    try:
        learning = opened.learning
        batch = learning.accept(
            theme, question=question, precision=precision, author=state.author(Role.LEAD)
        )
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    batches = learning.batches()
    n = int(batches.loc[batches["number"] == batch, "n"].iloc[0])
    st.toast(
        ngettext(
            "{n} suggestion acceptée sans lecture.",
            "{n} suggestions acceptées sans lecture.",
            n,
            n=number(n),
        )
    )


def _take_back(opened: Study, batch: int) -> None:
    st.session_state[_FAULT] = ""
    try:
        opened.learning.take_back(batch, author=state.author(Role.LEAD))
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return
    st.toast(_("Suggestions reprises : elles ne comptent plus."))
