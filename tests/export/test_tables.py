"""Tables in files: CSV and workbook say the same, and the same study gives the same bytes."""

import csv

import altair as alt
import openpyxl
import pandas as pd
import pytest

from verbatims.errors import FileError
from verbatims.export import INTERNATIONAL, NamedTable, write_tables
from verbatims.model import Base, Cross, Table

NAN = float("nan")
ROWS = pd.DataFrame(
    {
        "item": ["", "", ""],
        "answer": ["Association", "=1+1", "Ne sais pas"],
        "n": [17, 8, 2],
        "base": [27, 27, 27],
        "share": [17 / 27, 8 / 27, NAN],
        "low": [0.44, 0.16, NAN],
        "high": [0.78, 0.48, NAN],
    }
)
CLOSED = Table("Vous êtes…", ROWS, Base(52, 27, blank=25), ("Base : 27 répondants.", "Prudence."))
CELLS = pd.DataFrame(
    {
        **{"row": ["lien"], "row_label": ["Coordination"]},
        **{"column": ["Rural"], "column_label": ["Rural"]},
        **{"n": [4], "base": [12], "share": [1 / 3], "p": [0.0123456], "note": [""]},
    }
)
TESTS = pd.DataFrame(
    {
        **{"row": ["lien"], "row_label": ["Coordination"], "test": ["fisher"]},
        **{"statistic": [float("inf")], "p": [0.5], "effect": [0.2], "n": [38], "note": [""]},
    }
)
CROSSED = Cross("Attentes — selon : Territoire", CELLS, Base(52, 45), (), TESTS)


def chart():
    data = pd.DataFrame({"x": [1], "y": [2]})
    return alt.layer(alt.Chart(data).mark_bar().encode(x="x:Q", y="y:Q"))


TABLES = (NamedTable("structure", CLOSED, chart), NamedTable("attentes_par_territoire", CROSSED))


def lines(path, separator=";"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=separator))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_table_has_its_files_and_one_workbook_holds_them_all(tmp_path):
    written = write_tables(TABLES, tmp_path)
    assert sorted(path.name for path in written) == sorted(
        [
            *("tableaux.csv", "tableaux.xlsx"),
            *("structure.csv", "structure.svg", "structure.png"),
            *("attentes_par_territoire.csv", "attentes_par_territoire_tests.csv"),
        ]
    )
    assert set(contents(tmp_path)) == {path.name for path in written}


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_tables(TABLES, tmp_path / name)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_csv_is_in_points_with_headings_in_french(tmp_path):
    write_tables(TABLES, tmp_path)
    head, *rows = lines(tmp_path / "structure.csv")
    assert head == [
        "réponse",
        "n",
        "base",
        "part (%)",
        "borne basse 95 % (%)",
        "borne haute 95 % (%)",
    ]
    assert rows[0] == ["Association", "17", "27", "63,0", "44,0", "78,0"]
    assert rows[2] == ["Ne sais pas", "2", "27", "", "", ""]


def test_what_looks_like_a_formula_stays_a_text(tmp_path):
    write_tables(TABLES, tmp_path)
    assert lines(tmp_path / "structure.csv")[2][0] == "'=1+1"
    sheet = openpyxl.load_workbook(tmp_path / "tableaux.xlsx")["structure"]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type in ("s", "inlineStr")


def test_the_index_says_titles_bases_and_notes(tmp_path):
    write_tables(TABLES, tmp_path)
    head, first, _second = lines(tmp_path / "tableaux.csv")
    said = dict(zip(head, first, strict=True))
    assert said["fichier"] == "structure"
    assert said["titre"] == "Vous êtes…"
    assert (said["base sollicités"], said["base répondu"]) == ("52", "27")
    assert "Prudence." in said["remarques"]


def test_a_workbook_has_a_sheet_per_table_with_its_title_base_and_notes(tmp_path):
    write_tables(TABLES, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tableaux.xlsx")
    assert book.sheetnames == ["Sommaire", "structure", "attentes_par_territoire"]
    sheet = book["structure"]
    cells = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert cells[0] == ["Vous êtes…"]
    assert ["Base : 27 répondants."] in cells
    row = next(row for row in sheet.values if row[0] == "Association")
    assert row[1:4] == (17, 27, pytest.approx(17 / 27))
    assert book["Sommaire"]["A4"].hyperlink.location == "'structure'!A1"


def test_the_tests_of_a_cross_stand_under_it_without_what_no_number_says(tmp_path):
    write_tables(TABLES, tmp_path)
    head, row = lines(tmp_path / "attentes_par_territoire_tests.csv")
    said = dict(zip(head, row, strict=True))
    assert (said["test"], said["p"], said["statistique"]) == ("fisher", "0,5", "")
    sheet = openpyxl.load_workbook(tmp_path / "tableaux.xlsx")["attentes_par_territoire"]
    assert any(row[0] == "Tests" for row in sheet.values)


def test_a_drawing_is_made_without_asking_any_network(tmp_path):
    write_tables(TABLES, tmp_path)
    assert (tmp_path / "structure.svg").read_text("utf-8").startswith("<svg")
    assert (tmp_path / "structure.png").read_bytes()[:4] == b"\x89PNG"


def test_what_a_former_time_wrote_and_this_one_does_not_goes_and_nothing_else(tmp_path):
    (tmp_path / "mes_notes.csv").write_text("à moi", "utf-8")
    write_tables(TABLES, tmp_path)
    write_tables(TABLES[1:], tmp_path, dialect=INTERNATIONAL)
    assert set(contents(tmp_path)) == {
        *("mes_notes.csv", "tableaux.csv", "tableaux.xlsx"),
        *("attentes_par_territoire.csv", "attentes_par_territoire_tests.csv"),
    }


def test_a_folder_that_cannot_be_written_is_said_and_nothing_changes(tmp_path):
    write_tables(TABLES, tmp_path / "a")
    before = contents(tmp_path / "a")

    def broken():
        raise OSError(28, "No space left on device")

    with pytest.raises(FileError, match="Impossible d'écrire"):
        write_tables((NamedTable("structure", CLOSED, broken),), tmp_path / "a")
    assert contents(tmp_path / "a") == before


def test_long_and_alike_names_make_sheets_that_excel_takes(tmp_path):
    long = "une_question_dont_le_nom_est_beaucoup_trop_long"
    tables = [NamedTable(f"{long}{end}", CLOSED) for end in ("_1", "_2", "_3")]
    write_tables(tables, tmp_path)
    names = openpyxl.load_workbook(tmp_path / "tableaux.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31
