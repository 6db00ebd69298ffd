"""The cookie by which a browser stays the same coder of a study, even when the server restarts."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from verbatims import tokens
from verbatims.ui.server.routes import (
    HEADER,
    RefusalError,
    bearer,
    refuse_strange,
    sent,
    speaking_to,
)


def cookie_name(place: str) -> str:
    """Each study, and each copy of it, has its own: one browser may work in several."""
    return f"verbatims_{place}"


@speaking_to
async def keep(request: Request) -> Response:
    """Have the browser keep the token that it shows, out of reach of any script."""
    try:
        refuse_strange(request)
        study, coder = await run_in_threadpool(bearer, request)
    except RefusalError as refused:
        return refused.response
    response = JSONResponse({"coder": coder.name})
    response.set_cookie(
        cookie_name(study.team.place),
        request.headers[HEADER],
        max_age=tokens.LASTS,
        secure=_encrypted(request),
        httponly=True,
        samesite="strict",
    )
    return response


@speaking_to
async def leave(request: Request) -> Response:
    """Have the browser forget who it was in a study."""
    try:
        refuse_strange(request)
        place = str((await sent(request)).get("study", ""))
    except RefusalError as refused:
        return refused.response
    response = JSONResponse({})
    if place.replace("-", "").isalnum() and place.isascii():
        response.delete_cookie(cookie_name(place), httponly=True, samesite="strict")
    return response


def _encrypted(request: Request) -> bool:
    """Whether the browser asked by https, were it through a proxy."""
    return "https" in (request.url.scheme, request.headers.get("X-Forwarded-Proto", ""))
