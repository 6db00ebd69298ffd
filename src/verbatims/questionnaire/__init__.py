"""questionnaire.yaml ↔ Questions: read one, or draft one from a survey file."""

from verbatims.questionnaire.drafting import draft
from verbatims.questionnaire.loading import load

__all__ = ["draft", "load"]
