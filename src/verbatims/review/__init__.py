"""Tags and decisions → what has been read, the codings that count, and what to show a coder."""

from verbatims.review.accepting import Offer, Refusal, accepted, auto_accept
from verbatims.review.adjudicating import adjudication, undoing
from verbatims.review.assigning import assign
from verbatims.review.codings import codings
from verbatims.review.decisions import (
    History,
    Rows,
    ended,
    history,
    latest,
    readers,
    taking_back,
    validation,
)
from verbatims.review.disagreements import disagreements
from verbatims.review.labels import labels
from verbatims.review.orders import ORDERS, Guide, Order, Ranking, order
from verbatims.review.queue import DONE, UNREAD, Filters
from verbatims.review.replacing import (
    Replacements,
    Sought,
    decided,
    known,
    sought,
    successor,
    to_reread,
)
from verbatims.review.sampling import random_order, random_part
from verbatims.review.stopping import ALL, reliability, saturation, saturation_note
from verbatims.review.visibility import closed
from verbatims.review.votes import traces, votes

__all__ = [
    "ALL",
    "DONE",
    "ORDERS",
    "UNREAD",
    "Filters",
    "Guide",
    "History",
    "Offer",
    "Order",
    "Ranking",
    "Refusal",
    "Replacements",
    "Rows",
    "Sought",
    "accepted",
    "adjudication",
    "assign",
    "auto_accept",
    "closed",
    "codings",
    "decided",
    "disagreements",
    "ended",
    "history",
    "known",
    "labels",
    "latest",
    "order",
    "random_order",
    "random_part",
    "readers",
    "reliability",
    "saturation",
    "saturation_note",
    "sought",
    "successor",
    "taking_back",
    "to_reread",
    "traces",
    "undoing",
    "validation",
    "votes",
]
