"""The app in a browser: a menu of steps, each a file of `pages/`; every error said to who reads."""

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from verbatims import language, settings
from verbatims.language import _

if TYPE_CHECKING:
    from verbatims.study import Study


def main() -> None:
    """Draw a page, for whom it is drawn and in which language being known once."""
    from verbatims.ui import identity

    with language.speaking(language.spoken()), identity.known_once():
        _draw()


def _draw() -> None:
    """Draw what every page shares, then the page that was asked for."""
    import streamlit as st

    from verbatims.errors import VerbatimsError
    from verbatims.ui import identity, state, steps
    from verbatims.ui.parts import coder, page
    from verbatims.ui.parts.text import literal

    st.set_page_config(page_title="Verbatims", page_icon=str(page.ICON), layout="wide")
    top = st.container(gap=None)  # what cannot be seen takes no room
    with top:
        page.dress()
    lost = state.lost_address()
    if lost:
        state.open_study(None)  # rather than another study than the one that was asked for
    state.keep_address()
    opened = _readable()
    stranger = opened is not None and identity.role(opened) is None
    pages = [step.page for step in steps.STEPS]
    chosen = st.navigation(pages, position="hidden" if stranger else "top")
    if opened is not None:
        with top:
            identity.remember(opened)
    if lost:
        st.warning(literal(_("L’étude « {lost} » n’est pas sur cette machine.", lost=lost)))
    try:
        if opened is not None and stranger:
            coder.door(opened)
        else:
            chosen.run()
    except VerbatimsError as error:
        page.failure(error)


def serve(folder: Path | None, port: int, address: str = settings.ADDRESS) -> None:
    """Serve the app until Ctrl-C, with the study of `folder` open; on this machine by default."""
    from streamlit.web import cli

    from verbatims.ui.server.address import is_open, refuse_unguarded

    refuse_unguarded(address, folder)
    _refuse_taken(address, port)
    if folder is not None:
        os.environ[settings.STUDY_VARIABLE] = str(folder.resolve())
    options = {
        "server.port": port,
        "server.address": address,
        "server.enableCORS": True,  # both are Streamlit's own, and guard against other sites
        "server.enableXsrfProtection": True,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }
    flags = [f"--{name}={str(value).lower()}" for name, value in options.items()]
    if is_open(address):
        print(_("L’étude est servie aux autres machines : chacun s’identifie."), flush=True)
    place = f"http://{address}:{port}"
    print(_("Verbatims est ouvert sur {place} (Ctrl-C pour arrêter).", place=place), flush=True)
    cli.main(["run", str(settings.shipped("app.py")), *flags], standalone_mode=False)


def _readable() -> "Study | None":
    """The open study; what is wrong with it is for the page to say."""
    from verbatims.errors import VerbatimsError
    from verbatims.ui import state

    try:
        return state.study()
    except VerbatimsError:
        return None


def _refuse_taken(address: str, port: int) -> None:
    from verbatims.errors import VerbatimsError

    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise VerbatimsError(
                _(
                    "Le port {port} est déjà pris, sans doute par une autre fenêtre de Verbatims : "
                    "arrêtez-la (Ctrl-C), ou choisissez un autre port avec --port {next}.",
                    port=port,
                    next=port + 1,
                )
            ) from error
