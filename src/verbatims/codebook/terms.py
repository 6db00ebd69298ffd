"""What an analyst types in `terms` → a Term, or what is wrong with it."""

import re

from verbatims.model import Term, TermKind

_ODD_QUOTES = re.compile(r"[«»“”„‟]|^['’‘]|['’‘]$")


def fault(written: str) -> str:
    """What is wrong with a term, "" if nothing."""
    if not written:
        return "terme vide ; complétez-le ou effacez la ligne."
    if _ODD_QUOTES.search(written) or not _well_quoted(written):
        return (
            f"guillemets mal placés dans « {written} » ; une forme exacte s'écrit '\"en réseau\"'."
        )
    if not any(char.isalnum() for char in written):
        return (
            f"le terme « {written} » n'a ni lettre ni chiffre, et seuls les mots sont cherchés ; "
            "effacez-le."
        )
    if "*" in written and not re.fullmatch(r"[^\s*\"]+\*", written):
        return f"« {written} » : l'astérisque se met à la fin d'un mot seul, comme « mutualis* »."
    return ""


def _well_quoted(written: str) -> bool:
    return '"' not in written or bool(re.fullmatch(r'"[^"]+"', written))


def term(written: str, line: int) -> Term:
    if written.startswith('"'):
        return Term(written, TermKind.EXACT, tuple(written.strip('"').split()), line)
    if written.endswith("*"):
        return Term(written, TermKind.PREFIX, (written.removesuffix("*"),), line)
    words = tuple(written.split())
    return Term(written, TermKind.LEMMA if len(words) == 1 else TermKind.EXPRESSION, words, line)
