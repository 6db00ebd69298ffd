"""The language the tool speaks: French, in which it is written, or another that has a catalogue.

A text is marked where it is said, with `_` or `ngettext`; with `N_` where it only waits to be
said. Who reads decides: what `--lang` chose, else what a browser asks for, else French. The names
of files, of columns and of what a study holds belong to the data, and are never translated.
"""

import gettext
import json
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

FRENCH, ENGLISH = "fr", "en"
LANGUAGES = (FRENCH, ENGLISH)
VARIABLE = "VERBATIMS_LANG"
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "verbatims"
THIN = "\u202f"  # the narrow space of French, in numbers and before %

_here: ContextVar[str] = ContextVar("language", default="")  # of one request, or of one call
_asked: list[Callable[[], str]] = []  # how to know what the browser of this run asks for


def _(message: str, /, **values: object) -> str:
    """A text in the reader's language, with its values in their places.

    >>> _("Le port {port} est pris.", port=8501)
    'Le port 8501 est pris.'
    """
    said = _catalogue(spoken()).gettext(message) if message else ""
    return said.format(**values) if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The text that suits `n`, which stands in it as `{n}`; French says « 0 réponse »."""
    return _catalogue(spoken()).ngettext(one, many, int(n)).format(**{"n": n, **values})


def plural_pair(one: str, many: str) -> list[str]:
    """Both forms of a text that counts `{n}`, for who counts elsewhere; no place is filled."""
    said = _catalogue(spoken())
    return [said.ngettext(one, many, n) for n in (1, 2)]


def pgettext(context: str, message: str) -> str:
    """A text that other languages say in several ways: `context` is where this one stands."""
    return _catalogue(spoken()).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own word
    """Mark a text that `_` says later, when it is known who reads."""
    return message


class Lasting(str):
    """A text kept for readers not yet known: itself in the language of now, and in `each`."""

    each: dict[str, str]


def lasting(say: Callable[[], str]) -> Lasting:
    """What `say` says, in every language."""
    text = Lasting(say())
    text.each = {}
    for language in LANGUAGES:
        with speaking(language):
            text.each[language] = say()
    return text


def each(text: str) -> dict[str, str]:
    """What to keep of a text, for `told`; one that is not lasting goes as it is."""
    return text.each if isinstance(text, Lasting) else dict.fromkeys(LANGUAGES, text)


def told(kept: object) -> str:
    """What was kept of a text, in the reader's language; `kept` may be what JSON made of it."""
    if isinstance(kept, str) and kept.startswith("{"):
        kept = json.loads(kept)
    return str(kept.get(spoken(), "")) if isinstance(kept, dict) else str(kept or "")


def spoken() -> str:
    """The language of who reads now, one of LANGUAGES."""
    return _here.get() or offered(_asked[0]() if _asked else "")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language for a while, in this thread or this request."""
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def choose(language: str) -> None:
    """Speak this language to everyone, until the process ends and in those it starts."""
    os.environ[VARIABLE] = language


def listen(asked: Callable[[], str]) -> None:
    """Have `asked` say what the browser of the present run wants, as `Accept-Language` says it."""
    _asked[:] = [asked]


def offered(wanted: str) -> str:
    """What to speak to who wants these: « en-GB,en;q=0.9,fr;q=0.8 » → "en".

    What was chosen for everyone goes first; in none of ours, French.
    """
    chosen = os.environ.get(VARIABLE, "")
    names = [each.split(";")[0].strip()[:2].lower() for each in wanted.split(",")]
    return next((name for name in (chosen, *names) if name in LANGUAGES), FRENCH)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == FRENCH:
        return _French()
    return gettext.translation(DOMAIN, CATALOGUES, [language])


class _French(gettext.NullTranslations):
    """The texts as they are written."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n < 2 else msgid2


# -- figures ----------------------------------------------------------------------------


def number(n: int) -> str:
    """A count as printed: 12345 → « 12 345 », "12,345"."""
    return _local(f"{n:,}")


def decimal(value: float, places: int = 1) -> str:
    """A mean as printed: 7.45 → « 7,5 », "7.5", "" when there is none; halves go up."""
    unit = 10.0**-places if places else 1  # 1.0 would leave a « ,0 »
    return "" if _is_missing(value) else _local(f"{rounded(value, unit):,}")


def percent(share: float) -> str:
    """A share as printed: 0.435 → « 44 % », "44%", "" when there is none."""
    if _is_missing(share):
        return ""
    return f"{rounded(100 * share)}{THIN if spoken() == FRENCH else ''}%"


def rounded(value: float, unit: float = 1) -> Decimal:
    """Halves go up, as in a spreadsheet; the first rounding takes the binary dust away."""
    return Decimal(str(round(value, 9))).quantize(Decimal(str(unit)), ROUND_HALF_UP)


def _is_missing(value: float | None) -> bool:
    return value is None or math.isnan(value)


def _local(written: str) -> str:
    """1,234.5 → « 1 234,5 » where French is spoken."""
    if spoken() != FRENCH:
        return written
    return written.replace(",", THIN).replace(".", ",")
