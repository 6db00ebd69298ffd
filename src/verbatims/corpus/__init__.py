"""Raw frame + Questions → respondents, closed answers and verbatims."""

from verbatims.corpus.building import build
from verbatims.corpus.emptiness import empties, status
from verbatims.corpus.restating import restated

__all__ = ["build", "empties", "restated", "status"]
