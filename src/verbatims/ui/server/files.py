"""The board's own files, as they are on the disk now."""

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class Files(StaticFiles):
    """Files that a browser asks for again at each visit, so that an upgrade reaches it whole."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response
