import pandas as pd
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from verbatims.analysis import closed
from verbatims.model import AskedIf, Band, Column, Kind, Question


def people(n, weights=None):
    """Respondents r1 to rn of the survey."""
    return pd.DataFrame(
        {
            "respondent_id": [f"r{i}" for i in range(1, n + 1)],
            "source": "survey",
            "weight": weights or [1.0] * n,
        }
    )


def said(question, values, item=""):
    """What r1, r2, … answered; "" where they did not."""
    return pd.DataFrame(
        [(f"r{i}", question, item, value) for i, value in enumerate(values, 1) if value],
        columns=["respondent_id", "question", "item", "value"],
    )


def column(table, name, **where):
    rows = table.rows
    for key, value in where.items():
        rows = rows[rows[key] == value]
    return rows[name].tolist()


STRUCTURE = Question(
    "structure",
    Kind.SINGLE,
    (Column("Structure"),),
    text="Vous êtes…",
    labels=("Association", "Entreprise", "Institution"),
)


def test_answers_come_in_the_order_of_the_labels_with_zeros_and_strangers_last():
    answers = said("structure", ["Institution"] * 5 + ["Autre"] + ["Association"] * 6)
    table = closed(STRUCTURE, people(12), answers)
    assert table.title == "Vous êtes…"
    assert column(table, "answer") == ["Association", "Entreprise", "Institution", "Autre"]
    assert column(table, "n") == [6, 0, 5, 1]
    assert column(table, "share") == pytest.approx([6 / 12, 0, 5 / 12, 1 / 12])
    assert column(table, "item") == [""] * 4
    assert (table.rows["low"] <= table.rows["share"]).all()
    assert (table.rows["share"] <= table.rows["high"]).all()


def test_the_base_is_those_who_answered_and_says_who_did_not():
    table = closed(STRUCTURE, people(40), said("structure", ["Association"] * 34))
    assert (table.base.asked, table.base.answered, table.base.blank) == (40, 34, 6)
    assert column(table, "share")[0] == 1.0
    assert table.notes[0] == "Base : 34 répondants sur 40 interrogés."


def test_a_full_base_is_printed_alone():
    table = closed(STRUCTURE, people(34), said("structure", ["Association"] * 34))
    assert table.notes[0] == "Base : 34 répondants."
    assert not any("effectif est faible" in note for note in table.notes)


def test_a_base_under_30_is_flagged():
    table = closed(STRUCTURE, people(29), said("structure", ["Association"] * 29))
    assert any("effectif est faible" in note for note in table.notes)
    assert column(table, "share")[0] == 1.0


def test_a_base_under_10_has_counts_and_no_share():
    table = closed(STRUCTURE, people(9), said("structure", ["Association"] * 9))
    assert column(table, "n") == [9, 0, 0]
    assert table.rows[["share", "low", "high"]].isna().all(axis=None)
    assert any("les parts ne sont pas affichées" in note for note in table.notes)
    assert not any("Intervalles" in note for note in table.notes)


def test_nobody_answered():
    table = closed(STRUCTURE, people(3), said("structure", []))
    assert column(table, "n") == [0, 0, 0]
    assert table.base.answered == 0
    assert table.notes == ("Base : 0 répondant sur 3 interrogés.",)


def test_a_filtered_question_has_the_base_of_its_filter():
    question = Question(
        "acteurs",
        Kind.ORDINAL,
        (Column("Q5"),),
        labels=("Non", "Oui"),
        asked_if=AskedIf("structure", ("Association",)),
    )
    answers = pd.concat(
        [
            said("structure", ["Association"] * 12 + ["Entreprise"] * 3),
            said("acteurs", ["Oui"] * 10 + ["", "Non"] + ["Oui"] * 2),
        ]
    )
    table = closed(question, people(15), answers)
    assert (table.base.asked, table.base.answered, table.base.blank) == (12, 11, 1)
    assert column(table, "n") == [1, 10]
    assert "Question posée à 12 répondants sur 15 (selon « structure »)." in table.notes
    assert "2 réponses hors du filtre, non comptées." in table.notes


