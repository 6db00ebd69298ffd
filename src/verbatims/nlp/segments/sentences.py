"""A run of . ! ? … → whether it ends a sentence, or stands in a word, a number, a clause."""

import re

from verbatims.folding import is_inclusive
from verbatims.nlp.segments.wording import (
    DETERMINERS,
    HANGING,
    HIDDEN,
    LINKS,
    PRONOUNS,
    is_finite,
    is_infinitive,
    word_after,
    word_before,
    words,
)

_SHORTENED = words("m mm mr mme mmes mlle dr pr st ste ex cf art av bd nb p pp")
_SITE = re.compile(r"\w[\w-]*\.(?:com|fr|org|net|eu|be)(?:/.*)?\W*")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\W*")
_NEXT_SIGN = " \t\"'«»)-–—,*;:"
_AFTER_ONE = words("et en pour alors a si")  # after one ! or ?, these begin a sentence
_AND_SO_ON = words("etc ect")


def ends(flat: str, mark: re.Match[str]) -> bool:
    """Whether what follows this run of . ! ? … is another sentence."""
    rest = flat[mark.end() : mark.end() + 6]
    follows = rest.lstrip(_NEXT_SIGN)[:1]
    if not follows:
        return True
    if follows == HIDDEN or mark[0] == "." and _is_inside(flat, mark.start()):
        return False
    before = word_before(flat, mark.start())
    hanging = before in HANGING or before in ("est", "sont")
    if follows.isupper():
        return not (hanging and mark[0][0] == ".")
    return not hanging and (not follows.isalpha() or _begins_in_lower_case(flat, mark, before))


def _is_inside(flat: str, at: int) -> bool:
    """Whether a full stop belongs to a number, an address, an abbreviation or a slip."""
    if flat[at + 1 : at + 2].isalnum():
        return _is_in_word(flat, at)
    if word_before(flat, at) in _SHORTENED:
        return flat[at - 1 : at].isalnum()
    token = _token(flat, at)
    if not _LETTERS.fullmatch(token):
        return False
    initial = token[0].isupper() and len(token) == 2  # « J. Dupont », not « D.R. Il »
    return initial or not flat[at + 1 : at + 6].lstrip()[:1].isupper()


def _is_in_word(flat: str, at: int) -> bool:
    before = word_before(flat, at)
    if before in HANGING | PRONOUNS or flat[at + 1].isdigit() and before[:1].isdigit():
        return True  # « il.suffirait », « 3.5 », « 14h.30 »
    token = _token(flat, at)
    if _SITE.fullmatch(token) or _LETTERS.fullmatch(token):
        return True
    return token.islower() and token.count(".") > 1 or is_inclusive(token.strip(".,;:!?"))


def _token(flat: str, at: int) -> str:
    """The signs around a place up to the next spaces or brackets."""
    head = re.split(r"[\s,;()']", flat[max(0, at - 40) : at])[-1]
    return head + re.split(r"[\s,;()]", flat[at : at + 40])[0]


def _begins_in_lower_case(flat: str, mark: re.Match[str], before: str) -> bool:
    first = word_after(flat, mark.end())
    if before in _AND_SO_ON:
        return first in PRONOUNS or is_infinitive(first)
    if len(mark[0]) == 1 and mark[0] != "…":
        return mark[0] == "." or first not in LINKS - _AFTER_ONE
    if first in DETERMINERS:
        return _has_verb(flat, mark.end())
    return first not in LINKS and not is_finite(first)


def _has_verb(flat: str, at: int) -> bool:
    clause = re.split(r"[.!?…;\n\r]", flat[at : at + 120].lstrip(" .…"))[0].lower()
    return any(word in PRONOUNS or is_finite(word) for word in re.findall(r"\w+'?", clause))
