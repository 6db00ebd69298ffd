"""A text → its flat copy, sign for sign; and what a French word does: opens, links, states."""

import re
import unicodedata

# Letters without accents, one sign for each, so that places stay the same.
_PLAIN = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00))
} | str.maketrans("œŒæÆ’ʼ\u00a0\u202f\u2009", "oOaA''   ")

# Stands for each sign of what is never cut: a letter that no answer holds.
HIDDEN = "ǀ"
_PARENTHESES = re.compile(r"\((?!\w{1,2}\))[^()\n\r]*\)")  # not « (1) »
_ADDRESS = re.compile(r"(?:\w+://|www\.)\S*[\w/]|(?<![^\s(<])[^\s@(<]{1,64}@[\w.-]+\w")


def words(listed: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(listed.split())


PRONOUNS = words("je j' il ils elle elles on nous vous tu c' ca cela chacun")
ARTICLES = words("le la l' les")
DETERMINERS = ARTICLES | words(
    "un une des du mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces"
)
# What these begin depends on what comes before.
SUBORDINATE = words(
    "que qu' qui dont quoi quel quelle quels quelles lorsque lorsqu' quand puisque puisqu' parce"
    " car afin tandis comme sauf voire soit meme notamment surtout"
)
PREPOSITIONS = words(
    "a au aux de d' du en pour par dans sur sous chez vers avec sans entre selon contre depuis"
    " jusqu' apres avant malgre hors"
)
CONJUNCTIONS = SUBORDINATE | words("mais et ou ni donc or sinon")
LINKS = CONJUNCTIONS | PREPOSITIONS | words("si alors ainsi y ce etc ect plutot")
# No sentence and no item ends with these.
HANGING = DETERMINERS | words(
    "de d' au aux et ou que qu' par chez dans entre vers je j' ils n' ne saint"
)
# With a capital, these open a statement wherever they stand.
OPENING = (
    PRONOUNS
    | DETERMINERS
    | words(
        "que qu' pas plus moins trop peu aucun aucune tout toute tous toutes mais donc ne n' pour"
        " stop abandon exemple pourquoi oui non merci bonjour faut"
    )
)

_INFINITIVE = re.compile(
    r"\w+(?:[^i\W]er|ir|dre|ttre|[^to\W]ire|[iv]vre)|etre|croire|boire"
    r"|\w*(?:tr|f|d|pl|ug|r)ier"
)
_NOT_INFINITIVE = words("hiver mer fer cher foyer loyer danger super avenir plaisir soir espoir")
_FINITE = re.compile(
    r"est|sont|ont|sera|doit|doivent|devra|peut|peuvent|font|va|vont|faut|suis|avons|sommes"
    r"|avez|etes|existe|permet|prend|vient|\w{2,}(?:aient|eront|issent|[^dgimrv\W]ent)"
    r"|\w+(?:[^fhlrt\W]|[deiv]r)ait"
)
_NOUN = re.compile(r"\w{3,}(?:tions?|ments?|ages?)")

_BEFORE = re.compile(r"(-)?\b(\w+'?)[\W_]*$")
_AFTER = re.compile(r"\W{0,4}(\w+'?)")


def flatten(text: str) -> str:
    """The text sign for sign, without accents; parentheses and addresses are hidden."""
    flat = text if text.isascii() else text.translate(_PLAIN)
    for _ in range(2):  # parentheses within parentheses
        if "(" in flat:
            flat = _PARENTHESES.sub(_hidden, flat)
    if "@" in flat or "://" in flat or "www." in flat:
        flat = _ADDRESS.sub(_hidden, flat)
    return flat


def _hidden(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])


def word_before(flat: str, at: int) -> str:
    """The word that ends before this place, in lower case; "" after the end of « dit-il »."""
    found = _BEFORE.search(flat[max(0, at - 30) : at])
    return found[2].lower() if found and not found[1] else ""


def word_after(flat: str, at: int) -> str:
    """The word that begins at this place or a few signs later, in lower case."""
    found = _AFTER.match(flat, at)
    return found[1].lower() if found else ""


def is_infinitive(word: str) -> bool:
    """Whether a word in lower case looks like an infinitive: « trier », not « papier »."""
    return _INFINITIVE.fullmatch(word) is not None and word not in _NOT_INFINITIVE


def is_finite(word: str) -> bool:
    """Whether a word in lower case is one of the usual verbs of a sentence."""
    return _FINITE.fullmatch(word) is not None


def opens(flat: str, at: int, *, nouns: bool = True) -> bool:
    """Whether the capital at this place plainly opens a statement, and no name.

    `nouns`: « Utilisation des … » opens one too.
    """
    word = word_after(flat, at)
    if word in ARTICLES and re.match(r"\W*\w+'?\s*[A-Z]", flat[at : at + 12]):
        return False  # « La Maine »
    if word in OPENING or len(word) > 4 and is_infinitive(word):
        return True
    named = nouns and _NOUN.fullmatch(word)
    return bool(named and re.match(r"\s*\w+\s+[a-z]", flat[at : at + 40]))
