"""A token says who works in a study, and only the study's secret can make it."""

import json
from base64 import urlsafe_b64encode

import pytest

from verbatims import tokens

SECRET, OTHER = "00" * 32, "11" * 32


def test_a_token_says_who_works_where():
    claim = tokens.read(SECRET, tokens.sign(SECRET, "Zoé l’Hôte", "e1"))
    assert claim is not None
    assert (claim.coder, claim.study) == ("Zoé l’Hôte", "e1")
    assert tokens.study_of(tokens.sign(SECRET, "Zoé", "e1")) == "e1"


def test_a_token_of_another_secret_or_whose_time_has_run_out_says_nothing():
    assert tokens.read(OTHER, tokens.sign(SECRET, "Zoé", "e1")) is None
    assert tokens.read(SECRET, tokens.sign(SECRET, "Zoé", "e1", lasts=-1)) is None


def test_another_name_under_the_same_seal_says_nothing():
    mine, theirs = tokens.sign(SECRET, "Zoé", "e1"), tokens.sign(SECRET, "Paul", "e1")
    forged = theirs.partition(".")[0] + "." + mine.partition(".")[2]
    assert tokens.read(SECRET, forged) is None


@pytest.mark.parametrize(
    "said",
    [
        {"coder": "Zoé", "study": ["e1"], "until": 9e9},
        {"coder": {}, "study": "e1", "until": 9},
        {"coder": "Zoé", "study": "e1", "until": "9"},
    ],
)
def test_a_token_whose_words_are_not_words_says_nothing(said):
    token = urlsafe_b64encode(json.dumps(said).encode()).decode() + ".sceau"
    assert tokens.claimed(token) is None
    assert tokens.study_of(token) == ""


def test_a_token_as_deep_as_a_well_says_nothing():
    assert tokens.study_of(urlsafe_b64encode(b"[" * 200_000).decode()) == ""


@pytest.mark.parametrize("wrong", ["", ".", "a.b", "é.ü", "e30=.x", "bnVsbA==.", "[]"])
def test_what_is_no_token_says_nothing(wrong):
    assert tokens.read(SECRET, wrong) is None
    assert tokens.study_of(wrong) == ""
