"""Open answer → whether it says something: answered, empty (« RAS ») or blank."""

import re
from functools import lru_cache

import pandas as pd

from verbatims.folding import fold_answer, words_of
from verbatims.frames import ANSWERED, BLANK, EMPTY

_LONGEST = 80  # characters: no longer answer is a way of saying nothing
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"

_THING = (
    r"(avis|opinion|reponse|commentaire|com|remarque|idee|suggestion|objet|proposition|attente"
    r"|besoin|precision|observation|question)s?"
)
_NOW = r"( pour (le moment|l instant|l heure)| a ce jour| actuellement| encore)?"
_SAYING = r"(dire|signaler|ajouter|declarer|redire|proposer|preciser|formuler|repondre)"
_SPECIAL = r"( (de |d |en )?(plus|autre|particuli\w+|special\w*|specifi\w*|precise?s?))?"
_MATTER = r"( (a|sur) (ce|cette|le|la|l) ?(sujet|question|point|theme))?"

# « Voir plus haut » has an opinion, but not here: what it points to is coded where it stands.
_PLACE = (
    r"((ci )?(dessus|dessous)|ci (apres|avant|joint)|(plus )?(haut|bas)|infra|supra|titre|texte"
    r"|(questions?|q|n|no|numero|points?) ?\d+|autres points|piece jointe|questions?|reponses?"
    r"|contributions?|propositions?|commentaires?|remarques?|rubriques?|paragraphes?|chapitres?"
    r"|encadres?|pages?|case|questionnaire|(en|a la) fin|precedent\w*|suivant\w*|dernier\w*"
    r"|ulterieur\w*)"
)
_LEADING = (
    r"(a|au|aux|l|la|le|les|ma|mes|mon|cette?|que|en|d|de|du|dans|deja|dit|indique|mentionne|tout"
    r"|fin|\d+)"
)
_POINTING = (
    r"(voir|voyez|cf|confer|idem|ibid|comme|meme|se (reporter|referer)"
    r"|(c|elle|tout|(ma |la )?reponse) (est|et) dans)"
)
_DONE = r"(repondu|dit|indique|mentionne|evoque|cite|exprime|precise)e?s?"

# What is left of an answer once case, accents and punctuation are gone.
_NOTHING = "|".join(
    (
        rf"(r ?a ?s|neant){_NOW}|n ?s ?p( ?p)?|jsp+|vide|null?|none|so|s o|nc|n c|na|n a|nr|n r|x+",
        r"no comments?|nothing|joker",
        rf"((je n|il n y|j) ai? )?rien( du tout)?{_SPECIAL}( a {_SAYING})?{_SPECIAL}{_NOW}",
        r"rien ne me vient( a l esprit| en tete)?|pas grand ?chose( a dire)?",
        r"(je |j )?(ne |n )?(en )?(sais|sait|vois) (vraiment )?(pas|rien|trop)"
        rf"( trop| vraiment| encore| bien| du tout)?( (quoi|que|comment) {_SAYING})?{_MATTER}",
        r"ch(ais|ai|e) pas|je ne saurais (pas )?dire"
        r"|(c est )?(difficile|dur) (a|de) (dire|repondre)",
        r"(je n ai |j ai |il n y a )?(pas|aucune?s?|sans)( d| de)?( autres?)? "
        rf"{_THING}{_SPECIAL}( a {_SAYING})?{_MATTER}{_NOW}",
        rf"aucune?s?{_NOW}|sans|pas pour (le moment|l instant|l heure)",
        r"(je n |j )?en (ai|vois) (pas|aucune?s?)|(il )?(n )?y en a (pas|aucune?s?)",
        r"(je )?(ne )?(souhaite pas )?(se|me) (prononcer?|prononce)( pas)?",
        r"(je )?((ne )?(souhaite|veux|peux) pas|prefere ne pas|n ai pas envie de|pas envie de)"
        r" (y )?repondre",
        r"((je )?(ne )?comprends pas( bien)?|(je n ai |j ai )?pas( bien)? compris)"
        r"( (la|cette|votre) question)?|(bonne|vaste|grande) question",
        r"(je (ne )?suis )?(non|pas) concernee?s?|non renseignee?|(non|pas) applicable",
        r"(je )?(ne )?(m y )?connais pas( assez)?( (le|ce) sujet| la question)?|je ne reponds pas",
        r"je (ne )?suis (pas (assez |une? )?(competente?|specialiste|experte?)|incompetente?)"
        r"( pour (y )?repondre)?",
        r"(merci|bonjour)( beaucoup| a vous| a tous| d avance)?",
        rf"idem|ibid|{_POINTING}( {_LEADING})*( {_PLACE})+( {_LEADING}| {_PLACE})*",
        rf"((j|je l) ai |c est )?deja {_DONE}( {_LEADING}| {_PLACE})*",
        r"_+|[a-z]|(?P<letter>[a-z])(?P=letter){2,}|(azert|qwert|qsdf|asdf)\w*"
        r"|[bcdfghjklmnpqrstvwxz]{7,}",
    )
)
_AROUND = (
    r"(non|oui|euh|heu|ben|bah|merci|bonjour|desolee?|franchement|honnetement|helas|a priori"
    r"|pour ma part|en ce qui me concerne|a ma connaissance|la comme ca)"
)
_SAYS_NOTHING = re.compile(
    rf"({_AROUND} ){{0,3}}({_NOTHING})( {_AROUND}){{0,3}}"
    rf"( ({_NOTHING.replace('letter', 'sign')})( {_AROUND})?)?"
)
_BARE = re.compile(
    r"(non|oui)( merci| bien sur| absolument| tout a fait| pas (vraiment|du tout|specialement))?"
    r"|ok|pas (encore|vraiment|specialement|particulierement)|peut etre|a voir|(ca )?depend"
)

