"""Tags and decisions → what has been read, the codings that count, and what to show a coder."""

from verbatims.review.decisions import Rows, codings, latest, readers, sought, undoing, validation
from verbatims.review.queue import DONE, UNREAD, Filters, queue

__all__ = [
    "DONE",
    "UNREAD",
    "Filters",
    "Rows",
    "codings",
    "latest",
    "queue",
    "readers",
    "sought",
    "undoing",
    "validation",
]
