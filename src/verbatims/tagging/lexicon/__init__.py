"""The terms of the codebook → the passages where they stand: a word, a rule, a reason."""

from verbatims.tagging.lexicon.passages import NAME, SCORE, tag

__all__ = ["NAME", "SCORE", "tag"]
