"""Answers of a closed question → the same in their natural order, where French has one."""

import re
from dataclasses import dataclass

from verbatims.folding import fold
from verbatims.language import _

# Each scale goes from the least to the most; a level may have several wordings.
_SCALES: tuple[tuple[str, ...], ...] = (
    (
        "non pas du tout | pas du tout",
        "non",
        "plutôt non | non plutôt pas | plutôt pas | pas vraiment | non pas vraiment",
        "ni oui ni non | moyennement | oui et non | mitigé",
        "plutôt oui | oui plutôt | oui un peu | oui en partie | en partie",
        "oui",
        "oui tout à fait | tout à fait | oui totalement | totalement",
    ),
    (
        "pas du tout",
        "très peu | un peu | peu | plutôt pas",
        "moyennement | modérément | ni l'un ni l'autre",
        "assez | plutôt",
        "beaucoup | tout à fait",
        "énormément",
    ),
    (
        "pas du tout d'accord",
        "pas d'accord | plutôt pas d'accord",
        "neutre | ni d'accord ni pas d'accord | ni en désaccord ni d'accord"
        " | ni d'accord ni en désaccord",
        "plutôt d'accord",
        "d'accord",
        "tout à fait d'accord",
    ),
    (
        "jamais",
        "très rarement",
        "rarement",
        "parfois | de temps en temps | quelquefois | occasionnellement",
        "régulièrement",
        "souvent | fréquemment",
        "très souvent | très fréquemment",
        "toujours | systématiquement",
    ),
    (
        "jamais",
        "moins d'une fois par an | exceptionnellement",
        "une fois par an | 1 à 3 fois par an | quelques fois par an | plusieurs fois par an",
        "une fois par mois | 1 à 3 fois par mois | quelques fois par mois"
        " | plusieurs fois par mois",
        "une fois par semaine | 1 à 3 fois par semaine | quelques fois par semaine"
        " | plusieurs fois par semaine",
        "tous les jours | tous les jours ou presque | chaque jour | quotidiennement",
    ),
    (
        "pas du tout satisfait | très insatisfait",
        "insatisfait | peu satisfait | plutôt insatisfait | plutôt pas satisfait",
        "ni satisfait ni insatisfait | neutre | moyennement satisfait",
        "plutôt satisfait | assez satisfait",
        "satisfait",
        "très satisfait | tout à fait satisfait",
    ),
    (
        "très mauvais",
        "mauvais | médiocre | plutôt mauvais",
        "moyen | passable | correct",
        "assez bon | plutôt bon",
        "bon",
        "très bon",
        "excellent",
    ),
    (
        "très mal | pas bien du tout",
        "mal | plutôt mal | pas très bien",
        "moyennement | passable",
        "assez bien | plutôt bien",
        "bien",
        "très bien",
        "excellent",
    ),
    (
        "pas du tout important | pas important | inutile",
        "peu important | plutôt pas important",
        "moyennement important | neutre",
        "assez important | plutôt important",
        "important",
        "très important | prioritaire",
        "essentiel | indispensable | primordial",
    ),
    (
        "nul | aucun | inexistant",
        "très faible",
        "faible | plutôt faible",
        "moyen",
        "plutôt fort | assez fort | plutôt élevé",
        "fort | élevé",
        "très fort | très élevé",
    ),
    ("insuffisant", "plutôt insuffisant", "plutôt suffisant", "suffisant"),
    ("en baisse | moins | détérioré", "stable | pareil | autant | identique", "en hausse | plus"),
)

# Turns of phrase that say how much, when the wording itself is not a known scale.
_INTENSITIES = (
    r"\b(pas du tout|jamais|aucune?|nulle?|ne (sont|est|sera|seront) pas)\b",
    r"\b(peu|rarement|faible(ment)?|plutot (pas|non)|insuffisant\w*)\b",
    r"\b(en cours|en projet|moyen\w*|parfois|de temps en temps)\b",
    r"\b(partiel\w*|plutot|assez|souvent|en partie)\b",
    r"\b(tres|tout a fait|pleine?ment|toujours|total\w*|entierement|beaucoup)\b",
)

_NO_OPINION = re.compile(
    r"n\W?s\W?p\W?p?|(je )?ne (sais?|sait) pas.*|sans (opinion|avis|reponse)|pas d'avis|"
    r"(je )?ne (se|me|souhaite pas) (prononce|repondre).*|.*ne se prononce pas|"
    r"non concernee?|pas concernee?|n\W?a\W?"
)

