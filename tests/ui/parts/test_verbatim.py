"""The text of a verbatim is shown whole, harmless, with every span marked by its theme's number."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatims.ui.parts.verbatim import Evidence, marked


def shown(html: str) -> str:
    """What a reader sees of the text, less the numbers."""
    bare = re.sub(r"<sup[^>]*>\w+</sup>", "", html)
    return unescape(re.sub(r"<[^>]+>", "", bare))


def test_a_span_is_marked_with_the_number_of_its_theme_and_its_reason() -> None:
    html = marked("Agir ensemble demain", [Evidence(5, 13, 2, "règle « ensemble »")])
    assert (
        '<mark class="v-t2" title="règle « ensemble »">ensemble<sup class="v-t2">2</sup></mark>'
        in html
    )


def test_a_rejected_span_is_shown_as_such() -> None:
    assert "v-off" in marked("Agir", [Evidence(0, 4, 1, "règle", kept=False)])


def test_spans_that_overlap_each_keep_their_number() -> None:
    html = marked("agir ensemble", [Evidence(0, 13, 1, "a"), Evidence(5, 13, 3, "b")])
    assert ">1</sup>" in html
    assert ">3</sup>" in html
    assert shown(html) == "agir ensemble"


def test_two_rules_of_a_theme_on_the_same_words_make_one_mark_with_both_reasons() -> None:
    html = marked("agir", [Evidence(0, 4, 1, "règle a"), Evidence(0, 4, 1, "règle b")])
    assert html.count("<mark") == 1
    assert "règle a\nrègle b" in html


def test_a_span_past_the_text_is_cut_and_one_outside_is_left_out() -> None:
    html = marked("agir", [Evidence(2, 99, 1, "a"), Evidence(50, 60, 2, "b")])
    assert shown(html) == "agir"
    assert ">2</sup>" not in html


def test_a_theme_past_the_ninth_is_shown_by_its_letter() -> None:
    assert ">a</sup>" in marked("agir", [Evidence(0, 4, 10, "r")])
    assert ">99</sup>" in marked("agir", [Evidence(0, 4, 99, "r")])


def test_what_was_written_is_never_markup_not_even_in_the_reason() -> None:
    html = marked("<script>x</script>", [Evidence(0, 8, 1, '"><script>')])
    assert "<script>" not in html
    assert shown(html) == "<script>x</script>"


SPANS = st.builds(
    Evidence,
    st.integers(-3, 40),
    st.integers(-3, 40),
    st.integers(1, 14),
    st.just("r"),
    st.booleans(),
)


@given(
    text=st.text(max_size=40),
    spans=st.lists(SPANS, max_size=8),
    edges=st.lists(st.integers(0, 40), max_size=8, unique=True),
)
def test_whatever_the_spans_the_text_is_shown_whole(
    text: str, spans: list[Evidence], edges: list[int]
) -> None:
    cuts = sorted(edge for edge in edges if edge <= len(text))
    ideas = list(zip(cuts[::2], cuts[1::2], strict=False))
    html = marked(text, spans, ideas)

    assert shown(html) == text
    assert html.count("<span") == html.count("</span>")


def test_the_idea_that_speaks_for_a_theme_stands_out_among_the_others() -> None:
    html = marked("agir vite ; former", [Evidence(0, 4, 1, "r")], [(0, 9), (12, 18)])

    assert html.count("v-idea") == 1
    assert re.search(r'<span class="v-idea"><mark.*</mark> vite</span> ; former', html)


def test_an_idea_whose_evidence_is_rejected_or_that_is_alone_does_not() -> None:
    rejected = [Evidence(0, 4, 1, "r", kept=False)]

    assert "v-idea" not in marked("agir vite ; former", rejected, [(0, 9), (12, 18)])
    assert "v-idea" not in marked("agir vite", [Evidence(0, 4, 1, "r")], [(0, 9)])


@pytest.mark.parametrize("number", [1, 12, 13, 25])
def test_there_is_a_colour_for_every_theme(number: int) -> None:
    assert re.search(r"v-t([1-9]|1[0-2])\"", marked("agir", [Evidence(0, 4, number, "r")]))
