"""Tags and decisions → what has been read, the codings that count, and what to show a coder."""

from verbatims.review.accepting import Offer, Refusal, accepted, auto_accept
from verbatims.review.codings import codings
from verbatims.review.decisions import (
    History,
    Rows,
    history,
    latest,
    readers,
    taking_back,
    validation,
)
from verbatims.review.labels import labels
from verbatims.review.orders import ORDERS, Guide, Order, Place, order
from verbatims.review.queue import DONE, UNREAD, Filters, queue
from verbatims.review.replacing import Replacements, decided, sought, to_reread
from verbatims.review.sampling import random_order, random_part
from verbatims.review.stopping import ALL, reliability, saturation, saturation_note

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
    "Place",
    "Refusal",
    "Replacements",
    "Rows",
    "accepted",
    "auto_accept",
    "codings",
    "decided",
    "history",
    "labels",
    "latest",
    "order",
    "queue",
    "random_order",
    "random_part",
    "readers",
    "reliability",
    "saturation",
    "saturation_note",
    "sought",
    "taking_back",
    "to_reread",
    "validation",
]
