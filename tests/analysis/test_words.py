"""The lists in which an analyst checks words: counts, and what was ruled."""

import pandas as pd

from verbatims.analysis import expression_table, lemma_table, repair_table
from verbatims.frames import CORRECTIONS, LEMMAS


def lemmas(*words: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """LEMMAS from (verbatim, form, lemma, pos, repaired)."""
    frame = pd.DataFrame(words, columns=["verbatim_id", "form", "lemma", "pos", "repaired"])
    return LEMMAS.check(frame.assign(position=range(len(frame)), start=0, end=1))


WORDS = lemmas(
    ("v1", "Manque", "manquer", "VERB", ""),
    ("v1", "manque", "manquer", "VERB", ""),
    ("v2", "manque", "manque", "NOUN", ""),
    ("v2", "developement", "développement", "NOUN", "développement"),
    ("v3", "Developement", "développement", "NOUN", "développement"),
    ("v3", "copil", "copil", "NOUN", ""),
    ("v3", ".", ".", "PUNCT", ""),
)


def ruled(*rulings: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """CORRECTIONS from (kind, form, pos, value, reason)."""
    frame = pd.DataFrame(rulings, columns=["kind", "form", "pos", "value", "reason"])
    return CORRECTIONS.check(frame.assign(number=range(len(frame)), author="", made_at=""))


def test_forms_are_counted_by_part_of_speech_and_lemma_whatever_their_case():
    rows = lemma_table(WORDS, CORRECTIONS.empty())

    assert rows.head(3).values.tolist() == [
        ["developement", "NOUN", "développement", 2, 2, ""],
        ["manque", "VERB", "manquer", 2, 1, ""],
        ["copil", "NOUN", "copil", 1, 1, ""],
    ]
    assert "." not in set(rows["form"])


def test_the_reason_of_a_ruling_stands_beside_the_part_of_speech_it_is_for():
    rows = lemma_table(WORDS, ruled(("lemma", "Manque", "NOUN", "manque", "le nom")))

    assert dict(zip(rows["lemma"], rows["reason"], strict=True))["manque"] == "le nom"
    assert dict(zip(rows["lemma"], rows["reason"], strict=True))["manquer"] == ""


def test_repairs_are_listed_with_what_was_ruled_even_where_nothing_was_repaired():
    rulings = ruled(
        ("repair", "copil", "", "copil", ""), ("repair", "Developement", "", "développement", "")
    )
    rows = repair_table(WORDS, rulings)

    assert rows.values.tolist() == [
        ["developement", "développement", 2, 2, "forced"],
        ["copil", "", 1, 1, "refused"],
    ]


def test_no_repair_gives_an_empty_list():
    assert repair_table(WORDS.head(3), CORRECTIONS.empty()).empty


def test_an_expression_that_is_not_met_counts_for_nothing():
    terms = lemmas(("v1", "lien social", "lien social", "NOUN", ""))
    rows = expression_table(terms, ["lien social", "vie locale"])

    assert rows.values.tolist() == [["lien social", 1, 1], ["vie locale", 0, 0]]
