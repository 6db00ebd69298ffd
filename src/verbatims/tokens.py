"""Who someone is in a study, signed with the study's secret: a token that only it can make."""

import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Undecodable
from dataclasses import asdict, dataclass
from hashlib import sha256

LASTS = 90 * 24 * 3600  # seconds: decisions made out of reach of the server still bear a name


@dataclass(frozen=True)
class Claim:
    """What a token says: who works at which place, until when (seconds since 1970)."""

    coder: str
    study: str
    until: int


def sign(secret: str, coder: str, study: str, *, lasts: int = LASTS) -> str:
    """The token of a coder: claim and HMAC-SHA256 of it, in URL-safe base 64."""
    claim = Claim(coder, study, int(time.time()) + lasts)
    said = urlsafe_b64encode(json.dumps(asdict(claim)).encode()).decode()
    return f"{said}.{_seal(secret, said)}"


def study_of(token: str) -> str:
    """The study that a token names, before anything is believed of it; "" when it names none."""
    claim = claimed(token)
    return claim.study if claim else ""


def claimed(token: str) -> Claim | None:
    """What a token says, before anything is believed of it."""
    return _claim(token.partition(".")[0])


def read(secret: str, token: str) -> Claim | None:
    """What a token says, if this secret signed it and its time has not run out."""
    said, _, seal = token.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(secret, said).encode()):
        return None
    claim = _claim(said)
    return claim if claim and claim.until > time.time() else None


def _seal(secret: str, said: str) -> str:
    made = hmac.new(bytes.fromhex(secret), said.encode(), sha256).digest()
    return urlsafe_b64encode(made).decode()


def _claim(said: str) -> Claim | None:
    try:
        claim = Claim(**json.loads(urlsafe_b64decode(said)))
    except (Undecodable, UnicodeError, ValueError, TypeError, RecursionError):
        return None
    told = isinstance(claim.coder, str) and isinstance(claim.study, str)
    return claim if told and isinstance(claim.until, int) else None
