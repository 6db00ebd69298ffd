"""The commands on who works in a study: accounts, roles, keys."""

from typing import TYPE_CHECKING, Annotated, Any

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, Group, typer
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _, ngettext

if TYPE_CHECKING:
    from verbatims.model import Role
    from verbatims.study import Team

_ROLES = {"responsable": "lead", "codage": "coder", "lecture": "reader"}


class _ListFirst(Group):
    """`verbatims coders ÉTUDE` lists: no need to say so."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["list", *args])


coders = typer.Typer(cls=_ListFirst, help=N_("Les comptes d'une étude : qui code, dans quel rôle."))
app.add_typer(coders, name="coders", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help=N_("Le nom du codeur."), metavar=N_("NOM"))]
RoleName = Annotated[
    str, typer.Option("--role", help=N_("responsable, codage ou lecture."), metavar=N_("RÔLE"))
]


@coders.command(
    "list",
    cls=Command,
    help=N_("Dire qui a un compte, dans quel rôle."),
)
def list_coders(folder: StudyFolder) -> None:
    team = _team(folder)
    accounts = team.coders()
    if accounts.empty:
        say(
            _(
                "Aucun compte : l'étude est libre, sur cette machine. Pour en créer un :\n"
                '  verbatims coders add {folder} "Votre nom" --role responsable',
                folder=folder,
            )
        )
        return
    said = {role: name for name, role in _ROLES.items()}
    for account in accounts.to_dict("records"):
        email = f" · {account['email']}" if account["email"] else ""
        closed = "" if account["active"] else _(" · compte fermé")
        say(f"{account['name']} · {said[account['role']]}{email}{closed}")
    n = int(accounts["active"].sum())
    say(ngettext("{n} compte ouvert.", "{n} comptes ouverts.", n))


@coders.command(
    "add",
    cls=Command,
    help=N_("Créer un compte, ou en rouvrir un ; sa clé n'est dite qu'une fois."),
)
def add(
    folder: StudyFolder,
    name: Name,
    role: RoleName = "codage",
    email: Annotated[
        str, typer.Option(help=N_("Son adresse, s'il se connecte par OIDC."), metavar=N_("ADRESSE"))
    ] = "",
) -> None:
    _say_key(name, _team(folder).add(name, _role(role), email=email))


@coders.command(
    "role",
    cls=Command,
    help=N_("Changer le rôle d'un codeur."),
)
def change_role(
    folder: StudyFolder,
    name: Name,
    role: Annotated[
        str, typer.Argument(help=N_("responsable, codage ou lecture."), metavar=N_("RÔLE"))
    ],
) -> None:
    _team(folder).change_role(name, _role(role))
    say(_("« {name} » : {role}.", name=name, role=role))


@coders.command(
    "key",
    cls=Command,
    help=N_("Donner une nouvelle clé ; la précédente n'ouvre plus."),
)
def new_key(folder: StudyFolder, name: Name) -> None:
    _say_key(name, _team(folder).new_key(name))


@coders.command(
    "remove",
    cls=Command,
    help=N_("Fermer un compte ; ce que le codeur a décidé est gardé."),
)
def remove(folder: StudyFolder, name: Name) -> None:
    _team(folder).close(name)
    say(_("Le compte de « {name} » est fermé. Ses décisions sont gardées.", name=name))


def _team(folder: StudyFolder) -> "Team":
    from verbatims.study import Study

    return Study.open(folder).team


def _role(name: str) -> "Role":
    from verbatims.model import Role

    if name not in _ROLES:
        raise VerbatimsError(
            _("« {name} » n'est pas un rôle : écrivez responsable, codage ou lecture.", name=name)
        )
    return Role(_ROLES[name])


def _say_key(name: str, key: str) -> None:
    say(
        _(
            "Clé de « {name} » : {key}\n"
            "Notez-la maintenant : elle ne sera plus affichée. Transmettez-la à lui seul.",
            name=name,
            key=key,
        )
    )
