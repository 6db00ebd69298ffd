"""The commands on the work to share out: who reads what, how far each has come."""

from typing import TYPE_CHECKING, Annotated

from verbatims.cli.console import StudyFolder, app, say
from verbatims.errors import VerbatimsError, counted
from verbatims.locale import Command, typer

if TYPE_CHECKING:
    from verbatims.study.planning import Draft, Plan, Planning


@app.command("assign", cls=Command)
def assign(  # noqa: PLR0913  (each is an option)
    folder: StudyFolder,
    coders: Annotated[
        list[str] | None,
        typer.Option("--coder", help="Qui code, et sa part en % ; une fois par personne."),
    ] = None,
    twice: Annotated[
        float, typer.Option("--twice", help="Part des réponses codées à deux, en %.")
    ] = 0,
    question: Annotated[str, typer.Option("--question", help="Cette question seulement.")] = "",
    blind: Annotated[
        bool | None,
        typer.Option(
            "--blind/--no-blind",
            help="Chacun ignore ce que l'autre a codé, jusqu'à ce que les deux aient fini.",
            show_default=False,
        ),
    ] = None,
    without_suggestions: Annotated[
        bool, typer.Option("--without-suggestions", help="Cacher aussi ce que l'outil suggère.")
    ] = False,
    only_new: Annotated[
        bool, typer.Option("--only-new", help="Seulement les réponses pas encore réparties.")
    ] = False,
    take_back: Annotated[
        int | None, typer.Option("--retirer", help="Reprendre la répartition de ce numéro.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montrer sans rien enregistrer.")
    ] = False,
    author: Annotated[str, typer.Option("--auteur", help="Qui répartit.")] = "",
) -> None:
    """Répartir les réponses entre les codeurs, une part à deux ; sans --coder, montrer où c'en est.

    Exemple : verbatims assign etudes/essai --coder "Anne=50" --coder "Paul=50" --twice 20
    """
    from verbatims.study import Study
    from verbatims.study.planning import Wish

    study = Study.open(folder)
    planning = study.planning
    if take_back is not None:
        planning.take_back(take_back, author=author)
        say(f"Répartition n° {take_back} reprise. Les décisions déjà prises restent.")
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
        say("Rien n'est enregistré (--dry-run).")
        return
    number = planning.save(draft, author=author, blind=hidden, hides_machine=without_suggestions)
    say(f"Répartition n° {number} enregistrée. Pour la reprendre : --retirer {number}.")


def _shares(coders: list[str]) -> dict[str, float]:
    """Of "Anne=50" and "Paul=50"; "Anne" and "Paul" alone share alike."""
    shares: dict[str, float] = {}
    for written in coders:
        name, _, share = written.rpartition("=") if "=" in written else (written, "", "1")
        name = " ".join(name.split())
        if not name or name in shares:
            raise VerbatimsError(
                f"« {written} » : écrivez un nom et sa part, une fois par personne, par exemple "
                '--coder "Anne=50" --coder "Paul=50".'
            )
        shares[name] = _number(share, of=written)
    return shares


def _number(written: str, *, of: str) -> float:
    try:
        number = float(written.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise VerbatimsError(f"« {of} » : la part est un nombre, par exemple 50.")
    return number


def _part(percent: float) -> float:
    if not 0 <= percent <= 100:
        raise VerbatimsError("La part codée à deux (--twice) va de 0 à 100 %.")
    return percent / 100


def _refuse_unknown(question: str, known: list[str]) -> None:
    if question and question not in known:
        named = ", ".join(f"« {name} »" for name in known)
        raise VerbatimsError(f"Pas de question ouverte « {question} ». Il y a : {named}.")


def _preview(draft: "Draft") -> None:
    say(f"{counted(draft.answers, 'réponse')}, dont {draft.doubles} à coder à deux.")
    for row in draft.coders.to_dict("records"):
        say(
            f"  {row['coder']} : {counted(row['assigned'], 'réponse')} "
            f"({row['alone']} en propre, {row['double']} à deux ; lues avant : {row['read']})"
        )
    if draft.doubles:
        for row in draft.pairs.to_dict("records"):
            say(f"  {row['coder']} et {row['other']} : {row['n']} en commun")
    if draft.known:
        say(
            f"(à savoir) Réponses à deux déjà lues avant : {draft.known}. Ce codage a pu être vu "
            "des autres ; l'accord peut en être flatté."
        )


def _say_rules(*, blind: bool, hides_machine: bool) -> None:
    if blind:
        say("En aveugle : chacun ne voit le codage de l'autre qu'une fois que les deux ont fini.")
    if hides_machine:
        say("Sans suggestions : la mesure homme–machine est nette, la lecture plus lente.")


def _show(planning: "Planning") -> None:
    plans = planning.plans()
    if not plans:
        say('Aucune répartition. Par exemple : --coder "Anne=50" --coder "Paul=50" --twice 20')
    for plan in plans:
        say(f"Répartition n° {plan.number}, {_scope(plan)} : {counted(plan.answers, 'réponse')}.")
        _say_rules(blind=plan.blind, hides_machine=plan.hides_machine)
        for row in plan.coders.to_dict("records"):
            say(f"  {row['coder']} : lu {row['read']} sur {row['assigned']}")
        if plan.doubles:
            say(f"  À deux : {plan.done} sur {plan.doubles} ; second attendu : {plan.begun}")
        if plan.taken:
            say(f"  Passées depuis dans une autre répartition : {plan.taken}")


def _scope(plan: "Plan") -> str:
    asked = plan.wish.question
    return f"question « {asked} »" if asked else "toutes les questions"
