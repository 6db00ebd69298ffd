"""Where themes stand in the texts: the passages that coders marked, else those suggested."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from verbatims.model import Codebook
from verbatims.study import Study, results
from verbatims.ui import reading, state
from verbatims.ui.parts import coder
from verbatims.ui.parts.text import escape

Span = tuple[int, int]
Spans = Mapping[str, Sequence[Span]]


def of(opened: Study, themes: Collection[str], verbatim_ids: Collection[str]) -> Spans:
    """The passages of these themes in each text; no suggestion for who still reads blind."""
    if not themes:
        return {}
    own = state.kept(opened, "own passages", lambda: results.passages(opened))
    marked = _spans(own[own["verbatim_id"].isin(verbatim_ids)], themes)
    if coder.unsuggested(opened):
        return marked
    tagged = pd.concat([reading.load(opened).tagged(name) for name in verbatim_ids])
    return {**_spans(tagged, themes), **marked}


def lineage(codebook: Codebook, themes: Collection[str]) -> set[str]:
    """Themes and all those under them."""
    found = {theme for theme in themes if theme}
    while below := {theme.id for theme in codebook if theme.parent in found} - found:
        found |= below
    return found


def html(text: str, spans: Sequence[Span]) -> str:
    """A text for HTML with its passages marked; those that overlap are one."""
    pieces, place = [], 0
    for start, end in spans:
        first, last = max(start, place), max(end, place)
        pieces.append(escape(text[place:first]))
        if last > first:
            pieces.append(f"<mark>{escape(text[first:last])}</mark>")
        place = last
    return "".join((*pieces, escape(text[place:])))


def _spans(found: pd.DataFrame, themes: Collection[str]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    kept = found[found["theme"].isin(themes) & (found["end"] > found["start"])]
    for name, start, end in zip(kept["verbatim_id"], kept["start"], kept["end"], strict=True):
        spans[name].append((int(start), int(end)))
    return {name: sorted(own) for name, own in spans.items()}
