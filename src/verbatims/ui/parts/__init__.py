"""Bits of page, each a file: what to show → what Streamlit draws."""
