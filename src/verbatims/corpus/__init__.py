"""Raw frame + Questions → respondents, closed answers and verbatims."""

from verbatims.corpus.building import build
from verbatims.corpus.emptiness import status

__all__ = ["build", "status"]
