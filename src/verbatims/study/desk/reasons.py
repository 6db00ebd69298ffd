"""Why a theme is suggested for a verbatim, in French: the rules and words behind its tags."""

import re
from collections.abc import Iterable, Sequence

from verbatims.model import Theme

_SHORT = re.compile(" réponses? sur ")

BY_TERMS, BY_LIKENESS = "par les termes", "ressemblance"


def reasons(theme: Theme, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The reasons (rule, words of the text) of a theme, each said once, those of a kind together.

    « appris : « tri » (12 réponses sur 14), « bac » (5 sur 6) ».
    """
    kinds: dict[str, list[str]] = {}
    for rule, words in pairs:
        kind, reason = _parted(theme, rule, words)
        said = kinds.setdefault(kind, [])
        if reason not in said:
            said.append(reason)
    return [_joined(kind, said) for kind, said in kinds.items()]


def how(theme: Theme, rules: Iterable[str]) -> str:
    """In two words, what suggests a theme."""
    return BY_TERMS if any(_written(theme, rule) for rule in rules) else BY_LIKENESS


def _parted(theme: Theme, rule: str, words: str) -> tuple[str, str]:
    """A reason as its kind, "" when it has none, and the rest."""
    if _written(theme, rule):
        return "terme", f"« {rule} »{_as_found(rule, words)}"
    kind, said, reason = rule.partition(" : ")
    return (kind, reason) if said else ("", rule)


def _joined(kind: str, said: Sequence[str]) -> str:
    first, *others = said
    told = ", ".join((first, *(_SHORT.sub(" sur ", reason) for reason in others)))
    return f"{kind} : {told}" if kind else told


def _written(theme: Theme, rule: str) -> bool:
    return rule in {term.written for term in theme.terms}


def _as_found(rule: str, words: str) -> str:
    return "" if words.casefold() == rule.casefold() else f" (« {words} »)"
