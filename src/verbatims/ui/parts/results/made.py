"""Figures → their tables, drawings and answers, kept until what they rest on changes."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pandas as pd

from verbatims.language import spoken
from verbatims.model import Criterion, Figure, Table
from verbatims.study import Study
from verbatims.study.figures import Figures
from verbatims.ui import shelf

_FONT = "Source Sans, sans-serif"  # that of the page

Spec = dict[str, Any]
Kept = TypeVar("Kept")


def table(opened: Study, figure: Figure) -> Table:
    """The table of a figure."""
    return _kept(opened, f"table {figure}", lambda: _figures(opened).table(figure))


def drawing(opened: Study, figure: Figure) -> Spec:
    """Its drawing, on which answers can be picked; the page itself says its title and notes."""
    return _kept(opened, f"drawing {figure}", lambda: _drawn(opened, figure))


def behind(opened: Study, figure: Figure, picked: Mapping[str, str]) -> pd.DataFrame:
    """The answers behind what was picked in it."""
    name = f"behind {figure} {sorted(picked.items())}"
    return _kept(opened, name, lambda: _figures(opened).behind(figure, picked))


def respondents(opened: Study, among: tuple[Criterion, ...]) -> int:
    """How many people of the survey are kept."""
    return _kept(opened, f"people {among}", lambda: _figures(opened).people(among))


def _figures(opened: Study) -> Figures:
    return _kept(opened, "figures", lambda: opened.figures)


def _drawn(opened: Study, figure: Figure) -> Spec:
    chart = _figures(opened).chart(figure, table(opened, figure), live=True)
    spec: Spec = chart.to_dict()
    config = {**spec.get("config", {}), "font": _FONT}
    return {**{name: part for name, part in spec.items() if name != "title"}, "config": config}


def _kept(opened: Study, name: str, make: Callable[[], Kept]) -> Kept:
    """What `make` gives, until a decision, a run or a file changes it.

    A quote that is picked or a figure that is kept changes no figure: at 100,000 respondents,
    making them all again at each gesture would be felt.
    """
    lasts = opened.store.lasts()._replace(memos=0, flags=0)
    version = (lasts, opened.stages.tags_codebook(), *shelf.stamps(opened.path))
    return shelf.last(opened.path, f"{name} ({spoken()})", version, make)
