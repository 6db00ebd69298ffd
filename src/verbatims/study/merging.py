"""What coders did in a copy of a study comes into it; merging twice changes nothing more."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from verbatims import codebook, export, review
from verbatims.errors import StudyError
from verbatims.frames import ABSENT, ORDER, PRESENT, REMOVED, SENTENCE, WITHDRAWN
from verbatims.language import N_, _, ngettext
from verbatims.model import Codebook, Gesture
from verbatims.study import Study
from verbatims.study.interleaving import interleaved, not_in
from verbatims.study.settling import (
    OURS,
    THEIRS,
    Settled,
    in_words,
    readings_on,
    restated,
    settle,
)

Work = Mapping[str, pd.DataFrame]  # by table, as Store.work gives it

# What makes a line of each log the same in both studies.
_SAME = {
    "gestures": ["uid"],
    "decisions": ["gesture", "verbatim_id", "coder", "theme"],
    # with the date: two imports that change a text are two, and the later ends what came before
    "adjudications": ["gesture", "verbatim_id", "theme", "made_at"],
    "memos": ["verbatim_id", "coder", "text", "made_at"],
    "flags": ["verbatim_id", "coder", "raised", "made_at"],
    "findings": ["uid", "part", "value", "made_at"],
}
_VALUES = {
    PRESENT: N_("présent"),
    ABSENT: N_("absent"),
    WITHDRAWN: N_("texte changé : à arbitrer de nouveau"),
}


_PARTS = {
    SENTENCE: N_("à retenir : phrase"),
    REMOVED: N_("à retenir : gardé ou retiré"),
    ORDER: N_("à retenir : ordre"),
}


@dataclass(frozen=True)
class Conflict:
    """Something that two studies say differently; `kept` is OURS or THEIRS, "" for neither."""

    what: str
    verbatim_id: str = ""
    coder: str = ""
    theme: str = ""
    ours: str = ""
    theirs: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Merged:
    """What a merge makes of each log and adds to other tables, and what it could not reconcile."""

    joined: dict[str, pd.DataFrame]
    conflicts: tuple[Conflict, ...]

    def brought(self, table: str) -> int:
        lines = self.joined[table]
        return int(lines["number"].isna().sum()) if "number" in lines else len(lines)


def merge(into: Study, other: Study) -> Merged:
    """Bring into a study what coders did in another on the same texts; the other is not touched."""
    if into.store.database.name == other.store.database.name:
        raise StudyError(_("C'est deux fois la même étude : il n'y a rien à fusionner."))
    ours, theirs = into.store.work(), other.store.work()
    texts = [_texts(study) for study in (into, other)]
    if not texts[0].keys() & texts[1].keys():
        raise StudyError(
            _(
                "Les deux études n'ont aucun verbatim en commun : ce sont d'autres enquêtes, ou "
                "les identifiants des répondants ont changé. Rien n'a été fusionné."
            )
        )
    merged = join(ours, theirs, texts, into.codebook)
    into.store.join_work(merged.joined, seen=ours)
    return merged


def _texts(study: Study) -> dict[str, str]:
    verbatims = study.store.verbatims()
    return dict(zip(verbatims["verbatim_id"], verbatims["text"], strict=True))


def write(conflicts: Iterable[Conflict], path: Path, *, ours: str, theirs: str) -> None:
    """The conflicts as a CSV, where the two studies go by these names."""
    names = {OURS: ours, THEIRS: theirs, "": ""}
    header = ["cas", "verbatim", "codeur", "thème", f"dans {ours}", f"dans {theirs}", "retenu"]
    rows = [
        [told.what, told.verbatim_id, told.coder, told.theme, told.ours, told.theirs]
        + [names[told.kept]]
        for told in conflicts
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    export.write_rows(path, header, rows, export.FRENCH)


def join(ours: Work, theirs: Work, texts: Sequence[Mapping[str, str]], book: Codebook) -> Merged:
    """Two studies' work as one, in order of time; of two readings by a coder, the later stands.

    `texts` are those of ours, then theirs, by verbatim.
    """
    same = {name for name, text in texts[1].items() if texts[0].get(name) == text}
    left = _left_out(theirs, same, texts[0])
    theirs = _bearing_on(same, theirs)
    joined = {name: interleaved(ours[name], theirs[name], key) for name, key in _SAME.items()}
    joined["spans"] = not_in(ours["spans"], theirs["spans"], list(theirs["spans"].columns))
    joined["codebooks"] = not_in(ours["codebooks"], theirs["codebooks"], ["hash"])
    joined["picks"] = _picks(ours["picks"], theirs["picks"])
    settled = settle(ours["decisions"], theirs["decisions"])
    unknown = _unknown(joined["decisions"], book)
    _restate(joined, settled, {OURS: ours["spans"], THEIRS: theirs["spans"]})
    told = [
        *_readings(settled, book),
        *_last_words(_("mémo"), "memos", ["verbatim_id", "coder"], (ours, theirs, joined)),
        *_last_words(
            _("arbitrage"), "adjudications", ["verbatim_id", "theme"], (ours, theirs, joined)
        ),
        *_notes(ours["picks"], theirs["picks"]),
        *_findings((ours, theirs, joined)),
    ]
    return Merged(joined, (*told, *unknown, *left))


def _bearing_on(same: set[str], work: Work) -> dict[str, pd.DataFrame]:
    """The part of the work that bears on some verbatims."""
    kept = {
        name: rows[rows["verbatim_id"].isin(same)] if "verbatim_id" in rows else rows
        for name, rows in work.items()
    }
    gestures, made = work["gestures"], set(kept["decisions"]["gesture"])
    own = gestures["uid"].isin(made) | gestures["verbatim_id"].isin(same)
    return {**kept, "gestures": gestures[own]}


def _picks(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Their quotes come after ours."""
    new = not_in(ours, theirs.sort_values("rank"), ["verbatim_id"])
    first = int(ours["rank"].max()) + 1 if len(ours) else 0
    return new.assign(rank=range(first, first + len(new)))


