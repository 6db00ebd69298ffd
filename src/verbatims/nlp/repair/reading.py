"""Words as they are written → the words the model should read: case, accents, slips repaired."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, compress, groupby, islice
from math import log

from verbatims.folding import composed, plain
from verbatims.nlp.lexicon import lexicon
from verbatims.nlp.repair.accents import KNOWN, Twin, accents
from verbatims.nlp.repair.typos import Typos

_LETTERS = re.compile(r"[^\W\d_]+")
_JOINTS = re.compile("(['’-]+)")
_ACCENTED = re.compile("[À-ÖØ-öø-ÿŒœŸ\u0300-\u036f]")
_TWO_CAPITALS = re.compile("[A-ZÀ-ÖØ-Þ]{2}")
_AT_ONCE = 1_000  # texts

# How a text is written: whether it has its accents, and whether it is in capitals.
_ACCENTS, _UNSURE, _NO_ACCENTS, _CAPITALS = 0, 1, 2, 4
_LEAST_ODDS = (200.0, 10.0, 1.5)  # of the twin that is read, for each of the first three
_LEAST_ODDS_CAPITAL = 1.5  # « Etat »: nobody has to put an accent on a capital
_UNLIKELY, _DOUBTFUL = log(1 / 20), log(1 / 3)  # that who writes accents needed none in the text
_FORGOTTEN = 0.01  # the accents that anybody leaves out
_SHORTEST_LOUD = 4  # letters: shorter words in capitals are rather acronyms
_SHORTEST_FIRST = 8  # letters: shorter unknown words with a capital are rather names


@dataclass(frozen=True)
class Survey:
    """The words of a corpus, in lower case; of each text, those that may not be read as written."""

    counts: Mapping[str, int]
    unknown: list[list[str]]  # words that are not French, and forms asked for


def survey(texts: Iterable[str], also: Collection[str] = (), *, slips: bool = True) -> Survey:
    """One pass over the texts; `also` are forms, in lower case, to be told of where they are met.

    Whatever is cut out of a text, a word of letters only is one of its words here. Without
    `slips`, what is not French is not told.
    """
    counts: Counter[str] = Counter()
    words = _Words(also, slips)
    unknown: list[list[str]] = []
    left = iter(texts)
    while batch := list(islice(left, _AT_ONCE)):
        seen = [composed(text) for text in batch]
        runs = [_LETTERS.findall(text) for text in seen]
        met = Counter(chain.from_iterable(runs))
        words.learn(met)
        for run, times in met.items():
            for word in words.lower[run]:
                counts[word] += times
        unknown += [words.told(text, own) for text, own in zip(seen, runs, strict=True)]
    return Survey(counts, unknown)


class _Words:
    """The runs of letters met so far: the words they are, and which of these are to be told."""

    def __init__(self, also: Collection[str], slips: bool) -> None:
        self.lower: dict[str, tuple[str, ...]] = {}
        self._slips = slips
        self._told: dict[str, tuple[str, ...]] = {}
        self._also = frozenset(form for form in also if form.isalpha())
        self._pieces = sorted(frozenset(also) - self._also)  # « co-construire », « élu·e·s »

    def learn(self, runs: Iterable[str]) -> None:
        new = {run: _words(run) for run in runs if run not in self.lower}
        self.lower |= new
        words = sorted(set(chain.from_iterable(new.values())))
        asked = {word for word in words if word.casefold() in self._also} if self._also else set()
        if self._slips:
            asked.update(compress(words, (~lexicon().known(words)).tolist()))
        for run, own in new.items():
            told = tuple(word for word in own if word in asked)
            if told:
                self._told[run] = told

    def told(self, text: str, runs: Collection[str]) -> list[str]:
        if not (self._told or self._pieces):
            return []
        found = {word for run in self._told.keys() & runs for word in self._told[run]}
        if self._pieces:
            folded = _key(text)
            found.update(form for form in self._pieces if form in folded)
        return sorted(found)


class Repair:
    """A Reader that knows the corpus, the codebook and what the analyst rules."""

    def __init__(
        self,
        counts: Mapping[str, int],
        *,
        protected: Collection[str] = (),
        forced: Mapping[str, str] | None = None,
        slips: bool = True,
    ) -> None:
        """Without `slips`, only case and accents are repaired: what costs next to nothing."""
        self._counts = counts
        self._forced = dict(forced or {})
        self._typos = Typos(counts, protected) if slips else None
        self._twins: dict[str, Twin] = {}
        self._meant: dict[str, str] = {}
        self._ready = False

    def style(self, text: str) -> int:
        """How the text is written, judged by what who writes accents would have written."""
        capitals = _CAPITALS if _in_capitals(text) else 0
        if _ACCENTED.search(text):
            return _ACCENTS + capitals
        runs = _LETTERS.findall(text if text.isascii() else composed(text))
        likely = sum(self._no_accent(run, bool(capitals)) for run in runs)
        if likely > _DOUBTFUL:
            return _ACCENTS + capitals
        return (_UNSURE if likely > _UNLIKELY else _NO_ACCENTS) + capitals

    def word(self, form: str, style: int, begins: bool) -> str:
        """The word to read in place of the form, in its own case unless that tells nothing."""
        if not self._forced and form.isalpha() and form.islower():  # most words
            return self._slip(form) or self._accented(form, style % _CAPITALS)
        seen = form if form.isascii() else composed(form)
        ruled = self._forced.get(_key(seen)) if self._forced else None
        read = (form if form.isalpha() and form.isascii() else plain(form)) or form
        if ruled is not None:
            return read if ruled.casefold() == _key(seen) else ruled
        if not any(map(str.isalpha, read)):
            return read
        return self._in_case(read, style, begins, is_whole=seen.isalpha())

    def bearing(self, words: Iterable[str]) -> str:
        """What the corpus, the codebook and the analyst change in a text with these words."""
        read = ((w, self._forced.get(_key(w), ""), self._slip(w)) for w in sorted(set(words)))
        return "\n".join(f"{w}\t{ruled or slip}" for w, ruled, slip in read if ruled or slip)

    def _in_case(self, word: str, style: int, begins: bool, *, is_whole: bool) -> str:
        """Names and acronyms keep their capitals, and what looks wrong in them is left."""
        lower = word.lower()
        capital = word != lower and style < _CAPITALS
        accented = self._accented(lower, style % _CAPITALS, capital=capital)
        if capital and word[1:] == lower[1:] and not begins:
            return word[0] + accented[1:] if accented[0] == lower[0] else accented.capitalize()
        may_slip = is_whole and (not capital or begins and len(word) >= _SHORTEST_FIRST)
        read = (self._slip(lower) if may_slip else "") or accented
        if not capital or self._is_word(read) and (begins or _is_loud(word)):
            return read
        return word

    def _is_word(self, read: str) -> bool:
        return self._twin(read).known

    def _accented(self, word: str, level: int, *, capital: bool = False) -> str:
        """The word with the accents it lacks; a compound, part by part."""
        if not word.isalpha():
            parts = _JOINTS.split(word)
            return "".join(self._accented(p, level) if p.isalpha() else p for p in parts)
        twin = self._twin(word)
        least = _LEAST_ODDS[level]
        if capital and word[1:] == twin.word[1:]:
            least = _LEAST_ODDS_CAPITAL
        if twin.odds >= least and len(word) > 1:  # not « a », which means the model no harm
            return twin.word
        return word

    def _no_accent(self, run: str, in_capitals: bool) -> float:
        """The logarithm of how often who writes accents would write none here."""
        twin = self._twin(run.lower())
        if not in_capitals and run[0].isupper() and run[1:] == twin.word[1:]:
            return 0.0
        return log(max(twin.share, _FORGOTTEN))

    def _twin(self, word: str) -> Twin:
        self._prepare()
        if word in self._twins:
            return self._twins[word]
        if word in self._counts:
            return KNOWN
        return self._twins.setdefault(word, accents().twins([word])[0])

    def _slip(self, word: str) -> str:
        """What an unknown word was meant to be; "" when nobody can tell."""
        if self._typos is None or not word.isalpha() or self._twin(word).known:
            return ""
        if word not in self._meant and word not in self._counts:
            self._meant |= {word: "", **self._typos.meant([word])}
        return self._meant.get(word, "")

    def _prepare(self) -> None:
        """Looks up the words of the corpus all at once: one at a time takes ten times longer."""
        if self._ready:
            return
        self._ready = True
        words = list(self._counts)
        twins = zip(words, accents().twins(words), strict=True)
        self._twins = {word: twin for word, twin in twins if twin != KNOWN}
        if self._typos is not None:
            self._meant = self._typos.meant(w for w, twin in self._twins.items() if not twin.known)


def _words(run: str) -> tuple[str, ...]:
    """The words in a run of letters, lower case; « m² » has the letter m, and a number."""
    if run.isalpha():
        return (run.lower(),)
    return tuple("".join(part).lower() for alpha, part in groupby(run, str.isalpha) if alpha)


def _key(form: str) -> str:
    return form.casefold().replace("’", "'")


def _in_capitals(text: str) -> bool:
    if not _TWO_CAPITALS.search(text):
        return False
    long = [run for run in _LETTERS.findall(text) if len(run) > 1]
    return sum(map(str.isupper, long)) > 0.6 * len(long)


def _is_loud(word: str) -> bool:
    """Whether it is rather a word said loud than an acronym."""
    return word.isupper() and len(word) >= _SHORTEST_LOUD
