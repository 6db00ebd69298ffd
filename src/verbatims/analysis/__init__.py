"""Answers, codings and clusters → tables, each figure with its base."""

from verbatims.analysis.closed import closed
from verbatims.analysis.clusters import clusters
from verbatims.analysis.themes import base, frequencies, themes, themes_by

__all__ = ["base", "closed", "clusters", "frequencies", "themes", "themes_by"]
