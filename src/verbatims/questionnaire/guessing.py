"""Raw columns → a guess for each, with its reason, and a doubt where there is one."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from verbatims.errors import named_lines
from verbatims.folding import fold
from verbatims.language import N_, _, decimal, ngettext
from verbatims.model import Column, Kind, Question, Raw
from verbatims.questionnaire.described import Described, describe
from verbatims.questionnaire.groups import coded_pair, group
from verbatims.questionnaire.kinds import Guess, closed, hints

_IDENTIFIERS = {
    *("id", "uid", "uuid", "identifiant", "num", "numero", "token", "index"),
    *("respondent", "repondant", "respondentid", "responseid", "cle", "enregistrement"),
}
_NUMBERS = ({"n"}, {"no"}, {"nr"})  # « N° » says it, « n réponses » does not
_WEIGHTS = {
    *("poids", "pond", "ponderation", "weight", "weights", "wgt", "wt", "redressement"),
    *("coef", "coefficient"),
}
_TECHNICAL = {
    *("start", "end", "startdate", "enddate", "datestamp", "submitdate", "date", "horodateur"),
    *("horodatage", "timestamp", "ip", "ipaddr", "ipaddress", "seed", "startlanguage", "lastpage"),
    *("refurl", "url", "useragent", "duration", "duree", "interviewtime", "created", "updated"),
    *("latitude", "longitude"),
}
_PERSONAL = {
    "email",
    "mail",
    "courriel",
    "nom",
    "prenom",
    "telephone",
    "tel",
    "portable",
    "adresse",
}
_PROFILE = {
    *("sexe", "genre", "age", "tranche", "structure", "organisation", "organisme", "region"),
    *("departement", "taille", "csp", "pcs", "profession", "metier", "statut", "secteur"),
    *("fonction", "diplome", "profil", "categorie", "territoire", "etes"),
}
_MANY = 10  # values: more than the answers to most closed questions
_UNNAMED = re.compile(r"colonne \d+( \(\d+\))?")  # how importers name an empty header
_PROFILE_ANSWERS = {"feminin", "masculin", "homme", "femme", "une femme", "un homme"}


def guess(raw: Raw) -> list[Guess]:
    """A guess for every column, in the order of the file; columns that go together make one."""
    columns = described = [describe(raw.frame[h], str(h)) for h in raw.frame.columns]
    roles = _roles(columns, raw)
    alone = {*roles, *unnamed(raw)}
    guesses: list[Guess] = []
    while columns:
        first = columns[0]
        if role := roles.get(first.header):
            found = [role(first)]
        else:
            found = coded_pair(columns[:2], raw.frame) or group(columns, alone)
        found = found or [_alone(first)]
        guesses += [_with_profile(one) for one in found]
        columns = columns[sum(len(one.question.columns) for one in found) :]
    return [_without_echo(found, described) for found in guesses]


def unnamed(raw: Raw) -> list[str]:
    """The columns whose header was left empty."""
    return [header for header in raw.frame.columns if _UNNAMED.fullmatch(header)]


def _roles(columns: list[Described], raw: Raw) -> dict[str, Callable[[Described], Guess]]:
    """The headers of the identifier and of the weight, found by looking at all the columns."""
    roles: dict[str, Callable[[Described], Guess]] = {}
    if identifier := _identifier(columns):
        unique = identifier.unique
        roles[identifier.header] = _as_identifier if unique else partial(_as_spoiled, raw=raw)
    if weight := next((c for c in columns if _may_weigh(c)), None):
        roles[weight.header] = _as_weight
    return roles


def _identifier(columns: list[Described]) -> Described | None:
    """The column whose header says it, even spoiled by repeats or blanks; else one of numbers."""
    short = [c for c in columns if c.words <= 2 and not _has_decimals(c)]
    hinted = [c for c in short if _names_identifier(c)]
    spoiled = [c for c in hinted if c.distinct > 1 and 2 * c.filled >= c.rows]
    candidates = (
        *(c for c in hinted if c.unique),
        *(c for c in spoiled if 2 * c.distinct >= c.filled),
        *(c for c in short if c.unique and _has_digits(c) and not _is_scale(c)),
        *(c for c in spoiled if c.distinct > _MANY),
    )
    return next(iter(candidates), None)


def _has_digits(column: Described) -> bool:
    return all(re.search(r"\d", value) for value in column.sample)


def _is_scale(column: Described) -> bool:
    values = [found for value, found in column.numbers.items() if value not in column.special]
    return bool(values) and max(values) <= 10


def _names_identifier(column: Described) -> bool:
    told = hints(column.header)
    return bool(told & _IDENTIFIERS) or told in _NUMBERS


def _has_decimals(column: Described) -> bool:
    return any(not found.is_integer() for found in column.numbers.values())


def _may_weigh(column: Described) -> bool:
    numbers = column.numbers
    if not numbers or len(numbers) < column.distinct or min(numbers.values()) <= 0:
        return False
    if hints(column.header) & _WEIGHTS:
        return True
    return column.filled == column.rows and _has_decimals(column) and abs(_mean(column) - 1) < 0.02


def _mean(column: Described) -> float:
    times = column.counts
    total = sum(found * times[value] for value, found in column.numbers.items())
    return total / sum(times[value] for value in column.numbers)


def _as_identifier(column: Described) -> Guess:
    reason = _("valeurs toutes différentes, jamais vides")
    doubt = "" if _names_identifier(column) else _("l'en-tête ne dit pas que c'est l'identifiant.")
    return _of_kind(Kind.ID, column, reason, doubt)


def _as_spoiled(column: Described, raw: Raw) -> Guess:
    ids = raw.frame[column.header].str.strip()
    faults = {
        N_("valeurs répétées, {lines}"): ids.duplicated(keep=False) & (ids != ""),
        N_("cellules vides, {lines}"): ids == "",
    }
    told = [
        _(fault, lines=named_lines([raw.lines[row] for row in rows.to_numpy().nonzero()[0]]))
        for fault, rows in faults.items()
        if rows.any()
    ]
    doubt = _(
        "{faults}. Corrigez le fichier, mettez kind: ignore si ce n'est pas "
        "l'identifiant, ou source: interview partout si ce sont des entretiens.",
        faults=_(" ; ").join(told),
    )
    return _of_kind(Kind.ID, column, _("identifiant, d'après l'en-tête"), doubt)


def _as_weight(column: Described) -> Guess:
    reason = _("nombres positifs, de moyenne {mean}", mean=decimal(_mean(column), 2))
    doubts = []
    if not hints(column.header) & _WEIGHTS:
        doubts.append(_("l'en-tête ne dit pas que c'est un poids."))
    if not 0.5 <= _mean(column) <= 2:
        doubts.append(_("la moyenne d'un poids est d'ordinaire proche de 1."))
    if column.filled < column.rows:
        blank = column.rows - column.filled
        doubts.append(ngettext("{n} cellule vide.", "{n} cellules vides.", blank))
    return _of_kind(Kind.WEIGHT, column, reason, " ".join(doubts))


def _of_kind(kind: Kind, column: Described, reason: str, doubt: str = "") -> Guess:
    question = Question(id="", kind=kind, columns=(Column(column.header),))
    return Guess(column.header, question, reason, doubt)


def _alone(column: Described) -> Guess:
    if found := _left_aside(column):
        return found
    if found := closed(column):
        return replace(found, question=replace(found.question, columns=(Column(column.header),)))
    return _open(column)


def _left_aside(column: Described) -> Guess | None:
    """What is not a question: empty, technical, personal or constant columns."""
    told = hints(column.header)
    if not column.counts:
        return _of_kind(Kind.IGNORE, column, _("colonne vide"))
    if (
        _names_identifier(column)
        and column.words <= 2
        and not column.unique
        and column.distinct > _MANY
    ):
        doubt = _(
            "des valeurs se répètent ou manquent : identifiant de personnes à plusieurs lignes ?"
        )
        return _of_kind(Kind.IGNORE, column, _("ressemble à un identifiant"), doubt)
    if column.dates:
        return _of_kind(Kind.IGNORE, column, _("dates ou heures"))
    if told & _TECHNICAL:
        reason = _("colonne technique, d'après l'en-tête")
        return _of_kind(Kind.IGNORE, column, reason, _("à garder ?"))
    if told & _PERSONAL or all("@" in value for value in column.sample):
        doubt = _("donnée personnelle ? Elle est laissée de côté.")
        return _of_kind(Kind.IGNORE, column, _("nom, adresse, courriel ou téléphone"), doubt)
    if column.distinct == 1:
        return _of_kind(Kind.IGNORE, column, _told_constant(column), _("utile à l'analyse ?"))
    if column.unique and column.words <= 1 and not column.numbers and column.rows > 5:
        doubt = _("autre identifiant, ou question ouverte d'un mot ?")
        return _of_kind(Kind.IGNORE, column, _("un mot par ligne, toujours différent"), doubt)
    return None


def _told_constant(column: Described) -> str:
    return ngettext(
        "une seule valeur, {n} fois : « {value} »",
        "une seule valeur, {n} fois : « {value} »",
        column.filled,
        value=next(iter(column.counts))[:60],
    )


def _open(column: Described) -> Guess:
    reason = _(
        "textes variés : {distinct} différents sur {filled}, {words} en moyenne",
        distinct=column.distinct,
        filled=column.filled,
        words=ngettext("{n} mot", "{n} mots", round(column.words)),
    )
    doubt = ""
    if column.words < 3:
        doubt = _("réponses très courtes : question ouverte, ou codes ?")
    elif any(column.share_with(sign) > 0.3 for sign in "|;"):
        doubt = _("beaucoup de « ; » ou de « | » : question ouverte, ou choix multiple ?")
    elif column.filled >= 2 * column.distinct:
        doubt = _("les mêmes textes reviennent : le fichier a-t-il bien une ligne par répondant ?")
    return _of_kind(Kind.OPEN, column, reason, doubt)


def _without_echo(found: Guess, columns: list[Described]) -> Guess:
    """Flag an open question whose texts are already those of a column before it."""
    if found.question.kind is not Kind.OPEN:
        return found
    rank = next(n for n, column in enumerate(columns) if column.header == found.name)
    texts = columns[rank].sample
    for column in columns[:rank]:
        if sum(text in column.counts for text in texts) >= 0.8 * len(texts):
            doubt = _("répète « {column} » : à ignorer ?", column=column.header)
            return replace(found, doubt=doubt)
    return found


def _with_profile(found: Guess) -> Guess:
    """Mark the closed questions that describe respondents."""
    question = found.question
    if question.kind not in (Kind.SINGLE, Kind.ORDINAL):
        return found
    answers = {fold(label) for label in question.labels}
    years = sum("ans" in answer.split() for answer in answers)
    if not (hints(found.name) & _PROFILE or answers & _PROFILE_ANSWERS or years >= 2):
        return found
    return replace(
        found,
        question=replace(question, profile=True),
        reason=_("{reason} ; décrit le répondant", reason=found.reason),
    )
