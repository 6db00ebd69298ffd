"""Counts of lemmas → a word cloud, always the same for the same counts."""

import io
from collections.abc import Mapping
from typing import Any

import streamlit as st

WIDTH, HEIGHT, WORDS = 620, 420, 60
_INKS = ("#1f4e79", "#2e7d5b", "#8a4b12", "#6a4c93", "#9c3848", "#4a5560")


@st.cache_data(max_entries=20, show_spinner=False)
def image(counts: Mapping[str, int]) -> bytes:
    """A PNG of the words, the most frequent largest; colours follow the word, not chance."""
    from wordcloud import WordCloud

    cloud = WordCloud(
        width=2 * WIDTH,
        height=2 * HEIGHT,
        background_color="white",
        max_words=WORDS,
        prefer_horizontal=1.0,
        relative_scaling=0.4,
        margin=6,
        random_state=1,
        color_func=_ink,
    )
    picture = io.BytesIO()
    cloud.generate_from_frequencies(dict(counts)).to_image().save(picture, "PNG")
    return picture.getvalue()


def _ink(word: str, **_placing: Any) -> str:
    return _INKS[sum(map(ord, word)) % len(_INKS)]