def _restate(
    joined: dict[str, pd.DataFrame], settled: list[Settled], spans: Mapping[str, pd.DataFrame]
) -> None:
    """Add the gestures that it takes for each reading to be the later one."""
    have = readings_on(joined["decisions"], [(own.coder, own.verbatim_id) for own in settled])
    made = [
        restated(own, have.get((own.coder, own.verbatim_id), {}), spans[own.side])
        for own in settled
    ]
    for gesture in filter(None, made):
        for name, rows in _lines(gesture).items():
            joined[name] = pd.concat([joined[name], pd.DataFrame(rows)], ignore_index=True)


def _lines(gesture: Gesture) -> dict[str, list[dict[str, object]]]:
    """A gesture as lines of the tables; none is written to a table that it says nothing to."""
    at: dict[str, object] = {"number": None, "made_at": gesture.made_at}
    who = {"coder": gesture.coder, "verbatim_id": gesture.verbatim_id}
    about = {"gesture": gesture.uid, "codebook": gesture.codebook, "queue": gesture.queue}
    lines: dict[str, list[dict[str, object]]] = {
        "gestures": [{**at, "uid": gesture.uid, **who}],
        "decisions": [{**at, **about, **row} for row in gesture.rows],
        "spans": [{"gesture": gesture.uid, **span} for span in gesture.spans],
    }
    return {name: rows for name, rows in lines.items() if rows}


# -- what the two say differently ------------------------------------------------------------


def _readings(settled: list[Settled], book: Codebook) -> list[Conflict]:
    said = [(own, in_words(own.ours, book), in_words(own.theirs, book)) for own in settled]
    return [
        Conflict(_("lecture"), own.verbatim_id, own.coder, "", ours, theirs, own.side)
        for own, ours, theirs in said
        if own.contested and ours != theirs
    ]


