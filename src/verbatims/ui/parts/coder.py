"""Who works here: asked first, shown all the time, never guessed; and what their role permits."""

import streamlit as st

from verbatims.errors import VerbatimsError
from verbatims.folding import fold
from verbatims.language import _, ngettext
from verbatims.model import Role
from verbatims.study import Study
from verbatims.study.team import LONGEST_NAME, ROLES, plain_name, reaches
from verbatims.ui import identity, shelf, state, steps
from verbatims.ui.parts import page
from verbatims.ui.parts.text import escape, literal, typeset


def require(opened: Study) -> str:
    """The coder of this session; until there is one, ask and stop the page."""
    require_role(opened, Role.CODER)
    if not state.coder():
        _ask(opened)
        st.stop()
    return state.coder()


def require_role(opened: Study, asked: Role) -> None:
    """Stop the page for whoever may not do what `asked` does, saying who may."""
    if identity.may(opened, asked):
        return
    named = [_("« {text} »", text=_(ROLES[role])) for role in ROLES if reaches(role, asked)]
    said = _(
        "Cette page demande le rôle {roles}. Un responsable de l’étude peut le donner.",
        roles=_(" ou ").join(named),
    )
    with st.container(border=True):
        st.html(f'<p class="v-nothing">{escape(typeset(said))}</p>')
    st.stop()


def require_sight(opened: Study) -> None:
    """Stop a page that shows suggestions for whoever still has to read without them."""
    n = unsuggested(opened)
    if n:
        said = ngettext(
            "Il vous reste {n} réponse à lire sans voir les suggestions, et cette page les "
            "montre : elle s’ouvrira quand vous aurez tout lu.",
            "Il vous reste {n} réponses à lire sans voir les suggestions, et cette page les "
            "montre : elle s’ouvrira quand vous aurez tout lu.",
            n,
        )
        page.nothing(said, steps.CODING, _("Continuer à coder"))
        st.stop()


def unsuggested(opened: Study) -> int:
    """How many answers whoever is there has still to read without suggestions."""
    return opened.planning.unsuggested(state.coder()) if state.coder() else 0


def sign(opened: Study, label: str, *, key: str) -> None:
    """Under whose name what is done here is kept; in an open study, the way to say it."""
    if not opened.team.open:
        return
    name = state.coder()
    with st.popover(literal(name) or _("Signer"), icon=":material/person:", type="tertiary"):
        st.text_input(
            label,
            name,
            key=key,
            placeholder=_("votre nom ou vos initiales"),
            max_chars=LONGEST_NAME,
            on_change=lambda: state.set_coder(st.session_state[key]),
        )


def door(opened: Study) -> None:
    """All that a stranger sees of a study that has accounts: the way to sign in."""
    page.heading("Verbatims", None)
    with st.container(border=True, width=560):
        st.header(_("Qui êtes-vous ?"), anchor=False)
        if identity.oidc():
            _by_oidc(opened)
        page.note(_("Avec la clé qu’un responsable de l’étude vous a donnée :"))
        _by_key(opened)
    if shelf.only() is None:
        st.button(_("Changer d’étude"), type="tertiary", on_click=state.open_study, args=(None,))


def _by_key(opened: Study) -> None:
    with st.form("sign_in", border=False):
        name = st.text_input(_("Votre nom"), key="sign_in_name", autocomplete="username")
        key = st.text_input(
            _("Votre clé"),
            key="sign_in_key",
            type="password",
            autocomplete="current-password",
            placeholder="XXXX-XXXX-XXXX-XXXX",
        )
        if not st.form_submit_button(_("Entrer"), type="primary"):
            return
    try:
        found = opened.team.check(name, key)
    except VerbatimsError as error:
        page.failure(error)
        return
    if found is None:
        st.error(
            _(
                "Ce nom et cette clé ne vont pas ensemble. Une clé perdue ne se retrouve pas : "
                "un responsable de l’étude peut vous en donner une nouvelle."
            )
        )
        return
    identity.enter(opened, found.name)
    st.rerun()


def _by_oidc(opened: Study) -> None:
    if not st.user.is_logged_in:
        st.button(_("Se connecter"), key="log_in", type="primary", on_click=st.login)
        return
    address = identity.email()
    if opened.team.with_email(address) is None:
        said = _(
            "L’adresse « {address} » n’est celle d’aucun compte de cette étude.", address=address
        )
        if not address:
            said = _("Votre service de connexion ne donne pas d’adresse vérifiée.")
        advice = _("Demandez à un responsable de l’étude de l’y ajouter.")
        st.error(literal(f"{said} {advice}"))
    st.button(_("Se déconnecter"), key="log_out", on_click=st.logout)


def _ask(opened: Study) -> None:
    known = sorted(opened.decisions()["coder"].unique(), key=fold)
    with st.container(border=True, width=560):
        st.header(_("Qui code ?"), anchor=False)
        page.note(_("Chaque décision est enregistrée sous ce nom. Il reste sur cette machine."))
        with st.form("who", border=False):
            name = st.text_input(
                _("Votre nom ou vos initiales"),
                max_chars=LONGEST_NAME,
                placeholder=_("par exemple : Claire M."),
            )
            if st.form_submit_button(_("Commencer à coder"), type="primary"):
                _enter(name, known)
        if known:
            said = _("Ou reprendre sous un nom déjà présent dans l’étude")
            st.html(f'<p class="v-label">{said}</p>')
            with st.container(horizontal=True):
                for coder in known:
                    st.button(
                        literal(coder), key=f"as_{coder}", on_click=state.set_coder, args=(coder,)
                    )


def _enter(name: str, known: list[str]) -> None:
    """Take the name; written otherwise than before, it stays the name it was."""
    wanted = plain_name(name)
    if not wanted:
        st.error(_("Écrivez un nom ou des initiales."))
        return
    state.set_coder(next((coder for coder in known if fold(coder) == fold(wanted)), wanted))
    st.rerun()
