"""weighting.yaml → Weighting, or every fault of the file at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yaml import Node

from verbatims.errors import StudyError
from verbatims.language import N_, _
from verbatims.marked_yaml import Fields, Reader, meant
from verbatims.model import Kind, Question, Questionnaire, Source

_KEYS = ("population", "trim", "margins")
_KINDS = (Kind.SINGLE, Kind.ORDINAL)  # whose answers share everyone out

_OTHER_KIND = N_(
    "« {question} » ne peut pas servir de marge : il faut une question de l'enquête à réponse "
    "unique (single ou ordinal)."
)


@dataclass(frozen=True)
class Margin:
    """What is known of the answers to one question in the population: counts, or percentages."""

    question: str
    targets: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weighting:
    """What is known of those that the respondents come from.

    `population` is how many they are, None when nobody knows; `trim`, between which a weight is
    held, as parts of the mean weight.
    """

    population: int | None = None
    margins: tuple[Margin, ...] = ()
    trim: tuple[float, float] | None = None


def load(path: Path, questionnaire: Questionnaire) -> Weighting:
    """Read the file; StudyError carries all the problems, each with its line."""
    reader = Reader(path, _("Redressement"), StudyError)
    root = reader.root(_KEYS, what=_("le redressement"))
    found = Weighting(
        population=_population(root),
        margins=tuple(_margins(root, questionnaire)),
        trim=_trim(root),
    )
    reader.check()
    return found


def marginable(questionnaire: Questionnaire) -> list[Question]:
    """The questions that can be margins."""
    return [one for one in questionnaire.closed if _can_be(one)]


def _can_be(question: Question) -> bool:
    return question.kind in _KINDS and question.source is Source.SURVEY


def _population(root: Fields) -> int | None:
    node = root.given("population")
    if node is None:
        return None
    size = root.reader.number(node, what=_("« {text} »", text="population"))
    if size is not None and (size < 1 or not size.is_integer()):
        root.note(_("« population » : un nombre entier de personnes est attendu."), "population")
        return None
    return None if size is None else int(size)


def _trim(root: Fields) -> tuple[float, float] | None:
    found = root.interval("trim")
    if found is not None and not 0 <= found[0] < 1 < found[1]:
        told = _("« trim » : 1 est le poids moyen ; écrivez par exemple [0.3, 3].")
        root.note(told, "trim")
    return found


def _margins(root: Fields, questionnaire: Questionnaire) -> Iterator[Margin]:
    known = {question.id: question for question in questionnaire}
    possible = [question.id for question in marginable(questionnaire)]
    for name, node in root.pairs("margins"):
        question = known.get(name)
        if question is None:
            near = meant(name, possible)
            told = _("question inconnue « {question} » ; {near}", question=name, near=near)
            root.reader.note(node, told)
        elif not _can_be(question):
            root.reader.note(node, _(_OTHER_KIND, question=name))
        else:
            yield Margin(name, tuple(_targets(root.reader, question, node)))


def _targets(reader: Reader, question: Question, node: Node) -> Iterator[tuple[str, float]]:
    what = _("« {text} »", text=question.id)
    written = reader.pairs(node, what=what)
    for answer, value in written:
        if question.labels and answer not in question.labels:
            near = meant(answer, question.labels)
            told = _(
                "{what} : réponse inconnue « {answer} » ; {near}",
                what=what,
                answer=answer,
                near=near,
            )
            reader.note(value, told)
        target = reader.number(value, what=_("« {text} »", text=answer))
        if target is not None and target < 0:
            reader.note(value, _("{what} : un effectif ne peut pas être négatif.", what=what))
        yield answer, target or 0.0
    _check_whole(reader, question, node, [answer for answer, _value in written])


def _check_whole(reader: Reader, question: Question, node: Node, answers: list[str]) -> None:
    left = [label for label in question.labels if label not in answers]
    if left:
        told = _(
            "« {question} » : il manque {answers} ; écrivez 0 pour une réponse absente de la "
            "population.",
            question=question.id,
            answers=", ".join(_("« {text} »", text=label) for label in left),
        )
        reader.note(node, told)
    elif len(answers) < 2:
        told = _("« {question} » : deux réponses au moins sont attendues.", question=question.id)
        reader.note(node, told)
