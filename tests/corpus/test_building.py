"""From a raw frame and a questionnaire to respondents, answers and verbatims."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from verbatims import bases, corpus, questionnaire
from verbatims.errors import Problem, QuestionnaireError
from verbatims.frames import ANSWERS, RESPONDENTS, VERBATIMS
from verbatims.model import Corpus, Question, Raw, Source


def raw(**columns: list[str]) -> Raw:
    frame = pd.DataFrame(columns, dtype="object")
    return Raw(frame, tuple(range(2, len(frame) + 2)), "enquete.csv", "texte UTF-8")


@pytest.fixture
def build(tmp_path: Path):
    def build(survey: Raw, questions: str, **options: Source) -> Corpus:
        path = tmp_path / "questionnaire.yaml"
        path.write_text(f"questions:\n{questions}", encoding="utf-8")
        return corpus.build(survey, questionnaire.load(path), **options)

    return build


def values(built: Corpus, question: str, item: str = "") -> dict[str, str]:
    found = built.answers[(built.answers["question"] == question) & (built.answers["item"] == item)]
    return dict(zip(found["respondent_id"], found["value"], strict=True))


def warnings(built: Corpus) -> list[str]:
    assert {problem.severity for problem in built.problems} <= {"warning"}
    return [str(problem) for problem in built.problems]


ID = "  - {id: r, kind: id, column: id}\n"


def test_the_three_frames_have_their_declared_columns_and_keys(build) -> None:
    built = build(
        raw(id=["a", "b"], s=["Oui", ""], t=["Agir", ""]),
        ID + "  - {id: s, kind: single, column: s}\n  - {id: t, kind: open, column: t}\n",
    )

    for frame, declared in (
        (built.respondents, RESPONDENTS),
        (built.answers, ANSWERS),
        (built.verbatims, VERBATIMS),
    ):
        pd.testing.assert_frame_equal(declared.check(frame), frame)
    assert built.verbatims.values.tolist() == [
        ["a:t", "a", "t", "Agir", "answered"],
        ["b:t", "b", "t", "", "blank"],
    ]
    assert warnings(built) == []


def test_open_texts_are_kept_to_the_last_sign(build) -> None:
    texts = ["  Été\r\n« cœur »\u00a0\t", "e\u0301t\u00e9", "RAS ", " "]
    built = build(raw(id=list("abcd"), t=texts), ID + "  - {id: t, kind: open, column: t}\n")

    assert built.verbatims["text"].tolist() == texts
    assert built.verbatims["status"].tolist() == ["answered", "answered", "empty", "blank"]


def test_closed_answers_are_compared_without_outer_spaces_and_kinds_of_spaces(build) -> None:
    built = build(
        raw(id=list("abcdef"), s=[" Oui ", "Oui\u00a0!", "Fe\u0301min", "", "\u202f", "99"]),
        ID + '  - {id: s, kind: single, column: s, labels: [Oui, "Oui !", Fémin], missing: [99]}\n',
    )

    assert values(built, "s") == {"a": "Oui", "b": "Oui !", "c": "Fémin"}
    assert warnings(built) == []


def test_codes_become_labels_even_when_a_program_wrote_them_with_decimals(build) -> None:
    built = build(
        raw(id=list("abc"), s=["1", "2.0", "Non"]),
        ID + "  - {id: s, kind: ordinal, column: s, labels: {1: Non, 2: Oui}}\n",
    )

    assert values(built, "s") == {"a": "Non", "b": "Oui", "c": "Non"}


def test_unknown_answers_are_kept_and_told_once_each_with_their_count(build) -> None:
    built = build(
        raw(id=list("abcd"), s=["Oui", "Peut-être", "peut", "Peut-être"]),
        ID + "  - {id: s, kind: single, column: s, labels: [Oui, Non]}\n",
    )

    assert values(built, "s")["b"] == "Peut-être"
    assert [(p.line, p.column) for p in built.problems] == [(3, "s"), (4, "s")]
    assert "« Peut-être »" in warnings(built)[0]
    assert "(2 fois" in warnings(built)[0]


def test_hundreds_of_unknown_answers_are_summed_up(build) -> None:
    built = build(
        raw(id=[str(n) for n in range(300)], s=[f"réponse {n}" for n in range(300)]),
        ID + "  - {id: s, kind: single, column: s, labels: [Oui]}\n",
    )

    assert len(built.problems) == 21
    assert "280 autres valeurs" in warnings(built)[-1]
    assert len(values(built, "s")) == 300


def test_ratings_take_decimal_commas_and_leave_out_what_is_no_note(build) -> None:
    built = build(
        raw(id=list("abcdefgh"), n=["7", "7,5", "8.0", "99", "NSP", "11", "dix", "98"]),
        ID
        + "  - {id: n, kind: rating, column: n, bounds: [0, 10], dont_know: [99, NSP],"
        + " missing: [98]}\n",
    )

    assert values(built, "n") == {"a": "7", "b": "7.5", "c": "8", "d": "nsp", "e": "nsp"}
    assert "« 11 » : note hors des bornes (0 à 10)" in warnings(built)[0]
    assert "« dix » : n'est pas un nombre" in warnings(built)[1]


@pytest.mark.parametrize("written", ["nan", "inf", "1e1", "1_0", "½"])
def test_python_spellings_of_numbers_are_no_notes(build, written: str) -> None:
    built = build(
        raw(id=["a"], n=[written]), ID + "  - {id: n, kind: rating, column: n, bounds: [0, 10]}\n"
    )

    assert values(built, "n") == {}
    assert len(warnings(built)) == 1


def test_a_list_in_a_cell_ticks_its_labels_and_unticks_the_others(build) -> None:
    built = build(
        raw(id=list("abcd"), m=["A; B;", "", "C", "B;Autre : dons"]),
        ID + '  - {id: m, kind: multi, column: m, separator: ";", labels: [A, B, C]}\n',
    )

    assert values(built, "m", "A") == {"a": "1", "c": "0", "d": "0"}
    assert values(built, "m", "B") == {"a": "1", "c": "0", "d": "1"}
    assert values(built, "m", "Autre : dons") == {"a": "0", "c": "0", "d": "1"}
    assert len(warnings(built)) == 1


def test_a_label_may_hold_the_separator_of_its_list(build) -> None:
    built = build(
        raw(id=["a"], m=["Vélo (cargo, pliant), Bus"]),
        ID
        + '  - {id: m, kind: multi, column: m, separator: ",",'
        + ' labels: ["Vélo (cargo, pliant)", Bus, Train]}\n',
    )

    assert values(built, "m", "Vélo (cargo, pliant)") == {"a": "1"}
    assert values(built, "m", "Bus") == {"a": "1"}
    assert values(built, "m", "Train") == {"a": "0"}
    assert warnings(built) == []


def test_ticked_columns_count_only_those_who_touched_the_question(build) -> None:
    built = build(
        raw(id=list("abcd"), x=["1", "", "0", "Dons"], y=["Oui", "", "non", "?"]),
        ID + "  - {id: m, kind: multi, columns: {x: Dons, y: Mécénat}}\n",
    )

    assert values(built, "m", "Dons") == {"a": "1", "c": "0", "d": "1"}
    assert values(built, "m", "Mécénat") == {"a": "1", "c": "0"}
    assert "ni cochée ni décochée" in warnings(built)[0]


def test_a_grid_has_one_item_for_each_column(build) -> None:
    built = build(
        raw(id=["a", "b"], x=["1", "2"], y=["", "3"]),
        ID
        + "  - {id: g, kind: grid, of: ordinal, columns: {x: Santé, y: Logement},"
        + " labels: {1: Peu, 2: Assez, 3: Très}}\n",
    )

    assert values(built, "g", "Santé") == {"a": "Peu", "b": "Assez"}
    assert values(built, "g", "Logement") == {"b": "Très"}


def test_a_grid_of_lists_has_one_item_for_each_column_and_label(build) -> None:
    built = build(
        raw(id=["a", "b"], x=["Régional;National", ""]),
        ID
        + "  - {id: g, kind: grid, of: multi, columns: {x: Santé},"
        + ' separator: ";", labels: [Régional, Communal]}\n',
    )

    assert values(built, "g", "Santé › Régional") == {"a": "1"}
    assert values(built, "g", "Santé › Communal") == {"a": "0"}
    assert values(built, "g", "Santé › National") == {"a": "1"}


def test_absent_columns_are_errors_with_the_closest_header(build) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        build(
            raw(id=["a"], **{"Q1 ": ["x"]}, Structure=["y"]),
            ID
            + "  - {id: a, kind: open, column: Q1}\n"
            + "  - {id: s, kind: single, column: Strucure}\n"
            + "  - {id: z, kind: single, column: Tout autre chose}\n",
        )

    (misspelt, unknown) = (p.message for p in caught.value.problems if p.severity == "error")
    assert "« Strucure »" in misspelt
    assert "Vouliez-vous dire « Structure » ?" in misspelt
    assert "Vouliez-vous" not in unknown


def test_columns_left_out_are_counted(build) -> None:
    built = build(raw(id=["a"], x=["1"], y=["2"]), ID)

    assert "2 colonnes du fichier" in warnings(built)[0]
    assert "« x », « y »" in warnings(built)[0]


def test_a_column_used_twice_is_told(build) -> None:
    built = build(
        raw(id=["a"], x=["1"]),
        ID + "  - {id: s, kind: single, column: x}\n  - {id: t, kind: open, column: x}\n",
    )

    assert "plusieurs questions emploient les mêmes colonnes : « x »" in warnings(built)[0]


def test_empty_and_repeated_identifiers_are_errors_with_their_lines(build) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        build(raw(id=["a", "", "b", " a ", " "]), ID)

    messages = [problem.message for problem in caught.value.problems]
    assert "identifiant vide : lignes 3 et 6" in messages[0]
    assert "« a » est répété : lignes 2 et 5" in messages[1]


def test_without_identifier_respondents_are_numbered_and_it_is_told(build) -> None:
    built = build(raw(t=["x", "y"]), "  - {id: t, kind: open, column: t}\n")

    assert built.respondents["respondent_id"].tolist() == ["1", "2"]
    assert "numérotés dans l'ordre" in warnings(built)[0]


def test_weights_must_be_positive_numbers(build) -> None:
    weight = ID + "  - {id: p, kind: weight, column: p}\n"

    built = build(raw(id=list("ab"), p=["0,8", " 1.2 "]), weight)
    with pytest.raises(QuestionnaireError) as caught:
        build(raw(id=list("abcd"), p=["0", "", "-1", "1"]), weight)

    assert built.respondents["weight"].tolist() == [0.8, 1.2]
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_a_weight_column_of_texts_does_not_fill_the_screen(build) -> None:
    texts = [f"une longue réponse, {n} " + "encore et " * 20 for n in range(300)]

    with pytest.raises(QuestionnaireError) as caught:
        build(
            raw(id=[str(n) for n in range(300)], p=texts),
            ID + "  - {id: p, kind: weight, column: p}\n",
        )

    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].message == "et 280 autres valeurs refusées."
    assert max(len(problem.message) for problem in caught.value.problems) < 150


def test_a_hundred_absent_columns_are_summed_up(build) -> None:
    columns = ", ".join(f"c{n}" for n in range(100))

    with pytest.raises(QuestionnaireError, match="et 80 autres colonnes absentes"):
        build(raw(id=["a"]), ID + f"  - {{id: x, kind: ignore, columns: [{columns}]}}\n")


def test_a_long_unknown_answer_is_quoted_by_its_beginning(build) -> None:
    built = build(
        raw(id=["a"], s=["mot " * 100]),
        ID + "  - {id: s, kind: single, column: s, labels: [Oui]}\n",
    )

    assert len(warnings(built)[0]) < 200
    assert values(built, "s") == {"a": ("mot " * 100).strip()}


FILTERED = (
    ID
    + "  - {id: f, kind: single, column: f, labels: [Oui, Non]}\n"
    + "  - {id: s, kind: single, column: s, asked_if: {f: [Oui]}}\n"
    + "  - {id: t, kind: open, column: t, asked_if: {f: [Oui]}}\n"
)


def test_verbatims_have_one_row_for_each_respondent_asked(build) -> None:
    survey = raw(id=list("abc"), f=["Oui", "Non", "Oui"], s=["x", "", "y"], t=["", "", "Agir"])
    built = build(survey, FILTERED)

    assert built.verbatims["respondent_id"].tolist() == ["a", "c"]
    assert warnings(built) == []


def test_answers_of_those_who_were_not_asked_are_kept_and_counted(build) -> None:
    survey = raw(id=list("abc"), f=["Oui", "Non", ""], s=["x", "y", ""], t=["Agir", "Oser", "RAS"])
    built = build(survey, FILTERED)

    assert values(built, "s") == {"a": "x", "b": "y"}
    assert built.verbatims["respondent_id"].tolist() == ["a", "b"]
    assert len(warnings(built)) == 1
    assert "hors de la base : s (1), t (1)." in warnings(built)[0]


def test_a_filter_that_nobody_passes_is_told(build) -> None:
    built = build(raw(id=["a"], f=["Non"], s=[""], t=[""]), FILTERED)

    assert "personne ne passe le filtre" in warnings(built)[0]
    assert built.verbatims.empty


def test_a_filter_may_look_at_ticked_answers(build) -> None:
    built = build(
        raw(id=list("ab"), m=["A;B", "B"], t=["x", ""]),
        ID
        + '  - {id: m, kind: multi, column: m, separator: ";", labels: [A, B]}\n'
        + "  - {id: t, kind: open, column: t, asked_if: {m: [A]}}\n",
    )

    assert built.verbatims["respondent_id"].tolist() == ["a"]


def test_in_interviews_each_row_is_a_turn_and_people_come_back(build) -> None:
    built = build(
        raw(qui=["E1", "E2", "E1"], role=["élu", "", "élue"], propos=["Oui.", "Non.", "Et aussi…"]),
        "  - {id: p, kind: id, column: qui, source: interview}\n"
        "  - {id: role, kind: single, column: role, source: interview}\n"
        "  - {id: e, kind: open, column: propos, source: interview}\n"
        "  - {id: x, kind: open, column: absente}\n",
        source=Source.INTERVIEW,
    )

    assert built.respondents.values.tolist() == [["E1", "interview", 1.0], ["E2", "interview", 1.0]]
    assert built.verbatims["verbatim_id"].tolist() == ["E1:e:1", "E2:e:1", "E1:e:2"]
    assert values(built, "role") == {"E1": "élu"}
    assert "change de réponse fermée d'un tour de parole à l'autre (1 fois)" in warnings(built)[0]


def test_a_source_without_questions_is_an_error(build) -> None:
    with pytest.raises(QuestionnaireError, match="aucune question de cette source"):
        build(raw(id=["a"]), ID, source=Source.INTERVIEW)


def test_problems_of_the_reading_are_passed_on(build) -> None:
    told = Problem("en-tête répété", severity="warning")
    built = build(replace(raw(id=["a"]), problems=(told,)), ID)

    assert built.problems == (told,)


def test_the_raw_frame_is_left_as_it_was(build) -> None:
    survey = raw(id=["a", "b"], t=[" x ", ""])
    before = survey.frame.copy(deep=True)

    build(survey, ID + "  - {id: t, kind: open, column: t}\n")

    pd.testing.assert_frame_equal(survey.frame, before)


def test_a_big_survey_keeps_one_answer_for_each_key(build) -> None:
    random = np.random.default_rng(0)
    n = 2_000
    survey = raw(
        id=[str(i) for i in range(n)],
        s=random.choice(["A", "B", ""], n).tolist(),
        m=random.choice(["A;B", "B", "", "C"], n).tolist(),
    )
    built = build(
        survey,
        ID
        + "  - {id: s, kind: single, column: s}\n"
        + '  - {id: m, kind: multi, column: m, separator: ";"}\n',
    )

    ANSWERS.check(built.answers)
    answered = bases.answered(Question("m", "multi", ()), built.answers)
    assert len(answered) == (survey.frame["m"] != "").sum()
