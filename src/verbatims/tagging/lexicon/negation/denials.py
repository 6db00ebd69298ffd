"""« (ne) … pas », « jamais », « plus » as no more: what they bear on."""

import re
from collections.abc import Callable, Sequence

from verbatims.tagging.lexicon.negation.phrases import (
    denied_lack,
    noun_phrase,
    reverses,
    verb_phrase,
)
from verbatims.tagging.lexicon.negation.sentence import (
    CONDITIONAL,
    NOT,
    NOTHING,
    OF,
    Cue,
    Sentence,
    group_start,
    ne_before,
    words_of,
)
from verbatims.tagging.lexicon.negation.subjects import spoken_of, subject

# « pas seulement », « pas mal de » negate nothing.
_ONLY = words_of("que qu' seulement uniquement juste simplement exclusivement sans mal moins loin")
# « le pas », « pourquoi pas »; « de plus », « non plus ».
_STEPS = words_of(
    "un le les ce cet ces chaque deux quelques premier premiers grand grands petit petits faux "
    "mauvais bon pourquoi"
)
_MORE = ("non", "de", "en", "au", "pas", "d'autant", "le", "la", "les")
_SAYING = words_of("dire penser croire affirmer pretendre considerer trouver estimer")
# Verbs and attributes that only say that their subject is there, or enough.
_EXISTING = words_of("exister suffire suivre")
_THERE = words_of(
    "suffisant present disponible la rendezvous hauteur assez nombreux assurer prevoir"
)
# What was not made, or did not come, is not there: « n'a pas été créé », « n'est pas arrivé ».
_MADE = words_of(
    """creer installer instaurer instituer etablir retablir constituer organiser realiser lancer
    ouvrir construire deployer fournir livrer verser accorder attribuer octroyer allouer obtenir
    recevoir donner proposer trouver designer nommer recruter embaucher renouveler maintenir
    programmer financer debloquer distribuer remplacer faire"""
)
_COME = words_of("arriver venir parvenir naitre advenir")
_PLACE = frozenset(("place", "oeuvre", "disposition"))
_HELD = words_of("avoir trouver recevoir obtenir")
_WHY = ("pourquoi", "comment")
_NO_MORE = frozenset(("aucun", "aucune", "jamais", "personne", "rien", "guere"))
_HAVING = ("a", "ya", "avait", "ai", "avons", "ont")
_PERSON = re.compile("(?:[aic]teur|trice|iste|logue)$")


def around_verb(sentence: Sentence, at: int) -> Cue | None:
    """« (ne) … pas », « jamais », « plus » as no more: the verb before, and what follows."""
    verb = _verb_before(sentence, at)
    if _is_idle(sentence, at) or (verb >= 0 and _undone(sentence, at, verb)):
        return None
    right = _right(sentence, at)
    if right is None or _denied_saying(sentence, at) or denied_lack(sentence, right):
        return None
    ne = ne_before(sentence, at)
    scope = right | ({verb} if verb >= 0 else NOTHING)
    start = group_start(sentence, at, verb, ne)
    if _speaks_of_subject(sentence, verb, right) or _does_not_come(sentence, at, verb):
        scope |= spoken_of(sentence, start)
    elif not right and verb < 0:
        scope |= subject(sentence, start)
    elif not right and _takes_up(sentence, at, verb):
        scope |= _named_before(sentence, start)
    return Cue(ne if ne >= 0 else at, at, at, scope)


def _takes_up(sentence: Sentence, at: int, verb: int) -> bool:
    """« nous n'en avons pas », « on ne les a pas »."""
    held = sentence.lemma(verb) in _HELD and sentence.has(verb - 1, ("le", "la", "l'", "les"))
    return held or any(sentence.is_of_it(between) for between in range(max(at - 4, 0), at))


def _named_before(sentence: Sentence, start: int) -> frozenset[int]:
    """« (il faudrait) un référent, (nous n'en avons pas) »."""
    while start > 0 and sentence.is_border(start - 1):
        start -= 1
    return subject(sentence, start)


def _right(sentence: Sentence, at: int) -> frozenset[int] | None:
    """What follows, the aside after a comma left out: « plus, depuis deux ans, de référent »."""
    start = at + 1
    while sentence.has(start, NOT):
        start += 1
    if sentence.has(start, (",",)):
        resumed = _after_aside(sentence, start)
        return noun_phrase(sentence, resumed) if resumed >= 0 else NOTHING
    return verb_phrase(sentence, start)


def _after_aside(sentence: Sentence, comma: int) -> int:
    for at in range(comma + 1, len(sentence) - 1):
        if sentence.has(at, (",",)):
            return at + 1 if sentence.has(at + 1, OF) else -1
    return -1


def _verb_before(sentence: Sentence, at: int) -> int:
    """The finite verb that a negation follows, -1 if none."""
    if sentence.has(at - 1, NOT):
        return -1
    verb = sentence.before(at)
    while sentence.has(verb, ("y", "en", "il", "on")) and sentence.part(verb) == "PRON":
        verb -= 1
    if sentence.part(verb) in ("VERB", "AUX"):
        return verb
    clitic = sentence.has(verb - 1, ("on", "je", "j'", "me", "te", "se", "nous", "vous", "s'"))
    return verb if clitic and verb == at - 1 else -1


def _undone(sentence: Sentence, at: int, verb: int) -> bool:
    """« N'oubliez pas … », « Ne faudrait-il pas … ? »."""
    inverted = any(map(sentence.is_inverted, range(verb + 1, at)))
    asked = inverted and sentence.has(len(sentence) - 1, ("?",))
    return (asked and not _is_granted(sentence, at, verb)) or reverses(sentence, verb)


