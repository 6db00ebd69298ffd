"""Answers, codings and clusters → tables, each figure with its base."""

from verbatims.analysis.agreement import agreement
from verbatims.analysis.closed import closed
from verbatims.analysis.clusters import clusters
from verbatims.analysis.crosses import cross, together
from verbatims.analysis.filters import among, people, told_among
from verbatims.analysis.held import holds
from verbatims.analysis.themes import base, frequencies, themes, themes_by
from verbatims.analysis.variables import Variable, variable
from verbatims.analysis.words import expression_table, lemma_table, repair_table

__all__ = [
    "Variable",
    "agreement",
    "among",
    "base",
    "closed",
    "clusters",
    "cross",
    "expression_table",
    "frequencies",
    "holds",
    "lemma_table",
    "people",
    "repair_table",
    "themes",
    "themes_by",
    "together",
    "told_among",
    "variable",
]
