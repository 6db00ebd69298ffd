"""A part that is as a whole a list with commas → its items."""

import re
from collections.abc import Iterator

from verbatims.nlp.segments.wording import (
    ARTICLES,
    DETERMINERS,
    HIDDEN,
    LINKS,
    PRONOUNS,
    is_finite,
    is_infinitive,
    word_after,
    words,
)

Span = tuple[int, int]

_LONGEST = 14  # words of an item, parentheses aside
_SETTING = (LINKS - words("quel quelle quels quelles")) | words(
    "non deja ici aujourd'hui ensuite enfin bien"
)  # what begins no item
_ADJECTIVE = re.compile(  # « mal entretenues », « durable et »
    r"(?:mal|tres|trop|peu|assez) (?!d)"
    r"|\w{2,}(?:able|if|ive|eux|euse|ale?|ique|ent)s?(?: et| ou| ?$)"
)
_AMOUNTS = words("pas plus moins trop peu manque aucun aucune")  # « Pas de bus, le bruit, … »
_ENUMERATES = re.compile(r"\b(?:comme|tel(?:le)?s? qu|notamment|par exemple|que ce soit)\b")
_SUBORDINATE = re.compile(
    r"\b(?:lorsque?|lorsqu'|quand|qui|que|qu'|ou|dont|si|parce|car|puisque|des que|meme)\b.*",
    re.DOTALL,
)


def items(flat: str, start: int, end: int) -> list[Span]:
    """The items of a list of three or more that each stand alone; else the whole."""
    whole = [(start, end)]
    if flat.count(",", start, end) < 2:
        return whole
    colon = flat.rfind(":", start, end)
    if colon <= start:
        return _listed(flat, start, end) or whole
    found = _listed(flat, colon + 1, end)
    if not found:
        return _listed(flat, start, end) or whole
    if _only_details(flat, start, colon, found):
        return whole
    if _states(flat[start:colon]):
        return [(start, colon), *found]
    return [(start, found[0][1]), *found[1:]]  # « Transports : » stays with the first


def _only_details(flat: str, start: int, colon: int, found: list[Span]) -> bool:
    """Whether the list only spells out what is said: « les énergies : solaire, bois, vent »."""
    if _kind(flat, *found[0]) in ("infinitive", "clause"):
        return False
    size = _size(flat, start, colon)
    if is_infinitive(word_after(flat, start)):
        return size > 2
    sizes = sorted(_size(flat, *item) for item in found)
    return size > 9 and sizes[len(sizes) // 2] < 2


def _states(intro: str) -> bool:
    """Whether an introduction is a statement and not a heading."""
    said = re.findall(r"\w+'?", intro.lower())
    if len(said) < 3:
        return False
    return is_infinitive(said[0]) or any(word in PRONOUNS or is_finite(word) for word in said)


def _listed(flat: str, start: int, end: int) -> list[Span]:
    """The items, or nothing if this is no list."""
    parts = list(_between_commas(flat, start, end))
    if len(parts) < 3 or any(_size(flat, *part) > _LONGEST for part in parts):
        return []
    if _ENUMERATES.search(flat[start : parts[0][1]].lower()):
        return []
    kinds = [_kind(flat, *part) for part in parts]
    head = kinds[0]
    if head == "hanging" or (head != "clause" and "clause" in kinds):
        return []
    found: list[Span] = []
    for part, kind in zip(parts, kinds, strict=True):
        if found and not _parallel(head, kind):
            found[-1] = (found[-1][0], part[1])
        else:
            found.append(part)
    return found if len(found) > 2 and _of_equal_rank(flat, found, kinds) else []


def _between_commas(flat: str, start: int, end: int) -> Iterator[Span]:
    first = start
    for found in re.finditer(r",(?!\d)|(?<!\d),", flat[start:end]):
        comma = start + found.start()
        if flat[first:comma].strip(" .;:!?…"):
            yield first, comma
        first = comma + 1
    if flat[first:end].strip(" .;:!?…"):
        yield first, end


def _size(flat: str, start: int, end: int) -> int:
    return len(flat[start:end].replace(HIDDEN, " ").split())


def _kind(flat: str, start: int, end: int) -> str:
    """What a part begins with: clause, infinitive, de, noun (with its article), bare or hanging."""
    said = re.findall(r"\w+'?", flat[start : min(end, start + 60)].lower())
    if said and said[0] in ("et", "ou"):
        said = said[1:]
    first, second = [*said, "", ""][:2]
    if second in ("qui", "que", "qu'"):
        return "hanging"  # « ce qui … »
    if first in PRONOUNS:
        return "clause"
    if is_infinitive(second if first in ("moins", "plus", "mieux") else first):
        return "infinitive"
    if first in ("ne", "n'"):
        return "infinitive" if any(map(is_infinitive, said[1:4])) else "hanging"
    if first in ("de", "d'"):
        return "de"
    if first in DETERMINERS:
        return "noun"
    adjective = _ADJECTIVE.match(f"{first} {second}")
    return "hanging" if adjective or first in _SETTING or first.endswith("ant") else "bare"


def _parallel(head: str, kind: str) -> bool:
    """Whether a part of this kind is an item beside the first, else it hangs on the one before."""
    if kind == "hanging":
        return False
    if head in ("infinitive", "clause"):
        return kind == head
    return kind != "de" or head == "de"


def _of_equal_rank(flat: str, found: list[Span], kinds: list[str]) -> bool:
    if kinds[0] == "clause":  # « je trie, j'achète bio, je roule à vélo »
        return len({word_after(flat, start)[:1] for start, _ in found}) == 1
    if kinds[0] == "noun" and set(kinds[1:]) <= {"bare"}:
        return False  # « les élus honnêtes, compétents, proches »
    if kinds[0] == "bare" and _shares_its_head(flat, found):
        return False
    return not any(_is_sentence(flat[start:end].lower()) for start, end in found)


def _shares_its_head(flat: str, found: list[Span]) -> bool:
    """« Priorité à l'école, la santé, la justice »."""
    if word_after(flat, found[0][0]) in _AMOUNTS:
        return False
    return all(word_after(flat, start) in ARTICLES for start, _ in found[1:])


def _is_sentence(item: str) -> bool:
    main = _SUBORDINATE.sub("", item)
    return "n'" in main or any(map(is_finite, re.findall(r"\w+", main)))
