"""A share and its interval → a bar and its words, as HTML."""

import math

from verbatims.language import _
from verbatims.ui.parts.text import percent


def share(value: float, low: float, high: float) -> str:
    """« 82 % », a bar where the interval is a band, « entre 71 % et 93 % »; a dash without it."""
    if math.isnan(value):
        return '<span class="v-none">—</span>'
    band = f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"
    return (
        f'<span class="v-share"><b>{percent(value)}</b>'
        f'<span class="v-range" aria-hidden="true"><i style="{band}"></i>'
        f'<u style="left:{100 * value:.1f}%"></u></span>'
        f"<small>{between(low, high)}</small></span>"
    )


def between(low: float, high: float) -> str:
    """« entre 71 % et 93 % »."""
    return _("entre {low} et {high}", low=percent(low), high=percent(high))


def change(before: float, after: float) -> str:
    """« 52 % → 60 % »; a dash without figures."""
    told = [percent(value) if not math.isnan(value) else "—" for value in (before, after)]
    return " → ".join(told) if told != ["—", "—"] else "—"
