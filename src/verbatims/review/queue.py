"""What a coder wants to see, and in which order."""

from dataclasses import dataclass

from verbatims.review.orders import FILE

UNREAD, DONE = "unread", "done"


@dataclass(frozen=True)
class Filters:
    """What a coder wants to see, "" means everything; and in which of ORDERS.

    `profile` is an answer to a closed question, `mine` what the plan has the coder read. The order
    THEME goes through all verbatims, the most probable first, instead of leaving out those without
    the theme; SPLIT keeps those to read again, and calls them unread.
    """

    question: str = ""
    theme: str = ""
    state: str = UNREAD
    search: str = ""
    order: str = FILE
    profile: tuple[str, str] = ("", "")
    mine: bool = False
