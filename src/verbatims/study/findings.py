"""What is kept for the report, in order: figures and quotes, each with a sentence.

What a figure showed is kept with it, so that one knows when it no longer does.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, fields, replace
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pandas as pd

from verbatims import codebook
from verbatims.errors import StudyError, VerbatimsError
from verbatims.frames import ABOUT, REMOVED, SEEN, SENTENCE
from verbatims.language import _, spoken
from verbatims.model import Criterion, Figure, Table
from verbatims.study import seen as looking
from verbatims.study import sentences
from verbatims.study.seen import Line, Picked, Seen
from verbatims.study.sentences import Names

if TYPE_CHECKING:
    from verbatims.study import Study
    from verbatims.study.figures import Figures

Parts = Mapping[Any, Any]  # what the store holds of a finding, by part

COLUMNS = (
    *("rank", "sentence", "seen", "stale", "title", "among", "text"),
    *("verbatim_id", "author", "made_at", "run"),
)


@dataclass(frozen=True)
class Finding:
    """A figure or a quote kept for the report."""

    uid: str
    rank: int  # from 0
    figure: Figure | None  # None for a quote
    picked: Picked
    verbatim_id: str  # "" for a figure
    sentence: str
    own: bool  # whether somebody wrote the sentence, rather than the tool
    title: str  # of the question, or of the table
    seen: str  # what it showed when it was kept, printed: « 44 % (18 sur 41) »
    among: str  # who was kept, in words: « ceux qui ont répondu … », "" for everyone
    text: str  # of the quote
    author: str
    made_at: str
    run: str  # when the study had last been run, "" if it had not
    stale: str  # what has changed since, "" if nothing has
    written_on: str  # what it showed when its own sentence was written; "" once that is read again
    line: Line | None = None  # the row that was picked, for who draws it


class Findings:
    """The list of a study; figures are made again when the data change, and only then."""

    def __init__(self, study: "Study") -> None:
        self.study = study
        self._made: tuple[object, dict[str, Seen | str]] = ((), {})

    def all(self) -> list[Finding]:
        """What is kept, in order."""
        held = self.study.store.findings()
        rows: Sequence[Parts] = held[~held["removed"]].to_dict("records")
        texts = self._texts() if any(_about(row[ABOUT])[2] for row in rows) else {}
        now = self._now([row[ABOUT] for row in rows])
        return [self._finding(row, rank, now, texts) for rank, row in enumerate(rows)]

    def frame(self) -> pd.DataFrame:
        """The same as COLUMNS, for who writes files."""
        told = [replace(kept, stale=kept.stale or _to_read_again(kept)) for kept in self.all()]
        rows = [[getattr(kept, name) for name in COLUMNS] for kept in told]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def holds(self, figure: Figure, picked: Picked | None = None) -> str:
        """The uid under which this figure is kept; "" if it is not."""
        return self._standing(_uid(_about_figure(figure, picked)))

    def holds_quote(self, verbatim_id: str) -> str:
        """The uid under which this verbatim is kept; "" if it is not."""
        return self._standing(_uid(_about_quote(verbatim_id)))

    def propose(self, figure: Figure, table: Table, picked: Picked | None = None) -> str:
        """The sentence that the tool would write."""
        study = self.study
        return sentences.sentence(figure, table, picked, study.questionnaire, study.codebook)

    # -- gestures ------------------------------------------------------------------------

    def keep_figure(
        self, figure: Figure, *, picked: Picked | None = None, sentence: str = "", author: str = ""
    ) -> str:
        """Keep a figure, or the row or cell picked in it; its uid. What is kept stays as it is."""
        return self._keep(_about_figure(figure, picked), sentence, author)

    def keep_quote(self, verbatim_id: str, *, sentence: str = "", author: str = "") -> str:
        """Keep a verbatim; its uid."""
        return self._keep(_about_quote(verbatim_id), sentence, author)

    def say(self, uid: str, sentence: str, *, author: str = "") -> None:
        """Write the sentence of a finding; nothing, or the one proposed, gives it back."""
        own = " ".join(sentence.split())
        proposed = _proposed(self._held(uid))
        said = "" if own == " ".join(proposed.split()) else own
        self.study.store.write_finding(uid, {SENTENCE: said}, author=author)

    def rank(self, uids: Sequence[str], *, author: str = "") -> None:
        """Put them in this order; those that it does not name come after."""
        self.study.store.order_findings(uids, author=author)

    def remove(self, uid: str, *, author: str = "") -> None:
        self.study.store.write_finding(uid, {REMOVED: "1"}, author=author)

    def restore(self, uid: str, *, author: str = "") -> None:
        """Bring back, to its place, what was removed."""
        self.study.store.write_finding(uid, {REMOVED: ""}, author=author)

    def refresh(self, uid: str, *, author: str = "") -> None:
        """Take what it shows now for what was seen; raise StudyError where it shows nothing."""
        held = self._held(uid)
        before, now = json.loads(held[SEEN]), self._look(held[ABOUT])
        then = _written_on(held, before) or looking.printed(_seen(before))
        if held[SENTENCE] and then != looking.printed(_seen(now)):
            now["written"] = {"sentence": held[SENTENCE], "on": then}
        self.study.store.write_finding(uid, {SEEN: _json(now)}, author=author)

    def confirm(self, uid: str, *, author: str = "") -> None:
        """Its own sentence still holds, whatever it was written on."""
        kept = json.loads(self._held(uid)[SEEN])
        kept.pop("written", None)
        self.study.store.write_finding(uid, {SEEN: _json(kept)}, author=author)

    def _keep(self, about: str, sentence: str, author: str) -> str:
        uid = _uid(about)
        if not self._standing(uid):
            parts = {ABOUT: about, SEEN: _json(self._look(about)), REMOVED: ""}
            self.study.store.write_finding(uid, parts, author=author)
        if sentence:
            self.say(uid, sentence, author=author)
        return uid

    # -- what it shows -------------------------------------------------------------------

    def _look(self, about: str) -> dict[str, Any]:
        """What it shows now, to be kept; StudyError when it shows nothing."""
        figure, picked, verbatim_id = _about(about)
        kept: dict[str, Any] = {"run": self._last_run()}
        if figure is None:
            kept |= self._quoted(verbatim_id)
        else:
            kept |= self._shown(figure, picked)
        return kept

    def _shown(self, figure: Figure, picked: Picked) -> dict[str, Any]:
        if gone := self._gone(figure, picked):
            raise StudyError(_("Rien à retenir : {gone}.", gone=gone))
        table = self.study.figures.table(figure)
        shown = looking.look(table, figure, picked)
        if not shown.lines:
            raise StudyError(_("Rien à retenir : cette ligne n'est plus dans le tableau."))
        names = sentences.names(figure, self.study.questionnaire, self.study.codebook)
        return {"shown": looking.packed(shown), "names": names.packed()}

    def _quoted(self, verbatim_id: str) -> dict[str, str]:
        found = self._texts().get(verbatim_id)
        if found is None:
            raise StudyError(_("Le verbatim « {name} » n'est plus dans l'étude.", name=verbatim_id))
        titles = {question.id: question.title for question in self.study.questionnaire}
        question, text = found
        return {"text": text, "title": titles.get(question, question)}

    def _now(self, abouts: Iterable[str]) -> Mapping[str, Seen | str]:
        """What each figure shows now, or why it shows nothing."""
        version = self._version()
        if self._made[0] != version:
            self._made = (version, {})
        made, table = self._made[1], cache(partial(_table, self.study.figures))
        for about in abouts:
            figure, picked, _verbatim = _about(about)
            if about not in made and figure is not None:
                made[about] = self._gone(figure, picked) or _shows(table(figure), figure, picked)
        return made

    def _version(self) -> tuple[object, ...]:
        study = self.study
        return (
            *study.store.version(findings=False),
            *(study.stages.tags_codebook(), study.codebook.hash, study.questionnaire, spoken()),
            *study.weights.version,
        )

    def _gone(self, figure: Figure, picked: Picked) -> str:
        """Which question or theme it stands on has gone."""
        asked = {question.id for question in self.study.questionnaire}
        questions = (figure.question, figure.by, *(each.question for each in figure.among))
        for question in filter(None, questions):
            if question not in asked:
                return _("la question « {name} » n'est plus dans le questionnaire", name=question)
        known = {theme.id for theme in self.study.codebook}
        for theme in self._themes(figure, picked):
            if theme not in known:
                return self._left(theme)
        return ""

    def _themes(self, figure: Figure, picked: Picked) -> list[str]:
        """The themes that a figure names."""
        named = [(figure.question, picked.get("theme")), (figure.by or None, picked.get("column"))]
        named.append((figure.question, picked.get("row")))
        named += [(each.question, answer) for each in figure.among for answer in each.answers]
        opens = {"", *(question.id for question in self.study.questionnaire.open)}
        return [theme for question, theme in named if question in opens and theme]

    def _left(self, theme: str) -> str:
        heirs = codebook.replacements(self.study.codebook).get(theme, ())
        if not heirs:
            return _("le thème « {name} » n'est plus dans la grille", name=theme)
        label = self.study.codebook.label
        told = ", ".join(_("« {text} »", text=label(heir)) for heir in heirs)
        return _("le thème « {name} » est devenu {heirs} dans la grille", name=theme, heirs=told)

    # -- one of them ---------------------------------------------------------------------

    def _finding(
        self,
        row: Parts,
        rank: int,
        now: Mapping[str, Seen | str],
        texts: Mapping[str, tuple[str, str]],
    ) -> Finding:
        figure, picked, verbatim_id = _about(row[ABOUT])
        kept = json.loads(row[SEEN])
        names, shown = _names(kept), _seen(kept)
        about = {name: row[name] for name in ("uid", "author", "made_at")}
        if figure is None:
            stale, title = _text_changed(kept, texts.get(verbatim_id)), kept.get("title", "")
        else:
            stale, title = _changed(shown, now.get(row[ABOUT], "")), shown.title
        return Finding(
            **about,
            rank=rank,
            figure=figure,
            picked=picked,
            verbatim_id=verbatim_id,
            sentence=row[SENTENCE] or _proposed(row),
            own=bool(row[SENTENCE]),
            title=title,
            seen=looking.printed(shown) if figure is not None else "",
            among=sentences.among(figure.among, names) if figure is not None else "",
            text=kept.get("text", ""),
            run=kept.get("run", ""),
            stale=stale,
            written_on=_written_on(row, kept),
            line=shown.lines[0] if shown.one and shown.lines else None,
        )

    def _held(self, uid: str) -> dict[str, str]:
        held = self.study.store.finding(uid)
        if not held:
            raise StudyError(_("Cet élément n'est pas dans la liste : rouvrez la page."))
        return held

    def _standing(self, uid: str) -> str:
        held = self.study.store.finding(uid)
        return uid if held and not held[REMOVED] else ""

    def _texts(self) -> dict[str, tuple[str, str]]:
        frame = self.study.store.verbatims()
        said = zip(frame["question"], frame["text"], strict=True)
        return dict(zip(frame["verbatim_id"], said, strict=True))

    def _last_run(self) -> str:
        made = self.study.store.runs()["made_at"]
        return str(made.iloc[-1]) if len(made) else ""


def _table(figures: "Figures", figure: Figure) -> Table | str:
    """The table, or why there is none."""
    try:
        return figures.table(figure)
    except VerbatimsError as error:
        return error.message


def _shows(table: Table | str, figure: Figure, picked: Picked) -> Seen | str:
    if isinstance(table, str):
        return table
    return looking.look(table, figure, picked)


def _changed(before: Seen, now: Seen | str) -> str:
    return now if isinstance(now, str) else looking.changes(before, now)


def _text_changed(kept: Mapping[str, str], now: tuple[str, str] | None) -> str:
    if now is None:
        return _("ce verbatim n'est plus dans l'étude")
    return "" if now[1] == kept.get("text", now[1]) else _("son texte a changé")


def _to_read_again(kept: Finding) -> str:
    if not kept.written_on:
        return ""
    return _("phrase écrite devant {seen}, à relire", seen=kept.written_on)


def _proposed(row: Parts) -> str:
    figure, _picked, _verbatim = _about(row[ABOUT])
    kept = json.loads(row[SEEN])
    return sentences.proposed(figure, _seen(kept), _names(kept)) if figure is not None else ""


def _written_on(row: Parts, kept: Mapping[str, Any]) -> str:
    written = kept.get("written", {})
    return str(written["on"]) if written and written["sentence"] == row[SENTENCE] else ""


def _seen(kept: Mapping[str, Any]) -> Seen:
    return looking.unpacked(kept.get("shown", {}))


def _names(kept: Mapping[str, Any]) -> Names:
    return sentences.unpacked(kept.get("names", {}))


# -- what it is about, as JSON -----------------------------------------------------------------


def to_json(figure: Figure) -> dict[str, Any]:
    """What a figure asks for that is not usual, so that a later question changes nothing."""
    said = asdict(figure)
    usual = {own.name: own.default for own in fields(Figure) if own.default is not MISSING}
    return {name: value for name, value in said.items() if value != usual.get(name)}


def from_json(kept: Mapping[str, Any]) -> Figure:
    """The figure that `to_json` kept; what is not known here is left out."""
    known = {own.name for own in fields(Figure)}
    said = {name: value for name, value in kept.items() if name in known}
    among = tuple(
        Criterion(str(each["question"]), tuple(each["answers"]), str(each.get("item", "")))
        for each in said.pop("among", ())
    )
    return Figure(**said, among=among)


def _about_figure(figure: Figure, picked: Picked | None) -> str:
    about = {"figure": to_json(figure), "picked": looking.chosen(picked)}
    return _json(about)


def _about_quote(verbatim_id: str) -> str:
    return _json({"verbatim": verbatim_id})


def _json(kept: Mapping[str, Any]) -> str:
    """The same text for the same thing."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _about(kept: str) -> tuple[Figure | None, Picked, str]:
    """The figure and what was picked in it, or else the verbatim."""
    about = json.loads(kept)
    if "figure" not in about:
        return None, {}, str(about.get("verbatim", ""))
    return from_json(about["figure"]), about.get("picked", {}), ""


def _uid(about: str) -> str:
    """The same for the same thing, so that two copies of a study keep it once."""
    return sha256(about.encode()).hexdigest()[:32]
