"""The commands on who works in a study: accounts, roles, keys."""

from typing import TYPE_CHECKING, Annotated, Any

from verbatims.cli.console import StudyFolder, app, say
from verbatims.errors import VerbatimsError, counted
from verbatims.locale import Command, Group, typer

if TYPE_CHECKING:
    from verbatims.model import Role
    from verbatims.study import Team

_ROLES = {"responsable": "lead", "codage": "coder", "lecture": "reader"}


class _ListFirst(Group):
    """`verbatims coders ÉTUDE` lists: no need to say so."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["list", *args])


coders = typer.Typer(cls=_ListFirst, help="Les comptes d'une étude : qui code, dans quel rôle.")
app.add_typer(coders, name="coders", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Le nom du codeur.", metavar="NOM")]
RoleName = Annotated[
    str, typer.Option("--role", help="responsable, codage ou lecture.", metavar="RÔLE")
]


@coders.command("list", cls=Command)
def list_coders(folder: StudyFolder) -> None:
    """Dire qui a un compte, dans quel rôle."""
    team = _team(folder)
    accounts = team.coders()
    if accounts.empty:
        say(
            "Aucun compte : l'étude est libre, sur cette machine. Pour en créer un :\n"
            f'  verbatims coders add {folder} "Votre nom" --role responsable'
        )
        return
    said = {role: name for name, role in _ROLES.items()}
    for account in accounts.to_dict("records"):
        email = f" · {account['email']}" if account["email"] else ""
        closed = "" if account["active"] else " · compte fermé"
        say(f"{account['name']} · {said[account['role']]}{email}{closed}")
    say(f"{counted(int(accounts['active'].sum()), 'compte ouvert')}.")


@coders.command("add", cls=Command)
def add(
    folder: StudyFolder,
    name: Name,
    role: RoleName = "codage",
    email: Annotated[
        str, typer.Option(help="Son adresse, s'il se connecte par OIDC.", metavar="ADRESSE")
    ] = "",
) -> None:
    """Créer un compte, ou en rouvrir un ; sa clé n'est dite qu'une fois."""
    _say_key(name, _team(folder).add(name, _role(role), email=email))


@coders.command("role", cls=Command)
def change_role(
    folder: StudyFolder,
    name: Name,
    role: Annotated[str, typer.Argument(help="responsable, codage ou lecture.", metavar="RÔLE")],
) -> None:
    """Changer le rôle d'un codeur."""
    _team(folder).change_role(name, _role(role))
    say(f"« {name} » : {role}.")


@coders.command("key", cls=Command)
def new_key(folder: StudyFolder, name: Name) -> None:
    """Donner une nouvelle clé ; la précédente n'ouvre plus."""
    _say_key(name, _team(folder).new_key(name))


@coders.command("remove", cls=Command)
def remove(folder: StudyFolder, name: Name) -> None:
    """Fermer un compte ; ce que le codeur a décidé est gardé."""
    _team(folder).close(name)
    say(f"Le compte de « {name} » est fermé. Ses décisions sont gardées.")


def _team(folder: StudyFolder) -> "Team":
    from verbatims.study import Study

    return Study.open(folder).team


def _role(name: str) -> "Role":
    from verbatims.model import Role

    if name not in _ROLES:
        raise VerbatimsError(
            f"« {name} » n'est pas un rôle : écrivez responsable, codage ou lecture."
        )
    return Role(_ROLES[name])


def _say_key(name: str, key: str) -> None:
    say(
        f"Clé de « {name} » : {key}\n"
        "Notez-la maintenant : elle ne sera plus affichée. Transmettez-la à lui seul."
    )
