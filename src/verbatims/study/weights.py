"""weighting.yaml of a study, and the weights of its respondents."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from verbatims import weighting
from verbatims.errors import VerbatimsError
from verbatims.language import _
from verbatims.model import Questionnaire
from verbatims.store import Store
from verbatims.study import definitions
from verbatims.weighting import Report, Weighting


class Weights:
    """The respondents as they were imported, or weighed to what is known of the population."""

    def __init__(
        self, path: Path, store: Store, questionnaire: Callable[[], Questionnaire]
    ) -> None:
        self.path = path
        self.store = store
        self._questionnaire = questionnaire
        self._made: tuple[object, pd.DataFrame, Report] | None = None

    @property
    def asked(self) -> Weighting:
        """What the file says, nothing without one; raises VerbatimsError when it is wrong."""
        asked, fault = self._read
        if fault is not None:
            raise fault
        return asked

    @property
    def population(self) -> int | None:
        """How many people the respondents come from, when that is known."""
        return self._read[0].population

    @property
    def report(self) -> Report | None:
        """What the margins made of the weights; None without margins."""
        return self._weighed()[1] if self._read[0].margins else None

    @property
    def problem(self) -> str:
        """Why what the file asks for is not done; "" when it is."""
        fault = self._read[1]
        if fault is not None:
            return _(weighting.NOT_APPLIED, why=fault.message)
        report = self.report
        return report.says[0] if report is not None and report.problem else ""

    def respondents(self) -> pd.DataFrame:
        """The respondents, with their weights of now; as imported when the file is wrong."""
        return self._weighed()[0] if self._read[0].margins else self.store.respondents()

    @cached_property
    def _read(self) -> tuple[Weighting, VerbatimsError | None]:
        """What the file says, or nothing and its faults: they must stop no one from coding."""
        if not self.path.is_file():
            return Weighting(), None
        try:
            return weighting.load(self.path, self._questionnaire()), None
        except VerbatimsError as fault:
            return Weighting(), fault

    def text(self) -> str:
        """The file as it is, "" when there is none."""
        return self.path.read_text("utf-8-sig", "replace") if self.path.is_file() else ""

    def save(self, text: str) -> None:
        """Replace the file, once it has been found right; "" removes it."""
        if text:
            load = partial(weighting.load, questionnaire=self._questionnaire())
            definitions.rewrite(self.path, text, load)
        else:
            self.path.unlink(missing_ok=True)
        self.__dict__.pop("_read", None)

    def copy(self, file: Path) -> None:
        """Take a file of margins into the study, once it has been found right."""
        weighting.load(file, self._questionnaire())
        self.save(file.read_text("utf-8-sig"))

    @property
    def version(self) -> tuple[object, ...]:
        """Another when the file changes."""
        return (
            (self.path.stat().st_mtime_ns, self.path.stat().st_ino) if self.path.is_file() else ()
        )

    def _weighed(self) -> tuple[pd.DataFrame, Report]:
        asked = self._read[0]
        stands_on = (self.store.imports_made(), asked, self._questionnaire())
        if self._made is None or self._made[0] != stands_on:
            made = weighting.weigh(
                asked,
                self._questionnaire(),
                self.store.respondents(),
                self.store.answers(),
            )
            self._made = (stands_on, *made)
        return self._made[1:]
