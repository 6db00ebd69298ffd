import pandas as pd
import pytest

from verbatims import charts
from verbatims.charts import ink
from verbatims.language import decimal, percent
from verbatims.measures import intervals
from verbatims.model import Band, Base, Column, Kind, Question, Table

BASE = Base(asked=52, answered=41)
NOTES = ("Base : 41 répondants sur 52 interrogés.", intervals.NOTE)


def simple(*rows, notes=NOTES, title="Vous êtes…", **more):
    """A table of (answer, n, share)."""
    frame = pd.DataFrame(rows, columns=["answer", "n", "share"])
    frame = frame.assign(item="", base=41, low=frame["share"] - 0.1, high=frame["share"] + 0.1)
    return Table(title, frame.assign(**more), BASE, notes)


def grid(*rows, **more):
    """A table of (item, answer, n, base, share)."""
    frame = pd.DataFrame(rows, columns=["item", "answer", "n", "base", "share"])
    frame = frame.assign(low=frame["share"] - 0.1, high=frame["share"] + 0.1)
    return Table("Existe-t-il… ?", frame.assign(**more), BASE, NOTES)


def data(spec):
    """Every row of data of the drawing."""
    return [row for rows in spec["datasets"].values() for row in rows]


def y_order(spec):
    return spec["layer"][0]["encoding"]["y"]["sort"]


def marks(spec):
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_the_question_the_base_and_the_notes_are_always_drawn_and_can_be_read_aloud():
    spec = charts.bars(simple(("Association", 18, 0.44))).to_dict()
    assert spec["title"]["text"] == ["Vous êtes…"]
    subtitle = " ".join(spec["title"]["subtitle"]).replace("\u00a0", " ")
    assert subtitle == " ".join(NOTES)
    assert "Vous êtes…" in spec["description"]
    assert "Base : 41 répondants" in spec["description"]


def test_a_long_question_goes_over_several_lines_and_loses_no_word():
    title = "Pour les domaines suivants, quel est le niveau d'importance ? " * 3
    lines = charts.bars(simple(("A", 1, 0.1), title=title)).to_dict()["title"]["text"]
    assert len(lines) >= 3
    assert " ".join(lines).replace("\u00a0", " ") == title.strip()


def test_bars_are_ranked_and_the_dont_knows_come_last():
    table = simple(("A", 4, 0.1), ("B", 18, 0.44), ("Ne sais pas", 12, 0.3), ("C", 4, 0.1))
    spec = charts.bars(table).to_dict()
    assert y_order(spec) == ["B", "A", "C", "Ne sais pas"]


def test_ordinal_answers_keep_their_order():
    table = simple(("Non", 4, 0.1), ("Oui", 18, 0.44))
    question = Question("q", Kind.ORDINAL, (Column("Q"),))
    assert y_order(charts.closed(question, table).to_dict()) == ["Non", "Oui"]


def test_a_bar_says_its_share_in_french_then_its_count_and_shows_its_interval():
    spec = charts.bars(simple(("A", 1804, 0.435))).to_dict()
    assert [row["printed"] for row in data(spec)] == ["44\u202f%  (1\u202f804)"]
    assert marks(spec) == ["bar", "rule", "rule", "text"]


def test_without_shares_the_counts_are_drawn_and_no_interval():
    nothing = float("nan")
    spec = charts.bars(simple(("A", 3, nothing), ("B", 5, nothing))).to_dict()
    assert y_order(spec) == ["B", "A"]
    assert marks(spec) == ["bar", "text"]
    assert [row["value"] for row in data(spec)] == [5, 3]
    assert spec["layer"][0]["encoding"]["x"]["axis"]["title"] == "Nombre de répondants"


def test_a_weighted_share_is_a_diamond_and_the_subtitle_says_so():
    spec = charts.bars(simple(("A", 3, 0.3), weighted_share=0.4)).to_dict()
    assert "point" in marks(spec)
    assert "Losange" in spec["description"]


def test_themes_are_drawn_by_their_labels():
    rows = pd.DataFrame(
        {"theme": ["c"], "label": ["Coordination"], "n": [3], "share": [0.3], "low": [0.1]}
    ).assign(high=0.5)
    assert y_order(charts.bars(Table("t", rows, BASE)).to_dict()) == ["Coordination"]


EXISTENCE = grid(
    ("Animation", "Non", 10, 40, 0.25),
    ("Animation", "Oui", 30, 40, 0.75),
    ("Accompagnement", "Non", 5, 7, float("nan")),
    ("Accompagnement", "Oui", 2, 7, float("nan")),
)


def test_the_pieces_of_a_stacked_bar_follow_one_another():
    spec = charts.stacked(EXISTENCE).to_dict()
    pieces = [(row["left"], row["right"]) for row in data(spec) if "left" in row]
    assert pieces == [(0.0, 0.25), (0.25, 1.0)]


