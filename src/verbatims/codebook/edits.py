"""Changes of a text and of a list of a codebook, as edits of the file that holds them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from yaml import Node, ScalarNode, SequenceNode

from verbatims.codebook.layout import Layout, span
from verbatims.codebook.styling import Style, flow_list, item, scalar
from verbatims.folding import squeeze

_COMMA = re.compile(r"[ \t]*,[ \t]*")
_COMMENTED = re.compile(r"[ \t]*(,?)[ \t]*#")


class Edit(NamedTuple):
    """`new` in the place of text[start:end]."""

    start: int
    end: int
    new: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The edits of a text, done; those at the same place follow each other in the order given."""
    done, place = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        done += [text[place:start], new]
        place = max(place, end)
    return "".join([*done, text[place:]])


def filled(layout: Layout, node: Node, written: str) -> Edit:
    """Something in the place of a node; one that is empty begins right after its key."""
    start, end = span(node)[0], layout.end(node)
    if start == end:
        written = f"{'' if layout.text[start - 1] == ':' else ':'} {written}"
    return Edit(start, end, written)


def text_edit(layout: Layout, node: Node, text: str, *, flow: bool) -> Edit:
    """A text in the place of another, in its quotes, the comment that opened it kept."""
    quote = node.style if isinstance(node, ScalarNode) and node.style in ("'", '"') else ""
    written = scalar(text, flow=flow, like=quote or "")
    return filled(layout, node, "  ".join([written, *layout.header(node)]))


def list_edits(
    layout: Layout, node: Node, style: Style, was: Sequence[str], said: Sequence[str]
) -> Iterator[Edit]:
    """A list that says `said` and no longer `was`, in the form it has; a new one in the style."""
    if not isinstance(node, SequenceNode):
        yield _begun(layout, node, style, said)
    elif not node.value:
        start, end = span(node)[0] + 1, span(node)[1] - 1
        held = layout.text[start:end] if layout.comments(start, end) else ""
        yield Edit(start, end, f"{flow_list(said)[1:-1]}{held and ' '}{held}")
    else:
        yield from _differing(layout, node, was, said)


def comment_lines(layout: Layout, comments: Iterable[str], column: int) -> str:
    """Comments that have lost their line, each on its own, below the line before."""
    return "".join(f"{layout.end_of_line}{' ' * column}{comment}" for comment in comments)


def fill_flow(layout: Layout, before: Node, written: Sequence[str]) -> Iterator[Edit]:
    """More items after one of a list in brackets, each on its line if that one is."""
    start, end = span(before)[0], layout.end(before)
    own_line = not layout.text[layout.line_start(start) : start].strip()
    line = layout.end_of_line + " " * before.start_mark.column
    commented = _COMMENTED.match(layout.text, end)
    if not commented:
        yield Edit(end, end, "".join(f",{line if own_line else ' '}{one}" for one in written))
        return
    after = layout.line_end(end)
    if commented[1]:
        yield Edit(after, after, "".join(f"{line}{one}," for one in written))
    else:
        yield Edit(end, end, ",")
        yield Edit(after, after, line + f",{line}".join(written))


def _begun(layout: Layout, node: Node, style: Style, said: Sequence[str]) -> Edit:
    """The first items after a key that says nothing yet."""
    if style.flow_lists or span(node)[0] < layout.end(node):
        return filled(layout, node, flow_list(said))
    place = layout.line_end(span(node)[0])
    return Edit(place, place, "".join(style.end + item(text, style) for text in said))


def _differing(
    layout: Layout, items: SequenceNode, was: Sequence[str], said: Sequence[str]
) -> Iterator[Edit]:
    nodes = [node for node in items.value if squeeze(node.value)]
    insert, cut = (_flow_insert, _flow_cut) if items.flow_style else (_insert, _cut)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, said, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        same = min(i2 - i1, j2 - j1)
        for node, text in zip(nodes[i1 : i1 + same], said[j1 : j1 + same], strict=True):
            yield text_edit(layout, node, text, flow=bool(items.flow_style))
        if i1 + same < i2:
            yield from cut(layout, items, nodes, slice(i1 + same, i2))
        elif j1 + same < j2:
            yield from insert(layout, items, nodes[: i1 + same], said[j1 + same : j2])


def _insert(
    layout: Layout, items: SequenceNode, before: Sequence[Node], texts: Sequence[str]
) -> Iterator[Edit]:
    style = layout.style_of_items(items, Style(end=layout.end_of_line))
    first = layout.line_before(layout.dash(items, items.value[0]))
    place = layout.line_end(layout.end(before[-1])) if before else first
    yield Edit(place, place, "".join(style.end + item(text, style) for text in texts))


def _cut(layout: Layout, items: SequenceNode, nodes: Sequence[Node], run: slice) -> Iterator[Edit]:
    for node in nodes[run]:
        line = layout.dash(items, node)
        comments = layout.comments_around(line, node)
        kept = comment_lines(layout, comments, items.start_mark.column)
        yield Edit(layout.line_before(line), layout.line_end(layout.end(node)), kept)


def _flow_insert(
    layout: Layout, items: SequenceNode, before: Sequence[Node], texts: Sequence[str]
) -> Iterator[Edit]:
    written = [scalar(text, flow=True) for text in texts]
    if before:
        yield from fill_flow(layout, before[-1], written)
    else:
        start = span(items.value[0])[0]
        yield Edit(start, start, "".join(f"{one}, " for one in written))


def _flow_cut(
    layout: Layout, _items: SequenceNode, nodes: Sequence[Node], run: slice
) -> Iterator[Edit]:
    """Items and a comma for each; where comments stand between them, one by one."""
    first, following = run.start, nodes[run.stop :]
    start = layout.end(nodes[first - 1]) if first else span(nodes[0])[0]
    last = layout.end(nodes[run.stop - 1])
    end = span(following[0])[0] if following and not first else last
    texts = [place for node in nodes[run] for place in (span(node)[0], layout.end(node))]
    gaps = [start, *texts, end]
    if any(layout.comments(*gap) for gap in zip(gaps[::2], gaps[1::2], strict=True)):
        for node in nodes[run]:
            yield Edit(span(node)[0], _past_comma(layout, node), "")
    elif first:
        yield Edit(start, end, "")
    else:
        yield Edit(start, max(end, _past_comma(layout, nodes[run.stop - 1])), "")


def _past_comma(layout: Layout, node: Node) -> int:
    end = layout.end(node)
    comma = _COMMA.match(layout.text, end)
    return comma.end() if comma else end
