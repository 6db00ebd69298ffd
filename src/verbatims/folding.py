"""Text → a key that is blind to case, accents, hyphens, kinds of apostrophe and unseen signs."""

import re
import unicodedata
from collections.abc import Sequence

_ONE_SIGN = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "’": "'", "ʼ": "'"})
_LOWER = (("œ", "oe"), ("æ", "ae"), ("’", "'"), ("ʼ", "'"))
_HYPHENS = re.compile(r"[-‐‑‒–—]+")
_SEPARATOR = "\x1f"
# Unicode's category Cf, in the planes that people write in.
_UNSEEN = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]+"
)
_WORD_OR_PICTURE = re.compile(r"\w+|[\u2600-\u27bf\U0001f000-\U0001faff]")

# « habitant·e·s », « citoyen(ne)s », « élu-e-s », « emploi(s) ». Dots in the middle and brackets
# say enough; full stops, hyphens and slashes also part words, so there the ending must agree.
_FREE = "[lnst]?es?|[sx]|(?:t?r)?ices?|t?euses?|i?[eè]res?|elles?|i?ves?|i?fs?|ches?|e?sses?"
_AGREEING = (
    "(?<=n.)nes?|(?<=[eiu]l.)les?|(?<=t.)tes?|(?<=(?:ou|us).)tes?|(?<=x.)ses?"
    "|es?|(?:t?r)?ices?|t?euses?|i?[eè]res?|i?ves?"
)
_INCLUSIVE = re.compile(
    rf"(?<![^{_SEPARATOR}])(?P<stem>[^\W\d_](?:[^\W\d_]|[‐-](?=[^\W\d_]))*[^\W\d_])"
    rf"(?P<ending>(?:[·•∙⋅‧](?:{_FREE})|\((?:{_FREE})\)"
    rf"|[.‐/-](?-i:{_AGREEING}|{_AGREEING.upper()}))"  # « un essai.Le reste » is two words
    rf"(?:[·•∙⋅‧.‐/-]?s|\(s\))?)(?![^{_SEPARATOR}])",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Lower case, without accents, with ligatures opened: « Cœur d’Été » → "coeur d'ete"."""
    lower = text.casefold()
    for sign, usual in _LOWER:  # on a long text, several times quicker than translating it
        lower = lower.replace(sign, usual)
    return _without(("Mn", "Cf"), unicodedata.normalize("NFD", lower))


def fold_texts(texts: Sequence[str]) -> list[str]:
    """`fold` of each, in one go: a call for each is several times slower."""
    folded = fold(_SEPARATOR.join(texts)).split(_SEPARATOR)
    return folded if len(folded) == len(texts) else [fold(text) for text in texts]


def fold_word(word: str) -> str:
    """A word's key for matching: « Co-Élaborer » → "coelaborer", « élu·e·s » → "elus"."""
    return _HYPHENS.sub("", _INCLUSIVE.sub(_stem, fold(word)))


def fold_words(words: Sequence[str]) -> list[str]:
    """`fold_word` of each, in one go: a call for each is several times slower."""
    keys = fold_word(_SEPARATOR.join(words)).split(_SEPARATOR)
    return keys if len(keys) == len(words) else [fold_word(word) for word in words]


def fold_case(word: str) -> str:
    """A word's key where accents count: « Co-Élaborer » → "coélaborer"."""
    return bare(word).casefold()


def words_of(text: str) -> str:
    """Words, numbers and pictures (« 👍 » says something), folded, one space between them."""
    return " ".join(_WORD_OR_PICTURE.findall(fold(text)))


def fold_answer(text: str) -> str:
    """A short answer's key: « R.A.S. ! » → "r a s"; one of signs alone stays as it is."""
    return words_of(text) or text.strip()


def answer_keys(folded: Sequence[str]) -> list[str]:
    """`fold_answer` of each, from texts that are folded already, in one go."""
    joined = _SEPARATOR.join(folded)
    apart = {ord(sign): _apart(sign) for sign in set(joined) - {_SEPARATOR}}
    keys = [" ".join(key.split()) for key in joined.translate(apart).split(_SEPARATOR)]
    if len(keys) != len(folded):
        return [fold_answer(text) for text in folded]
    return [key or text.strip() for key, text in zip(keys, folded, strict=True)]


def _apart(sign: str) -> str:
    """A sign as `words_of` has it: a letter, a picture by itself, or nothing."""
    if not _WORD_OR_PICTURE.match(sign):
        return " "
    return sign if re.match(r"\w", sign) else f" {sign} "


def composed(text: str) -> str:
    """A text in composed accents, without soft hyphens, zero-width and other unseen signs."""
    if text.isascii():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def bare(word: str) -> str:
    """A word in its letters, accents and capitals kept: « L’Œuvre » → "L'OEuvre"."""
    return _HYPHENS.sub("", composed(word).translate(_ONE_SIGN))


def plain(word: str) -> str:
    """A word without unseen signs nor inclusive endings: « habitant·e·s » → « habitants »."""
    return composed(word) if word.isalpha() else _INCLUSIVE.sub(_stem, composed(word))


def is_inclusive(word: str) -> bool:
    """Whether the word names both genders, or both numbers: « élu·e », « emploi(s) »."""
    return _INCLUSIVE.fullmatch(composed(word)) is not None


def squeeze(text: str) -> str:
    """How closed answers are compared: composed accents, single plain spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _without(categories: tuple[str, ...], text: str) -> str:
    """Looks at each character once for each sign that goes: a few, in the texts of a survey."""
    for sign in set(text):
        if unicodedata.category(sign) in categories:
            text = text.replace(sign, "")
    return text


def _stem(inclusive: re.Match[str]) -> str:
    """In the plural if the ending is: « citoyen(ne) » and « citoyen(ne)s »."""
    stem, last = inclusive["stem"], inclusive["ending"].rstrip(")")[-1]
    return stem + last if last in "sxSX" and stem[-1] not in "sxzSXZ" else stem
