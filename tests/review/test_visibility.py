"""Who may see what of a verbatim that several are to read without seeing each other."""

import pandas as pd
import pytest

from verbatims import frames, review
from verbatims.review.visibility import (
    FREE,
    MACHINE,
    OTHERS,
    Task,
    openings,
    tasks,
    unsuggested,
)


def assigned(*rows: tuple[str, str, bool, bool]) -> pd.DataFrame:
    """(verbatim, coder, blind, hides the machine)."""
    columns = ["verbatim_id", "coder", "blind", "hides_machine"]
    frame = pd.DataFrame(rows, columns=columns).assign(plan=1)
    return frames.ASSIGNMENTS.check(frame)


BLIND = Task(frozenset({"Anne", "Paul"}), blind=True)
HIDING = Task(frozenset({"Anne", "Paul"}), blind=True, hides_machine=True)


def test_tasks_tell_for_each_verbatim_who_reads_it_and_how():
    made = assigned(
        ("v1", "Anne", True, True), ("v1", "Paul", True, True), ("v2", "Anne", False, False)
    )
    assert tasks(made) == {"v1": HIDING, "v2": Task(frozenset({"Anne"}))}
    assert tasks(assigned()) == {}


def test_a_blind_verbatim_is_closed_until_all_those_who_are_to_read_it_have():
    assert BLIND.closed(())
    assert BLIND.closed(("Anne", "Zoé"))
    assert not BLIND.closed(("Anne", "Paul"))
    assert not Task(frozenset({"Anne", "Paul"})).closed(())
    assert not FREE.closed(())


def test_the_closed_verbatims_are_those_that_nobody_may_see_the_others_work_on():
    made = tasks(assigned(("v1", "Anne", True, False), ("v2", "Anne", True, False)))
    assert review.closed(made, {"v1": ("Anne",), "v3": ("Paul",)}) == {"v2"}


@pytest.mark.parametrize(
    ("coder", "readers", "hidden"),
    [
        ("Anne", (), MACHINE),  # she is to read it and has not
        ("Anne", ("Anne",), OTHERS),  # she has, he has not
        ("Anne", ("Paul",), MACHINE),
        ("Zoé", ("Anne",), OTHERS),  # she is not to read it
        ("Anne", ("Anne", "Paul"), ""),
        ("Zoé", ("Anne", "Paul"), ""),
    ],
)
def test_the_machine_is_hidden_from_those_who_are_to_read_and_have_not(coder, readers, hidden):
    assert HIDING.hides(coder, readers) == hidden
    assert BLIND.hides(coder, readers) == (OTHERS if hidden else "")


def test_the_machine_is_hidden_until_one_has_read_even_where_others_are_not():
    task = Task(frozenset({"Anne", "Paul"}), hides_machine=True)
    assert task.hides("Anne", ("Paul",)) == MACHINE
    assert task.hides("Anne", ("Anne",)) == ""
    assert task.hides("Zoé", ()) == ""
    assert unsuggested({"v1": task, "v2": BLIND}, {"v1": ("Anne",)}) == {"v1"}
    assert unsuggested({"v1": task}, {"v1": ("Anne", "Paul")}) == set()


def test_a_blind_verbatim_opens_once_by_the_first_reading_that_makes_it_read_by_all():
    rows = [
        (1, "v1", "", "Anne", "read", "a"),
        (2, "v1", "", "Anne", "withdrawn", "undo:a"),
        (3, "v1", "", "Paul", "read", "p"),
        (4, "v1", "", "Anne", "read", "b"),
        (5, "v1", "", "Anne", "withdrawn", "undo:b"),
        (6, "v1", "", "Anne", "read", "c"),
        (7, "v2", "", "Anne", "read", "d"),
    ]
    columns = ["number", "verbatim_id", "theme", "coder", "value", "gesture"]
    decisions = pd.DataFrame(rows, columns=columns)
    assert openings({"v1": BLIND, "v2": BLIND}, decisions) == {"v1": 4}
    assert openings({"v1": Task(frozenset({"Anne"}))}, decisions) == {}
