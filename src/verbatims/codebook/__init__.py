"""codebook.yaml ↔ Codebook: read, checked, changed, compared."""

from verbatims.codebook.reading import load

__all__ = ["load"]
