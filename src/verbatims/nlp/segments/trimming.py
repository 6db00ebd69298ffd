"""A part → the span of its unit without the signs around it, or word that it only announces."""

import re
import unicodedata

from verbatims.nlp.segments.wording import HANGING, LINKS, is_finite, word_after, words

Span = tuple[int, int]

BULLETS = "•▪◦‣►➢●○■□▶✓✔∙·\uf0b7"
_LEFT = frozenset(".,;:!?…-–—*_/=>|→⇒)]" + BULLETS)
_RIGHT = frozenset(".,;:!?…-–—*_/=<+|→⇒([" + BULLETS)
_MORE = words("de d' en que qu'")  # « + de bus » says « plus de bus »
_UNSEEN = ("Cf", "Mn")  # joiners and variants, as emoji hold them
_COUNTING = words("voici quelques plusieurs deux trois quatre")
_SMILEY = re.compile(r"[:;]-?[)(]$")


def announces(flat: str, part: Span, last: Span) -> bool:
    """Whether a part is a bare « etc. », or before others only a number or what says they come."""
    start, end = part
    said = flat[start : min(end, start + 101)].strip(" -–—•*\t\n\r").lower()
    if said.rstrip(" .…") in ("etc", "ect"):
        return True
    if part == last or len(said) > 100:
        return False
    return said.rstrip(" .):°").isdigit() or said.endswith(":") and _only_announces(said)


def _only_announces(said: str) -> bool:
    """« Mais : », « Voici quelques pistes pour la ville : », « Le plus dangereux ce sont : »."""
    spoken = re.findall(r"\w+'?", said)
    if len(spoken) < 4 or spoken[0] in _COUNTING:
        return True
    last = spoken[-1]
    return last in HANGING | LINKS or last.startswith("suivant") or is_finite(last)


def trim(flat: str, start: int, end: int) -> Span:
    """The span without spaces, bullets, end marks and smileys at its ends."""
    while start < end and (_is_outside(flat[start], _LEFT) or _is_plus_sign(flat, start)):
        start += 1
    while end > start:
        if _is_outside(flat[end - 1], _RIGHT):
            end -= 1
        elif smiley := _SMILEY.search(flat, max(start, end - 3), end):
            end = smiley.start()
        else:
            break
    return start, end


def _is_plus_sign(flat: str, at: int) -> bool:
    return flat[at] == "+" and not says_more(flat, at) and not flat[at + 1 : at + 2].isdigit()


def says_more(flat: str, at: int) -> bool:
    """Whether the + at this place is a word: « + de bus »."""
    return word_after(flat, at + 1) in _MORE


def _is_outside(sign: str, signs: frozenset[str]) -> bool:
    return (
        sign.isspace() or sign in signs or unicodedata.category(sign) in _UNSEEN or is_picture(sign)
    )


def is_picture(sign: str) -> bool:
    """Whether it is an emoji or the like, not « ° » nor « © »."""
    return sign > "\u2000" and unicodedata.category(sign) in ("So", "Sk")
