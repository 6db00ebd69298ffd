"""Raw → the text of a first questionnaire, each guess with its reason."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from verbatims.folding import fold
from verbatims.language import _, ngettext
from verbatims.model import Kind, Question, Raw
from verbatims.questionnaire.guessing import guess, unnamed
from verbatims.questionnaire.kinds import Guess
from verbatims.questionnaire.writing import comment, header, written

_CODE = re.compile(r"[a-z]{0,8}[ _.-]?\d+([_.-]\w{1,4})?", re.IGNORECASE)
_REPEATED = re.compile(r"(.*) \(\d+\)", re.DOTALL)  # a header told apart by the importer
_LONGEST_ID = 40
_MOST_TOLD = 10


def draft(raw: Raw, *, title: str = "") -> str:
    """Guess what each column is; what is unsure carries a comment « À VÉRIFIER »."""
    guesses = list(_flagged_once(_two_headers(guess(raw), raw)))
    headers = set(raw.frame.columns)
    ids = _identifiers(found.name for found in guesses)
    to_check = _("À VÉRIFIER :")
    blocks = [
        "\n".join(
            [
                *comment(_reason(found)),
                *comment(f"{to_check} {found.doubt}" if found.doubt else ""),
                written(_named(found, identifier, headers)),
            ]
        )
        for found, identifier in zip(guesses, ids, strict=True)
    ]
    unsure = sum(bool(found.doubt) for found in guesses)
    head = header(raw, title=title, questions=len(guesses), unsure=unsure, notes=_to_know(raw))
    return "\n\n".join([head, *blocks]) + "\n"


def _two_headers(guesses: list[Guess], raw: Raw) -> list[Guess]:
    """Flag the lists of labels of a file where the second row looks like headers too."""
    if 3 * len(unnamed(raw)) <= len(raw.frame.columns):
        return guesses
    doubt = _("deux lignes d'en-têtes ? Une des réponses est peut-être le texte de la question.")
    return [
        replace(found, doubt=doubt) if found.question.labels and not found.doubt else found
        for found in guesses
    ]


def _flagged_once(guesses: list[Guess]) -> Iterator[Guess]:
    """Consecutive questions with the same answers and the same doubt: the first one tells it."""
    for _doubtful, same in groupby(guesses, key=_what_is_doubtful):
        first, *others = same
        if not (others and first.doubt and first.question.labels):
            yield first
            yield from others
            continue
        doubt = ngettext(
            "{doubt} De même pour la suivante.",
            "{doubt} De même pour les {n} suivantes.",
            len(others),
            doubt=first.doubt,
        )
        yield replace(first, doubt=doubt)
        for other in others:
            reason = _(
                "{reason} ; à vérifier avec « {name} »", reason=other.reason, name=first.name
            )
            yield replace(other, doubt="", reason=reason)


def _what_is_doubtful(found: Guess) -> tuple[object, ...]:
    question = found.question
    return found.doubt, question.kind, question.of, question.labels, tuple(question.codes.items())


def _to_know(raw: Raw) -> Iterator[str]:
    """What the importer told, and what the shape of the file makes one think of."""
    if _looks_transposed(raw):
        yield _(
            "matrice transposée ? Il y a bien plus de colonnes que de lignes, et des phrases pour "
            "en-têtes : mettez une ligne par répondant."
        )
    for problem in raw.problems[:_MOST_TOLD]:
        yield _of_column(problem.column, problem.message) if problem.column else problem.message
    if others := raw.problems[_MOST_TOLD:]:
        yield ngettext("et {n} autre remarque.", "et {n} autres remarques.", len(others))


def _looks_transposed(raw: Raw) -> bool:
    rows, columns = raw.frame.shape
    sentences = sum(len(name.split()) >= 4 for name in raw.frame.columns)
    return columns > max(20, 3 * rows) and 4 * sentences > columns


def _reason(found: Guess) -> str:
    headers = [column.header for column in found.question.columns]
    if len(headers) == 1:
        return _of_column(headers[0], found.reason)
    return _(
        "« {first} » … « {last} » ({n} colonnes) : {reason}",
        first=headers[0],
        last=headers[-1],
        n=len(headers),
        reason=found.reason,
    )


def _of_column(column: str | int, said: str) -> str:
    return _("« {column} » : {said}", column=column, said=said)


def _named(found: Guess, identifier: str, headers: set[str]) -> Question:
    """The question with its id, and its text when the header says more than a number."""
    silent = found.question.kind in (Kind.ID, Kind.WEIGHT, Kind.IGNORE)
    text = "" if silent or _CODE.fullmatch(found.name) else found.name
    repeated = _REPEATED.fullmatch(text)
    if repeated and repeated[1] in headers:
        text = repeated[1]
    return replace(found.question, id=identifier, text=text)


def _identifiers(names: Iterable[str]) -> Iterator[str]:
    """A readable id for each name: letters, digits and _, all different."""
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for name in names:
        slug = identifier = _slug(name)
        while identifier in taken:
            times[slug] += 1
            identifier = f"{slug}_{times[slug] + 1}"
        taken.add(identifier)
        yield identifier


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    if len(slug) > _LONGEST_ID:
        slug = slug[: _LONGEST_ID + 1].rpartition("_")[0] or slug[:_LONGEST_ID]
    return slug or "question"
