"""The text of a codebook and where its parts are: what a change may touch, and what it may not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import yaml
from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from verbatims.codebook.styling import Style
from verbatims.errors import CodebookError
from verbatims.folding import squeeze
from verbatims.language import _

LISTS = ("include", "exclude", "examples", "terms")  # those that tell how a file writes its own

_COMMENT = re.compile(r"#[^\r\n]*")
_COMMENT_LINE = re.compile(r"\r?\n( *)#[^\r\n]*")
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """Places are indices of the text; a node ends with its last sign, without what follows."""

    text: str
    themes: SequenceNode

    @classmethod
    def of(cls, text: str) -> Self:
        """The layout of a codebook without fault; CodebookError if it is one we cannot change."""
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert isinstance(root, MappingNode)
        if _ODD_BREAK.search(text):
            raise _by_hand(_("des fins de ligne inhabituelles"))
        if max(Counter(_visited(root)).values()) > 1:
            raise _by_hand(_("une ancre « & » et son renvoi « * »"))
        return cls(text, next(value for key, value in root.value if key.value == "themes"))

    @property
    def end_of_line(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    @property
    def ids(self) -> list[str]:
        return [
            next(squeeze(value.value) for key, value in theme.value if key.value == "id")
            for theme in self.themes.value
        ]

    def theme(self, theme_id: str) -> MappingNode:
        node: MappingNode = self.themes.value[self.ids.index(theme_id)]
        return node

    def end(self, node: Node) -> int:
        if isinstance(node, CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[1] if isinstance(node, MappingNode) else last)
        start, end = span(node)
        return start + len(self.text[start:end].rstrip())

    def line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """The end of a line, before its break."""
        found = self.text.find("\n", place)
        end = len(self.text) if found < 0 else found
        return end - 1 if end > place and self.text[end - 1] == "\r" else end

    def line_before(self, place: int) -> int:
        """The end of the line before, before its break."""
        start = self.line_start(place)
        return self.line_end(self.line_start(start - 1)) if start else 0

    def dash(self, items: SequenceNode, item: Node) -> int:
        """Where the line of an item of a block list starts; its dash is alone before it."""
        column = items.start_mark.column
        return self.text.rfind(f"\n{' ' * column}-", 0, item.start_mark.index) + 1

    def after(self, place: int, column: int) -> int:
        """The end of the line, and of the lines of comment below that are deeper than a column."""
        stop = self.line_end(place)
        while (found := _COMMENT_LINE.match(self.text, stop)) and len(found[1]) > column:
            stop = found.end()
        return stop

    def comments(self, start: int, end: int) -> list[str]:
        """The comments of a stretch that holds no text."""
        return [found.rstrip() for found in _COMMENT.findall(self.text[start:end])]

    def comments_around(self, start: int, node: Node) -> list[str]:
        """The comments from a place to the text of a node, and after it on its last line."""
        end = self.end(node)
        found = self.comments(start, node.start_mark.index) + self.header(node)
        return found + self.comments(end, self.line_end(end))

    def header(self, node: Node) -> list[str]:
        """The comment after the sign that opens a block of text, « > # comme ceci »."""
        if not isinstance(node, ScalarNode) or node.style not in ("|", ">"):
            return []
        return self.comments(node.start_mark.index, self.line_end(node.start_mark.index))

    def spans(self) -> list[Span]:
        """Each theme with the comments right above it, and those that end it."""
        if self.themes.flow_style:
            return [span(node) for node in self.themes.value]
        column = self.themes.start_mark.column
        starts = [self._from_comments(self.dash(self.themes, n), column) for n in self.themes.value]
        ends = [self.after(self.end(node), column) for node in self.themes.value]
        return list(zip(starts, ends, strict=True))

    def style(self, theme: MappingNode) -> Style:
        """How a theme is written, and where it does not say, how the others are."""
        blocks = [node for node in (theme, *self.themes.value) if not node.flow_style]
        dash = 0 if self.themes.flow_style else self.themes.start_mark.column
        keys = blocks[0].start_mark.column if blocks else dash + 2
        first = theme.value[0][0]
        base = Style(
            dash=dash,
            keys=keys,
            items=keys + 2,
            flow_themes=bool(theme.flow_style),
            flow_lists=bool(theme.flow_style),
            quote=first.style or "",
            end=self.end_of_line,
        )
        return base if theme.flow_style else self._with_lists(base, blocks)

    def style_of_items(self, items: SequenceNode, style: Style) -> Style:
        """A style with the column and the gap of the dashes of a block list."""
        column, first = items.start_mark.column, items.value[0].start_mark.index
        gap = self.text[self.dash(items, items.value[0]) + column + 1 : first]
        return replace(style, items=column, gap=gap if gap.isspace() else " ")

    def _with_lists(self, style: Style, themes: Sequence[MappingNode]) -> Style:
        """A style with the form that most lists have, and the place of those of a theme."""
        lists = [
            (value.start_mark.column - theme.start_mark.column, value)
            for theme in themes
            for key, value in theme.value
            if key.value in LISTS and isinstance(value, SequenceNode) and value.value
        ]
        blocks = [(offset, items) for offset, items in lists if not items.flow_style]
        if 2 * len(blocks) < len(lists):
            return replace(style, flow_lists=True)
        if not blocks:
            return style
        offset, items = blocks[0]
        return replace(self.style_of_items(items, style), items=style.keys + offset)

    def _from_comments(self, start: int, column: int) -> int:
        """The first of the lines of comment right above a line, none deeper than a column."""
        while start:
            above = self.line_start(start - 1)
            line = self.text[above:start]
            comment = line.lstrip(" ")
            if not comment.startswith("#") or len(line) - len(comment) > column:
                break
            start = above
        return start


def span(node: Node) -> Span:
    return node.start_mark.index, node.end_mark.index


def _visited(node: Node) -> Iterator[int]:
    """Every node by its identity; one that is referred to elsewhere comes twice."""
    yield id(node)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from (*_visited(key), *_visited(value))
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _visited(item)


def _by_hand(what: str) -> CodebookError:
    return CodebookError(
        _(
            "La grille contient {what} : ouvrez-la dans un éditeur de texte pour la changer.",
            what=what,
        )
    )