# To « Faut-il… ? », « non » is an answer; to « Avez-vous d'autres remarques ? », it is not.
_YES_OR_NO = re.compile(
    r"est ce que|\w+ (t )?(il|elle|on)\b.*\?|(etes|pensez|trouvez|croyez|seriez|estimez|voulez"
    r"|faites|connaissez|pourriez|souhaitez|avez) vous"
)
_OPENING = re.compile(r"\b(qu|que|quoi|quel\w*|lesquel\w*|qui|comment|combien|pourquoi|quand)\b")
_INVITATION = re.compile(
    r"remarque|commentaire|suggestion|ajouter|autre chose|preciser|proposition"
)

# « Q12. », « 3.a) », « [12] », « Question 4 : »
_NUMBER = re.compile(
    r"\W*(?:question\b|[a-z](?=\d))?\s*(?:\d+\s?)(?:[.]?(?:bis|ter|[a-z\d])\b)?[\W_]+", re.I
)
_HINT = re.compile(r"\([^()]*\)|\[[^][]*\]")
_SENTENCE = re.compile(r".+?(?:[.?!…]+(?=\s|$)|\n|$)")
_SHORT = 3  # words: « Transports. Que faut-il changer ? » may be answered by « transports »


def status(text: str, question_text: str = "") -> str:
    """Say "blank" for no sign at all, "empty" for « RAS », « ? » or « nsp », else "answered".

    A copy of the question is empty.
    """
    if not text.strip().strip(_INVISIBLE):
        return BLANK
    if _is_copy(text, question_text):
        return EMPTY
    if len(text) > _LONGEST and any(map(str.isalpha, text)):
        return ANSWERED
    return EMPTY if _says_nothing(words_of(text), question_text) else ANSWERED


def empties(verbatims: pd.DataFrame) -> pd.DataFrame:
    """What was taken as empty, the most frequent first: `answer` as most often written, and `n`.

    Spellings that `status` does not tell apart are counted together; blanks are left out.
    """
    texts = verbatims.loc[verbatims["status"] == EMPTY, "text"].str.strip()
    written = texts.value_counts().rename_axis("answer").reset_index(name="n")
    written = written.sort_values(["n", "answer"], ascending=[False, True])
    keys = [fold_answer(answer) for answer in written["answer"]]
    grouped = written.groupby(keys, sort=False).agg(answer=("answer", "first"), n=("n", "sum"))
    return grouped.sort_values(["n", "answer"], ascending=[False, True], ignore_index=True)


def _says_nothing(words: str, question_text: str) -> bool:
    if _BARE.fullmatch(words):
        return not _asks_yes_or_no(question_text)
    return not words or _SAYS_NOTHING.fullmatch(words) is not None


def _is_copy(text: str, question_text: str) -> bool:
    if not question_text or len(text) > len(question_text) + _LONGEST:
        return False
    return not _readings(text).isdisjoint(_asked(question_text))


@lru_cache(maxsize=64)
def _asked(question_text: str) -> frozenset[str]:
    """The question whole, without its hints in brackets, and its first sentence."""
    whole = _readings(question_text) | _readings(_HINT.sub(" ", question_text))
    first = _SENTENCE.match(_unnumbered(question_text).strip())
    if first is None or (not first[0].endswith("?") and len(words_of(first[0]).split()) <= _SHORT):
        return whole
    return whole | _readings(first[0])


def _readings(text: str) -> frozenset[str]:
    """Its words, with and without the number in front."""
    return frozenset((words_of(text), words_of(_unnumbered(text)))) - {""}


def _unnumbered(text: str) -> str:
    numbered = _NUMBER.match(text)
    return text[numbered.end() :] if numbered else text


def _asks_yes_or_no(question_text: str) -> bool:
    asked = words_of(question_text) + ("?" if "?" in question_text else "")
    found = _YES_OR_NO.search(asked)
    if found is None or _INVITATION.search(asked):
        return False
    return not _OPENING.search(asked, 0, found.start())  # « Que faudrait-il… ? »
