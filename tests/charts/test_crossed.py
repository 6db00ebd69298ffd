import itertools

import pandas as pd
import pytest

from verbatims import charts
from verbatims.charts import ink
from verbatims.model import Base, Column, Cross, Kind, Question, Table

BASE = Base(asked=52, answered=45)
NAN = float("nan")
LEVELS = ("Non, pas du tout", "Non, plutôt pas", "Ni oui ni non", "Oui, plutôt", "Oui, tout à fait")


def crossed(*cells, tests=True):
    """A cross of (row, column, n, base, share, sign)."""
    frame = pd.DataFrame(cells, columns=["row", "column", "n", "base", "share", "sign"])
    frame = frame.assign(
        row_label=frame["row"].str.capitalize(),
        column_label=frame["column"].str.capitalize(),
        low=frame["share"] - 0.1,
        high=frame["share"] + 0.1,
        pem=32.4,
        p_adjusted=0.0213,
    )
    tested = pd.DataFrame({"row": ["a"]} if tests else {})
    return Cross("Attentes — selon : Vous êtes…", frame, BASE, ("Base : 45 répondants.",), tested)


STANDING_OUT = crossed(
    ("coordination", "association", 8, 18, 0.44, "+"),
    ("coordination", "fondation", 2, 4, NAN, ""),
    ("valorisation", "association", 3, 18, 0.17, "-"),
    ("valorisation", "fondation", 0, 4, NAN, ""),
)


def data(spec):
    return [row for rows in spec["datasets"].values() for row in rows]


def printed(spec):
    return [row["printed"] for row in data(spec) if "printed" in row]


def test_a_cell_says_its_share_and_stands_out_where_it_differs_from_the_rest():
    cells = printed(charts.heatmap(STANDING_OUT).to_dict())
    assert cells == ["44\u202f% ▲", "2", "17\u202f% ▼", "–"]


def test_a_column_says_how_many_are_in_its_group():
    headings = {row["heading"] for row in data(charts.heatmap(STANDING_OUT).to_dict())}
    assert headings == {"Association\n(n = 18)", "Fondation\n(n = 4)"}


def test_a_cell_tells_the_mouse_its_counts_its_interval_its_pem_and_its_p():
    (first, *_rest) = data(charts.heatmap(STANDING_OUT).to_dict())
    said = first["said"].replace("\u202f", " ")
    assert said == (
        "Coordination, Association : 44 % (8 sur 18), intervalle 34 % à 54 %, PEM 32, p = 0,021"
    )


def test_columns_with_long_names_are_slanted_and_none_runs_over_the_cells():
    names = [f"accompagnement ou recherche numéro {at}" for at in range(9)]
    cross = crossed(*[("a", name, 3, 20, 0.15, "") for name in names])
    axis = charts.heatmap(cross).to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelAngle"] < 0


def test_themes_that_come_together_are_drawn_once_a_pair():
    themes = ("a", "b", "c")
    cells = [(row, column, 5, 20, 0.25, "") for row, column in itertools.product(themes, themes)]
    cross = crossed(*cells, tests=False)
    spec = charts.draw(None, cross).to_dict()
    pairs = {(row["row"], row["column"]) for row in data(spec)}
    assert pairs == {("a", "a"), ("b", "a"), ("b", "b"), ("c", "a"), ("c", "b"), ("c", "c")}


def levels(*shares, item="Animation", labels=LEVELS, base=40):
    rows = [
        (item, label, round(share * base), base, share)
        for label, share in zip(labels, shares, strict=False)
    ]
    frame = pd.DataFrame(rows, columns=["item", "answer", "n", "base", "share"])
    return frame.assign(low=frame["share"], high=frame["share"])


def pieces(spec):
    return {row["answer"]: (row["left"], row["right"]) for row in data(spec) if "left" in row}


def test_low_levels_lie_left_of_zero_high_ones_right_and_the_middle_on_both_sides():
    table = Table("Grille", levels(0.1, 0.2, 0.3, 0.25, 0.15), BASE)
    found = pieces(charts.centred(table).to_dict())
    assert found["Non, plutôt pas"] == pytest.approx((-0.35, -0.15))
    assert found["Ni oui ni non"] == pytest.approx((-0.15, 0.15))
    assert found["Oui, plutôt"] == pytest.approx((0.15, 0.4))


