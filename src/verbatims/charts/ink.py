"""The colours of the drawings: in order when printed in grey, apart for those who see few."""

import altair as alt

PRIMARY = "#1f4e79"
PALETTE = (
    *("#1f4e79", "#c8553d", "#2e7d5b", "#8a6d1d"),
    *("#6a4c93", "#3a7ca5", "#9c3848", "#5b6770"),
)
INK, FAINT, RULE, PAPER, BLACK = "#1b2430", "#4a5560", "#e1e5ea", "#ffffff", "#000000"
LIGHT = "#c9dcec"  # scales go from LIGHT to PRIMARY: they stay in order when printed in grey
# the other side of a scale that has a middle, and that middle
AGAINST, AGAINST_LIGHT, NEUTRAL = "#9a4a12", "#f0cfae", "#e4e2dd"


def between(first: str, last: str, part: float) -> str:
    """The colour at `part` of the way from one to the other."""
    mixed = (round(a + (b - a) * part) for a, b in zip(rgb(first), rgb(last), strict=True))
    return "#" + "".join(f"{level:02x}" for level in mixed)


def ink_on(colour: str) -> str:
    """White or black: the better of the two has a contrast of at least 4.5 on any colour."""
    light = luminance(colour) + 0.05
    return PAPER if 1.05 / light > light / 0.05 else BLACK


def luminance(colour: str) -> float:
    parts = (level / 255 for level in rgb(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def as_is(field: str) -> alt.Color:
    return alt.Color(f"{field}:N", scale=None)
