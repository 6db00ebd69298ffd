"""« À retenir »: what is kept for the report → put in order, said, brought up to date."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import _, ngettext
from verbatims.model import Figure, Role, Table
from verbatims.study import Study
from verbatims.study.findings import Finding
from verbatims.study.seen import Picked
from verbatims.ui import state
from verbatims.ui.parts import page
from verbatims.ui.parts.learning.figures import share
from verbatims.ui.parts.text import escape, literal, moment, typeset

Gesture = Callable[..., None]

_STYLE = Path(__file__).with_name("findings.css")
_REMOVED, _FAULT = "findings_removed", "findings_fault"
_LONG = 80  # characters of a quote named in a line


def show(opened: Study) -> None:
    """The list in its order: each sentence to write, what it rests on, what has changed since."""
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
    kept = state.kept(opened, "findings", opened.findings.all)
    st.header(_("À retenir ({n})", n=len(kept)), anchor=False)
    _tell()
    if not kept:
        page.note(
            _(
                "Rien n’est encore retenu. Devant un chiffre qui compte, ou après avoir cliqué une "
                "barre ou une case, pressez « Retenir » : il vient ici avec une phrase toute "
                "prête, son filtre et sa base, à récrire et à ranger pour le rapport."
            )
        )
        return
    _review(kept)
    for finding in kept:
        _finding(opened, finding, kept)
    _copy(kept)


def keep_button(
    opened: Study, figure: Figure, table: Table, picked: Picked | None = None, *, key: str = ""
) -> None:
    """Keep a figure, or the row or cell picked in it; or leave it out, once it is kept.

    `key` is for a page that has the same figure twice.
    """
    uid = opened.findings.holds(figure, picked)
    proposed = opened.findings.propose(figure, table, picked)
    name = sha256(f"{figure} {sorted((picked or {}).items())}".encode()).hexdigest()[:12]
    _toggle(uid, f"keep {key}{name}", _keep_figure, figure, picked, about=proposed)


def keep_quote_button(opened: Study, verbatim_id: str, *, key: str = "") -> None:
    """Keep a verbatim among the figures, or leave it out, once it is kept."""
    uid = opened.findings.holds_quote(verbatim_id)
    _toggle(uid, f"keep quote {key}{verbatim_id}", _keep_quote, verbatim_id, about="")


def _toggle(uid: str, key: str, keep: Gesture, *args: object, about: str) -> None:
    st.button(
        _("Retenu") if uid else _("Retenir"),
        key=key,
        icon=":material/bookmark_added:" if uid else ":material/bookmark_add:",
        type="primary" if uid else "secondary",
        help=literal(typeset(about)) or None,
        disabled=not state.may(Role.CODER),
        on_click=_remove if uid else keep,
        args=(uid,) if uid else args,
    )


# -- the list ------------------------------------------------------------------------------


def _review(kept: Sequence[Finding]) -> None:
    """How many have changed, and the way to bring them all up to date."""
    stale = [finding for finding in kept if finding.stale]
    if len(stale) < 2:
        return
    said = ngettext("{n} à revoir", "{n} à revoir : les données ont changé.", len(stale))
    with st.container(horizontal=True, vertical_alignment="center", key="findings_stale"):
        st.html(f'<p class="v-stale">{escape(typeset(said))}</p>', width="content")
        st.button(
            _("Tout mettre à jour"),
            key="findings_refresh",
            icon=":material/sync:",
            disabled=not state.may(Role.CODER),
            on_click=_refresh,
            args=([finding.uid for finding in stale],),
        )


def _finding(opened: Study, finding: Finding, kept: Sequence[Finding]) -> None:
    with st.container(border=True, key=f"finding_{finding.uid}"):
        number, body = st.columns([0.3, 12], gap="small")
        number.html(f'<p class="v-rank">{finding.rank + 1}</p>')
        with body:
            if finding.figure is None:
                _quote(finding)
            _sentence(finding)
            if finding.stale:
                _stale(finding)
            elif finding.written_on:
                _reread(finding)
            behind, moves = st.columns([9, 3], gap="small", vertical_alignment="center")
            behind.html(_small(opened, finding))
            with moves, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
                _moves(finding, [other.uid for other in kept])


def _quote(finding: Finding) -> None:
    st.html(f'<p class="v-quote">{escape(finding.text)}</p>')


def _sentence(finding: Finding) -> None:
    # another key once the sentence is another: the box would keep what was typed in it
    key = f"finding_said {finding.uid} {sha256(finding.sentence.encode()).hexdigest()[:8]}"
    st.text_area(
        _("Phrase n° {n}", n=finding.rank + 1),
        typeset(finding.sentence),
        key=key,
        height="content",
        placeholder=_("Une phrase pour l’introduire"),
        label_visibility="collapsed",
        disabled=not state.may(Role.CODER),
        on_change=_say,
        args=(finding.uid, key),
    )


def _small(opened: Study, finding: Finding) -> str:
    """What stands behind the sentence: question, figure, interval, who was kept, when."""
    parts = [f"<b>{escape(typeset(finding.title))}</b>"]
    if finding.line is not None and finding.line.share is not None:
        bounds = (finding.line.figures.get(name, float("nan")) for name in ("low", "high"))
        parts.append(share(finding.line.share, *bounds))
    if finding.seen and (finding.line is not None or finding.own):
        parts.append(escape(typeset(finding.seen)))
    if finding.among:
        said = _("Parmi {those}", those=finding.among)
        parts.append(f'<span class="v-among">{escape(typeset(said))}</span>')
    if finding.verbatim_id:
        parts.append(escape(finding.verbatim_id))
    parts.append(f'<span title="{escape(_run(finding))}">{escape(_when(opened, finding))}</span>')
    return f'<p class="v-behind">{"".join(f"<span>{part}</span>" for part in parts)}</p>'


def _when(opened: Study, finding: Finding) -> str:
    at = moment(finding.made_at)
    if not finding.author or opened.team.open:
        return _("retenu le {at}", at=at)
    return _("retenu par {who} le {at}", who=finding.author, at=at)


def _run(finding: Finding) -> str:
    return _("analyse du {at}", at=moment(finding.run)) if finding.run else _("avant toute analyse")


def _stale(finding: Finding) -> None:
    said = f"{finding.stale[:1].upper()}{finding.stale[1:]}."
    _warn(finding, _("À revoir"), said, (_("Mettre à jour"), "sync", _refresh, [finding.uid]))


def _reread(finding: Finding) -> None:
    said = _("Elle a été écrite devant {seen}.", seen=finding.written_on)
    _warn(finding, _("Phrase à relire"), said, (_("C’est relu"), "check", _confirm, finding.uid))


def _warn(finding: Finding, badge: str, said: str, way: tuple[str, str, Gesture, object]) -> None:
    """What is wrong with a finding, and the way to put it right."""
    label, icon, act, about = way
    with st.container(horizontal=True, vertical_alignment="center"):
        told = f"<b>{escape(badge)}</b> {escape(typeset(said))}"
        st.html(f'<p class="v-stale">{told}</p>', width="stretch")
        st.button(
            label,
            key=f"finding {icon} {finding.uid}",
            icon=f":material/{icon}:",
            disabled=not state.may(Role.CODER),
            on_click=act,
            args=(about,),
        )


def _moves(finding: Finding, uids: list[str]) -> None:
    fixed, place = not state.may(Role.CODER), finding.rank
    st.button(
        _("Monter"),
        key=f"finding up {finding.uid}",
        icon=":material/arrow_upward:",
        type="tertiary",
        disabled=fixed or place == 0,
        on_click=_move,
        args=(uids, place, -1),
    )
    st.button(
        _("Descendre"),
        key=f"finding down {finding.uid}",
        icon=":material/arrow_downward:",
        type="tertiary",
        disabled=fixed or place == len(uids) - 1,
        on_click=_move,
        args=(uids, place, 1),
    )
    st.button(
        _("Retirer"),
        key=f"finding out {finding.uid}",
        type="tertiary",
        disabled=fixed,
        on_click=_remove,
        args=(finding.uid,),
    )


def _copy(kept: Sequence[Finding]) -> None:
    with st.expander(_("À copier")):
        st.code("\n\n".join(map(_printed, kept)), language=None, wrap_lines=True)


def _printed(finding: Finding) -> str:
    quote = _("« {text} »", text=finding.text.strip()) if finding.verbatim_id else ""
    return "\n".join(filter(None, (finding.sentence, quote)))


# -- gestures ------------------------------------------------------------------------------


def _tell() -> None:
    """What the last gesture could not do, or took away."""
    fault = st.session_state.pop(_FAULT, "")
    if fault:
        st.error(literal(typeset(fault)))
    uid = st.session_state.pop(_REMOVED, "")
    if uid:
        with st.container(horizontal=True, vertical_alignment="center", key="findings_undo"):
            page.note(_("Retiré de la liste."))
            st.button(
                _("Annuler"),
                key="findings_restore",
                icon=":material/undo:",
                type="tertiary",
                on_click=_restore,
                args=(uid,),
            )


def _do(act: Callable[[Study, str], object]) -> bool:
    """Make a gesture under the name of who works here; what it cannot do is said on the page."""
    study = state.study()
    if study is None:
        return False
    try:
        act(study, state.author(Role.CODER))
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message
        return False
    return True


def _keep_figure(figure: Figure, picked: Picked | None) -> None:
    _do(lambda study, who: study.findings.keep_figure(figure, picked=picked, author=who))


def _keep_quote(verbatim_id: str) -> None:
    _do(lambda study, who: study.findings.keep_quote(verbatim_id, author=who))


def _say(uid: str, key: str) -> None:
    said = st.session_state[key]
    _do(lambda study, who: study.findings.say(uid, said, author=who))


def _refresh(uids: Sequence[str]) -> None:
    def refresh(study: Study, who: str) -> None:
        for uid in uids:
            study.findings.refresh(uid, author=who)

    _do(refresh)


def _confirm(uid: str) -> None:
    _do(lambda study, who: study.findings.confirm(uid, author=who))


def _remove(uid: str) -> None:
    if _do(lambda study, who: study.findings.remove(uid, author=who)):
        st.session_state[_REMOVED] = uid


def _restore(uid: str) -> None:
    _do(lambda study, who: study.findings.restore(uid, author=who))


def _move(uids: list[str], place: int, step: int) -> None:
    moved = list(uids)
    moved[place], moved[place + step] = moved[place + step], moved[place]
    _do(lambda study, who: study.findings.rank(moved, author=who))
