"""Why a theme is suggested for a verbatim: the rules and words behind its tags.

Tags keep their rules in French: what they say is told here in the language of who reads.
"""

import re
from collections.abc import Iterable, Sequence

from verbatims.language import _, ngettext
from verbatims.model import Theme

_TAUGHT = re.compile(r"« (?P<word>.*) » \((?P<hits>\d+) réponses? sur (?P<total>\d+)\)", re.DOTALL)
_QUOTED = re.compile(r"« (?P<word>.*) »", re.DOTALL)


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
    written = any(_written(theme, rule) for rule in rules)
    return _("par les termes") if written else _("ressemblance")


def _parted(theme: Theme, rule: str, words: str) -> tuple[str, str]:
    """A reason as its kind, "" when it has none, and the rest."""
    if _written(theme, rule):
        return _("terme"), _as_found(rule, words)
    kind, said, reason = rule.partition(" : ")
    return (_(kind), reason) if kind and said else ("", rule)


def _joined(kind: str, said: Sequence[str]) -> str:
    first, *others = said
    told = ", ".join([_told(first), *(_told(reason, short=True) for reason in others)])
    return _("{kind} : {reasons}", kind=kind, reasons=told) if kind else told


def _told(reason: str, *, short: bool = False) -> str:
    """« tri » (12 réponses sur 14), said short after another: « tri » (12 sur 14)."""
    if taught := _TAUGHT.fullmatch(reason):
        word, hits, total = taught["word"], int(taught["hits"]), int(taught["total"])
        if short:
            return _("« {word} » ({n} sur {total})", word=word, n=hits, total=total)
        return ngettext(
            "« {word} » ({n} réponse sur {total})",
            "« {word} » ({n} réponses sur {total})",
            hits,
            word=word,
            total=total,
        )
    if quoted := _QUOTED.fullmatch(reason):
        return _("« {text} »", text=quoted["word"])
    return _(reason) if reason else ""


def _written(theme: Theme, rule: str) -> bool:
    return rule in {term.written for term in theme.terms}


def _as_found(rule: str, words: str) -> str:
    if words.casefold() == rule.casefold():
        return _("« {text} »", text=rule)
    return _("« {text} » (« {found} »)", text=rule, found=words)