_RANGE = re.compile(
    r"(?P<before>moins de|- de|plus de|\+ de|de|entre|<=?|>=?|jusqu'a|a partir de)?\s*"
    r"(?P<low>\d[\d ]*)\s*(?P<link>a|-|–|et)?\s*(?P<high>\d[\d ]*)?\s*(?P<unit>\D*)"
)
_NUMBERED = re.compile(r"(\d+)\s*[-–.):=/]\s*(\D.*)", re.DOTALL)


@dataclass(frozen=True)
class Order:
    """The answers in order; `sure` is false when an analyst should look."""

    labels: tuple[str, ...]
    reason: str
    sure: bool


def is_no_opinion(label: str) -> bool:
    """Is it « NSP », « Ne se prononce pas », « Sans opinion », …?"""
    return _NO_OPINION.fullmatch(fold(label).strip(" .()")) is not None


def order(labels: list[str]) -> Order | None:
    """The order of a scale, the answers without opinion last; None where there is none."""
    told = [label for label in labels if not is_no_opinion(label)]
    apart = tuple(label for label in labels if is_no_opinion(label))
    found = _known(told) or _numbered(told) or _ranges(told) or _intensities(told)
    if found is None:
        return None
    return Order(found.labels + apart, found.reason, found.sure)


def by_intensity(labels: list[str]) -> list[str]:
    """From the word that says least to the one that says most, as far as they tell."""
    return sorted(labels, key=lambda label: (_intensity(label) or 0, label))


def _known(labels: list[str]) -> Order | None:
    plain = [_plain(label) for label in labels]
    if len(labels) < 2 or set(plain) <= {_plain("oui"), _plain("non")}:
        return None
    for ranks in _RANKS:
        if all(label in ranks for label in plain):
            known: list[float] = [ranks[label] for label in plain]
            return _sorted(labels, known, _("échelle connue"), sure=True)
    return None


def _plain(label: str) -> str:
    """A wording without punctuation, gender or number: « Satisfait(e)s » as « satisfait »."""
    words = re.findall(r"\w+", re.sub(r"[(·.]e?[)·.]?s?\)?", " ", fold(label)))
    return " ".join(re.sub(r"(?<=\w\w)(es|e|s)$", "", word) for word in words)


_RANKS = tuple(
    {_plain(wording): rank for rank, level in enumerate(scale) for wording in level.split("|")}
    for scale in _SCALES
)


def _numbered(labels: list[str]) -> Order | None:
    """« 1 - Pas du tout », « 2 - … »: the number gives the order, the words the certainty."""
    matches = [_NUMBERED.fullmatch(label) for label in labels]
    if len(labels) < 3 or not all(matches):
        return None
    ranks = [float(match[1]) for match in matches if match]
    words = [match[2] for match in matches if match]
    found = _sorted(labels, ranks, _("réponses numérotées"), sure=False)
    if found is None:
        return None
    known = _known([words[ranks.index(rank)] for rank in sorted(ranks)])
    return Order(found.labels, found.reason, sure=known is not None)


def _ranges(labels: list[str]) -> Order | None:
    """Age brackets, sizes: « Moins de 25 ans », « 25 - 34 ans », « 75 ans et plus »."""
    matches = [_RANGE.fullmatch(fold(label).replace("\u202f", " ")) for label in labels]
    if len(labels) < 3 or not all(matches):
        return None
    if not any(match["high"] for match in matches if match):
        return None
    ranks = [_bracket(match) for match in matches if match]
    return _sorted(labels, ranks, _("tranches de nombres"), sure=True)


def _bracket(match: re.Match[str]) -> float:
    low = float(match["low"].replace(" ", ""))
    if match["before"] in ("moins de", "- de", "<", "<=", "jusqu'a"):
        return low - 0.5
    above = match["before"] in ("plus de", "+ de", ">", ">=") or "plus" in match["unit"]
    return low + 0.5 if above else low


def _intensities(labels: list[str]) -> Order | None:
    ranks = [_intensity(label) for label in labels]
    if len(labels) < 3 or None in ranks:
        return None
    known = [float(rank) for rank in ranks if rank is not None]
    return _sorted(labels, known, _("les mots disent une intensité"), sure=False)


def _intensity(label: str) -> int | None:
    folded = fold(label)
    for rank, pattern in enumerate(_INTENSITIES):
        if re.search(pattern, folded):
            return rank
    return None


def _sorted(labels: list[str], ranks: list[float], reason: str, *, sure: bool) -> Order | None:
    if len(set(ranks)) < len(labels):
        return None
    by_rank = sorted(zip(ranks, labels, strict=True))
    return Order(tuple(label for _rank, label in by_rank), reason, sure)
