"""A coder's queue starts where work is left to do and stays put while it is done."""

import pandas as pd

from verbatims.frames import RANDOM
from verbatims.review import DONE, UNREAD
from verbatims.review.orders import FILE, UNCERTAIN
from verbatims.ui.queue import build, renewed

PASSING = pd.DataFrame(
    {
        "verbatim_id": ["a", "b", "c", "d"],
        "state": [DONE, UNREAD, DONE, UNREAD],
        "queue": FILE,
        "reason": "",
    }
)
TO_DO = PASSING[PASSING["state"] == UNREAD]
READ = PASSING[PASSING["state"] == DONE]


def ordered(*places: tuple[str, str, str]) -> pd.DataFrame:
    """Unread verbatims as `review.queue` gives them: id, order that chose it, why."""
    rows = [(name, UNREAD, order, why) for name, order, why in places]
    return pd.DataFrame(rows, columns=list(PASSING.columns))


def test_what_is_to_do_is_a_queue_of_the_unread_counted_among_all() -> None:
    queue = build(TO_DO, PASSING)
    assert queue.ids == ["b", "d"]
    assert (queue.scope, queue.read) == (4, {"a", "c"})


def test_a_queue_of_all_begins_at_the_first_unread() -> None:
    assert build(PASSING, PASSING).current == "b"


def test_a_queue_where_all_is_read_begins_at_the_start() -> None:
    assert build(READ, PASSING).current == "a"


def test_a_queue_keeps_the_order_that_chose_each_verbatim_and_why() -> None:
    shown = ordered(("d", UNCERTAIN, "hésite"), ("b", RANDOM, "tirage"))
    queue = build(shown, PASSING)
    assert queue.ids == ["d", "b"]
    assert queue.orders == {"d": UNCERTAIN, "b": RANDOM}
    assert queue.reasons == {"d": "hésite", "b": "tirage"}


def test_a_new_analysis_orders_anew_what_comes_after_the_verbatim_on_the_desk() -> None:
    before = build(ordered(*((name, FILE, "") for name in "abcde")), PASSING)
    before.forward()
    again = [("e", UNCERTAIN, "hésite"), ("b", UNCERTAIN, "sur b"), ("c", RANDOM, "tirage")]
    queue = renewed(before, build(ordered(*again), PASSING))
    assert queue.ids == ["a", "b", "e", "c"]
    assert queue.current == "b"
    assert (queue.reasons["a"], queue.reasons["b"]) == ("", "sur b")


def test_a_new_analysis_adds_what_is_left_at_the_end_of_a_list_gone_through() -> None:
    before = build(ordered(("a", FILE, "")), PASSING)
    before.forward()
    queue = renewed(before, build(ordered(("b", FILE, "")), PASSING))
    assert (queue.ids, queue.current) == (["a", "b"], "b")


def test_past_the_end_there_is_nothing_and_one_step_back_is_the_last() -> None:
    queue = build(TO_DO, PASSING)
    for _ in range(5):
        queue.forward()
    assert queue.current is None
    queue.back()
    assert queue.current == "d"


def test_there_is_no_step_back_before_the_first() -> None:
    queue = build(TO_DO, PASSING)
    queue.back()
    assert queue.current == "b"


def test_going_to_a_verbatim_left_out_by_the_filters_puts_it_on_the_desk() -> None:
    queue = build(TO_DO, PASSING)
    queue.go("a")
    assert queue.current == "a"
    queue.forward()
    assert queue.current == "b"


def test_no_verbatim_makes_an_empty_queue() -> None:
    queue = build(PASSING[:0], PASSING[:0])
    assert queue.current is None
    assert queue.scope == 0
