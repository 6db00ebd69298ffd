"""One gesture on many answers chosen in the grid: what it would change, and writing it.

Each answer keeps the themes of the coder's own reading, or, where they have not read it, those that
its row shows; the gesture changes them, and is a reading of each answer that it changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatims import review
from verbatims.errors import StudyError
from verbatims.frames import BULK, READ, UNDO
from verbatims.language import _, ngettext
from verbatims.model import Gesture
from verbatims.study.desk.entries import UNREADABLE, echoed, writable
from verbatims.study.desk.sight import Matrix, sight
from verbatims.study.desk.view import View
from verbatims.study.desk.writing import LONGEST

Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

ADD, REMOVE, VALIDATE, NOTHING = "add", "remove", "validate", "nothing"

_PIECE = 500  # gestures whose passages are looked for at once


@dataclass(frozen=True)
class Effect:
    """What a gesture does to the answers that it changes, by place."""

    chosen: int
    places: Ints
    before: Matrix
    after: Matrix
    fresh: Flags  # those that the coder had not read
    elsewhere: int  # chosen too, but a plan gives them to others
    blind: int  # chosen too, but the coder is to read them one by one
    held: dict[str, int]  # how many of those chosen show each theme

    @property
    def counts(self) -> dict[str, Any]:
        changed = len(self.places)
        return {
            "chosen": self.chosen,
            "changed": changed,
            "newly_read": int(self.fresh.sum()),
            "same": self.chosen - changed - self.elsewhere - self.blind,
            "elsewhere": self.elsewhere,
            "blind": self.blind,
            "held": self.held,
        }

    def refuse_blind(self) -> None:
        """Raise StudyError when what would change is all to be read one by one."""
        if self.blind and not len(self.places):
            raise StudyError(
                _(
                    "Ces réponses se lisent en aveugle, une par une : rien n'a été codé. "
                    "Codez-les dans la page Codage."
                )
            )


def places_of(view: View, ids: Sequence[str]) -> Ints:
    """Answers by their id; StudyError when one has left."""
    place, answered = view.index.place, view.index.answered
    known = [place[name] for name in dict.fromkeys(ids) if name in place]
    found = np.array([at for at in known if answered[at]], dtype=np.intp)
    gone = len(dict.fromkeys(ids)) - len(found)
    if gone:
        raise StudyError(
            ngettext(
                "Choisies, mais plus dans l'étude : {n} réponse. Rechargez la page, puis "
                "choisissez de nouveau.",
                "Choisies, mais plus dans l'étude : {n} réponses. Rechargez la page, puis "
                "choisissez de nouveau.",
                gone,
            )
        )
    return found


def effect(view: View, what: str, theme: str, places: Ints) -> Effect:
    """What a gesture would do; with no theme where it needs one, nothing yet."""
    seen = sight(view)
    before, mine = seen.kept[places], seen.mine[places]
    after = _after(what, before, _column(view, theme))
    changed = _changed(what, before, after, mine, seen.suggested[places])
    if what in (ADD, REMOVE) and not theme:
        changed[:] = False
    own = np.array([view.mine(at) for at in places.tolist()], dtype=bool) | mine
    tasks = (view.log.task(view.index.ids[at]) for at in places.tolist())
    blind = np.array([task.blind for task in tasks], dtype=bool) & ~mine
    kept = np.flatnonzero(changed & own & ~blind)
    shown = dict(zip(seen.themes, before.sum(axis=0).tolist(), strict=True))
    return Effect(
        chosen=len(places),
        places=places[kept],
        before=before[kept],
        after=after[kept],
        fresh=~mine[kept],
        elsewhere=int((changed & ~own).sum()),
        blind=int((changed & own & blind).sum()),
        held={name: count for name, count in shown.items() if count},
    )


def _column(view: View, theme: str) -> int | None:
    if not theme:
        return None
    if theme not in view.book.themes:
        raise StudyError(
            _(
                "La grille de codage n'a plus de thème « {theme} » : rien n'a été codé. "
                "Rechargez la page, puis choisissez de nouveau.",
                theme=echoed(theme),
            )
        )
    return list(view.book.themes).index(theme)


def _after(what: str, before: Matrix, column: int | None) -> Matrix:
    """The themes of each answer once the gesture is done."""
    after = np.zeros_like(before) if what == NOTHING else before.copy()
    if column is not None:
        after[:, column] = what == ADD
    return after


def _changed(what: str, before: Matrix, after: Matrix, mine: Flags, suggested: Flags) -> Flags:
    """Which answers the gesture is about: not those that are already as it would have them."""
    if what == VALIDATE:
        return suggested.copy()
    differs: Flags = (after != before).any(axis=1)
    return differs if what == REMOVE else differs | ~mine


def write(view: View, uid: str, made: Effect) -> dict[str, Any]:
    """Do it, in one gesture; heard twice, done once."""
    if not uid or uid.startswith(UNDO) or len(uid) > LONGEST or not writable(uid):
        raise StudyError(_(UNREADABLE))
    if uid in view.study.store.makers([uid]):
        return _heard(view, uid)
    made.refuse_blind()
    if len(made.places):
        view.study.remember_codebook()
        view.study.store.add_gestures([_gesture(view, uid, made)])
    return made.counts


def _heard(view: View, uid: str) -> dict[str, Any]:
    """What a gesture that had been heard did."""
    rows = view.study.store.gesture_rows(uid)
    if any(row["coder"] != view.coder.name for row in rows):
        raise StudyError(
            _("Cet envoi porte le nom d'un autre : rechargez la page, puis refaites-le.")
        )
    changed = sum(row["value"] == READ for row in rows)
    nothing = {"newly_read": 0, "same": 0, "elsewhere": 0, "blind": 0, "held": {}}
    return {"chosen": changed, "changed": changed, **nothing}


def _gesture(view: View, uid: str, made: Effect) -> Gesture:
    themes, ids = list(view.book.themes), view.index.ids
    rows: list[dict[str, str]] = []
    for at, before, after, fresh in zip(
        made.places.tolist(), made.before, made.after, made.fresh.tolist(), strict=True
    ):
        present = [themes[column] for column in np.flatnonzero(after).tolist()]
        absent = [themes[column] for column in np.flatnonzero(before & ~after).tolist()]
        found = view.reading(at).present
        queue = {"queue": BULK} if fresh else {}
        rows += [
            {**row, **queue}
            for row in review.validation(
                found, view.coder.name, ids[at], present=present, absent=absent
            )
        ]
    return Gesture(
        uid,
        view.coder.name,
        ids[int(made.places[0])],
        tuple(rows),
        tuple(_passages(view, made)),
        view.book.codebook.hash,
        made_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )


def _passages(view: View, made: Effect) -> list[dict[str, str | int]]:
    """The passages that the coder had marked for the themes that stay: they stand with them."""
    ids, themes = view.index.ids, list(view.book.themes)
    stays = {
        ids[at]: {themes[column] for column in np.flatnonzero(after).tolist()}
        for at, after, fresh in zip(
            made.places.tolist(), made.after, made.fresh.tolist(), strict=True
        )
        if not fresh
    }
    gestures = {name: view.reading(view.index.place[name]).gesture for name in stays}
    own = sorted(set(gestures.values()))
    return [
        {"verbatim_id": name, "theme": theme, "start": start, "end": end}
        for piece in range(0, len(own), _PIECE)
        for gesture, name, theme, start, end in view.study.store.spans_of(
            own[piece : piece + _PIECE]
        )
        if gestures.get(name) == gesture and theme in stays[name]
    ]
