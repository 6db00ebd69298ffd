"""What a coder's browser sends → gestures in the store; sent twice, heard once.

Entries are told apart by the id that the browser gave them, and taken in their order. Each is
acknowledged or refused, with advice; what is wrong with one takes nothing away from the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from verbatims import review
from verbatims.errors import StudyError, VerbatimsError
from verbatims.frames import ALIKE, UNDO
from verbatims.language import N_, _
from verbatims.model import Gesture, Role
from verbatims.study.desk import entries
from verbatims.study.desk.entries import UNREADABLE, Entry
from verbatims.study.desk.index import stamp
from verbatims.study.desk.log import Row, standing
from verbatims.study.desk.view import View

Refusal = dict[str, str]

LONGEST, DEEPEST = 64, 1024  # signs in the id of a decision, and of what undoes and redoes it

_GONE = N_("Cette réponse n'est plus dans l'étude : rechargez la page.")
_TAKEN = N_("Cet envoi porte le nom d'un autre : rechargez la page, puis refaites ce geste.")
_NOTHING = N_("Il n'y a rien à annuler : ce geste n'est pas de vous, ou n'a pas été reçu.")
_CHANGED = N_(
    "Le texte de cette réponse a changé depuis que vous l'avez lue : elle n'est pas codée. "
    "Rechargez la page et relisez-la."
)
_ELSEWHERE = N_(
    "La répartition donne cette réponse à d'autres : elle n'est pas codée. Passez à la suivante, "
    "ou demandez-la à un responsable de l'étude."
)
# What a strange entry can raise; what the database says of itself is not the entry's fault.
_STRANGE = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


class Writing:
    """The entries of one request."""

    def __init__(self, view: View, known_codebooks: set[str]) -> None:
        self.view = view
        self.store, self.coder = view.study.store, view.coder.name
        self.known_codebooks = known_codebooks
        self.gestures: dict[str, Gesture] = {}  # not yet in the store
        self.heard: dict[str, tuple[str, str]] = {}  # uid -> coder and verbatim, of those that are
        # (memo, flag or pick, verbatim) -> who said so, and what the last of them said
        self.states: dict[tuple[str, str], tuple[list[str], Any]] = {}
        self.acked: list[str] = []
        self.refused: list[Refusal] = []

    def write(self, sent: Sequence[Any]) -> tuple[list[str], list[Refusal]]:
        """The ids acknowledged, and those refused with what to do."""
        uids = [entries.uid(entry) for entry in sent]
        wanted = {
            uid
            for name in filter(entries.writable, uids)
            for uid in (name, name.removeprefix(UNDO), entries.base(name))
        }
        self.heard = self.store.makers(wanted)
        for uid, entry in zip(uids, sent, strict=True):
            self._answered(uid, entry)
        self._save()
        for (what, name), (uids, value) in self.states.items():
            with self._refusing(*uids):
                _SAVED[what](self, name, value)
        return list(dict.fromkeys(self.acked)), self.refused

    def _answered(self, uid: str, entry: Any) -> None:
        try:
            if self.view.coder.role is Role.READER:
                raise StudyError(
                    _("Votre rôle dans cette étude est la lecture : rien n'est modifié.")
                )
            if not uid or not isinstance(entry, Mapping):
                raise StudyError(_(UNREADABLE))
            entries.refuse_unwritable(entry)
            self._take(uid, entry)
            self.acked.append(uid)
        except VerbatimsError as error:
            self.refused.append({"uid": entries.echoed(uid), "says": error.message})
        except _STRANGE:
            self.refused.append({"uid": entries.echoed(uid), "says": _(UNREADABLE)})

    def _take(self, uid: str, entry: Entry) -> None:
        what = str(entry.get("what"))
        if what not in _TAKEN_BY:
            raise StudyError(_(UNREADABLE))
        _TAKEN_BY[what](self, uid, entry)

    def _save(self) -> None:
        """All at once; one by one when the study refuses one of them."""
        try:
            self.store.add_gestures(self.gestures.values())
        except StudyError:
            for gesture in self.gestures.values():
                with self._refusing(gesture.uid):
                    self.store.add_gestures([gesture])

    @contextmanager
    def _refusing(self, *uids: str) -> Iterator[None]:
        """What the study refuses after all: an import may have come in between."""
        try:
            yield
        except StudyError as error:
            self.acked = [uid for uid in self.acked if uid not in uids]
            self.refused += [{"uid": uid, "says": error.message} for uid in uids]

    # -- gestures ------------------------------------------------------------------------

    def _decide(self, uid: str, entry: Entry) -> None:
        if uid.startswith(UNDO) or len(uid) > LONGEST:
            raise StudyError(_(UNREADABLE))
        if self._known(uid):
            return
        name = self._verbatim(entry)
        self._refuse_unseen(name, entries.text(entry, "stamp"))
        also = self._alike(name, entries.names(entry, "also"))
        book = self._codebook(entry)
        present, absent = self._present(entry), self._absent(entry)
        rows = [
            {**row, **({} if one == name else {"queue": ALIKE})}
            for one in (name, *also)
            for row in review.validation(
                self._found(one), self.coder, one, present=present, absent=absent
            )
        ]
        self.gestures[uid] = Gesture(
            uid,
            self.coder,
            name,
            tuple(rows),
            tuple(self._spans(entry, [name, *also], present)),
            book,
            entries.text(entry, "queue"),
            entries.moment(entry),
        )

    def _undo(self, uid: str, entry: Entry) -> None:
        before = uid.removeprefix(UNDO)
        if before == uid or len(uid) > DEEPEST:
            raise StudyError(_(UNREADABLE))
        if self._known(uid):
            return
        if not self._known(before):
            raise StudyError(_(_NOTHING))
        base = entries.base(uid)
        made = self.gestures.get(base)
        decided = made.rows if made else self.store.gesture_rows(base)
        name = made.verbatim_id if made else self.heard[base][1]
        rows = tuple(review.taking_back(decided))
        self.gestures[uid] = Gesture(uid, self.coder, name, rows, made_at=entries.moment(entry))

    def _known(self, uid: str) -> bool:
        """Whether a gesture of this coder has been heard; that of another is refused."""
        coder = self.heard[uid][0] if uid in self.heard else self.coder
        if coder != self.coder:
            raise StudyError(_(_NOTHING) if uid.startswith(UNDO) else _(_TAKEN))
        return uid in self.heard or uid in self.gestures

    def _found(self, name: str) -> list[str]:
        """The themes that the coder had found in a verbatim before this gesture."""
        pending = [
            Row(0, name, row["theme"], self.coder, row["value"], gesture.uid, "")
            for gesture in self.gestures.values()
            for row in gesture.rows
            if row["verbatim_id"] == name
        ]
        if not pending:
            return list(self.view.log.reading(self.coder, name).present)
        return list(standing([*self.view.log.rows(name, self.coder), *pending]).present)

    # -- what an entry says --------------------------------------------------------------

    def _verbatim(self, entry: Entry) -> str:
        name = entries.text(entry, "verbatim")
        self._refuse_gone(name)
        return name

    def _refuse_gone(self, name: str) -> None:
        if name not in self.view.index.place:
            raise StudyError(_(_GONE))

    def _refuse_unseen(self, name: str, said: str) -> None:
        """Refuse what a plan has others read, and a text that is no more the one `said`."""
        at = self.view.index.place[name]
        if not self._may_read(at):
            raise StudyError(_(_ELSEWHERE))
        if said and said != stamp(self.view.index.texts[at]):
            raise StudyError(_(_CHANGED))

    def _may_read(self, at: int) -> bool:
        """Whether the plan lets the coder decide; what they have read stays theirs to change."""
        view = self.view
        return view.coder.role is Role.LEAD or view.mine(at) or view.reading(at).read

    def _alike(self, name: str, also: Sequence[str]) -> list[str]:
        """The others decided with this one: those that still say the same."""
        for other in also:
            self._refuse_gone(other)
        index = self.view.index
        alike = {index.ids[at] for at in index.alike(index.place[name]) if self._may_read(at)}
        return [other for other in dict.fromkeys(also) if other in alike]

    def _codebook(self, entry: Entry) -> str:
        """The codebook that the coder had under their eyes, else that of now."""
        present, known = self.view.book.codebook.hash, self.known_codebooks
        said = entries.text(entry, "codebook") or present
        if present not in known:
            self.view.study.remember_codebook()
            known.add(present)
        if said not in known:
            known.update(self.store.codebook_themes())
        return said if said in known else present

    def _present(self, entry: Entry) -> list[str]:
        """The themes retained; those that others took over since are read through them."""
        present = list(dict.fromkeys(entries.names(entry, "present")))
        book = self.view.book
        gone = [name for name in present if name not in book.themes | dict(book.replacements)]
        if gone:
            raise StudyError(
                _(
                    "La grille de codage n'a pas de thème « {themes} », ou ne l'a plus : "
                    "cette réponse n'est pas codée. Rechargez la page, puis codez-la de nouveau.",
                    themes=", ".join(gone),
                )
            )
        return present

    def _absent(self, entry: Entry) -> list[str]:
        """The themes rejected; one that has left the codebook needs no word."""
        return [name for name in entries.names(entry, "absent") if name in self.view.book.themes]

    def _spans(
        self, entry: Entry, names: Sequence[str], present: Sequence[str]
    ) -> Iterable[dict[str, str | int]]:
        """The passages of the themes retained, in each verbatim of the very same text."""
        index = self.view.index
        text = index.texts[index.place[names[0]]]
        same = [name for name in names if index.texts[index.place[name]] == text]
        spans = [entries.span(given, len(text)) for given in entries.items(entry, "spans")]
        return [
            {"verbatim_id": name, "theme": theme, "start": start, "end": end}
            for name in same
            for theme, start, end in dict.fromkeys(spans)
            if theme in present
        ]

    # -- states --------------------------------------------------------------------------

    def _memo(self, uid: str, entry: Entry) -> None:
        self._state("memo", uid, entry, entries.text(entry, "text").strip())

    def _flag(self, uid: str, entry: Entry) -> None:
        self._state("flag", uid, entry, bool(entry.get("raised")))

    def _pick(self, uid: str, entry: Entry) -> None:
        self._state("pick", uid, entry, bool(entry.get("picked")))

    def _state(self, what: str, uid: str, entry: Entry, value: Any) -> None:
        key = (what, self._verbatim(entry))
        uids, _value = self.states.get(key, ([], None))
        self.states[key] = ([*uids, uid], value)

    def _save_memo(self, name: str, text: str) -> None:
        if text != self.view.log.memos.get((self.coder, name), ""):
            self.store.add_memo(self.coder, name, text)

    def _save_flag(self, name: str, raised: bool) -> None:
        if raised != self.view.log.flags.get((self.coder, name), False):
            self.store.flag(self.coder, name, raised=raised)

    def _save_pick(self, name: str, picked: bool) -> None:
        if picked != (name in self.store.picked()):
            picks = self.view.study.picks
            (picks.add if picked else picks.remove)(name)


_TAKEN_BY: Mapping[str, Callable[[Writing, str, Entry], None]] = {
    "decide": Writing._decide,
    "undo": Writing._undo,
    "memo": Writing._memo,
    "flag": Writing._flag,
    "pick": Writing._pick,
}
_SAVED: Mapping[str, Callable[[Writing, str, Any], None]] = {
    "memo": Writing._save_memo,
    "flag": Writing._save_flag,
    "pick": Writing._save_pick,
}
