"""What one entry of a coder's browser says, or why it cannot be read."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from verbatims.errors import StudyError
from verbatims.frames import UNDO
from verbatims.language import N_, _

Entry = Mapping[str, Any]

UNREADABLE = N_("Envoi illisible : rechargez la page, puis refaites ce geste.")
_HALF = N_(
    "Un texte contient un caractère qui ne peut être enregistré, comme la moitié d'un émoji coupé "
    "en deux : effacez-le, puis refaites ce geste. Rien n'a été écrit."
)


def refuse_unwritable(value: Any) -> None:
    """Raise StudyError where a text, however deep, holds what no file or database can."""
    match value:
        case str():
            if not writable(value):
                raise StudyError(_(_HALF))
        case list():
            for one in value:
                refuse_unwritable(one)
        case dict():
            refuse_unwritable([*value, *value.values()])


def writable(said: str) -> bool:
    """A browser may send half an emoji, or the sign of number zero."""
    return "\0" not in said and echoed(said) == said


def echoed(said: str) -> str:
    """A text as it can be sent back, whatever it holds."""
    return said.encode("utf-8", "replace").decode("utf-8")


def uid(entry: Any) -> str:
    said = entry.get("uid") if isinstance(entry, Mapping) else None
    return said if isinstance(said, str) else ""


def base(uid: str) -> str:
    """The decision that a gesture undoes or redoes in the end."""
    while uid.startswith(UNDO):
        uid = uid.removeprefix(UNDO)
    return uid


def text(entry: Entry, name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise StudyError(_(UNREADABLE))
    return value


def items(entry: Entry, name: str) -> list[Any]:
    value = entry.get(name) or []
    if not isinstance(value, list):
        raise StudyError(_(UNREADABLE))
    return value


def names(entry: Entry, name: str) -> list[str]:
    said = items(entry, name)
    if not all(isinstance(one, str) and one for one in said):
        raise StudyError(_(UNREADABLE))
    return said


def span(given: Any, length: int) -> tuple[str, int, int]:
    match given:
        case [str(theme), int(start), int(end)] if 0 <= start < end <= length or start == end == 0:
            return theme, start, end
    raise StudyError(
        _(
            "Un passage sort du texte de la réponse, qui a sans doute changé : rechargez la page, "
            "puis marquez-le de nouveau."
        )
    )


def moment(entry: Entry) -> str:
    """When the gesture was made, as the browser says if that can be; else now."""
    now = datetime.now(UTC)
    made = now
    with suppress(ValueError, OverflowError, TypeError):
        said = datetime.fromisoformat(entry.get("made_at", ""))
        made = said.astimezone(UTC) if said.tzinfo else now
    return min(made, now).isoformat(timespec="milliseconds")
