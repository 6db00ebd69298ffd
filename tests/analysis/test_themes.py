from dataclasses import replace

import pandas as pd
import pytest

from verbatims.analysis import base, frequencies, themes, themes_by
from verbatims.frames import TAGS
from verbatims.model import (
    Codebook,
    CodedCorpus,
    Column,
    Kind,
    Question,
    Questionnaire,
    Source,
    Theme,
)

STRUCTURE = Question(
    "structure",
    Kind.SINGLE,
    (Column("Structure"),),
    text="Vous êtes…",
    labels=("Association", "Entreprise"),
    profile=True,
)
QUESTIONNAIRE = Questionnaire(
    (
        STRUCTURE,
        Question("attentes", Kind.OPEN, (Column("Q12"),), text="Qu'attendez-vous ?"),
        Question("freins", Kind.OPEN, (Column("Q13"),), text="Quels freins ?"),
        Question("entretien", Kind.OPEN, (Column("propos"),), source=Source.INTERVIEW),
    )
)
CODEBOOK = Codebook(
    (
        Theme("coordination", "Coordination"),
        Theme("moyens", "Moyens"),
        Theme("financement", "Financement", parent="moyens"),
        Theme("temps", "Temps", parent="moyens"),
    )
)


def corpus(texts, codings=(), read=(), tags=(), **more):
    """Verbatims from {question: [text of r1, text of r2, …]}; "RAS" is empty, "" blank."""
    rows = [
        (f"r{i}:{question}", f"r{i}", question, text, status(text))
        for question, answers in texts.items()
        for i, text in enumerate(answers, 1)
    ]
    people = sorted({row[1] for row in rows}, key=lambda name: int(name[1:]))
    return CodedCorpus(
        questionnaire=QUESTIONNAIRE,
        codebook=CODEBOOK,
        respondents=pd.DataFrame(
            {
                "respondent_id": people,
                "source": "survey",
                "weight": more.get("weights", [1.0] * len(people)),
            }
        ),
        answers=pd.DataFrame(
            more.get("answers", []), columns=["respondent_id", "question", "item", "value"]
        ),
        verbatims=pd.DataFrame(
            rows, columns=["verbatim_id", "respondent_id", "question", "text", "status"]
        ),
        tags=pd.DataFrame(
            [(*tag, "lexicon", 0, 1, 1.0, "x", "x") for tag in tags],
            columns=[*TAGS.columns],
        ),
        codings=pd.DataFrame(
            [coding if len(coding) == 4 else (*coding, True, "coder") for coding in codings],
            columns=["verbatim_id", "theme", "present", "source"],
        ),
        readers=dict.fromkeys(read, ("Léa",)),
    )


def status(text):
    return {"": "blank", "RAS": "empty"}.get(text, "answered")


def all_read(question, n):
    return [f"r{i}:{question}" for i in range(1, n + 1)]


def of(table, column):
    return table.rows.set_index("theme")[column].to_dict()


def test_respondents_are_counted_and_shares_are_of_those_who_wrote_something():
    coded = corpus(
        {"attentes": ["coordonner"] * 12 + ["RAS", "", ""]},
        codings=[(f"r{i}:attentes", "coordination") for i in (1, 2, 3)],
        read=all_read("attentes", 12),
        tags=[("r1:attentes", "coordination"), ("r9:attentes", "coordination")],
    )
    table = themes(coded, question="attentes")
    assert table.title == "Qu'attendez-vous ?"
    assert vars(table.base) == {
        "asked": 15, "answered": 12, "empty": 1, "blank": 2, "coded": 12
    }  # fmt: skip
    first = table.rows.iloc[0]
    assert (first["theme"], first["label"], first["parent"]) == ("coordination", "Coordination", "")
    assert (first["n"], first["mentions"], first["suggested"]) == (3, 3, 2)
    assert first["share"] == 3 / 12
    assert first["low"] < 3 / 12 < first["high"]
    assert table.notes[0] == (
        "Base : 12 répondants sur 15 interrogés (1 sans contenu, 2 sans réponse)."
    )


def test_there_is_no_share_while_one_answer_is_unread():
    coded = corpus(
        {"attentes": ["coordonner"] * 41},
        codings=[(f"r{i}:attentes", "coordination") for i in range(1, 9)],
        read=all_read("attentes", 10),
    )
    table = themes(coded, question="attentes")
    assert table.rows[["share", "low", "high"]].isna().all(axis=None)
    assert of(table, "n")["coordination"] == 8
    assert (table.base.answered, table.base.coded) == (41, 10)
    assert table.notes[1] == (
        "Part non affichée : 10 réponses lues sur 41. Terminez le codage pour l'obtenir."
    )


