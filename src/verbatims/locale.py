"""Typer, speaking French: its titles, its help option and its usage errors."""

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

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


def speak_french() -> None:
    """Put Typer's titles in French, for every help page of this process."""
    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    rich_utils.DEFAULT_STRING = "[par défaut : {}]"


def usage_error(error: Exception) -> str:
    """What Typer says of a wrong call, in French."""
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    for english, french in _WORDS.items():
        message = message.replace(english, french)
    return message


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = "Affiche cette aide."
    return option


class Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        return _in_french(super().get_help_option(ctx))


class Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> Any:
        return _in_french(super().get_help_option(ctx))


__all__ = ["Command", "Group", "speak_french", "typer", "usage_error"]
