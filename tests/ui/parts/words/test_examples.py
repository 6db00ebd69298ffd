"""A word is shown in its answer, marked, with what stands around it."""

from hypothesis import given
from hypothesis import strategies as st

from verbatims.ui.parts.words.examples import context


def test_a_short_answer_is_shown_whole_with_each_occurrence_marked() -> None:
    assert context("Le vélo, le vélo !", [(3, 7), (12, 16)]) == (
        "Le <mark>vélo</mark>, le <mark>vélo</mark> !"
    )


def test_a_long_answer_is_cut_between_words_around_the_first_occurrence() -> None:
    text = "avant " * 100 + "vélo" + " après" * 100
    shown = context(text, [(600, 604)])
    assert "<mark>vélo</mark>" in shown
    assert shown.startswith("… avant ")
    assert shown.endswith(" après …")
    assert len(shown) < 400


def test_what_respondents_wrote_is_never_read_as_html() -> None:
    assert context("<b>gras</b> & vélo", [(14, 18)]) == (
        "&lt;b&gt;gras&lt;/b&gt; &amp; <mark>vélo</mark>"
    )


@given(st.text(alphabet=" \nabé<&😀", min_size=1, max_size=600), st.data())
def test_the_first_occurrence_is_always_in_sight(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert "<mark>" in context(text, [(start, end)])
