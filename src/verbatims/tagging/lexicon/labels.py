"""What a theme is looked for by: its terms, or the words of its label when it has none."""

import re
from dataclasses import dataclass

from verbatims.content import STOP_VERBS, STOP_WORDS
from verbatims.folding import fold_word, plain
from verbatims.language import _
from verbatims.model import Term, TermKind, Theme
from verbatims.tagging.lexicon.dictionary import lemma_of

_ELIDED = re.compile(r"(?<![\w-])(?:[cdjlmnst]|jusqu|lorsqu|puisqu|qu)['’ʼ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’ʼ][^\W_]+)*")
_STOPPED = frozenset(map(fold_word, STOP_WORDS | STOP_VERBS))
# Left in answers by `content`, because without their accents they may mean something.
_GRAMMAR = frozenset(("sur", "mais", "car", "entre", "face"))
_LONG, _ACRONYM = 3, 2  # « IR » is a word, « P » is not


@dataclass(frozen=True)
class Sought:
    """A term, and how the tags that it gives name it."""

    term: Term
    rule: str

    @property
    def said(self) -> str:
        """The name, to who reads."""
        if self.rule == self.term.written:
            return self.rule
        return _("libellé : {word}", word=self.term.written)


def sought(theme: Theme) -> tuple[Sought, ...]:
    """The theme's terms; without any, the words of its label, each looked for as a lemma."""
    if theme.terms:
        return tuple(Sought(term, term.written) for term in theme.terms)
    return tuple(
        Sought(Term(word, TermKind.LEMMA, (word,), theme.line), f"libellé : {word}")
        for word in label_words(theme.label)
    )


def label_words(label: str) -> tuple[str, ...]:
    """The content words of a label: « Rétablir l'ISF » → ("Rétablir", "ISF")."""
    read = " ".join(map(plain, _ELIDED.sub(" ", label).split()))
    words = {fold_word(word): word for word in reversed(_WORD.findall(read)) if _says(word)}
    return tuple(reversed(words.values()))


def _says(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    long = letters >= _LONG or (word.isupper() and letters >= _ACRONYM)
    return long and not word[0].isdigit() and not _is_empty(word.casefold())


def _is_empty(word: str) -> bool:
    """« autres » as well as « autre »."""
    return word in _GRAMMAR or fold_word(word) in _STOPPED or lemma_of(word) in STOP_WORDS
