"""A text → its parts: where lines, sentences and the signs of a list cut it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from verbatims.nlp.segments.numbers import numbers
from verbatims.nlp.segments.sentences import ends
from verbatims.nlp.segments.strokes import Line, stance, stroke
from verbatims.nlp.segments.trimming import BULLETS, is_picture
from verbatims.nlp.segments.wording import (
    CONJUNCTIONS,
    HANGING,
    HIDDEN,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATE,
    opens,
    word_after,
    word_before,
    words,
)

Span = tuple[int, int]

_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
# Signs, and words with a capital; begun by one class of characters, so that it runs fast.
_SPOT = re.compile(
    rf"[^a-z0-9\s{HIDDEN}'\"«»(\[\]{{}}]"
    r"(?:(?<=[A-Z])\w*|(?<=[.!?…])[.!?…]*(?:\s?[»\"”](?=\s|$))?|(?<=[-–—])[-–—]*|(?<=\*)\*+|)"
)
_GOING_ON = words("qui dont car afin ni meme")  # in lower case, no line begins with these
_SMILEY = re.compile(r"[:;]-?[)(](?!\w)")


def parts(flat: str) -> Iterator[Span]:
    """The spans between cuts, with the spaces and marks that still stand at their ends."""
    for start, end in _lines(flat):
        for cut_start, cut_end in _cuts(flat, start, end):
            if cut_start >= start:
                yield start, cut_start
                start = cut_end
        yield start, end


def _lines(flat: str) -> Iterator[Span]:
    start = 0
    for found in _BREAK.finditer(flat):
        if not _goes_on(flat, found.start(), found.end()):
            yield start, found.start()
            start = found.end()
    yield start, len(flat)


def _goes_on(flat: str, end: int, start: int) -> bool:
    """Whether the sentence before a line break plainly goes on after it."""
    last = flat[max(0, end - 20) : end].rstrip()[-1:]
    linking = CONJUNCTIONS if last == "," else _GOING_ON
    lower = flat[start : start + 8].lstrip()[:1].islower()
    if lower and last not in ".!?…;:" and word_after(flat, start) in linking:
        return True
    return last.isalpha() and word_before(flat, end) in HANGING


def _cuts(flat: str, start: int, end: int) -> Iterator[Span]:
    marks = list(_SPOT.finditer(flat, start, end))
    strokes: defaultdict[str, list[int]] = defaultdict(list)
    for mark in marks:
        strokes[stance(flat, mark)].append(mark.end())
    line = Line(flat, start, end, strokes)
    numbered = numbers(flat, start, marks)
    for mark in marks:
        if mark.start() in numbered:
            yield numbered[mark.start()], mark.end()
        elif cut := _CUTTING.get(mark[0][0], _picture)(line, mark):
            yield cut


def _capital(line: Line, mark: re.Match[str]) -> Span | None:
    """A capital without any sign before it cuts if it opens a statement."""
    flat, at = line.flat, mark.start()
    if not re.match(r"[A-Z](?:[a-z]|'[a-z])", flat[at : at + 3]) or at == line.start:
        return None
    if flat[at - 1] != HIDDEN and _stands_inside(line, at):
        return None
    return (at, at) if opens(flat, at) else None


def _stands_inside(line: Line, at: int) -> bool:
    """Whether a capital goes on with what is before: a preposition, a name, a sign."""
    said = line.flat[max(line.start, at - 30) : at]
    before = (said.split() or [""])[-1]
    if not re.search(rf"[\w{HIDDEN}%)\"»]\s+$", said):
        return True
    if word_before(line.flat, at) in HANGING | PREPOSITIONS:
        return True
    is_name = before[:1].isupper() and not before.isupper()
    return is_name and word_after(line.flat, at) not in PRONOUNS


def _end(line: Line, mark: re.Match[str]) -> Span | None:
    if not ends(line.flat, mark):
        return None
    # A quotation mark that closes stays with what it closes, and so does the end mark in it.
    return (mark.end(), mark.end()) if mark[0][-1] in '»"”' else mark.span()


def _semicolon(line: Line, mark: re.Match[str]) -> Span | None:
    if smiley := _smiley(line, mark):
        return smiley
    return None if word_after(line.flat, mark.end()) in SUBORDINATE else mark.span()


def _smiley(line: Line, mark: re.Match[str]) -> Span | None:
    found = _SMILEY.match(line.flat, mark.start(), line.end)
    return _closing(line, *found.span()) if found else None


def _picture(line: Line, mark: re.Match[str]) -> Span | None:
    return _closing(line, *mark.span()) if is_picture(mark[0][0]) else None


def _closing(line: Line, start: int, end: int) -> Span | None:
    """A smiley ends a sentence when a capital follows."""
    return (start, end) if line.flat[end : end + 4].lstrip()[:1].isupper() else None


def _bullet(line: Line, mark: re.Match[str]) -> Span | None:
    loose = mark.start() == line.start or line.before(mark, 1).isspace()
    return mark.span() if loose or mark[0][0] not in "*_·" else None  # « mot* », « élu·e »


def _comma(line: Line, mark: re.Match[str]) -> Span | None:
    """A comma counts as a full stop when a capital after it opens a statement."""
    if not re.match(r"\s{0,3}[A-Z](?:[a-z ]|'[a-z])", line.after(mark, 6)):
        return None
    return mark.span() if opens(line.flat, mark.end(), nouns=False) else None


_CUTTING: dict[str, Callable[[Line, re.Match[str]], Span | None]] = {
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _capital),
    **dict.fromkeys(".!?…", _end),
    **dict.fromkeys("-–—/+|", stroke),
    **dict.fromkeys(BULLETS + "*_", _bullet),
    ";": _semicolon,
    ":": _smiley,
    ",": _comma,
}
