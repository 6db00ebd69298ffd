"""A coder's queue starts where work is left to do and stays put while it is done."""

import pandas as pd

from verbatims.review import DONE, UNREAD
from verbatims.ui.queue import build

PASSING = pd.DataFrame({"verbatim_id": ["a", "b", "c", "d"], "state": [DONE, UNREAD, DONE, UNREAD]})


def test_what_is_to_do_is_a_queue_of_the_unread_counted_among_all() -> None:
    queue = build(PASSING, state=UNREAD)
    assert queue.ids == ["b", "d"]
    assert (queue.scope, queue.read) == (4, {"a", "c"})


def test_a_queue_of_all_begins_at_the_first_unread() -> None:
    assert build(PASSING, state="").current == "b"


def test_a_queue_where_all_is_read_begins_at_the_start() -> None:
    assert build(PASSING, state=DONE).current == "a"


def test_past_the_end_there_is_nothing_and_one_step_back_is_the_last() -> None:
    queue = build(PASSING, state=UNREAD)
    for _ in range(5):
        queue.forward()
    assert queue.current is None
    queue.back()
    assert queue.current == "d"


def test_there_is_no_step_back_before_the_first() -> None:
    queue = build(PASSING, state=UNREAD)
    queue.back()
    assert queue.current == "b"


def test_going_to_a_verbatim_left_out_by_the_filters_puts_it_on_the_desk() -> None:
    queue = build(PASSING, state=UNREAD)
    queue.go("a")
    assert queue.current == "a"
    queue.forward()
    assert queue.current == "b"


def test_no_verbatim_makes_an_empty_queue() -> None:
    queue = build(PASSING[:0], state=UNREAD)
    assert queue.current is None
    assert queue.scope == 0
