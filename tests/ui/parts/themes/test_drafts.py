"""A draft says what it changes, in words, even where one of its two texts cannot be read."""

from verbatims.ui.parts.themes.drafts import Draft

BASE = """themes:
  - id: cout
    label: Coût
    terms: [prix]
"""


def test_a_draft_is_told_in_one_line() -> None:
    draft = Draft(BASE, BASE.replace("prix", "prix, tarif"))
    assert draft.said == "Coût : 1 terme ajouté (« tarif »)"


def test_several_changes_are_counted_after_the_first() -> None:
    text = BASE.replace("prix", "prix, tarif").replace("label: Coût", "label: Prix")
    assert draft_said(text).endswith(", et 1 autre changement")


def test_a_first_codebook_is_told_against_nothing() -> None:
    assert draft_said(BASE, base="") == "Coût : ajouté"


def test_a_text_that_cannot_be_read_tells_nothing() -> None:
    assert Draft("themes: [", BASE).changes == ()
    assert draft_said("themes: [") == ""


def draft_said(text: str, *, base: str = BASE) -> str:
    return Draft(base, text).said
