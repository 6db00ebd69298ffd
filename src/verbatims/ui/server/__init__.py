"""What the app answers besides its pages: JSON under /verbatims/, and the board's own files."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from verbatims.ui.server import desk, grid, session
from verbatims.ui.server.address import settle
from verbatims.ui.server.files import Files
from verbatims.ui.server.gate import Gate

__all__ = ["SCRIPT", "STATIC", "middleware", "routes", "settle"]

_UI = Path(__file__).parents[1]
SCRIPT = Path(__file__).parent / "script.py"  # not beside pages/, which Streamlit would list
STATIC = _UI / "board" / "static"


def middleware() -> list[Middleware]:
    """What every request goes through first, Streamlit's own included."""
    return [Middleware(Gate)]


def routes() -> list[BaseRoute]:
    """Every route but Streamlit's own."""
    return [
        Route("/verbatims/session", session.keep, methods=["POST"]),
        Route("/verbatims/leave", session.leave, methods=["POST"]),
        *desk.routes(),
        *grid.routes(),
        Mount("/verbatims/static", Files(directory=STATIC)),
    ]
