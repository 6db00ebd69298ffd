"""A verbatim's text and its evidence → HTML where each matched span shows its theme's number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verbatims.ui.parts.text import escape

COLOURS = 12


# Not c and r, which are Streamlit's; nor n (rien à coder), s (citation) and z (annuler).
KEYS = "123456789abdefghijklmopqtuvwxy"


@dataclass(frozen=True)
class Evidence:
    """A span of the text that speaks for a theme, and what is said when pointing at it."""

    start: int
    end: int
    number: int
    reason: str
    kept: bool = True


def marked(text: str, evidence: Sequence[Evidence], ideas: Sequence[tuple[int, int]] = ()) -> str:
    """The text with its evidence tinted, underlined and numbered; line breaks are kept.

    Of the ideas of the text, when there are several, those with kept evidence have a background.
    """
    spans = _merged(text, evidence)
    said = _said(ideas, spans) if len(ideas) > 1 else []
    places = [(span.start, span.end) for span in spans] + said
    cuts = sorted({0, len(text), *(place for span in places for place in span)})
    starts, ends = {start for start, _ in said}, {end for _, end in said}
    pieces = [
        '<span class="v-idea">' * (start in starts)
        + _piece(text, start, end, [span for span in spans if _covers(span, start, end)])
        + "</span>" * (end in ends)
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
    return f'<p class="v-verbatim" lang="fr">{"".join(pieces)}</p>'


def _said(ideas: Sequence[tuple[int, int]], spans: Sequence[Evidence]) -> list[tuple[int, int]]:
    """The ideas in which something kept speaks for a theme."""
    kept = [span for span in spans if span.kept]
    return [
        (start, end)
        for start, end in ideas
        if any(span.start < end and start < span.end for span in kept)
    ]


def _covers(span: Evidence, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


def sign(number: int) -> str:
    """What stands for a theme in the text, and its key: digits, then letters that nothing uses."""
    return KEYS[number - 1] if number <= len(KEYS) else str(number)


def colour(number: int) -> str:
    """The class that gives a theme its colour."""
    return f"v-t{(number - 1) % COLOURS + 1}"


def _merged(text: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """One span per theme where its spans touch, with all their reasons; nothing past the text."""
    merged: list[Evidence] = []
    for span in sorted(evidence, key=lambda span: (span.number, span.start, span.end)):
        inside = replace(span, start=max(span.start, 0), end=min(span.end, len(text)))
        if inside.start >= inside.end:
            continue
        last = merged[-1] if merged else None
        if last and last.number == inside.number and inside.start <= last.end:
            reasons = last.reason.split("\n")
            if inside.reason not in reasons:
                reasons.append(inside.reason)
            merged[-1] = replace(last, end=max(last.end, inside.end), reason="\n".join(reasons))
        else:
            merged.append(inside)
    return merged


def _piece(text: str, start: int, end: int, spans: Sequence[Evidence]) -> str:
    """The text between two cuts, marked by the spans that cover it."""
    words = escape(text[start:end])
    if not spans:
        return words
    first = next((span for span in spans if span.kept), spans[0])
    title = escape("\n".join(span.reason for span in spans))
    ending = "".join(
        f'<sup class="{colour(span.number)}">{sign(span.number)}</sup>'
        for span in spans
        if span.end == end
    )
    off = "" if first.kept else " v-off"
    return f'<mark class="{colour(first.number)}{off}" title="{title}">{words}{ending}</mark>'
