"""Typer in the reader's language: its help, its titles and its usage errors."""

from collections.abc import Iterator
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from verbatims.language import FRENCH, LANGUAGES, N_, _, choose, spoken

LANGUAGE = "--lang"

_TITLES = {  # by their names in rich_utils
    "COMMANDS_PANEL_TITLE": ("Commands", N_("Commandes")),
    "REQUIRED_LONG_STRING": ("[required]", N_("[obligatoire]")),
    "DEFAULT_STRING": ("[default: {}]", N_("[par défaut : {}]")),
}
_WORDS = {
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing command.": "Il manque une commande.",
    "No such option:": "Option inconnue :",
    "(Possible options:": "(voulez-vous dire :",
    "No such command": "Commande inconnue :",
    "Did you mean": "Voulez-vous dire",
    "Got unexpected extra argument(s)": "Argument en trop",
    "Invalid value for": "Valeur refusée pour",
    "requires an argument": "attend une valeur",
    "Value error, ": "",
    "is not one of": "n'est pas parmi",
    "Choose from:": "Choisissez parmi :",
    "Input should be a valid integer, unable to parse string as an integer": (
        "un nombre entier est attendu"
    ),
    "Input should be less than or equal to": "le maximum est",
    "Input should be greater than or equal to": "le minimum est",
    "does not exist": "n'existe pas",
    "File ": "Le fichier ",
    "Directory ": "Le dossier ",
}


def usage_error(error: Exception) -> str:
    """What Typer says of a wrong call; it speaks English."""
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    if spoken() == FRENCH:
        for english, french in _WORDS.items():
            message = message.replace(english, french)
    return message


class Command(TyperCommand):
    def make_context(self, info_name: Any, args: list[str], *more: Any, **others: Any) -> Any:
        _translate(self)
        return super().make_context(info_name, args, *more, **others)

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


class Group(TyperGroup):
    def make_context(self, info_name: Any, args: list[str], *more: Any, **others: Any) -> Any:
        args = _choosing(args)
        _entitle()
        for command in (self, *self.commands.values()):
            _translate(command)
        return super().make_context(info_name, args, *more, **others)

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


def _choosing(args: list[str]) -> list[str]:
    """Speak the language that `--lang` names, wherever it stands; what is left goes to Typer.

    A language that there is not stays, for Typer to refuse.
    """
    for at, arg in enumerate(args):
        if arg == LANGUAGE and at + 1 < len(args):
            name, rest = args[at + 1], [*args[:at], *args[at + 2 :]]
        elif arg.startswith(f"{LANGUAGE}="):
            name, rest = arg.partition("=")[2], [*args[:at], *args[at + 1 :]]
        else:
            continue
        if name not in LANGUAGES:
            return [LANGUAGE, name, *rest]
        choose(name)
        return rest
    return args


def _entitle() -> None:
    for name, (english, french) in _TITLES.items():
        setattr(rich_utils, name, _(french) if spoken() == FRENCH else english)


def _translate(command: Any) -> None:
    """Say a command's help, and that of what it takes, in the language of now."""
    for told, name in _texts(command):
        marked = f"marked_{name}"
        if not hasattr(told, marked):
            setattr(told, marked, getattr(told, name))
        text = getattr(told, marked)
        setattr(told, name, _(text) if text else text)


def _texts(command: Any) -> Iterator[tuple[Any, str]]:
    yield command, "help"
    yield command, "short_help"
    for given in command.params:
        yield given, "help"
        yield given, "metavar"


def _told(option: Any) -> Any:
    if option is not None:
        option.help = _("Affiche cette aide.")
    return option


__all__ = ["LANGUAGE", "Command", "Group", "typer", "usage_error"]
