"""The words that negate, and how each is read."""

from collections.abc import Callable

from verbatims.tagging.lexicon.negation.denials import around_verb
from verbatims.tagging.lexicon.negation.lacks import (
    absence,
    attribute,
    default,
    lack,
    short_of,
    wanting,
    without_noun,
)
from verbatims.tagging.lexicon.negation.phrases import noun_phrase, verb_phrase
from verbatims.tagging.lexicon.negation.sentence import (
    APART,
    CONDITIONAL,
    DENIALS,
    NOT,
    NOTHING,
    OF,
    Cue,
    Sentence,
    ne_before,
    words_of,
)
from verbatims.tagging.lexicon.negation.subjects import spoken_of, subject, whole

_MOMENTS = words_of("moment cas titre endroit facon maniere prix instant niveau")
# « sans doute » bears on nothing.
_IDLE = words_of(
    """doute cesse arret hesiter hesitation oublier compter parler conteste faute exception
    surprise relache"""
)
# « rien ne se fait sans »: to deny both is to assert.
_DENIED = DENIALS | words_of(
    "rien personne aucun aucune nul nulle impossible saurait inconcevable impensable"
)
_THERE = words_of("exister etre present disponible visible")
# What comes with one of these is there: « sans les bénévoles, pas de fête ».
_KNOWN = words_of("le la l' les mon ma mes notre nos votre vos ce cet cette ces")
_SUBJECTS = words_of("je j' on il ils elle elles nous vous")
# « un peu de » is not little.
_SOME = ("un", "petit", "depuis", "sous", "quelque", "peu")


def _none(sentence: Sentence, at: int) -> Cue | None:
    """« aucun », « nul », « zéro »: the noun, and the verb of which it is the subject."""
    if sentence.part(at - 1) == "ADP" and sentence.has(at + 1, _MOMENTS):
        return _at_no(sentence, at - 1, at + 1)
    noun = noun_phrase(sentence, at + 1)
    if not noun:
        return without_noun(sentence, at) if sentence.has(at - 1, APART) else None
    after = max(noun) + 1
    verb = verb_phrase(sentence, after + 1) if sentence.has(after, NOT) else None
    return Cue(at, at, at, noun | (verb or NOTHING))


def _null(sentence: Sentence, at: int) -> Cue | None:
    """« nulle trace », « visibilité nulle », « nulle part on ne trouve »."""
    if sentence.has(at + 1, ("part",)) and sentence.part(at - 1) != "ADP":
        return _at_no(sentence, at, at + 1)
    return attribute(sentence, at)


def _at_no(sentence: Sentence, first: int, last: int) -> Cue | None:
    """« à aucun moment », « nulle part »: the verb whose « ne » follows, or stood before."""
    at = last + 1
    while sentence.said(at) and not sentence.is_border(at):
        at += 1
    if sentence.has(at, NOT):
        return Cue(first, at, first, verb_phrase(sentence, at + 1) or NOTHING)
    scope = verb_phrase(sentence, last + 1) or NOTHING
    return Cue(first, last, first, scope or _found_at_no(sentence, first))


def _found_at_no(sentence: Sentence, at: int) -> frozenset[int]:
    """« on ne trouve l'information (nulle part) », « elle n'est disponible (nulle part) »."""
    word = sentence.before(at)
    denied = [before for before in range(word) if sentence.has(before, NOT)]
    if not denied:
        return NOTHING
    if sentence.part(word) == "NOUN":
        return subject(sentence, at)
    there = spoken_of(sentence, denied[-1]) if sentence.lemma(word) in _THERE else NOTHING
    return there | {word}


def _nobody(sentence: Sentence, at: int) -> Cue | None:
    """« personne ne coordonne »."""
    if not sentence.has(at + 1, NOT):
        return None
    return Cue(at, at + 1, at, verb_phrase(sentence, at + 2) or NOTHING)


def _without(sentence: Sentence, at: int) -> Cue | None:
    """« sans moyens », « sans coordonner », « sans que les élus soient consultés »."""
    start = at + 1
    if _is_denied(sentence, at) or sentence.lemma(start) in _IDLE:
        return None
    if sentence.has(start, ("que", "qu'")):
        return Cue(at, start, at, _clause(sentence, start + 1))
    if sentence.is_infinitive(start) or sentence.has(start, ("se", "s'")):
        return Cue(at, at, at, verb_phrase(sentence, start) or NOTHING)
    return Cue(at, at, at, noun_phrase(sentence, start, determined=True))


def _is_denied(sentence: Sentence, at: int) -> bool:
    """« pas sans », « rien ne se fait sans », « pas une semaine sans », in the same clause."""
    if sentence.has(at - 1, ("non",)) or _is_needed(sentence, at):
        return True
    for before in range(at - 1, -1, -1):
        if sentence.has(before, _DENIED) or _is_no_more(sentence, before):
            return True
        if not sentence.said(before) or _opens_clause(sentence, before):
            return False
    return False


