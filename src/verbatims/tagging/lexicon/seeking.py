"""Terms → the passages of a text where they stand, before any choice between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verbatims.model import Term
from verbatims.tagging.lexicon.near import Passages, joined, pairs, stand
from verbatims.tagging.lexicon.spelling import Piece, Spelling, spellings
from verbatims.tagging.lexicon.text import Text
from verbatims.tagging.lexicon.words import Flags, Ints, meant


def seek(text: Text, terms: Sequence[Term]) -> list[Passages]:
    """The passages of each term, in no order."""
    spelled = {part: spellings(part) for term in terms for part in _parts(term)}
    each = [spelling for found in spelled.values() for spelling in found]
    if not each:
        return [joined([]) for _ in terms]
    words = meant(text.words, {piece: None for spelling in each for piece in spelling.pieces})
    seeker = _Seeker.of(text, words, spelled, [spelling.pieces[0] for spelling in each])
    return [seeker.passages(term) for term in terms]


def _parts(term: Term) -> Iterator[Term]:
    """The words and expressions of which a term is made."""
    if not term.sides:
        yield term
    for part in (*term.sides, *term.unless):
        yield from _parts(part)


@dataclass(frozen=True)
class _Stream:
    """The tokens that count: `places` of those kept, and the `rank` of each token among them."""

    places: Ints
    rank: Ints

    @classmethod
    def of(cls, kept: Flags) -> "_Stream":
        return cls(np.append(np.flatnonzero(kept), -1), np.cumsum(kept, dtype=np.int32))

    def after(self, tokens: Ints) -> Ints:
        """The token kept after each of these, -1 where the corpus ends."""
        following: Ints = self.places[self.rank[tokens]]
        return following


@dataclass(frozen=True)
class _Seeker:
    """Looks for spellings, starting from the few tokens with which one may begin."""

    text: Text
    words: Mapping[Piece, Ints]
    spelled: Mapping[Term, Sequence[Spelling]]
    begins: Ints  # tokens with which a spelling may begin, those of a same word together
    bounds: Ints  # where the tokens of each word begin in `begins`
    next: _Stream  # hyphens and apostrophes inside words left out
    next_full: _Stream  # small words left out too

    @classmethod
    def of(
        cls,
        text: Text,
        words: Mapping[Piece, Ints],
        spelled: Mapping[Term, Sequence[Spelling]],
        starters: Sequence[Piece],
    ) -> "_Seeker":
        begin = text.among(np.concatenate([words[piece] for piece in starters]))
        counted = ~text.joiners
        full = ~text.among(text.words.loose)[text.tokens]
        begins = np.flatnonzero(begin[text.tokens] & counted)
        begins = begins[np.argsort(text.tokens[begins], kind="stable")]
        bounds = np.searchsorted(text.tokens[begins], np.arange(len(begin) + 1))
        streams = _Stream.of(counted), _Stream.of(counted & full)
        return cls(text, words, spelled, begins, bounds, *streams)

    def passages(self, term: Term) -> Passages:
        found = self._near(term) if term.sides else self._spelled(term)
        for excepted in map(self.passages, term.unless):
            reach = self._reach(found.last), self._reach(excepted.last)
            found = found.take(stand(found, reach[0], excepted, reach[1]))
        return found

    def _near(self, term: Term) -> Passages:
        one, other = map(self.passages, term.sides)
        found = [pairs(self.text, one, other, term.window)]
        if not term.ordered:
            found.append(pairs(self.text, other, one, term.window))
        return joined(found)

    def _reach(self, last: Ints) -> Ints:
        """The next full word of the same verbatim, else the token itself."""
        following = self.next_full.after(last)
        verbatims = self.text.verbatims
        same = (following >= 0) & (verbatims[following] == verbatims[last])
        return np.where(same, following, last)

    def _spelled(self, term: Term) -> Passages:
        found = [self._find(spelling) for spelling in self.spelled[term]]
        return joined([Passages.whole(first, last) for first, last in found])

    def _find(self, spelling: Spelling) -> tuple[Ints, Ints]:
        """First and last tokens of the passages so spelled."""
        if not all(len(self.words[piece]) for piece in spelling.pieces):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        last = first = self._beginning(spelling.pieces[0])
        for number, piece in enumerate(spelling.pieces[1:], start=1):
            stream = self.next_full if number in spelling.gaps else self.next
            following = stream.after(last)
            fits = (following >= 0) & self._are(following, piece)
            fits &= self.text.verbatims[following] == self.text.verbatims[last]
            first, last = first[fits], following[fits]
        return first, last

    def _beginning(self, piece: Piece) -> Ints:
        bounds = self.bounds
        return np.concatenate([self.begins[bounds[w] : bounds[w + 1]] for w in self.words[piece]])

    def _are(self, tokens: Ints, piece: Piece) -> Flags:
        return self.text.among(self.words[piece])[self.text.tokens[tokens]]