LEVIERS = Question(
    "leviers",
    Kind.MULTI,
    (Column("Q9_1", "Mécénat"), Column("Q9_2", "Fonds publics"), Column("Q9_3", "Cotisations")),
)


def test_a_multi_counts_respondents_and_says_that_it_passes_100():
    answers = pd.concat(
        [
            said("leviers", ["1"] * 8 + ["0"] * 4, item="Mécénat"),
            said("leviers", ["0"] * 2 + ["1"] * 8 + ["0"] * 2, item="Fonds publics"),
            said("leviers", ["0"] * 12, item="Cotisations"),
        ]
    )
    table = closed(LEVIERS, people(12), answers)
    assert column(table, "answer") == ["Mécénat", "Fonds publics", "Cotisations"]
    assert column(table, "n") == [8, 8, 0]
    assert column(table, "base") == [10, 10, 10]
    assert column(table, "share") == pytest.approx([0.8, 0.8, 0])
    assert "Plusieurs réponses possibles : le total dépasse 100 %." in table.notes
    assert (table.base.answered, table.base.blank) == (10, 2)


DOMAINES = Question(
    "domaines",
    Kind.GRID,
    (Column("Q8_1", "La sécurité"), Column("Q8_2", "La santé")),
    of=Kind.RATING,
    bounds=(1, 10),
    bands=(Band("1 à 4", 1, 4), Band("5 à 7", 5, 7), Band("8 à 10", 8, 10)),
    dont_know=("99",),
)


def test_a_rating_grid_has_bands_with_the_dont_knows_and_marks_without_them():
    answers = pd.concat(
        [
            said(
                "domaines", ["1", "4", "5", "7", "8", "10", "10", "9", "8", "8", "nsp", "nsp"]
            ).assign(item="La sécurité"),
            said("domaines", ["10"] * 11, item="La santé"),
        ]
    )
    table = closed(DOMAINES, people(12), answers)
    security = {"item": "La sécurité"}
    assert column(table, "answer", **security) == ["1 à 4", "5 à 7", "8 à 10", "Ne sais pas"]
    assert column(table, "n", **security) == [2, 2, 6, 2]
    assert column(table, "share", **security) == pytest.approx([2 / 12, 2 / 12, 6 / 12, 2 / 12])
    assert column(table, "mean", **security) == [7.0] * 4
    assert column(table, "median", **security) == [8.0] * 4
    assert column(table, "rated", **security) == [10] * 4
    assert column(table, "n", item="La santé") == [0, 0, 11, 0]
    assert "Base de 11 à 12 selon la ligne." in table.notes
    assert any("pas dans la moyenne ni la médiane" in note for note in table.notes)


def test_a_mean_of_fewer_than_ten_marks_is_withheld():
    answers = said("domaines", ["8"] * 9 + ["nsp"] * 3, item="La sécurité")
    table = closed(DOMAINES, people(12), answers)
    assert column(table, "rated", item="La sécurité") == [9] * 4
    assert table.rows[["mean", "median"]].isna().all(axis=None)


def test_a_mark_that_no_band_holds_is_shown():
    answers = said("domaines", ["4.5"] + ["8"] * 10, item="La sécurité")
    table = closed(DOMAINES, people(11), answers)
    assert column(table, "n", item="La sécurité", answer="Hors tranches") == [1]


def test_a_rating_without_bands_has_one_row_per_mark_of_its_bounds():
    question = Question("note", Kind.RATING, (Column("Q"),), bounds=(1, 10))
    table = closed(question, people(11), said("note", ["10"] * 10 + ["2.5"]))
    assert column(table, "answer") == ["1", "2", "2,5", *(str(mark) for mark in range(3, 11))]
    assert column(table, "n") == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 10]


def test_the_mean_of_a_rating_alone_is_in_its_notes():
    question = Question("note", Kind.RATING, (Column("Q"),), bounds=(1, 10))
    table = closed(question, people(12), said("note", ["7"] * 6 + ["8"] * 4 + ["nsp"] * 2))
    assert "Moyenne 7,4, médiane 7 (10 notes)." in table.notes


