"""Problems and lines, as an analyst reads them."""

import pytest

from verbatims.errors import FileError, Problem, capped, named_lines, named_texts, short
from verbatims.language import ngettext


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([3], "ligne 3"),
        ([3, 8], "lignes 3 et 8"),
        ([3, 8, 12], "lignes 3, 8 et 12"),
        (list(range(1, 41)), "lignes 1, 2, 3, 4, 5, … (40 en tout)"),
    ],
)
def test_lines_are_named_as_in_a_sentence(numbers: list[int], told: str) -> None:
    assert named_lines(numbers) == told


def test_a_long_list_of_texts_is_cut_and_counted() -> None:
    assert named_texts(["a", "b"]) == "« a », « b »"
    assert named_texts(list("abcdef")) == "« a », « b », « c », « d », « e » et 1 autre"


def test_a_cell_is_quoted_on_one_line_by_its_beginning() -> None:
    assert short("deux\n lignes") == "deux lignes"
    assert short("x" * 61) == "x" * 59 + "…"


def other_lines(n: int) -> str:
    return ngettext("et {n} autre ligne fautive.", "et {n} autres lignes fautives.", n)


def test_too_many_problems_of_one_kind_are_counted_together() -> None:
    problems = [Problem("fautive.", "a.csv", line, severity="warning") for line in range(30)]

    assert capped(problems[:20], other_lines) == problems[:20]
    assert [str(problem) for problem in capped(problems, other_lines)[19:]] == [
        "a.csv, ligne 19 : fautive.",
        "a.csv : et 10 autres lignes fautives.",
    ]


def test_an_error_tells_each_problem_with_its_place() -> None:
    problem = Problem("poids vide.", file="enquete.csv", line=4, column="poids")
    error = FileError("Rien n'a été importé.", [problem])

    assert str(error).splitlines() == [
        "Rien n'a été importé.",
        "  - enquete.csv, ligne 4, colonne « poids » : poids vide.",
    ]
