"""The marks of a line → which of them follow the numbers of a list."""

import re

_NUMBER = re.compile(r"(?:^|(?<=[\s.;:,!?)\"']))\(?(\d{1,2}|[a-h])\s?\.?\s?$")


def numbers(flat: str, start: int, marks: list[re.Match[str]]) -> dict[int, int]:
    """Where the signs of « 1) », « 2. », « a/ » are → where their numbers begin.

    A number counts items when it opens a line or when another follows or comes before it.
    """
    kept: dict[int, int] = {}
    waiting: dict[str, tuple[int, int, int]] = {}  # sign and kind → order, sign, beginning
    for mark in marks:
        if mark[0] not in (")", ".", "/", "°", "-") or flat[mark.end() : mark.end() + 1].isdigit():
            continue
        found = _NUMBER.search(flat[max(start, mark.start() - 6) : mark.start()])
        if not found:
            continue
        begins = mark.start() - len(found[0])
        order = int(found[1]) if found[1].isdigit() else ord(found[1]) - ord("a") + 1
        kind = mark[0] + str(found[1].isdigit())
        last = waiting.get(kind)
        if last and last[0] + 1 == order:
            kept |= {last[1]: last[2], mark.start(): begins}
        elif found[1].isdigit() and _opens_line(flat, start, begins):
            kept[mark.start()] = begins
        elif order != 1:
            continue
        waiting[kind] = (order, mark.start(), begins)
    return kept


def _opens_line(flat: str, start: int, at: int) -> bool:
    return at - start < 9 and not flat[start:at].strip(' -–*\t"')
