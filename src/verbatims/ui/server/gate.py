"""Before any page, route or upload: where a request comes from, and what it may bring."""

import re
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from verbatims.language import N_, _, speaking
from verbatims.model import Role
from verbatims.study.team import reaches
from verbatims.ui import shelf
from verbatims.ui.server.tongue import of_request

_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/")
FROM_HERE = N_(
    "Verbatims ne répond ici qu’à cette machine, à l’adresse http://127.0.0.1 ou "
    "http://localhost. Pour ouvrir une étude à d’autres machines, donnez-lui des comptes puis "
    "lancez : verbatims app ÉTUDE --address ADRESSE"
)
OTHER_SITE = N_("Cette demande vient d’un autre site : elle est refusée.")
_NO_UPLOAD = N_("Seul un responsable de l’étude peut y envoyer un fichier.")

_bringing: dict[str, str] = {}  # sessions that are someone's, with the token that proves it


def may_bring(session: str, token: str) -> None:
    """From now on a session is this token's bearer; nobody's without one."""
    if token:
        _bringing[session] = token
    else:
        _bringing.pop(session, None)


class Gate:
    """Refuses what comes from elsewhere; `app` answers the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        says = await _refusal(scope) if scope["type"] in ("http", "websocket") else ""
        if not says:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            with speaking(of_request(Headers(scope=scope))):
                said = _(says)
            await PlainTextResponse(said, 403)(scope, receive, send)


async def _refusal(scope: Scope) -> str:
    """Why a request is not answered; "" when it is."""
    headers = Headers(scope=scope)
    if shelf.only() is None and not _is_from_here(scope, headers):
        return FROM_HERE
    if scope["type"] == "websocket":
        return "" if is_same_site(headers) else OTHER_SITE
    sent = _UPLOAD.search(scope["path"])
    if sent is None or await run_in_threadpool(_leads, sent["session"]):
        return ""
    return _NO_UPLOAD


def is_same_site(headers: Headers) -> bool:
    """Whether a request comes from a page of ours, or from no page at all."""
    origin = headers.get("Origin")
    # A page of another site cannot write the second header; a proxy does.
    hosts = {headers.get("Host"), headers.get("X-Forwarded-Host")}
    return origin is None or urlsplit(origin).netloc in hosts


def is_local(host: str) -> bool:
    """Whether a host is this machine, under an address that no other site can take."""
    try:
        address = ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback


def _is_from_here(scope: Scope, headers: Headers) -> bool:
    """A name that leads here may be anyone's: the page of another site must not use it."""
    ends = (scope.get("client"), scope.get("server"))
    return all(end is not None and is_local(end[0]) for end in ends) and is_local(
        host_of(headers.get("Host", ""))
    )


def host_of(asked: str) -> str:
    """The host of a header, without its port."""
    try:
        return urlsplit(f"//{asked}").hostname or ""
    except ValueError:
        return ""


def _leads(session: str) -> bool:
    """Whether a session may bring files: on a machine of one's own, any may."""
    path = shelf.only()
    if path is None:
        return True
    study = shelf.study_at(path)
    coder = study.team.holder(_bringing.get(session, "")) if study else None
    return coder is not None and reaches(coder.role, Role.LEAD)
