"""Words that say that something is missing: « manque de », « insuffisant », « fait défaut »."""

from verbatims.tagging.lexicon.negation.phrases import denied_lack, noun_phrase, verb_phrase
from verbatims.tagging.lexicon.negation.sentence import (
    APART,
    CLITICS,
    DENIALS,
    NOTHING,
    OF,
    OF_THE,
    Cue,
    Sentence,
    group_start,
    ne_before,
    words_of,
)
from verbatims.tagging.lexicon.negation.subjects import spoken_of, subject, whole

_LINKING = words_of(
    """etre rester demeurer sembler paraitre apparaitre devenir averer reveler juger estimer
    considerer"""
)
_NOW = ("jour", "heure", "moment", "instant", "stade")
_OR_EVEN = ("et", "ou", "voire", "meme")
_ITSELF = ("se", "s'")
_AGAIN = words_of("il elle ils elles c' ce ca cela")
# What is averted is not missing; what is fought or made up for is.
_AVERTING = words_of("eviter prevenir empecher")


def attribute(sentence: Sentence, at: int) -> Cue | None:
    """« moyens insuffisants », « la concertation est inexistante », « nulle trace »."""
    found = without_noun(sentence, at)
    if found and not found.scope and sentence.part(at + 1) == "NOUN":
        return Cue(at, at, at, noun_phrase(sentence, at + 1), lack=True)
    return found


def without_noun(sentence: Sentence, at: int) -> Cue | None:
    """« Visibilité nulle », « Aide : aucune », « local : non », « les moyens sont absents »."""
    if sentence.has(at - 1, _ITSELF):
        return None
    start = _attribute_start(sentence, at)
    if sentence.has(start - 1, ("mais",)):
        found = _conceded(sentence, start - 1)
    elif any(sentence.lemma(verb) in _LINKING for verb in range(start, at)):
        found = spoken_of(sentence, start)
    else:
        found = subject(sentence, start)
    return Cue(at, at, at, found, lack=True)


def _conceded(sentence: Sentence, at: int) -> frozenset[int]:
    """« une aide utile mais (insuffisante) », « des moyens, certes réels, mais (insuffisants) »."""
    start = _attribute_start(sentence, at)
    while sentence.part(start - 1) in ("ADJ", "ADV"):
        start = _attribute_start(sentence, start - 1)
    return spoken_of(sentence, start) or whole(sentence, at - sentence.has(at - 1, (",",)))


def _attribute_start(sentence: Sentence, at: int) -> int:
    """Over what links an attribute to its subject."""
    while at > 0 and (
        sentence.part(at - 1) in ("ADV", "AUX")
        or sentence.lemma(at - 1) in _LINKING
        or sentence.has(at - 1, ("quasi",))
    ):
        at -= 1
    at = _over_insert(sentence, at)
    while sentence.has(at - 1, _ITSELF) or sentence.has(at - 1, _AGAIN):
        at -= 1
    set_apart = sentence.has(at - 1, APART)
    last = sentence.has(at - 1, (",",)) and not sentence.said(at + 1)
    return at - 1 if set_apart or last else at


def _over_insert(sentence: Sentence, at: int) -> int:
    """Over what stands between the verb and its attribute: « est tardive et (insuffisante) »,
    « reste à ce jour (inexistant) »."""
    before = at - 1
    if sentence.has(before, _OR_EVEN):
        before -= 1 + sentence.has(before - 1, (",",))
        while sentence.part(before) in ("ADJ", "ADV") or sentence.form(before).endswith("ant"):
            before -= 1
    elif sentence.has(before, _NOW) and sentence.part(before - 2) == "ADP":
        before -= 3
    return before if sentence.lemma(before) in _LINKING else at


def lack(sentence: Sentence, at: int) -> Cue | None:
    """« manque de », « absence de », « dénué de »."""
    after = _complement(sentence, at)
    if after < 0 or _is_averted(sentence, at):
        return None
    return Cue(at, at, at, noun_phrase(sentence, after, determined=True), lack=True)


def _complement(sentence: Sentence, at: int) -> int:
    """Where the complement with « de » begins, -1 if there is none."""
    after = at + 1
    while sentence.part(after) in ("ADJ", "ADV") and not sentence.is_border(after):
        after += 1
    short = sentence.has(at, ("carence", "carences")) and sentence.has(after, ("en",))
    if short:
        return after + 1
    return after if sentence.has(after, OF | OF_THE) else -1


