"""Problems and lines, as an analyst reads them."""

import pytest

from verbatims.errors import FileError, Problem, named_lines


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


def test_an_error_tells_each_problem_with_its_place() -> None:
    problem = Problem("poids vide.", file="enquete.csv", line=4, column="poids")
    error = FileError("Rien n'a été importé.", [problem])

    assert str(error).splitlines() == [
        "Rien n'a été importé.",
        "  - enquete.csv, ligne 4, colonne « poids » : poids vide.",
    ]
