"""spaCy's French tokenizer → one that also cuts words that answers glue: « emploi;logement »."""

import re
from typing import Any

from verbatims.folding import is_inclusive
from verbatims.nlp.lexicon import lexicon

_LETTER = r"[^\W\d_]"
_SIGNS = r";|=?!…\"«»“”()\[\]{}<>*→⇒⇨•·∙▪►~\\#_"  # what never stands inside a word
_JOINING = ".,:&+/°–-"  # what may stand inside a word, but not beside one of the others
_BULLETS = r"|\\~•∙→⇒⇨►"  # among them, those that spaCy leaves at the ends of words

_PREFIXES = (
    rf"[-‐‑−/.{_BULLETS}](?={_LETTER})",
    rf"\d{{1,2}}(?=[-–]{_LETTER}{{3}})",  # « 1-taxer »
    # Else only infixes cut these, and « l'élu·e » would be whole but not « qu'élu·e ».
    rf"(?i:[jmst]|(?:jus|lors|puis|quoi)?qu)['’](?={_LETTER})",
)
_SUFFIXES = (rf"(?<={_LETTER})[-‐‑/=+{_BULLETS}]",)
_INFIXES = (
    # A run like « …), » is one separator, for spaCy cuts no two in a row.
    rf"(?<![{_JOINING}])[{_JOINING}]*+[{_SIGNS}][{_SIGNS}{_JOINING}]*",
    rf"(?<={_LETTER}{_LETTER})\.(?={_LETTER}{_LETTER})",  # not « p.ex », « S.N.C.F »
    rf"(?<=\d)\.(?={_LETTER}{_LETTER})",  # « 1.numérique »
    r",(?!\d)|(?<!\d),",  # not « 3,5 »
    rf"(?<={_LETTER}{_LETTER})[&+](?={_LETTER})",  # not « R&D », « P+R »
    rf"(?<={_LETTER})[&+](?={_LETTER}{_LETTER})",
    rf"[%€$£](?={_LETTER}{_LETTER})",
)

# spaCy takes « logement.les » for the name of a site; these endings are no French words.
_SITES = "com|fr|org|net|eu|gov|edu|be|ch|uk|io|bzh"
_ADDRESS = re.compile(
    r"(?:[\w+.-]+://|www\.)\S*[\w/=]|[^\s@;,:()<>]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[\w-]+(?:\.[\w-]+)*\.(?:{_SITES})(?::\d+)?(?:[/?#](?:\S*[\w/=])?)?"
)

_JOINT = re.compile(r"[-‐‑–—./:@(·•∙⋅‧]")  # no address, compound or inclusive word is without


def cut_glued_words(tokenizer: Any) -> None:
    """Change the rules of a spaCy tokenizer; « élu·e·s », « rond-point », addresses stay whole."""
    known = tokenizer.token_match

    def whole(word: str) -> bool:
        if not _JOINT.search(word):  # nothing to keep together, and most words
            return False
        kept = known(word) or is_inclusive(word) or _ADDRESS.fullmatch(word)
        return bool(kept) or lexicon().is_compound(word)

    tokenizer.token_match = whole
    tokenizer.url_match = None
    prefixes, suffixes, infixes = (
        search.__self__.pattern
        for search in (tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.infix_finditer)
    )
    first, last, inside = map("|".join, (_PREFIXES, _SUFFIXES, _INFIXES))
    tokenizer.prefix_search = re.compile(f"^(?:{first})|{prefixes}").search
    tokenizer.suffix_search = re.compile(f"(?:{last})$|{suffixes}").search
    tokenizer.infix_finditer = re.compile(f"{inside}|{infixes}").finditer
