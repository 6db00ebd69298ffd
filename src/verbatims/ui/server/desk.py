"""What the board asks: batches of verbatims, one of them, what is near it; and what it sends."""

from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute, Route

from verbatims.errors import StudyError
from verbatims.language import _
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.ui.keys import keys
from verbatims.ui.server.routes import Body, answering

BATCH = 50  # sheets, unless another number is asked for


def batch(study: Study, coder: Coder, body: Body) -> Body:
    """The next sheets of a queue; `about` the study as well when that is asked for."""
    desk = study.desk(coder)
    filters = desk.filters(_object(body, "filters"))
    n = body.get("n", BATCH)
    answer = desk.batch(
        filters,
        after=_text(body, "after"),
        have=_names(body, "have"),
        n=n if isinstance(n, int) else BATCH,
    )
    return {**answer, "about": about(study, coder)} if body.get("about") else answer


def about(study: Study, coder: Coder) -> Body:
    """The codebook with its keys, the coder, and what they may undo."""
    own = keys(study.codebook)
    told = study.desk(coder).about()
    themes = [
        {
            **theme,
            "number": own[theme["id"]].number,
            "key": own[theme["id"]].digit,
            "letter": own[theme["id"]].letter,
        }
        for theme in told["themes"]
    ]
    return {**told, "themes": themes}


def sheet(study: Study, coder: Coder, body: Body) -> Body:
    return {"sheet": study.desk(coder).sheet(_text(body, "id"))}


def near(study: Study, coder: Coder, body: Body) -> Body:
    return study.desk(coder).near(_text(body, "id"))


def decisions(study: Study, coder: Coder, body: Body) -> Body:
    """Each id that was sent is acknowledged or refused; what is `near` one more, if asked for."""
    desk = study.desk(coder)
    acked, refused = desk.write(_list(body, "entries"))
    found = desk.near_at_once(_text(body, "near"))
    return {"acked": acked, "refused": refused, **({"near": found} if found else {})}


def routes() -> list[BaseRoute]:
    """Readers look; coders decide."""
    return [
        Route("/verbatims/batch", answering(Role.READER)(batch), methods=["POST"]),
        Route("/verbatims/sheet", answering(Role.READER)(sheet), methods=["POST"]),
        Route("/verbatims/near", answering(Role.READER)(near), methods=["POST"]),
        Route("/verbatims/decisions", answering(Role.CODER)(decisions), methods=["POST"]),
    ]


def _text(body: Body, name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _list(body: Body, name: str) -> list[Any]:
    value = body.get(name) or []
    if not isinstance(value, list):
        raise _unreadable()
    return value


def _names(body: Body, name: str) -> list[str]:
    return [one for one in _list(body, name) if isinstance(one, str)]


def _object(body: Body, name: str) -> Mapping[str, Any]:
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise _unreadable()
    return value


def _unreadable() -> StudyError:
    return StudyError(_("Demande illisible : rechargez la page."))
