"""Drawings → SVG and PNG, made here: nothing is asked of any network."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt

ENDINGS = (".svg", ".png")
SCALE = 2.0  # pixels of a PNG for one of the drawing: sharp on a slide


def write(chart: "alt.LayerChart", stem: Path) -> list[str]:
    """Write the drawing under `stem`, once per kind of picture; the names of the files."""
    import vl_convert

    spec = chart.to_json()
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    png = vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[])
    stem.with_name(f"{stem.name}.svg").write_text(svg, "utf-8")
    stem.with_name(f"{stem.name}.png").write_bytes(png)
    return [f"{stem.name}{ending}" for ending in ENDINGS]
