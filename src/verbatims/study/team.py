"""Who works in a study: accounts and their keys, and what a signed token says of its bearer."""

import hmac
import secrets
import unicodedata
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from verbatims import tokens
from verbatims.errors import StudyError
from verbatims.folding import fold
from verbatims.language import N_, _
from verbatims.model import Coder, Role
from verbatims.store import Store
from verbatims.study.patience import Patience

ROLES = {Role.LEAD: N_("responsable"), Role.CODER: N_("codage"), Role.READER: N_("lecture")}
_RANKS = (Role.READER, Role.CODER, Role.LEAD)
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 of them: five bits each; no 0, 1, I, O
_KEY, _GROUP = 16, 4
LONGEST_NAME = 80

Account = dict[str, Any]  # a row of `coders`

_patience = Patience()


def reaches(role: Role | None, asked: Role) -> bool:
    """Whether a role may do what `asked` may."""
    return role is not None and _RANKS.index(role) >= _RANKS.index(asked)


def plain_name(name: str) -> str:
    """A name without what cannot be seen in it; refused when it is too long to be one."""
    spaced = " ".join(name.split())
    plain = "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cf"})
    plain = " ".join(plain.split())
    if len(plain) > LONGEST_NAME:
        raise StudyError(
            _(
                "Ce nom est trop long ({n} signes) : donnez-en un d'au plus {most} signes, ou des "
                "initiales.",
                n=len(plain),
                most=LONGEST_NAME,
            )
        )
    return plain


