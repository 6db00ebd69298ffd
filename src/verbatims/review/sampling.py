"""Verbatims → the order in which chance draws them, and the random sample that readings made."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import takewhile

import pandas as pd

from verbatims.frames import ANSWERED, BULK
from verbatims.review.decisions import readers

SEED = "verbatims"


def random_order(ids: Iterable[str]) -> list[str]:
    """The ids as chance draws them, once and for all: that of some is that of all, thinned out."""
    return sorted(ids, key=lambda name: (sha256(f"{SEED} {name}".encode()).digest(), name))


def random_part(verbatims: pd.DataFrame, decisions: pd.DataFrame, question: str = "") -> list[str]:
    """The longest prefix of the random order that coders have wholly read.

    It is a simple random sample of the answers to `question` (of all when ""), whatever else was
    read in between and why: the order was drawn before anyone coded and knows nothing of the
    answers, and the prefix ends at the first one unread. What was decided in number was not read
    one by one, and would find suggestions right that nobody looked at. How long it is hangs on the
    effort made
    and on what other queues happened to read next in the order. Seen as drawing until m + 1
    answers come up that no other queue chose, the last left out, this is inverse sampling, where
    leaving the last one out makes shares unbiased (Haldane 1945, Biometrika 33, 222-225), once at
    least one answer was read for being drawn. The answers that other queues read further on are
    no part of it.
    """
    pool = verbatims[verbatims["status"] == ANSWERED]
    if question:
        pool = pool[pool["question"] == question]
    read = readers(decisions[decisions["queue"] != BULK])
    return list(takewhile(read.__contains__, random_order(pool["verbatim_id"])))
