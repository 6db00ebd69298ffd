"""Workbooks: which sheet, how cells are written, and what is refused."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from verbatims.errors import FileError
from verbatims.importers import spreadsheet


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_numbers_and_dates_are_written_as_an_analyst_would(tmp_path: Path) -> None:
    day, moment = datetime.date(2025, 1, 31), datetime.datetime(2025, 1, 31, 9, 5)
    row = ["007", 4, 4.0, 2.5, True, day, moment, 33612345678, 0.1, -3]
    path = workbook(tmp_path / "a.xlsx", Réponses=[[f"q{n}" for n in range(10)], row])

    raw = spreadsheet.read(path)

    assert raw.frame.iloc[0].tolist() == [
        *("007", "4", "4", "2.5", "VRAI", "2025-01-31"),
        *("2025-01-31 09:05:00", "33612345678", "0.1", "-3"),
    ]


def test_the_first_sheet_that_looks_like_answers_is_read_and_the_others_named(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Notes=[["Enquête 2025"], ["Une ligne par répondant"]],
        Vide=[],
        Réponses=[["id", "q"], ["1", "oui"]],
        Grille=[["thème", "définition"], ["a", "b"]],
    )

    raw = spreadsheet.read(path)

    assert raw.origin == "classeur, feuille « Réponses »"
    (problem,) = raw.problems
    assert "2 autres feuilles : « Notes », « Grille »." in problem.message


def test_a_hidden_sheet_is_read_for_want_of_another_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Lisez=[["Enquête 2025"]], R=[["id", "q"], ["1", "oui"]])
    book = openpyxl.load_workbook(path)
    book["R"].sheet_state = "hidden"
    book.save(path)

    raw = spreadsheet.read(path)

    assert "« R »" in raw.origin
    assert "« R », est masquée" in raw.problems[0].message


def test_numbers_too_long_for_a_workbook_are_counted_by_column(tmp_path: Path) -> None:
    rows = [["carte", "note"], [123456789012345678, 4], [876543210987654321, 123456789012345]]

    raw = spreadsheet.read(workbook(tmp_path / "a.xlsx", A=rows))

    (problem,) = raw.problems
    assert (problem.column, problem.severity) == ("carte", "warning")
    assert "2 nombres de plus de 15 chiffres" in problem.message
    assert "mettez la colonne en texte" in problem.message
    assert raw.frame["note"].tolist() == ["4", "123456789012345"]


def test_a_sheet_may_be_asked_for_by_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A=[["id"], ["1"]], B=[["nom"], ["x"]])

    assert list(spreadsheet.read(path, sheet="B").frame) == ["nom"]
    with pytest.raises(FileError, match="n'a pas de feuille « C ». Feuilles : « A », « B »"):
        spreadsheet.read(path, sheet="C")


def test_headers_are_the_first_row_that_holds_something(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A=[[], [], ["id", "q"], ["1", "a"], [], ["2", "b"]])

    raw = spreadsheet.read(path)

    assert list(raw.frame) == ["id", "q"]
    assert raw.lines == (4, 6)


def test_headers_over_several_rows_are_pointed_out(tmp_path: Path) -> None:
    rows = [["Profil", None, None, "Avis", None, None], list("abcdef"), list("123456")]

    raw = spreadsheet.read(workbook(tmp_path / "a.xlsx", A=rows))

    assert "deux lignes d'en-têtes" in raw.problems[0].message


def test_a_workbook_under_a_password_says_how_to_free_it(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    with pytest.raises(FileError, match="mot de passe"):
        spreadsheet.read(path)


def test_a_damaged_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", A=[["id"], ["1"]])
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(FileError, match=r"réenregistrez-le en \.xlsx"):
        spreadsheet.read(path)


def test_a_workbook_of_empty_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="sont vides"):
        spreadsheet.read(workbook(tmp_path / "a.xlsx", A=[], B=[]))
