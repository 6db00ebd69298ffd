"""What a verb speaks of, near or far: « le budget, dont on nous parlait, est insuffisant »."""

from verbatims.tagging.lexicon.negation.phrases import AND, DETERMINERS, noun_phrase
from verbatims.tagging.lexicon.negation.sentence import (
    BORDERS,
    CLITICS,
    OF,
    VERBAL,
    Sentence,
    words_of,
)

_COMMA = (",",)
_RELATIVE = words_of("que qu' qui dont")
_THAT = ("que", "qu'")
_TOWARDS = OF | {"a"}
_NAMING = ("NOUN", "PROPN", "ADJ")
# Pronouns that take up a subject named before the comma: « le temps, c'est insuffisant ».
_AGAIN = words_of("il elle ils elles c' ce ca cela")
# An aside does not begin like the next item of a list.
_ITEM = ("NOUN", "PROPN", "DET", "NUM")


def subject(sentence: Sentence, end: int) -> frozenset[int]:
    """The nouns of the phrase that ends before `end`: what « … est insuffisant » speaks of."""
    start = end
    while start > 0 and not _stops(sentence, start - 1):
        start -= 1
    clause_begins = start == 0 or not sentence.said(start - 1) or sentence.has(start - 1, BORDERS)
    if not clause_begins:
        start = _after_last_and(sentence, start, end)
    whole = noun_phrase(sentence, start, determined=True)
    return frozenset(at for at in whole if at < end)


def spoken_of(sentence: Sentence, start: int) -> frozenset[int]:
    """The subject of the verb group that begins at `start`, past an aside, past what completes
    it: « les moyens qu'on nous a promis, hélas, (manquent) »."""
    start -= sentence.has(start - 1, ("qui",))
    if sentence.has(start, _AGAIN) and not sentence.has(start - 1, _COMMA):
        return whole(sentence, start)
    if sentence.has(start - 1, _COMMA):
        return _before_comma(sentence, start)
    return subject(sentence, _completion(sentence, start))


def _stops(sentence: Sentence, at: int) -> bool:
    return sentence.is_border(at) or sentence.is_finite(at) or sentence.is_infinitive(at)


def _after_last_and(sentence: Sentence, start: int, end: int) -> int:
    """« (il y a) de l'entraide et les moyens (sont insuffisants) »."""
    for at in range(end - 1, start, -1):
        if sentence.has(at, AND) and sentence.has(at + 1, DETERMINERS):
            return at + 1
    return start


def _before_comma(sentence: Sentence, start: int) -> frozenset[int]:
    """What a pronoun after the comma takes up, else what stands before the aside it closes."""
    if sentence.has(start, _AGAIN):
        return whole(sentence, start - 1)
    opened = start - 1
    while opened >= 0:
        opened = _comma_before(sentence, opened)
        if opened < 0 or sentence.part(opened + 1) in _ITEM:
            break
        found = subject(sentence, _completion(sentence, opened))
        if any(sentence.part(at) in ("NOUN", "PROPN") for at in found):
            return found
    return frozenset()


def whole(sentence: Sentence, end: int) -> frozenset[int]:
    """A phrase before a comma, unless a verb or a preposition leads to it."""
    found = subject(sentence, _completion(sentence, end))
    before = min(found, default=0) - 1
    while sentence.part(before) in ("DET", "NUM", "ADV"):
        before -= 1
    return frozenset() if sentence.said(before) else found


def _comma_before(sentence: Sentence, at: int) -> int:
    at -= 1
    while at >= 0 and not sentence.has(at, _COMMA):
        at -= 1
    return at


def _completion(sentence: Sentence, end: int) -> int:
    """Where the relative clause or the complement of a subject begins, else `end`."""
    finite = False
    for at in range(end - 1, 0, -1):
        if not sentence.said(at) or _starts_anew(sentence, at):
            break
        named = sentence.part(at - 1) in _NAMING or sentence.is_participle(at - 1)
        if named and finite and _is_relative(sentence, at):
            return at
        if named and not finite and _leads_to_complement(sentence, at):
            end = at
        finite = finite or (sentence.is_finite(at) and not sentence.form(at).endswith("ant"))
        if not finite and sentence.has(at, _THAT):
            break
    return end


def _starts_anew(sentence: Sentence, at: int) -> bool:
    """An infinitive that nothing leads to: « (taxer les camions) développer le train »."""
    led = sentence.has(at - 1, _TOWARDS | CLITICS) or sentence.part(at - 1) in (*VERBAL, "ADP")
    return sentence.is_infinitive(at) and not led


def _is_relative(sentence: Sentence, at: int) -> bool:
    return sentence.has(at, _RELATIVE) or sentence.written[at].casefold() == "où"


def _leads_to_complement(sentence: Sentence, at: int) -> bool:
    """« (l'envie) de se rencontrer », « (les crédits) pour cette action »."""
    after = at + 1 + sentence.has(at + 1, CLITICS)
    infinitive = sentence.has(at, _TOWARDS) and sentence.is_infinitive(after)
    return infinitive or sentence.has(at, ("pour",))
