"""Any text → what may safely stand in a page: escaped for HTML or Markdown; figures as printed."""

import html
import re
from datetime import datetime
from pathlib import Path

from verbatims.language import FRENCH, _, number, percent, spoken

__all__ = [
    "escape",
    "literal",
    "moment",
    "moment_of",
    "number",
    "percent",
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
    if spoken() != FRENCH:
        return text
    return _OPENING.sub("«\u00a0", _CLOSING.sub("\u00a0\\1", text))


def literal(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: nothing in it is taken as a sign."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def moment(made_at: str) -> str:
    """A moment in ISO form → local date and time as the reader writes them."""
    return datetime.fromisoformat(made_at).astimezone().strftime(_("%d/%m/%Y à %H:%M"))


def moment_of(file: Path) -> str:
    """When a file was last written."""
    return datetime.fromtimestamp(file.stat().st_mtime).strftime(_("%d/%m/%Y à %H:%M"))


def size(file: Path) -> str:
    """How big a file is: « 12 ko »."""
    return _("{n}\u202fko", n=number(max(round(file.stat().st_size / 1000), 1)))
