"""Words as they are written → the words to read: case, accents and slips, before any tagging."""

from verbatims.nlp.repair.reading import Repair, Survey, survey

__all__ = ["Repair", "Survey", "survey"]
