"""What a coder has on the desk: verbatims by batches, what is near them, and what is decided."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from verbatims import review
from verbatims.errors import StudyError
from verbatims.language import N_, _
from verbatims.model import Coder, Theme, ThemeStatus
from verbatims.review import Filters
from verbatims.study.desk import memory, near, queues
from verbatims.study.desk.sheets import Sheet, Sheets
from verbatims.study.desk.view import View
from verbatims.study.desk.writing import Refusal, Writing

if TYPE_CHECKING:
    from verbatims.study import Study

__all__ = ["Desk", "Refusal", "Sheet", "View"]

MOST = 200  # sheets in one batch
REMEMBERED = 500  # gestures that can be undone without asking for the earlier ones

_GONE = N_("Cette réponse n'est plus dans l'étude : passez à la suivante.")


class Desk:
    """A study as one coder works on it; whoever asks, by whatever way, sees only what they may.

    Dictionaries are those of the board's contract, ready to be sent.
    """

    def __init__(self, study: "Study", coder: Coder) -> None:
        self.study = study
        self.coder = coder
        self.memory = memory.of(study)

    def view(self) -> View:
        """The study as it is now; to be used under the lock of the memory."""
        return View(self.study, *self.memory.look(self.study), self.coder)

    def about(self) -> dict[str, Any]:
        """The codebook, the coder, what they may undo, and what the suggestions stand on."""
        with self.memory.lock:
            view = self.view()
            return {
                "themes": [_theme(theme) for theme in view.book.themes.values()],
                "coder": self.coder.name,
                "role": str(self.coder.role),
                "history": self.history(),
                "codebook": view.book.codebook.hash,
                "note": view.index.note,
                "calibrated": view.index.calibrated,
                "mine": _unfinished(view),
                "to_reread": int(view.to_reread.sum()),
            }

    def history(self, most: int = REMEMBERED) -> dict[str, list[list[str]]]:
        """The gestures that would undo and redo, with their verbatims; the next one last."""
        done = review.history(self.study.store.gestures(self.coder.name))
        return {
            "undo": [list(gesture) for gesture in done.undo[-most:]],
            "redo": [list(gesture) for gesture in done.redo[-most:]],
        }

    def batch(
        self, filters: Filters, after: str = "", have: Collection[str] = (), n: int = 50
    ) -> dict[str, Any]:
        """The next `n` verbatims of a queue after one of it, without those that one `has`.

        The queue is made anew when `after` is "", and what follows in it after a run or a change
        in the codebook. It is made again when it is no longer in memory: the unread then come from
        the first, but for those that one has.
        """
        with self.memory.lock:
            view = self.view()
            queue = self._queue(view, filters, after)
            places = queues.following(view, filters, queue, after, have)
            taken = places[: max(1, min(n, MOST))]
            ranking = queue.ranking
            sheets = Sheets(view).of(
                ranking.order[taken].tolist(),
                queues=ranking.queues(taken),
                why=ranking.reasons(taken),
            )
            return {
                "sheets": sheets,
                "progress": _progress(view, filters, queue),
                "end": len(places) <= len(taken),
            }

    def filters(self, wanted: Mapping[str, Any]) -> Filters:
        """What was asked for, as filters; `mine` as the plan has it when it is not said."""
        with self.memory.lock:
            mine = wanted.get("mine")
            return Filters(
                question=_text(wanted, "question"),
                theme=_text(wanted, "theme"),
                state=_one_of((review.UNREAD, review.DONE, ""), wanted.get("state", review.UNREAD)),
                search=_text(wanted, "search"),
                order=_one_of(review.ORDERS, wanted.get("order")),
                profile=_pair(wanted.get("profile")),
                mine=_unfinished(self.view()) if mine is None else bool(mine),
            )

    def sheet(self, verbatim_id: str) -> Sheet:
        """One verbatim, wherever it is; StudyError when it has left."""
        with self.memory.lock:
            view = self.view()
            (sheet,) = Sheets(view).of([_place(view, verbatim_id)], queues=[""], why=[""])
            return sheet

    def near(self, verbatim_id: str) -> dict[str, Any]:
        """The respondent's other answers, and the most similar ones with how they were coded."""
        with self.memory.lock:
            view = self.view()
            at = _place(view, verbatim_id)
        nearest = view.index.nearest  # long the first time: others need not wait
        with self.memory.lock:
            return near.near(view, at, nearest)

    def near_at_once(self, verbatim_id: str) -> dict[str, Any] | None:
        """The same with its `id`; None when there is no such verbatim, or when it would be long."""
        with self.memory.lock:
            view = self.view()
            at = view.index.place.get(verbatim_id)
            if at is None or not view.index.is_near_known:
                return None
            return {"id": verbatim_id, **near.near(view, at, view.index.nearest)}

    def write(self, entries: Sequence[Any]) -> tuple[list[str], list[Refusal]]:
        """Take in what was done: the ids acknowledged, those refused with what to do."""
        with self.memory.lock:
            return Writing(self.view(), self.memory.known_codebooks).write(entries)

    def _queue(self, view: View, filters: Filters, after: str) -> queues.Queue:
        key = (self.coder.name, filters)
        version = (self.memory.version, view.book.codebook.hash)
        made, queue = self.memory.queues.get(key, (None, None))
        if not after or queue is None:
            queue = queues.built(view, filters)
        elif made != version:
            queue = queues.built(view, filters, queue.until(after))
        self.memory.keep(key, version, queue)
        return queue


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "label": theme.label,
        "parent": theme.parent,
        "colour": theme.colour,
        "definition": theme.definition,
        "include": list(theme.include),
        "exclude": list(theme.exclude),
        "examples": list(theme.examples),
        "candidate": theme.status is ThemeStatus.CANDIDATE,
    }


def _progress(view: View, filters: Filters, queue: queues.Queue) -> dict[str, int]:
    """Of what passes the filters whatever its state: how many are read, and how many there are."""
    read = queue.passing & queues.done(view, filters)
    return {"read": int(np.count_nonzero(read)), "scope": int(np.count_nonzero(queue.passing))}


def _unfinished(view: View) -> bool:
    """Whether the plan has the coder read something that they have not read."""
    name = view.coder.name
    return bool((view.log.assigned(name) & view.index.answered & ~view.log.read(name)).any())


def _place(view: View, verbatim_id: str) -> int:
    at = view.index.place.get(verbatim_id)
    if at is None:
        raise StudyError(_(_GONE))
    return at


def _one_of(known: Collection[str], wanted: Any) -> str:
    """What was asked for if it is known, else the first."""
    return wanted if isinstance(wanted, str) and wanted in known else next(iter(known))


def _text(wanted: Mapping[str, Any], name: str) -> str:
    value = wanted.get(name)
    return value if isinstance(value, str) else ""


def _pair(wanted: Any) -> tuple[str, str]:
    match wanted:
        case [str(question), str(label)]:
            return question, label
    return "", ""
