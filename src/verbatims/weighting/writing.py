"""Weighting → the text of weighting.yaml."""

from collections.abc import Iterator

import yaml

from verbatims.language import _
from verbatims.weighting.reading import Weighting


def written(weighting: Weighting) -> str:
    """What `load` reads as this, with a word on each part for who opens the file."""
    return "\n".join([*_lines(weighting), ""])


def _lines(weighting: Weighting) -> Iterator[str]:
    if weighting.population is not None:
        yield _comment(_("Combien de personnes les répondants représentent, quand on le sait."))
        yield f"population: {weighting.population}"
    if weighting.trim is not None:
        low, high = (f"{bound:g}" for bound in weighting.trim)
        yield _comment(_("Entre quoi tenir un poids, 1 étant le poids moyen."))
        yield f"trim: [{low}, {high}]"
    if weighting.margins:
        told = _("Ce que l'on sait de la population : effectifs ou pourcentages par réponse.")
        yield _comment(told)
        yield "margins:"
    for margin in weighting.margins:
        yield f"  {_quoted(margin.question)}:"
        yield from (f"    {_quoted(answer)}: {target:.10g}" for answer, target in margin.targets)


def _comment(text: str) -> str:
    return f"# {text}"


def _quoted(text: str) -> str:
    quoted: str = yaml.dump(text, default_style='"', allow_unicode=True, width=2**31)
    return quoted.rstrip("\n")
