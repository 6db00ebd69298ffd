"""Passages → those that their sentence negates, by rules on words and parts of speech."""

from verbatims.tagging.lexicon.negation.bearing import Negated, negated

__all__ = ["Negated", "negated"]
