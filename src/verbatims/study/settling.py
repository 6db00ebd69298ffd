"""Two readings of a verbatim by the same coder, in two studies: the later stands, whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pandas as pd

from verbatims import review
from verbatims.frames import PRESENT, READ, TEXT_CHANGED, WITHDRAWN
from verbatims.language import _
from verbatims.model import Codebook, Gesture
from verbatims.study.interleaving import not_in, times

OURS, THEIRS = "ours", "theirs"

Pair = tuple[str, str]  # coder, verbatim
Reading = Mapping[str, Mapping[str, Any]]  # the decision that stands, by theme

_PAIR = ["coder", "verbatim_id"]
_ACT = [*_PAIR, "gesture", "made_at"]


@dataclass(frozen=True)
class Settled:
    """Whose word is the later on a verbatim where a coder did something new, and what both say.

    `contested` when the coder did something in each study that the other does not have.
    """

    coder: str
    verbatim_id: str
    side: str
    made_at: str
    contested: bool
    ours: Reading
    theirs: Reading

    @property
    def wanted(self) -> Reading:
        return self.ours if self.side == OURS else self.theirs


def settle(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Settled]:
    """By coder and verbatim where they did something that we do not have; from decisions."""
    our_last, their_last = _last(ours, theirs), _last(theirs, ours)
    readings = [readings_on(decisions, their_last) for decisions in (ours, theirs)]
    settled = []
    for pair, (time, made_at) in their_last.items():
        our_time, our_made_at = our_last.get(pair, (time - 1, ""))
        said = [own.get(pair, {}) for own in readings]
        word = (OURS, our_made_at) if our_time >= time else (THEIRS, made_at)
        settled.append(Settled(*pair, *word, pair in our_last, *said))
    return settled


def readings_on(decisions: pd.DataFrame, pairs: Iterable[Pair]) -> dict[Pair, Reading]:
    """What stands on some verbatims; the decisions are in order, whatever their numbers."""
    names = pd.MultiIndex.from_frame(decisions[_PAIR])
    own = decisions[names.isin(list(pairs))]
    readings: dict[Pair, Any] = defaultdict(dict)
    for row in review.latest(own.assign(number=range(len(own)))).to_dict("records"):
        readings[row["coder"], row["verbatim_id"]][row["theme"]] = row
    return readings


def restated(settled: Settled, have: Reading, spans: pd.DataFrame) -> Gesture | None:
    """The gesture that makes the later reading stand; None when what we have is that one.

    One reading after another is a mixture: what the first had found, the second does not speak of.
    `spans` are those of the study that has the later word.
    """
    wanted = settled.wanted
    changed = [
        theme
        for theme in sorted({*have, *wanted}, reverse=True)  # the reading itself comes last
        if _stands(have.get(theme)) != _stands(wanted.get(theme))
    ]
    if not changed:
        return None
    own = {"verbatim_id": settled.verbatim_id, "coder": settled.coder}
    values = {theme: wanted[theme]["value"] if theme in wanted else WITHDRAWN for theme in changed}
    read = wanted.get("", {})
    marked = spans[(spans["gesture"] == read.get("gesture")) & ("" in changed)]
    marked = marked[marked["verbatim_id"] == settled.verbatim_id]
    return Gesture(
        uuid4().hex,
        settled.coder,
        settled.verbatim_id,
        tuple({**own, "theme": theme, "value": value} for theme, value in values.items()),
        tuple(marked.drop(columns="gesture").to_dict("records")),  # type: ignore[arg-type]
        codebook=read.get("codebook", ""),
        queue=read.get("queue", ""),
        made_at=settled.made_at,
    )


def in_words(reading: Reading, book: Codebook) -> str:
    if reading.get("", {}).get("value") != READ:
        return _("non lu")
    held = [theme for theme, row in reading.items() if row["value"] == PRESENT]
    return ", ".join(sorted(book.label(theme) for theme in held)) or _("rien à coder")


def _stands(decision: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What counts of a decision: passages hang on the gesture of the reading."""
    if decision is None:
        return ()
    value = decision["value"]
    return (value, decision["gesture"]) if value == READ else (value,)


def _last(decisions: pd.DataFrame, others: pd.DataFrame) -> dict[Pair, tuple[int, str]]:
    """When each coder last did, on each verbatim, something that the others do not have."""
    new = not_in(_acts(others), _acts(decisions), _ACT)
    new = new.assign(time=times(new["made_at"])).sort_values("time", kind="stable")
    last = new.drop_duplicates(_PAIR, keep="last")
    columns = [last[name] for name in (*_PAIR, "time", "made_at")]
    return {(coder, name): (time, at) for coder, name, time, at in zip(*columns, strict=True)}


def _acts(decisions: pd.DataFrame) -> pd.DataFrame:
    """What each gesture did, by coder and verbatim; an import's are nobody's."""
    return decisions.loc[decisions["gesture"] != TEXT_CHANGED, _ACT].drop_duplicates()
