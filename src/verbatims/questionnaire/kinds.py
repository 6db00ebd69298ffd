"""Values of a column → the kind of closed question that they answer, if any."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from verbatims.folding import fold, squeeze
from verbatims.language import _
from verbatims.model import Kind, Question
from verbatims.questionnaire import answer_lists, scales
from verbatims.questionnaire.described import Described, number

_FEW = 30  # answers that an analyst still wants to see listed
_PLACES = {"insee", "postal", "cp", "commune", "departement", "dept", "region", "canton", "iris"}
_RATINGS = {"note", "notez", "notes", "noter", "echelle", "satisfaction", "recommander", "nps"}
_LAST = re.compile(r"(un |une )?autres?\b.*")


@dataclass(frozen=True)
class Guess:
    """A question without its id; `name` is the header, or what several headers share."""

    name: str
    question: Question
    reason: str
    doubt: str = ""


def hints(header: str) -> set[str]:
    """The words of a header, folded; none for a sentence, where any word may occur."""
    words = re.findall(r"[a-z]+|\d+", fold(header))
    return set(words) if len(words) <= 4 else set()


def closed(column: Described) -> Guess | None:
    """A guess for a column that holds the same values again and again; None for the others."""
    for rule in (_listed, _numeric, _scale, _named_ends, _few, _many):
        if found := rule(column):
            return found
    return None


def _guess(column: Described, question: Question, reason: str, doubt: str = "") -> Guess:
    return Guess(column.header, question, reason, doubt)


def _listed(column: Described) -> Guess | None:
    found = answer_lists.find(column)
    if found is None:
        return None
    answers = found.answers
    reason = _(
        "des réponses séparées par {separator} reviennent d'une cellule à l'autre",
        separator=_named(found.separator),
    )
    doubt = ""
    if found.separator not in answer_lists.SURE:
        doubt = _("le séparateur peut aussi se trouver dans une réponse.")
    if all(answer.isdecimal() for answer in answers):
        codes = {answer: answer for answer in answers}
        question = Question(
            "", Kind.MULTI, (), separator=found.separator, labels=tuple(answers), codes=codes
        )
        return _guess(column, question, reason, _("écrivez le libellé de chaque code."))
    question = Question("", Kind.MULTI, (), separator=found.separator, labels=tuple(answers))
    return _guess(column, question, reason, doubt)


def _named(separator: str) -> str:
    if separator in ("\r\n", "\n"):
        return _("un retour à la ligne")
    return _("un retour (CR)") if separator == "\r" else _("« {text} »", text=separator)


def _numeric(column: Described) -> Guess | None:
    numbers = {v: n for v, n in column.numbers.items() if v not in column.special}
    if not numbers:
        return None
    low, high = min(numbers.values()), max(numbers.values())
    apart = (*column.special, *column.no_opinion)
    whole = all(found.is_integer() for found in numbers.values())
    if hints(column.header) & _PLACES or (whole and _are_places(numbers)):
        doubt = _("code de lieu ? Libellés non listés : valeurs prises telles quelles.")
        reason = _("{n} codes numériques", n=len(numbers))
        return _guess(column, Question("", Kind.SINGLE, ()), reason, doubt)
    if not whole or low < -3 or high > 10:
        return _quantity(column, low, high, apart, whole=whole)
    if high > 7:
        return _rating(column, low, apart, numbers)
    return _codes(column, numbers, apart)


def _are_places(numbers: Iterable[str]) -> bool:
    return all(len(written) == 5 for written in numbers)


def _quantity(
    column: Described, low: float, high: float, apart: tuple[str, ...], *, whole: bool
) -> Guess:
    question = Question("", Kind.RATING, (), bounds=(floor(low), ceil(high)), dont_know=apart)
    ends = {"low": f"{low:g}", "high": f"{high:g}"}
    if whole:
        reason = _("nombres entiers de {low} à {high}", **ends)
        doubt = _("quantité, âge, année ? À ignorer ou à découper en bandes.")
    else:
        reason = _("nombres décimaux de {low} à {high}", **ends)
        doubt = _("note, moyenne ou score calculé ? À ignorer si c'est un calcul.")
    return _guess(column, question, _with_apart(reason, apart), doubt)


def _rating(
    column: Described, low: float, apart: tuple[str, ...], numbers: dict[str, float]
) -> Guess:
    bounds = (0 if low == 0 else 1, 10)
    high = f"{max(numbers.values()):g}"
    reason = _("notes entières de {low} à {high}", low=f"{low:g}", high=high)
    told = bool(hints(column.header) & _RATINGS) or len(numbers) >= 9
    doubt = "" if told else _("note de 1 à 10, ou codes de réponses ?")
    question = Question("", Kind.RATING, (), bounds=bounds, dont_know=apart)
    return _guess(column, question, _with_apart(reason, apart), doubt)


def _codes(column: Described, numbers: dict[str, float], apart: tuple[str, ...]) -> Guess:
    """Small whole numbers: the levels of a scale, or the codes of answers."""
    values = sorted(numbers, key=lambda value: numbers[value])
    if set(numbers.values()) == {0, 1}:
        codes = {value: "Oui" if numbers[value] else "Non" for value in values}
    else:
        codes = {value: value for value in values}
    kind = Kind.ORDINAL if len(values) > 2 else Kind.SINGLE
    codes |= {value: value for value in column.no_opinion}
    question = Question(
        "",
        kind,
        (),
        labels=tuple(dict.fromkeys(codes.values())),
        codes=codes,
        missing=column.special,
    )
    reason = _(
        "{n} nombres entiers de {low} à {high}", n=len(values), low=values[0], high=values[-1]
    )
    doubt = _("écrivez les libellés.")
    if kind is Kind.ORDINAL:
        doubt = _("échelle ou codes sans ordre ? écrivez les libellés.")
    return _guess(column, question, _with_apart(reason, apart), doubt)


def _with_apart(reason: str, apart: tuple[str, ...]) -> str:
    if not apart:
        return reason
    named = ", ".join(_("« {text} »", text=value) for value in apart)
    return _(
        "{reason}, et à part {values} (sans réponse ou « ne sait pas »)",
        reason=reason,
        values=named,
    )


def _scale(column: Described) -> Guess | None:
    labels = _labels(column)
    found = scales.order(labels) if len(labels) <= _FEW / 2 else None
    if found is None:
        return None
    doubt = "" if found.sure else _("vérifiez l'ordre des réponses, ou mettez kind: single.")
    if column.no_opinion and found.sure:
        doubt = _("la réponse sans opinion est en dernier : mettez-la dans missing si besoin.")
    question = Question("", Kind.ORDINAL, (), labels=found.labels)
    reason = _("{n} réponses ordonnées ({reason})", n=len(labels), reason=found.reason)
    return _guess(column, question, reason, doubt)


def _labels(column: Described) -> list[str]:
    return list(dict.fromkeys(squeeze(value) for value in column.sample))


def _named_ends(column: Described) -> Guess | None:
    """« Débutant », 2, 3, 4, 5, « Expert »: a scale of which only the ends have words."""
    labels = _labels(column)
    middle = sorted(int(label) for label in labels if label.isdecimal())
    words = [label for label in labels if not label.isdecimal() and not number(label)]
    if len(middle) < 2 or len(labels) != len(middle) + len(words) or not 1 <= len(words) <= 2:
        return None
    if middle != list(range(middle[0], middle[0] + len(middle))) or middle[-1] > 10:
        return None
    ends = scales.by_intensity(words)
    in_order = (*ends[:1], *map(str, middle), *ends[1:])
    reason = _("échelle de {n} niveaux dont seuls les bouts ont des mots", n=len(labels))
    doubt = _("vérifiez l'ordre : quel mot est en bas de l'échelle ?")
    return _guess(column, Question("", Kind.ORDINAL, (), labels=in_order), reason, doubt)


def _few(column: Described) -> Guess | None:
    labels = sorted(
        _labels(column), key=lambda label: (_rank(label), -column.counts.get(label, 0), label)
    )
    if len(labels) > _FEW or column.filled < 2 * len(labels) or column.words > 15:
        return None
    if column.once > len(labels) / 2 and len(labels) > 5:
        return None  # a few stock answers among free ones
    question = Question("", Kind.SINGLE, (), labels=tuple(labels))
    doubt = _("réponses rares : question ouverte ?") if column.once > len(labels) / 3 else ""
    coded = sum(label[0].isdigit() for label in labels if " " not in label)
    if 0 < coded < len(labels):
        doubt = _("des codes sont mêlés à des mots.")
    reason = _("{n} réponses différentes seulement", n=len(labels))
    return _guess(column, question, reason, doubt)


def _rank(label: str) -> int:
    if scales.is_no_opinion(label):
        return 2
    return 1 if _LAST.fullmatch(fold(label)) else 0


def _many(column: Described) -> Guess | None:
    if column.filled < 3 * column.distinct or column.words > 6:
        return None
    reason = _("{n} réponses différentes, qui se répètent", n=column.distinct)
    doubt = _("trop de réponses pour les lister : valeurs prises telles quelles.")
    return _guess(column, Question("", Kind.SINGLE, ()), reason, doubt)
