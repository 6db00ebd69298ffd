"""A study's texts and codebook → lemmas, suggestions and classes, each made when it must be."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from verbatims import __version__, frames
from verbatims.cache import Cache, Frames, fingerprint
from verbatims.model import Clustering, Codebook, Progress, silent
from verbatims.store import Store

LEMMAS, TAGS, CLUSTERS = "lemmes", "suggestions", "classes"

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


class Stages:
    """What the machine makes of a study; all of it can be made again from the store."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.cache = Cache(folder)
        self._lemmas: tuple[int, pd.DataFrame] | None = None

    def run(
        self,
        codebook: Codebook,
        *,
        progress: StageProgress,
        k: int | None = None,
        force: bool = False,
    ) -> tuple[Stage, ...]:
        """Make what does not stand on the present texts, codebook and number of classes."""
        k = self._asked_k() if k is None else k or None
        inputs = self._inputs(codebook, k)
        steps: dict[str, Callable[[], Result]] = {
            LEMMAS: lambda: self._lemmatise(progress),
            TAGS: lambda: self._tag(codebook),
            CLUSTERS: lambda: self._cluster(k),
        }
        stages = []
        for name, make in steps.items():
            progress(name, 0, 1)
            if self.cache.has(name, inputs[name]) and not force:
                stages.append(Stage(name, self.cache.about(name)["rows"], 0.0, done=False))
            else:
                stages.append(self._make(name, inputs[name], make, codebook))
            progress(name, 1, 1)
        return tuple(stages)

    def outdated(self, codebook: Codebook) -> bool:
        """Whether the suggestions were made on other texts or another codebook, or never."""
        return not self.cache.has(TAGS, self._inputs(codebook, None)[TAGS])

    def lemmas(self, *, progress: Progress = silent) -> pd.DataFrame:
        from verbatims import nlp

        version = self.store.imports_made()
        if self._lemmas is None or self._lemmas[0] != version:
            lemmas = nlp.lemmas(self.store.verbatims(), self.folder / "nlp", progress=progress)
            self._lemmas = (version, lemmas)
        return self._lemmas[1]

    def tags(self) -> pd.DataFrame:
        return self.cache.load(TAGS).get("tags", frames.TAGS.empty())

    def tags_codebook(self) -> str:
        """The hash of the codebook that the suggestions were made with."""
        return str(self.cache.about(TAGS).get("codebook", ""))

    def clustering(self) -> Clustering:
        kept, about = self.cache.load(CLUSTERS), self.cache.about(CLUSTERS)
        return Clustering(
            about.get("method", ""),
            kept.get("clusters", frames.CLUSTERS.empty()),
            kept.get("words", frames.CLUSTER_WORDS.empty()),
            kept.get("typical", pd.DataFrame(columns=["cluster", "rank", "verbatim_id"])),
            about.get("note", "Aucune classe : lancez l'analyse."),
        )

    def _inputs(self, codebook: Codebook, k: int | None) -> dict[str, str]:
        """What each stage stands on, as a fingerprint."""
        from verbatims import nlp

        texts = fingerprint(self.store.imports_made(), nlp.VERSION, __version__)
        return {
            LEMMAS: texts,
            TAGS: fingerprint(texts, codebook.hash),
            CLUSTERS: fingerprint(texts, k),
        }

    def _asked_k(self) -> int | None:
        """The number of classes last asked for, None when the tool was left to propose it."""
        runs = self.store.runs()
        last = runs.loc[runs["stage"] == CLUSTERS, "parameters"].tail(1)
        asked: int | None = json.loads(last.iloc[0])["k"] if len(last) else None
        return asked

    def _make(
        self, name: str, inputs: str, make: Callable[[], Result], codebook: Codebook
    ) -> Stage:
        started = time.perf_counter()
        made, about = make()
        self.cache.save(name, inputs, made, about)
        stage = Stage(name, about["rows"], time.perf_counter() - started, done=True)
        self.store.add_run(
            name,
            parameters=about,
            rows=stage.rows,
            seconds=stage.seconds,
            codebook=codebook.hash,
        )
        return stage

    def _lemmatise(self, progress: StageProgress) -> Result:
        from verbatims import nlp

        lemmas = self.lemmas(progress=lambda done, total: progress(LEMMAS, done, total))
        return {}, {"rows": len(lemmas), "pipeline": nlp.VERSION}

    def _tag(self, codebook: Codebook) -> Result:
        from verbatims import tagging

        tags = tagging.tag(self.lemmas(), codebook)
        return {"tags": tags}, {"rows": len(tags), "codebook": codebook.hash}

    def _cluster(self, k: int | None) -> Result:
        from verbatims import clustering

        made = clustering.cluster(self.lemmas(), k=k)
        about = {"rows": len(made.clusters), "method": made.method, "k": k, "note": made.note}
        kept = {"clusters": made.clusters, "words": made.words, "typical": made.typical}
        return kept, about
