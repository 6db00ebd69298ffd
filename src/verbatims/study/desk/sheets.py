"""Verbatims → what a coder sees of each: the text, what speaks for its themes, who said it."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from verbatims.frames import ANSWERED, BLANK
from verbatims.model import Kind, Question, Source
from verbatims.study.desk.index import Tag, stamp
from verbatims.study.desk.reasons import how, reasons
from verbatims.study.desk.view import View

Sheet = dict[str, Any]

TURNS = 2  # shown before and after one of an interview
ALIKE = 200  # answers that say the same, shown at most
LEAST = 0.005  # a score that says nothing


class Sheets:
    """The sheets of one request."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.index, self.log, self.coder = view.index, view.log, view.coder.name

    def of(
        self, places: Sequence[int], *, queues: Sequence[str], why: Sequence[str]
    ) -> list[Sheet]:
        """One for each verbatim, with the order that chose it and why it comes now."""
        from verbatims.nlp import segments

        ideas = segments.split([self.index.texts[at] for at in places])
        spans = self._spans(places)
        return [
            {
                **self._text(at, units),
                **self._machine(at),
                **self._work(at, spans),
                "reason": reason,
                "queue": queue,
            }
            for at, units, queue, reason in zip(places, ideas, queues, why, strict=True)
        ]

    # -- what was said -------------------------------------------------------------------

    def _text(self, at: int, ideas: Iterable[tuple[int, int]]) -> Sheet:
        index = self.index
        respondent, question = index.respondents[at], index.questions[at]
        interview = self._source(question) is Source.INTERVIEW
        before, after = self._turns(at) if interview else ([], [])
        return {
            "id": index.ids[at],
            "respondent": respondent,
            "question": question,
            "source": str(self._source(question)),
            "text": index.texts[at],
            "stamp": stamp(index.texts[at]),
            "ideas": [list(unit) for unit in ideas],
            "profile": index.said(respondent, self._profile),
            "closed": index.said(respondent, self._beside),
            "before": before,
            "after": after,
        }

    def _source(self, question: str) -> Source:
        return self._sources.get(question, Source.SURVEY)

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {question.id: question.source for question in self.view.study.questionnaire}

    @cached_property
    def _profile(self) -> Sequence[Question]:
        return self.view.study.questionnaire.profile

    @cached_property
    def _beside(self) -> Sequence[Question]:
        """The closed questions that the analyst wants beside; all but the profile otherwise."""
        closed = self.view.study.questionnaire.closed
        chosen = json.loads(self.view.study.store.setting("closed_beside") or "[]")
        own = [question for question in closed if question.id in chosen]
        others = [question for question in closed if not question.profile]
        return sorted(own or others, key=lambda question: question.kind is Kind.GRID)

    def _turns(self, at: int) -> tuple[list[Sheet], list[Sheet]]:
        """What was said just before and just after, in an interview."""
        index = self.index
        turns = [
            place
            for place in index.of_respondent(index.respondents[at])
            if index.statuses[place] != BLANK or place == at
        ]
        own = turns.index(at)
        around = (turns[max(own - TURNS, 0) : own], turns[own + 1 : own + 1 + TURNS])
        before, after = ([self._brief(place) for place in places] for places in around)
        return before, after

    def _brief(self, at: int) -> Sheet:
        return {"id": self.index.ids[at], "text": self.index.texts[at]}

    # -- what the machine found ----------------------------------------------------------

    def _machine(self, at: int) -> Sheet:
        """Nothing, where the coder may not see it yet."""
        if not self.view.machine(at):
            return {"tags": [], "scores": {}, "suggested": [], "accepted": [], "why": []}
        themes = self.view.book.themes
        tags = [tag for tag in self.index.tags(at) if tag.theme in themes]
        accepted = set(self.view.accepted(at))
        found = accepted.union(tag.theme for tag in tags)
        scores = self.index.scores(at).items()
        return {
            "tags": [self._passage(tag) for tag in tags if tag.start < tag.end],
            "scores": {
                name: round(score, 3) for name, score in scores if name in themes and score >= LEAST
            },
            "suggested": [theme for theme in themes if theme in found],
            "accepted": [theme for theme in themes if theme in accepted],
            "why": self._why(tags),
        }

    def _passage(self, tag: Tag) -> Sheet:
        theme = self.view.book.themes[tag.theme]
        says = reasons(theme, [(tag.rule, tag.evidence)])[0]
        return {"theme": tag.theme, "start": tag.start, "end": tag.end, "says": says}

    def _why(self, tags: Sequence[Tag]) -> list[Sheet]:
        """The reasons of each theme suggested, the surest first."""
        own: dict[str, list[Tag]] = {}
        for tag in sorted(tags, key=lambda tag: -tag.score):
            own.setdefault(tag.theme, [])
        for tag in tags:
            own[tag.theme].append(tag)
        themes = self.view.book.themes
        return [
            {
                "theme": name,
                "says": reasons(themes[name], [(tag.rule, tag.evidence) for tag in found]),
                "how": how(themes[name], [tag.rule for tag in found]),
            }
            for name, found in own.items()
        ]

    # -- what coders did -----------------------------------------------------------------

    def _work(self, at: int, spans: dict[str, list[list[Any]]]) -> Sheet:
        name, reading = self.index.ids[at], self.view.reading(at)
        return {
            "read": reading.read,
            "present": self.view.book.now(reading.present) if reading.read else [],
            "spans": spans.get(name, []),
            "memo": self.log.memos.get((self.coder, name), ""),
            "flagged": self.log.flags.get((self.coder, name), False),
            "picked": name in self.view.picked,
            "alike": [self._brief(other) for other in self._alike(at)],
            "closed_to": self.view.hides(at),
        }

    def _alike(self, at: int) -> list[int]:
        """Those that say the same, that the coder has not read and that are no one else's."""
        if self.index.statuses[at] != ANSWERED:
            return []
        read = self.log.read(self.coder)
        others = (other for other in self.index.alike(at) if not read[other])
        return [other for other in others if self.view.mine(other)][:ALIKE]

    def _spans(self, places: Sequence[int]) -> dict[str, list[list[Any]]]:
        """The passages that the coder marked, by verbatim."""
        gestures = {self.view.reading(at).gesture for at in places} - {""}
        own = {self.index.ids[at]: self.view.reading(at).gesture for at in places}
        spans: dict[str, list[list[Any]]] = {}
        for gesture, name, theme, start, end in self.view.study.store.spans_of(gestures):
            for now in self.view.book.now([theme]) if own.get(name) == gesture else ():
                spans.setdefault(name, []).append([now, start, end])
        return spans
