"""The grid of answers over JSON: a page of it, and one gesture on many answers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from starlette.routing import BaseRoute, Route

from verbatims.errors import StudyError
from verbatims.language import N_, _
from verbatims.model import Coder, Role, Theme
from verbatims.study import Study
from verbatims.study.desk import bulk, grid
from verbatims.study.desk.grid import Page, Wanted
from verbatims.study.desk.view import View
from verbatims.study.team import reaches
from verbatims.ui.keys import Key, keys
from verbatims.ui.server.routes import Body, answering

_LABELS = {
    grid.RESPONDENT: N_("Répondant"),
    grid.QUESTION: N_("Question"),
    grid.TEXT: N_("Réponse"),
    grid.THEMES: N_("Thèmes"),
    grid.READ: N_("Lecture"),
    grid.MARKS: N_("Marques"),
}
_STATES = {
    "": N_("Toutes"),
    grid.NOT_BY_ME: N_("Non lues par moi"),
    grid.BY_ME: N_("Lues par moi"),
    grid.BY_ANYONE: N_("Lues par quelqu’un"),
    grid.BY_NOBODY: N_("Lues par personne"),
}
_MARKS = {
    "": N_("Toutes"),
    grid.FLAGGED: N_("À discuter"),
    grid.PICKED: N_("Citations"),
    grid.NOTED: N_("Avec un mémo"),
}


def page(study: Study, coder: Coder, body: Body) -> Body:
    """`{filters, sort, page, size, columns, keep, about}` → a page of rows."""
    desk = study.desk(coder)
    with desk.memory.lock:
        view = desk.view()
        known = {column["id"]: column for column in _columns(view)}
        shown = _shown(view, body.get("columns"), list(known))
        if body.get("keep") and reaches(coder.role, Role.CODER):
            grid.choose(view, shown)
        answer = grid.page(view, _wanted(body.get("filters")), _asked(body, shown, list(known)))
        answer["columns"] = [known[name] for name in shown]
        return answer | ({"about": _about(view, shown)} if body.get("about") else {})


def many(study: Study, coder: Coder, body: Body) -> Body:
    """`{uid, what, theme, ids or filters and expected, preview}` → how many answers it changes."""
    desk = study.desk(coder)
    with desk.memory.lock:
        view = desk.view()
        what = body.get("what")
        if what not in (bulk.ADD, bulk.REMOVE, bulk.VALIDATE, bulk.NOTHING):
            raise StudyError(_("Envoi illisible : rechargez la page, puis refaites ce geste."))
        effect = bulk.effect(view, what, _text(body, "theme"), _places(view, body))
        if body.get("preview"):
            effect.refuse_blind()
            return effect.counts
        return bulk.write(view, _text(body, "uid"), effect)


def routes() -> list[BaseRoute]:
    """Readers look; coders decide."""
    return [
        Route("/verbatims/grid", answering(Role.READER)(page), methods=["POST"]),
        Route("/verbatims/bulk", answering(Role.CODER)(many), methods=["POST"]),
    ]


def _places(view: View, body: Body) -> Any:
    """The answers chosen one by one, or all those that pass the filters: as many as expected."""
    if "filters" not in body:
        return bulk.places_of(view, _names(body.get("ids")))
    found = np.flatnonzero(grid.passing(view, _wanted(body["filters"])))
    if len(found) != body.get("expected") and not view.study.store.makers([_text(body, "uid")]):
        raise StudyError(
            _(
                "Ce qui passe le filtre a changé entre-temps : rien n'a été codé. Regardez la "
                "liste, puis choisissez de nouveau."
            )
        )
    return found


# -- what is asked -------------------------------------------------------------------------


def _wanted(filters: Any) -> Wanted:
    said = filters if isinstance(filters, dict) else {}
    match said.get("profile"):
        case [str(question), str(label)]:
            profile = (question, label)
        case _:
            profile = ("", "")
    names = ("question", "theme", "state", "mark", "search")
    return Wanted(**{name: _text(said, name) for name in names}, profile=profile)


def _asked(body: Body, shown: tuple[str, ...], known: list[str]) -> Page:
    match body.get("sort"):
        case [str(column), ("asc" | "desc") as way] if column in known:
            sort = (column, way == "desc")
        case _:
            sort = ("", False)
    number, size = body.get("page"), body.get("size")
    return Page(
        shown,
        *sort,
        number if isinstance(number, int) else 1,
        size if size in grid.SIZES else grid.SIZES[0],
    )


def _shown(view: View, columns: Any, known: list[str]) -> tuple[str, ...]:
    """The columns asked for, in their order; those that the study shows when none are."""
    if columns is None:
        return grid.chosen(view)
    wanted = {*_names(columns), *grid.ALWAYS}
    return tuple(name for name in known if name in wanted)


def _text(said: Body, name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _names(said: Any) -> list[str]:
    return [name for name in said if isinstance(name, str)] if isinstance(said, list) else []


# -- what is said of the study -------------------------------------------------------------


def _columns(view: View) -> list[dict[str, Any]]:
    labels = {name: _(label) for name, label in _LABELS.items()}
    return [{"label": labels.get(one["id"], ""), **one} for one in grid.columns(view)]


def _said(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, _(label)) for name, label in labels.items()]


def _about(view: View, shown: tuple[str, ...]) -> Body:
    signs = keys(view.book.codebook)
    return {
        "themes": [_theme(theme, signs[theme.id]) for theme in view.book.codebook],
        "questions": [{"id": one.id, "label": one.title} for one in view.study.questionnaire.open],
        "profile": grid.groups(view),
        "columns": _columns(view),
        "shown": list(shown),
        "states": _said(_STATES),
        "marks": _said(_MARKS),
        "sizes": list(grid.SIZES),
        "coder": view.coder.name,
        "may_code": reaches(view.coder.role, Role.CODER),
    }


def _theme(theme: Theme, key: Key) -> Body:
    about = {"id": theme.id, "label": theme.label, "colour": theme.colour}
    return {**about, "sign": key.sign, "number": key.number}