def test_who_does_not_know_is_said_beside_and_is_on_no_side():
    labels = (*LEVELS[:2], *LEVELS[3:], "Ne sais pas")
    table = Table("Grille", levels(0.1, 0.2, 0.3, 0.25, 0.15, labels=labels), BASE)
    spec = charts.centred(table).to_dict()
    assert "Ne sais pas" not in pieces(spec)
    assert [row["beside"] for row in data(spec) if "beside" in row] == ["NSP 15\u202f%"]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_on_each_side_the_further_from_the_middle_the_darker(count):
    labels = LEVELS[:count] if count != 2 else (LEVELS[0], LEVELS[-1])
    table = Table("Grille", levels(*[1 / count] * count, labels=labels), BASE)
    scale = charts.centred(table).to_dict()["layer"][0]["encoding"]["color"]["scale"]["range"]
    light = [ink.luminance(colour) for colour in scale]
    half = count // 2
    assert light[:half] == sorted(light[:half])
    assert light[-half:] == sorted(light[-half:], reverse=True)
    assert len(set(scale)) == count


def estimated(**more):
    row = {
        "theme": "coordination",
        "label": "Coordination",
        "n": 18,
        "drawn": 100,
        "total": 1000,
        "share": 0.18,
        "low": 0.12,
        "high": 0.26,
        "method": "machine",
        "caution": False,
        "note": "",
    }
    return Table("Attentes", pd.DataFrame([row | more]), BASE, ("100 réponses tirées.",))


def test_an_estimate_says_its_interval():
    spec = charts.draw(None, estimated()).to_dict()
    assert printed(spec) == ["18\u202f%  (12\u202f% à 26\u202f%)"]
    assert "18 sur 100" in spec["description"]


def test_a_theme_that_nobody_found_has_a_bound_and_no_point():
    assert printed(charts.estimates(estimated(share=NAN, low=0.0, high=0.04)).to_dict()) == [
        "au plus 4\u202f%"
    ]


def test_an_order_of_magnitude_is_hollow():
    firm, doubtful = (
        data(charts.estimates(estimated(caution=caution)).to_dict())[0]["fill"]
        for caution in (False, True)
    )
    assert firm != doubtful == charts.PAPER


ONE = pd.DataFrame(
    {"item": ["i"], "answer": ["A"], "n": [3], "base": [40], "share": [0.3], "low": [0.1]}
).assign(high=0.5, mean=7.0)
THEMES = pd.DataFrame({"theme": ["c"], "label": ["C"], "n": [3], "share": [0.3], "low": [0.1]})
TABLES = {
    "bars": (None, Table("T", THEMES.assign(high=0.5), BASE, ("Base : 45.",)), {"theme"}),
    **{
        str(of): (
            Question("q", Kind.GRID, (Column("Q"),), of=of),
            Table("T", ONE, BASE, ("Base : 45.",)),
            {"item", "answer"},
        )
        for of in (Kind.ORDINAL, Kind.SINGLE, Kind.RATING, Kind.MULTI)
    },
    "cross": (None, STANDING_OUT, {"row", "column"}),
    "estimates": (None, estimated(), {"theme"}),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_drawing_says_its_title_its_notes_and_its_first_figures(kind):
    question, table, _fields = TABLES[kind]
    spec = charts.draw(question, table).to_dict()
    assert spec["title"]["text"]
    assert spec["title"]["subtitle"]
    assert all(note in spec["description"] for note in table.notes)
    assert "\u202f%" in spec["description"]


@pytest.mark.parametrize("kind", TABLES)
def test_a_live_drawing_says_what_was_clicked_and_one_for_a_file_cannot_be(kind):
    question, table, fields = TABLES[kind]
    assert "params" not in charts.draw(question, table).to_dict()
    (chosen,) = charts.draw(question, table, live=True).to_dict()["params"]
    assert chosen["name"] == charts.PICKED
    assert set(chosen["select"]["fields"]) == fields