EXISTENCE = Question(
    "existence",
    Kind.GRID,
    (Column("Q1_1", "Animation"), Column("Q1_2", "Accompagnement")),
    of=Kind.ORDINAL,
    labels=("Non", "Oui, en cours", "Oui, pleinement"),
)


def test_each_row_of_a_grid_has_its_own_base():
    answers = pd.concat(
        [
            said("existence", ["Non"] * 4 + ["Oui, pleinement"] * 8, item="Animation"),
            said("existence", ["Oui, en cours"] * 10, item="Accompagnement"),
        ]
    )
    table = closed(EXISTENCE, people(12), answers)
    assert column(table, "n", item="Animation") == [4, 0, 8]
    assert column(table, "base", item="Animation") == [12] * 3
    assert column(table, "share", item="Accompagnement") == [0.0, 1.0, 0.0]
    assert table.base.answered == 12


def test_a_grid_of_multis_is_read_by_row_then_label():
    question = Question(
        "niveaux",
        Kind.GRID,
        (Column("Q2_1", "Animation"), Column("Q2_2", "Expérimentations")),
        of=Kind.MULTI,
        labels=("Régional", "Départemental"),
        separator=";",
    )
    answers = pd.concat(
        [
            said("niveaux", ["1"] * 10, item="Animation › Régional"),
            said("niveaux", ["1"] * 5 + ["0"] * 5, item="Animation › Départemental"),
            said("niveaux", ["0"] * 10, item="Expérimentations › Régional"),
        ]
    )
    table = closed(question, people(10), answers)
    assert column(table, "item") == ["Animation"] * 2 + ["Expérimentations"] * 2
    assert column(table, "answer") == ["Régional", "Départemental"] * 2
    assert column(table, "n") == [10, 5, 0, 0]
    assert column(table, "base") == [10, 10, 0, 0]


def test_unequal_weights_add_a_share_and_leave_the_counts():
    answers = said("structure", ["Association"] * 5 + ["Entreprise"] * 5)
    table = closed(STRUCTURE, people(10, weights=[3.0] * 5 + [1.0] * 5), answers)
    assert column(table, "n") == [5, 5, 0]
    assert column(table, "share") == [0.5, 0.5, 0.0]
    assert column(table, "weighted_share") == [0.75, 0.25, 0.0]


def test_equal_weights_say_nothing():
    answers = said("structure", ["Association"] * 10)
    assert "weighted_share" not in closed(STRUCTURE, people(10), answers).rows


def test_dont_know_is_an_answer_of_its_own_and_comes_last():
    answers = said("structure", ["nsp"] * 3 + ["Association"] * 9)
    table = closed(STRUCTURE, people(12), answers)
    assert column(table, "answer")[-1] == "Ne sais pas"
    assert column(table, "n") == [9, 0, 0, 3]


def test_interviewed_people_are_not_in_the_base_of_the_survey():
    respondents = pd.concat(
        [people(10), people(3).assign(source="interview", respondent_id=["i1", "i2", "i3"])]
    )
    table = closed(STRUCTURE, respondents, said("structure", ["Association"] * 10))
    assert table.base.asked == 10


@examples(st.lists(st.sampled_from(["Association", "Entreprise", "Autre", ""]), max_size=60))
def test_the_shares_of_a_single_choice_sum_to_1_in_any_order_of_the_rows(values):
    respondents, answers = people(len(values)), said("structure", values)
    table = closed(STRUCTURE, respondents, answers)
    if table.base.answered >= 10:
        assert table.rows["share"].sum() == pytest.approx(1)
    assert table.rows["n"].sum() == table.base.answered
    mixed = closed(STRUCTURE, respondents[::-1], answers[::-1])
    pd.testing.assert_frame_equal(mixed.rows, table.rows)
    assert mixed.notes == table.notes


def test_the_frames_given_are_left_as_they_were():
    respondents, answers = people(10), said("structure", ["Association"] * 10)
    before = answers.copy()
    closed(STRUCTURE, respondents, answers)
    pd.testing.assert_frame_equal(answers, before)
