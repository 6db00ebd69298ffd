"""The commands on the work to share out: who reads what, how far each has come."""

from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.cli.usage import Command, typer
from verbatims.errors import VerbatimsError
from verbatims.language import N_, _, ngettext

if TYPE_CHECKING:
    from verbatims.study.planning import Draft, Plan, Planning


@app.command(
    "assign",
    cls=Command,
    help=N_(
        "Répartir les réponses entre les codeurs, une part à deux ; sans --coder, montrer "
        "où c'en est."
        '\n\nExemple : verbatims assign etudes/essai --coder "Anne=50" --coder "Paul=50" '
        "--twice 20"
    ),
)
def assign(  # noqa: PLR0913  (each is an option)
    folder: StudyFolder,
    coders: Annotated[
        list[str] | None,
        typer.Option("--coder", help=N_("Qui code, et sa part en % ; une fois par personne.")),
    ] = None,
    twice: Annotated[
        float, typer.Option("--twice", help=N_("Part des réponses codées à deux, en %."))
    ] = 0,
    question: Annotated[str, typer.Option("--question", help=N_("Cette question seulement."))] = "",
    blind: Annotated[
        bool | None,
        typer.Option(
            "--blind/--no-blind",
            help=N_("Chacun ignore ce que l'autre a codé, jusqu'à ce que les deux aient fini."),
            show_default=False,
        ),
    ] = None,
    without_suggestions: Annotated[
        bool, typer.Option("--without-suggestions", help=N_("Cacher aussi ce que l'outil suggère."))
    ] = False,
    only_new: Annotated[
        bool, typer.Option("--only-new", help=N_("Seulement les réponses pas encore réparties."))
    ] = False,
    take_back: Annotated[
        int | None, typer.Option("--retirer", help=N_("Reprendre la répartition de ce numéro."))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Montrer sans rien enregistrer."))
    ] = False,
    author: Annotated[str, typer.Option("--auteur", help=N_("Qui répartit."))] = "",
) -> None:
    from verbatims.study import Study
    from verbatims.study.planning import Wish

    study = Study.open(folder)
    planning = study.planning
    if take_back is not None:
        planning.take_back(take_back, author=author)
        say(
            _(
                "Répartition n° {take_back} reprise. Les décisions déjà prises restent.",
                take_back=take_back,
            )
        )
        return
    if not coders:
        _show(planning)
        return
    _refuse_unknown(question, [asked.id for asked in study.questionnaire.open])
    draft = planning.draft(Wish(_shares(coders), _part(twice), question, only_new))
    _preview(draft)
    hidden = draft.doubles > 0 if blind is None else blind
    _say_rules(blind=hidden, hides_machine=without_suggestions)
    if dry_run:
        say(_("Rien n'est enregistré (--dry-run)."))
        return
    number = planning.save(draft, author=author, blind=hidden, hides_machine=without_suggestions)
    say(
        _(
            "Répartition n° {number} enregistrée. Pour la reprendre : --retirer {number}.",
            number=number,
        )
    )


def _shares(coders: list[str]) -> dict[str, float]:
    """Of "Anne=50" and "Paul=50"; "Anne" and "Paul" alone share alike."""
    shares: dict[str, float] = {}
    for written in coders:
        name, _equals, share = written.rpartition("=") if "=" in written else (written, "", "1")
        name = " ".join(name.split())
        if not name or name in shares:
            raise VerbatimsError(
                _(
                    "« {written} » : écrivez un nom et sa part, une fois par personne, par "
                    'exemple --coder "Anne=50" --coder "Paul=50".',
                    written=written,
                )
            )
        shares[name] = _number(share, of=written)
    return shares


def _number(written: str, *, of: str) -> float:
    try:
        number = float(written.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise VerbatimsError(_("« {of} » : la part est un nombre, par exemple 50.", of=of))
    return number


def _part(percent: float) -> float:
    if not 0 <= percent <= 100:
        raise VerbatimsError(_("La part codée à deux (--twice) va de 0 à 100 %."))
    return percent / 100


def _refuse_unknown(question: str, known: list[str]) -> None:
    if question and question not in known:
        named = ", ".join(_("« {text} »", text=name) for name in known)
        raise VerbatimsError(
            _(
                "Pas de question ouverte « {question} ». Il y a : {named}.",
                question=question,
                named=named,
            )
        )


def _preview(draft: "Draft") -> None:
    say(
        _(
            "{answers}, dont {doubles} à coder à deux.",
            answers=ngettext("{n} réponse", "{n} réponses", draft.answers),
            doubles=draft.doubles,
        )
    )
    for row in draft.coders.to_dict("records"):
        say(
            _(
                "  {coder} : {answers} ({alone} en propre, {double} à deux ; lues avant : {read})",
                coder=row["coder"],
                answers=ngettext("{n} réponse", "{n} réponses", row["assigned"]),
                alone=row["alone"],
                double=row["double"],
                read=row["read"],
            )
        )
    if draft.doubles:
        for row in draft.pairs.to_dict("records"):
            say(
                _(
                    "  {coder} et {other} : {n} en commun",
                    coder=row["coder"],
                    other=row["other"],
                    n=row["n"],
                )
            )
    if draft.known:
        say(
            _(
                "(à savoir) Réponses à deux déjà lues avant : {known}. Ce codage a pu être vu "
                "des autres ; l'accord peut en être flatté.",
                known=draft.known,
            )
        )


def _say_rules(*, blind: bool, hides_machine: bool) -> None:
    if blind:
        say(
            _("En aveugle : chacun ne voit le codage de l'autre qu'une fois que les deux ont fini.")
        )
    if hides_machine:
        say(_("Sans suggestions : la mesure homme–machine est nette, la lecture plus lente."))


def _show(planning: "Planning") -> None:
    plans = planning.plans()
    if not plans:
        say(_('Aucune répartition. Par exemple : --coder "Anne=50" --coder "Paul=50" --twice 20'))
    for plan in plans:
        say(
            _(
                "Répartition n° {number}, {scope} : {answers}.",
                number=plan.number,
                scope=_scope(plan),
                answers=ngettext("{n} réponse", "{n} réponses", plan.answers),
            )
        )
        _say_rules(blind=plan.blind, hides_machine=plan.hides_machine)
        for row in plan.coders.to_dict("records"):
            say(
                _(
                    "  {coder} : lu {read} sur {assigned}",
                    coder=row["coder"],
                    read=row["read"],
                    assigned=row["assigned"],
                )
            )
        if plan.doubles:
            say(
                _(
                    "  À deux : {done} sur {doubles} ; second attendu : {begun}",
                    done=plan.done,
                    doubles=plan.doubles,
                    begun=plan.begun,
                )
            )
        if plan.taken:
            say(_("  Passées depuis dans une autre répartition : {taken}", taken=plan.taken))


def _scope(plan: "Plan") -> str:
    asked = plan.wish.question
    return _("question « {asked} »", asked=asked) if asked else _("toutes les questions")