def test_a_row_without_shares_keeps_its_place_and_its_base():
    spec = charts.stacked(EXISTENCE).to_dict()
    assert y_order(spec) == ["Animation", "Accompagnement"]
    assert [row["beside"] for row in data(spec) if "beside" in row] == ["n = 40", "n = 7"]


def test_intervals_are_not_mentioned_where_none_is_drawn():
    assert "Intervalles" not in charts.stacked(EXISTENCE).to_dict()["description"]


def test_the_legend_holds_the_answers_in_order_from_light_to_dark():
    scale = charts.stacked(EXISTENCE).to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Non", "Oui"]
    assert scale["range"] == [charts.LIGHT, charts.PRIMARY]


RATINGS = grid(
    ("La santé", "1 à 4", 30, 40, 0.75),
    ("La santé", "8 à 10", 6, 40, 0.15),
    ("La santé", "Ne sais pas", 4, 40, 0.1),
    ("L'emploi", "1 à 4", 0, 40, 0.0),
    ("L'emploi", "8 à 10", 40, 40, 1.0),
    ("L'emploi", "Ne sais pas", 0, 40, 0.0),
    mean=[3.25, 3.25, 3.25, 9.0, 9.0, 9.0],
)


def test_ratings_are_sorted_by_their_top_band_with_the_mean_beside():
    spec = charts.bands(RATINGS).to_dict()
    assert y_order(spec) == ["L'emploi", "La santé"]
    assert [row["beside"] for row in data(spec) if "beside" in row] == ["moy. 9,0", "moy. 3,3"]


def test_a_piece_too_thin_for_its_figure_has_none():
    spec = charts.bands(RATINGS).to_dict()
    printed = [row["printed"] for row in data(spec) if row.get("item") == "L'emploi"]
    assert printed == ["", "100\u202f%", ""]


def test_each_kind_of_question_has_its_drawing():
    def question(kind, of=None):
        return Question("q", kind, (Column("Q"),), of=of, bands=(Band("8 à 10", 8, 10),))

    assert marks(charts.closed(question(Kind.GRID, Kind.RATING), RATINGS).to_dict())[0] == "bar"
    assert marks(charts.closed(question(Kind.GRID, Kind.ORDINAL), EXISTENCE).to_dict())[0] == "bar"
    assert marks(charts.closed(question(Kind.GRID, Kind.MULTI), EXISTENCE).to_dict())[0] == "rect"
    nominal = charts.closed(question(Kind.GRID, Kind.SINGLE), EXISTENCE).to_dict()
    assert nominal["layer"][0]["encoding"]["color"]["scale"]["range"] == list(charts.PALETTE[:2])


def test_words_are_drawn_from_the_most_frequent():
    counts = pd.DataFrame({"lemma": ["b", "réseau", "a"], "n": [2, 1200, 2]})
    spec = charts.lemmas(counts, notes=["Nombre d'occurrences."]).to_dict()
    assert y_order(spec) == ["réseau", "a", "b"]
    assert data(spec)[0]["printed"] == "1\u202f200"


@pytest.mark.parametrize("table", [simple(), simple(("A", 0, float("nan")))])
def test_a_table_with_nothing_in_it_is_drawn_all_the_same(table):
    assert charts.bars(table).to_dict()["title"]["text"] == ["Vous êtes…"]


def test_a_grid_without_any_share_is_drawn_all_the_same():
    nothing = float("nan")
    table = grid(("Animation", "Non", 0, 0, nothing), ("Animation", "Oui", 0, 0, nothing), mean=0.0)
    for draw in (charts.stacked, charts.bands, charts.matrix):
        assert y_order(draw(table).to_dict()) == ["Animation"]


@pytest.mark.parametrize(
    ("share", "printed"), [(0.125, "13"), (0.285, "29"), (0.0, "0"), (1.0, "100"), (0.444, "44")]
)
def test_halves_are_rounded_up(share, printed):
    assert percent(share) == f"{printed}\u202f%"
    assert decimal(7.45) == "7,5"
    assert percent(float("nan")) == decimal(float("nan")) == ""


def contrast(one, other):
    light, dark = sorted([ink.luminance(one), ink.luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_has_a_contrast_of_at_least_4_5():
    on_scale = [ink.between(charts.LIGHT, charts.PRIMARY, step / 20) for step in range(21)]
    for colour in (*charts.PALETTE, *on_scale, *charts.ASIDE.values()):
        assert contrast(ink.ink_on(colour), colour) >= 4.5
    assert contrast(charts.INK, charts.PAPER) >= 4.5
    assert contrast(charts.FAINT, charts.PAPER) >= 4.5


def test_the_same_table_gives_the_same_drawing():
    assert charts.bands(RATINGS).to_json() == charts.bands(RATINGS).to_json()
