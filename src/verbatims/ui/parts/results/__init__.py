"""The analyst's workbench: questions side by side, those who answered them, and what they wrote."""

from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """The style sheet of the page."""
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
