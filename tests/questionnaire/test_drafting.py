"""The first questionnaire drafted from a file: guesses, reasons, doubts."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims import questionnaire
from verbatims.errors import Problem
from verbatims.model import Kind, Question, Questionnaire, Raw


def raw(columns: dict[str, list[str]]) -> Raw:
    frame = pd.DataFrame(columns, dtype="object")
    return Raw(frame, tuple(range(2, len(frame) + 2)), "enquete.csv", "texte UTF-8")


def drafted(columns: dict[str, list[str]], folder: Path) -> tuple[Questionnaire, str]:
    text = questionnaire.draft(raw(columns))
    path = folder / "questionnaire.yaml"
    path.write_text(text, encoding="utf-8")
    return questionnaire.load(path), text


def guessed(folder: Path, header: str, values: list[str]) -> tuple[Question, bool]:
    """The guess for one column, and whether it is flagged."""
    read, text = drafted({header: values}, folder)
    return read.questions[0], "À VÉRIFIER" in text.split("questions:")[1]


AGREEMENT = ["Tout à fait d'accord", "Plutôt d'accord", "Plutôt pas d'accord"]
SENTENCES = [
    *("Agir ensemble et se connaître", "Plus de moyens pour les associations", "RAS", ""),
    *("Décloisonner les réseaux d'entreprises", "Valoriser, faire connaître", "Coordonner"),
]


@pytest.mark.parametrize(
    ("header", "values", "kind", "flagged"),
    [
        ("N°", ["1", "2", "3"], Kind.ID, False),
        ("Nom de code", ["a1", "b2", "c3"], Kind.ID, True),
        ("Poids", ["0,8", "1,2", "1"], Kind.WEIGHT, False),
        ("facteur", ["0.8", "1.2", "1.0"], Kind.WEIGHT, True),
        ("submitdate", ["2025-01-05 10:00", "2025-01-06 11:30", ""], Kind.IGNORE, False),
        ("Courriel", ["a@b.fr", "c@d.fr", ""], Kind.IGNORE, True),
        ("Vide", ["", " ", ""], Kind.IGNORE, False),
        ("Vague", ["1", "1", ""], Kind.IGNORE, True),
        ("Structure", ["Association", "Entreprise", "Association"] * 3, Kind.SINGLE, False),
        ("Accord", AGREEMENT * 3, Kind.ORDINAL, False),
        ("Accord", [*AGREEMENT, "Ne sait pas"] * 3, Kind.ORDINAL, True),
        ("Q4", ["1", "2", "3", "4", "2", "3"], Kind.ORDINAL, True),
        ("Q4", ["1", "2", "1", "2"], Kind.SINGLE, True),
        ("Note de satisfaction", ["7", "8", "10", "7", "8"], Kind.RATING, False),
        ("Q7", ["7", "8", "10", "7", "99"], Kind.RATING, True),
        ("Age", ["25", "67", "41", "25", "33"], Kind.RATING, True),
        ("Score", ["2,5", "3,75", "2,5", "4"], Kind.RATING, True),
        ("Code postal", ["76000", "75011", "76000"], Kind.SINGLE, True),
        ("Q5", ["A;B", "A", "B;A", "A", "B"], Kind.MULTI, False),
        ("Q5", ["A, B", "A", "B, C", "A, C", "B"] * 2, Kind.MULTI, True),
        ("Q5", ["1,2", "1,3", "1", "2", "2,3"] * 2, Kind.MULTI, True),
        ("Logement", ["Oui, à vélo", "Oui, à pied", "Non"] * 4, Kind.SINGLE, False),
        ("Q12", SENTENCES, Kind.OPEN, False),
        ("Un mot", ["lien", "coopération", "temps", "", "écoute", "envie", ""], Kind.OPEN, True),
        ("À vélo", ["débutant", "2", "3", "4", "expert"] * 3, Kind.ORDINAL, True),
    ],
)
def test_each_kind_of_column_is_guessed_and_flagged_when_unsure(
    header: str, values: list[str], kind: Kind, flagged: bool, tmp_path: Path
) -> None:
    question, doubted = guessed(tmp_path, header, values)

    assert (question.kind, doubted) == (kind, flagged)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (["Oui", "Plutôt non", "Non", "Plutôt oui"], ("Non", "Plutôt non", "Plutôt oui", "Oui")),
        (["Toujours", "Jamais", "Parfois"], ("Jamais", "Parfois", "Toujours")),
        (["Satisfait(e)", "Très satisfait(e)"], ("Satisfait(e)", "Très satisfait(e)")),
        (
            ["250 salariés et plus", "10 à 49 salariés", "Moins de 10 salariés"],
            ("Moins de 10 salariés", "10 à 49 salariés", "250 salariés et plus"),
        ),
        (
            ["35-44 ans", "Plus de 75 ans", "18-24 ans"],
            ("18-24 ans", "35-44 ans", "Plus de 75 ans"),
        ),
        (
            ["3 - Tout à fait", "1 - Pas du tout", "2 - Plutôt"],
            ("1 - Pas du tout", "2 - Plutôt", "3 - Tout à fait"),
        ),
        (
            [
                "Oui, elles sont pleinement développées",
                "Non, elles ne sont pas développées",
                "Oui, elles sont partiellement développées",
            ],
            (
                "Non, elles ne sont pas développées",
                "Oui, elles sont partiellement développées",
                "Oui, elles sont pleinement développées",
            ),
        ),
    ],
)
def test_french_scales_are_put_in_order(
    values: list[str], labels: tuple[str, ...], tmp_path: Path
) -> None:
    question, _ = guessed(tmp_path, "q", values * 3)

    assert (question.kind, question.labels) == (Kind.ORDINAL, labels)


def test_ticked_columns_make_one_multi(tmp_path: Path) -> None:
    read, _ = drafted(
        {
            "Leviers [Mécénat]": ["1", "0", "1"],
            "Leviers [Fonds publics]": ["0", "0", "1"],
            "Leviers [Autre]": ["des dons de nos membres", "", ""],
        },
        tmp_path,
    )

    assert [q.kind for q in read][0] is Kind.MULTI
    assert read.questions[0].labels == ("Mécénat", "Fonds publics")
    assert len(read.questions) == 2


def test_columns_that_hold_their_own_label_make_one_multi(tmp_path: Path) -> None:
    read, _ = drafted({"Q9_1": ["Mécénat", "", ""], "Q9_2": ["", "Dons", "Dons"]}, tmp_path)

    assert read.questions[0].kind is Kind.MULTI
    assert read.questions[0].labels == ("Mécénat", "Dons")


@pytest.mark.parametrize(
    "headers",
    [
        ("Q8_1", "Q8_2"),
        ("Q8[SQ001]", "Q8[SQ002]"),
        ("Importance [La santé]", "Importance [Le logement]"),
        ("Importance : La santé", "Importance : Le logement"),
        ("Q8a", "Q8b"),
    ],
)
def test_columns_with_the_same_beginning_and_answers_make_a_grid(
    headers: tuple[str, str], tmp_path: Path
) -> None:
    notes = ["1", "5", "10", "99", "7", "8"]
    read, text = drafted({headers[0]: notes, headers[1]: notes[::-1]}, tmp_path)

    (grid,) = read.questions
    assert (grid.kind, grid.of, grid.bounds) == (Kind.GRID, Kind.RATING, (1, 10))
    assert grid.dont_know == ("99",)
    if "La santé" in headers[0]:
        assert [column.item for column in grid.columns] == ["La santé", "Le logement"]
    else:
        assert "Écrivez le texte de chaque item" in text


def test_columns_with_the_same_beginning_but_other_answers_stay_apart(tmp_path: Path) -> None:
    read, _ = drafted({"Q1_1": ["Oui", "Non"] * 4, "Q1_2": ["Rural", "Urbain"] * 4}, tmp_path)

    assert [q.kind for q in read] == [Kind.SINGLE, Kind.SINGLE]


def test_lists_in_several_columns_make_a_grid_of_multi(tmp_path: Path) -> None:
    levels = ["Régional;National", "Régional", "Communal;National", "Communal", ""] * 2
    read, _ = drafted({"Q2_1": levels, "Q2_2": levels[::-1]}, tmp_path)

    assert (read.questions[0].of, read.questions[0].separator) == (Kind.MULTI, ";")
    assert set(read.questions[0].labels) == {"Régional", "National", "Communal"}


def test_a_column_of_codes_takes_the_labels_of_its_twin(tmp_path: Path) -> None:
    read, _ = drafted(
        {
            "q6": ["1", "3", "2", ""],
            "q6_texte": ["Toujours", "Jamais", "Parfois", ""],
            "q7": ["1,3", "2", "1,2", ""],
            "q7_texte": ["À pied\rEn bus", "À vélo", "À pied\rÀ vélo", ""],
        },
        tmp_path,
    )

    assert [q.kind for q in read] == [Kind.ORDINAL, Kind.IGNORE, Kind.MULTI, Kind.IGNORE]
    assert dict(read["q6"].codes) == {"1": "Toujours", "2": "Parfois", "3": "Jamais"}
    assert dict(read["q7"].codes) == {"1": "À pied", "2": "À vélo", "3": "En bus"}
    assert read["q7"].separator == ","


def test_twins_are_known_by_their_rank_when_their_header_comes_back(tmp_path: Path) -> None:
    codes, labels = ["1", "3", "2"], ["Toujours", "Jamais", "Parfois"]
    headers = ("Vélo ?", "Vélo ? (2)", "Vélo ? (3)", "Vélo ? (4)")

    read, _ = drafted(dict(zip(headers, [codes, labels, codes, labels], strict=True)), tmp_path)

    assert [q.kind for q in read] == [Kind.ORDINAL, Kind.IGNORE] * 2
    assert read.questions[2].labels == ("Toujours", "Parfois", "Jamais")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["1", "2", "2", "3"], "valeurs répétées, lignes 3 et 4."),
        (["1", "", "2", "3"], "cellules vides, ligne 3."),
        (["a", "a", "", "c"], "valeurs répétées, lignes 2 et 3 ; cellules vides, ligne 4."),
        ([str(n) for n in range(20)] * 4, "valeurs répétées, lignes 2, 3, 4, 5, 6, … (80 en tout)"),
    ],
)
def test_a_spoiled_identifier_is_still_one_and_flagged_with_its_lines(
    values: list[str], told: str, tmp_path: Path
) -> None:
    read, text = drafted({"id": values, "avis": ["Oui", "Non"] * (len(values) // 2)}, tmp_path)

    assert read["id"].kind is Kind.ID
    assert f"À VÉRIFIER : {told}" in unwrapped(text)


def test_a_column_named_id_that_hardly_varies_is_no_identifier(tmp_path: Path) -> None:
    read, _ = drafted(
        {"question_id": ["163"] * 6, "contribution": [str(n + 100) for n in range(6)]}, tmp_path
    )

    assert [q.kind for q in read] == [Kind.IGNORE, Kind.ID]


def test_what_the_importer_told_stands_at_the_head() -> None:
    told = [Problem(f"remarque {n}.", column="Q1", severity="warning") for n in range(12)]
    survey = replace(raw({"Q1": SENTENCES}), problems=tuple(told))

    head = unwrapped(questionnaire.draft(survey).split("title:")[0])

    assert "À SAVOIR : « Q1 » : remarque 9." in head
    assert "remarque 10" not in head
    assert "À SAVOIR : et 2 autres remarques." in head


def test_two_rows_of_headers_flag_the_labels_and_group_nothing(tmp_path: Path) -> None:
    first, second = ["Vous êtes", "Oui", "Non", "Oui"], ["Et aussi", "Non", "Oui", "Oui"]
    read, text = drafted(
        {"Profil": first * 3, "colonne 2": second * 3, "colonne 3": first * 3}, tmp_path
    )

    assert [q.kind for q in read] == [Kind.SINGLE] * 3
    assert text.count("À VÉRIFIER : deux lignes d'en-têtes ?") == 3


def test_sentences_for_headers_over_few_rows_look_like_a_transposed_matrix() -> None:
    answers = {f"Plus de moyens pour l'association {n}": ["1", "0", ""] for n in range(30)}
    codes = {f"Q{n}": ["1", "0", ""] for n in range(30)}

    assert "matrice transposée ?" in questionnaire.draft(raw(answers))
    assert "matrice transposée ?" not in questionnaire.draft(raw(codes))


def test_texts_that_come_twice_are_flagged(tmp_path: Path) -> None:
    read, text = drafted(
        {
            "réponse": SENTENCES[:3] + SENTENCES[4:],
            "copie": SENTENCES[:3] + SENTENCES[4:],
            "question": ["Qu'attendez-vous de la co-construction, et de qui ?"] * 6,
        },
        tmp_path,
    )
    _, repeated = drafted({"texte": [" ".join(s.split() * 6) for s in SENTENCES[4:]] * 2}, tmp_path)

    assert [q.kind for q in read] == [Kind.OPEN, Kind.OPEN, Kind.IGNORE]
    assert "À VÉRIFIER : répète « réponse » : à ignorer ?" in text
    assert text.count("À VÉRIFIER :") == 2
    assert "les mêmes textes reviennent" in unwrapped(repeated)


def test_questions_with_the_same_codes_are_flagged_once(tmp_path: Path) -> None:
    levels = ["1", "2", "3", "4", "2", "3"]
    read, text = drafted({"Se garer": levels, "Rouler": levels, "Louer": levels[::-1]}, tmp_path)

    assert [q.kind for q in read] == [Kind.ORDINAL] * 3
    assert text.count("À VÉRIFIER :") == 1
    assert "De même pour les 2 suivantes." in unwrapped(text)
    assert "à vérifier avec « Se garer »" in unwrapped(text)


def unwrapped(text: str) -> str:
    """Comments as sentences."""
    return re.sub(r"\n *# (?!À)", " ", text)


def test_every_column_has_a_reason_and_ids_are_readable(tmp_path: Path) -> None:
    read, text = drafted(
        {
            "Identifiant": ["a1", "b2", "c3"],
            "Qu'attendez-vous de la co-construction ?": SENTENCES[:3],
            "Qu'attendez-vous de la co-construction": SENTENCES[:3],
            "été:\n« #1 »": ["Oui", "Non", "Oui"],
        },
        tmp_path,
    )

    assert [q.id for q in read] == [
        *("identifiant", "qu_attendez_vous_de_la_co_construction"),
        *("qu_attendez_vous_de_la_co_construction_2", "ete_1"),
    ]
    assert read.questions[3].columns[0].header == "été:\n« #1 »"
    assert read.questions[1].text == "Qu'attendez-vous de la co-construction ?"
    blocks = text.split("\n\n")[1:]
    assert all(re.match(r"  # « .+ :", block) for block in blocks)


def test_the_same_file_gives_the_same_draft() -> None:
    columns = {"id": ["a1", "b2"], "q": ["A;B", "B;C"], "r": ["x", "y"]}

    assert questionnaire.draft(raw(columns)) == questionnaire.draft(raw(columns))


CELLS = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", " ", "1", "0", "99", "Oui", "non", "A;B", "B", "1,2", "2,5", "NSP", "# a"]
    ),
)


@given(
    st.lists(CELLS.filter(str.strip), min_size=1, max_size=5, unique=True).flatmap(
        lambda headers: st.lists(
            st.lists(CELLS, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=8
        ).map(lambda rows: pd.DataFrame(rows, columns=headers, dtype="object"))
    )
)
def test_any_draft_loads_unchanged_and_accounts_for_every_column(
    tmp_path_factory: pytest.TempPathFactory, frame: pd.DataFrame
) -> None:
    path = tmp_path_factory.mktemp("draft") / "questionnaire.yaml"
    survey = Raw(frame, tuple(range(2, len(frame) + 2)), "enquête « 1 ».csv", "texte")
    path.write_text(questionnaire.draft(survey), encoding="utf-8", newline="")

    read = questionnaire.load(path)

    assert [c.header for q in read for c in q.columns] == list(frame.columns)
