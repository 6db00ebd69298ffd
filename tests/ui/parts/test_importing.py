"""What a draft leaves to the analyst is listed with its lines."""

from verbatims.ui.parts.importing import to_check

DRAFT = """# Effacez les « À VÉRIFIER » une fois relus.
questions:
  # « Q1 » : 4 valeurs
  # À VÉRIFIER : échelle ou codes ?
  # Écrivez les libellés.
  - id: q1

  # À VÉRIFIER : à garder ?
  - id: q2
"""


def test_each_remark_is_whole_and_at_the_line_where_it_begins() -> None:
    assert [(found.line, found.message) for found in to_check(DRAFT)] == [
        (4, "échelle ou codes ? Écrivez les libellés."),
        (8, "à garder ?"),
    ]


def test_a_questionnaire_without_remarks_leaves_nothing_to_check() -> None:
    assert to_check("questions: []") == []
