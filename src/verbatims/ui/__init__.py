"""The app in a browser: a menu of steps, each a file of `pages/`; every error said in French."""

import os
import socket
from pathlib import Path

from verbatims import settings

ADDRESS = "127.0.0.1"  # this machine only


def main() -> None:
    """Draw what every page shares, then the page that was asked for."""
    import streamlit as st

    from verbatims.errors import VerbatimsError
    from verbatims.ui import gestures, state, steps
    from verbatims.ui.parts import page
    from verbatims.ui.parts.text import literal

    st.set_page_config(page_title="Verbatims", page_icon=str(page.ICON), layout="wide")
    page.dress()
    lost = state.lost_address()
    if lost:
        state.open_study(None)  # rather than another study than the one that was asked for
    state.keep_address()
    gestures.carry_out()
    chosen = st.navigation([step.page for step in steps.STEPS], position="top")
    if lost:
        st.warning(literal(f"L’étude « {lost} » n’est pas dans le dossier « etudes »."))
    try:
        chosen.run()
    except VerbatimsError as error:
        page.failure(error)


def serve(folder: Path | None, port: int) -> None:
    """Serve the app on this machine until Ctrl-C, with the study of `folder` open."""
    from streamlit.web import cli

    _refuse_taken(port)
    if folder is not None:
        os.environ[settings.STUDY_VARIABLE] = str(folder.resolve())
    options = {
        "server.port": port,
        "server.address": ADDRESS,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    print(f"Verbatims est ouvert sur http://{ADDRESS}:{port} (Ctrl-C pour arrêter).", flush=True)
    cli.main(["run", str(settings.shipped("app.py")), *flags], standalone_mode=False)


def _refuse_taken(port: int) -> None:
    from verbatims.errors import VerbatimsError

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise VerbatimsError(
                f"Le port {port} est déjà pris, sans doute par une autre fenêtre de Verbatims : "
                f"arrêtez-la (Ctrl-C), ou choisissez un autre port avec --port {port + 1}."
            ) from error
