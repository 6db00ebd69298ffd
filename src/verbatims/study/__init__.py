"""A study: the only place where stages meet; each method loads, calls a stage and saves."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from verbatims import codebook, questionnaire, review
from verbatims.errors import StudyError
from verbatims.language import _
from verbatims.model import (
    Clustering,
    Codebook,
    CodedCorpus,
    Coder,
    Corpus,
    Questionnaire,
    Quote,
    Raw,
    Role,
    Source,
    Table,
)
from verbatims.store import Store
from verbatims.study import definitions, results
from verbatims.study.agreeing import Agreement, Measured
from verbatims.study.desk import Desk
from verbatims.study.editing import Editing, Preview
from verbatims.study.figures import Figures
from verbatims.study.findings import Findings
from verbatims.study.learning import Learning
from verbatims.study.picks import Picks
from verbatims.study.planning import Planning
from verbatims.study.stages import (
    CLUSTERS,
    LEMMAS,
    TAGS,
    Stage,
    StageProgress,
    Stages,
    unwatched,
)
from verbatims.study.standing import Status, status_of
from verbatims.study.team import Team
from verbatims.study.weights import Weights
from verbatims.study.words import Words

__all__ = [
    "CLUSTERS",
    "LEMMAS",
    "TAGS",
    "Measured",
    "Preview",
    "Stage",
    "StageProgress",
    "Status",
    "Study",
    "Team",
    "Words",
    "draft",
    "unwatched",
]


class Study:
    """A folder with everything of one survey, but for what a server holds."""

    exists = staticmethod(Store.exists)
    file = staticmethod(Store.file)
    remove = staticmethod(Store.remove)
    move = staticmethod(Store.move)

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.stages = Stages(path / "cache", store)

    @classmethod
    def create(
        cls, path: Path, *, questionnaire: Path | None = None, codebook: Path | None = None
    ) -> "Study":
        """Make a new study; the two files, when given, are checked and copied into it."""
        if Store.exists(path):
            raise StudyError(
                _("« {path} » contient déjà une étude : ouvrez-la, ou changez de nom.", path=path)
            )
        files = {"questionnaire.yaml": questionnaire, "codebook.yaml": codebook}
        definitions.check(questionnaire, codebook)
        path.mkdir(parents=True, exist_ok=True)
        for name, given in files.items():
            if given is not None:
                definitions.copy(given, path / name)
        return cls(path, Store.create(path))

    @classmethod
    def open(cls, path: Path) -> "Study":
        if not Store.exists(path):
            raise StudyError(
                _(
                    "« {path} » ne contient pas d'étude. Créez-la : verbatims new DOSSIER FICHIER, "
                    "ou verbatims demo pour voir un exemple.",
                    path=path,
                )
            )
        return cls(path, Store.open(path))

    # -- its two files -------------------------------------------------------------------

    @property
    def questionnaire_path(self) -> Path:
        return self.path / "questionnaire.yaml"

    @property
    def codebook_path(self) -> Path:
        return self.path / "codebook.yaml"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        if not self.questionnaire_path.is_file() and not self.store.imports_made():
            return Questionnaire(())
        return questionnaire.load(self.questionnaire_path)

    @cached_property
    def codebook(self) -> Codebook:
        if not self.codebook_path.is_file():
            return Codebook(())
        return codebook.load(self.codebook_path)

    def _forget_codebook(self) -> None:
        self.__dict__.pop("codebook", None)

    def save_codebook(self, text: str) -> None:
        """Replace codebook.yaml, once it has been found right."""
        self.editing.save(text, base=self.editing.text())

    def save_questionnaire(self, text: str) -> None:
        """Replace questionnaire.yaml, once it has been found right."""
        definitions.rewrite(self.questionnaire_path, text, questionnaire.load)
        self.__dict__.pop("questionnaire", None)
        self.__dict__.pop("weights", None)

    @property
    def title(self) -> str:
        return self.questionnaire.title or self.path.resolve().name

    @property
    def notice(self) -> str:
        return self.questionnaire.notice

    # -- from the file to the classes ----------------------------------------------------

    def import_file(self, file: Path, *, source: Source = Source.SURVEY) -> Corpus:
        """Read a survey or interview file into the study; all of it, or nothing."""
        from verbatims import corpus, importers

        raw = importers.read(file)
        built = corpus.build(raw, self.questionnaire, source=source)
        read_with = definitions.reading(self.questionnaire, source)
        problems = self.store.save_corpus(built, raw, source, questionnaire=read_with)
        return replace(built, problems=problems)

    @property
    def misread(self) -> bool:
        """Whether the questionnaire has changed in a way that asks for a new import."""
        last = self.store.imports().drop_duplicates("source", keep="last")
        now = [definitions.reading(self.questionnaire, Source(source)) for source in last["source"]]
        return now != last["questionnaire"].tolist()

    def run(
        self,
        *,
        progress: StageProgress = unwatched,
        k: int | None = None,
        fast: bool = False,
        tagger: str = "",
        force: bool = False,
    ) -> tuple[Stage, ...]:
        """Lemmas, suggestions, classes; a stage whose inputs are unchanged is skipped.

        `k` is the number of classes: as the last time when None, proposed by the tool when 0.
        `tagger` is one of tagging.TAGGERS; as the last time when "". It learns from the answers
        validated so far.
        `fast` does without parts of speech: a first look, many times quicker, a little less right.
        """
        if not self.store.imports_made():
            raise StudyError(_("L'étude est vide : importez d'abord un fichier d'enquête."))
        self._refuse_misread()
        self.remember_codebook()
        return self.stages.run(
            self.codebook, progress=progress, k=k, fast=fast, tagger=tagger, force=force
        )

    @property
    def outdated(self) -> bool:
        """Whether the suggestions were made on other texts or another codebook, or never."""
        return self.stages.outdated(self.codebook)

    def _refuse_misread(self) -> None:
        if self.misread:
            raise StudyError(
                _(
                    "Le questionnaire a changé depuis l'import : importez de nouveau le fichier "
                    "pour qu'il s'applique (les décisions sont gardées)."
                )
            )

    # -- what it holds -------------------------------------------------------------------

    def respondents(self) -> pd.DataFrame:
        return self.weights.respondents()

    @cached_property
    def weights(self) -> Weights:
        """What the respondents weigh, and how many people they come from."""
        path = self.path / "weighting.yaml"
        return Weights(path, self.store, lambda: self.questionnaire)

    def answers(self) -> pd.DataFrame:
        return self.store.answers()

    def verbatims(self) -> pd.DataFrame:
        return self.stages.verbatims()

    def lemmas(self) -> pd.DataFrame:
        return self.stages.lemmas()

    def ideas(self, text: str) -> list[tuple[int, int]]:
        """The idea units of a text, as spans."""
        from verbatims.nlp import segments

        return segments.split([text])[0]

    @property
    def editing(self) -> Editing:
        """The codebook as it changes."""
        return Editing(self.codebook_path, self.store, self.stages, self._forget_codebook)

    @property
    def learning(self) -> Learning:
        """What the coders' decisions teach."""
        return Learning(self.stages, self.codebook)

    @property
    def agreement(self) -> Agreement:
        """What coders of the same answers say, and how far they agree."""
        return Agreement(self.stages, self.codebook)

    @property
    def words(self) -> Words:
        """The words of the answers, and what the analyst rules about them."""
        return Words(self.stages)

    @cached_property
    def team(self) -> Team:
        """Who works in it, and in which role."""
        return Team(self.store, self.path)

    @property
    def planning(self) -> Planning:
        """Who is to read what."""
        return Planning(self.stages, self.codebook)

    def tags(self) -> pd.DataFrame:
        return self.stages.tags()

    def clustering(self) -> Clustering:
        return self.stages.clustering()

    def decisions(self) -> pd.DataFrame:
        """What coders decided, but for what is still read blind."""
        return results.seen(self, self.store.decisions())

    def memos(self) -> pd.DataFrame:
        return results.seen(self, self.store.memos())

    def codings(self) -> pd.DataFrame:
        return results.codings(self, self.tags(), self.decisions())

    def version(self, *, work: bool = True) -> tuple[object, ...]:
        """Changes whenever anything above does; for those who keep frames in memory.

        Without `work`, what people do (decisions, memos, picks, rulings) changes nothing.
        """
        made = (self.stages.tags_codebook(), *self.weights.version)
        return (*self.store.version(work=work), *made)

    # -- what coders do ------------------------------------------------------------------

    def desk(self, coder: Coder) -> Desk:
        """The study as one coder works on it."""
        return Desk(self, coder)

    def decide(
        self,
        coder: str,
        verbatim_id: str,
        *,
        present: Sequence[str],
        absent: Sequence[str] = (),
        queue: str = "",
    ) -> None:
        """Say that a coder has read a verbatim to the end and found just the themes `present`.

        `queue` is the order in which it came: frames.RANDOM when chance chose it.
        """
        said = {"verbatim": verbatim_id, "present": [*present], "absent": [*absent]}
        self._write(coder, {"uid": uuid4().hex, "what": "decide", **said, "queue": queue})

    def _write(self, coder: str, entry: dict[str, Any]) -> None:
        coder = " ".join(coder.split())
        if not coder:
            raise StudyError(_("Dites d'abord qui code : chaque décision porte un nom."))
        _acked, refused = self.desk(Coder(coder, Role.CODER)).write([entry])
        for refusal in refused:
            raise StudyError(refusal["says"])

    def remember_codebook(self) -> None:
        """Keep the codebook of now, so that what is decided with it stays readable."""
        if self.codebook_path.is_file():
            self.store.keep_codebook(self.codebook, self.codebook_path.read_text("utf-8-sig"))

    def standing(self, coder: str, verbatim_id: str) -> pd.DataFrame:
        """The decisions of one coder on one verbatim that stand."""
        decisions = self.store.decisions(coder=coder, verbatim_id=verbatim_id)
        return review.latest(decisions)

    def undo(self, coder: str) -> str | None:
        """Take back the coder's last gesture; its verbatim, or None when nothing is left."""
        done = review.history(self.store.gestures(coder)).undo
        if not done:
            return None
        gesture, verbatim_id = done[-1]
        self._write(coder, {"uid": gesture, "what": "undo"})
        return verbatim_id

    # -- quotes --------------------------------------------------------------------------

    @property
    def picks(self) -> Picks:
        """The verbatims chosen for the report."""
        return Picks(self.store)

    def quotes(self, theme: str, *, question: str = "", limit: int = 10) -> list[Quote]:
        from verbatims import quotes

        verbatims = self.verbatims()
        if question:
            verbatims = verbatims[verbatims["question"] == question]
        return quotes.rank(verbatims, self.codings(), self.words.content(), theme, limit=limit)

    # -- tables and files ----------------------------------------------------------------

    @property
    def figures(self) -> Figures:
        """The tables that a report may show, and their drawings."""
        return Figures(self)

    @cached_property
    def findings(self) -> Findings:
        """What is kept for the report: figures and quotes, each with a sentence."""
        return Findings(self)

    def prevalence(self, question: str = "") -> Table:
        """The share of each theme among all answers, estimated from those that chance chose."""
        from verbatims.study import prevalence

        return prevalence.table(self, question)

    def coded(self) -> CodedCorpus:
        """Everything that tables and exports rest on, as it stands now."""
        return results.coded(self)

    def cluster_table(self) -> pd.DataFrame:
        """A row per class: size, lemmas, typical verbatims, nearest theme."""
        from verbatims import analysis

        return analysis.clusters(self.clustering(), self.tags(), self.verbatims())

    def export(self, *, international: bool = False) -> list[Path]:
        """Write the files of the report to exports/; all of them, or none."""
        self._refuse_misread()
        return results.export(self, international=international)

    def status(self) -> Status:
        """Where the study stands."""
        return status_of(self)


def draft(file: Path) -> tuple[Raw, str]:
    """A survey file as it is, and a first questionnaire.yaml for it."""
    from verbatims import importers

    raw = importers.read(file)
    return raw, questionnaire.draft(raw, title=file.stem)
