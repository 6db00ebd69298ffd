"""Themes are counted in verbatims, and the terms that find nothing are told."""

import pandas as pd

from verbatims.frames import HUMAN, MACHINE
from verbatims.model import Codebook, Term, TermKind, Theme
from verbatims.ui.parts.tree import counts, silent_terms

TAGS = pd.DataFrame(
    [("a", "t", "agir"), ("a", "t", "agir"), ("b", "t", "agir"), ("b", "t", "ensemble")],
    columns=["verbatim_id", "theme", "rule"],
)
CODINGS = pd.DataFrame(
    [("a", "t", True, HUMAN), ("b", "t", False, HUMAN), ("c", "t", True, MACHINE)],
    columns=["verbatim_id", "theme", "present", "source"],
)


def test_a_verbatim_counts_once_however_often_a_term_is_found_in_it() -> None:
    found = counts(TAGS, CODINGS)
    assert found.suggested["t"] == 2
    assert found.terms["t", "agir"] == 2


def test_only_what_a_coder_kept_is_retained() -> None:
    assert counts(TAGS, CODINGS).retained["t"] == 1


def test_a_term_that_finds_nothing_is_silent() -> None:
    terms = tuple(Term(word, TermKind.LEMMA, (word,)) for word in ("agir", "absent"))
    theme = Theme("t", "Thème", terms=terms)
    assert silent_terms(Codebook((theme,)), counts(TAGS, CODINGS)) == [(theme, "absent")]
