"""The answers of the data as they are printed: those that are the tool's own words are said."""

from verbatims.charts import ASIDE
from verbatims.language import _


def printed(answer: str) -> str:
    """An answer, in the reader's language where it is ours."""
    return _(answer) if answer in ASIDE else answer
