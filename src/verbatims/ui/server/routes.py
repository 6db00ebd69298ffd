"""From a request to a study, its coder and what is asked; every refusal is said to who asks."""

import json
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from verbatims import tokens
from verbatims.errors import VerbatimsError
from verbatims.language import _, speaking
from verbatims.model import Coder, Role
from verbatims.study import Study
from verbatims.study.team import reaches
from verbatims.ui import shelf
from verbatims.ui.server.gate import OTHER_SITE, is_same_site
from verbatims.ui.server.tongue import of_request

HEADER = "X-Verbatims"
LARGEST = 2_000_000  # bytes of a request

Body = dict[str, Any]
Handler = Callable[[Study, Coder, Body], Body]
Endpoint = Callable[[Request], Awaitable[Response]]


class RefusalError(Exception):
    """A request that is not answered: its status, and what to do."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status, self.says = status, says

    @property
    def response(self) -> JSONResponse:
        return JSONResponse({"says": self.says}, self.status)


def speaking_to(endpoint: Endpoint) -> Endpoint:
    """Have an endpoint speak the language that each request asks for, when it refuses too."""

    @wraps(endpoint)
    async def heard(request: Request) -> Response:
        with speaking(of_request(request.headers)):
            return await endpoint(request)

    return heard


def answering(role: Role) -> Callable[[Handler], Endpoint]:
    """Make an endpoint of a function of a study, its coder and the JSON object that was sent.

    The function is called in a thread, for whoever may do what `role` does; it gives back the
    object to send. What it says with a VerbatimsError goes to the coder.
    """

    def decorate(handler: Handler) -> Endpoint:
        @speaking_to
        @wraps(handler)
        async def endpoint(request: Request) -> Response:
            try:
                refuse_strange(request)
                body = await sent(request)
                return JSONResponse(await run_in_threadpool(answer, request, body))
            except RefusalError as refused:
                return refused.response
            except VerbatimsError as error:
                return RefusalError(409, str(error)).response

        def answer(request: Request, body: Body) -> Body:
            study, coder = bearer(request)
            if not reaches(coder.role, role):
                raise RefusalError(403, _("Votre rôle dans cette étude ne permet pas ce geste."))
            return handler(study, coder, body)

        return endpoint

    return decorate


def bearer(request: Request) -> tuple[Study, Coder]:
    """The study that the token of a request names, and the coder that it proves."""
    token = request.headers.get(HEADER, "")
    place = tokens.study_of(token)
    if not place:
        raise RefusalError(401, _("Dites d’abord qui vous êtes : rechargez la page."))
    study = shelf.study_of(place)
    if study is None:
        raise RefusalError(
            503, _("L’étude n’est pas encore ouverte : nouvel essai dans un instant.")
        )
    coder = study.team.holder(token)
    if coder is None:
        raise RefusalError(
            401, _("Votre accès à cette étude n’est plus valable : identifiez-vous.")
        )
    return study, coder


def refuse_strange(request: Request) -> None:
    """Refuse what another site would have the browser send."""
    if not is_same_site(request.headers):
        raise RefusalError(403, _(OTHER_SITE))


async def sent(request: Request) -> Body:
    """The JSON object of a request."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > LARGEST:
            raise RefusalError(413, _("Trop de données en une fois : rien n’a été enregistré."))
    try:
        body = json.loads(read or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise RefusalError(400, _("Demande illisible : rechargez la page."))
    return body
