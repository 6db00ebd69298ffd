"""Hand-made lemmas, so that tests of taggers need no French model."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from verbatims.frames import LEMMAS
from verbatims.model import Codebook, Term, TermKind, Theme

SUBJECTS = (
    ("vélo", "piste", "cycliste", "pédale", "bicyclette"),
    ("impôt", "taxe", "fiscalité", "fisc", "tax"),
    ("arbre", "forêt", "haie", "bois", "tree"),
)


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


@pytest.fixture(scope="session")
def vectors():
    return _vectors


def _vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """Words of a same subject are near; « machin » is unknown."""
    rows = np.zeros((len(words), len(SUBJECTS) + 1), dtype=np.float32)
    for number, word in enumerate(words):
        for subject, said in enumerate(SUBJECTS):
            rows[number, subject] = word.lower() in said
        rows[number, -1] = 0.1 * (word.lower() != "machin")
    return rows


@pytest.fixture(scope="session")
def survey(read):
    """120 answers on bicycles, taxes and trees, some on two of them, and what coders say."""
    chance = np.random.default_rng(0)
    answers, labels = [], []
    for _ in range(120):
        held = chance.random(3) < (0.5, 0.3, 0.15)
        words = [chance.choice(said) for said, has in zip(SUBJECTS, held, strict=True) if has]
        words += chance.choice(["ville", "commune", "gens", "quartier"], 2).tolist()
        chance.shuffle(words)
        answers.append(" et/et/CCONJ ".join(f"{word}/{word}/NOUN" for word in words))
        labels.append(held.astype(float))
    lemmas, texts = read(*answers)
    frame = pd.DataFrame(labels, index=list(texts), columns=["velo", "impot", "arbre"])
    return lemmas, texts, frame


@pytest.fixture(scope="session")
def subjects():
    """A codebook of names alone, and with what the survey's themes say of themselves."""
    return Codebook(
        (
            Theme("velo", "Le vélo", definition="Pistes et vélos"),
            Theme("impot", "Les impôts", definition="Taxe, fiscalité"),
            Theme("arbre", "Nature"),
        )
    )
