"""How far a phrase that a negation bears on goes, by parts of speech."""

from verbatims.tagging.lexicon.negation.sentence import (
    CLITICS,
    OF,
    OF_THE,
    VERBAL,
    Sentence,
    words_of,
)

DETERMINERS = words_of(
    """le la les l' un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre
    vos leur leurs quelque quelques plusieurs tout toute tous toutes aucun aucune"""
)
AND = frozenset(("et", "ou", "&", "+", "/"))
_TO = frozenset(("a", "en"))
# What may lead to the object of a verb.
_LEADING = frozenset(("a", "au", "aux", "en", "avec", "dans", "sur", "par", "chez"))
_OBJECT = frozenset(("a", "au", "aux", "en", "avec"))
_SUBJECTS = frozenset(("je", "j'", "tu", "il", "on", "ils", "elle", "elles", "ce", "c'"))
_ITSELF = ("se", "s'", "nous", "vous", "me", "m'")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "VERB", "X")
# A phrase that denies one of these says nothing against what follows: « pas de problème de … ».
_TROUBLE = words_of(
    """probleme souci difficulte doute frein obstacle regret inconvenient crainte inquietude
    critique reproche hesitation peur risque danger"""
)
# To deny these verbs is to assert their object: « ne pas oublier les élus ».
REVERSING = words_of(
    """oublier omettre negliger hesiter manquer empecher douter renoncer sous-estimer
    sousestimer sacrifier abandonner supprimer perdre ignorer delaisser cesser arreter
    rompre briser casser couper baisser freiner reduire diminuer fermer entraver bloquer limiter
    detruire decourager occulter eviter"""
)
LACKING = words_of(
    """manque manquer absence deficit penurie carence insuffisance inexistence denue depourvu
    prive faute defaut insuffisant inexistant absent manquant"""
)


def noun_phrase(sentence: Sentence, start: int, *, determined: bool = False) -> frozenset[int]:
    """The nouns and adjectives that a negation before `start` bears on.

    The head, what qualifies it, its complements without article, then what is coordinated:
    « (pas) de temps dédié et d'argent ». `determined`: « (pas) le temps et les moyens » too.
    """
    found: set[int] = set()
    at, of = start, sentence.has(start, OF)
    while at >= 0:
        at = _member(sentence, at, found)
        at = _next_member(sentence, at, of=of, determined=determined)
    return frozenset(found)


def _member(sentence: Sentence, at: int, found: set[int]) -> int:
    """Add a head and its complements; the word at which they end."""
    at = _opening(sentence, at, found)
    if not _may_head(sentence, at):
        return at
    found.add(at)
    if sentence.lemma(at) in _TROUBLE | LACKING:
        return len(sentence)
    at += 1
    while True:
        if _qualifies(sentence, at):
            found.add(at)
            at += 1
        elif sentence.has(at, OF | _TO) and _bare(sentence, at + 1):
            found.add(at + 1)
            at += 2
        else:
            return at


def _opening(sentence: Sentence, at: int, found: set[int]) -> int:
    """Over « de », determiners, adverbs and the adjectives before a noun."""
    while sentence.said(at):
        if sentence.part(at) == "ADJ" and not sentence.has(at, DETERMINERS):
            found.add(at)
            if sentence.part(at + 1) not in ("NOUN", "ADJ", "PROPN"):
                return at
        elif not (
            sentence.has(at, OF | OF_THE | DETERMINERS)
            or sentence.part(at) in ("ADV", "NUM", "DET")
        ):
            return at
        at += 1
    return at


def _may_head(sentence: Sentence, at: int) -> bool:
    return sentence.part(at) in _NOMINAL and not sentence.is_border(at)


def _qualifies(sentence: Sentence, at: int) -> bool:
    if sentence.is_border(at):
        return False
    return sentence.part(at) in ("ADJ", "ADV") or sentence.is_participle(at)


def _bare(sentence: Sentence, at: int) -> bool:
    """A noun or an infinitive without determiner."""
    if sentence.has(at, DETERMINERS) or sentence.is_border(at):
        return False
    return sentence.part(at) in ("NOUN", "PROPN", "ADJ") or sentence.is_infinitive(at)


