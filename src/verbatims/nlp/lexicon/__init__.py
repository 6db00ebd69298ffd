"""The words of French: what forms there are, how frequent, of which parts of speech and lemmas."""

from verbatims.nlp.lexicon.choice import Words, choose, ends
from verbatims.nlp.lexicon.index import normal
from verbatims.nlp.lexicon.table import PARTS_OF_SPEECH, Lexicon, lexicon

__all__ = ["PARTS_OF_SPEECH", "Lexicon", "Words", "choose", "ends", "lexicon", "normal"]
