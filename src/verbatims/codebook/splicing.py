"""A codebook said otherwise → its text with that alone changed, every other sign kept."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby

from yaml import MappingNode, Node

from verbatims.codebook.edits import (
    Edit,
    applied,
    comment_lines,
    fill_flow,
    list_edits,
    text_edit,
)
from verbatims.codebook.layout import Layout, span
from verbatims.codebook.reading import THEME_KEYS
from verbatims.codebook.styling import Value, block, flow_pair, flow_theme, pair, values
from verbatims.model import Codebook, Theme

_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


def spliced(text: str, old: Codebook, new: Codebook) -> str:
    """The text of `old`, changed where `new` says otherwise of its themes, and with its new ones.

    CodebookError if the file is laid out in a way that cannot be changed. The order of the
    themes is not looked at: see `reordered`.
    """
    layout = Layout.of(text)
    known = {theme.id: theme for theme in old.themes}
    edits: list[Edit] = []
    for theme in new.themes:
        if theme.id in known:
            edits += _changes(layout, layout.theme(theme.id), known[theme.id], theme)
    return applied(text, [*edits, *_new_themes(layout, new.themes, known)])


def reordered(text: str, order: Callable[[list[str]], list[str]]) -> str:
    """The themes in another order of their ids, each with its comments; what parts them stays."""
    layout = Layout.of(text)
    spans = dict(zip(layout.ids, layout.spans(), strict=True))
    moved = zip(order(layout.ids), spans.values(), strict=True)
    return applied(text, [Edit(*place, text[slice(*spans[name])]) for name, place in moved])


def _changes(layout: Layout, node: MappingNode, old: Theme, new: Theme) -> Iterator[Edit]:
    was, said = values(old), values(new)
    written = {str(key.value): value for key, value in node.value}
    changed = [key for key in THEME_KEYS if was[key] != said[key]]
    emptied = [key for key in changed if said[key] == ""]
    style = layout.style(node)
    for key in changed:
        told = said[key]
        if key not in written:
            usual = THEME_KEYS[: THEME_KEYS.index(key)]
            before = [name for name in usual if name in written and name not in emptied]
            yield _addition(layout, node, written[before[-1]], key, told)
        elif key in emptied:
            yield _removal(layout, node, [*written].index(key))
        elif isinstance(told, str):
            yield text_edit(layout, written[key], told, flow=style.flow_themes)
        else:
            yield from list_edits(layout, written[key], style, was[key], told)


def _addition(layout: Layout, theme: MappingNode, before: Node, key: str, value: Value) -> Edit:
    """A key that was not there, after another."""
    style = layout.style(theme)
    if style.flow_themes:
        place = layout.end(before)
        return Edit(place, place, f", {flow_pair(key, value, style)}")
    place = layout.after(layout.end(before), style.keys)
    return Edit(place, place, "".join(style.end + line for line in pair(key, value, style)))


def _removal(layout: Layout, theme: MappingNode, index: int) -> Edit:
    """A key that goes; one that holds to its neighbours by more than a comma is left empty."""
    key, value = theme.value[index]
    (start, key_end), end = span(key), layout.end(value)
    if index and not theme.flow_style:
        comments = comment_lines(
            layout, layout.comments_around(key_end, value), key.start_mark.column
        )
        return Edit(layout.line_before(start), layout.line_end(end), comments)
    before = layout.end(theme.value[index - 1][1]) if index else 0
    gaps = layout.comments(before, start) + layout.comments(key_end, span(value)[0])
    if index and not gaps:
        return Edit(before, end, "")
    return Edit(span(value)[0], end, " ".join(layout.header(value)))


def _new_themes(layout: Layout, themes: Sequence[Theme], known: Collection[str]) -> Iterator[Edit]:
    """Themes that the file has not, after the one of its own that comes before them."""
    before = ""
    for is_known, group in groupby(themes, key=lambda theme: theme.id in known):
        run = list(group)
        if is_known:
            before = run[-1].id
        else:
            yield from _themes_after(layout, layout.ids.index(before), run)


def _themes_after(layout: Layout, index: int, themes: Sequence[Theme]) -> Iterator[Edit]:
    neighbour = layout.themes.value[index]
    style = layout.style(neighbour)
    if layout.themes.flow_style:
        yield from fill_flow(layout, neighbour, [flow_theme(theme, style) for theme in themes])
        return
    spans = layout.spans()
    ends, starts = [end for _, end in spans], [start for start, _ in spans[1:]]
    gaps = [layout.text[end:start] for end, start in zip(ends, starts, strict=False)]
    parted = bool(gaps) and _BLANK_LINE.match(gaps[max(index - 1, 0)]) is not None
    lines = [line for theme in themes for line in ([""] * parted + block(theme, style))]
    yield Edit(ends[index], ends[index], "".join(style.end + line for line in lines))
