"""A sentence as lists of words, and what in it says no."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass


def words_of(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


OF = frozenset(("de", "d'", "d"))
OF_THE = frozenset(("des", "du"))
NOT = frozenset(("ne", "n'", "n"))
DENIALS = frozenset(("pas", "jamais", "point", "guere"))
APART = ("(", ":", "=")  # what sets an answer apart from its question: « local : non »
NOTHING: frozenset[int] = frozenset()
VERBAL = ("VERB", "AUX")
CLITICS = words_of(
    "je tu il on nous vous ils elle elles me te se le la les lui leur y en j' m' t' s' l' ca"
)
SUBJECT_OR_OBJECT = CLITICS - {"le", "la", "les", "leur", "en", "l'"}
# Where another clause begins, whatever the punctuation. Folded: « où » is « ou », left out.
BORDERS = words_of(
    """mais car or donc puis cependant pourtant toutefois neanmoins sinon que qu' qui dont
    quand lorsque lorsqu' si s'il comme parce puisque puisqu' afin pour malgre depuis grace
    sauf hormis tandis alors c' sans pas ni aucun aucune ne n'"""
)
CONDITIONAL = re.compile("r(?:ais|ait|ions|iez|aient)$")
_PARTICIPLE = re.compile(r"(?:é|[iu])e?s?$|(?:mis|pris|quis|[fv]ert|[aeo]int|crit|[dtc]uit)es?$")


@dataclass(frozen=True)
class Sentence:
    """Its words: as written, folded, their lemmas folded, their parts of speech."""

    written: Sequence[str]
    forms: Sequence[str]
    lemmas: Sequence[str]
    pos: Sequence[str]

    def __len__(self) -> int:
        return len(self.forms)

    def form(self, at: int) -> str:
        """The folded form, "" outside the sentence."""
        return self.forms[at] if 0 <= at < len(self) else ""

    def lemma(self, at: int) -> str:
        return self.lemmas[at] if 0 <= at < len(self) else ""

    def part(self, at: int) -> str:
        return self.pos[at] if 0 <= at < len(self) else ""

    def said(self, at: int) -> bool:
        """Whether a word stands there, not a sign nor the sentence's end."""
        return any(map(str.isalnum, self.form(at)))

    def is_border(self, at: int) -> bool:
        return self.form(at) in BORDERS or not self.said(at)

    def is_infinitive(self, at: int) -> bool:
        return self.part(at) in VERBAL and self.form(at) == self.lemma(at)

    def is_participle(self, at: int) -> bool:
        """By its ending, or after an auxiliary."""
        if self.part(at) != "VERB":
            return False
        before = self.before(at)
        auxiliary = self.part(before) == "AUX"
        pronoun = self.form(before) in SUBJECT_OR_OBJECT
        return auxiliary or (not pronoun and bool(_PARTICIPLE.search(self.written[at].casefold())))

    def is_finite(self, at: int) -> bool:
        verbal = self.part(at) in VERBAL
        return verbal and not self.is_infinitive(at) and not self.is_participle(at)

    def before(self, at: int) -> int:
        """The word before, adverbs and inverted pronouns left out; -1 if none."""
        at -= 1
        while at >= 0 and (self.part(at) == "ADV" or self.is_inverted(at)):
            at -= 1
        return at

    def is_inverted(self, at: int) -> bool:
        """« -il », « -t-on »."""
        return self.written[at].startswith("-") and self.said(at)

    def is_of_it(self, at: int) -> bool:
        """« en » as in « nous n'en avons pas »."""
        return self.form(at) == "en" and self.part(at) == "PRON"

    def new_clause(self, at: int) -> bool:
        """Whether a verb comes before the next border."""
        while not self.is_border(at):
            if self.is_finite(at):
                return True
            at += 1
        return False

    def has(self, at: int, words: Collection[str]) -> bool:
        return self.form(at) in words


@dataclass(frozen=True)
class Cue:
    """Where a negation stands in its sentence, its main word, and the words it bears on.

    `lack`: it says itself that something is missing, so that another negation undoes it.
    """

    first: int
    last: int
    main: int
    scope: frozenset[int]
    lack: bool = False


def ne_before(sentence: Sentence, at: int) -> int:
    """The « ne » that goes with a negation, -1 if there is none."""
    for before in range(at - 1, max(at - 6, -1), -1):
        if sentence.has(before, NOT):
            return before
        stop = sentence.has(before, ("que", "qu'", "qui", "et", "mais"))
        if stop or not sentence.said(before) or sentence.part(before) == "NOUN":
            return -1
    return -1


def group_start(sentence: Sentence, at: int, verb: int, ne: int) -> int:
    """Where the verb and its pronouns begin; a bracket or a colon before the cue is part of it."""
    start = min(place for place in (at, verb, ne) if place >= 0)
    while start > 0 and sentence.part(start - 1) in ("PRON", "ADV"):
        start -= 1
    return start - 1 if sentence.has(start - 1, APART) else start
