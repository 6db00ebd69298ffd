"""A study's texts and codebook → lemmas, suggestions and classes, each made when it must be."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from verbatims import __version__, codebook, corpus, corrections, frames, review
from verbatims.cache import Cache, Frames, fingerprint
from verbatims.corrections import Corrections
from verbatims.language import _, each, told
from verbatims.model import Clustering, Codebook, Progress, silent
from verbatims.store import Store

if TYPE_CHECKING:
    from verbatims.tagging import Features, Tagged

_TYPICAL = ["cluster", "rank", "verbatim_id", "start", "end"]

LEMMAS, TAGS, CLUSTERS = "lemmes", "suggestions", "classes"
DEFAULT = "combined"  # the tagger, until another is asked for

StageProgress = Callable[[str, int, int], None]  # called with (stage, done, total)

Result = tuple[Frames, dict[str, Any]]  # what a stage made, and what is said of it


def unwatched(stage: str, done: int, total: int) -> None:
    """The progress of a run that nobody looks at."""


@dataclass(frozen=True)
class Stage:
    """A step of a run: what it gave, what it cost, and whether there was anything to do."""

    name: str
    rows: int
    seconds: float
    done: bool


@dataclass(frozen=True)
class Asked:
    """What a run is asked to do: with which codebook, rulings on words and options."""

    codebook: Codebook
    rulings: pd.DataFrame  # as CORRECTIONS, the whole log
    decisions: pd.DataFrame  # as DECISIONS, those to learn from
    adjudications: pd.DataFrame  # as ADJUDICATIONS, likewise
    k: int | None
    fast: bool
    tagger: str

    @property
    def corrections(self) -> Corrections:
        return corrections.read(self.rulings)

    @property
    def protected(self) -> list[str]:
        """The codebook's words that French does not have: none of them is a misspelling."""
        from verbatims import nlp

        terms = [term for theme in self.codebook for term in theme.terms]
        written = [word for term in terms for own in (term, *term.unless) for word in own.words]
        labels = [word for theme in self.codebook for word in theme.label.split()]
        return sorted(nlp.unknown((*written, *labels)))

    @property
    def ruled(self) -> int:
        """The number of the last ruling heard."""
        return _last(self.rulings)

    @property
    def decided(self) -> int:
        """The number of the last decision heard."""
        return _last(self.decisions)

    @property
    def adjudicated(self) -> int:
        """The number of the last adjudication heard."""
        return _last(self.adjudications)


