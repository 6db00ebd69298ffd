"""A share is drawn with its interval, and told in words."""

from math import nan

from verbatims.ui.parts.learning.figures import between, change, share


def test_a_share_is_a_mark_in_the_band_of_its_interval() -> None:
    drawn = share(0.82, 0.71, 0.93)
    assert "left:71.0%;width:22.0%" in drawn
    assert "left:82.0%" in drawn
    assert "entre 71\u202f% et 93\u202f%" in drawn


def test_what_is_withheld_is_a_dash() -> None:
    assert "—" in share(nan, nan, nan)
    assert change(nan, nan) == "—"


def test_a_change_says_before_and_after() -> None:
    assert change(0.5, 0.66) == "50\u202f% → 66\u202f%"
    assert change(nan, 0.5) == "— → 50\u202f%"
    assert between(0, 1) == "entre 0\u202f% et 100\u202f%"
