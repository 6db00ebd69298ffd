"""The coding board: verbatims held by the browser, decisions sent in the background.

Its modules are in `static/`, served as they are; Streamlit only says where, for whom and with
which filters. What it sends and asks goes to the routes of `ui/server/`.
"""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st

from verbatims.review import Filters
from verbatims.study import Study
from verbatims.ui import steps
from verbatims.ui.board import words

STATIC = Path(__file__).parent / "static"
SETTING = "closed_beside"  # the closed questions shown beside a verbatim, see study/desk


def show(opened: Study, coder: str, filters: Filters, *, first: str = "") -> None:
    """The board of a coder, on what these filters let through; on the verbatim `first` to begin."""
    store = opened.store
    _component()(
        key="board",
        data={
            "token": opened.team.token(coder),
            "study": opened.team.place,
            "coder": coder,
            "filters": {**asdict(filters), "respondents": None},
            "first": first,
            "questions": {question.id: question.title for question in opened.questionnaire.open},
            "base": base(),
            "edition": edition(),
            "codebook": opened.codebook.hash,
            "version": repr((opened.version(work=False), store.setting(SETTING))),
            "results": steps.RESULTS.address,
            "words": words.words(),
        },
    )


def base() -> str:
    """The path under which the app is served, "" at the root."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


@cache
def edition() -> str:
    """Another one as soon as a file of the board changes, so that no browser keeps an old one."""
    files = sorted(STATIC.iterdir())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def door(module: str) -> str:
    """The script of a component whose `module` of `static/` does everything."""
    return f"""export default async (component) => {{
  const {{ base, edition }} = component.data;
  const module = `${{base}}/verbatims/static/{module}?v=${{edition}}`;
  return (await import(new URL(module, location.origin))).default(component);
}};
"""


@cache
def _component() -> Callable[..., object]:
    style = (STATIC / "style.css").read_text("utf-8")
    return st.components.v2.component("verbatims_board", css=style, js=door("main.js"))
