"""The accounts of a study: who codes, in which role, what each has read; changed by leads alone."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import streamlit as st

from verbatims import review
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _, number
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.team import ROLES
from verbatims.ui import identity, state
from verbatims.ui.parts import page
from verbatims.ui.parts.grid import Heading
from verbatims.ui.parts.grid import draw as draw_grid
from verbatims.ui.parts.text import literal, typeset

_KEY, _FAULT = "team_new_key", "team_fault"
_ROLE_NAMES = tuple(ROLES.values())
_ABOUT = N_(
    "Responsable : tout, dont l’import, la grille, les comptes et les arbitrages. Codage : lire, "
    "coder, exporter. Lecture : voir les résultats."
)


def draw(opened: Study) -> None:
    """The list, then the ways to change it, for leads."""
    leads = identity.may(opened, Role.LEAD)
    st.header(_("Qui travaille sur l’étude"), anchor=False)
    _tell(opened)
    _list(opened)
    if not leads:
        return
    adding, changing = st.columns(2, gap="large")
    with adding:
        _add(opened)
    with changing:
        _change(opened)


def _tell(opened: Study) -> None:
    """What the last gesture gave: a key, told once, or what was wrong."""
    fault = st.session_state.pop(_FAULT, "")
    if fault:
        st.error(literal(typeset(fault)))
    told = st.session_state.get(_KEY)
    if not told or told[0] != opened.team.id:
        return
    _study, name, key = told
    with st.container(border=True):
        page.note(
            _("Clé de « {name} », à lui transmettre ; elle ne sera plus affichée :", name=name)
        )
        st.code(key, language=None)
        st.button(_("C’est noté"), key="key_noted", on_click=st.session_state.pop, args=(_KEY,))


def _list(opened: Study) -> None:
    accounts = opened.team.coders()
    read = state.kept(opened, "read by", lambda: _read(opened)).copy()
    if accounts.empty:
        page.note(
            _(
                "Étude libre, sur cette machine : chacun dit son nom et peut tout. Avec des "
                "comptes, chacun s’identifie par une clé, dans son rôle."
            )
        )
    rows = [
        (*_said(account), number(read.pop(account["name"], 0)))
        for account in accounts.to_dict("records")
    ]
    rows += [(name, _("sans compte"), "", number(n)) for name, n in sorted(read.items())]
    headings = [Heading(_("Nom")), Heading(_("Rôle")), Heading(_("Adresse"))]
    headings.append(Heading(_("Lues"), figures=True))
    if rows:
        draw_grid(headings, rows, about=_("Codeurs de l’étude"))


def _said(account: Mapping[Hashable, Any]) -> tuple[str, str, str]:
    role = _(ROLES[Role(account["role"])]) if account["active"] else _("compte fermé")
    return account["name"], role, account["email"]


def _read(opened: Study) -> Counter[str]:
    """How many verbatims each coder has read."""
    by_verbatim = review.readers(opened.decisions())
    return Counter(name for names in by_verbatim.values() for name in names)


def _add(opened: Study) -> None:
    st.header(_("Ajouter un compte"), anchor=False)
    first = opened.team.open
    if first:
        page.note(_("Le premier est le vôtre : vous serez responsable de l’étude."))
    with st.form("add_coder", border=False, clear_on_submit=True):
        st.text_input(_("Nom"), state.coder() if first else "", key="add_name")
        if not first:
            st.selectbox(_("Rôle"), _ROLE_NAMES, index=1, format_func=_, key="add_role")
        st.text_input(
            _("Adresse e-mail"), key="add_email", help=_("Pour qui se connecte par OIDC.")
        )
        st.form_submit_button(_("Créer le compte"), on_click=_added, args=(opened,))
    page.note(_(_ABOUT))


def _added(opened: Study) -> None:
    given, first = st.session_state, opened.team.open
    name = " ".join(given["add_name"].split())
    role = Role.LEAD if first else _role(given["add_role"])

    def add() -> str:
        return opened.team.add(name, role, email=given["add_email"])

    _keyed(opened, name, add)
    if first and not opened.team.open:  # who has just made it is this lead
        identity.enter(opened, str(opened.team.coders()["name"].iloc[0]))


def _change(opened: Study) -> None:
    accounts = opened.team.coders()
    accounts = accounts[accounts["active"].astype(bool)]
    if accounts.empty:
        return
    st.header(_("Changer un compte"), anchor=False)
    name = st.selectbox(_("Codeur"), list(accounts["name"]), key="changed_coder")
    own = accounts[accounts["name"] == name].iloc[0]
    role = ROLES[Role(own["role"])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Rôle"),
            _ROLE_NAMES,
            index=_ROLE_NAMES.index(role),
            format_func=_,
            key=f"role {name}",
            on_change=_act,
            args=(opened, lambda: opened.team.change_role(name, _role_chosen(name))),
        )
        st.text_input(
            _("Adresse e-mail"),
            own["email"],
            key=f"email {name}",
            on_change=_act,
            args=(opened, lambda: opened.team.change_email(name, _email_given(name))),
        )
    with st.container(horizontal=True):
        st.button(_("Nouvelle clé"), key="new_key", on_click=_renew, args=(opened, name))
        st.button(
            _("Fermer le compte"),
            key="close_account",
            type="tertiary",
            help=_("Ses décisions sont gardées."),
            on_click=_act,
            args=(opened, lambda: opened.team.close(name)),
        )


def _role_chosen(name: str) -> Role:
    return _role(st.session_state[f"role {name}"])


def _email_given(name: str) -> str:
    return str(st.session_state[f"email {name}"])


def _renew(opened: Study, name: str) -> None:
    own = state.coder() == name
    _keyed(opened, name, lambda: opened.team.new_key(name))
    if own:
        identity.enter(opened, name)  # the key that brought this session in has just ended


def _keyed(opened: Study, name: str, make: Callable[[], str]) -> None:
    """Do what gives a key, and keep it in sight until it is noted."""

    def keep() -> None:
        st.session_state[_KEY] = (opened.team.id, name, make())

    _act(opened, keep)


def _act(opened: Study, act: Callable[[], object]) -> None:
    """Change the accounts, if whoever asks still leads; say what is wrong."""
    if not identity.may(opened, Role.LEAD):
        st.session_state[_FAULT] = _("Seul un responsable de l’étude change les comptes.")
        return
    try:
        act()
    except VerbatimsError as error:
        st.session_state[_FAULT] = error.message


def _role(name: str) -> Role:
    return next(role for role, said in ROLES.items() if said == name)
