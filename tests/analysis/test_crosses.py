"""Crosses: what each group says, with a test where one is due and the reason where none is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from verbatims.analysis import cross, themes, together, variable

LEVELS = ("Non", "Plutôt", "Oui")


def counted(table, rows="accord", columns="structure"):
    """The people of a table of counts, {row: {column: n}}."""
    return [
        {rows: row, columns: column}
        for row, line in table.items()
        for column, n in line.items()
        for _ in range(n)
    ]


def cell(table, row, column):
    rows = table.rows
    found = rows[(rows["row"] == row) & (rows["column"] == column)]
    assert len(found) == 1
    return found.iloc[0]


def themed(groups):
    """{group: (with the theme, without it)} of a theme, « coordination »."""
    return [
        {"structure": group, "attentes": found}
        for group, (with_it, without) in groups.items()
        for found in [["coordination"]] * with_it + [[]] * without
    ]


# -- what is counted ------------------------------------------------------------------------


def test_a_cell_counts_those_who_gave_both_answers_out_of_the_group(crossed):
    table = crossed(
        themed({"Association": (6, 14), "Entreprise": (15, 5)}), "attentes", "structure"
    )
    own = cell(table, "coordination", "Entreprise")
    assert (own["n"], own["base"], own["row_n"], own["share"]) == (15, 20, 21, 0.75)
    assert own["low"] < own["share"] < own["high"]
    assert table.base.answered == 40
    assert table.notes[0] == "Base : 40 répondants."
    assert "Un répondant pèse 5,0 points." in table.notes


def test_residuals_and_attractions_are_those_of_the_published_example(crossed):
    """Adjusted residuals and local PEM of a table of nine."""
    table = {
        "Non": {"a": 9, "b": 2, "c": 1},
        "Plutôt": {"a": 3, "b": 7, "c": 2},
        "Oui": {"a": 40, "b": 45, "c": 60},
    }
    found = crossed(counted(table), "accord", "structure").rows
    assert found["residual"].tolist() == pytest.approx(
        [3.4443, -1.1782, -2.1514, -0.4493, 2.0333, -1.5320, -2.2037, -0.6292, 2.7102], abs=1e-4
    )
    assert found["pem"].tolist() == pytest.approx(
        [63.8889, -47.8395, -77.6455, -18.75, 38.7681, -55.2910, -27.7778, -8.1522, 66.4683],
        abs=1e-4,
    )


def test_only_those_who_answered_both_questions_count(crossed):
    people = [*themed({"A": (12, 8), "B": (5, 15)}), *[{"structure": "A"}] * 3, {"attentes": []}]
    table = crossed(people, "attentes", "structure")
    assert table.base.answered == 40
    assert table.notes[0] == "Base : 40 répondants aux deux questions, sur 41."


def test_shares_are_of_the_group_and_agree_with_the_table_of_themes_when_there_is_one_group(corpus):
    people = [{"structure": "A", "attentes": ["moyens"] * (i % 3 == 0)} for i in range(30)]
    coded = corpus(people)
    alone = themes(coded, question="attentes").rows.set_index("theme")
    inside = cell(cross(variable(coded, "attentes"), variable(coded, "structure")), "moyens", "A")
    for figure in ("n", "share", "low", "high"):
        assert inside[figure] == pytest.approx(alone.loc["moyens", figure])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_people_changes_nothing(crossed, data):
    people = themed({"A": (7, 5), "B": (4, 11), "C": (3, 2)})
    shuffled = data.draw(st.permutations(people))
    first, second = (crossed(each, "attentes", "structure") for each in (people, shuffled))
    order = ["row", "column"]
    pd.testing.assert_frame_equal(
        first.rows.sort_values(order).reset_index(drop=True),
        second.rows.sort_values(order).reset_index(drop=True),
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"), st.sampled_from(("Non", "Plutôt", "Oui")), st.floats(0.1, 9)
        ),
        min_size=12,
        max_size=60,
    )
)
def test_shares_of_a_single_answer_add_up_and_stay_between_their_bounds(crossed, said):
    people = [{"structure": group, "accord": answer} for group, answer, _weight in said]
    table = crossed(people, "accord", "structure", weights=[weight for *_, weight in said])
    shown = table.rows.dropna(subset="share")
    assert shown.groupby("column")["share"].sum().tolist() == pytest.approx(
        [1.0] * shown["column"].nunique()
    )
    names = ("", "weighted_") if "weighted_share" in shown else ("",)
    for kind in names:
        low, share, high = (shown[f"{kind}{end}"] for end in ("low", "share", "high"))
        assert ((low >= 0) & (low <= share + 1e-12) & (share <= high + 1e-12) & (high <= 1)).all()


# -- what is tested -------------------------------------------------------------------------


def test_a_theme_in_two_groups_is_tested_as_scipy_does(crossed):
    table = crossed(themed({"A": (3, 12), "B": (11, 4)}), "attentes", "structure")
    expected = stats.chi2_contingency([[3, 11], [12, 4]], correction=False)
    row = table.tests.set_index("row").loc["coordination"]
    assert (row["test"], row["n"], row["note"]) == ("chi2", 30, "")
    assert row["p"] == pytest.approx(expected.pvalue)
    assert row["effect"] == pytest.approx(np.sqrt(expected.statistic / 30))
    assert row["effect_name"] == "V de Cramér"


def test_small_expected_counts_are_tested_exactly(crossed):
    table = crossed(themed({"A": (3, 9), "B": (0, 13)}), "attentes", "structure")
    row = table.tests.set_index("row").loc["coordination"]
    assert row["test"] == "fisher"
    assert row["p"] == pytest.approx(stats.fisher_exact([[3, 0], [9, 13]])[1])
    assert cell(table, "coordination", "A")["p"] == pytest.approx(row["p"])


def test_a_cell_is_marked_by_its_corrected_p_in_the_direction_of_its_residual(crossed):
    table = crossed(themed({"A": (2, 28), "B": (25, 5)}), "attentes", "structure")
    assert cell(table, "coordination", "A")["sign"] == "-"
    assert cell(table, "coordination", "B")["sign"] == "+"
    assert any("Benjamini-Hochberg" in note for note in table.notes)
    assert (table.rows["p_adjusted"].dropna() >= table.rows["p"].dropna()).all()


def test_holm_is_never_kinder_than_benjamini_and_hochberg(corpus):
    coded = corpus(themed({"A": (4, 16), "B": (9, 11), "C": (15, 5)}))
    rows, columns = variable(coded, "attentes"), variable(coded, "structure")
    kind, strict = cross(rows, columns).rows, cross(rows, columns, holm=True).rows
    assert (strict["p_adjusted"] >= kind["p_adjusted"])[kind["p"].notna()].all()
    assert any("Holm" in note for note in cross(rows, columns, holm=True).notes)


def test_marks_are_compared_by_rank_between_those_with_the_theme_and_the_others(crossed):
    people = [{"note": str(mark), "attentes": ["coordination"] * (mark > 4)} for mark in range(11)]
    people = people * 4
    row = crossed(people, "attentes", "note").tests.set_index("row").loc["coordination"]
    high = [mark for mark in range(11) if mark > 4] * 4
    low = [mark for mark in range(11) if mark <= 4] * 4
    assert row["test"] == "mann-whitney"
    assert row["p"] == pytest.approx(stats.mannwhitneyu(high, low).pvalue)
    assert (row["effect"], row["effect_name"], row["n"]) == (1.0, "δ de Cliff", 44)


def test_every_mark_counts_even_when_few_gave_it(crossed):
    """A mark is no group: the rule of ten is for those with the theme and those without."""
    people = [{"note": str(i % 8), "attentes": ["coordination"] * (i % 2)} for i in range(40)]
    row = crossed(people, "attentes", "note").tests.set_index("row").loc["coordination"]
    assert (row["n"], row["note"]) == (40, "")


def test_marks_of_fewer_than_ten_with_the_theme_are_not_compared(crossed):
    people = [{"note": str(i % 8), "attentes": ["coordination"] * (i < 9)} for i in range(40)]
    row = crossed(people, "attentes", "note").tests.set_index("row").loc["coordination"]
    assert np.isnan(row["p"])
    assert row["note"] == "Moins de 10 notes avec la ligne, ou sans elle : pas de test."


def test_an_ordered_answer_is_compared_by_rank_between_groups(crossed):
    said = {"A": (5, 5, 5), "B": (2, 3, 10), "C": (9, 4, 2), "petit": (1, 1, 1)}
    people = [
        {"structure": group, "accord": answer}
        for group, counts in said.items()
        for answer, n in zip(LEVELS, counts, strict=True)
        for _ in range(n)
    ]
    row = crossed(people, "accord", "structure").tests.iloc[0]
    ranks = [np.repeat([0, 1, 2], counts) for group, counts in said.items() if group != "petit"]
    assert (row["test"], row["effect_name"], row["n"]) == ("kruskal", "ε²", 45)
    assert row["p"] == pytest.approx(stats.kruskal(*ranks).pvalue)
    assert row["note"] == "Sans « petit », de moins de 10 répondants."


def test_themes_are_compared_on_the_marks_of_an_ordered_question(crossed):
    people = [{"accord": LEVELS[i % 3], "structure": "AB"[i % 2]} for i in range(60)]
    row = crossed(people, "structure", "accord").tests.iloc[0]
    assert row["test"] == "mann-whitney"


# -- when no figure is due ------------------------------------------------------------------


def test_a_group_of_fewer_than_ten_has_neither_share_nor_test(crossed):
    table = crossed(themed({"A": (9, 0), "B": (12, 12)}), "attentes", "structure")
    small = cell(table, "coordination", "A")
    assert small["n"] == 9
    assert np.isnan(small["share"])
    assert np.isnan(small["p"])
    assert small["note"] == "Moins de 10 répondants : ni part ni test."
    other = cell(table, "coordination", "B")
    assert other["share"] == 0.5
    assert other["note"] == "Moins de 10 répondants hors du groupe : pas de test."
    assert (
        table.tests["note"].iloc[0]
        == "Moins de deux groupes d'au moins 10 répondants : pas de test."
    )


def test_nothing_is_shared_nor_tested_until_all_is_read(crossed):
    people = themed({"A": (10, 10), "B": (15, 5)})
    table = crossed(people, "attentes", "structure", unread=["r0"])
    assert table.rows["p"].isna().all()
    assert table.tests["p"].isna().all()
    assert cell(table, "coordination", "A")["n"] == 10
    assert np.isnan(cell(table, "coordination", "A")["share"])
    assert cell(table, "coordination", "B")["share"] == 0.75  # of a group that is wholly read
    assert table.base.coded == 39
    assert any(note.startswith("39 répondants lus sur 40") for note in table.notes)


def test_a_theme_added_late_says_so_and_the_others_are_tested(crossed):
    people = themed({"A": (10, 10), "B": (15, 5)})
    sought = {f"r{i}:o": frozenset({"coordination"}) for i in range(40)}
    table = crossed(people, "attentes", "structure", sought=sought)
    assert "ajouté après" in cell(table, "moyens", "A")["note"]
    assert np.isnan(cell(table, "moyens", "A")["share"])
    tests = table.tests.set_index("row")
    assert np.isnan(tests.loc["moyens", "p"])
    assert not np.isnan(tests.loc["coordination", "p"])


def test_a_late_theme_in_columns_gives_its_own_reason(crossed):
    people = [{"attentes": ["coordination"] * (i % 2), "accord": "Oui"} for i in range(40)]
    sought = {f"r{i}:o": frozenset({"coordination"}) for i in range(40)}
    table = crossed(people, "accord", "attentes", sought=sought)
    assert "ajouté après" in table.tests["note"].iloc[0]


def test_groups_that_overlap_have_cells_but_no_test_of_the_whole(crossed):
    people = [
        {"outils": [("carte",), ("carte", "réunion"), ("réunion",)][i % 3], "accord": "Oui"}
        for i in range(60)
    ]
    people = [{**each, "attentes": ["coordination"] * (i % 2)} for i, each in enumerate(people)]
    table = crossed(people, "attentes", "outils")
    assert table.rows["p"].notna().any()
    assert table.tests["p"].isna().all()
    assert table.tests["note"].iloc[0].startswith("Groupes non exclusifs")


def test_what_nobody_or_everybody_said_is_not_tested(crossed):
    table = crossed(themed({"A": (12, 0), "B": (15, 0)}), "attentes", "structure")
    assert set(table.tests["note"]) == {"Tous pareils : rien à tester."}
    assert cell(table, "moyens", "A")["share"] == 0.0


# -- which come together --------------------------------------------------------------------


def test_themes_that_come_together_are_tested_once_and_shown_on_both_sides(corpus):
    people = [
        {
            "attentes": [
                name for name, held in (("coordination", i % 2), ("moyens", i % 4 == 1)) if held
            ]
        }
        for i in range(40)
    ]
    coded = corpus(people)
    table = together(variable(coded, "attentes"))
    one, other = cell(table, "coordination", "moyens"), cell(table, "moyens", "coordination")
    assert one["n"] == other["n"] == 10
    assert (one["share"], other["share"]) == (1.0, 0.5)
    assert one["p"] == other["p"]
    assert one["p_adjusted"] == one["p"]
    own = cell(table, "moyens", "moyens")
    assert own["n"] == 10
    assert np.isnan(own["p"])
    assert table.tests.empty
    assert any("1 cases" in note or "1 case" in note for note in table.notes)
    assert not any("exclusifs" in note or "deux questions" in note for note in table.notes)


def test_a_question_crossed_with_itself_says_what_comes_together(corpus):
    coded = corpus([{"attentes": ["moyens"]}] * 12)
    own = variable(coded, "attentes")
    assert cross(own, own).title == together(own).title == "Qu'attendez-vous ? — qui va avec quoi"


# -- weights --------------------------------------------------------------------------------


def test_weighted_shares_stand_beside_the_counts_that_are_tested(crossed):
    people = themed({"A": (10, 10), "B": (10, 10)})
    weights = [2.0] * 10 + [1.0] * 30
    table = crossed(people, "attentes", "structure", weights=weights)
    own = cell(table, "coordination", "A")
    assert (own["n"], own["share"]) == (10, 0.5)
    assert own["weighted_share"] == pytest.approx(20 / 30)
    assert own["weighted_low"] < own["weighted_share"] < own["weighted_high"]
    assert own["weighted_high"] - own["weighted_low"] > 0
    unweighted = crossed(people, "attentes", "structure").rows
    pd.testing.assert_series_equal(table.rows["p"], unweighted["p"])
    assert "Les tests portent sur les effectifs bruts, sans redressement." in table.notes


def test_equal_weights_are_none(crossed):
    table = crossed(themed({"A": (9, 9), "B": (9, 9)}), "attentes", "structure", weights=[2.0] * 36)
    assert "weighted_share" not in table.rows


def test_a_variable_on_some_people_keeps_what_it_says_of_them(corpus):
    coded = corpus([{"note": str(i % 5), "structure": "AB"[i % 2]} for i in range(20)])
    own = variable(coded, "note")
    some = own.on(own.people[3:7])
    assert some.marks.tolist() == [3, 4, 0, 1]
    assert some.labels == own.labels
