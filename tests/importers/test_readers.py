"""What every reader promises, whatever its format."""

import csv
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from verbatims import importers
from verbatims.errors import VerbatimsError

ROWS = [
    ["id", "Structure", "Attentes", "Note"],
    ["r1", "Association", "Agir « ensemble »;\nse connaître", "8"],
    ["r2", "", "", "10"],
    ["r3", "Entreprise", " Été, cœur, 👍 ", ""],
]


def as_text(rows: list[list[str]], delimiter: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def as_ods(rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    pd.DataFrame(rows).to_excel(written, engine="odf", header=False, index=False)
    return written.getvalue()


# .xls is read by the same code as .xlsx, but nothing here can write one.
WRITERS: dict[str, Callable[[list[list[str]]], bytes]] = {
    ".csv": lambda rows: as_text(rows, ","),
    ".tsv": lambda rows: as_text(rows, "\t"),
    ".txt": lambda rows: as_text(rows, ";"),
    ".xlsx": as_xlsx,
    ".ods": as_ods,
}


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_cells_are_the_strings_of_the_file_and_empty_ones_are_empty_strings(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"enquete{suffix}"
    path.write_bytes(WRITERS[suffix](ROWS))

    raw = importers.read(path)

    assert [list(raw.frame.columns), *raw.frame.values.tolist()] == ROWS
    assert raw.file == path.name
    assert raw.origin


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_headers_are_made_unique_and_it_is_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"enquete{suffix}"
    path.write_bytes(WRITERS[suffix]([["Q1", "Q1", "", "Q1 (2)", "Q1"], list("abcde")]))

    raw = importers.read(path)

    assert list(raw.frame) == ["Q1", "Q1 (3)", "colonne 3", "Q1 (2)", "Q1 (4)"]
    assert [problem.message for problem in raw.problems] == [
        "2 en-têtes répétés ; à la place : « Q1 (3) », « Q1 (4) ».",
        "1 en-tête vide ; à la place : « colonne 3 ».",
    ]
    assert {problem.severity for problem in raw.problems} == {"warning"}


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_each_row_has_its_line_and_blank_rows_are_counted(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"enquete{suffix}"
    rows = [["id", "q"], ["r1", "a"], ["", ""], ["r2", "b"], ["", " "], ["r3", "c"]]
    path.write_bytes(WRITERS[suffix](rows))

    raw = importers.read(path)

    assert raw.lines == (2, 4, 6)
    (problem,) = raw.problems
    assert problem.message == "2 lignes vides, sans effet : lignes 3 et 5."


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_file_is_left_as_it_was(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"enquete{suffix}"
    path.write_bytes(WRITERS[suffix](ROWS))
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    importers.read(path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("suffix", sorted(importers.READERS))
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n  \n",
        b"id;question\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01",
        b"PK\x03\x04 not a zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        bytes(range(256)) * 20,
        b'id;q\n1;"jamais ferm\xc3\xa9\n2;b\n',
        as_xlsx(ROWS)[:-200],
        as_ods(ROWS)[:-200],
        as_text([["id", "q"], ["1", "a"], ["2"]], ";"),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_nothing_but_an_error_for_the_analyst_comes_out_of_a_bad_file(
    suffix: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"mauvais{suffix}"
    path.write_bytes(content)

    with pytest.raises(VerbatimsError) as caught:
        importers.read(path)

    assert path.name in str(caught.value)


def test_a_hundred_repeated_headers_make_one_remark(tmp_path: Path) -> None:
    path = tmp_path / "enquete.csv"
    path.write_bytes(as_text([["Âge"] * 100, ["1"] * 100], ";"))

    (problem,) = importers.read(path).problems

    assert problem.message.startswith("99 en-têtes répétés")
    assert problem.message.endswith("« Âge (6) » et 94 autres.")


def test_a_file_name_that_is_no_text_can_still_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("enqu\xeate.csv".encode("latin-1"))
    try:
        path.write_bytes(as_text(ROWS, ";"))
    except (OSError, UnicodeError):
        pytest.skip("ce système n'accepte que des noms en UTF-8")

    raw = importers.read(path)

    assert raw.file == "enqu\ufffdte.csv"
    with pytest.raises(VerbatimsError, match="enqu\ufffdte"):
        importers.read(path.with_suffix(".pdf"))


def test_what_is_wrong_comes_before_what_is_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "enquete.csv"
    path.write_bytes(as_text([["Q1", "Q1"], ["a"], ["b", "c"]], ";"))

    with pytest.raises(VerbatimsError) as caught:
        importers.read(path)

    assert [problem.severity for problem in caught.value.problems] == ["error", "warning"]
    assert "(à savoir)" in str(caught.value).splitlines()[-1]


def test_a_missing_file_a_folder_and_an_unknown_format_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "enquete.pdf").write_text("x")
    (tmp_path / "dossier.csv").mkdir()

    with pytest.raises(VerbatimsError, match="n'existe pas"):
        importers.read(tmp_path / "absent.csv")
    with pytest.raises(VerbatimsError, match="est un dossier"):
        importers.read(tmp_path / "dossier.csv")
    with pytest.raises(VerbatimsError, match=r"Formats lus : \.csv"):
        importers.read(tmp_path / "enquete.pdf")
    with pytest.raises(VerbatimsError, match="n'est pas reconnu"):
        importers.read(tmp_path / "classeur.xlsx.gz")
