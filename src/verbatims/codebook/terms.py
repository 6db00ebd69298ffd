"""What an analyst types in `terms` → a Term, or what is wrong with it.

A word, an expression, `début*` or `"exact form"`; two of them as `a … b`, `a …3 b` or `a <…> b`;
any of these followed by `sauf c, d`.
"""

import re
from collections.abc import Hashable, Iterator

from verbatims.folding import fold_case, fold_word
from verbatims.language import _
from verbatims.model import Term, TermKind

WINDOW = 5  # words between the sides of « a … b », where no number is typed
_WIDEST = 30

_QUOTED = re.compile(r'"[^"]*"')
_ODD_QUOTES = re.compile(r"[«»“”„‟]|^['’‘]|['’‘]$")
_DOTS = r"(?:…|\.{3,})"
_BETWEEN = re.compile(rf"<\s*{_DOTS}\s*(\d*)\s*>|{_DOTS}(?:(\d+)(?!\S)|(?!\d))")
_SAUF = re.compile(r"(?<!\S)sauf(?=,|\s|$)", re.IGNORECASE)
_COMMA = re.compile(r",(?!\d)")


def fault(written: str) -> str:
    """What is wrong with a term, "" if nothing."""
    return next(_faults(written), "")


def term(written: str, line: int) -> Term:
    """A term without fault, as what it means."""
    main, *excepted = _cut(_SAUF, written)
    unless = tuple(_near(part, part, line) for rest in excepted for part in _cut(_COMMA, rest))
    return _near(main, written, line, unless)


def alike(term: Term) -> Hashable:
    """What makes two terms of a theme the same: equal for terms that find the same passages."""
    fold = fold_case if term.kind is TermKind.EXACT else fold_word
    sides = tuple(map(alike, term.sides))
    meant = (sides if term.ordered else frozenset(sides)) or tuple(map(fold, term.words))
    return term.kind, meant, term.window, frozenset(map(alike, term.unless))


def _near(part: str, written: str, line: int, unless: tuple[Term, ...] = ()) -> Term:
    found = _BETWEEN.search(_masked(part))
    if not found:
        kind, words = _words(part)
        return Term(written, kind, words, line, unless=unless)
    sides = tuple(Term(side, *_words(side), line) for side in _cut(_BETWEEN, part))
    return Term(
        written,
        TermKind.NEAR,
        tuple(word for side in sides for word in side.words),
        line,
        sides=sides,
        window=_window(found),
        ordered=not found[0].startswith("<"),
        unless=unless,
    )


def _words(written: str) -> tuple[TermKind, tuple[str, ...]]:
    if written.startswith('"'):
        return TermKind.EXACT, tuple(written.strip('"').split())
    if written.endswith("*"):
        return TermKind.PREFIX, (written.removesuffix("*"),)
    words = tuple(written.split())
    return TermKind.LEMMA if len(words) == 1 else TermKind.EXPRESSION, words


def _window(between: re.Match[str]) -> int:
    typed = between[1] or between[2]
    return int(typed) if typed else WINDOW


def _masked(written: str) -> str:
    """The text with its quoted parts hidden, each sign at its place."""
    return _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), written)


def _cut(separator: re.Pattern[str], written: str) -> list[str]:
    """What stands between the separators that are outside quotes."""
    found = [match.span() for match in separator.finditer(_masked(written))]
    starts = [0, *(end for _start, end in found)]
    ends = [*(start for start, _end in found), len(written)]
    return [written[start:end].strip() for start, end in zip(starts, ends, strict=True)]


# -- faults ------------------------------------------------------------------------------


def _faults(written: str) -> Iterator[str]:
    if not written:
        yield _("terme vide ; complétez-le ou effacez la ligne.")
        return
    if '"' not in written and not any(map(str.isalnum, written)):
        yield _no_word(written)
    main, *excepted = _cut(_SAUF, written)
    if excepted and not main:
        yield _(
            "« {term} » n'a rien avant « sauf » ; écrivez « réseau sauf réseau social », "
            "ou '\"sauf\"' pour chercher ce mot.",
            term=written,
        )
    if len(excepted) > 1:
        yield _(
            "« {term} » a deux « sauf » ; gardez-en un : « réseau sauf social, routier ».",
            term=written,
        )
    parts = [part for rest in excepted for part in _cut(_COMMA, rest)]
    if not all(parts):
        yield _(
            "« {term} » : il manque un mot après « sauf » ou une virgule ; complétez, comme "
            "« réseau sauf social, routier ».",
            term=written,
        )
    yield from _same(main, parts)
    for part in (main, *parts):
        yield from _part_faults(part)


def _same(main: str, excepted: list[str]) -> Iterator[str]:
    for part in excepted:
        if fold_word(part) == fold_word(main):
            yield _(
                "« {main} sauf {part} » ne peut rien trouver ; dites ce qui suit ou précède.",
                main=main,
                part=part,
            )


def _part_faults(part: str) -> Iterator[str]:
    found = list(_BETWEEN.finditer(_masked(part)))
    sides = _cut(_BETWEEN, part)
    if len(found) > 1:
        yield _(
            "« {term} » a plus d'un « … » ; gardez-en un, et faites deux termes : "
            "« accès … soins » puis « soins … proximité ».",
            term=part,
        )
    if found and not all(sides):
        yield _(
            "« {term} » : il manque un mot avant ou après « … » ; complétez, comme "
            "« accès … soins ».",
            term=part,
        )
    yield from _window_faults(part, found)
    for side in sides:
        yield from _side_faults(side)


def _window_faults(part: str, found: list[re.Match[str]]) -> Iterator[str]:
    for between in found:
        if not 1 <= _window(between) <= _WIDEST:
            yield _(
                "« {term} » : le nombre de mots après « … » va de 1 à {widest} ; pour des mots "
                "qui se suivent, écrivez-les sans « … ».",
                term=part,
                widest=_WIDEST,
            )
        before, after = part[: between.start()].rstrip(), part[between.end() :].lstrip()
        if before.endswith("<") or after.startswith(">"):
            yield _(
                "« {term} » : les deux chevrons vont ensemble, comme « accès <…> soins ».",
                term=part,
            )
    if re.search(_DOTS, _BETWEEN.sub("", _masked(part))):
        yield _(
            "« {term} » : après « … » vient un nombre de mots puis une espace, comme "
            "« accès …3 soins ».",
            term=part,
        )


def _side_faults(written: str) -> Iterator[str]:
    if _ODD_QUOTES.search(written) or not _well_quoted(written):
        yield _(
            "guillemets mal placés dans « {term} » ; une forme exacte s'écrit '\"en réseau\"'.",
            term=written,
        )
    if not any(map(str.isalnum, written)):
        yield _no_word(written)
    if "*" in written and not re.fullmatch(r"[^\s*\"]+\*", written):
        yield _(
            "« {term} » : l'astérisque se met à la fin d'un mot seul, comme « mutualis* ».",
            term=written,
        )


def _no_word(written: str) -> str:
    return _(
        "le terme « {term} » n'a ni lettre ni chiffre, et seuls les mots sont cherchés ; "
        "effacez-le.",
        term=written,
    )


def _well_quoted(written: str) -> bool:
    return '"' not in written or bool(_QUOTED.fullmatch(written) and len(written) > len('""'))