def _is_needed(sentence: Sentence, at: int) -> bool:
    """« Sans elle, rien n'aurait été possible », « sans les bénévoles, pas de fête »."""
    begins = not any(map(sentence.said, range(at)))
    if not begins or sentence.is_infinitive(at + 1) or "," not in sentence.forms:
        return False
    then = range(sentence.forms.index(","), len(sentence))
    supposed = any(CONDITIONAL.search(sentence.form(later)) for later in then)
    known = sentence.has(at + 1, _KNOWN)
    return supposed or (known and any(sentence.has(later, _DENIED) for later in then))


def _is_no_more(sentence: Sentence, at: int) -> bool:
    return sentence.has(at, ("plus",)) and ne_before(sentence, at) >= 0


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """« et », « car », « qui », a participle with its noun, or a verb with its pronoun."""
    if sentence.has(at, NOT):
        return False
    if sentence.part(at) == "VERB" and sentence.form(at).endswith("ant"):
        return True
    if sentence.is_participle(at) and sentence.part(at - 1) == "NOUN":
        return True
    pronoun = sentence.has(at, _SUBJECTS) and not sentence.has(at - 1, NOT)
    return (
        sentence.has(at, ("et", "ou"))
        or sentence.is_border(at)
        or (pronoun and sentence.is_finite(at + 1))
    )


def _clause(sentence: Sentence, at: int) -> frozenset[int]:
    """The verb of the clause that begins there, and what follows it."""
    while not sentence.is_border(at) and not sentence.is_finite(at):
        at += 1
    return verb_phrase(sentence, at) or NOTHING


def _neither(sentence: Sentence, at: int) -> Cue | None:
    """« ni temps ni argent », « ni connue ni comprise »."""
    if sentence.has(at + 1, ("plus", "moins")):
        return None
    return Cue(at, at, at, verb_phrase(sentence, at + 1) or NOTHING)


def _deprived(sentence: Sentence, at: int) -> Cue | None:
    """« privés de transports », not « un hôpital privé »."""
    return lack(sentence, at) if sentence.part(at) == "VERB" else None


def _little(sentence: Sentence, at: int) -> Cue | None:
    """« peu de », « peu visible »; not « un peu de »."""
    if sentence.has(at - 1, _SOME) or sentence.has(at + 1, ("pres",)):
        return None
    if sentence.has(at + 1, OF) or sentence.part(at + 1) == "ADJ" or sentence.is_participle(at + 1):
        return Cue(at, at, at, noun_phrase(sentence, at + 1))
    verb = sentence.before(at)
    if sentence.part(verb) == "VERB" and sentence.is_border(at + 1):
        return Cue(at, at, at, frozenset((verb,)))
    return None


def _refusal(sentence: Sentence, at: int) -> Cue | None:
    """« non coordonné », « non au cumul », « local : non »; not « non seulement », « ou non »."""
    if sentence.has(at + 1, ("seulement", "plus", "pas", "sans")) or sentence.has(at - 1, ("ou",)):
        return None
    if sentence.has(at - 1, APART):
        return without_noun(sentence, at)
    if not sentence.said(at + 1) and not sentence.has(at + 1, ("-", "?")):
        return _refused(sentence, at)
    start = at + 1 + sentence.has(at + 1, ("a", "au", "aux"))
    if sentence.has(start, ("-",)):
        start += 1
    return Cue(at, at, at, noun_phrase(sentence, start, determined=True))


def _refused(sentence: Sentence, at: int) -> Cue | None:
    """« (les moyens existent), la méthode non »."""
    end = at - sentence.has(at - 1, (",",))
    named = sentence.part(end - 1) in ("NOUN", "PROPN", "ADJ")
    return Cue(at, at, at, whole(sentence, end)) if named else None


def _far(sentence: Sentence, at: int) -> Cue | None:
    """« loin d'être visible »."""
    to_be = sentence.has(at + 1, OF) and sentence.lemma(at + 2) == "etre"
    if not to_be or sentence.has(at - 1, ("pas",)):
        return None
    return Cue(at, at + 2, at, verb_phrase(sentence, at + 3) or NOTHING)


Read = Callable[[Sentence, int], Cue | None]


def _each(read: Read, words: str) -> dict[str, Read]:
    return dict.fromkeys(words.split(), read)


# By folded form or lemma; the form is looked at first.
CUES: dict[str, Read] = {
    **_each(
        around_verb, "pas pa aps plus jamais point rien guere aucunement nullement insuffisamment"
    ),
    **_each(_none, "aucun aucune zero 0"),
    **_each(without_noun, "neant"),
    **_each(_null, "nul nulle nuls nulles"),
    **_each(
        attribute, "insuffisant inexistant absent absente absentes manquant manquante introuvable"
    ),
    **_each(absence, "absence"),
    **_each(_nobody, "personne"),
    **_each(_without, "sans"),
    **_each(_neither, "ni"),
    **_each(lack, "deficit penurie carence insuffisance inexistence denue depourvu"),
    **_each(_deprived, "prive privee prives privees"),
    **_each(short_of, "court panne"),
    **_each(default, "faute defaut"),
    **_each(wanting, "manque manquer"),
    **_each(_little, "peu"),
    **_each(_refusal, "non"),
    **_each(_far, "loin"),
}