def _next_member(sentence: Sentence, at: int, *, of: bool, determined: bool) -> int:
    """Where the next coordinated member begins, -1 if there is none."""
    if sentence.has(at, (",",)):
        return at + 1 if of and sentence.has(at + 1, OF) else -1
    if not sentence.has(at, AND):
        return _resumed(sentence, at) if of else -1
    if sentence.has(at, ("/",)) and not _is_alternative(sentence, at + 1):
        return -1
    while sentence.has(at, AND):
        at += 1
    while sentence.part(at) == "ADV" and not sentence.is_border(at):
        at += 1
    if sentence.has(at, OF):
        return at
    if sentence.new_clause(at):
        return -1
    wanted = _bare(sentence, at) or sentence.is_participle(at)
    article = determined and sentence.has(at, DETERMINERS | OF_THE)
    return at if wanted or article else -1


def _is_alternative(sentence: Sentence, at: int) -> bool:
    """« temps/moyens », not « (pas de local)/bonne entraide » nor « /entraide forte »."""
    qualified = sentence.part(at + 1) == "ADJ" or sentence.is_participle(at + 1)
    return sentence.has(at, AND) or (sentence.part(at) in ("NOUN", "PROPN") and not qualified)


def _resumed(sentence: Sentence, at: int) -> int:
    """« (pas) de lien entre les acteurs et de coordination »: past a complement."""
    while not sentence.is_border(at) and not sentence.is_finite(at):
        if sentence.has(at, AND) and sentence.has(at + 1, OF):
            return at + 1
        at += 1
    return -1


def verb_phrase(sentence: Sentence, start: int) -> frozenset[int] | None:
    """What a negation before `start` bears on, when a verb carries it: participles, infinitives,
    then one object or attribute. None when a verb turns the negation into its contrary."""
    found: set[int] = set()
    at = start
    while not sentence.is_border(at):
        if sentence.part(at) in VERBAL:
            if reverses(sentence, at):
                return None
            found.add(at)
            at += 1
        elif _goes_on(sentence, at):
            at += 1
        elif found and sentence.has(at, _TO) and _bare(sentence, at + 1):
            found.add(at + 1)  # « mettre en place », then its object
            at += 2
        elif sentence.has(at, _OBJECT if found else _LEADING):
            return frozenset(found | noun_phrase(sentence, at + 1, determined=True))
        else:
            return frozenset(found | noun_phrase(sentence, at, determined=True))
    return frozenset(found)


def reverses(sentence: Sentence, at: int) -> bool:
    """« ne pas oublier », « ne pas se passer de »."""
    lemma, itself = sentence.lemma(at), sentence.has(at - 1, _ITSELF)
    doing_without = itself and lemma in ("passer", "priver")
    return lemma in REVERSING or (doing_without and sentence.has(at + 1, OF | OF_THE))


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether an adverb, an object pronoun or what leads to a verb stands there."""
    if sentence.has(at, AND):
        return _joins_verbs(sentence, at)
    pronoun = sentence.part(at) == "PRON" and not sentence.has(at, _SUBJECTS)
    return pronoun or sentence.part(at) == "ADV" or _leads_to_verb(sentence, at)


def _leads_to_verb(sentence: Sentence, at: int) -> bool:
    """« à », « de », « se », « les » before a verb."""
    if not sentence.has(at, OF | _TO | CLITICS):
        return False
    at += 1
    while sentence.has(at, CLITICS) and sentence.part(at + 1) in (*VERBAL, "PRON"):
        at += 1
    return sentence.part(at) in VERBAL


def _joins_verbs(sentence: Sentence, at: int) -> bool:
    follows = sentence.is_participle(at + 1) or sentence.is_infinitive(at + 1)
    return follows and not sentence.new_clause(at + 2)


def denied_lack(sentence: Sentence, right: frozenset[int]) -> bool:
    """« Ce ne sont pas les idées qui manquent. »"""
    after = max(right, default=-2) + 1
    lacking = sentence.lemma(after + 1) == "manquer" or sentence.has(after + 2, ("defaut",))
    return lacking and sentence.has(after, ("qui",))