class Stages:
    """What the machine makes of a study; all of it can be made again from the store.

    What is shown stands on the last run: a ruling on a word changes nothing before the next.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.cache = Cache(folder)
        self._lemmas: tuple[tuple[object, ...], pd.DataFrame] | None = None
        self._terms: tuple[pd.DataFrame, tuple[str, ...], pd.DataFrame] | None = None
        self._features: tuple[pd.DataFrame, Features] | None = None

    def run(
        self,
        codebook: Codebook,
        *,
        progress: StageProgress,
        k: int | None = None,
        fast: bool = False,
        tagger: str = "",
        force: bool = False,
    ) -> tuple[Stage, ...]:
        """Make what does not stand on the present texts, codebook, decisions and options."""
        k = self._asked_k() if k is None else k or None
        tagger = tagger or self.tagger
        rulings, decisions = self.store.corrections(), self.store.decisions()
        adjudications = self.store.adjudications()
        asked = Asked(codebook, rulings, decisions, adjudications, k, fast, tagger)
        inputs = self._inputs(asked)
        steps: dict[str, Callable[[Asked], Result]] = {
            LEMMAS: lambda asked: self._lemmatise(asked, progress),
            TAGS: self._tag,
            CLUSTERS: self._cluster,
        }
        stages = []
        for name, make in steps.items():
            progress(name, 0, 1)
            if self.cache.has(name, inputs[name]) and not force:
                stages.append(Stage(name, self.cache.about(name)["rows"], 0.0, done=False))
            else:
                stages.append(self._make(name, inputs[name], make, asked))
            progress(name, 1, 1)
        return tuple(stages)

    def outdated(self, codebook: Codebook) -> bool:
        """Whether the suggestions were made on other texts, rulings or codebook, or never."""
        return not self.cache.has(TAGS, self._inputs(self._as_last(codebook))[TAGS])

    # -- as the last run left it ---------------------------------------------------------

    @property
    def fast(self) -> bool:
        """Whether the last run did without parts of speech."""
        return bool(self.cache.about(LEMMAS).get("fast", False))

    def heard(self, stage: str) -> Corrections:
        """The rulings that a stage of the last run knew."""
        return corrections.read(self._heard(stage, self.store.corrections()))

    def _heard(self, stage: str, log: pd.DataFrame) -> pd.DataFrame:
        """All of them when nothing says which: the cache has been deleted, or nothing run yet."""
        last = self.cache.about(stage).get("ruled")
        return log if last is None else log[log["number"] <= last]

    def waiting(self) -> int:
        """How many rulings the last run did not know: made since, changed or taken back."""
        log = self.store.corrections()
        kinds = {LEMMAS: corrections.READING, CLUSTERS: corrections.GROUPING}
        return sum(
            corrections.differences(self._heard(stage, log), log, own)
            for stage, own in kinds.items()
        )

    def verbatims(self) -> pd.DataFrame:
        """The verbatims, with the answers that the analyst declared empty or not."""
        return self._restated(self.heard(LEMMAS))

    def lemmas(self) -> pd.DataFrame:
        """The words of the answers."""
        about = self.cache.about(LEMMAS)
        return self._read(self.heard(LEMMAS), about.get("protected", []), fast=self.fast)

    def terms(self) -> pd.DataFrame:
        """The lemmas, where each expression that the analyst holds together is one word."""
        from verbatims.nlp import expressions

        lemmas, held = self.lemmas(), self.heard(CLUSTERS).expressions
        if self._terms is None or self._terms[0] is not lemmas or self._terms[1] != held:
            self._terms = (lemmas, held, expressions.held(lemmas, held))
        return self._terms[2]

    def tags(self) -> pd.DataFrame:
        return self.cache.load(TAGS).get("tags", frames.TAGS.empty())

    def scores(self) -> pd.DataFrame:
        """How probable each theme is in each answer, as the last run had it; wide."""
        return _wide(self.cache.load(TAGS).get("scores"))

    def crossfit(self) -> pd.DataFrame:
        """The same for validated answers, by models that never saw them; wide."""
        return _wide(self.cache.load(TAGS).get("crossfit"))

    def threshold(self) -> dict[str, float]:
        """The score from which each theme is suggested."""
        return dict(self.cache.about(TAGS).get("threshold", {}))

    def note(self) -> str:
        """What the suggestions stand on."""
        return told(self.cache.about(TAGS).get("note"))

    @property
    def calibrated(self) -> bool:
        """Whether the scores read as probabilities."""
        return bool(self.cache.about(TAGS).get("calibrated", False))

    @property
    def decided(self) -> int:
        """The number of the last decision that the last run knew."""
        return int(self.cache.about(TAGS).get("decided", 0))

    def tagged(self, book: Codebook) -> "Tagged":
        """What the tagger of the last run would suggest with this codebook."""
        return self._tagged(self._as_last(book))

    def labels(
        self, book: Codebook, decisions: pd.DataFrame, adjudications: pd.DataFrame
    ) -> pd.DataFrame:
        """What coders found in the answers they read, to learn from; wide."""
        replaced = codebook.replacements(book)
        sought = review.sought(decisions, self.store.codebook_themes(), replaced)
        return review.labels(decisions, sought, book, replaced, adjudications)

    @property
    def tagger(self) -> str:
        """The tagger of the last run."""
        return str(self.cache.about(TAGS).get("tagger", DEFAULT))

    def _as_last(self, book: Codebook) -> Asked:
        """What the last run was asked, but with this codebook and the rulings of now."""
        decisions, settled = self.store.decisions(), self.store.adjudications()
        heard = decisions[decisions["number"] <= self.decided]
        settled = settled[settled["number"] <= self.cache.about(TAGS).get("adjudicated", 0)]
        return Asked(book, self.store.corrections(), heard, settled, None, self.fast, self.tagger)

    def tags_codebook(self) -> str:
        """The hash of the codebook that the suggestions were made with."""
        return str(self.cache.about(TAGS).get("codebook", ""))

    def clustering(self) -> Clustering:
        kept, about = self.cache.load(CLUSTERS), self.cache.about(CLUSTERS)
        return Clustering(
            about.get("method", ""),
            kept.get("clusters", frames.CLUSTERS.empty()),
            kept.get("words", frames.CLUSTER_WORDS.empty()),
            kept.get("typical", pd.DataFrame()).reindex(columns=_TYPICAL, fill_value=-1),
            told(about.get("note")) or _("Aucune classe : lancez l'analyse."),
        )

    def _inputs(self, asked: Asked) -> dict[str, str]:
        """What each stage stands on, as a fingerprint."""
        from verbatims import nlp

        ruled = asked.corrections
        read = (nlp.VERSION, __version__, ruled.reading, *asked.protected, asked.fast)
        texts = fingerprint(self.store.imports_made(), *read)
        return {
            LEMMAS: texts,
            TAGS: fingerprint(texts, asked.codebook.hash, asked.tagger, self._learned(asked)),
            CLUSTERS: fingerprint(texts, ruled.grouping, asked.k),
        }

    def _asked_k(self) -> int | None:
        """The number of classes last asked for, None when the tool was left to propose it."""
        runs = self.store.runs()
        last = runs.loc[runs["stage"] == CLUSTERS, "parameters"].tail(1)
        asked: int | None = json.loads(last.iloc[0])["k"] if len(last) else None
        return asked

    def _make(self, name: str, inputs: str, make: Callable[[Asked], Result], asked: Asked) -> Stage:
        started = time.perf_counter()
        made, about = make(asked)
        self.cache.save(name, inputs, made, about)
        stage = Stage(name, about["rows"], time.perf_counter() - started, done=True)
        self.store.add_run(
            name,
            parameters=about,
            rows=stage.rows,
            seconds=stage.seconds,
            codebook=asked.codebook.hash,
        )
        return stage

    def _lemmatise(self, asked: Asked, progress: StageProgress) -> Result:
        from verbatims import nlp

        def watched(done: int, total: int) -> None:
            progress(LEMMAS, done, total)

        lemmas = self._read(asked.corrections, asked.protected, fast=asked.fast, progress=watched)
        about = {"rows": len(lemmas), "pipeline": nlp.VERSION, "fast": asked.fast}
        return {}, {**about, "protected": asked.protected, "ruled": asked.ruled}

    def _tag(self, asked: Asked) -> Result:
        made = self._tagged(asked)
        kept = {"tags": made.tags, "scores": _long(made.scores), "crossfit": _long(made.crossfit)}
        suggested = len(made.tags.drop_duplicates(["verbatim_id", "theme"]))
        about = {"rows": suggested, "codebook": asked.codebook.hash, "note": each(made.note)}
        about |= {"tagger": asked.tagger, "decided": asked.decided, "calibrated": made.calibrated}
        about |= {"adjudicated": asked.adjudicated}
        return kept, about | {"threshold": dict(made.threshold)}

    def _tagged(self, asked: Asked) -> "Tagged":
        from verbatims import tagging

        labels = self.labels(asked.codebook, asked.decisions, asked.adjudications)
        features, book, tagger = self.features(), asked.codebook, asked.tagger
        return tagging.tag(features, book, labels=labels, tagger=tagger)

    def _learned(self, asked: Asked) -> str:
        """What the tagger learns from, as a fingerprint; the same as long as that is nothing."""
        from verbatims import tagging

        labels = self.labels(asked.codebook, asked.decisions, asked.adjudications)
        if len(labels) < tagging.FEWEST:
            return ""
        return fingerprint(*labels.columns, *labels.index, labels.to_numpy().tobytes().hex())

    def features(self) -> "Features":
        """What taggers read of the answers, kept in memory as long as the words are the same."""
        from verbatims import nlp, tagging

        lemmas = self.lemmas()
        if self._features is None or self._features[0] is not lemmas:
            vectors = partial(nlp.vectors, cache=self.folder / "nlp")
            self._features = (lemmas, tagging.Features.of(lemmas, vectors))
        return self._features[1]

    def _cluster(self, asked: Asked) -> Result:
        from verbatims import clustering, nlp
        from verbatims.nlp import expressions

        ruled = asked.corrections
        terms = expressions.held(self.lemmas(), ruled.expressions)
        stop, never = ruled.stop_words, ruled.kept_words
        made = clustering.cluster(terms, k=asked.k, stop=stop, kept=never)
        verbatims = self._restated(ruled)
        shown = verbatims[verbatims["verbatim_id"].isin(made.typical["verbatim_id"])]
        typical = clustering.extracts(made, terms, nlp.ideas(shown))
        about = {"rows": len(made.clusters), "method": made.method, "k": asked.k}
        kept = {"clusters": made.clusters, "words": made.words, "typical": typical}
        return kept, {**about, "note": each(made.note), "ruled": asked.ruled}

    def _read(
        self,
        ruled: Corrections,
        protected: Sequence[str],
        *,
        fast: bool,
        progress: Progress = silent,
    ) -> pd.DataFrame:
        """The words of the answers, kept in memory until something bears on them."""
        from verbatims import nlp

        inputs = (self.store.imports_made(), ruled.reading, *protected, fast)
        if self._lemmas is None or self._lemmas[0] != inputs:
            lemmas = nlp.lemmas(
                self._restated(ruled),
                self.folder / "nlp",
                corrections=ruled,
                protected=protected,
                fast=fast,
                progress=progress,
            )
            self._lemmas = (inputs, lemmas)
        return self._lemmas[1]

    def _restated(self, ruled: Corrections) -> pd.DataFrame:
        verbatims = self.store.verbatims()
        return corpus.restated(verbatims, empty=ruled.empty, answered=ruled.answered)


def _last(log: pd.DataFrame) -> int:
    return int(log["number"].max()) if len(log) else 0


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    """With its index as a column, as Parquet keeps it."""
    return wide.rename_axis("verbatim_id").reset_index()


def _wide(kept: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame() if kept is None else kept.set_index("verbatim_id")
