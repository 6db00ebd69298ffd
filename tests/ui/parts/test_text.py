"""Nothing an analyst or a respondent wrote is taken as a sign by the page."""

import pytest

from verbatims.language import ENGLISH, speaking
from verbatims.ui.parts.text import escape, literal, typeset


def test_html_signs_are_escaped_quotes_included() -> None:
    assert escape('<a href="x">') == "&lt;a href=&quot;x&quot;&gt;"


@pytest.mark.parametrize("sign", list("\\`*_{}[]<>()#+-.!|~$:^"))
def test_markdown_signs_are_escaped(sign: str) -> None:
    assert literal(f"a{sign}b") == f"a\\{sign}b"


def test_a_label_is_on_one_line() -> None:
    assert literal("deux\n lignes") == "deux lignes"


def test_only_french_has_unbreakable_spaces() -> None:
    assert typeset("Thème « a » : lu") == "Thème «\u00a0a\u00a0»\u00a0: lu"
    with speaking(ENGLISH):
        assert typeset("Answer « a » : read") == "Answer « a » : read"
