"""Identifier and weight columns → who answers each row, and the frame of respondents."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from verbatims.corpus.cells import decimal
from verbatims.corpus.notes import Notes
from verbatims.errors import named_lines, short
from verbatims.frames import RESPONDENTS
from verbatims.language import _, ngettext
from verbatims.model import Kind, Question, Raw, Source

Objects = npt.NDArray[np.object_]


def identifiers(raw: Raw, questions: Sequence[Question], source: Source, notes: Notes) -> Objects:
    """The respondent of each row, by its identifier or by its rank in the file."""
    header = _header(questions, Kind.ID)
    if header is None:
        notes.warn(
            _(
                "aucune question de genre « id » : les répondants sont numérotés dans l'ordre du "
                "fichier, et une nouvelle version du fichier ne pourra pas leur être raccordée."
            )
        )
        prefix = "e" if source is Source.INTERVIEW else ""
        return _objects([f"{prefix}{rank}" for rank in range(1, len(raw.frame) + 1)])
    ids = raw.frame[header].str.strip()
    empty = np.flatnonzero(ids == "")
    if len(empty):
        lines = named_lines(notes.lines(empty))
        message = _("identifiant vide : {lines}. Complétez-le.", lines=lines)
        notes.error(message, column=header, rows=empty)
    if source is Source.SURVEY:
        _check_unique(ids, header, notes)
    return _objects(ids)


def respondents(
    raw: Raw, questions: Sequence[Question], ids: Objects, source: Source, notes: Notes
) -> pd.DataFrame:
    """One row for each respondent; those of an interview have several rows in the file."""
    header = _header(questions, Kind.WEIGHT)
    weights = np.ones(len(ids)) if header is None else _weights(raw.frame[header], header, notes)
    everyone = pd.DataFrame({"respondent_id": ids, "source": source.value, "weight": weights})
    once = everyone.drop_duplicates("respondent_id").reset_index(drop=True)
    return once if notes.has_errors else RESPONDENTS.check(once)


def _header(questions: Sequence[Question], kind: Kind) -> str | None:
    return next((q.columns[0].header for q in questions if q.kind is kind and q.columns), None)


def _objects(values: Sequence[str] | pd.Series) -> Objects:
    return np.array(values, dtype="object")


def _check_unique(ids: pd.Series, header: str, notes: Notes) -> None:
    repeated = ids[ids.duplicated(keep=False) & (ids != "")]
    groups = repeated.groupby(repeated, sort=False).indices
    positions = np.flatnonzero(ids.duplicated(keep=False) & (ids != ""))
    found = []
    for identifier, places in groups.items():
        rows = positions[places]
        told = _(
            "l'identifiant « {id} » est répété : {lines}. Un seul par répondant.",
            id=short(str(identifier)),
            lines=named_lines(notes.lines(rows)),
        )
        found.append((told, rows))
    notes.errors(found, _other_repeats, column=header)


def _weights(column: pd.Series, header: str, notes: Notes) -> npt.NDArray[np.float64]:
    codes, uniques = pd.factorize(column)
    weights = [decimal(value.strip()) for value in uniques]
    found = []
    for code, weight in enumerate(weights):
        if weight is None or weight <= 0:
            rows = np.flatnonzero(codes == code)
            told = _(
                "poids « {weight} » : un nombre positif est attendu ({lines}).",
                weight=short(uniques[code]),
                lines=named_lines(notes.lines(rows)),
            )
            found.append((told, rows))
    notes.errors(found, _other_weights, column=header)
    return np.array([weight or 0.0 for weight in weights])[codes]


def _other_repeats(n: int) -> str:
    return ngettext("et {n} autre identifiant répété.", "et {n} autres identifiants répétés.", n)


def _other_weights(n: int) -> str:
    return ngettext("et {n} autre valeur refusée.", "et {n} autres valeurs refusées.", n)
