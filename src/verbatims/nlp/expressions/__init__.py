"""Expressions of several words: those that the analyst holds together, and candidates."""

from verbatims.nlp.expressions.candidates import propose
from verbatims.nlp.expressions.holding import held

__all__ = ["held", "propose"]