def test_suggestions_never_enter_the_count_of_coders():
    machine = [(f"r{i}:attentes", "coordination", True, "machine") for i in range(1, 13)]
    coded = corpus(
        {"attentes": ["coordonner"] * 12},
        codings=machine,
        tags=[coding[:2] for coding in machine],
    )
    table = themes(coded, question="attentes")
    assert of(table, "n")["coordination"] == 0
    assert of(table, "suggested")["coordination"] == 12
    assert table.rows["share"].isna().all()
    assert any("décompte de la machine" in note for note in table.notes)


def test_what_is_accepted_unread_is_counted_apart_and_gives_no_share():
    accepted = [(f"r{i}:attentes", "temps", True, "accepted") for i in range(1, 13)]
    coded = corpus(
        {"attentes": ["le temps"] * 12}, codings=accepted, tags=[coding[:2] for coding in accepted]
    )
    table = themes(coded, question="attentes")
    assert of(table, "accepted") == {"coordination": 0, "moyens": 12, "financement": 0, "temps": 12}
    assert of(table, "n")["temps"] == 0
    assert table.base.coded == 0
    assert table.rows["share"].isna().all()
    assert any("acceptées sans lecture" in note for note in table.notes)


def test_a_theme_found_absent_does_not_count():
    coded = corpus(
        {"attentes": ["x"] * 10},
        codings=[("r1:attentes", "coordination", False, "coder")],
        read=all_read("attentes", 10),
    )
    assert of(themes(coded, question="attentes"), "share")["coordination"] == 0.0


def test_a_parent_counts_each_respondent_once_with_its_children():
    coded = corpus(
        {"attentes": ["x"] * 10},
        codings=[
            ("r1:attentes", "financement"),
            ("r1:attentes", "temps"),
            ("r2:attentes", "moyens"),
            ("r3:attentes", "temps"),
        ],
        read=all_read("attentes", 10),
    )
    table = themes(coded, question="attentes")
    assert of(table, "n") == {"coordination": 0, "moyens": 3, "financement": 1, "temps": 2}
    assert of(table, "mentions")["moyens"] == 3
    assert any("sous-thèmes" in note for note in table.notes)


def test_all_questions_together_count_a_respondent_once_and_leave_interviews_out():
    coded = corpus(
        {"attentes": ["x"] * 10, "freins": ["y"] * 9 + [""], "entretien": ["z"] * 2},
        codings=[
            ("r1:attentes", "coordination"),
            ("r1:freins", "coordination"),
            ("r2:freins", "coordination"),
            ("r3:entretien", "coordination"),
        ],
        read=[*all_read("attentes", 10), *all_read("freins", 9)],
    )
    table = themes(coded)
    assert of(table, "n")["coordination"] == 2
    assert of(table, "mentions")["coordination"] == 3
    assert of(table, "share")["coordination"] == 0.2
    assert (table.base.asked, table.base.answered, table.base.coded) == (10, 10, 10)
    assert any("hors entretiens" in note for note in table.notes)


def test_with_several_questions_a_respondent_is_coded_once_all_is_read():
    coded = corpus({"attentes": ["x"] * 10, "freins": ["y"] * 10}, read=all_read("attentes", 10))
    table = themes(coded)
    assert table.base.coded == 0
    assert "10 réponses lues sur 20" in table.notes[1]


def test_under_ten_answers_there_is_no_share_even_when_all_is_read():
    coded = corpus({"attentes": ["x"] * 9}, read=all_read("attentes", 9))
    table = themes(coded, question="attentes")
    assert table.rows["share"].isna().all()
    assert any("Sous 10 répondants" in note for note in table.notes)


def test_a_theme_that_left_the_codebook_keeps_its_codings():
    coded = corpus(
        {"attentes": ["x"] * 10},
        codings=[("r1:attentes", "ancien")],
        read=all_read("attentes", 10),
    )
    last = themes(coded, question="attentes").rows.iloc[-1]
    assert (last["theme"], last["label"], last["parent"], last["n"]) == ("ancien", "ancien", "", 1)


def test_a_coding_on_an_answer_without_content_is_told_and_left_out():
    coded = corpus(
        {"attentes": ["x"] * 10 + ["RAS"]},
        codings=[("r11:attentes", "coordination")],
        read=all_read("attentes", 11),
    )
    table = themes(coded, question="attentes")
    assert of(table, "n")["coordination"] == 0
    assert "1 codage sur des réponses sans contenu, hors des comptes." in table.notes


def test_weights_change_the_weighted_share_alone():
    coded = corpus(
        {"attentes": ["x"] * 10},
        codings=[("r1:attentes", "coordination")],
        read=all_read("attentes", 10),
        weights=[11.0] + [1.0] * 9,
    )
    table = themes(coded, question="attentes")
    assert of(table, "share")["coordination"] == 0.1
    assert of(table, "weighted_share")["coordination"] == pytest.approx(11 / 20)


