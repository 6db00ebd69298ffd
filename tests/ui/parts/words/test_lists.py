"""What was read and what was ruled stand side by side, each thing once."""

import pandas as pd

from verbatims.frames import CORRECTIONS
from verbatims.ui.parts.words import lists

READ = pd.DataFrame(
    [("developement", "développement", 3, 2), ("copil", "copie", 2, 2)],
    columns=["form", "repaired", "n", "verbatims"],
)
NO_COUNTS = pd.DataFrame({"n": [], "verbatims": []}, dtype="int64")


def ruled(*rulings: tuple[str, ...]) -> pd.DataFrame:
    """CORRECTIONS from (kind, form, value), then pos and reason if there are any."""
    columns = ["kind", "form", "value", "pos", "reason"]
    rows = [(*ruling, "", "")[: len(columns)] for ruling in rulings]
    frame = pd.DataFrame(rows, columns=columns).assign(number=range(len(rows)))
    return CORRECTIONS.check(frame.assign(author="", made_at="2026-01-01T00:00:00+00:00"))


def test_a_refused_repair_says_so_whatever_the_case_it_was_ruled_in() -> None:
    rows = lists.repairs(READ, ruled(("repair", "Copil", "COPIL")), NO_COUNTS)
    assert rows[["form", "read", "decision"]].to_numpy().tolist() == [
        ["developement", "développement", ""],
        ["copil", "copie", "tel quel"],
    ]


def test_a_word_that_the_tool_did_not_repair_is_listed_once_it_is_ruled_on() -> None:
    counts = pd.DataFrame({"n": [4], "verbatims": [3]}, index=["cress"])
    rows = lists.repairs(READ, ruled(("repair", "Cress", "cresse")), counts)
    assert rows.iloc[0][["form", "read", "n", "verbatims", "decision"]].tolist() == [
        *("cress", "cress", 4, 3),
        "→ cresse",
    ]
    assert len(rows) == 3


def test_a_lemma_ruled_for_one_nature_leaves_the_others_alone() -> None:
    words = pd.DataFrame(
        [
            ("manque", "NOUN", "manquer", 5, 4, "manque"),
            ("manque", "VERB", "manquer", 9, 8, "manque"),
        ],
        columns=["form", "pos", "lemma", "n", "verbatims", "key"],
    )
    one = lists.lemmas(words, ruled(("lemma", "Manque", "manque", "NOUN", "le nom")))
    assert one["decision"].tolist() == ["→ manque", ""]
    assert one["reason"].tolist() == ["le nom", ""]
    every = lists.lemmas(words, ruled(("lemma", "manque", "manque", "", "partout")))
    assert every["decision"].tolist() == ["→ manque", "→ manque"]


def test_expressions_held_come_first_and_those_refused_before_the_last_run_at_the_end() -> None:
    held = pd.DataFrame([("lien social", 7, 6)], columns=["expression", "n", "verbatims"])
    proposed = pd.DataFrame(
        [("vie locale", 5, 5, 41.6)], columns=["expression", "n", "verbatims", "score"]
    )
    rulings = ruled(
        ("expression", "lien social", "held"),
        ("expression", "mise en", "refused"),
        ("expression", "tiers lieu", "held"),
    )
    rows = lists.expressions(held, proposed, rulings)
    assert rows["form"].tolist() == ["tiers lieu", "lien social", "vie locale", "mise en"]
    assert rows["decision"].tolist() == ["tenue ensemble", "tenue ensemble", "", "refusée"]
    assert rows["score"].tolist()[2] == 42


def test_a_stop_word_is_added_kept_and_counted() -> None:
    tool = pd.DataFrame({"word": ["avoir", "le"], "verbs_only": [True, False], "n": [3, 50]})
    rulings = ruled(("stop word", "Commune", "stop"), ("stop word", "avoir", "kept"))
    rows = lists.stop_words(tool, rulings, {"commune": 12})
    assert rows[["form", "scope", "n", "decision"]].to_numpy().tolist() == [
        ["Commune", "", 12, "mot vide"],
        ["le", "", 50, ""],
        ["avoir", "verbe seulement", 3, "gardé"],
    ]


def test_answers_are_listed_once_however_they_are_spaced() -> None:
    empties = pd.DataFrame({"answer": ["RAS", "néant"], "n": [8, 2]})
    repeated = pd.DataFrame({"answer": ["plus  de vélos", "Néant"], "n": [4, 2]})
    rows = lists.answers(empties, repeated, ruled(("empty answer", "ras", "answered")))
    assert rows[["form", "taken", "decision"]].to_numpy().tolist() == [
        ["RAS", "vide", "une réponse"],
        ["néant", "vide", ""],
        ["plus de vélos", "réponse", ""],
    ]


def test_decisions_are_told_in_french_the_last_first() -> None:
    rulings = ruled(("repair", "copil", "copil"), ("lemma", "manque", "manque", "NOUN", "le nom"))
    rows = lists.decisions(rulings)
    assert rows[["title", "nature", "decision"]].to_numpy().tolist() == [
        ["Lemme", "nom", "→ manque"],
        ["Réparation", "", "tel quel"],
    ]


def test_a_search_is_blind_to_case_and_accents() -> None:
    rows = lists.repairs(READ, ruled(), NO_COUNTS)
    assert lists.matching(rows, "  DÉVELOPPE ")["form"].tolist() == ["developement"]
    assert len(lists.matching(rows, "")) == 2
    assert lists.matching(rows, "a.b").empty
