"""Étude: open or create a study, import its file, run the analysis, see where it stands."""

import streamlit as st

from verbatims.model import Base, Role
from verbatims.study import Status, Study
from verbatims.ui import identity, shelf, state, steps
from verbatims.ui.parts import importing, opening, page, running
from verbatims.ui.parts.grid import Heading, draw
from verbatims.ui.parts.text import moment, number, percent

_MANY = 2_000  # answers from which a complete analysis makes one wait

_COLUMNS = (
    "Question ouverte",
    "Sollicités",
    "Réponses",
    "Sans contenu",
    "Vides",
    "Lues",
    "Part lue",
)


def _standing(opened: Study, status: Status) -> None:
    done, doing = st.columns([2.2, 1], gap="large")
    with done:
        st.header("Réponses", anchor=False)
        questions = opened.questionnaire.open
        headings = [Heading(_COLUMNS[0]), *(Heading(title, figures=True) for title in _COLUMNS[1:])]
        rows = [(question.title, *_counts(status.bases[question.id])) for question in questions]
        draw(headings, rows, about="Réponses par question ouverte")
        page.note(
            "Sans contenu : « RAS », « ne sais pas », ponctuation seule. "
            "Lues : par au moins un codeur."
        )
        _imports(status)
    with doing:
        _analysis(opened, status)


def _counts(base: Base) -> tuple[str, ...]:
    figures = (base.asked, base.answered, base.empty, base.blank, base.coded)
    share = percent(base.coded / base.answered) if base.answered else "—"
    return (*map(number, figures), share)


def _imports(status: Status) -> None:
    st.header("Fichiers importés", anchor=False)
    headings = [
        Heading("Fichier"),
        Heading("Lu comme"),
        Heading("Lignes", figures=True),
        Heading("Le"),
    ]
    rows = [
        (row["file"], row["origin"], number(row["rows"]), moment(row["made_at"]))
        for row in status.imports.iloc[::-1].to_dict("records")
    ]
    draw(headings, rows, about="Fichiers importés")
    last = status.imports.iloc[-1]
    if last["problems"]:
        lines = last["problems"].splitlines()
        with st.expander(f"À savoir sur le dernier import ({len(lines)})"):
            draw([Heading("Remarque")], [(line,) for line in lines])


def _analysis(opened: Study, status: Status) -> None:
    st.header("Analyse", anchor=False)
    done = len(status.runs) > 0
    if not done:
        page.note("Pas encore lancée : lemmes, suggestions de thèmes et classes manquent.")
    else:
        page.note(f"Dernière analyse : {moment(status.runs.iloc[-1]['made_at'])}.")
    if not len(opened.codebook):
        page.note("La grille de codage est vide : l’analyse ne suggérera aucun thème.")
        steps.THEMES.link("Écrire des thèmes")
    if status.misread:
        st.warning(
            "Le questionnaire a changé depuis l’import : importez de nouveau le fichier pour qu’il "
            "s’applique. Les décisions sont gardées."
        )
    elif done and status.outdated:
        st.warning("Les réponses ou la grille ont changé : les suggestions sont celles d’avant.")
    if status.fast:
        page.note(
            "Dernière analyse : rapide, sans analyse grammaticale. Relancez pour la complète."
        )
    if status.waiting:
        said = "Décisions sur les mots qui attendent la prochaine analyse"
        page.note(f"{said} : {number(status.waiting)}.")
    needed = not done or status.outdated or status.fast or status.waiting > 0
    answers = sum(base.answered for base in status.bases.values())
    running.button(
        opened,
        "Relancer l’analyse" if done else "Lancer l’analyse",
        needed=needed,
        first_look=answers >= _MANY and needed and not status.fast,
    )
    if done:
        steps.CODING.link("Coder les réponses")
        steps.RESULTS.link("Voir les résultats")


def _import(opened: Study, *, first: bool) -> None:
    """The way in for a file, for who leads the study."""
    if not identity.may(opened, Role.LEAD):
        if first:
            page.note("Un responsable de l’étude doit d’abord importer les réponses.")
        return
    if first:
        st.header("Importer les réponses", anchor=False)
        importing.steps(opened)
    else:
        with st.expander("Importer un autre fichier"):
            importing.steps(opened)


opened = state.study()
page.heading("Étude", opened)
if opened is not None:
    status = state.kept(opened, "status", opened.status)
    importing.result()
    if len(status.imports):
        _standing(opened, status)
    _import(opened, first=not len(status.imports))
    if shelf.only() is None:
        st.button(
            "Changer d’étude", type="tertiary", on_click=state.open_study, args=(None,), key="leave"
        )
elif shelf.only() is None:
    opening.choose()
else:
    st.error("L’étude qui est servie ici n’est plus dans son dossier : prévenez son responsable.")
