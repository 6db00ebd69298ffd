"""Where the app may be reached from: this machine alone, unless the study has accounts."""

import os
from pathlib import Path

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.language import N_, _
from verbatims.model import Role
from verbatims.settings import STUDY_VARIABLE
from verbatims.study import Study
from verbatims.ui import shelf
from verbatims.ui.server.gate import host_of, is_local

_HOW = N_(
    "Une adresse ouverte aux autres machines demande une étude qui a des comptes, pour que chacun "
    "s'identifie. Donnez l'étude, et créez d'abord le compte d'un responsable :\n"
    '  verbatims coders add ÉTUDE "Votre nom" --role responsable\n'
    "  verbatims app ÉTUDE --address {address}"
)


def settle() -> None:
    """Where strangers come, keep to the one study they may sign in to, or stop here."""
    address = st.get_option("server.address") or ""
    if not is_open(address):
        return
    folder = Path(chosen) if (chosen := os.environ.get(STUDY_VARIABLE, "")) else None
    try:
        refuse_unguarded(address, folder)
    except VerbatimsError as error:
        raise SystemExit(str(error)) from None
    if folder is not None:
        shelf.keep_to(folder)


def is_open(address: str) -> bool:
    """Whether other machines can reach this address; any of this machine's, when it is ""."""
    return not is_local(address)


def is_elsewhere() -> bool:
    """Whether a page that only this machine may see is asked for from elsewhere."""
    asker, asked = st.context.ip_address, st.context.headers.get("Host")
    hosts = (asker, None if asked is None else host_of(asked))  # None: nothing is known of it
    here = all(is_local(host) for host in hosts if isinstance(host, str))
    return shelf.only() is None and not here


def refuse_unguarded(address: str, folder: Path | None) -> None:
    """Refuse an open address to who gives no study, or one that nobody needs to sign in to."""
    if is_open(address) and (folder is None or not _is_guarded(Study.open(folder))):
        raise VerbatimsError(_(_HOW, address=address or "0.0.0.0"))


def _is_guarded(study: Study) -> bool:
    """Whether a lead can sign in, by a key or by the address that OIDC knows."""
    coders = study.team.coders()
    leads = coders[coders["active"].astype(bool) & (coders["role"] == Role.LEAD)]
    by_email = bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets
    return bool((leads["key_hash"] != "").any() or (by_email and (leads["email"] != "").any()))
