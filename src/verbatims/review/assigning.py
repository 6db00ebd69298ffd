"""Answers and shares → who reads what: drawn by chance, the same on every machine."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import pandas as pd

from verbatims.errors import VerbatimsError
from verbatims.language import _, ngettext
from verbatims.review.sampling import random_order

Readers = Mapping[str, Collection[str]]  # verbatim_id -> who has read it


def assign(
    ids: Collection[str],
    shares: Mapping[str, float],
    *,
    twice: float = 0.0,
    read: Readers | None = None,
) -> pd.DataFrame:
    """verbatim_id, coder: every answer once, and the part `twice` of them by two coders.

    The answers read twice are the first of the random order: a random sample, whatever was read
    before, and those of a smaller part are among those of a larger one. Each coder's share of all
    the readings holds to within one answer, and each pair of coders shares about as many answers
    as the shares allow. An answer goes to whom has `read` it as long as the shares hold.

    Each answer is drawn on its own: keeping those of one respondent together would let the
    impression that one leaves weigh on the next, and break the shares; what is measured on them
    is to be resampled by respondent.
    """
    order, read = random_order(set(ids)), read or {}
    doubles = round(twice * len(order))
    weights = _weights(shares, doubles)
    loads = apportioned(len(order) + doubles, weights, dict.fromkeys(weights, 2 * len(order)))
    _refuse_too_much(loads, len(order), doubles)
    most = {coder: min(load, doubles) for coder, load in loads.items()}
    paired = apportioned(2 * doubles, weights, most)
    alone = {coder: load - paired[coder] for coder, load in loads.items()}
    rows = _by_two(order[:doubles], paired, read) + _by_one(order[doubles:], alone, read)
    return pd.DataFrame(sorted(rows), columns=["verbatim_id", "coder"], dtype=object)


def apportioned(
    total: int, weights: Mapping[str, Fraction], most: Mapping[str, int]
) -> dict[str, int]:
    """A total cut by weights, to within one, the largest remainders first; nobody above `most`."""
    whole = sum(weights.values()) or Fraction(1)
    due = {coder: total * weight / whole for coder, weight in weights.items()}
    full = {coder: most[coder] for coder in due if due[coder] > most[coder]}
    if full:
        others = {coder: weight for coder, weight in weights.items() if coder not in full}
        return full | apportioned(total - sum(full.values()), others, most)
    parts = {coder: int(part) for coder, part in due.items()}
    by_remainder = sorted(due, key=lambda coder: parts[coder] - due[coder])
    for coder in by_remainder[: total - sum(parts.values())]:
        parts[coder] += 1
    return parts


def _weights(shares: Mapping[str, float], doubles: int) -> dict[str, Fraction]:
    """The shares of those who have one, exactly as they are written."""
    weights = {coder: Fraction(str(share)) for coder, share in sorted(shares.items()) if share > 0}
    if not weights:
        raise VerbatimsError(_("Dites qui code : au moins une personne, avec une part."))
    if doubles and len(weights) == 1:
        raise VerbatimsError(
            _(
                "Pour coder des réponses à deux, il faut au moins deux personnes : ajoutez-en une, "
                "ou ramenez à 0 % la part codée deux fois."
            )
        )
    return weights


def _refuse_too_much(loads: Mapping[str, int], answers: int, doubles: int) -> None:
    """Nobody reads the same answer twice."""
    coder = max(loads, key=lambda name: loads[name])
    if loads[coder] > answers:
        largest = int(100 * answers / (answers + doubles))
        raise VerbatimsError(
            _(
                "La part de « {coder} » est trop grande : {readings} pour {answers}, et personne "
                "ne lit deux fois la même. Avec {doubles} à coder à deux, une part va jusqu'à "
                "{largest} %.",
                coder=coder,
                readings=ngettext("{n} lecture", "{n} lectures", loads[coder]),
                answers=ngettext("{n} réponse", "{n} réponses", answers),
                doubles=ngettext("{n} réponse", "{n} réponses", doubles),
                largest=largest,
            )
        )


def _by_two(ids: Sequence[str], due: dict[str, int], read: Readers) -> list[tuple[str, str]]:
    """Two coders for each answer: who read it, then who has most left or shared least so far."""
    left, together = dict(due), Counter[frozenset[str]]()
    rows = []
    for n, name in enumerate(sorted(ids, key=lambda name: name not in read)):
        remaining = len(ids) - n
        pair: list[str] = []
        for _reader in range(2):
            ranks = {
                coder: (
                    left[coder] == remaining,  # or some later answer would lack its second
                    coder in read.get(name, ()),
                    -together[frozenset((*pair, coder))],
                    left[coder],
                )
                for coder in left
                if left[coder] and coder not in pair
            }
            pair.append(max(ranks, key=ranks.__getitem__))
        together[frozenset(pair)] += 1
        for coder in pair:
            left[coder] -= 1
            rows.append((name, coder))
    return rows


def _by_one(ids: Sequence[str], due: dict[str, int], read: Readers) -> list[tuple[str, str]]:
    """One coder for each answer, who read it if possible; all advance at one pace in the order."""
    left, rows, others = dict(due), [], []
    for name in ids:
        readers = [coder for coder in left if left[coder] and coder in read.get(name, ())]
        if readers:
            coder = max(readers, key=left.__getitem__)
            left[coder] -= 1
            rows.append((name, coder))
        else:
            others.append(name)
    turns = sorted(((turn + 0.5) / n, coder) for coder, n in left.items() for turn in range(n))
    return rows + [(name, coder) for name, (_turn, coder) in zip(others, turns, strict=True)]
