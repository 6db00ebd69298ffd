"""Any text → what may safely stand in a page: escaped for HTML or Markdown; figures in French."""

import html
import re
from datetime import datetime
from pathlib import Path

from verbatims.charts import THIN, number, percent

__all__ = [
    "escape",
    "literal",
    "moment",
    "moment_of",
    "number",
    "percent",
    "plural",
    "size",
    "typeset",
]

_OPENING, _CLOSING = re.compile("« "), re.compile(r" ([»:;!?%])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:^&])")


def escape(text: str) -> str:
    """Text for HTML, attributes included."""
    return html.escape(text, quote=True)


def typeset(text: str) -> str:
    """A message of ours with the unbreakable spaces of French, so that no « is left alone."""
    return _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0\\1", text))


def literal(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: nothing in it is taken as a sign."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def plural(count: int, word: str, words: str = "") -> str:
    """1, "réponse" → « 1 réponse »; 2 → « 2 réponses »."""
    return f"{number(count)} {word if count < 2 else words or word + 's'}"


def moment(made_at: str) -> str:
    """A moment in ISO form → local date and time as they are written in France."""
    return datetime.fromisoformat(made_at).astimezone().strftime("%d/%m/%Y à %H:%M")


def moment_of(file: Path) -> str:
    """When a file was last written."""
    return datetime.fromtimestamp(file.stat().st_mtime).strftime("%d/%m/%Y à %H:%M")


def size(file: Path) -> str:
    """How big a file is: « 12 ko »."""
    return f"{number(max(round(file.stat().st_size / 1000), 1))}{THIN}ko"