def _last_words(
    what: str, table: str, key: list[str], works: tuple[Work, Work, Work]
) -> list[Conflict]:
    """Where each study has a new line on the same thing and their last ones differ."""
    return [
        Conflict(what, **dict(zip(key, names, strict=True)), ours=ours, theirs=theirs, kept=kept)
        for names, ours, theirs, kept in _differing(table, key, works)
    ]


def _differing(
    table: str, key: list[str], works: tuple[Work, Work, Work]
) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    """What both changed: its name, their last words, and whose stands."""
    ours, theirs, joined = (work[table] for work in works)
    new = [not_in(theirs, ours, _SAME[table]), not_in(ours, theirs, _SAME[table])]
    both = set.intersection(*(set(rows[key].itertuples(index=False, name=None)) for rows in new))
    last = [_last(log, key) for log in (ours, theirs, joined)]
    for names in sorted(both):
        said = [words.get(names, "") for words in last]
        if said[0] != said[1]:
            yield names, said[0], said[1], OURS if said[2] == said[0] else THEIRS


def _last(log: pd.DataFrame, key: list[str]) -> dict[tuple[str, ...], str]:
    """The last text or value of each thing."""
    if "gesture" in log:
        log = log[~log["gesture"].isin(review.ended(log["gesture"]))]
    column = "text" if "text" in log else "value"
    last = log.drop_duplicates(key, keep="last")
    names = last[key].itertuples(index=False, name=None)
    said = (_(_VALUES[value]) if value in _VALUES else value for value in last[column])
    return dict(zip(names, said, strict=True))


def _findings(works: tuple[Work, Work, Work]) -> list[Conflict]:
    """What both say otherwise of the same thing kept; what it shows is made again anyway."""
    return [
        Conflict(_(_PARTS[part]), ours=_kept(part, ours), theirs=_kept(part, theirs), kept=side)
        for (_uid, part), ours, theirs, side in _differing("findings", ["uid", "part"], works)
        if part in _PARTS
    ]


def _kept(part: str, value: str) -> str:
    if part == REMOVED:
        return _("retiré") if value else _("gardé")
    if part == ORDER:
        return ngettext("{n} élément rangé", "{n} éléments rangés", len(json.loads(value)))
    return value or _("phrase proposée")


def _notes(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Conflict]:
    both = ours.merge(theirs, on="verbatim_id", suffixes=("_ours", "_theirs"))
    differ = both[both["note_ours"] != both["note_theirs"]]
    return [
        Conflict(
            _("note de citation"),
            row["verbatim_id"],
            "",
            "",
            row["note_ours"],
            row["note_theirs"],
            OURS,
        )
        for row in differ.to_dict("records")
    ]


def _unknown(decisions: pd.DataFrame, book: Codebook) -> list[Conflict]:
    """The themes brought that the codebook neither has nor replaces; their decisions are kept."""
    known = {theme.id for theme in book.themes} | set(codebook.replacements(book)) | {""}
    new = decisions[decisions["number"].isna() & ~decisions["theme"].isin(known)]
    held = new.groupby("theme")["verbatim_id"].nunique()
    return [
        Conflict(
            _("thème inconnu de la grille : ajoutez-le"),
            theme=str(theme),
            theirs=ngettext("{n} verbatim", "{n} verbatims", n),
        )
        for theme, n in held.items()
    ]


def _left_out(theirs: Work, same: set[str], our_texts: Mapping[str, str]) -> list[Conflict]:
    """The verbatims that they worked on, and whose text is not the same here."""
    tables = ("decisions", "memos", "flags", "adjudications", "picks")
    worked_on = set().union(*(theirs[name]["verbatim_id"] for name in tables))
    return [
        Conflict(_("texte différent : rien n'est repris"), name)
        if name in our_texts
        else Conflict(_("verbatim absent : rien n'est repris"), name)
        for name in sorted(worked_on - same)
    ]
