"""Raw → the text of a first questionnaire, each guess with its reason."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from verbatims.folding import fold
from verbatims.model import Kind, Question, Raw
from verbatims.questionnaire.guessing import guess
from verbatims.questionnaire.kinds import Guess
from verbatims.questionnaire.writing import comment, header, written

_CODE = re.compile(r"[a-z]{0,8}[ _.-]?\d+([_.-]\w{1,4})?", re.IGNORECASE)
_REPEATED = re.compile(r"(.*) \(\d+\)", re.DOTALL)  # a header told apart by the importer
_LONGEST_ID = 40


def draft(raw: Raw, *, title: str = "") -> str:
    """Guess what each column is; what is unsure carries a comment « À VÉRIFIER »."""
    guesses = guess(raw.frame)
    headers = set(raw.frame.columns)
    ids = _identifiers(found.name for found in guesses)
    blocks = [
        "\n".join(
            [
                *comment(_reason(found)),
                *comment(f"À VÉRIFIER : {found.doubt}" if found.doubt else ""),
                written(_named(found, identifier, headers)),
            ]
        )
        for found, identifier in zip(guesses, ids, strict=True)
    ]
    unsure = sum(bool(found.doubt) for found in guesses)
    head = header(raw, title=title, questions=len(guesses), unsure=unsure)
    return "\n\n".join([head, *blocks]) + "\n"


def _reason(found: Guess) -> str:
    headers = [column.header for column in found.question.columns]
    if len(headers) == 1:
        return f"« {headers[0]} » : {found.reason}"
    return f"« {headers[0]} » … « {headers[-1]} » ({len(headers)} colonnes) : {found.reason}"


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
