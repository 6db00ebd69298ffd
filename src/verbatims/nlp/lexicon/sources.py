"""Files of French words → what they say, in the lexicon's own spelling and parts of speech."""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from verbatims.errors import FileError
from verbatims.folding import fold
from verbatims.language import _
from verbatims.nlp.lexicon.index import normal

Word = tuple[str, str]  # form, part of speech
Pairs = Counter[tuple[str, str, str]]  # form, part of speech, lemma → how often met

_LEFFF = {
    "nc": "NOUN",
    "v": "VERB",
    "adj": "ADJ",
    "adv": "ADV",
    "advneg": "ADV",
    "auxAvoir": "AUX",
    "auxEtre": "AUX",
    "prep": "ADP",
    "csu": "SCONJ",
    "coo": "CCONJ",
    "det": "DET",
    "pres": "INTJ",
    **dict.fromkeys(["pro", "pri", "prel"], "PRON"),
}
_LIGATURE = re.compile("oe(?=u|il)|(?<=f)oe(?=t)|^oe")
# The treebanks make one word of all persons: « je » is « moi », « nos » is « son ».
_PERSONS = {
    (form, pos): lemma
    for pos, groups in {
        "PRON": "je j'|me m'|tu|te t'|il ils|elle elles|se s'|le la l' les|leur",
        "DET": "mon ma mes|ton ta tes|son sa ses|notre nos|votre vos|leur leurs",
    }.items()
    for lemma, *others in map(str.split, groups.split("|"))
    for form in (lemma, *others)
}
_COUNTED = {*_LEFFF.values(), "NUM"}


def lefff(path: Path) -> dict[Word, list[str]]:
    """The lemmas of each form and part of speech in the Lefff."""
    found: dict[Word, list[str]] = defaultdict(list)
    participles: dict[str, str] = {}
    adjectives = []
    for form, kind, lemma, tag in _lines(path):
        if kind == "adj" and tag.startswith("K"):
            adjectives.append((form, lemma))
            if tag in ("K", "Km", "Kms"):
                participles.setdefault(lemma, form)
        elif lemma not in found[form, _LEFFF[kind]]:
            found[form, _LEFFF[kind]].append(lemma)
    for form, verb in adjectives:  # « privée », an adjective, is « privé » and not « priver »
        if verb in participles and (form, "ADJ") not in found:
            found[form, "ADJ"] = [participles[verb]]
    for form, part in _PERSONS.keys() & found.keys():
        found[form, part] = [_PERSONS[form, part]]
    return {key: _plausible(*key, lemmas) for key, lemmas in found.items()}


def _lines(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Form, kind, lemma and tag; the Lefff writes « oeuf », and « œuf » is what both become."""
    for line in path.read_text("utf-8").splitlines():
        form, kind, lemma, tag = line.split("\t")
        if kind in _LEFFF and _is_word(form) and _is_word(lemma):
            form, lemma = normal(form), _LIGATURE.sub("œ", normal(lemma))
            yield form, kind, lemma, tag
            if _LIGATURE.search(form):
                yield _LIGATURE.sub("œ", form), kind, lemma, tag


def _plausible(form: str, part: str, lemmas: list[str]) -> list[str]:
    """« reine » is not « roi », nor « resto » « restaurant »; but « habitante » is « habitant »."""
    if part not in ("NOUN", "ADJ"):
        return lemmas
    near = [lemma for lemma in lemmas if len(lemma) <= len(form) + 2 and _alike(form, lemma)]
    return near or [form.removesuffix("s")]


def _alike(form: str, lemma: str) -> bool:
    return fold(form)[:2] == fold(lemma)[:2] or form == "yeux"


def _is_word(word: str) -> bool:
    return any(map(str.isalpha, word)) and not any(sign in word for sign in " _&;")


def frequencies(path: Path) -> dict[str, float]:
    """Per million words, from wordfreq: a list of words for each hundredth of a bel below 1."""
    import srsly  # type: ignore[import-untyped]

    lists = srsly.msgpack_loads(gzip.decompress(path.read_bytes()))[1:]
    return {
        normal(word): round(10 ** (6 - hundredths / 100), 4)
        for hundredths, words in reversed(list(enumerate(lists)))
        for word in words
        if _is_word(word)
    }


class Token(NamedTuple):
    """A word of an annotated text; a contraction (« du ») has no lemma nor part of speech."""

    form: str
    lemma: str
    pos: str
    space: bool  # whether one follows


def pairs(sentences: Iterable[list[Token]]) -> Pairs:
    """How often each form, part of speech and lemma meet in annotated texts."""
    return Counter(
        (form, token.pos, _PERSONS.get((form.lstrip("-"), token.pos), normal(token.lemma)))
        for sentence in sentences
        for token in sentence
        if token.pos in _COUNTED and _is_word(form := normal(token.form))
    )


def treebank(path: Path) -> list[list[Token]]:
    """The sentences of a CoNLL-U file, gzipped or not; raise FileError if it is not one."""
    opened: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            found = list(_sentences(file))
    except (OSError, ValueError, EOFError) as error:
        raise FileError(
            _("« {path} » ne se lit pas comme du CoNLL-U ({error}).", path=path, error=error)
        ) from error
    if not found:
        raise FileError(_("« {path} » ne contient aucune phrase au format CoNLL-U.", path=path))
    return found


def _sentences(lines: Iterable[str]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    inside = 0  # the last word of a contraction: its parts are not words of the text
    for line in lines:
        if not line.strip():
            if sentence:
                yield sentence
            sentence, inside = [], 0
        elif not line.startswith("#"):
            number, form, lemma, pos, *_others, more = _cells(line)
            space = "SpaceAfter=No" not in more
            if "-" in number:
                inside = int(number.partition("-")[2])
                sentence.append(Token(form, "", "", space))
            elif "." not in number and int(number) > inside:
                sentence.append(Token(form, lemma, pos, space))
    if sentence:
        yield sentence


def _cells(line: str) -> list[str]:
    cells = line.rstrip("\n").split("\t")
    if len(cells) != 10:
        raise ValueError(f"10 colonnes attendues : {line.strip()[:60]}")
    return cells
