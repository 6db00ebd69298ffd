"""Nothing an analyst or a respondent wrote is taken as a sign by the page."""

import pytest

from verbatims.ui.parts.text import escape, literal, plural


def test_html_signs_are_escaped_quotes_included() -> None:
    assert escape('<a href="x">') == "&lt;a href=&quot;x&quot;&gt;"


@pytest.mark.parametrize("sign", list("\\`*_{}[]<>()#+-.!|~$:^"))
def test_markdown_signs_are_escaped(sign: str) -> None:
    assert literal(f"a{sign}b") == f"a\\{sign}b"


def test_a_label_is_on_one_line() -> None:
    assert literal("deux\n lignes") == "deux lignes"


def test_a_count_agrees_with_its_noun() -> None:
    assert [plural(count, "réponse") for count in (0, 1, 2)] == [
        "0 réponse",
        "1 réponse",
        "2 réponses",
    ]
