"""A dash, slash or plus in a line → whether it parts items, or words, or opens an aside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verbatims.nlp.segments.trimming import says_more
from verbatims.nlp.segments.wording import (
    DETERMINERS,
    HANGING,
    LINKS,
    OPENING,
    is_finite,
    is_infinitive,
    word_after,
    word_before,
)

Span = tuple[int, int]

_NAME = re.compile(r"[\s']\(?[A-Z][a-z]\w*\s?$")
_CAPITAL = re.compile(r"\s*[A-Z](?![A-Z])")  # not that of an acronym


@dataclass(frozen=True)
class Line:
    """A line of a text, and where each stroke ends in it, by its sign and the spaces beside it."""

    flat: str
    start: int
    end: int
    strokes: Mapping[str, Sequence[int]]

    def before(self, mark: re.Match[str], most: int = 200) -> str:
        return self.flat[max(self.start, mark.start() - most) : mark.start()]

    def after(self, mark: re.Match[str], most: int = 120) -> str:
        return self.flat[mark.end() : min(self.end, mark.end() + most)]


def stance(flat: str, mark: re.Match[str]) -> str:
    """A dash, slash or plus with the spaces beside it; else nothing."""
    if mark[0][0] not in "-–—/+|" or flat.startswith(">", mark.end()):
        return ""
    before, after = flat[max(0, mark.start() - 1) : mark.start()], flat[mark.end() : mark.end() + 1]
    return (" " if before.isspace() else "") + mark[0] + (" " if after.isspace() else "")


def stroke(line: Line, mark: re.Match[str]) -> Span | None:
    """What a dash, slash or plus cuts, if it parts items."""
    held = stance(line.flat, mark)
    if word_before(line.flat, mark.start()) in HANGING:
        return None  # « les + modestes »
    if mark[0][0] == "+":
        return _plus(line, mark, held)
    if line.before(mark, 6).rstrip()[-1:] in (*".!?;:…",):
        return mark.span()
    cutting = _slash_cuts if mark[0][0] in "/|" else _dash_cuts
    return mark.span() if " " in held and cutting(line, mark, held) else None


def _plus(line: Line, mark: re.Match[str], held: str) -> Span | None:
    if held != " + " or line.before(mark, 3).rstrip().endswith("%"):
        return None
    if not says_more(line.flat, mark.start()):
        return mark.span()
    # « + de bus + de vélos »: the sign is a word of the next item.
    listed = line.flat[line.start : line.start + 20].lstrip()[:1] == "+"
    return (mark.start(), mark.start()) if listed else None


def _slash_cuts(line: Line, mark: re.Match[str], held: str) -> bool:
    """« Animer / évaluer / former », not « les bus / vélos » in a sentence."""
    before, rest = line.before(mark), line.after(mark)
    if _CAPITAL.match(rest):
        return not _NAME.search(before)
    if held[0] != " " or held[-1] != " ":
        return False
    if len(line.strokes[held]) > 1:
        return True
    longest = max(len(before.split()), len(re.split(r"[.!?…;]", rest)[0].split()))
    return longest < 9 and word_after(before, 0) not in DETERMINERS


def _dash_cuts(line: Line, mark: re.Match[str], held: str) -> bool:
    """A dash cuts before a capital, a statement or one of several items, not before an aside."""
    after = word_after(line.flat, mark.end())
    if line.after(mark, 3).lstrip()[:1].isupper():
        return not _NAME.search(line.before(mark, 30))
    if after in LINKS:
        return False
    if len(line.strokes[held]) > 1:
        return len(line.strokes[held]) > 2 or not _encloses(line, held)
    if held[0] != " " or held[-1] != " ":
        return False
    if is_infinitive(after) or after in OPENING:
        return True
    said = line.after(mark).lower().split()
    return len(line.before(mark).split()) < 7 and not any(map(is_finite, said))


def _encloses(line: Line, held: str) -> bool:
    """Whether two dashes enclose an aside: « devrait - à sa hauteur - payer »."""
    return any(word_after(line.flat, end) in LINKS for end in line.strokes[held])
