"""The app in a browser: a menu of steps, each a file of `pages/`; every error said in French."""

import os
from pathlib import Path

from verbatims import settings


def main() -> None:
    """Draw what every page shares, then the page that was asked for."""
    import streamlit as st

    from verbatims.errors import VerbatimsError
    from verbatims.ui import gestures, state, steps
    from verbatims.ui.parts import page

    st.set_page_config(page_title="Verbatims", page_icon=str(page.ICON), layout="wide")
    page.dress()
    state.keep_address()
    gestures.carry_out()
    chosen = st.navigation([step.page for step in steps.STEPS], position="top")
    try:
        chosen.run()
    except VerbatimsError as error:
        page.failure(error)


def serve(folder: Path | None, port: int) -> None:
    """Serve the app on this machine until Ctrl-C, with the study of `folder` open."""
    from streamlit.web import cli

    if folder is not None:
        os.environ[settings.STUDY_VARIABLE] = str(folder.resolve())
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "logger.hideWelcomeMessage": True,
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    print(f"Verbatims est ouvert sur http://127.0.0.1:{port} (Ctrl-C pour arrêter).")
    cli.main(["run", str(settings.shipped("app.py")), *flags], standalone_mode=False)
