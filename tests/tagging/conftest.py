"""Hand-made lemmas, so that tests of taggers need no French model."""

import pandas as pd
import pytest

from verbatims.frames import LEMMAS
from verbatims.model import Codebook, Term, TermKind, Theme


@pytest.fixture(scope="session")
def read():
    return _read


@pytest.fixture(scope="session")
def book():
    return _book


def _read(*answers: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """« des réseaux/réseau d'/de+entreprises/entreprise . » → lemmas, and the texts by id.

    `+` stands between two words that touch; lemma and POS may be left out.
    """
    rows, texts = [], {}
    for number, answer in enumerate(answers, start=1):
        verbatim_id, text = f"v{number}", ""
        for group in answer.split():
            text += " " if text else ""
            for token in group.split("+"):
                form, lemma, pos = _token(token)
                rows.append((verbatim_id, form, lemma, pos, len(text), len(text) + len(form)))
                text += form
        texts[verbatim_id] = text
    frame = pd.DataFrame(rows, columns=["verbatim_id", "form", "lemma", "pos", "start", "end"])
    frame["position"] = frame.groupby("verbatim_id").cumcount()
    return LEMMAS.check(frame.assign(repaired="")), texts


def _token(token: str) -> tuple[str, str, str]:
    form, *rest = token.split("/")
    lemma = rest[0] if rest else form.lower()
    pos = rest[1] if len(rest) > 1 else "X" if any(map(str.isalnum, form)) else "PUNCT"
    return form, lemma, pos


def _book(**terms: list[str]) -> Codebook:
    """A codebook from theme ids and their terms, as the analyst writes them."""
    return Codebook(
        tuple(Theme(name, name, terms=tuple(map(_term, given))) for name, given in terms.items())
    )


def _term(written: str) -> Term:
    words = tuple(written.strip('"*').split())
    if written.startswith('"'):
        return Term(written, TermKind.EXACT, words)
    if written.endswith("*"):
        return Term(written, TermKind.PREFIX, words)
    return Term(written, TermKind.LEMMA if len(words) == 1 else TermKind.EXPRESSION, words)
