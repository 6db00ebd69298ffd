"""Open-text qualitative analysis in French, on the analyst's machine."""

__version__ = "0.1.0"
