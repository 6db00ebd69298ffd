"""weighting.yaml and who answered → weights: what is known of the population, made to hold."""

from verbatims.weighting.raking import NOT_APPLIED, Report, weigh
from verbatims.weighting.reading import Margin, Weighting, load, marginable
from verbatims.weighting.writing import written

__all__ = ["NOT_APPLIED", "Margin", "Report", "Weighting", "load", "marginable", "weigh", "written"]
