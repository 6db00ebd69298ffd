"""Open answer → whether it says something: answered, empty (« RAS ») or blank."""

import re

from verbatims.folding import fold
from verbatims.frames import ANSWERED, BLANK, EMPTY

_LONGEST = 80  # characters: no longer answer is a way of saying nothing
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"

_THING = (
    r"(avis|opinion|reponse|commentaire|com|remarque|idee|suggestion|objet|proposition|attente"
    r"|besoin|precision|observation)s?"
)
_NOW = r"( pour (le moment|l instant)| a ce jour| actuellement)?"
_SAYING = r"(dire|signaler|ajouter|declarer|redire|proposer|preciser|faire|formuler)"
_SPECIAL = r"( (de |d |en )?(plus|autre|particuli\w+|special\w*|specifi\w*))?"

# What is left of an answer once case, accents and punctuation are gone.
_NOTHING = re.compile(
    "|".join(
        (
            r"r ?a ?s|n ?s ?p( ?p)?|jsp+|neant|vide|null?|none|so|s o|nc|n c|na|n a|x+",
            rf"rien( du tout)?{_SPECIAL}( a {_SAYING})?{_SPECIAL}{_NOW}",
            r"(je )?(ne |n )?(en )?(sais|sait|vois) (vraiment )?(pas|rien)( trop| du tout)?",
            rf"(je n ai |j ai |il n y a )?(pas|aucune?s?|sans)( d| de)?( autres?)? {_THING}"
            rf"{_SPECIAL}( a {_SAYING})?{_NOW}",
            r"aucune?s?|sans",
            r"(je )?(ne )?(souhaite pas )?(se|me) (prononcer?|prononce)( pas)?",
            r"(je )?(ne )?(souhaite|veux) pas repondre",
            r"(je (ne )?suis )?(non|pas) concernee?s?|non renseignee?",
        )
    )
)
_BARE = re.compile(r"non( merci)?|oui|ok")

# To « Faut-il… ? », « non » is an answer; to « Avez-vous d'autres remarques ? », it is not.
_YES_OR_NO = re.compile(
    r"est ce que|\w+ (t )?(il|elle|on)\b.*\?|(etes|pensez|trouvez|croyez|seriez|estimez|voulez"
    r"|faites|connaissez|pourriez|souhaitez|avez) vous"
)
_OPENING = re.compile(r"\b(qu|que|quoi|quel\w*|lesquel\w*|qui|comment|combien|pourquoi|quand)\b")
_INVITATION = re.compile(
    r"remarque|commentaire|suggestion|ajouter|autre chose|preciser|proposition"
)


def status(text: str, question_text: str = "") -> str:
    """Say "blank" for no sign at all, "empty" for « RAS », « ? » or « nsp », else "answered"."""
    if not text.strip().strip(_INVISIBLE):
        return BLANK
    if len(text) > _LONGEST and any(map(str.isalpha, text)):
        return ANSWERED
    words = _words(text)
    if not words:
        return EMPTY
    if _NOTHING.fullmatch(words):
        return EMPTY
    if _BARE.fullmatch(words) and not _asks_yes_or_no(question_text):
        return EMPTY
    return ANSWERED


def _words(text: str) -> str:
    """Words, numbers and pictures (« 👍 » says something), one space between them."""
    return " ".join(re.findall(r"\w+|[\u2600-\u27bf\U0001f000-\U0001faff]", fold(text)))


def _asks_yes_or_no(question_text: str) -> bool:
    asked = _words(question_text) + ("?" if "?" in question_text else "")
    found = _YES_OR_NO.search(asked)
    if found is None or _INVITATION.search(asked):
        return False
    return not _OPENING.search(asked, 0, found.start())  # « Que faudrait-il… ? »
