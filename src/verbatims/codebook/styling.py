"""Themes → lines of YAML, in the style of the file that they join."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml
from yaml import ScalarNode

from verbatims.codebook.reading import THEME_KEYS
from verbatims.model import KEEP, Theme, ThemeStatus

_TEXT = "tag:yaml.org,2002:str"

Value = str | tuple[str, ...]  # what a key says: a text, or the texts of a list


@dataclass(frozen=True)
class Style:
    """How a file is laid out: columns of a theme's dash and keys, of the dashes of its lists."""

    dash: int = 2
    keys: int = 4
    items: int = 6
    gap: str = " "  # between the dash of an item and its text
    flow_themes: bool = False  # {id: a, label: A}
    flow_lists: bool = False  # [a, b]
    quote: str = ""  # around keys
    end: str = "\n"  # of a line


def values(theme: Theme) -> dict[str, Value]:
    """What each key of a theme says, in the usual order; empty where nothing need be written."""
    said: dict[str, Value] = {}
    for key in THEME_KEYS:
        if key == "terms":
            said[key] = tuple(term.written for term in theme.terms)
        else:
            said[key] = getattr(theme, key)
    if theme.status is ThemeStatus.ACTIVE:
        said["status"] = ""
    if theme.negation == KEEP:
        said["negation"] = ""
    return said


def scalar(text: str, *, flow: bool, like: str = "") -> str:
    """A text as YAML reads it back, quoted if it must be; `like` is the quote it had."""
    if not like and _is_plain(text, flow):
        return text
    if like != "'" and not set('"\\') & set(text):
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def flow_list(texts: Sequence[str]) -> str:
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def flow_pair(key: str, value: Value, style: Style) -> str:
    """A key and its value on one line: « label: A », « terms: [a, b] »."""
    if isinstance(value, tuple):
        return f"{_key(key, style)} {flow_list(value)}"
    return f"{_key(key, style)} {scalar(value, flow=style.flow_themes)}"


def pair(key: str, value: Value, style: Style) -> list[str]:
    """The lines of a key of a block, at its column; lists of ids are short enough for one."""
    if not isinstance(value, tuple) or style.flow_lists or key == "replaces":
        return [" " * style.keys + flow_pair(key, value, style)]
    return [" " * style.keys + _key(key, style), *(item(text, style) for text in value)]


def item(text: str, style: Style) -> str:
    return f"{' ' * style.items}-{style.gap}{scalar(text, flow=False)}"


def block(theme: Theme, style: Style) -> list[str]:
    """The lines of a theme, from its dash on."""
    if style.flow_themes:
        return [f"{' ' * style.dash}- {flow_theme(theme, style)}"]
    lines = [line for key, value in _said(theme) for line in pair(key, value, style)]
    return [" " * style.dash + "-" + lines[0][style.dash + 1 :], *lines[1:]]


def flow_theme(theme: Theme, style: Style) -> str:
    pairs = (flow_pair(key, value, style) for key, value in _said(theme))
    return f"{{{', '.join(pairs)}}}"


def _said(theme: Theme) -> Iterator[tuple[str, Value]]:
    return ((key, value) for key, value in values(theme).items() if value)


def _key(key: str, style: Style) -> str:
    return f"{style.quote}{key}{style.quote}:"


def _is_plain(text: str, flow: bool) -> bool:
    """Whether YAML reads a text without quotes as this text, and not as a number or a mapping."""
    try:
        node = yaml.compose(f"[{text}]" if flow else f"- {text}", Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError):
        return False
    read = node.value[0] if node is not None and len(node.value) == 1 else None
    return isinstance(read, ScalarNode) and (read.value, read.tag) == (text, _TEXT)