def test_an_empty_study_gives_a_table_all_the_same():
    coded = corpus({})
    table = themes(coded)
    assert of(table, "n") == {"coordination": 0, "moyens": 0, "financement": 0, "temps": 0}
    assert table.base.asked == 0


def structures(associations, companies):
    total = associations + companies
    return [
        (f"r{i}", "structure", "", "Association" if i <= associations else "Entreprise")
        for i in range(1, total + 1)
    ]


def test_each_group_has_its_own_base_and_no_share_under_ten():
    coded = corpus(
        {"attentes": ["x"] * 11 + ["", "RAS"] + ["x"] * 5},
        codings=[("r1:attentes", "coordination"), ("r14:attentes", "coordination")],
        read=all_read("attentes", 18),
        answers=structures(12, 6),
    )
    rows = themes_by(coded, STRUCTURE, question="attentes").rows
    rows = rows[rows["theme"] == "coordination"].set_index("group")
    assert list(rows.index) == ["Association", "Entreprise"]
    assert rows["n"].tolist() == [1, 1]
    assert rows.loc["Association", "share"] == pytest.approx(1 / 11)
    assert pd.isna(rows.loc["Entreprise", "share"])
    assert rows[["asked", "answered", "empty", "blank", "coded"]].values.tolist() == [
        [12, 11, 0, 1, 11],
        [6, 5, 1, 0, 5],
    ]


def test_only_the_groups_read_to_the_end_have_shares():
    coded = corpus(
        {"attentes": ["x"] * 24}, read=all_read("attentes", 12), answers=structures(12, 12)
    )
    table = themes_by(coded, STRUCTURE, question="attentes")
    shown = table.rows.groupby("group")["share"].agg(lambda share: share.notna().all())
    assert shown.to_dict() == {"Association": True, "Entreprise": False}
    assert any("seuls groupes entièrement lus" in note for note in table.notes)


def test_those_who_gave_no_profile_are_counted_in_a_note():
    coded = corpus(
        {"attentes": ["x"] * 12}, read=all_read("attentes", 12), answers=structures(10, 0)
    )
    table = themes_by(coded, STRUCTURE, question="attentes")
    assert "2 répondants hors de tout groupe, sans « Vous êtes… »." in table.notes
    assert table.title == "Qu'attendez-vous ? — selon : Vous êtes…"


def test_the_groups_of_a_multi_may_overlap_and_it_is_said():
    question = Question(
        "champs", Kind.MULTI, (Column("a", "Santé"), Column("b", "Emploi")), profile=True
    )
    ticks = [(f"r{i}", "champs", item, "1") for i in range(1, 11) for item in ("Santé", "Emploi")]
    coded = corpus({"attentes": ["x"] * 10}, read=all_read("attentes", 10), answers=ticks)
    table = themes_by(coded, question, question="attentes")
    assert table.rows["group"].unique().tolist() == ["Santé", "Emploi"]
    assert table.rows["answered"].eq(10).all()
    assert any("Groupes non exclusifs" in note for note in table.notes)


def test_the_frequencies_of_a_study_are_each_question_alone_then_by_each_profile_of_its_source():
    coded = corpus({"attentes": ["x"] * 10, "entretien": ["z"]}, answers=structures(5, 5))
    tables = frequencies(coded)
    assert list(tables) == [
        ("attentes", ""),
        ("freins", ""),
        ("entretien", ""),
        ("attentes", "structure"),
        ("freins", "structure"),
    ]
    assert tables["attentes", "structure"].title == "Qu'attendez-vous ? — selon : Vous êtes…"
    assert "group" not in tables["entretien", ""].rows


def test_the_base_of_a_question_alone():
    coded = corpus({"attentes": ["x", "x", "RAS", ""], "freins": ["y"]}, read=["r1:attentes"])
    found = base(coded, "attentes")
    assert vars(found) == {"asked": 4, "answered": 2, "empty": 1, "blank": 1, "coded": 1}


def test_a_theme_that_some_readers_could_not_find_has_no_share():
    coded = corpus({"attentes": ["x"] * 10}, read=[f"r{n}:attentes" for n in range(1, 11)])
    known = frozenset(theme.id for theme in coded.codebook)
    late = sorted(known)[0]
    sought = dict.fromkeys(coded.readers, known) | {"r3:attentes": known - {late}}
    table = themes(replace(coded, sought=sought), question="attentes")
    withheld = table.rows.set_index("theme")["share"].isna()
    assert list(withheld[withheld].index) == [late]
    assert any("la grille ne l'avait pas" in note for note in table.notes)
