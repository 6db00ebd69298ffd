"""Answers, codings and clusters → tables, each figure with its base."""

from verbatims.analysis.agreement import agreement
from verbatims.analysis.closed import closed
from verbatims.analysis.clusters import clusters
from verbatims.analysis.themes import base, frequencies, themes, themes_by
from verbatims.analysis.words import expression_table, lemma_table, repair_table

__all__ = [
    "agreement",
    "base",
    "closed",
    "clusters",
    "expression_table",
    "frequencies",
    "lemma_table",
    "repair_table",
    "themes",
    "themes_by",
]