class Team:
    """The coders of a study. Without any account the study is open: whoever gives a name leads."""

    def __init__(self, store: Store, folder: Path = Path()) -> None:
        self.store = store
        self._folder = folder

    def coders(self) -> pd.DataFrame:
        """name, role, key_hash, email, active, made_at; by name."""
        return self.store.coders()

    @property
    def open(self) -> bool:
        return not self.store.accounts()

    @cached_property
    def id(self) -> str:
        """The study's, for ever."""
        return self.store.setting("id")

    @cached_property
    def place(self) -> str:
        """The study and its folder: two copies of one study are not the same place."""
        folder = str(self._folder.resolve()).encode(errors="surrogatepass")
        return f"{self.id}-{sha256(folder).hexdigest()[:12]}"

    @cached_property
    def _secret(self) -> str:
        return self.store.setting("secret")

    # -- who is who ----------------------------------------------------------------------

    def find(self, name: str) -> Coder | None:
        """Who bears this name, as it is written in the study; None for who may not come in."""
        return _bearer(self.store.accounts(), name)

    def check(self, name: str, key: str) -> Coder | None:
        """The coder whose name and key these are; who fails again and again has to wait."""
        place = (self.id, fold(name))
        _patience.ask(place)
        found = _first(self.store.accounts(), lambda account: fold(account["name"]) == fold(name))
        hashed = str(found["key_hash"]) if found else ""
        right = _is_key(key, hashed or _hashed("", salt="0"))
        coder = _coder(found) if right and hashed else None
        _patience.heard(place, right=coder is not None)
        return coder

    def with_email(self, email: str) -> Coder | None:
        """The coder who has this e-mail address."""
        given = email.strip().casefold()
        if not given:
            return None
        return _coder(_first(self.store.accounts(), lambda own: own["email"].casefold() == given))

    def token(self, name: str) -> str:
        """What proves to this place that its bearer is this coder; a new key undoes it."""
        return tokens.sign(self._seal(self.store.accounts(), name), name, self.place)

    def holder(self, token: str) -> Coder | None:
        """Who bears a token of this place, if it is whole and its coder may still come in."""
        claimed = tokens.claimed(token)
        if claimed is None or claimed.study != self.place:
            return None
        accounts = self.store.accounts()
        claim = tokens.read(self._seal(accounts, claimed.coder), token)
        return _bearer(accounts, claim.coder) if claim else None

    def _seal(self, accounts: list[Account], name: str) -> str:
        """What signs for a coder: another once they have an account, a new key or address."""
        own = _first(accounts, lambda account: account["name"] == name)
        if own is None:
            return self._secret
        proofs = f"{own['key_hash']}\n{own['email']}".encode()
        return hmac.new(bytes.fromhex(self._secret), proofs, sha256).hexdigest()

    # -- accounts ------------------------------------------------------------------------

    def add(self, name: str, role: Role, *, email: str = "") -> str:
        """Make the account of a coder, or bring back one that was closed; its key, told once.

        The first account is a lead's. A name that has already coded keeps its spelling.
        """
        name, email = self._spelt(name), email.strip()
        if self.open and role is not Role.LEAD:
            raise StudyError(
                _("Le premier compte doit être celui d'un responsable : lui seul crée les autres.")
            )
        self._refuse_email(email, of=name)
        key = _drawn()
        if not self.store.add_coder(name, role=role, key_hash=_hashed(key), email=email):
            if self._row(name)["active"]:
                raise StudyError(
                    _("« {name} » a déjà un compte ; choisissez un autre nom.", name=name)
                )
            self.store.change_coder(
                name, role=role, key_hash=_hashed(key), email=email, active=True
            )
        return key

    def change_role(self, name: str, role: Role) -> None:
        own = self._row(name)
        if role is not Role.LEAD:
            self._refuse_last_lead(own["name"])
        self.store.change_coder(own["name"], role=role)

    def change_email(self, name: str, email: str) -> None:
        own = self._row(name)
        self._refuse_email(email.strip(), of=own["name"])
        self.store.change_coder(own["name"], email=email.strip())

    def new_key(self, name: str) -> str:
        """Another key; the former one, and whoever came in with it, are not heard any more."""
        own, key = self._row(name), _drawn()
        self.store.change_coder(own["name"], key_hash=_hashed(key))
        return key

    def close(self, name: str) -> None:
        """Let a coder in no more; what they decided is kept."""
        own = self._row(name)
        self._refuse_last_lead(own["name"])
        self.store.change_coder(own["name"], active=False)

    def _row(self, name: str) -> Account:
        found = _first(self.store.accounts(), lambda account: fold(account["name"]) == fold(name))
        if found is None:
            raise StudyError(_("« {name} » n'a pas de compte dans cette étude.", name=name))
        return found

    def _spelt(self, name: str) -> str:
        wanted = plain_name(name)
        if not fold(wanted):
            raise StudyError(_("Écrivez un nom ou des initiales."))
        known = [*self.coders()["name"], *self.store.decisions()["coder"].unique()]
        return next((other for other in known if fold(other) == fold(wanted)), wanted)

    def _refuse_email(self, email: str, *, of: str) -> None:
        others = [account for account in self.store.accounts() if account["name"] != of]
        if email and email.casefold() in {account["email"].casefold() for account in others}:
            raise StudyError(
                _("L'adresse « {email} » est déjà celle d'un autre compte.", email=email)
            )

    def _refuse_last_lead(self, name: str) -> None:
        active = [account for account in self.store.accounts() if account["active"]]
        if [own["name"] for own in active if own["role"] == Role.LEAD] == [name]:
            raise StudyError(
                _(
                    "« {name} » est le dernier responsable de l'étude : nommez-en d'abord un "
                    "autre.",
                    name=name,
                )
            )


def _first(accounts: list[Account], wanted: Callable[[Account], bool]) -> Account | None:
    return next(filter(wanted, accounts), None)


def _bearer(accounts: list[Account], name: str) -> Coder | None:
    """Who bears a name; without any account, whoever gives one."""
    if not accounts:
        return Coder(name, Role.LEAD) if name else None
    return _coder(_first(accounts, lambda account: account["name"] == name))


def _coder(account: Account | None) -> Coder | None:
    """The coder of an account, if there is one and it is active."""
    if account is None or not account["active"]:
        return None
    return Coder(account["name"], Role(account["role"]))


def _drawn() -> str:
    """A key of 80 random bits, in groups that are easy to copy."""
    signs = "".join(secrets.choice(_SIGNS) for _place in range(_KEY))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _KEY, _GROUP))


def _hashed(key: str, *, salt: str = "") -> str:
    """Salt and digest; one round is enough, as no one goes through 80 random bits."""
    salt = salt or secrets.token_hex(16)
    bare = "".join(sign for sign in key.upper() if sign in _SIGNS)
    return f"{salt}:{sha256(f'{salt}{bare}'.encode()).hexdigest()}"


def _is_key(key: str, hashed: str) -> bool:
    return hmac.compare_digest(_hashed(key, salt=hashed.partition(":")[0]), hashed)
