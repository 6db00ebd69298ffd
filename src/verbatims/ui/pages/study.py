"""Étude: open or create a study, import its file, run the analysis, see where it stands."""

import streamlit as st

from verbatims.language import N_, _
from verbatims.model import Base, Role
from verbatims.study import Status, Study
from verbatims.ui import identity, shelf, state, steps
from verbatims.ui.parts import importing, opening, page, running
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import moment, number, percent

_MANY = 2_000  # answers from which a complete analysis makes one wait

_COLUMNS = (
    N_("Question ouverte"),
    N_("Sollicités"),
    N_("Réponses"),
    N_("Sans contenu"),
    N_("Sans réponse"),
    N_("Lues"),
    N_("Part lue"),
)


def _standing(opened: Study, status: Status) -> None:
    done, doing = st.columns([2.2, 1], gap="large")
    with done:
        st.header(_("Réponses"), anchor=False)
        questions = opened.questionnaire.open
        first, *others = map(_, _COLUMNS)
        headings = [Heading(first), *(Heading(title, figures=True) for title in others)]
        rows = [(question.title, *_counts(status.bases[question.id])) for question in questions]
        draw(headings, rows, about=_("Réponses par question ouverte"))
        page.note(
            _(
                "Sans contenu : « RAS », « ne sais pas », ponctuation seule. "
                "Lues : par au moins un codeur."
            )
        )
        _imports(status)
    with doing:
        _analysis(opened, status)


def _counts(base: Base) -> tuple[str, ...]:
    figures = (base.asked, base.answered, base.empty, base.blank, base.coded)
    share = percent(base.coded / base.answered) if base.answered else "—"
    return (*map(number, figures), share)


def _imports(status: Status) -> None:
    st.header(_("Fichiers importés"), anchor=False)
    headings = [
        Heading(_("Fichier")),
        Heading(_("Lu comme")),
        Heading(_("Lignes"), figures=True),
        Heading(_("Le")),
    ]
    rows = [
        (row["file"], row["origin"], number(row["rows"]), moment(row["made_at"]))
        for row in status.imports.iloc[::-1].to_dict("records")
    ]
    draw(headings, rows, about=_("Fichiers importés"))
    last = status.imports.iloc[-1]
    if last["problems"]:
        lines = last["problems"].splitlines()
        with st.expander(_("À savoir sur le dernier import ({n})", n=len(lines))):
            draw([Heading(_("Remarque"))], [(line,) for line in lines])


def _analysis(opened: Study, status: Status) -> None:
    st.header(_("Analyse"), anchor=False)
    done = len(status.runs) > 0
    if not done:
        page.note(_("Pas encore lancée : lemmes, suggestions de thèmes et classes manquent."))
    else:
        page.note(_("Dernière analyse : {moment}.", moment=moment(status.runs.iloc[-1]["made_at"])))
    if not len(opened.codebook):
        page.note(_("La grille de codage est vide : l’analyse ne suggérera aucun thème."))
        steps.THEMES.link(_("Écrire des thèmes"))
    if status.misread:
        st.warning(
            _(
                "Le questionnaire a changé depuis l’import : importez de nouveau le fichier pour "
                "qu’il s’applique. Les décisions sont gardées."
            )
        )
    elif done and status.outdated:
        st.warning(_("Les réponses ou la grille ont changé : les suggestions sont celles d’avant."))
    if status.fast:
        page.note(
            _("Dernière analyse : rapide, sans analyse grammaticale. Relancez pour la complète.")
        )
    if status.waiting:
        said = _(
            "Décisions sur les mots qui attendent la prochaine analyse : {n}.",
            n=number(status.waiting),
        )
        page.note(said)
    needed = not done or status.outdated or status.fast or status.waiting > 0
    answers = sum(base.answered for base in status.bases.values())
    running.button(
        opened,
        _("Relancer l’analyse") if done else _("Lancer l’analyse"),
        needed=needed,
        first_look=answers >= _MANY and needed and not status.fast,
    )
    if done:
        steps.CODING.link(_("Coder les réponses"))
        steps.RESULTS.link(_("Voir les résultats"))


def _import(opened: Study, *, first: bool) -> None:
    """The way in for a file, for who leads the study."""
    if not identity.may(opened, Role.LEAD):
        if first:
            page.note(_("Un responsable de l’étude doit d’abord importer les réponses."))
        return
    if first:
        st.header(_("Importer les réponses"), anchor=False)
        importing.steps(opened)
    else:
        with st.expander(_("Importer un autre fichier")):
            importing.steps(opened)


opened = state.study()
page.heading(_("Étude"), opened)
if opened is not None:
    status = state.kept(opened, "status", opened.status)
    importing.result()
    if len(status.imports):
        _standing(opened, status)
    _import(opened, first=not len(status.imports))
    if shelf.only() is None:
        st.button(
            _("Changer d’étude"),
            type="tertiary",
            on_click=state.open_study,
            args=(None,),
            key="leave",
        )
elif shelf.only() is None:
    opening.choose()
else:
    st.error(
        _("L’étude qui est servie ici n’est plus dans son dossier : prévenez son responsable.")
    )