def _is_granted(sentence: Sentence, at: int, verb: int) -> bool:
    """« Pourquoi n'y a-t-il pas … ? » and « N'avons-nous pas de … ? » take it as missing."""
    if CONDITIONAL.search(sentence.form(verb)):
        return False
    why = any(sentence.has(before, _WHY) for before in range(verb))
    return why or sentence.has(at + 1, OF)


def _denied_saying(sentence: Sentence, at: int) -> bool:
    """« On ne peut pas dire que nous n'ayons pas de moyens » says that there are."""
    for before in range(at - 1, 0, -1):
        if not sentence.said(before):
            return False
        if sentence.has(before, ("que", "qu'")):
            verb = before - 1
            said = sentence.lemma(verb) in _SAYING and sentence.has(verb - 1, ("pas",))
            return said or (sentence.has(verb, ("pas",)) and sentence.lemma(verb - 1) in _SAYING)
    return False


def _speaks_of_subject(sentence: Sentence, verb: int, right: frozenset[int]) -> bool:
    """« … n'existe pas », « … ne sont pas suffisants », « … n'a pas eu lieu »."""
    if sentence.lemma(verb) in _EXISTING or (sentence.lemma(verb) == "etre" and not right):
        return True
    words = [sentence.lemma(at) for at in sorted(right)]
    born = words[:2] in (["voir", "jour"], ["avoir", "lieu"])
    there = any(word in _THERE or word in _EXISTING for word in words)
    return born or there or _came_about(sentence, verb, words)


def _does_not_come(sentence: Sentence, at: int, verb: int) -> bool:
    """« … n'arrive pas », not « on n'y arrive pas » nor « n'arrivent pas à … »."""
    last = not sentence.said(at + 1) and not sentence.has(verb - 1, ("y",))
    return last and sentence.lemma(verb) == "arriver"


def _came_about(sentence: Sentence, verb: int, words: Sequence[str]) -> bool:
    """« … n'a pas été mis en place », « … ne sont jamais arrivés », « … ne se fait pas »."""
    if sentence.lemma(verb) in ("faire", "tenir") and sentence.has(verb - 1, ("se", "s'")):
        return True
    if sentence.lemma(verb) != "etre" and "etre" not in words:
        return False
    put = "mettre" in words and bool(_PLACE.intersection(words))
    placed = put or words == ["place"]
    return placed or words[-1] in _COME or bool(_MADE.intersection(words))


def _is_idle(sentence: Sentence, at: int) -> bool:
    """Whether the word negates nothing there."""
    form = sentence.form(at)
    if sentence.has(at + 1, _ONLY):
        return True
    if sentence.has(at - 1, NOT) and sentence.has(at - 2, ("pourquoi",)):
        return True
    idle = _IDLE_WORDS.get(form) or _IDLE_WORDS.get(sentence.lemma(at))
    return idle is not None and idle(sentence, at)


def _is_step(sentence: Sentence, at: int) -> bool:
    """« un pas », « pas à pas », « pourquoi pas », « n'est-ce pas », « ou pas »."""
    by_step = sentence.has(at + 1, ("a",)) and sentence.has(at + 2, ("pas",))
    if by_step or sentence.has(at - 1, _STEPS):
        return True
    either = sentence.has(at - 1, ("ou",)) and not sentence.has(at - 2, ("peu",))
    return either and not sentence.has(at + 1, OF)


def _is_more(sentence: Sentence, at: int) -> bool:
    """« plus » unless it says no more."""
    if sentence.has(at - 1, _MORE) or sentence.has(at + 1, ("ou", "en")):
        return True
    if sentence.has(at + 1, _NO_MORE) or ne_before(sentence, at) >= 0:
        return False
    return not _gone(sentence, at)


def _gone(sentence: Sentence, at: int) -> bool:
    """« y a plus de référent », « il y a plus de secrétariat du tout »."""
    later = list(sentence.forms[at:])
    if "tout" in later and sentence.has(at + later.index("tout") - 1, ("du",)):
        return True
    if {"que", "qu'"} & set(later) or not sentence.has(at - 1, _HAVING):
        return False
    there = sentence.has(at - 2, ("y", "y'")) or sentence.has(at - 1, ("ya",))
    return not sentence.has(at - 3, ("il",)) if there else _counts_people(sentence, at + 2)


def _counts_people(sentence: Sentence, at: int) -> bool:
    """« on a plus d'animateur »: more of them would be in the plural."""
    return sentence.form(at) == sentence.lemma(at) and bool(_PERSON.search(sentence.form(at)))


def _is_never(sentence: Sentence, at: int) -> bool:
    """« à jamais », « plus que jamais », « jamais autant de »."""
    to = sentence.has(at - 1, ("a",)) and sentence.part(at - 1) == "ADP"
    as_much = sentence.has(at + 1, ("autant",)) or sentence.has(at + 2, ("autant",))
    return to or as_much or sentence.has(at - 1, ("que", "si", "comme"))


def _is_dot(sentence: Sentence, at: int) -> bool:
    """« point » without « ne »."""
    return ne_before(sentence, at) < 0


def _is_nothing(sentence: Sentence, at: int) -> bool:
    """« de rien », « rien de tel que », « rien à voir avec »."""
    idiom = sentence.has(at + 2, ("tel", "voir", "redire", "dire"))
    return idiom or sentence.has(at - 1, ("de",))


_IDLE_WORDS: dict[str, Callable[[Sentence, int], bool]] = {
    "pas": _is_step,
    "plus": _is_more,
    "jamais": _is_never,
    "point": _is_dot,
    "rien": _is_nothing,
}
