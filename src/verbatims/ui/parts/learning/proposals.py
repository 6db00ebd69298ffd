"""Apprendre: the terms that the validated answers suggest, written to the codebook in one click."""

from typing import TYPE_CHECKING

import streamlit as st

from verbatims.language import _, ngettext
from verbatims.study import Study
from verbatims.ui import state, steps
from verbatims.ui.keys import keys
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading
from verbatims.ui.parts.grid import draw as table
from verbatims.ui.parts.learning import figures, terms
from verbatims.ui.parts.learning.standing import LEARNS
from verbatims.ui.parts.text import escape, literal, number, typeset

if TYPE_CHECKING:
    from verbatims.tagging.proposals import Effect, Proposals

_THEME = "learning_theme"


def draw(opened: Study) -> None:
    """What is proposed theme by theme, and what it would change."""
    validated = state.kept(opened, "validated count", lambda: opened.learning.validated)
    if validated < LEARNS:
        _missing(validated)
        return
    with st.spinner(_("Lecture des réponses validées…")):
        made = state.kept(opened, "proposals", opened.learning.proposals)
    if made.effect is not None:
        _effect(opened, made.effect, proposed=bool(_count(made, "")))
    _terms(opened, made)
    _structure(opened, made)


def _missing(validated: int) -> None:
    """How far there is to go."""
    wanted = LEARNS - validated
    said = ngettext(
        "Encore {n} réponse validée avant les premières propositions.",
        "Encore {n} réponses validées avant les premières propositions.",
        wanted,
        n=number(wanted),
    )
    with st.container(border=True):
        st.html(f'<p class="v-nothing">{typeset(said)}</p>')
        progress = _("{n} sur {total}", n=validated, total=LEARNS)
        st.progress(validated / LEARNS, progress)
        page.note(
            _(
                "Les termes à ajouter ou à retirer se déduisent des réponses que vous avez lues : "
                "il en faut assez pour ne pas prendre un hasard pour une règle."
            )
        )
        steps.CODING.link(_("Continuer à coder"))


def _effect(opened: Study, effect: "Effect", *, proposed: bool) -> None:
    """What all the proposals would change, measured on answers that they were not drawn from."""
    said = ngettext(
        "Mesuré sur {n} réponse validée mise de côté (environ 30 %), jamais utilisée pour "
        "proposer. Des termes seuls, sans ce que l’analyse apprend par ailleurs.",
        "Mesuré sur {n} réponses validées mises de côté (environ 30 %), jamais utilisées pour "
        "proposer. Des termes seuls, sans ce que l’analyse apprend par ailleurs.",
        effect.answers,
        n=number(effect.answers),
    )
    if effect.note:
        page.note(f"{said} {effect.note}")
    else:
        before, after = effect.before, effect.after
        what = _("Si vous acceptez tout") if proposed else _("Avec les termes présents")
        precision = _("Précision des termes")
        recall = _("Rappel des termes")
        st.html(
            f'<div class="v-effect"><p class="v-label">{what}</p><dl>'
            f"<dt>{precision}</dt>"
            f"<dd>{figures.change(before.precision, after.precision)}</dd>"
            f"<dt>{recall}</dt>"
            f"<dd>{figures.change(before.recall, after.recall)}</dd></dl>"
            f'<p class="v-note">{escape(typeset(said))}</p></div>'
        )
    with st.expander(_("Par thème"), type="compact"):
        _by_theme(opened, effect)


def _by_theme(opened: Study, effect: "Effect") -> None:
    titles = (
        _("Mises de côté avec le thème"),
        _("Précision"),
        _("Rappel"),
        _("Trouvées en plus"),
        _("En moins"),
    )
    rows = [
        (
            opened.codebook.label(row["theme"]),
            number(row["positives"]),
            figures.change(row["precision_before"], row["precision_after"]),
            figures.change(row["recall_before"], row["recall_after"]),
            number(row["gained"]),
            number(row["lost"]),
        )
        for row in effect.themes.to_dict("records")
    ]
    headings = [Heading(_("Thème")), *(Heading(title, figures=True) for title in titles)]
    table(headings, rows, about=_("Effet des propositions par thème"))
    withheld = int(effect.themes["note"].ne("").sum())
    if withheld:
        page.note(
            ngettext(
                "— : trop peu de réponses mises de côté portent le thème ({n} thème) ; "
                "validez-en d’autres pour chiffrer l’effet.",
                "— : trop peu de réponses mises de côté portent le thème ({n} thèmes) ; "
                "validez-en d’autres pour chiffrer l’effet.",
                withheld,
                n=number(withheld),
            )
        )


def _terms(opened: Study, made: "Proposals") -> None:
    """The themes for which there is something to do, and what is proposed for the chosen one."""
    waiting = [theme for theme in opened.codebook if _count(made, theme.id)]
    if not waiting:
        said = _(
            "Rien à ajouter ni à retirer : les termes disent ce que disent les réponses validées."
        )
        st.html(f'<p class="v-nothing">{said}</p>')
        return
    own = keys(opened.codebook)
    names = {theme.id: theme.label for theme in waiting}
    if st.session_state.get(_THEME) not in names:
        st.session_state[_THEME] = waiting[0].id
    page.note(
        _(
            "La précision d’un terme est celle des réponses qui l’ont fait proposer : elle "
            "flatte, surtout sur deux ou trois. Lisez les exemples."
        )
    )
    listing, beside = st.columns([1, 2.6], gap="medium")
    with listing:
        chosen = st.radio(
            _("Termes proposés"),
            list(names),
            format_func=lambda name: (
                f"`{own[name].sign}` {literal(names[name])} :gray[· {_count(made, name)}]"
            ),
            key=_THEME,
            persist_state="session",
        )
    with beside:
        added, removed = (
            frame[frame["theme"] == chosen] for frame in (made.additions, made.removals)
        )
        terms.draw(opened, opened.codebook[chosen], added, removed)


def _count(made: "Proposals", theme: str) -> int:
    """How many proposals a theme has; all of them for "" ."""
    return sum(
        int((frame["theme"] == theme).sum()) if theme else len(frame)
        for frame in (made.additions, made.removals)
    )


def _structure(opened: Study, made: "Proposals") -> None:
    """The themes that say the same, or nothing."""
    said = made.overlaps["sentence"].tolist()
    labels = [_("« {text} »", text=opened.codebook.label(name)) for name in made.unused]
    if labels:
        said.append(
            ngettext(
                "{themes} n’est dans aucune réponse validée, et aucun terme n’en trouve : donnez "
                "des termes, ou retirez de la grille ce qui ne sert pas.",
                "{themes} ne sont dans aucune réponse validée, et aucun terme n’en trouve : "
                "donnez des termes, ou retirez de la grille ce qui ne sert pas.",
                len(labels),
                themes=", ".join(labels),
            )
        )
    if not said:
        return
    items = "".join(f"<li>{escape(typeset(sentence))}</li>" for sentence in said)
    title = _("Thèmes à revoir")
    st.html(f'<p class="v-label v-apart">{title}</p><ul class="v-advice">{items}</ul>')
    st.button(
        _("Ouvrir « Modifier »"),
        key="learning_edit",
        type="tertiary",
        icon=":material/edit:",
        on_click=st.session_state.__setitem__,
        args=("themes_tab", "modifier"),
    )
