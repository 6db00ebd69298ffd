"""In which language to answer: the one that a request asks for, or the browser of a page."""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from verbatims.language import offered

_HEADER = "Accept-Language"


def of_request(headers: Mapping[str, str]) -> str:
    """The language to speak to who sends these headers."""
    return offered(headers.get(_HEADER, ""))


def of_page() -> str:
    """What the browser of the present run asks for, with its pages as with its requests.

    A proxy may drop the header; the page then says its first choice. "" outside of a run.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    return st.context.headers.get(_HEADER) or st.context.locale or ""
