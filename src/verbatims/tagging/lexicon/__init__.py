"""The terms of the codebook → the passages where they stand: a word, a rule, a reason."""

from verbatims.tagging.lexicon.labels import label_words
from verbatims.tagging.lexicon.passages import NAME, SCORE, find, tag
from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.warnings import warnings

__all__ = ["NAME", "SCORE", "Text", "find", "label_words", "tag", "warnings"]