def _is_averted(sentence: Sentence, at: int) -> bool:
    """« éviter le manque de », not « on n'a pas su éviter le manque de »."""
    verb = at - 1
    while sentence.part(verb) in ("DET", "ADJ") and not sentence.is_border(verb):
        verb -= 1
    denied = any(sentence.has(before, DENIALS) for before in range(verb - 3, verb))
    return sentence.lemma(verb) in _AVERTING and not denied


def absence(sentence: Sentence, at: int) -> Cue | None:
    """« absence de »; « … brille par son absence »."""
    for before in range(at - 1, max(at - 7, -1), -1):
        if sentence.lemma(before) == "briller":
            return _missing_subject(sentence, before, at)
    return lack(sentence, at)


def short_of(sentence: Sentence, at: int) -> Cue | None:
    """« à court de », « en panne de »."""
    return lack(sentence, at) if sentence.has(at - 1, ("a", "en")) else None


def default(sentence: Sentence, at: int) -> Cue | None:
    """« faute de », « à défaut de », « faute d'avoir trouvé »; « … fait défaut ».

    Not « la faute de », nor « le défaut de la démarche ».
    """
    for before in range(at - 1, max(at - 4, -1), -1):
        if sentence.lemma(before) == "faire":
            return _missing_subject(sentence, before, at)
    fault = sentence.lemma(at) == "faute" and sentence.part(at - 1) == "DET"
    verb = at + 2 + sentence.has(at + 2, CLITICS)
    if sentence.has(at + 1, OF) and sentence.is_infinitive(verb) and not fault:
        return Cue(at, at, at, verb_phrase(sentence, at + 2) or NOTHING, lack=True)
    bare = sentence.part(at + 2) != "DET" or sentence.has(at + 2, ("un", "une", "tout", "toute"))
    return lack(sentence, at) if sentence.has(at + 1, OF) and bare and not fault else None


def wanting(sentence: Sentence, at: int) -> Cue | None:
    """« manquer »: of something, or its subject; « ce qui manque, c'est … »."""
    shortfall = sentence.has(at + 1, ("a",)) and sentence.has(at + 2, ("gagner",))
    if shortfall or sentence.has(at + 1, DENIALS) or sentence.has(at - 1, DENIALS):
        return None
    if _complement(sentence, at) >= 0:
        return lack(sentence, at)
    before = sentence.before(at)
    while sentence.has(before, ("nous", "vous", "me", "te", "lui", "leur", "y", "en", "m'")) and (
        before > 0 and sentence.part(before - 1) in ("PRON", "NOUN", "ADV")
    ):
        before -= 1
    impersonal = before < 0 or sentence.has(before, ("il", "de", "et", ",", ":"))
    missing = noun_phrase(sentence, at + 1, determined=True) if impersonal else NOTHING
    if missing or (impersonal and not sentence.has(before, (",",))):
        return Cue(at, at, at, missing, lack=True)
    return _missing_subject(sentence, at, at)


def _missing_subject(sentence: Sentence, verb: int, last: int) -> Cue | None:
    """What is missing stands before the verb, or after « ce qui manque, c'est »."""
    if _is_asked_what(sentence, verb):
        start = _presented(sentence, last)
        return Cue(verb, last, last, noun_phrase(sentence, start, determined=True), lack=True)
    start = group_start(sentence, verb, verb, ne_before(sentence, verb))
    missing = spoken_of(sentence, start)
    if denied_lack(sentence, missing) and sentence.has(_opened(sentence, missing), DENIALS):
        return None
    return Cue(verb, last, last, missing, lack=True)


def _is_asked_what(sentence: Sentence, verb: int) -> bool:
    """Whether « ce qui » stands before."""
    return any(
        sentence.has(at, ("ce",)) and sentence.has(at + 1, ("qui",)) for at in range(verb - 1)
    )


def _opened(sentence: Sentence, phrase: frozenset[int]) -> int:
    """The place before the determiners of a phrase."""
    at = min(phrase, default=0) - 1
    return at - 1 if sentence.part(at) in ("DET", "NUM") else at


def _presented(sentence: Sentence, at: int) -> int:
    """What follows « c'est » or a colon, else the word itself."""
    for later in range(at + 1, len(sentence)):
        if sentence.has(later, (":",)):
            return later + 1
        if sentence.has(later, ("c'", "ce")) and sentence.lemma(later + 1) == "etre":
            return later + 2
    return at + 1
