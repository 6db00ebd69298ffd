"""codebook.yaml ↔ Codebook: read, checked, changed, compared."""

from verbatims.codebook.diff import Change, ChangeKind, diff
from verbatims.codebook.reading import load, parse
from verbatims.codebook.replacing import replacements
from verbatims.codebook.writing import write

__all__ = ["Change", "ChangeKind", "diff", "load", "parse", "replacements", "write"]
